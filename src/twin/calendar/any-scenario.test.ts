// A scenario with a calendar: what is wrong in it is one line that names the key, also inside of its centre.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { calendarOf, NATIONAL } from '../../../test/support/national-days.ts';
import { anyScenarioSchemaText, parseAnyScenario, readAnyScenario } from './any-scenario.ts';

const sample = readFileSync(NATIONAL, 'utf8');

const changed = (from: string, to: string): string => {
  expect(sample).toContain(from);
  return sample.replace(from, to);
};

test('the national scenario is read, with its centre worked out as a real one', () => {
  const scenario = calendarOf(readAnyScenario(NATIONAL));
  expect(scenario.timeZone).toBe('America/Toronto');
  const { lines } = scenario.configuration;
  expect(lines.map(({ id }) => id)).toEqual([
    'permanent-residence',
    'family-sponsorship',
    'temporary-residence',
    'citizenship-pr-cards',
  ]);
  const day = (at: number): string => new Date(at - 4 * 3_600_000).toISOString().slice(0, 10);
  expect(lines.map(({ offer }) => day(offer.phases[0]?.fromAt ?? 0))).toEqual([
    '2019-04-17',
    '2019-05-08',
    '2019-06-21',
    '2019-12-04',
  ]);
  expect(lines.reduce((sum, { capacity }) => sum + (capacity ?? 0), 0)).toBe(520);
  expect(lines.every(({ offer }) => offer.waitOverMs === 900_000)).toBe(true);
  expect(scenario.demand.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
});

test('one without a calendar goes on being read as before', () => {
  const { form } = readAnyScenario(NATIONAL.replace('national-2019', 'one-line'));
  expect(form).toBe('lines');
});

test('the schema speaks of both', () => {
  const { anyOf } = JSON.parse(anyScenarioSchemaText());
  expect(anyOf.map(({ $id }: { $id: string }) => $id)).toEqual([
    'rappel-scenario',
    'rappel-calendar-scenario',
  ]);
});

test.each([
  ['an unknown key', changed('dayCv:', 'daycv:'), 'demand.daycv: is not a known key'],
  ['a date that is none', changed('to: 2019-12-31', 'to: 2019-12-32'), 'calendar.to: there is no such date'],
  ['an end before the beginning', changed('to: 2019-12-31', 'to: 2019-01-01'), 'calendar.to: is before'],
  ['years', changed('to: 2019-12-31', 'to: 2029-12-31'), 'calendar.to: is more than 400 days'],
  ['too few weekdays', changed('0.80, 0, 0]', '0.80]'), 'demand.weekdays: the list is too short'],
  [
    'a line that the centre has not',
    changed('    family-sponsorship: 0.081', '    family: 0.081'),
    'demand.lines.family: the centre has no such line',
  ],
  ['more seats than all', changed('shape: [0.35', 'shape: [1.35'), 'seats.shape[0]: 1.35 is more than all'],
  ['one answer for two attempts', changed('[0.76, 0.50]', '[0.76]'), 'callback.answers: has 1 items'],
  [
    'a mistake of the centre',
    changed('capacity: 86', 'capacity: 0'),
    'centre.lines[0].capacity: 0 is too small',
  ],
  [
    'a key of the centre',
    changed('attempts: 2', 'atempts: 2'),
    'centre.callback.atempts: is not a known key',
  ],
])('%s is told', (_, text, told) => {
  expect(() => parseAnyScenario(text, NATIONAL)).toThrow(told);
});
