import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALWAYS, type Span } from '../core/configuration.ts';
import { isOpenAt } from '../core/hours.ts';
import { HoursCalendar, specialDays } from './hours.ts';
import { type HoursFile, WEEKDAYS } from './hours-schema.ts';
import { dateAt, wallTextAt } from './local-time.ts';
import { cappedDays, offerPhases } from './phases.ts';
import { horizonAt } from './resolve.ts';

const TORONTO = 'America/Toronto';
const horizon = horizonAt(Date.parse('2019-04-17T12:00:00Z'));
const HOUR_MS = 3_600_000;

function open(hours: HoursFile, timeZone = TORONTO): readonly Span[] {
  return new HoursCalendar(horizon, timeZone).open(hours, timeZone);
}

function isOpen(hours: HoursFile, local: string, zoneOffset = '-04:00'): boolean {
  return isOpenAt(open(hours), Date.parse(`${local}:00${zoneOffset}`));
}

describe('hours', () => {
  const office: HoursFile = { weekdays: ['07:00-19:00'], holidays: 'canada', province: 'ON' };

  test('a week, a holiday, and an exception that counts before both', () => {
    expect(isOpen(office, '2019-04-17T07:00')).toBe(true);
    expect(isOpen(office, '2019-04-17T06:59')).toBe(false);
    expect(isOpen(office, '2019-04-17T19:00')).toBe(false);
    expect(isOpen(office, '2019-04-20T12:00')).toBe(false);
    expect(isOpen(office, '2019-07-01T12:00')).toBe(false);
    const exceptions = [
      { date: '2019-07-01', open: ['09:00-12:00'] },
      { date: '2019-04-17', closed: true as const },
    ];
    expect(isOpen({ ...office, exceptions }, '2019-07-01T10:00')).toBe(true);
    expect(isOpen({ ...office, exceptions }, '2019-07-01T13:00')).toBe(false);
    expect(isOpen({ ...office, exceptions }, '2019-04-17T12:00')).toBe(false);
  });

  test('the more particular day counts: a weekday before weekdays, these before everyDay', () => {
    const hours: HoursFile = {
      everyDay: ['00:00-01:00'],
      weekdays: ['08:00-09:00'],
      friday: ['10:00-11:00'],
    };
    const at = (text: string): boolean => isOpen(hours, text);
    expect([at('2019-05-03T10:30'), at('2019-05-03T08:30'), at('2019-05-03T00:30')]).toEqual([
      true,
      false,
      false,
    ]);
    expect([at('2019-05-02T08:30'), at('2019-05-02T00:30')]).toEqual([true, false]);
    expect(at('2019-05-04T00:30')).toBe(true);
  });

  test('several spans a day stay apart; those that touch, and days that meet at midnight, are one', () => {
    const lunch = open({ weekdays: ['07:00-12:00', '13:00-19:00'] });
    expect(lunch.slice(0, 2).map(({ fromAt, toAt }) => (toAt - fromAt) / HOUR_MS)).toEqual([5, 6]);
    const touching = open({ weekdays: ['12:00-19:00', '07:00-12:00'] });
    expect(touching[0] && (touching[0].toAt - touching[0].fromAt) / HOUR_MS).toBe(12);
    const nights = open({ monday: ['20:00-24:00'], tuesday: ['00:00-06:00'] });
    expect(nights[0] && (nights[0].toAt - nights[0].fromAt) / HOUR_MS).toBe(10);
  });

  test('all day on every day is always; with one closed day it is not', () => {
    expect(open({ everyDay: ['00:00-24:00'] })).toBe(ALWAYS);
    const once = open({ everyDay: ['00:00-24:00'], exceptions: [{ date: '2019-12-25', closed: true }] });
    expect(once).toHaveLength(2);
    expect(wallTextAt(once[0]?.toAt ?? 0, TORONTO)).toBe('2019-12-25 00:00');
    expect(wallTextAt(once[1]?.fromAt ?? 0, TORONTO)).toBe('2019-12-26 00:00');
  });

  test('a span that began before the stretch is there whole, one that ends with it is not cut', () => {
    const spans = open({ everyDay: ['21:00-20:30'] });
    expect(spans[0]?.fromAt).toBeLessThan(horizon.fromAt);
    expect(spans[0]?.toAt).toBeGreaterThan(horizon.fromAt);
    expect(spans.at(-1)?.toAt).toBeGreaterThan(horizon.toAt);
    expect(new Set(spans.map(({ fromAt, toAt }) => (toAt - fromAt) / HOUR_MS))).toEqual(
      new Set([23.5, 22.5, 24.5]),
    );
  });

  test('the leap day is a day like others', () => {
    const spans = new HoursCalendar(horizonAt(Date.parse('2020-02-10T00:00:00Z')), TORONTO).open(
      { saturday: ['10:00-18:00'] },
      TORONTO,
    );
    expect(isOpenAt(spans, Date.parse('2020-02-29T12:00:00-05:00'))).toBe(true);
  });

  test('hours name their own time zone', () => {
    const hours: HoursFile = { weekdays: ['07:00-08:00'], timeZone: 'America/Vancouver' };
    expect(wallTextAt(open(hours)[0]?.fromAt ?? 0, 'America/Vancouver')).toMatch(/ 07:00$/);
  });

  test('the days ahead that are not as their weekday are told with their reason', () => {
    const exceptions = [{ date: '2019-05-21', closed: true as const, because: 'training' }];
    expect(specialDays({ ...office, exceptions }, '2019-05-01', '2019-07-02')).toEqual([
      { date: '2019-05-20', why: 'Victoria Day', isClosed: true },
      { date: '2019-05-21', why: 'training', isClosed: true },
      { date: '2019-07-01', why: 'Canada Day', isClosed: true },
    ]);
  });
});

