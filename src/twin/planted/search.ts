// Whether the checkers find a planted bug, and by which seed: the recorded one first, then from 1 on. Each bug runs in a
// process of its own, so that nothing of it is left behind; two bugs at a time. Found means that something did not hold: by
// a checker, by an assertion of the program itself, or by not coming to rest; a crash is no find.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Crew } from '../faults/crew.ts';
import { CALLS } from '../faults/seed-run.ts';
import type { SeedOrder } from '../faults/seed-worker.ts';
import { type PlantedBug, plant } from './bug.ts';
import { PLANTED } from './planted.ts';

export type Found = {
  readonly name: string;
  readonly found: boolean;
  /** That found it; null when none did. */
  readonly seed: number | null;
  /** What did not hold, or why nothing was found. */
  readonly by: string;
};

const ROOT = join(import.meta.dirname, '../../..');
const LOADER = new URL('./loader.ts', import.meta.url).href;

/** Throws PlantRefused when one of them does not fit the sources. */
export function holdAllFit(): void {
  for (const bug of PLANTED)
    for (const file of new Set(bug.edits.map((edit) => edit.file)))
      plant(bug, file, readFileSync(join(ROOT, file), 'utf8'));
}

export type SearchOptions = {
  readonly hands: number;
  /** After the recorded one, so many from 1 on; 0: only the recorded one. */
  readonly seedsMax: number;
  readonly bugs?: readonly PlantedBug[];
  readonly each?: (found: Found) => void;
};

export async function searchPlanted(options: SearchOptions): Promise<Found[]> {
  holdAllFit();
  const waiting = [...(options.bugs ?? PLANTED)];
  const found: Found[] = [];
  const work = async (): Promise<void> => {
    for (let bug = waiting.shift(); bug !== undefined; bug = waiting.shift()) {
      const one = await searchOne(bug, options.seedsMax);
      found.push(one);
      options.each?.(one);
    }
  };
  await Promise.all(Array.from({ length: options.hands }, work));
  const order = new Map(PLANTED.map((bug, i) => [bug.name, i]));
  return found.sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
}

async function searchOne(bug: PlantedBug, seedsMax: number): Promise<Found> {
  function* orders(): Generator<SeedOrder> {
    yield { seed: bug.seed, calls: CALLS, isShrunk: false };
    for (let seed = 1; seed <= seedsMax; seed += 1)
      if (seed !== bug.seed) yield { seed, calls: CALLS, isShrunk: false };
  }
  const crew = new Crew({ hands: 1, execArgv: ['--import', LOADER], env: { RAPPEL_PLANTED: bug.name } });
  const none = { name: bug.name, found: false, seed: null };
  let found: Found = { ...none, by: '' };
  try {
    await crew.run(orders(), ({ seed, failure, broken }) => {
      const crash = broken ?? (failure?.what.startsWith('crash:') ? failure.what : null);
      if (crash !== null) found = { ...none, by: crashed(seed, crash) };
      if (crash !== null || failure === null) return 'go_on';
      found = { name: bug.name, found: true, seed, by: failure.what };
      return 'enough';
    });
  } catch (error) {
    return { ...none, by: crashed(bug.seed, error instanceof Error ? error.message : String(error)) };
  }
  return found;
}

function crashed(seed: number, why: string): string {
  return `seed ${seed} crashed, which no checker saw: ${why.split('\n')[0] ?? ''}`;
}
