// Bad input to `rappel demo` is one clear line and exit status 2, before anything is started.

import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const main = new URL('./main.ts', import.meta.url).pathname;

test.each([
  ['--for', '0s'],
  ['--for', '90'],
  ['--for', 'soon'],
  ['--for', '25h'],
  ['--seed', '-1'],
  ['--seed', '1.5'],
  ['--config', '/nowhere/centre.yaml'],
  ['--what'],
])('rappel demo %s %s is refused', (...args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'demo', ...args], {
    encoding: 'utf8',
  });
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/^rappel: /);
  expect(stdout).toBe('');
  expect(status).toBe(2);
});
