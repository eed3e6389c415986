// Worlds by seed: some quiet, some whose socket is lost now and then, whose process is killed again and again, whose
// database is away, whose process stalls while another takes its place; and some with all of it. The checkers hold at every committed fact; here only what they cannot see is looked at. A failure
// prints its seed, the last facts and the command that repeats it.

import { describe, expect, test } from 'vitest';
import { World, type WorldOptions, type WorldReport } from './world/world.ts';

const CALLS = 2_000;

async function run(options: WorldOptions): Promise<WorldReport> {
  const report = await new World(options).run();
  expect(report.replayHash, 'a replay of the journal gives the state').toBe(report.stateHash);
  return report;
}

const asked = process.env.RAPPEL_WORLD;

test.runIf(asked !== undefined)('the world that was asked for', async () => {
  console.log(await run(JSON.parse(asked as string)));
});

describe.skipIf(asked !== undefined)('worlds', () => {
  const seeds = (from: number): number[] => Array.from({ length: 8 }, (_, i) => from + i);

  test.each(seeds(1))('seed %i: nothing breaks', async (seed) => {
    const report = await run({ seed, calls: CALLS });
    expect(report.causes).not.toHaveProperty('unknown');
  });

  test.each(seeds(101))('seed %i: the socket is lost', async (seed) => {
    const report = await run({ seed, calls: CALLS, socketLossEveryMinutes: 15 });
    expect(report.socketLosses).toBeGreaterThan(0);
  });

  test.each(seeds(201))('seed %i: the process is killed', async (seed) => {
    const report = await run({ seed, calls: CALLS, crashEveryMinutes: 25 });
    expect(report.crashes).toBeGreaterThan(0);
  });

  test.each(seeds(301))(
    'seed %i: the database is away, or the process stalls and finds another in its place',
    async (seed) => {
      const report = await run({ seed, calls: CALLS, databaseAwayEveryMinutes: 20, stallEveryMinutes: 20 });
      expect(report.stalls).toBeGreaterThan(0);
    },
  );

  test.each(seeds(401))('seed %i: all of it, often', async (seed) => {
    await run({
      seed,
      calls: 500,
      crashEveryMinutes: 4,
      socketLossEveryMinutes: 4,
      databaseAwayEveryMinutes: 6,
      stallEveryMinutes: 5,
      ghostEveryMinutes: 1,
    });
  });

  test('the same seed twice gives the same journal, byte for byte', async () => {
    const often = { crashEveryMinutes: 10, socketLossEveryMinutes: 10, stallEveryMinutes: 10 };
    const options = { seed: 42, calls: 1_000, ...often };
    const first = await run(options);
    expect(await run(options)).toEqual(first);
    expect((await run({ ...options, seed: 43 })).journal).not.toBe(first.journal);
  });
});
