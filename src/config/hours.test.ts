// Local hours as the core gets them: spans of UTC, right on both nights when the clocks change, in Newfoundland's half
// hour, at midnight, on a leap day and on holidays.

import { expect, test } from 'vitest';
import type { Span } from '../core/configuration.ts';
import { parseConfiguration } from './configuration-file.ts';

function openOf(hours: string, timeZone: string, now: string): readonly Span[] {
  const text = [
    'languages: [en]',
    `timeZone: ${timeZone}`,
    `hours: ${hours}`,
    'lines: [{ id: visas, name: { en: V, fr: V }, key: 1, callerId: "+16135550141" }]',
    'agents: []',
  ].join('\n');
  const read = parseConfiguration(text, 'centre.yaml', { nowAt: Date.parse(now) });
  return read.configuration.lines[0]?.open ?? [];
}

/** The span that begins on this date of UTC. */
function beginning(spans: readonly Span[], date: string): string[] {
  return spans
    .filter((span) => new Date(span.fromAt).toISOString().startsWith(date))
    .map(
      ({ fromAt, toAt }) =>
        `${new Date(fromAt).toISOString().slice(11, 16)} ${(toAt - fromAt) / 3_600_000} h`,
    );
}

test('the night that loses an hour and the night that has one twice', () => {
  const spring = openOf('{ everyDay: ["00:30-03:30"] }', 'America/Toronto', '2026-03-01T12:00:00Z');
  expect(beginning(spring, '2026-03-07')).toEqual(['05:30 3 h']);
  expect(beginning(spring, '2026-03-08')).toEqual(['05:30 2 h']);
  expect(beginning(spring, '2026-03-09')).toEqual(['04:30 3 h']);
  const autumn = openOf('{ everyDay: ["00:30-03:30"] }', 'America/Toronto', '2026-10-20T12:00:00Z');
  expect(beginning(autumn, '2026-11-01')).toEqual(['04:30 4 h']);
  expect(beginning(autumn, '2026-11-02')).toEqual(['05:30 3 h']);
});

test('Newfoundland is half an hour off, and a leap day is a day', () => {
  const spans = openOf('{ everyDay: ["09:00-17:00"] }', 'America/St_Johns', '2028-02-10T12:00:00Z');
  expect(beginning(spans, '2028-02-29')).toEqual(['12:30 8 h']);
  expect(beginning(spans, '2028-03-01')).toEqual(['12:30 8 h']);
});

test("Canada's holidays close the line, with the days in lieu", () => {
  const spans = openOf(
    '{ weekdays: ["07:00-19:00"], holidays: canada }',
    'America/Toronto',
    '2019-12-01T12:00:00Z',
  );
  for (const holiday of [
    '2019-12-25',
    '2019-12-26',
    '2020-01-01',
    '2020-04-10',
    '2020-05-18',
    '2020-07-01',
    '2020-09-07',
    '2020-10-12',
  ])
    expect(beginning(spans, holiday), holiday).toEqual([]);
  expect(beginning(spans, '2019-12-24')).toEqual(['12:00 12 h']);
  const later = openOf(
    '{ weekdays: ["07:00-19:00"], holidays: canada }',
    'America/Toronto',
    '2021-09-01T12:00:00Z',
  );
  expect(beginning(later, '2021-09-30'), 'truth and reconciliation').toEqual([]);
  expect(beginning(later, '2021-12-27'), 'Christmas fell on a Saturday').toEqual([]);
});

test('spans are sorted and apart, whatever the day', () => {
  const spans = openOf('{ everyDay: ["00:00-24:00"] }', 'America/Toronto', '2026-06-01T12:00:00Z');
  for (const [i, span] of spans.entries()) {
    expect(span.fromAt).toBeLessThan(span.toAt);
    const next = spans[i + 1];
    if (next !== undefined) expect(span.toAt).toBeLessThanOrEqual(next.fromAt);
  }
});
