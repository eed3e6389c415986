// Every planted bug, by name. Which part of the program they stand in is told by the files they come from.

import { AGENT_BUGS } from './agent-bugs.ts';
import type { PlantedBug } from './bug.ts';
import { COMMIT_BUGS } from './commit-bugs.ts';
import { RULE_BUGS } from './rule-bugs.ts';

export const PLANTED: readonly PlantedBug[] = [...COMMIT_BUGS, ...RULE_BUGS, ...AGENT_BUGS];

export class PlantUnknown extends Error {
  readonly code = 'planted.unknown';
}

export function plantedBug(name: string): PlantedBug {
  const bug = PLANTED.find((one) => one.name === name);
  if (bug === undefined) throw new PlantUnknown(`there is no planted bug "${name}"; see src/twin/planted.`);
  return bug;
}
