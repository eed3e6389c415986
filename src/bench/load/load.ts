// The load bench, in virtual time: a hundred thousand callbacks wait and fifty people call every second for ten minutes; how
// long does each input hold the engine up? Then thirty days of a national centre; is memory back where it was? The real
// core and engine loop, the real vault, a floor of telephones that costs as little as can be. It measures and does not judge.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { assert } from '../../core/assert.ts';
import type { Span } from '../../core/configuration.ts';
import type { State } from '../../core/state.ts';
import { rounded } from '../spread.ts';
import { LoadCentre } from './centre.ts';
import { agentIds, loadConfiguration } from './configuration.ts';

export type LoadOptions = {
  readonly pending?: number;
  readonly callsPerSecond?: number;
  readonly minutes?: number;
  readonly agents?: number;
  readonly days?: number;
  /** For an agent, most of them around noon; a national centre has 7,400. */
  readonly callsPerDay?: number;
  readonly seed?: number;
};

export type RushResult = {
  readonly pendingBefore: number;
  readonly pendingAfter: number;
  readonly callsPerSecond: number;
  readonly minutes: number;
  readonly calls: number;
  readonly agents: number;
  /** Inputs that were decided upon, deadlines included. */
  readonly decisions: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** The longest, by type of input. */
  readonly longestMs: Readonly<Record<string, number>>;
  /** An input with all that follows: written, released, performed, and what that led to at once. */
  readonly wholeP99Ms: number;
  readonly wallS: number;
};

export type MonthResult = {
  readonly days: number;
  readonly calls: number;
  readonly facts: number;
  /** After collecting garbage, at night with nobody on the phone: the second night and the last. */
  readonly heapMbBefore: number;
  readonly heapMbAfter: number;
  readonly heapMbMax: number;
  /** The same after so many days, for each thirty and the last. */
  readonly heapAfterMb: Readonly<Record<string, number>>;
  /** Numbers written in the stand-in for PostgreSQL, which is in this memory too. */
  readonly rowsBefore: number;
  readonly rowsAfter: number;
  /** How many of each the state held in those nights. */
  readonly stateBefore: Readonly<Record<string, number>>;
  readonly stateAfter: Readonly<Record<string, number>>;
  readonly wallS: number;
};

export type LoadResult = { readonly rush: RushResult; readonly month: MonthResult };

const START_AT = 1_555_473_600_000; // 17 April 2019, 04:00 UTC: midnight in Ottawa
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FILLED_PER_SECOND = 500;

export async function run(options: LoadOptions = {}): Promise<LoadResult> {
  return { rush: await rush(options), month: await month(options) };
}

async function rush(options: LoadOptions): Promise<RushResult> {
  const { pending = 100_000, callsPerSecond = 50, minutes = 10, agents = 1_000, seed = 1 } = options;
  const ids = agentIds(agents);
  const centre = await LoadCentre.open(
    { seed, startAt: START_AT, meanHandleMs: 240_000, meanPatienceMs: 600_000, takeRate: 0.75 },
    loadConfiguration(agents),
  );
  const { time, floor, engine } = centre;
  centre.signIn(ids);
  let people = 0;
  const callEvery = async (gapMs: number, until: () => boolean): Promise<void> => {
    while (!until()) {
      floor.arrive(centre.numberOf(people));
      people += 1;
      await centre.passTo(time.now() + gapMs);
    }
  };
  const waiting = (): number => engine.state.callbacks.size;
  await callEvery(1_000 / FILLED_PER_SECOND, () => waiting() >= pending);
  await centre.passTo(time.now() + 60_000);
  for (const agent of ids) floor.tell({ type: 'agent.go_ready', agent });
  await centre.passTo(time.now() + 60_000);

  const pendingBefore = waiting();
  const first = people;
  centre.decisions.clear();
  centre.wholes.clear();
  const startedAt = performance.now();
  const endAt = time.now() + minutes * 60_000;
  await callEvery(1_000 / callsPerSecond, () => time.now() >= endAt);
  const { decisions, wholes } = centre;
  return {
    pendingBefore,
    pendingAfter: waiting(),
    callsPerSecond,
    minutes,
    calls: people - first,
    agents,
    decisions: decisions.count,
    p50Ms: rounded(decisions.quantileMs(0.5), 4),
    p99Ms: rounded(decisions.quantileMs(0.99), 4),
    maxMs: rounded(decisions.maxMs, 2),
    longestMs: roundedAll(decisions.longestMs()),
    wholeP99Ms: rounded(wholes.quantileMs(0.99), 4),
    wallS: rounded((performance.now() - startedAt) / 1_000, 1),
  };
}

const OPENS_AT_MS = 8 * HOUR_MS;
const OPEN_MS = 12 * HOUR_MS;
const STAFF = 130;
const POPULATION = 30_000;
const NIGHT_MS = 3 * HOUR_MS;

