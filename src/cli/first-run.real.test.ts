// The first start on a machine that cannot fetch Asterisk: one line that says what and how to mend it, exit status 2,
// and nothing that was half started is left running.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOnPath } from '../local/program.ts';

const commandLine = new URL('./main.ts', import.meta.url).pathname;
const nobodyListens = 'http://127.0.0.1:1/debian';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rappel-first-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `rappel demo` with an empty cache of its own and no Asterisk but the one that it would fetch. */
async function firstStart(cache: string, path: string) {
  const child = spawn(process.execPath, [commandLine, 'demo', '--for', '10s'], {
    env: {
      ...process.env,
      PATH: path,
      XDG_CACHE_HOME: cache,
      RAPPEL_ASTERISK: 'prefix',
      RAPPEL_DEBIAN_MIRROR: nobodyListens,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, complained, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  // Progress is on standard error as well, and begins otherwise.
  const complaints = complained.split('\n').filter((line) => line.startsWith('rappel: '));
  return { status, said, complaints, left: processesWith(`XDG_CACHE_HOME=${cache}`) };
}

/** Processes that were started with this in their environment: they inherit it from whoever starts them. */
function processesWith(setting: string): readonly string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/environ`, 'latin1').split('\0').includes(setting);
    } catch {
      return false; // It has ended meanwhile.
    }
  });
}

test.skipIf(!findOnPath('apt-get'))('no network', async () => {
  const end = await firstStart(join(folder, 'no-network'), process.env.PATH ?? '');
  expect(end).toEqual({
    status: 2,
    said: '',
    complaints: [
      expect.stringMatching(
        /^rappel: apt-get cannot read Debian's list of packages .+; check the network and start again .+ \(package\.fetch_failed\)$/,
      ),
    ],
    left: [],
  });
});

test('no apt', async () => {
  const programs = mkdtempSync(join(folder, 'programs-'));
  symlinkSync('/bin/sh', join(programs, 'sh'));
  const end = await firstStart(join(folder, 'no-apt'), programs);
  expect(end).toEqual({
    status: 2,
    said: '',
    complaints: [
      expect.stringMatching(
        /^rappel: there is no apt-get, .+ on this machine.+; install Asterisk .+ by hand .+ \(apt\.missing\)$/,
      ),
    ],
    left: [],
  });
});

test('doctor: what is missing, who needs it, and how to mend it', () => {
  const programs = mkdtempSync(join(folder, 'programs-'));
  const { stdout } = spawnSync(process.execPath, [commandLine, 'doctor', '--json'], {
    env: { PATH: programs, XDG_CACHE_HOME: join(folder, 'doctor') },
    encoding: 'utf8',
  });
  const { checks } = JSON.parse(stdout) as { checks: { ok: boolean; mend: string; neededBy: string }[] };
  const missing = checks.filter((check) => !check.ok);
  expect(missing.every(({ mend }) => mend !== '')).toBe(true);
  expect(missing.filter(({ neededBy }) => neededBy === 'tests')).toMatchObject([
    { name: 'sipp', mend: expect.stringContaining('apt-get install sip-tester') },
    { name: 'chromium', mend: expect.stringContaining('apt-get install chromium') },
  ]);
});
