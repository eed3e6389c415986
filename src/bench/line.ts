// How quick is the order of places: add, rank, remove any, take the first, at a thousand, a hundred thousand and a
// million places. Entries are as in a centre: in order, over eight priorities, removed in no order at all.

import type { PlaceId } from '../core/id.ts';
import { Line, PRIORITIES } from '../core/line.ts';
import { Random } from '../twin/random.ts';
import { medianOf } from './spread.ts';

export type LineSize = {
  readonly places: number;
  readonly addNs: number;
  readonly rankNs: number;
  readonly removeNs: number;
  readonly popNs: number;
};
export type LineResult = { readonly sizes: readonly LineSize[] };

const SIZES = [1_000, 100_000, 1_000_000];
/** Small lines are filled and emptied often enough that the clock's grain does not matter. */
const OPERATIONS_MIN = 200_000;
const RUNS = 5;

type Key = { readonly priority: number; readonly entry: number };

export async function run(sizes: readonly number[] = SIZES, runs = RUNS): Promise<LineResult> {
  return { sizes: sizes.map((places) => measureSize(places, runs)) };
}

function measureSize(places: number, runs: number): LineSize {
  const rounds = Math.max(1, Math.ceil(OPERATIONS_MIN / places));
  const random = new Random(places);
  const keys = Array.from({ length: places }, (_, i) => ({
    priority: random.between(0, PRIORITIES - 1),
    entry: i + 1,
  }));
  const inNoOrder = shuffled(keys, random);
  const half = inNoOrder.slice(0, Math.ceil(places / 2));
  const times: Record<'add' | 'rank' | 'remove' | 'pop', number[]> = {
    add: [],
    rank: [],
    remove: [],
    pop: [],
  };
  for (let run = 0; run < runs; run += 1) {
    const sum = { add: 0, rank: 0, remove: 0, pop: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const line = new Line();
      sum.add += timed(() => {
        for (let i = 0; i < keys.length; i += 1) line.add(keys[i] as Key, i as PlaceId);
      });
      sum.rank += timed(() => {
        for (const key of inNoOrder) line.rank(key);
      });
      sum.remove += timed(() => {
        for (const key of half) line.remove(key);
      });
      sum.pop += timed(() => empty(line));
    }
    times.add.push(sum.add / rounds / places);
    times.rank.push(sum.rank / rounds / places);
    times.remove.push(sum.remove / rounds / half.length);
    times.pop.push(sum.pop / rounds / (places - half.length));
  }
  const ns = (values: readonly number[]): number => Math.round(medianOf(values.map((ms) => ms * 1e6)));
  return {
    places,
    addNs: ns(times.add),
    rankNs: ns(times.rank),
    removeNs: ns(times.remove),
    popNs: ns(times.pop),
  };
}

function empty(line: Line): void {
  for (let first = line.first(); first !== null; first = line.first()) line.remove(first);
}

/** In ms. */
function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i -= 1) {
    const j = random.between(0, i);
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
}

export function lines(result: LineResult): readonly string[] {
  const cell = (value: number): string => `${value} ns`.padStart(10);
  return [
    '    places        add      rank    remove       pop',
    ...result.sizes.map(
      ({ places, addNs, rankNs, removeNs, popNs }) =>
        `${String(places).padStart(10)} ${cell(addNs)}${cell(rankNs)}${cell(removeNs)}${cell(popNs)}`,
    ),
  ];
}