async function month(options: LoadOptions): Promise<MonthResult> {
  const { days = 30, callsPerDay = 7_400, seed = 1 } = options;
  const startedAt = performance.now();
  const open = Array.from({ length: days + 2 }, (_, day): Span => {
    const fromAt = START_AT + day * DAY_MS + OPENS_AT_MS;
    return { fromAt, toAt: fromAt + OPEN_MS };
  });
  const centre = await LoadCentre.open(
    { seed, startAt: START_AT, meanHandleMs: 600_000, meanPatienceMs: 900_000, takeRate: 0.45 },
    loadConfiguration(STAFF, open),
  );
  // Everybody has asked for a callback before: what the vault keeps of them, and what the stand-in for PostgreSQL keeps
  // in this same memory, is there from the beginning, and only what the house itself keeps can grow.
  for (let n = 0; n < POPULATION; n += 1) centre.writeRow(n);
  centre.signIn(agentIds(STAFF));
  for (const agent of agentIds(STAFF)) centre.floor.tell({ type: 'agent.go_ready', agent });
  let calls = 0;
  let before: Night | undefined;
  let heapMbMax = 0;
  const heapAfterMb: Record<string, number> = {};
  const rowsBefore = centre.rowCount;
  for (let day = 0; day < days; day += 1) {
    calls += await workDay(centre, START_AT + day * DAY_MS, callsPerDay);
    const night = nightOf(centre);
    heapMbMax = Math.max(heapMbMax, night.heapMb);
    if (day === Math.min(1, days - 1)) before = night;
    if ((day + 1) % 30 === 0 || day === days - 1) heapAfterMb[day + 1] = night.heapMb;
    if (day < days - 1) continue;
    assert(before !== undefined, 'a night to compare with');
    return {
      days,
      calls,
      facts: centre.journal.lastSeq,
      heapMbBefore: before.heapMb,
      heapMbAfter: night.heapMb,
      heapMbMax,
      heapAfterMb,
      rowsBefore,
      rowsAfter: centre.rowCount,
      stateBefore: before.state,
      stateAfter: night.state,
      wallS: rounded((performance.now() - startedAt) / 1_000, 1),
    };
  }
  throw new Error('a month has days');
}

/** Until three in the next night; gives how many called. */
async function workDay(centre: LoadCentre, midnightAt: number, callsPerDay: number): Promise<number> {
  const { random, time, floor } = centre;
  let calls = 0;
  await centre.passTo(midnightAt + OPENS_AT_MS);
  for (;;) {
    const share = (time.now() - midnightAt - OPENS_AT_MS) / OPEN_MS;
    if (share >= 1) break;
    // The rate of a sine's arch: nobody at the ends, 1.57 times the mean at noon.
    const perMs =
      (callsPerDay / OPEN_MS) * (Math.PI / 2) * Math.sin(Math.PI * Math.max(0.02, Math.min(0.98, share)));
    floor.arrive(centre.numberOf(random.below(POPULATION)));
    calls += 1;
    await centre.passTo(time.now() + Math.max(1, random.exponentialMs(1 / perMs)));
  }
  await centre.passTo(midnightAt + DAY_MS + NIGHT_MS);
  return calls;
}

type Night = { readonly heapMb: number; readonly state: Readonly<Record<string, number>> };

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function nightOf(centre: LoadCentre): Night {
  collectGarbage();
  collectGarbage();
  const heapMb = rounded(process.memoryUsage().heapUsed / 1_048_576, 1);
  return { heapMb, state: { ...sizesOf(centre.engine.state), legs: centre.floor.legCount } };
}

function sizesOf(state: State): Record<string, number> {
  const { calls, places, callbacks, attempts, channels, agents } = state;
  return Object.fromEntries(
    Object.entries({ calls, places, callbacks, attempts, channels, agents }).map(([name, map]) => [
      name,
      map.size,
    ]),
  );
}

function roundedAll(values: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, rounded(value, 2)]));
}

export function lines({ rush, month }: LoadResult): readonly string[] {
  const sizes = (state: Readonly<Record<string, number>>): string =>
    Object.entries(state)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ');
  return [
    `${rush.pendingBefore} callbacks waiting, ${rush.callsPerSecond} new calls a second for ${rush.minutes} minutes, ${rush.agents} agents`,
    `  ${rush.decisions} decisions: p50 ${rush.p50Ms} ms, p99 ${rush.p99Ms} ms, max ${rush.maxMs} ms; with all that follows p99 ${rush.wholeP99Ms} ms`,
    `${month.days} days, ${month.calls} calls, ${month.facts} facts`,
    `  heap at night ${month.heapMbBefore} MB in the beginning, ${month.heapMbAfter} MB in the end, ${month.heapMbMax} MB at most`,
    `  ${sizes(month.stateBefore)} in the beginning`,
    `  ${sizes(month.stateAfter)} in the end`,
  ];
}
