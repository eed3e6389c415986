// Local days and texts, on the two nights on which clocks change and in a zone that is half an hour off.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf, dayStarts, localText, monthStarts, readLocal } from './local-time.ts';

const TORONTO = 'America/Toronto';
const HOUR = 3_600_000;

test('days of 23 and 25 hours', () => {
  const spring = readLocal('2019-03-10', TORONTO);
  const autumn = readLocal('2019-11-03', TORONTO);
  expect((spring?.toAt ?? 0) - (spring?.fromAt ?? 0)).toBe(23 * HOUR);
  expect((autumn?.toAt ?? 0) - (autumn?.fromAt ?? 0)).toBe(25 * HOUR);
});

test('local texts, to the minute', () => {
  expect(localText(Date.UTC(2019, 3, 17, 12), TORONTO)).toBe('2019-04-17 08:00');
  expect(localText(Date.UTC(2019, 3, 17, 4), TORONTO)).toBe('2019-04-17 00:00');
  expect(localText(Date.UTC(2019, 0, 1, 3, 30), 'America/St_Johns')).toBe('2019-01-01 00:00');
  expect(localText(0, 'UTC')).toBe('1970-01-01 00:00');
});

test('months begin at their own midnights', () => {
  const starts = monthStarts(Date.UTC(2019, 1, 15), Date.UTC(2019, 4, 1, 4), TORONTO);
  expect(starts.map((at) => localText(at, TORONTO))).toEqual([
    '2019-02-01 00:00',
    '2019-03-01 00:00',
    '2019-04-01 00:00',
  ]);
});

test.each(['2019-02-29', '2019-13-01', '2019-4-7', '2019-04-17T25:00', '', '2019-04-17 08:00', "'; --"])(
  'no date: %s',
  (text) => expect(readLocal(text, TORONTO)).toBeNull(),
);

test('every instant is in its day, and days follow one another', () => {
  const zones = fc.constantFrom(TORONTO, 'America/St_Johns', 'America/Vancouver', 'UTC');
  const instants = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2030, 0, 1) });
  fc.assert(
    fc.property(zones, instants, (zone, at) => {
      const day = dayOf(at, zone);
      const [first, second] = dayStarts(at, at + 40 * HOUR, zone) as [number, number];
      expect(first).toBe(day);
      expect(at).toBeGreaterThanOrEqual(day);
      expect(at).toBeLessThan(second);
      expect(localText(day, zone).slice(11)).toBe('00:00');
      expect(localText(day, zone).slice(0, 10)).toBe(localText(at, zone).slice(0, 10));
    }),
  );
});
