// The configuration as a fact keeps it: small. Hours and shifts of years are the same week again and again but for
// holidays and the two clock nights, and many lines and agents have the same ones; so each calendar is written once, as
// weeks that differ and how often they follow one another, and agents alike are written once with their names.

import { assert } from './assert.ts';
import type { AgentConfiguration, Configuration, LineConfiguration, Span } from './configuration.ts';
import type { AgentId } from './id.ts';

/** Spans by the week in which they begin. Times are in units of `unitMs` from the beginning of their week. */
export type PackedSpans = {
  readonly unitMs: number;
  /** Of the first week, in weeks since 1970. */
  readonly week: number;
  /** The weeks that differ: from and length, again and again. */
  readonly weeks: readonly (readonly number[])[];
  /** Which of them, how many times, again and again. */
  readonly runs: readonly number[];
};

type PackedLine = Omit<LineConfiguration, 'open' | 'openByRegion' | 'closing' | 'days'> & {
  readonly open: number;
  readonly days: number;
  readonly openByRegion: readonly { readonly region: string; readonly open: number }[];
  readonly closing: Omit<LineConfiguration['closing'], 'callingHours'> & { readonly callingHours: number };
};

/** What agents who are alike have in common. */
type PackedCrew = Omit<AgentConfiguration, 'id' | 'shifts'> & { readonly shifts: number };

export type PackedConfiguration = Omit<Configuration, 'lines' | 'agents'> & {
  readonly calendars: readonly PackedSpans[];
  readonly lines: readonly PackedLine[];
  readonly crews: readonly PackedCrew[];
  /** In their order: neighbours of one crew together. */
  readonly agents: readonly { readonly crew: number; readonly ids: readonly AgentId[] }[];
};

export function packed({ lines, agents, ...rest }: Configuration): PackedConfiguration {
  const calendars = new Calendars();
  return {
    ...rest,
    lines: lines.map(({ closing, ...line }) => ({
      ...line,
      open: calendars.add(line.open),
      days: calendars.add(line.days),
      openByRegion: line.openByRegion.map(({ region, open }) => ({ region, open: calendars.add(open) })),
      closing: { ...closing, callingHours: calendars.add(closing.callingHours) },
    })),
    ...crewsOf(agents, calendars),
    calendars: calendars.all,
  };
}

export function unpacked({ calendars, lines, crews, agents, ...rest }: PackedConfiguration): Configuration {
  const spans = calendars.map(unpackedSpans);
  const at = (index: number): readonly Span[] => {
    const found = spans[index];
    assert(found !== undefined, 'a calendar that is named is there');
    return found;
  };
  return {
    ...rest,
    lines: lines.map(({ closing, ...line }) => ({
      ...line,
      open: at(line.open),
      days: at(line.days),
      openByRegion: line.openByRegion.map(({ region, open }) => ({ region, open: at(open) })),
      closing: { ...closing, callingHours: at(closing.callingHours) },
    })),
    agents: agents.flatMap(({ crew, ids }) => {
      const { shifts, ...shared } = crews[crew] as PackedCrew;
      return ids.map((id) => ({ ...shared, id, shifts: at(shifts) }));
    }),
  };
}

/** Each calendar once: the same list is known at sight, an equal one by what it packs to. */
class Calendars {
  readonly all: PackedSpans[] = [];
  private readonly seen = new Map<readonly Span[], number>();
  private readonly equal = new Map<string, number>();

  add(spans: readonly Span[]): number {
    let index = this.seen.get(spans);
    if (index !== undefined) return index;
    const calendar = packedSpans(spans);
    const text = JSON.stringify(calendar);
    index = this.equal.get(text);
    if (index === undefined) {
      index = this.all.push(calendar) - 1;
      this.equal.set(text, index);
    }
    this.seen.set(spans, index);
    return index;
  }
}

function crewsOf(
  agents: readonly AgentConfiguration[],
  calendars: Calendars,
): Pick<PackedConfiguration, 'crews' | 'agents'> {
  const crews: PackedCrew[] = [];
  const known = new Map<string, number>();
  const inOrder: { crew: number; ids: AgentId[] }[] = [];
  for (const { id, shifts, ...agent } of agents) {
    const of = { ...agent, shifts: calendars.add(shifts) };
    const text = JSON.stringify(of);
    const crew = known.get(text) ?? crews.push(of) - 1;
    known.set(text, crew);
    const last = inOrder.at(-1);
    if (last?.crew === crew) last.ids.push(id);
    else inOrder.push({ crew, ids: [id] });
  }
  return { crews, agents: inOrder };
}

const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;

export function packedSpans(spans: readonly Span[]): PackedSpans {
  const isWhole = spans.every(({ fromAt, toAt }) => fromAt % MINUTE_MS === 0 && toAt % MINUTE_MS === 0);
  const unitMs = isWhole ? MINUTE_MS : 1;
  const week = spans[0] === undefined ? 0 : Math.floor(spans[0].fromAt / WEEK_MS);
  const weeks: number[][] = [];
  const known = new Map<string, number>();
  const runs: number[] = [];
  const close = (times: number, one: number[]): void => {
    const text = one.join(' ');
    let index = known.get(text);
    if (index === undefined) {
      index = weeks.push(one) - 1;
      known.set(text, index);
    }
    if (runs.at(-2) === index) runs[runs.length - 1] = (runs.at(-1) as number) + times;
    else runs.push(index, times);
  };
  let at = week;
  let one: number[] = [];
  for (const { fromAt, toAt } of spans) {
    const begins = Math.floor(fromAt / WEEK_MS);
    if (begins > at) {
      close(1, one);
      if (begins > at + 1) close(begins - at - 1, []);
      at = begins;
      one = [];
    }
    one.push((fromAt - at * WEEK_MS) / unitMs, (toAt - fromAt) / unitMs);
  }
  if (one.length > 0) close(1, one);
  return { unitMs, week, weeks, runs };
}

export function unpackedSpans({ unitMs, week, weeks, runs }: PackedSpans): readonly Span[] {
  const spans: Span[] = [];
  let weekAt = week * WEEK_MS;
  for (let i = 0; i < runs.length; i += 2) {
    const one = weeks[runs[i] as number] as readonly number[];
    const times = runs[i + 1] as number;
    if (one.length === 0) weekAt += times * WEEK_MS;
    for (let time = 0; time < times && one.length > 0; time += 1, weekAt += WEEK_MS) {
      for (let j = 0; j < one.length; j += 2) {
        const fromAt = weekAt + (one[j] as number) * unitMs;
        spans.push({ fromAt, toAt: fromAt + (one[j + 1] as number) * unitMs });
      }
    }
  }
  return spans;
}
