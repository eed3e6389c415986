// Every planted bug, by name, with the seed that finds it. Which part of the program they stand in is told by the files
// they come from. Seeds are recorded by `rappel faults --planted --search N --record`; one that is new begins with 1.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGENT_BUGS } from './agent-bugs.ts';
import type { PlantedBug } from './bug.ts';
import { COMMIT_BUGS } from './commit-bugs.ts';
import { RULE_BUGS } from './rule-bugs.ts';

/** By name, in the order of the bugs. */
export const SEEDS_FILE = join(import.meta.dirname, 'seeds.json');

const recorded: Readonly<Record<string, number>> = JSON.parse(readFileSync(SEEDS_FILE, 'utf8'));

export const PLANTED: readonly PlantedBug[] = [...COMMIT_BUGS, ...RULE_BUGS, ...AGENT_BUGS].map((bug) => ({
  ...bug,
  seed: recorded[bug.name] ?? 1,
}));

/** What a search found is recorded for the next time; a bug that nothing found keeps the seed it had. */
export function recordSeeds(found: readonly { readonly name: string; readonly seed: number | null }[]): void {
  const seeds = new Map(found.map(({ name, seed }) => [name, seed]));
  const all = PLANTED.map(({ name, seed }) => [name, seeds.get(name) ?? seed]);
  writeFileSync(SEEDS_FILE, `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
}

export class PlantUnknown extends Error {
  readonly code = 'planted.unknown';
}

export function plantedBug(name: string): PlantedBug {
  const bug = PLANTED.find((one) => one.name === name);
  if (bug === undefined) throw new PlantUnknown(`there is no planted bug "${name}"; see src/twin/planted.`);
  return bug;
}
