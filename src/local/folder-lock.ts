// One process at a time in a shared folder, across checkouts and containers. The lock is flock(2), which the kernel
// takes back when its holder dies, so there are no stale locks to judge. Node has no flock, hence the small program of
// that name (util-linux, on every Debian) with a `cat` that lives exactly as long as our end of its pipe.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { LocalFailure } from './local-failure.ts';

/** Waits until the folder is ours (telling once when it has to wait), runs `work`, and gives it back. */
export async function withFolderLock<T>(
  folder: string,
  waiting: () => void,
  work: () => Promise<T>,
): Promise<T> {
  const release = await acquire(join(folder, 'lock'), waiting);
  try {
    return await work();
  } finally {
    await release();
  }
}

function acquire(file: string, waiting: () => void): Promise<() => Promise<void>> {
  return new Promise((resolve, reject) => {
    const child = spawn('flock', [file, 'sh', '-c', 'echo held; exec cat'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const slow = setTimeout(waiting, 500);
    const ended = new Promise<void>((done) => child.once('close', () => done()));
    child.once('error', (error) => {
      clearTimeout(slow);
      reject(
        new LocalFailure(
          'lock.unavailable',
          `cannot lock ${file} (${error.message}); install util-linux, which has flock`,
        ),
      );
    });
    void ended.then(() => {
      clearTimeout(slow);
      reject(
        new LocalFailure('lock.unavailable', `cannot lock ${file}; check that this user can write there`),
      );
    });
    child.stdout.once('data', () => {
      clearTimeout(slow);
      resolve(async () => {
        child.stdin.end();
        await ended;
      });
    });
  });
}
