// From the clock on a wall to UTC: what "07:00" of a date means in a time zone, also on the two nights on which clocks
// change. A span of local time is never open while the clock shows an hour outside it: an hour that does not exist
// begins where the clock jumps, and of an hour that comes twice the part is taken that keeps this true.
// It knows nothing of lines, hours or holidays.

import { Temporal } from 'temporal-polyfill';
import type { Span } from '../core/configuration.ts';

/** `2019-04-17`. Dates compare as text does. */
export type LocalDate = string;

/** Minutes after midnight of its own date; an end up to 1440, or beyond it when the span ends on the next day. */
export type WallSpan = { readonly from: number; readonly to: number };

export const DAY_MINUTES = 1_440;
const MINUTE_MS = 60_000;
const DAY_MS = DAY_MINUTES * MINUTE_MS;

export function isTimeZone(timeZone: string): boolean {
  // A fixed offset such as +05:00 has no daylight saving and no place: it is not what a person means.
  if (!/^[A-Za-z]/.test(timeZone)) return false;
  try {
    new Temporal.ZonedDateTime(0n, timeZone);
    return true;
  } catch {
    return false;
  }
}

export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

/** "07:00-19:00" as minutes; "22:00-02:00" ends on the next day. Null when it is empty: both ends the same. */
export function wallSpan(text: string): WallSpan | null {
  const [from = 0, to = 0] = text.split('-').map((time) => {
    const [hours, minutes] = time.split(':').map(Number);
    return (hours as number) * 60 + (minutes as number);
  });
  if (from === to) return null;
  return { from, to: to > from ? to : to + DAY_MINUTES };
}

/** 1 is Monday, 7 Sunday. */
export function weekdayOf(date: LocalDate): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** The date on the calendar of that zone at an instant in UTC ms. */
export function dateAt(at: number, timeZone: string): LocalDate {
  return zonedAt(at, timeZone).toPlainDate().toString();
}

/** `2019-04-17 07:00` in that zone, for people. */
export function wallTextAt(at: number, timeZone: string): string {
  return zonedAt(at, timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
}

/** `2019-04-17T07:00` in that zone, in UTC ms; of a time shown twice the first. Null: no clock there ever shows it. */
export function instantAt(text: string, timeZone: string): number | null {
  if (!isDate(text.split('T')[0] ?? '')) return null;
  const at = new LocalDays(timeZone).instantOf(text);
  return wallTextAt(at, timeZone) === text.replace('T', ' ') ? at : null;
}

function zonedAt(at: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}

type Day = { readonly fromAt: number; readonly toAt: number; readonly isPlain: boolean };

/** The days of one zone. Kept while a configuration is worked out: the same days are asked for by every line. */
export class LocalDays {
  readonly timeZone: string;
  private readonly days = new Map<LocalDate, Day>();

  constructor(timeZone: string) {
    this.timeZone = timeZone;
  }

  /** From the first instant of the date to the first of the next: 23, 24 or 25 hours. */
  day(date: LocalDate): Span {
    return this.known(date);
  }

  /** A local date and time, `2019-04-17T07:00` or a date alone, as its first instant. */
  instantOf(text: string): number {
    const [date = text, time] = text.split('T');
    if (time === undefined) return this.known(date).fromAt;
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return this.first(date, hours * 60 + minutes);
  }

  /** The span that begins on this date, in UTC; null when the clock jumps over the whole of it. */
  span(date: LocalDate, wall: WallSpan): Span | null {
    const day = this.known(date);
    if (day.isPlain && wall.to <= DAY_MINUTES)
      return { fromAt: day.fromAt + wall.from * MINUTE_MS, toAt: day.fromAt + wall.to * MINUTE_MS };
    const fromAt = this.opening(date, wall.from);
    const toAt = this.closing(date, wall.to, fromAt);
    return fromAt < toAt ? { fromAt, toAt } : null;
  }

  private known(date: LocalDate): Day {
    const known = this.days.get(date);
    if (known !== undefined) return known;
    const start = Temporal.PlainDate.from(date).toZonedDateTime(this.timeZone);
    const end = Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(this.timeZone);
    const [fromAt, toAt] = [start.epochMilliseconds, end.epochMilliseconds];
    const startsAtMidnight = start.hour === 0 && start.minute === 0;
    const day = { fromAt, toAt, isPlain: startsAtMidnight && toAt - fromAt === DAY_MS };
    this.days.set(date, day);
    return day;
  }

  /** Where the clock first shows it; where the clock jumps, if it never does. */
  private first(date: LocalDate, minutes: number): number {
    return this.showings(date, minutes)[0] as number;
  }

  /** From here on the clock shows no earlier time: of a time shown twice the second, unless nothing is shown again. */
  private opening(date: LocalDate, minutes: number): number {
    const [first, second] = this.showings(date, minutes);
    if (second === undefined) return first as number;
    const jumpAt = transitionAfter(first as number, this.timeZone);
    return second === jumpAt ? (first as number) : second;
  }

  /** The first instant after the opening at which the clock shows the end. */
  private closing(date: LocalDate, minutes: number, fromAt: number): number {
    const showings = this.showings(date, minutes);
    return showings.find((at) => at > fromAt) ?? (showings[0] as number);
  }

  /** Every instant at which the clock shows this time: one, two when clocks go back, the jump itself when forward. */
  private showings(date: LocalDate, minutes: number): readonly number[] {
    if (minutes >= DAY_MINUTES) return this.showings(addDays(date, 1), minutes - DAY_MINUTES);
    const wall = Temporal.PlainDate.from(date).toPlainDateTime({
      hour: Math.floor(minutes / 60),
      minute: minutes % 60,
    });
    const earlier = wall.toZonedDateTime(this.timeZone, { disambiguation: 'earlier' });
    const later = wall.toZonedDateTime(this.timeZone, { disambiguation: 'later' });
    const [firstAt, lastAt] = [earlier.epochMilliseconds, later.epochMilliseconds];
    if (firstAt === lastAt) return [firstAt];
    if (earlier.toPlainDateTime().equals(wall)) return [firstAt, lastAt];
    return [transitionAfter(firstAt, this.timeZone)];
  }
}

function transitionAfter(at: number, timeZone: string): number {
  const next = zonedAt(at, timeZone).getTimeZoneTransition('next');
  return next?.epochMilliseconds ?? at;
}