const time = fc.integer({ min: 0, max: 95 }).map((quarter) => {
  const hours = String(Math.floor(quarter / 4)).padStart(2, '0');
  return `${hours}:${String((quarter % 4) * 15).padStart(2, '0')}`;
});
const span = fc.tuple(time, time).map(([from, to]) => `${from}-${to}`);
const day = fc.option(fc.array(span, { maxLength: 3 }), { nil: undefined });
const week = fc
  .tuple(...WEEKDAYS.map(() => day))
  .map((days) =>
    Object.fromEntries(WEEKDAYS.flatMap((name, i) => (days[i] === undefined ? [] : [[name, days[i]]]))),
  );
const zone = fc.constantFrom(
  TORONTO,
  'America/St_Johns',
  'America/Regina',
  'America/Havana',
  'Australia/Lord_Howe',
);

test('whatever the hours and the zone, spans are sorted, apart and never empty', () => {
  fc.assert(
    fc.property(week, fc.constantFrom('canada', 'none'), zone, (days, holidays, timeZone) => {
      const hours = { ...days, holidays } as HoursFile;
      const spans = open(hours, timeZone);
      for (const [i, { fromAt, toAt }] of spans.entries()) {
        expect(fromAt).toBeLessThan(toAt);
        if (i > 0) expect(fromAt).toBeGreaterThan(spans[i - 1]?.toAt ?? 0);
      }
      expect(new HoursCalendar(horizon, timeZone).open(hours, timeZone)).toEqual(spans);
    }),
    { numRuns: 25 },
  );
});

/** What a clock and a calendar on the wall show, by another implementation than the house's own. */
function shownBy(timeZone: string, at: number): { date: string; weekday: string; minutes: number } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    ...{ weekday: 'long', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    weekday: part('weekday').toLowerCase(),
    minutes: Number(part('hour')) * 60 + Number(part('minute')),
  };
}

const DAY_MS = 24 * HOUR_MS;
/** Both nights on which clocks change here, and a holiday; days around them, too. */
const OF_INTEREST = ['2019-11-03', '2020-03-08', '2019-07-01', '2019-12-25', '2020-02-29'].map((date) =>
  Date.parse(`${date}T12:00:00Z`),
);

