// Where things are kept that can be fetched or made again: Asterisk, the binaries of PostgreSQL. Outside the checkout,
// so that several checkouts share them and `git clean` costs nothing. This file must not know what is kept there.

import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { isDiskFull, LocalFailure, reasonOf } from './local-failure.ts';

/** `$XDG_CACHE_HOME/rappel`, by default `~/.cache/rappel`. The folder may not exist yet. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment.XDG_CACHE_HOME;
  // The XDG specification says that a relative path is to be ignored.
  return join(base && isAbsolute(base) ? base : join(homedir(), '.cache'), 'rappel');
}

/**
 * The cache for files that a server running as another user must read. Started by root, PostgreSQL runs under a user
 * without rights, who cannot enter /root: then it is /var/cache/rappel, which only root can write. Not a folder
 * under /tmp: there another user could have put binaries of their own before us.
 */
export function cacheFolderForOthers(environment: NodeJS.ProcessEnv = process.env): string {
  const own = cacheFolder(environment);
  if (process.getuid?.() !== 0 || isReachableByOthers(own)) return own;
  return '/var/cache/rappel';
}

/** True when every folder above `path` that exists lets any user through. */
export function isReachableByOthers(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    const mode = statSync(folder, { throwIfNoEntry: false })?.mode;
    if (mode !== undefined && (mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * Makes the folder and those above it. Not with Node's `recursive`, which tries for ever where a file system says that
 * a folder which is there has no room for others (/proc does).
 */
export function makeFolder(path: string, mode = 0o755): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (path !== dirname(path)) makeFolder(dirname(path), 0o755);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Another process was quicker.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/** Makes the folder and all above it, or says in one line why it cannot be written. */
export function makeWritableFolder(path: string, mode = 0o755): void {
  try {
    makeFolder(path, mode);
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    if (isDiskFull(error)) throw diskFull(path);
    throw new LocalFailure(
      'folder.not_writable',
      `cannot write in ${path} (${reasonOf(error)}); give this user the right to, or set XDG_CACHE_HOME to a folder that is writable`,
    );
  }
}

/** The one line for a full disk. */
export function diskFull(path: string): LocalFailure {
  return new LocalFailure(
    'disk.full',
    `no space left on the disk that holds ${path}; free at least 1 GB and start again`,
  );
}
