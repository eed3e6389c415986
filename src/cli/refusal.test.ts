// Bad input on the command line: exit status 2, what is wrong on standard error as lines that say where, what and how to
// mend it, and nothing else printed. Every kind of mistake itself is tested with the reader; here are the commands.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { file } from '../../test/support/mistakes.ts';

const folder = mkdtempSync(join(tmpdir(), 'rappel-refusal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const commandLine = new URL('./main.ts', import.meta.url).pathname;

function rappel(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [commandLine, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const two = written('two.yaml', file({ line: 'capacity: 0', rest: 'colour: red' }));
const right = written('right.yaml', file());

test('check: a line for each mistake, in the order of the text', () => {
  const { status, stdout, stderr } = rappel('check', two);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr.split('\n')).toEqual([
    `rappel: ${two}:2:98: lines[0].capacity: 0 is too small; give 1 or more`,
    `rappel: ${two}:4:1: colour: is not a known key; remove it, or correct its spelling`,
    '',
  ]);
});

test('check --json: the same as one object', () => {
  const { status, stdout, stderr } = rappel('check', two, '--json');
  expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
  const { ok, mistakes } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  expect(ok).toBe(false);
  expect(mistakes.map((m: { where: string }) => m.where)).toEqual(['lines[0].capacity', 'colour']);
});

test('check: a file without a mistake', () => {
  const { status, stdout, stderr } = rappel('check', right);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain(`${right}: no mistakes\n`);
});

test.each([
  ['a file with mistakes', two, /^rappel: .*two\.yaml:2:98: .+ \(and 1 more\) \(configuration\.invalid\)\n$/],
  ['no such file', join(folder, 'none.yaml'), /^rappel: .*none\.yaml: there is no such file; .+\)\n$/],
  [
    'a right one, and no centre',
    right,
    /^rappel: no centre has run in .+; start it .+ \(centre\.not_running\)\n$/,
  ],
])('reload: %s', (_, path, says) => {
  const { status, stdout, stderr } = rappel('reload', '--config', path, '--data', folder);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(says);
});

test('serve: a file with mistakes opens nothing', () => {
  const data = join(folder, 'data');
  const { status, stdout, stderr } = rappel(
    'serve',
    '--config',
    two,
    '--data',
    data,
    '--trunk',
    '127.0.0.2:5060',
  );
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^rappel: .*two\.yaml:2:98: [^\n]+\n$/);
  expect(() => rmSync(data, { recursive: true })).toThrow(/ENOENT/);
});
