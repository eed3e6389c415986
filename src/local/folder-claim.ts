// One Rappel for one data folder. A second one would adopt the first one's PostgreSQL and Asterisk and, when it stops,
// take them away; the journal is fenced against that, callers on the line are not. The claim dies with its process.

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { diskFull, makeFolder } from './cache-folder.ts';
import { isDiskFull, LocalFailure, reasonOf } from './local-failure.ts';
import { holdName } from './ports.ts';

export type FolderClaim = { release(): Promise<void> };

/** Claims the folder, made if it is absent, or fails with `folder.in_use`. Known by device and inode, not by its path. */
export async function claimFolder(path: string): Promise<FolderClaim> {
  try {
    makeFolder(resolve(path));
  } catch (error) {
    if (isDiskFull(error)) throw diskFull(path);
    throw new LocalFailure(
      'folder.not_writable',
      `cannot make ${path} (${reasonOf(error)}); give this user the right to, or choose another folder`,
    );
  }
  const { dev, ino } = statSync(path, { bigint: true });
  const server = await holdName(`rappel-folder-${dev}-${ino}`);
  if (!server) {
    throw new LocalFailure(
      'folder.in_use',
      `another Rappel is running in ${path}; stop it first, or give this one another data folder`,
    );
  }
  return { release: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}
