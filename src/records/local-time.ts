// Local days and months of the centre's time zone as instants, and the dates that people give. Days have 23 to 25 hours.
// It must not know what is reported.

import { Temporal } from 'temporal-polyfill';

/** Midnights that begin the days of [fromAt, toAt), the first at or before it. Sorted. */
export function dayStarts(fromAt: number, toAt: number, timeZone: string): number[] {
  return startsOf(fromAt, toAt, timeZone, { days: 1 }, (date) => date);
}

/** The midnight that begins the local day of an instant. */
export function dayOf(at: number, timeZone: string): number {
  return startOf(dateAt(at, timeZone), timeZone);
}

/** As dayStarts, of months. */
export function monthStarts(fromAt: number, toAt: number, timeZone: string): number[] {
  return startsOf(fromAt, toAt, timeZone, { months: 1 }, (date) => date.with({ day: 1 }));
}

function startsOf(
  fromAt: number,
  toAt: number,
  timeZone: string,
  step: { readonly days: number } | { readonly months: number },
  first: (date: Temporal.PlainDate) => Temporal.PlainDate,
): number[] {
  const starts: number[] = [];
  for (let date = first(dateAt(fromAt, timeZone)); ; date = date.add(step)) {
    const at = startOf(date, timeZone);
    if (at >= toAt) return starts;
    starts.push(at);
  }
}

function dateAt(at: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
}

function startOf(date: Temporal.PlainDate, timeZone: string): number {
  return date.toZonedDateTime(timeZone).epochMilliseconds;
}

/** `2019-04-17` and `2019-04-17T08:30`, local. The beginning of what is named, and its end: of a day the next midnight. */
export function readLocal(text: string, timeZone: string): { fromAt: number; toAt: number } | null {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
      const date = Temporal.PlainDate.from(text);
      return { fromAt: startOf(date, timeZone), toAt: startOf(date.add({ days: 1 }), timeZone) };
    }
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null;
    const at = Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds;
    return { fromAt: at, toAt: at };
  } catch {
    return null; // a date that does not exist
  }
}

const writers = new Map<string, Intl.DateTimeFormat>();

/** `2019-04-17 08:30`, local. By Intl, as Temporal's polyfill takes a tenth of a millisecond for each. */
export function localText(at: number, timeZone: string): string {
  let writer = writers.get(timeZone);
  if (writer === undefined) {
    // Sweden writes dates as ISO 8601 does.
    writer = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
      hourCycle: 'h23',
    });
    writers.set(timeZone, writer);
  }
  return writer.format(at);
}
