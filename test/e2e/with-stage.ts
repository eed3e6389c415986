// One stage for all the tests of a file: opened before the first, closed after the last. When a test fails, the end of
// the story is printed with it, because a test that waits in vain says nothing by itself.

import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import { Stage, type StageOptions } from './stage.ts';

/** An end for what waits in vain, far beyond anything that comes, on a slow machine too. */
const LIMIT_MS = 300_000;

export function withStage(options: StageOptions = {}): () => Stage {
  let stage: Stage | undefined;
  vi.setConfig({ testTimeout: LIMIT_MS, hookTimeout: LIMIT_MS });
  beforeAll(async () => {
    stage = await Stage.open(options);
  });
  afterAll(async () => {
    await stage?.close();
  });
  beforeEach(({ onTestFailed }) => {
    onTestFailed(() => {
      if (stage !== undefined) console.log(`the last facts:\n${stage.story.ending(30)}`);
    });
  });
  return () => {
    if (stage === undefined) throw new Error('the stage opens before the first test');
    return stage;
  };
}
