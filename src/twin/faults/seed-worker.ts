// A process that runs seeds, one after the other, for whoever started it: asked by a message, answered by a message. It
// ends with its parent.

import type { WorldReport } from '../world/world.ts';
import { runSeed, type SeedFailure, shrink } from './seed-run.ts';

export type SeedOrder = { readonly seed: number; readonly calls: number; readonly isShrunk: boolean };
export type SeedAnswer = {
  readonly seed: number;
  readonly report: WorldReport | null;
  readonly failure: SeedFailure | null;
  /** A bug of the twin itself, not of the house. */
  readonly broken: string | null;
};

async function answer({ seed, calls, isShrunk }: SeedOrder): Promise<SeedAnswer> {
  try {
    const result = await runSeed({ seed, calls });
    if ('report' in result) return { seed, report: result.report, failure: null, broken: null };
    const failure = isShrunk ? await shrink(result.failure) : result.failure;
    return { seed, report: null, failure, broken: null };
  } catch (error) {
    const broken = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { seed, report: null, failure: null, broken };
  }
}

process.on('message', (order: SeedOrder) => {
  void answer(order).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit(0));
