// Which process is this, and does it still live? A process id alone is given out again after a while, so a process is
// known by its id AND the moment it started (field 22 of /proc/<pid>/stat). Used to adopt a server that outlived its
// parent, and never to signal a stranger. Linux only, like everything in this room.

import { readFileSync, readlinkSync } from 'node:fs';

/** A process that was alive when it was looked at. */
export type LiveProcess = { readonly pid: number; readonly startTicks: string };

const pollMs = 25;

/**
 * The process with this id, or undefined when there is none. A zombie counts as none, once its last thread is gone: the
 * first thread of a program that ends is a zombie while others still hold the ports and files.
 */
export function findProcess(pid: number): LiveProcess | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 1) return undefined;
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The second field is the command in brackets and may contain anything, so fields are counted from its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  const startTicks = fields[19];
  const isOver = state === 'X' || (state === 'Z' && Number(fields[17]) <= 1);
  if (startTicks === undefined || isOver) return undefined;
  return { pid, startTicks };
}

/** The arguments a process was started with; empty when it is gone. */
export function argumentsOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch {
    return [];
  }
}

/** The folder a process is in; undefined when it is gone or another user's. */
export function workingFolderOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

export function isAlive(process_: LiveProcess): boolean {
  return findProcess(process_.pid)?.startTicks === process_.startTicks;
}

/** Sends a signal to that very process; false when it no longer lives. */
export function signal(process_: LiveProcess, name: NodeJS.Signals): boolean {
  if (!isAlive(process_)) return false;
  try {
    process.kill(process_.pid, name);
    return true;
  } catch {
    return false;
  }
}

/** Resolves true when the process has ended, false when it still lives after `limitMs`. */
export async function waitForEnd(process_: LiveProcess, limitMs: number): Promise<boolean> {
  const until = performance.now() + limitMs;
  while (isAlive(process_)) {
    if (performance.now() >= until) return false;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  return true;
}

/** Calls back once when the process has ended, looking every 200 ms; the watch alone keeps no program running. */
export function watchEnd(process_: LiveProcess, ended: () => void): () => void {
  const timer = setInterval(() => {
    if (isAlive(process_)) return;
    clearInterval(timer);
    ended();
  }, 200);
  timer.unref();
  return () => clearInterval(timer);
}
