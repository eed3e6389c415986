import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ConfigurationRefused, parseConfiguration, readConfiguration } from './configuration-file.ts';

const sample = new URL('../../config/demonstration.yaml', import.meta.url).pathname;
const text = readFileSync(sample, 'utf8');

function refusal(changed: string): string {
  try {
    parseConfiguration(changed, 'centre.yaml');
  } catch (error) {
    if (error instanceof ConfigurationRefused) return error.message;
    throw error;
  }
  throw new Error('accepted');
}

describe('a configuration file', () => {
  test('the sample is read, and reading it twice gives the same hash', () => {
    const { configuration, hash } = readConfiguration(sample);
    expect(configuration.lines.map((line) => line.key)).toEqual(['1', '2', '3', '4', '5']);
    expect(configuration.callback.quarantineMs).toBe(configuration.callback.ringMs + 32_000);
    expect(readConfiguration(sample).hash).toBe(hash);
    expect(parseConfiguration(text.replace('wrapUpS: 2', 'wrapUpS: 3'), 'x').hash).not.toBe(hash);
  });

  test.each([
    [
      'an unknown key',
      text.replace('languages: [en, fr]', 'languages: [en, fr]\nlangauge: en'),
      /^centre.yaml:4:\d+: langauge: is not a known key; remove it/,
    ],
    [
      'a wrong value',
      text.replace('languages: [en, fr]', 'languages: [en, de]'),
      /^centre.yaml:3:17: languages\[1\]: "de" is not allowed; use one of en, fr/,
    ],
    [
      'a wrong type',
      text.replace('key: 2', 'key: two'),
      /lines\[1\].key: "two" has the wrong type; give a whole number/,
    ],
    [
      'a missing key',
      text.replace('    callerId: "+16135550142"\n', ''),
      /lines\[1\]: the key "callerId" is missing; add it/,
    ],
    [
      'a number that is none',
      text.replace('"+16135550143"', '"613 555"'),
      /lines\[2\].callerId: "613 555" has the wrong form; write a number in E.164/,
    ],
    [
      'the same key twice',
      text.replace('key: 2', 'key: 1'),
      /lines\[1\].key: this key stands twice; give each its own/,
    ],
    [
      'a line that is not there',
      text.replace('lines: [temporary_residence,', 'lines: [nowhere,'),
      /agents\[1\].lines\[0\]: there is no line "nowhere"; use one of/,
    ],
    ['YAML that is none', `${text}\n  : [`, /^centre.yaml:\d+:\d+: .*mend the YAML there/],
  ])('%s is one line: where, what, how to mend it', (_, changed, expected) => {
    const line = refusal(changed);
    expect(line).toMatch(expected);
    expect(line).not.toContain('\n');
  });

  test('a file that is not there', () => {
    expect(() => readConfiguration('/nowhere.yaml')).toThrow(
      /nowhere.yaml: there is no such file; give the path/,
    );
  });
});
