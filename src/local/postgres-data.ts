// The folder with PostgreSQL's data: where it is, whose it is, whether this version may open it, and how it is made.
// It is made beside its final place and renamed, so a run broken off leaves nothing half-made. Made with the built-in
// locale C.UTF-8, since the libraries that came with the binaries are old and the machine's locales differ.

import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { diskFull, makeFolder } from './cache-folder.ts';
import { isDiskFull, LocalFailure, reasonOf } from './local-failure.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { lastWords, runProgram } from './program.ts';

/** PostgreSQL refuses to run as root; then it runs as this user ("nobody"), who needs no entry in /etc/passwd. */
export const unprivileged = { uid: 65534, gid: 65534 } as const;

export type ServerUser = { readonly uid?: number; readonly gid?: number };

/** The user that the server is to run as: ourselves, unless we are root. */
export function serverUser(): ServerUser {
  return process.getuid?.() === 0 ? unprivileged : {};
}

export const superuser = 'rappel';

/** The real path of a data folder that this version can open, made if it is absent or empty. */
export async function prepareDataFolder(path: string, binaries: PostgresBinaries): Promise<string> {
  const wanted = resolve(path);
  const existing = readMajor(wanted);
  if (existing === undefined && existsSync(wanted) && readdirSync(wanted).length > 0) {
    throw new LocalFailure(
      'postgres.folder_not_ours',
      `${wanted} has files in it but is no PostgreSQL data folder; choose another folder or move its files away`,
    );
  }
  if (existing !== undefined && existing !== binaries.major) {
    throw new LocalFailure(
      'postgres.version_mismatch',
      `the data in ${wanted} was written by PostgreSQL ${existing} and this is PostgreSQL ${binaries.major}; export the journal with the release that wrote it ("rappel journal export"), or move the folder away`,
    );
  }
  try {
    if (existing === undefined) await create(wanted, binaries);
    return realpathSync(wanted);
  } catch (error) {
    if (isDiskFull(error)) throw diskFull(wanted);
    if (error instanceof LocalFailure) throw error;
    throw new LocalFailure(
      'folder.not_writable',
      `cannot make ${wanted} (${reasonOf(error)}); give this user the right to, or choose another folder`,
    );
  }
}

function readMajor(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  } catch {
    return undefined;
  }
}

async function create(wanted: string, binaries: PostgresBinaries): Promise<void> {
  makeFolder(dirname(wanted));
  const part = mkdtempSync(`${wanted}.part-`);
  try {
    if (serverUser().uid !== undefined) chownSync(part, unprivileged.uid, unprivileged.gid);
    await initialise(part, wanted, binaries);
    // An empty folder may stand in the way; one with files in it was refused before.
    rmSync(wanted, { recursive: true, force: true });
    renameSync(part, wanted);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw error;
  }
}

/**
 * A folder as another program is to be told of it. Started by root, the server's user may not be able to walk there (a
 * checkout under /root), so the program inherits the open folder as descriptor 4 and finds it by that; else by its path.
 */
export function openDataFolder(path: string): {
  readonly name: string;
  readonly descriptor: number | undefined;
} {
  if (serverUser().uid === undefined) return { name: path, descriptor: undefined };
  return { name: '/proc/self/fd/4', descriptor: openSync(path, 'r') };
}

async function initialise(part: string, wanted: string, binaries: PostgresBinaries): Promise<void> {
  const folder = openDataFolder(part);
  const args = [
    ...['-D', folder.name, '-U', superuser, '-A', 'trust', '-E', 'UTF8'],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions'],
  ];
  const end = await runProgram(binaries.initdb, args, {
    ...serverUser(),
    cwd: part,
    environment: postgresEnvironment(),
    limitMs: 120_000,
    ...(folder.descriptor === undefined ? {} : { descriptor4: folder.descriptor }),
  });
  if (folder.descriptor !== undefined) closeSync(folder.descriptor);
  if (end.status === 0) {
    chmodSync(part, 0o700);
    return;
  }
  if (/No space left on device|Disk quota exceeded/.test(end.errors)) throw diskFull(wanted);
  throw new LocalFailure(
    'postgres.not_initialised',
    `PostgreSQL could not make its data folder ${wanted} (${lastWords(end.errors, 2)}); mend that and start again`,
  );
}

/** Nothing of the caller's: PG* variables would change what the server does, a library path what it loads. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}
