// Every kind of mistake in turn, each one clear line with its place. They stand in test/support/mistakes.ts, because a
// running centre is given the same ones (src/centre/refused-configuration.test.ts).

import { describe, expect, test } from 'vitest';
import { file, hours, MEANING_MISTAKES, SHAPE_MISTAKES } from '../../test/support/mistakes.ts';
import { ConfigurationRefused, parseConfiguration } from './configuration-file.ts';

const NOW = Date.parse('2019-04-17T12:00:00Z');

function refusal(text: string): ConfigurationRefused {
  try {
    parseConfiguration(text, 'c.yaml', { nowAt: NOW });
  } catch (error) {
    if (error instanceof ConfigurationRefused) return error;
    throw error;
  }
  throw new Error(`accepted:\n${text}`);
}

describe('one mistake is one line', () => {
  test('the small file itself has none', () => {
    expect(parseConfiguration(file(), 'c.yaml', { nowAt: NOW }).configuration.agents).toHaveLength(1);
  });

  test.each(SHAPE_MISTAKES)('$kind', ({ text, says }) => {
    const { message } = refusal(text);
    expect(message).toContain(says);
    expect(message).toMatch(/^c\.yaml:\d+:\d+: .+; .+$/);
  });

  test.each(MEANING_MISTAKES)('$kind', ({ text, says }) => {
    expect(refusal(text).message).toContain(says);
  });

  test('a configuration larger than one fact', () => {
    const read = () => parseConfiguration(file(), 'c.yaml', { nowAt: NOW, bytesMax: 100 });
    expect(read).toThrow(/works out to \d+ bytes, more than 100; give fewer exceptions and hours by region/);
  });
});

describe('where', () => {
  test('several mistakes are told in the order of the text, the first of them in the line', () => {
    const error = refusal(file({ rest: 'timeZone: Nowhere\nhours: {}' }));
    expect(error.mistakes.map(({ line: at, where }) => `${at} ${where}`)).toEqual(['4 timeZone', '5 hours']);
    expect(error.message).toMatch(/\(and 1 more\)$/);
  });

  test('thirty mistakes are thirty, and more than a hundred are a hundred', () => {
    const times = (n: number): string =>
      hours(`{ weekdays: [], saturday: [${Array(12).fill('x').join()}] }`).concat(
        `\nagent: { ${Array.from({ length: n - 12 }, (_, i) => `key${i}: 1`).join(', ')} }`,
      );
    expect(refusal(times(30)).mistakes).toHaveLength(30);
    expect(refusal(times(300)).mistakes).toHaveLength(100);
  });

  test('inside of what an alias repeats, the alias is the place', () => {
    const text = file({ rest: 'hours: &h { weekdays: ["07:00-07:00"] }' }).replace(
      'key: 1,',
      'key: 1, hours: *h,',
    );
    const places = refusal(`${text.split('\n')[3]}\n${text.split('\n').slice(0, 3).join('\n')}`).mistakes;
    expect(places.map(({ line: at, where }) => `${at} ${where}`)).toEqual([
      '1 hours.weekdays[0]',
      '3 lines[0].hours.weekdays[0]',
    ]);
  });

  test.each([
    ['{ number: "711", dial: "911" }', 'relayRoutes[0].dial: is, or begins as, an emergency number'],
    ['{ number: "711", dial: "9911" }', 'relayRoutes[0].dial: is, or begins as, an emergency number'],
    ['{ number: "711", dial: "411" }', 'relayRoutes[0].dial: is a short service number'],
    ['{ number: "711", dial: "+19005550111" }', 'relayRoutes[0].dial: is paid by the minute'],
    ['{ number: "711", dial: "12345" }', 'relayRoutes[0].dial: is neither 711 nor a whole telephone number'],
    [
      '{ number: "+16139110111", dial: "711" }',
      'relayRoutes[0].number: is, or begins as, an emergency number',
    ],
    ['{ number: "411", dial: "711" }', 'relayRoutes[0].number: "411" has the wrong form; write "711"'],
    ['{ number: "711", dial: 711 }', 'relayRoutes[0].dial: 711 has the wrong type; give a text, in quotes'],
    ['{ number: "711" }', 'relayRoutes[0]: the key "dial" is missing'],
    [
      '{ number: "711", dial: "711" }, { number: "711", dial: "711" }',
      'relayRoutes[1].number: this number stands twice',
    ],
  ])('the relay route %s', (routes, says) => {
    const { message } = refusal(file({ rest: `numbers: { relayRoutes: [${routes}] }` }));
    expect(message).toContain(`numbers.${says}`);
  });

  test('no digit of a shared number is repeated', () => {
    const shared = (text: string): string => file({ rest: `numbers: { shared: ${text} }` });
    const wrong = refusal(shared('[{ number: "613 555 0160", openMax: 2 }]')).message;
    expect(wrong).toContain(
      'numbers.shared[0].number: the value has the wrong form; write a number in E.164 form',
    );
    const twice = refusal(
      shared('[{ number: "+16135550160", openMax: 2 }, { number: "+16135550160", openMax: 3 }]'),
    );
    expect(twice.message).toContain('numbers.shared[1].number: this number stands twice');
    for (const { message } of [refusal(shared('["+16135550160"]')), twice])
      expect(message).not.toContain('0160');
  });
});
