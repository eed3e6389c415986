import { expect, test } from 'vitest';
import { keepRunning, type Watchable } from './watch.ts';

type Fake = Watchable & { readonly id: number; die(): void };

/** A server made of nothing, which implements what the watch needs, and a log that can be waited for. */
function stage(failures: number) {
  let id = 0;
  let left = failures;
  const stopped: number[] = [];
  const lines: string[] = [];
  let heard = () => {};
  const start = async (): Promise<Fake> => {
    if (id > 0 && left > 0) {
      left -= 1;
      throw new Error('the port is taken');
    }
    id += 1;
    const mine = id;
    const listeners: (() => void)[] = [];
    return {
      id: mine,
      die: () => listeners.splice(0).forEach((listener) => void listener()),
      onExit: (listener) => void listeners.push(listener),
      stop: async () => void stopped.push(mine),
    };
  };
  const log = (text: string) => {
    lines.push(text);
    heard();
  };
  const line = async (text: string) => {
    while (!lines.some((each) => each.includes(text)))
      await new Promise<void>((resolve) => (heard = resolve));
  };
  return { start, log, line, lines, stopped };
}

test('a server that ends is started again, told, and counted once', async () => {
  const { start, log, line, lines, stopped } = stage(2);
  const restarted: number[] = [];
  const watched = await keepRunning({
    name: 'PostgreSQL',
    start,
    log,
    onRestart: (server) => restarted.push(server.id),
    firstWaitMs: 1,
    longestWaitMs: 4,
  });
  expect(watched.current()?.id).toBe(1);
  watched.current()?.die();
  expect(watched.current()).toBeUndefined();
  await line('running again');
  expect(watched.current()?.id).toBe(2);
  expect(restarted).toEqual([2]);
  expect(lines.filter((text) => text.includes('could not be started: the port is taken'))).toHaveLength(2);
  await watched.stop();
  expect(stopped).toEqual([2]);
  expect(watched.current()).toBeUndefined();
});

test('stop while waiting starts nothing more', async () => {
  const { start, log, line, stopped } = stage(0);
  const watched = await keepRunning({ name: 'Asterisk', start, log, firstWaitMs: 3_600_000 });
  watched.current()?.die();
  await line('starting it again');
  await watched.stop();
  expect(watched.current()).toBeUndefined();
  expect(stopped).toEqual([]);
});

test('a first start that fails is the caller’s', async () => {
  const start = () => Promise.reject(new Error('no'));
  await expect(keepRunning({ name: 'x', start, log: () => {} })).rejects.toThrow('no');
});
