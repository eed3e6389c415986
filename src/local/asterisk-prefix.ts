// Asterisk in a folder of its own: Debian's packages unpacked, not installed, and started through the folder's own
// dynamic loader, so neither root nor the machine's release matters. One folder in the cache serves all checkouts; it
// is made beside its final place and renamed, so it is either complete or absent. The second time needs no network.

import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { AsteriskBinary } from './asterisk-binary.ts';
import { asteriskEnvironment, parseVersion } from './asterisk-binary.ts';
import { cacheFolder, diskFull, makeWritableFolder } from './cache-folder.ts';
import { fetchPackages, type PackageFile, requirePrograms } from './debian-packages.ts';
import { withFolderLock } from './folder-lock.ts';
import { LocalFailure } from './local-failure.ts';
import { lastWords, runProgram } from './program.ts';

const suite = 'sid';
const packages = [
  'asterisk',
  'asterisk-core-sounds-en-wav',
  'asterisk-core-sounds-fr-wav',
  'asterisk-moh-opsound-wav',
] as const;
const neededBytes = 700_000_000;

/** The folder this machine's Asterisk is, or will be, in. */
export function prefixFolder(): string {
  return join(cacheFolder(), `asterisk-${suite}-${process.arch}`);
}

/** The Asterisk that was unpacked earlier, or undefined. */
export async function findPrefix(folder = prefixFolder()): Promise<AsteriskBinary | undefined> {
  return existsSync(join(folder, 'complete')) ? await describe(folder) : undefined;
}

/** Fetches and unpacks Asterisk unless that was done before. About 130 MB to fetch and 330 MB on disk. */
export async function obtainPrefix(progress: (text: string) => void): Promise<AsteriskBinary> {
  const folder = prefixFolder();
  const present = await findPrefix(folder);
  if (present) return present;
  requirePrograms(['apt-get', 'dpkg-deb', 'flock']);
  const cache = join(cacheFolder(), 'debian');
  makeWritableFolder(cache);
  return await withFolderLock(
    cache,
    () => progress('waiting for another Rappel that is fetching Asterisk'),
    async () => {
      const meanwhile = await findPrefix(folder);
      if (meanwhile) return meanwhile;
      requireSpace(cache);
      const files = await fetchPackages({ suite, packages, cache, progress });
      const staging = `${folder}.part`;
      await unpack(staging, join(cache, 'archives'), files, progress);
      linkLanguages(staging);
      await describe(staging);
      writeFileSync(join(staging, 'packages.json'), JSON.stringify(files, null, 1));
      writeFileSync(join(staging, 'complete'), '');
      rmSync(folder, { recursive: true, force: true });
      renameSync(staging, folder);
      return await describe(folder);
    },
  );
}

function requireSpace(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < neededBytes) throw diskFull(folder);
}

async function unpack(
  folder: string,
  archives: string,
  files: readonly PackageFile[],
  progress: (text: string) => void,
): Promise<void> {
  const done = join(folder, '.unpacked');
  mkdirSync(done, { recursive: true });
  // Debian's merged /usr: these links must stand before the first package is unpacked, or real folders take their place.
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    mkdirSync(join(folder, 'usr', name), { recursive: true });
    if (!existsSync(join(folder, name))) symlinkSync(`usr/${name}`, join(folder, name));
  }
  let count = 0;
  for (const { file } of files) {
    count += 1;
    if (existsSync(join(done, file))) continue;
    progress(`unpacking Asterisk: ${Math.floor((count * 100) / files.length)} %`);
    const end = await runProgram('dpkg-deb', ['-x', join(archives, file), folder]);
    if (end.status !== 0) {
      if (/No space left on device/.test(end.errors)) throw diskFull(folder);
      throw new LocalFailure(
        'package.unpack_failed',
        `dpkg-deb could not unpack ${file} (${lastWords(end.errors, 1)}); remove ${join(archives, file)} and start again`,
      );
    }
    writeFileSync(join(done, file), '');
  }
}

/** What the packages' own scripts would have done: without these links every prompt is silence. */
function linkLanguages(folder: string): void {
  const sounds = join(folder, 'usr/share/asterisk/sounds');
  for (const language of ['en', 'fr']) {
    if (existsSync(join(sounds, language))) continue;
    const voice = readdirSync(sounds).find((name) => name.startsWith(`${language}_`));
    if (voice) symlinkSync(voice, join(sounds, language));
  }
}

async function describe(folder: string): Promise<AsteriskBinary> {
  const loader = ['lib64', 'lib']
    .flatMap((name) => entries(join(folder, name)).map((file) => join(folder, name, file)))
    .find((path) => /\/ld-linux-[^/]*\.so\.\d+$/.test(path));
  const libraries = entries(join(folder, 'usr/lib')).find((name) => /-linux-gnu/.test(name));
  const remedy = `remove ${folder} and start again`;
  if (!loader || !libraries) {
    throw new LocalFailure('asterisk.prefix_damaged', `${folder} has no dynamic loader; ${remedy}`);
  }
  const library = join(folder, 'usr/lib', libraries);
  const path = `${library}:${join(library, 'asterisk')}`;
  const command = [loader, '--library-path', path, join(folder, 'usr/sbin/asterisk')] as const;
  const end = await runProgram(command[0], [...command.slice(1), '-V'], {
    environment: asteriskEnvironment(),
    limitMs: 30_000,
  });
  const version = parseVersion(end.output);
  if (end.status !== 0 || !version) {
    const words = lastWords(end.errors, 1);
    throw new LocalFailure(
      'asterisk.prefix_damaged',
      `the Asterisk in ${folder} does not start (${words}); ${remedy}`,
    );
  }
  const dataDir = join(folder, 'usr/share/asterisk');
  return {
    command,
    moduleDir: join(library, 'asterisk/modules'),
    dataDir,
    restApiDir: join(dataDir, 'rest-api'),
    version,
    source: 'prefix',
  };
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
