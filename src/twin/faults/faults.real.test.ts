// Five hundred worlds, each attacked by what its seed draws, on two processors: nothing acknowledged is lost, no attempt is
// dialled twice, nobody is stuck, and the whole list of checker.ts. How long it took is told, and judged by nobody.

import { expect, test } from 'vitest';
import { Crew } from './crew.ts';
import { CALLS } from './seed-run.ts';
import type { SeedOrder } from './seed-worker.ts';
import { Tally } from './tally.ts';

const SEEDS = 500;
const KINDS_MIN = 40;

function* orders(): Generator<SeedOrder> {
  for (let seed = 1; seed <= SEEDS; seed += 1) yield { seed, calls: CALLS, isShrunk: true };
}

test(`${SEEDS} seeds: nothing breaks`, { timeout: 3_600_000 }, async () => {
  const tally = new Tally(CALLS);
  const startedAt = performance.now();
  await new Crew({ hands: 2 }).run(orders(), ({ seed, report, failure, broken }) => {
    expect(broken, `seed ${seed}`).toBe(null);
    tally.add(seed, report, failure);
    return failure === null ? 'go_on' : 'enough';
  });
  const totals = tally.totals();
  const [first] = totals.failures;
  if (first !== undefined)
    expect.fail([first.what, ...first.story, `to repeat it: ${first.command}`].join('\n'));
  const kinds = Object.values(totals.faults).filter((count) => count > 0).length;
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  console.log(
    `${SEEDS} seeds in ${seconds} s: ${totals.simulatedHours} simulated hours, ${kinds} kinds of fault`,
  );
  expect(kinds).toBeGreaterThanOrEqual(KINDS_MIN);
  expect(totals.invites).toBeLessThanOrEqual(totals.attempts);
});
