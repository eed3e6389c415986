// The folder of one day of the demonstration. Its name says whose it is, so that the next demonstration can clear away
// what one that was killed (kill -9, a machine that fell) has left: its servers outlived it, and nobody else needs them.
// Only a folder of this user whose owner is dead is touched, and only processes that work inside it.

import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runFolder } from '../centre/embedded.ts';
import { findProcess, type LiveProcess, signal, waitForEnd, workingFolderOf } from '../local/live-process.ts';

const PARENT = '/tmp';
const PREFIX = 'rappel-demo-';
/** PostgreSQL stops fast on SIGINT, which Asterisk takes as a wish to stop as well. */
const STOPS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGKILL'];
const STOP_LIMIT_MS = 5_000;

export function makeDayFolder(parent = PARENT): string {
  const { pid, startTicks } = findProcess(process.pid)!;
  return mkdtempSync(join(parent, `${PREFIX}${pid}-${startTicks}-`));
}

/** Where the centre of this day has its data, and beside it the network. */
export function dataFolderOf(dayFolder: string): string {
  return join(dayFolder, 'data');
}

export async function clearLeftovers(log: (line: string) => void, parent = PARENT): Promise<void> {
  for (const name of readdirSync(parent)) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-(\\d+)-`).exec(name);
    if (!owner) continue;
    const folder = join(parent, name);
    if (findProcess(Number(owner[1]))?.startTicks === owner[2] || !isOurs(folder)) continue;
    log('clearing away a demonstration that was killed');
    await clear(folder);
  }
}

async function clear(folder: string): Promise<void> {
  const folders = [folder];
  try {
    folders.push(runFolder(dataFolderOf(folder)));
  } catch {
    // Killed before the centre had a folder.
  }
  await Promise.all(processesIn(folders).map(end));
  for (const one of folders) rmSync(one, { recursive: true, force: true });
}

async function end(process_: LiveProcess): Promise<void> {
  for (const name of STOPS) {
    signal(process_, name);
    if (await waitForEnd(process_, STOP_LIMIT_MS)) return;
  }
}

function processesIn(folders: readonly string[]): LiveProcess[] {
  return readdirSync('/proc').flatMap((name) => {
    const found = /^\d+$/.test(name) ? findProcess(Number(name)) : undefined;
    const place = found && workingFolderOf(found.pid);
    return found && place && folders.some((folder) => isWithin(place, folder)) ? [found] : [];
  });
}

function isWithin(place: string, folder: string): boolean {
  return place === folder || place.startsWith(`${folder}/`);
}

function isOurs(folder: string): boolean {
  try {
    return statSync(folder).uid === process.getuid?.();
  } catch {
    return false; // another demonstration was quicker
  }
}
