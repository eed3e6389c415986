// From hours as people write them to spans in UTC, for a stretch of time: weekdays, then holidays, then exceptions by
// date, each overruling what stands before. Spans come out sorted and apart; two that touch are one. The same hours and
// the same stretch always give the same spans.

import { ALWAYS, type Span } from '../core/configuration.ts';
import { type HolidayRules, holidaysOf } from './holidays.ts';
import { type HoursFile, WEEKDAYS } from './hours-schema.ts';
import {
  addDays,
  DAY_MINUTES,
  dateAt,
  type LocalDate,
  LocalDays,
  type WallSpan,
  wallSpan,
  weekdayOf,
} from './local-time.ts';

/** The stretch for which local times are worked out ahead, UTC ms. */
export type Horizon = Span;

/** Beside a date: why it is not as its weekday. */
export type SpecialDay = { readonly date: LocalDate; readonly why: string; readonly isClosed: boolean };

/** Works hours out; remembers what it has worked out, since many lines and agents have the same. */
export class HoursCalendar {
  readonly horizon: Horizon;
  readonly timeZone: string;
  private readonly zones = new Map<string, LocalDays>();
  private readonly done = new Map<string, readonly Span[]>();

  /** `timeZone`: where hours do not name their own. */
  constructor(horizon: Horizon, timeZone: string) {
    this.horizon = horizon;
    this.timeZone = timeZone;
  }

  days(timeZone: string): LocalDays {
    let days = this.zones.get(timeZone);
    if (days === undefined) {
      days = new LocalDays(timeZone);
      this.zones.set(timeZone, days);
    }
    return days;
  }

  /** Every span that is not over when the stretch begins and begins before it ends; none is cut. */
  open(hours: HoursFile, timeZone: string, horizon: Horizon = this.horizon): readonly Span[] {
    const key = JSON.stringify([hours, timeZone, horizon]);
    const known = this.done.get(key);
    if (known !== undefined) return known;
    const spans = isAlways(hours)
      ? ALWAYS
      : spansWithin(hours, this.days(hours.timeZone ?? timeZone), horizon);
    this.done.set(key, spans);
    return spans;
  }
}

/** Open on every day and all day long, without exception. */
export function isAlways(hours: HoursFile): boolean {
  const isFull = (texts: readonly string[]) => texts.some((text) => text === '00:00-24:00');
  const days = [1, 2, 3, 4, 5, 6, 7].map((weekday) => weekdayTexts(hours, weekday));
  return days.every(isFull) && hours.holidays !== 'canada' && (hours.exceptions ?? []).length === 0;
}

/** As written for this weekday (1 is Monday): the most particular key counts. */
export function weekdayTexts(hours: HoursFile, weekday: number): readonly string[] {
  const day = WEEKDAYS[weekday - 1] as (typeof WEEKDAYS)[number];
  return hours[day] ?? (weekday <= 5 ? hours.weekdays : hours.weekend) ?? hours.everyDay ?? [];
}

function spansWithin(hours: HoursFile, days: LocalDays, horizon: Horizon): readonly Span[] {
  const wallsOn = wallsByDate(hours);
  // A day before, for a span that began then and goes on past midnight.
  const first = addDays(dateAt(horizon.fromAt, days.timeZone), -1);
  const last = dateAt(horizon.toAt, days.timeZone);
  const spans: Span[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) {
    for (const wall of wallsOn(date)) {
      const span = days.span(date, wall);
      if (span !== null && span.toAt > horizon.fromAt && span.fromAt < horizon.toAt) spans.push(span);
    }
  }
  return joined(spans);
}

/** Sorted and apart: what touches or overlaps becomes one. */
export function joined(spans: readonly Span[]): readonly Span[] {
  const apart: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.fromAt - b.fromAt)) {
    const before = apart.at(-1);
    if (before === undefined || span.fromAt > before.toAt) apart.push(span);
    else apart[apart.length - 1] = { fromAt: before.fromAt, toAt: Math.max(before.toAt, span.toAt) };
  }
  return apart;
}

