// A few worlds, in this very process: without any fault, under each family of faults alone, and under what their seeds
// draw. Hundreds more run in faults/faults.real.test.ts, and any number with `./rappel faults`. A failure names the command
// that repeats it.

import { describe, expect, test } from 'vitest';
import { FAULT_KINDS, type FaultKind } from './faults/kinds.ts';
import { CALLS, commandOf, runSeed } from './faults/seed-run.ts';
import type { WorldReport } from './world/world.ts';

async function run(seed: number, calls: number, kinds?: readonly FaultKind[]): Promise<WorldReport> {
  const result = await runSeed({ seed, calls, ...(kinds && { kinds }) });
  if ('report' in result) return result.report;
  const { what, story } = result.failure;
  throw new Error(`${what}\n${commandOf(seed, calls, kinds ?? null)}\n${story.join('\n')}`);
}

const seeds = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);

describe('worlds', () => {
  test.each(seeds(1, 5))('seed %i without any fault: nothing is unknown, nothing is left', async (seed) => {
    const report = await run(seed, 200, []);
    expect(report.causes).not.toHaveProperty('unknown');
    expect(report.callbacks).toBeGreaterThan(0);
  });

  const families = [...new Set(FAULT_KINDS.map((kind) => kind.slice(0, kind.indexOf('.'))))];
  test.each(families)('%s: each of its faults, and nothing else', async (family) => {
    const kinds = FAULT_KINDS.filter((kind) => kind.startsWith(`${family}.`));
    const report = await run(7, 150, kinds);
    expect(Object.keys(report.faults).length).toBeGreaterThan(0);
  });

  test.each(seeds(1, 12))('seed %i: the faults that it draws', async (seed) => {
    await run(seed, CALLS);
  });

  test('the same seed twice gives the same journal, byte for byte; another seed another one', async () => {
    const first = await run(11, CALLS);
    expect(await run(11, CALLS)).toEqual(first);
    expect((await run(12, CALLS)).journal).not.toBe(first.journal);
  });
});