test('S8: an open instant is one that the clock on the wall calls open, on both clock nights and holidays too', () => {
  const seed = Number(process.env.RAPPEL_SEED ?? Date.now() % 2 ** 31);
  const near = fc.tuple(fc.constantFrom(...OF_INTEREST), fc.integer({ min: -DAY_MS, max: DAY_MS }));
  const instants = fc.array(
    near.map(([at, by]) => at + by),
    { minLength: 50, maxLength: 50 },
  );
  let openCount = 0;
  const property = fc.property(week, zone, instants, (days, timeZone, ats) => {
    const spans = open({ ...days, holidays: 'canada' } as HoursFile, timeZone);
    for (const at of ats) {
      if (!isOpenAt(spans, at)) continue;
      openCount += 1;
      const now = shownBy(timeZone, at);
      const yesterday = WEEKDAYS.at((WEEKDAYS as readonly string[]).indexOf(now.weekday) - 1) ?? '';
      const hours = (name: string) => (days[name] ?? []).map((text) => text.split('-').map(toMinutes));
      const isToday = hours(now.weekday).some(
        ([from = 0, to = 0]) => now.minutes >= from && (now.minutes < to || to <= from),
      );
      const isOfYesterday = hours(yesterday).some(([from = 0, to = 0]) => to <= from && now.minutes < to);
      expect(isToday || isOfYesterday, `${timeZone} ${JSON.stringify(now)}`).toBe(true);
      if (['2019-07-01', '2019-12-25'].includes(now.date)) expect(isOfYesterday, now.date).toBe(true);
    }
  });
  const run = fc.check(property, { seed, numRuns: 60 });
  if (run.failed)
    throw new Error(
      `${String(run.errorInstance)}\n${JSON.stringify(run.counterexample)}\nRepeat it: RAPPEL_SEED=${seed} npm run test:quick -- src/config/hours.test.ts`,
    );
  expect(openCount).toBeGreaterThan(100);
});

function toMinutes(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
}

describe('phases', () => {
  const days = new HoursCalendar(horizon, TORONTO).days(TORONTO);

  test('each lasts until the next begins; a pause is a gap; the last has no end', () => {
    const phases = offerPhases(
      [
        { from: '2019-04-17' },
        { from: '2019-05-01', pause: true },
        { from: '2019-05-08T07:00', share: 0.25 },
      ],
      days,
      horizon,
    );
    expect(phases.map(({ fromAt }) => wallTextAt(fromAt, TORONTO))).toEqual([
      '2019-04-17 00:00',
      '2019-05-08 07:00',
    ]);
    expect(phases.map(({ sharePermille }) => sharePermille)).toEqual([1_000, 250]);
    expect(wallTextAt(phases[0]?.toAt ?? 0, TORONTO)).toBe('2019-05-01 00:00');
    expect(phases[1]?.toAt).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('the days of a line with a cap a day, also on the nights on which clocks change', () => {
    const stretch = { fromAt: Date.parse('2019-10-31T16:00Z'), toAt: Date.parse('2019-11-06T04:00Z') };
    const capped = cappedDays(
      [{ from: '2019-10-30T12:00', perDayMax: 5 }, { from: '2019-11-06' }],
      days,
      stretch,
    );
    expect(capped.map(({ fromAt }) => wallTextAt(fromAt, TORONTO))).toEqual(
      ['10-31', '11-01', '11-02', '11-03', '11-04', '11-05'].map((day) => `2019-${day} 00:00`),
    );
    expect(capped.map(({ fromAt, toAt }) => (toAt - fromAt) / HOUR_MS)).toEqual([24, 24, 24, 25, 24, 24]);
    expect(cappedDays([{ from: '2019-10-30' }], days, stretch)).toEqual([]);
  });

  test('what is over before the stretch is left out; what began before it is there', () => {
    expect(offerPhases([{ from: '2018-01-01' }, { from: '2018-02-01', pause: true }], days, horizon)).toEqual(
      [],
    );
    const [since] = offerPhases([{ from: '2018-01-01' }], days, horizon);
    expect(dateAt(since?.fromAt ?? 0, TORONTO)).toBe('2018-01-01');
  });
});
