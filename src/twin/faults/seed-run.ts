// One seed: run, and if something does not hold, made smaller while it still does not hold in the same way: fewer calls,
// fewer kinds of fault. What is told of a failure is all that a person needs: the seed, the moment, the invariant, the
// story of that call from its facts, and the command that repeats it. A bug of the program that says so itself (an
// assertion) is a violation as well.

import type { Fact } from '../../core/fact.ts';
import type { Row } from '../../journal/journal.ts';
import { Violation } from '../checker.ts';
import { World, type WorldOptions, type WorldReport } from '../world/world.ts';
import type { FaultKind } from './kinds.ts';
import { storyOf } from './story.ts';

/** How many citizens call in a world of its usual size. */
export const CALLS = 120;

export type SeedFailure = {
  readonly seed: number;
  readonly invariant: string;
  readonly what: string;
  /** Events of virtual time until then. */
  readonly step: number;
  readonly at: string;
  readonly calls: number;
  readonly kinds: readonly FaultKind[];
  readonly story: readonly string[];
  readonly command: string;
};

export type SeedResult = { readonly report: WorldReport } | { readonly failure: SeedFailure };

export async function runSeed(options: WorldOptions): Promise<SeedResult> {
  const world = new World(options);
  try {
    const report = await world.run();
    if (report.replayHash === report.stateHash) return { report };
    throw new Violation('S19', 'a replay of the journal gives another state');
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    return { failure: tell(world, options, error) };
  }
}

function tell(world: World, options: WorldOptions, violation: Violation): SeedFailure {
  const kinds = [...world.faults.kinds];
  const rows = world.database.store.shard('c1').rows as Row<Fact>[];
  const { seed, calls } = options;
  return {
    seed,
    invariant: violation.invariant,
    what: violation.message,
    step: world.timeline.stepCount,
    at: new Date(world.timeline.now()).toISOString(),
    calls,
    kinds,
    story: storyOf(rows, violation.message),
    command: commandOf(seed, calls, options.kinds ?? null),
  };
}

export function commandOf(seed: number, calls: number, kinds: readonly FaultKind[] | null): string {
  const size = calls === CALLS ? '' : ` --calls ${calls}`;
  const only = kinds === null ? '' : ` --kinds ${kinds.length === 0 ? 'none' : kinds.join(',')}`;
  return `./rappel faults --seed ${seed}${size}${only}`;
}

/** Worlds tried at the most while one is made smaller. */
const TRIES_MAX = 120;

/** The smallest that was found in so many tries, and still breaks the same invariant. */
export async function shrink(failure: SeedFailure): Promise<SeedFailure> {
  let tries = 0;
  const tryOne = async (kinds: readonly FaultKind[], calls: number): Promise<SeedFailure | null> => {
    tries += 1;
    const result = await runSeed({ seed: failure.seed, calls, kinds });
    return 'failure' in result && result.failure.invariant === failure.invariant ? result.failure : null;
  };
  let best = failure;
  for (let size = Math.ceil(best.kinds.length / 2); size >= 1 && tries < TRIES_MAX; ) {
    let isSmaller = false;
    for (let from = 0; from < best.kinds.length && tries < TRIES_MAX; ) {
      const kinds = [...best.kinds.slice(0, from), ...best.kinds.slice(from + size)];
      const found = await tryOne(kinds, best.calls);
      if (found === null) from += size;
      else {
        best = found;
        isSmaller = true;
      }
    }
    if (size === 1 && !isSmaller) break;
    size = size === 1 ? 1 : Math.ceil(size / 2);
  }
  for (let calls = Math.ceil(best.calls / 2); calls < best.calls && tries < TRIES_MAX; ) {
    const found = await tryOne(best.kinds, calls);
    if (found === null) calls = Math.ceil((calls + best.calls) / 2);
    else {
      best = found;
      calls = Math.ceil(calls / 2);
    }
  }
  return best;
}