function wallsByDate(hours: HoursFile): (date: LocalDate) => readonly WallSpan[] {
  const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => walls(weekdayTexts(hours, weekday)));
  const special = new Map<LocalDate, readonly WallSpan[]>();
  for (const { date, open } of hours.exceptions ?? []) special.set(date, walls(open ?? []));
  const isHoliday = holidayTest(hours);
  return (date) => special.get(date) ?? (isHoliday(date) ? [] : (weekly[weekdayOf(date) - 1] ?? []));
}

function walls(texts: readonly string[]): WallSpan[] {
  return texts.flatMap((text) => wallSpan(text) ?? []);
}

function holidayTest(hours: HoursFile): (date: LocalDate) => boolean {
  const rules = holidayRules(hours);
  if (rules === null) return () => false;
  const years = new Map<number, ReadonlySet<LocalDate>>();
  return (date) => {
    const year = Number(date.slice(0, 4));
    let dates = years.get(year);
    if (dates === undefined) {
      dates = new Set([year - 1, year].flatMap((y) => holidaysOf(y, rules).map((holiday) => holiday.date)));
      years.set(year, dates);
    }
    return dates.has(date);
  };
}

/** Null: no holidays are kept. */
export function holidayRules(hours: HoursFile): HolidayRules | null {
  if (hours.holidays !== 'canada') return null;
  return {
    province: hours.province ?? null,
    easterMonday: hours.easterMonday ?? false,
    isWorked: (weekday) => weekdayTexts(hours, weekday).length > 0,
  };
}

/** Holidays and exceptions from one date to another, both included, in order: for people to check. */
export function specialDays(hours: HoursFile, from: LocalDate, to: LocalDate): SpecialDay[] {
  const found = new Map<LocalDate, SpecialDay>();
  const rules = holidayRules(hours);
  for (let year = Number(from.slice(0, 4)) - 1; rules !== null && year <= Number(to.slice(0, 4)); year += 1) {
    for (const { date, name } of holidaysOf(year, rules))
      found.set(date, { date, why: name, isClosed: true });
  }
  for (const { date, open, because } of hours.exceptions ?? []) {
    const why = because ?? found.get(date)?.why ?? 'exception';
    found.set(date, { date, why, isClosed: (open ?? []).length === 0 });
  }
  return [...found.values()]
    .filter(({ date }) => date >= from && date <= to)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

export type Overlap = { readonly day: string; readonly index: number; readonly text: string };

/** Spans of one ordinary week that overlap, past midnight too: `index` is that of the later one in its own list. */
export function weeklyOverlaps(hours: HoursFile): Overlap[] {
  const week = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
    weekdayTexts(hours, weekday).flatMap((text, index) => {
      const wall = wallSpan(text);
      if (wall === null) return [];
      const offset = (weekday - 1) * DAY_MINUTES;
      return [{ weekday, index, text, from: wall.from + offset, to: wall.to + offset }];
    }),
  );
  const sorted = week.sort((a, b) => a.from - b.from || a.to - b.to);
  const overlaps: Overlap[] = [];
  const note = ({ weekday, index, text }: (typeof week)[number]): void => {
    overlaps.push({ day: keyOf(hours, weekday), index, text });
  };
  let endsAt = Number.NEGATIVE_INFINITY;
  for (const span of sorted) {
    if (span.from < endsAt) note(span);
    endsAt = Math.max(endsAt, span.to);
  }
  // Sunday night goes on into Monday.
  const monday = sorted[0];
  if (monday !== undefined && endsAt - WEEKDAYS.length * DAY_MINUTES > monday.from) note(monday);
  return overlaps;
}

/** The key under which a weekday's spans are written. */
function keyOf(hours: HoursFile, weekday: number): string {
  const day = WEEKDAYS[weekday - 1] as (typeof WEEKDAYS)[number];
  const group = weekday <= 5 ? 'weekdays' : 'weekend';
  return hours[day] !== undefined ? day : hours[group] !== undefined ? group : 'everyDay';
}
