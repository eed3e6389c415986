// What a configuration means, for a person who checks it: this week's hours as the core has them, the phases, what
// happens at closing, the next days that are not as their weekday. Read from what was worked out, not from the file, so
// that a wrong time zone or holiday is seen here.

import { ALWAYS, type LineConfiguration, type Span } from '../core/configuration.ts';
import type { PhaseFile } from './callback-schema.ts';
import type { ReadConfiguration } from './configuration-file.ts';
import { specialDays, weekdayTexts } from './hours.ts';
import { addDays, dateAt, LocalDays, wallTextAt, weekdayOf } from './local-time.ts';
import { callbackRulesOf, timeZoneOf } from './resolve.ts';
import type { LineFile } from './schema.ts';

export type DayHours = { readonly date: string; readonly hours: string };
export type LineSummary = {
  readonly id: string;
  readonly timeZone: string;
  /** Seven days from Monday, as the clock shows them. */
  readonly week: readonly DayHours[];
  readonly nextSpecialDays: readonly {
    readonly date: string;
    readonly hours: string;
    readonly why: string;
  }[];
  /** Whether a callback is offered at this moment to those who wait long enough. */
  readonly offeredNow: string;
  readonly phases: readonly string[];
  readonly offer: string;
  readonly closing: string;
  /** What callers hear of the owners' own. */
  readonly recorded: string;
};

const DAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const SPECIAL_DAYS_SHOWN = 5;
const MINUTE_MS = 60_000;

export function summaryOf({ file, configuration }: ReadConfiguration, nowAt: number): LineSummary[] {
  return file.lines.map((line, i) => {
    const resolved = configuration.lines[i] as LineConfiguration;
    const timeZone = timeZoneOf(file, line);
    const hours = line.hours ?? file.hours;
    const days = new LocalDays(hours?.timeZone ?? timeZone);
    const today = dateAt(nowAt, days.timeZone);
    const monday = addDays(today, 1 - weekdayOf(today));
    const dates = [0, 1, 2, 3, 4, 5, 6].map((day) => addDays(monday, day));
    return {
      id: line.id,
      timeZone: days.timeZone,
      week: dates.map((date) => ({ date, hours: hoursOn(resolved.open, days, date) })),
      nextSpecialDays: nextSpecialDays(hours, resolved.open, days, today),
      offeredNow: offeredNow(resolved, nowAt),
      phases: (callbackRulesOf(file, line).phases ?? []).map(phaseText),
      offer: offerText(resolved),
      closing: closingText(line, resolved),
      recorded: recordedText(line, resolved),
    };
  });
}

/** A few lines of text for each line of business. */
export function summaryText(summaries: readonly LineSummary[]): string[] {
  return summaries.flatMap((line) => [
    `${line.id} (${line.timeZone})`,
    `  week of ${line.week[0]?.date}: ${weekText(line.week)}`,
    ...(line.nextSpecialDays.length === 0
      ? []
      : [`  next: ${line.nextSpecialDays.map((day) => `${day.date} ${day.hours} (${day.why})`).join(', ')}`]),
    `  callback: ${line.offeredNow}; ${line.offer}`,
    ...line.phases.map((phase) => `    ${phase}`),
    `  at closing: ${line.closing}`,
    `  recorded: ${line.recorded}`,
  ]);
}

/** `07:00-19:00`, `closed`, or several spans; of a span past midnight each day shows its own part. */
function hoursOn(open: readonly Span[], days: LocalDays, date: string): string {
  const day = days.day(date);
  const parts = open.flatMap(({ fromAt, toAt }) => {
    const from = Math.max(fromAt, day.fromAt);
    const to = Math.min(toAt, day.toAt);
    if (from >= to) return [];
    return [`${clock(from, days)}-${to === day.toAt ? '24:00' : clock(to, days)}`];
  });
  return parts.length === 0 ? 'closed' : parts.join(' and ');
}

function clock(at: number, days: LocalDays): string {
  return wallTextAt(at, days.timeZone).slice(11);
}

