// Worlds by seed: some quiet, some whose socket is lost now and then, some whose process is killed again and again. The
// checkers hold at every committed fact; here only what they cannot see is looked at.

import { expect, test } from 'vitest';
import { World, type WorldOptions, type WorldReport } from './world/world.ts';

async function run(options: WorldOptions): Promise<WorldReport> {
  const report = await new World(options).run();
  expect(report.replayHash).toBe(report.stateHash);
  return report;
}

const asked = process.env.RAPPEL_WORLD;

test.runIf(asked !== undefined)('the world that was asked for', async () => {
  console.log(await run(JSON.parse(asked as string)));
});

test.skipIf(asked !== undefined).each([1, 2, 3, 4])('seed %i, nothing breaks', async (seed) => {
  console.log(await run({ seed, calls: 300 }));
});
