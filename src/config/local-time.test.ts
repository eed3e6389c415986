import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Span } from '../core/configuration.ts';
import { isDate, isTimeZone, LocalDays, wallSpan, wallTextAt } from './local-time.ts';

const TORONTO = 'America/Toronto';
const MINUTE_MS = 60_000;

function spanOn(timeZone: string, date: string, text: string): readonly string[] | null {
  const wall = wallSpan(text);
  if (wall === null) throw new Error('empty');
  const span = new LocalDays(timeZone).span(date, wall);
  return span && [span.fromAt, span.toAt].map((at) => new Date(at).toISOString().slice(0, 16));
}

describe('a span of local time in UTC', () => {
  test.each([
    ['an ordinary day', TORONTO, '2019-04-17', '07:00-19:00', ['2019-04-17T11:00', '2019-04-17T23:00']],
    ['the day in winter', TORONTO, '2019-12-04', '07:00-19:00', ['2019-12-04T12:00', '2019-12-05T00:00']],
    [
      'the day after clocks went forward',
      TORONTO,
      '2019-03-10',
      '07:00-19:00',
      ['2019-03-10T11:00', '2019-03-10T23:00'],
    ],
    [
      'the day after clocks went back',
      TORONTO,
      '2019-11-03',
      '07:00-19:00',
      ['2019-11-03T12:00', '2019-11-04T00:00'],
    ],
    ['a day of 23 hours', TORONTO, '2019-03-10', '00:00-24:00', ['2019-03-10T05:00', '2019-03-11T04:00']],
    ['a day of 25 hours', TORONTO, '2019-11-03', '00:00-24:00', ['2019-11-03T04:00', '2019-11-04T05:00']],
    ['past midnight', TORONTO, '2019-06-01', '22:00-02:00', ['2019-06-02T02:00', '2019-06-02T06:00']],
    [
      'past midnight into the short night',
      TORONTO,
      '2019-03-09',
      '22:00-02:30',
      ['2019-03-10T03:00', '2019-03-10T07:00'],
    ],
    [
      'past midnight into the long night',
      TORONTO,
      '2019-11-02',
      '22:00-01:30',
      ['2019-11-03T02:00', '2019-11-03T05:30'],
    ],
    [
      'an opening that the clock jumps over',
      TORONTO,
      '2019-03-10',
      '02:30-05:00',
      ['2019-03-10T07:00', '2019-03-10T09:00'],
    ],
    ['nothing but the hour that is jumped over', TORONTO, '2019-03-10', '02:15-02:45', null],
    [
      'an opening shown twice',
      TORONTO,
      '2019-11-03',
      '01:30-05:00',
      ['2019-11-03T06:30', '2019-11-03T10:00'],
    ],
    [
      'an opening where the repeated hour begins',
      TORONTO,
      '2019-11-03',
      '01:00-05:00',
      ['2019-11-03T05:00', '2019-11-03T10:00'],
    ],
    ['a closing shown twice', TORONTO, '2019-11-03', '00:00-01:30', ['2019-11-03T04:00', '2019-11-03T05:30']],
    [
      'within the repeated hour',
      TORONTO,
      '2019-11-03',
      '01:15-01:45',
      ['2019-11-03T06:15', '2019-11-03T06:45'],
    ],
    [
      'Newfoundland, half an hour off',
      'America/St_Johns',
      '2019-07-02',
      '07:00-19:00',
      ['2019-07-02T09:30', '2019-07-02T21:30'],
    ],
    [
      'Newfoundland, clocks forward',
      'America/St_Johns',
      '2019-03-10',
      '02:30-04:00',
      ['2019-03-10T05:30', '2019-03-10T06:30'],
    ],
    [
      'Saskatchewan never changes',
      'America/Regina',
      '2019-03-10',
      '02:30-04:00',
      ['2019-03-10T08:30', '2019-03-10T10:00'],
    ],
    ['a leap day', TORONTO, '2020-02-29', '10:00-18:00', ['2020-02-29T15:00', '2020-02-29T23:00']],
    [
      'past midnight into a leap day',
      TORONTO,
      '2020-02-28',
      '23:00-01:00',
      ['2020-02-29T04:00', '2020-02-29T06:00'],
    ],
    [
      'midnight itself is jumped over',
      'America/Havana',
      '2019-03-10',
      '00:00-02:00',
      ['2019-03-10T05:00', '2019-03-10T06:00'],
    ],
  ])('%s', (_, timeZone, date, text, expected) => {
    expect(spanOn(timeZone, date, text)).toEqual(expected);
  });

  test('the clock never shows a time outside it, in any minute of both nights', () => {
    const minutes = fc.integer({ min: 0, max: 1_439 });
    const night = fc.constantFrom(
      ...[TORONTO, 'America/St_Johns', 'America/Havana', 'America/Edmonton'].flatMap((timeZone) =>
        ['2019-03-09', '2019-03-10', '2019-11-02', '2019-11-03'].map((date) => ({ timeZone, date })),
      ),
    );
    fc.assert(
      fc.property(night, minutes, minutes, ({ timeZone, date }, from, end) => {
        fc.pre(from !== end);
        const wall = { from, to: end > from ? end : end + 1_440 };
        const span = new LocalDays(timeZone).span(date, wall);
        if (span !== null) expectWithin(span, timeZone, date, wall);
      }),
    );
  });
});

/** Every minute of the span, by the clock: minutes after midnight of the date on which it begins. */
function expectWithin(span: Span, timeZone: string, date: string, wall: { from: number; to: number }): void {
  const outside: string[] = [];
  for (let at = span.fromAt; at < span.toAt; at += MINUTE_MS) {
    const text = wallTextAt(at, timeZone);
    const shown = Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16));
    const minutes = text.startsWith(date) ? shown : shown + 1_440;
    if (minutes < wall.from || minutes >= wall.to) outside.push(text);
  }
  expect(outside).toEqual([]);
}

test('a phase begins at the first instant of its date, or when the clock first shows its time', () => {
  const days = new LocalDays(TORONTO);
  const iso = (text: string): string => new Date(days.instantOf(text)).toISOString();
  expect(iso('2019-04-17')).toBe('2019-04-17T04:00:00.000Z');
  expect(iso('2019-12-04T07:00')).toBe('2019-12-04T12:00:00.000Z');
  expect(iso('2019-11-03T01:30')).toBe('2019-11-03T05:30:00.000Z');
});

test('what is a date and a time zone, and what is not', () => {
  expect(['2020-02-29', '2019-12-31'].map(isDate)).toEqual([true, true]);
  expect(['2019-02-29', '2019-13-01', '2019-4-17', 'soon'].map(isDate)).toEqual([false, false, false, false]);
  expect([TORONTO, 'America/St_Johns', 'UTC'].map(isTimeZone)).toEqual([true, true, true]);
  expect(['America/Torronto', '+05:00', ''].map(isTimeZone)).toEqual([false, false, false]);
});