/** Neighbouring days with the same hours are told together: Mon to Fri 07:00-19:00, Sat to Sun closed. */
function weekText(week: readonly DayHours[]): string {
  const groups: { first: string; last: string; hours: string }[] = [];
  for (const [i, { hours }] of week.entries()) {
    const name = DAY_NAMES[i] as string;
    const group = groups.at(-1);
    if (group !== undefined && group.hours === hours) group.last = name;
    else groups.push({ first: name, last: name, hours });
  }
  return groups
    .map(({ first, last, hours }) => `${first === last ? first : `${first} to ${last}`} ${hours}`)
    .join(', ');
}

/** Of the days ahead that are not as their weekday, the next few; holidays on days without hours are left out. */
function nextSpecialDays(
  hours: LineFile['hours'],
  open: readonly Span[],
  days: LocalDays,
  today: string,
): LineSummary['nextSpecialDays'] {
  if (hours === undefined) return [];
  return specialDays(hours, today, addDays(today, 365))
    .filter(({ date, isClosed }) => !isClosed || weekdayTexts(hours, weekdayOf(date)).length > 0)
    .slice(0, SPECIAL_DAYS_SHOWN)
    .map(({ date, why }) => ({ date, hours: hoursOn(open, days, date), why }));
}

function offeredNow({ offer }: LineConfiguration, nowAt: number): string {
  const phase = offer.phases.find(({ fromAt, toAt }) => nowAt >= fromAt && nowAt < toAt);
  if (phase === undefined) return 'not offered now';
  const share =
    phase.sharePermille === 1_000 ? 'offered now' : `offered now to ${percent(phase.sharePermille)}`;
  return phase.perDayMax === null ? share : `${share}, at most ${phase.perDayMax} a day`;
}

function phaseText({ from, share, perDayMax, pause, because }: PhaseFile): string {
  const to = share === undefined || share === 1 ? 'everyone' : percent(Math.round(share * 1_000));
  const cap = perDayMax === undefined ? '' : `, at most ${perDayMax} a day`;
  const why = because === undefined ? '' : ` (${because})`;
  return `from ${from}: ${pause === true ? 'paused' : `offered to ${to}${cap}`}${why}`;
}

function percent(permille: number): string {
  return `${permille / 10} % of callers`;
}

function offerText({ offer, capacity }: LineConfiguration): string {
  return [
    offer.waitOverMs > 0 ? `where the wait is over ${minutes(offer.waitOverMs)}` : 'whatever the wait',
    ...(offer.aheadOver >= 0 ? [`more than ${offer.aheadOver} are ahead`] : []),
    `the chance to keep it is at least ${offer.keepPermille / 10} %`,
    ...(offer.pendingMax === null ? [] : [`fewer than ${offer.pendingMax} are pending`]),
    capacity === null ? 'no limit of places' : `${capacity} places`,
    ...(offer.overflowPlaces > 0 ? [`${offer.overflowPlaces} more for callbacks alone`] : []),
  ].join(', ');
}

function closingText({ callback }: LineFile, { open, closing }: LineConfiguration): string {
  if (open === ALWAYS) return 'it never closes';
  const cutOff = closing.cutOffMs > 0 ? `, the last attempt ${minutes(closing.cutOffMs)} before` : '';
  const carried = `carried to the next opening, ${closing.carryMax} at most`;
  const own = callback?.closing === undefined ? '' : ' (its own rule)';
  switch (closing.pending) {
    case 'finish':
      return `pending callbacks are finished for ${minutes(closing.finishMs)}, then ${carried}${cutOff}${own}`;
    case 'carry':
      return `pending callbacks are ${carried}${cutOff}${own}`;
    case 'expire':
      return `pending callbacks expire${cutOff}${own}`;
  }
}

/** What is written and not recorded is told: nobody on the telephone hears it. */
function recordedText(line: LineFile, { recorded }: LineConfiguration): string {
  const parts = (['name', 'alternatives', 'emergency'] as const).flatMap((key) => {
    if (recorded[key] !== null) return [`${key} (${recorded[key]})`];
    return line[key] === undefined || key === 'name'
      ? []
      : [`${key}: written only, callers hear built-in words`];
  });
  return parts.length === 0 ? 'nothing, callers hear built-in words' : parts.join(', ');
}

function minutes(durationMs: number): string {
  return `${Math.round(durationMs / MINUTE_MS)} min`;
}
