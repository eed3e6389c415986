// A small day, killed once at every boundary of a record: just before each commit, and just after it, before anybody was
// told. Whatever the moment, the next process goes on from what is written, and the day comes to its end as any other.

import { expect, test } from 'vitest';
import { World } from './world/world.ts';

const DAY = { seed: 50, calls: 14, kinds: [] } as const;

type Kill = { readonly commit: number; readonly when: 'before' | 'after' };

/** Commits of the whole day; rejects with what does not hold. */
async function dayWith(kill: Kill | null): Promise<{ commits: number; started: number; callbacks: number }> {
  const world = new World(DAY);
  let commits = 0;
  world.database.loses = () => {
    commits += 1;
    if (commits !== kill?.commit) return 'nothing';
    world.houses.kill(false, 50);
    return kill.when === 'before' ? 'commit' : 'nothing';
  };
  const { callbacks, replayHash, stateHash } = await world.run();
  expect(replayHash).toBe(stateHash);
  return { commits, started: world.houses.started, callbacks };
}

test.each(['before', 'after'] as const)('killed just %s each commit of a day', async (when) => {
  const whole = await dayWith(null);
  expect(whole.callbacks).toBeGreaterThan(1);
  for (let commit = 1; commit <= whole.commits; commit += 1) {
    const { started } = await dayWith({ commit, when }).catch((error: Error) => {
      throw new Error(`killed ${when} commit ${commit}: ${error.message}`);
    });
    expect(started).toBe(2);
  }
});
