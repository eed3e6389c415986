// What a killed demonstration left is cleared away, servers too; what belongs to a living one is not touched.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { clearLeftovers, dataFolderOf, makeDayFolder } from './day-folder.ts';

/** A server that takes no notice of its parent, working in a folder. */
async function server(folder: string) {
  mkdirSync(folder, { recursive: true });
  const child = spawn('sleep', ['1000'], { cwd: folder, stdio: 'ignore' });
  await once(child, 'spawn');
  return child;
}

test('servers and folders of a dead demonstration go, those of a living one stay', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'rp-day-'));
  const living = makeDayFolder(parent);
  // The same process id, started at another time: another process.
  const other = makeDayFolder(parent);
  const dead = join(parent, basename(other).replace(/^(rappel-demo-\d+)-\d+-/, '$1-1-'));
  renameSync(other, dead);
  const stays = await server(join(dataFolderOf(living), 'postgres'));
  const goes = await server(join(dataFolderOf(dead), 'postgres'));
  const gone = once(goes, 'exit');
  try {
    const said: string[] = [];
    await clearLeftovers((line) => said.push(line), parent);
    await gone;
    expect(said).toHaveLength(1);
    expect(existsSync(dead)).toBe(false);
    expect(existsSync(living)).toBe(true);
    expect(stays.exitCode ?? stays.signalCode).toBe(null);
  } finally {
    stays.kill('SIGKILL');
    goes.kill('SIGKILL');
    rmSync(parent, { recursive: true, force: true });
  }
});
