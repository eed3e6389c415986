import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { argumentsOf, findProcess, isAlive, signal, waitForEnd } from './live-process.ts';

test('a process is itself only while it lives, and its id alone is not enough', async () => {
  const child = spawn('cat', ['-'], { stdio: ['pipe', 'ignore', 'ignore'] });
  await once(child, 'spawn');
  const found = findProcess(child.pid ?? 0);
  if (!found) throw new Error('the child must be found');
  expect(argumentsOf(found.pid)).toEqual(['cat', '-']);
  expect(isAlive(found)).toBe(true);
  const stranger = { pid: found.pid, startTicks: '1' };
  expect(isAlive(stranger)).toBe(false);
  expect(signal(stranger, 'SIGKILL')).toBe(false);
  expect(isAlive(found)).toBe(true);
  expect(signal(found, 'SIGTERM')).toBe(true);
  expect(await waitForEnd(found, 60_000)).toBe(true);
  expect(findProcess(found.pid)).toBeUndefined();
});

test('no process has an id that cannot be one', () => {
  for (const pid of [0, 1, -1, Number.NaN, 2 ** 40]) expect(findProcess(pid)).toBeUndefined();
});
