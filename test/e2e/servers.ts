// The hand that stops a stage's servers: PostgreSQL frozen and thawed (away, as behind a cable that was pulled) or killed,
// Asterisk killed. It looks for them by the folder they work in, as anybody could, and touches no others.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runFolder } from '../../src/centre/embedded.ts';
import { findProcess, signal, waitForEnd } from '../../src/local/live-process.ts';

const END_LIMIT_MS = 10_000;

/** PostgreSQL and all its children: each works in the data folder. */
function postgresOf(data: string): number[] {
  return processesIn(join(data, 'postgres'));
}

function processesIn(folder: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false;
    }
  });
}

function sendAll(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    const found = findProcess(pid);
    if (found !== undefined) signal(found, name);
  }
}

/** PostgreSQL answers nobody from here on; what it gives lets it go on. */
export function freezePostgres(data: string): () => void {
  const frozen = postgresOf(data);
  if (frozen.length === 0) throw new Error(`no PostgreSQL works in ${data}`);
  sendAll(frozen, 'SIGSTOP');
  return () => sendAll(frozen, 'SIGCONT');
}

/** kill -9 of all of it at once, as when the machine runs out of memory. Resolves when it is gone. */
export async function killPostgres(data: string): Promise<void> {
  const living = postgresOf(data).flatMap((pid) => findProcess(pid) ?? []);
  sendAll(
    living.map(({ pid }) => pid),
    'SIGKILL',
  );
  await Promise.all(living.map((one) => waitForEnd(one, END_LIMIT_MS)));
}

export async function killAsterisk(data: string): Promise<void> {
  const pid = Number.parseInt(readFileSync(join(runFolder(data), 'asterisk/run/rappel.pid'), 'utf8'), 10);
  const found = findProcess(pid);
  if (found === undefined || !signal(found, 'SIGKILL')) throw new Error(`no Asterisk of ${data} lives`);
  await waitForEnd(found, END_LIMIT_MS);
}
