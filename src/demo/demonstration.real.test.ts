// The demonstration centre does what it shows: somebody takes a callback, is called in their turn, and hears the agent.

import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfiguration } from '../config/configuration-file.ts';
import { openDemonstration } from './demonstration.ts';
import { faultsOf } from './summary.ts';

test('callbacks are accepted, connected and heard; nobody is overtaken, nothing is lost or left behind', async () => {
  const file = new URL('../../config/demonstration.yaml', import.meta.url).pathname;
  const news: string[] = [];
  let fail = (_error: Error): void => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  const demonstration = await openDemonstration({
    read: readConfiguration(file),
    configurationName: 'config/demonstration.yaml',
    seed: 1,
    log: (line) => news.push(line),
    onNews: (line) => news.push(line),
    onFatal: (error) => fail(error),
  });
  try {
    const completed = new Promise<void>((resolve) => {
      demonstration.centre.engine.onCommitted(({ fact }) => {
        if (fact.type === 'callback.completed') resolve();
      });
    });
    await Promise.race([completed, failed]);
    const summary = demonstration.summary();
    expect(faultsOf(summary), JSON.stringify(summary)).toEqual([]);
    expect(summary.bridgedWithAudio).toBeGreaterThanOrEqual(summary.callbacksHeard);
    expect(summary.asterisk).toMatch(/^\d+\./);
    // Nobody's number stands in anything that is told, in whatever spelling.
    const told = [...news, ...demonstration.view(news).events].join('\n');
    expect(told).not.toMatch(/\d{3}[- ]?555[- ]?01\d\d/);
  } finally {
    await demonstration.stop();
  }
  expect(existsSync(demonstration.folder)).toBe(false);
  expect(existsSync(demonstration.centre.asteriskFolder)).toBe(false);
});
