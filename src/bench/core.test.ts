// The benches of the rules in miniature: they do the work they say they measure. Nothing is said of time.

import { expect, test } from 'vitest';
import { run as runCore } from './core.ts';
import { run as runEstimate } from './estimate.ts';
import { run as runLine } from './line.ts';
import { run as runSimulate } from './simulate.ts';

test('a cycle goes from the ring of a caller to a finished callback, and leaves the line as it was', async () => {
  const result = await runCore(1, 30);
  expect(result.waiting).toBe(200);
  expect(result.factsPerCycle).toBeGreaterThan(25);
});

test('a line is measured at each size', async () => {
  const { sizes } = await runLine([10, 2_000], 1);
  expect(sizes.map(({ places }) => places)).toEqual([10, 2_000]);
});

test('the simulation and the bare loop are the same model', async () => {
  const result = await runSimulate(60_000, 2);
  expect(result.abandonedShare / result.bareAbandonedShare).toBeGreaterThan(0.8);
  expect(result.abandonedShare / result.bareAbandonedShare).toBeLessThan(1.25);
  expect(result.ratio).toBeGreaterThan(0);
});

test('the wait told is nearly as good as it could be, and better than what others tell', async () => {
  const { models } = await runEstimate(60_000);
  expect(models).toHaveLength(3);
  for (const { rappel, floor, appQueue, lastToEnter } of models) {
    expect(rappel).toBeLessThan(1.3 * floor); // it is still learning: the bench itself runs longer
    expect(rappel).toBeLessThan(Math.min(appQueue, lastToEnter));
  }
});
