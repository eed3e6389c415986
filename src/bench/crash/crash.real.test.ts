// Five rounds of real crashes under real calls: nothing that was acknowledged is lost, the far end never counts two
// INVITEs for one attempt, and everybody is free afterwards. The figures are kept, and added to by the next run.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lines, run } from './crash.ts';

const SEED = 2;
const ROUNDS = 5;

test(`${ROUNDS} rounds: ./rappel bench crash --rounds ${ROUNDS} --seed ${SEED}`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rp-crash-test-'));
  const resume = join(folder, 'figures.json');
  const log = join(folder, 'log');
  try {
    const result = await run({ rounds: ROUNDS, seed: SEED, resume, log });
    const words = `${lines(result).join('\n')}\n${ending(log)}`;
    expect(result, words).toMatchObject({
      rounds: ROUNDS,
      acceptedLost: 0,
      rowsLost: 0,
      invitesTooMany: 0,
      stuckAgents: 0,
      leftChannels: 0,
      ownEnds: 0,
    });
    expect(result.invites, words).toBeLessThanOrEqual(result.attemptsPermitted);
    expect(result.accepted, words).toBeGreaterThan(0);
    expect(result.kills.engine + result.kills.postgres + result.kills.asterisk).toBeGreaterThan(0);
    expect(JSON.parse(readFileSync(resume, 'utf8'))).toEqual(result);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** For one who wonders: the last that happened. */
function ending(log: string): string {
  return readFileSync(log, 'utf8').split('\n').slice(-60).join('\n');
}
