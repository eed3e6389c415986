import { describe, expect, test } from 'vitest';
import { ALWAYS, LINE_DEFAULTS, NUMBER_DEFAULTS } from '../core/configuration.ts';
import type { NumberKey } from '../core/id.ts';
import { parseConfiguration } from './configuration-file.ts';
import { wallTextAt } from './local-time.ts';
import type { ResolveOptions } from './resolve.ts';

const NOW = Date.parse('2019-04-17T12:00:00Z');
const TORONTO = 'America/Toronto';

const head = `
languages: [en, fr]
lines:
  - { id: visas, name: { en: Visas, fr: Visas }, key: 1, callerId: "+16135550141" }
  - id: permits
    name: { en: Permits, fr: Permis }
    key: 2
    callerId: "+16135550142"
    numbers: ["8885550142"]
    timeZone: America/Vancouver
    callback: { waitOverS: 60, closing: { cutOffS: 30 } }
agents: [{ id: ada, count: 10, lines: [visas], languages: [en] }]
`;

function read(more = '', options: Partial<ResolveOptions> = {}) {
  return parseConfiguration(`${head}${more}`, 'c.yaml', { nowAt: NOW, ...options });
}

describe('what is left out', () => {
  test('means what it meant before there were rules', () => {
    const { configuration } = read();
    const [visas] = configuration.lines;
    const { callingHours, ...closing } = visas!.closing;
    const { callingHours: _, ...defaults } = LINE_DEFAULTS.closing;
    expect(visas?.open).toEqual(ALWAYS);
    expect(visas?.offer).toEqual(LINE_DEFAULTS.offer);
    expect(closing).toEqual(defaults);
    expect(configuration.numbers).toEqual(NUMBER_DEFAULTS);
    expect(wallTextAt(callingHours[0]?.fromAt ?? 0, TORONTO)).toMatch(/ 09:00$/);
    expect(wallTextAt(callingHours[0]?.toAt ?? 0, TORONTO)).toMatch(/ 21:30$/);
  });

  test('in a line is what the centre says, key by key', () => {
    const { configuration } = read(
      'callback: { waitOverS: 900, pendingMax: 7, closing: { pending: expire, cutOffS: 300 } }',
    );
    const [visas, permits] = configuration.lines;
    expect([visas?.offer.waitOverMs, permits?.offer.waitOverMs]).toEqual([900_000, 60_000]);
    expect([visas?.offer.pendingMax, permits?.offer.pendingMax]).toEqual([7, 7]);
    expect(permits?.closing).toMatchObject({ pending: 'expire', carryMax: 0, cutOffMs: 30_000 });
  });

  test("the centre's hours are read by each line's own clock", () => {
    const { configuration } = read('hours: { weekdays: ["07:00-19:00"] }');
    const opens = configuration.lines.map((line) => line.open[0]?.fromAt ?? 0);
    expect(wallTextAt(opens[0] ?? 0, TORONTO)).toMatch(/ 07:00$/);
    expect(wallTextAt(opens[1] ?? 0, 'America/Vancouver')).toMatch(/ 07:00$/);
  });
});

test('the same file gives the same bytes all month, and others in the next', () => {
  const rules =
    'hours: { weekdays: ["07:00-19:00"] }\ncallback: { phases: [{ from: 2019-04-17, perDayMax: 9 }] }';
  const hash = (day: string): string => read(rules, { nowAt: Date.parse(`${day}Z`) }).hash;
  expect(hash('2019-04-30T23:59:59')).toBe(hash('2019-04-01T00:00:00'));
  expect(hash('2019-05-01T00:00:00')).not.toBe(hash('2019-04-30T23:59:59'));
  expect(read('', { nowAt: 0 }).configuration.lines[0]?.open).toBe(ALWAYS);
});

test('delays by cause, ring times and the quarantine that follows from them', () => {
  const { callback } = read(
    'callback: { ringS: 20, relayRingS: 45, attempts: 3, retryAfterByCauseS: { voicemail: 3600, busy: 300 } }',
  ).configuration;
  expect(callback).toMatchObject({
    attemptsMax: 3,
    ringMs: 20_000,
    relayRingMs: 45_000,
    quarantineMs: 52_000,
  });
  expect(callback.retryDelayByCauseMs).toEqual({ busy: 300_000, voicemail: 3_600_000 });
});

test('agents alike are named of one width; shifts reach past the next month', () => {
  const { configuration } = parseConfiguration(
    head.replace('count: 10,', 'count: 10, shifts: { weekdays: ["08:00-16:00"] },'),
    'c.yaml',
    { nowAt: NOW },
  );
  expect(configuration.agents.map(({ id }) => id as string)).toContain('ada-01');
  const last = configuration.agents[0]?.shifts.at(-1);
  expect(wallTextAt(last?.fromAt ?? 0, TORONTO) > '2019-05-10').toBe(true);
});

test('numbers for who uses a TTY are the centre’s own, and lead where the owners say', () => {
  const rules = 'relay: { numbers: [{ number: "+16135550148", language: fr }], line: b }';
  const { configuration, dialPolicy } = read(
    rules.replace('line: b', `line: ${read('').configuration.lines[0]?.id}`),
  );
  expect(configuration.relay).toEqual({
    entries: [{ dnis: '+16135550148', language: 'fr', line: null }],
    line: configuration.lines[0]?.id,
  });
  expect(dialPolicy.ownNumbers).toContain('+16135550148');
  expect(read('').configuration).not.toHaveProperty('relay');
});

test('whom agents may consult outside is given to the core as it stands; an empty list is none', () => {
  const entry = { id: 'office', name: { en: 'Office', fr: 'Bureau' }, number: '+16135550152' };
  expect(read(`directory: [${JSON.stringify(entry)}]`).configuration.directory).toEqual([entry]);
  expect(read('directory: []').configuration).not.toHaveProperty('directory');
  expect(read('directory: []').hash).not.toBe(read(`directory: [${JSON.stringify(entry)}]`).hash);
});

describe('numbers', () => {
  const rules =
    'numbers: { kinds: [mobile], own: ["+16135550190"], shared: [{ number: "+16135550160", openMax: 5 }] }';

  test('a shared number goes into the configuration by its key alone', () => {
    const asked: string[] = [];
    const numberKeyOf = (e164: string): NumberKey => {
      asked.push(e164);
      return 'key-of-it' as NumberKey;
    };
    const { configuration } = read(rules, { numberKeyOf });
    expect(asked).toEqual(['+16135550160']);
    expect(configuration.numbers.shared).toEqual([{ numberKey: 'key-of-it', openMax: 5 }]);
    expect(JSON.stringify(configuration)).not.toContain('5550160');
    expect(read(rules).configuration.numbers.shared).toEqual([]);
  });

  test("what the vault judges by: regions, kinds, and the centre's own numbers", () => {
    expect(read(rules).dialPolicy).toEqual({
      regions: ['CA'],
      types: ['mobile', 'fixed_or_mobile'],
      relayRoutes: [],
      ownNumbers: ['+16135550190', '+16135550141', '+16135550142', '+18885550142'],
    });
  });
});
