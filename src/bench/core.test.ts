// The benches of the rules in miniature: they do the work they say they measure. Nothing is said of time.

import { expect, test } from 'vitest';
import { run as runCore } from './core.ts';
import { run as runLine } from './line.ts';

test('a cycle goes from the ring of a caller to a finished callback, and leaves the line as it was', async () => {
  const result = await runCore(1, 30);
  expect(result.waiting).toBe(200);
  expect(result.factsPerCycle).toBeGreaterThan(25);
});

test('a line is measured at each size', async () => {
  const { sizes } = await runLine([10, 2_000], 1);
  expect(sizes.map(({ places }) => places)).toEqual([10, 2_000]);
});
