// Fetches Debian packages with everything they need, down to libc, without root and without installing anything:
// apt-get with private lists and an EMPTY list of installed packages, from the mirror this machine already uses.
// apt checks the signature of the lists; the SHA-256 of every file comes from those lists and is checked again here
// before anything is unpacked. It must not know that the packages are Asterisk's.

import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { diskFull } from './cache-folder.ts';
import { findMirror } from './debian-mirror.ts';
import { LocalFailure } from './local-failure.ts';
import { findOnPath, lastWords, runProgram } from './program.ts';

export type PackageFile = { readonly file: string; readonly sha256: string; readonly bytes: number };

export type PackageRequest = {
  readonly suite: string;
  readonly packages: readonly string[];
  /** Kept between runs: apt's lists, the packages, the list of what is wanted. A broken download goes on from here. */
  readonly cache: string;
  readonly progress: (text: string) => void;
};

const networkRemedy = 'check the network and start again (what was downloaded is kept)';

/** All package files, present in `<cache>/archives` and checked. Uses no network when they are already there. */
export async function fetchPackages(request: PackageRequest): Promise<readonly PackageFile[]> {
  const listPath = join(request.cache, `packages-${request.suite}.json`);
  const known = readPackageList(listPath);
  if (known && (await findDamaged(request.cache, known)) === undefined) return known;
  requirePrograms(['apt-get', 'dpkg-deb']);
  const options = prepareApt(request);
  request.progress('reading the list of Debian packages');
  await apt(
    options,
    ['update'],
    `apt-get cannot read Debian's list of packages (suite ${request.suite})`,
    request,
  );
  const wanted = await listClosure(options, request);
  await download(options, request, wanted);
  const damaged = await findDamaged(request.cache, wanted);
  if (damaged !== undefined) {
    rmSync(join(request.cache, 'archives', damaged), { force: true });
    throw new LocalFailure(
      'package.checksum_mismatch',
      `${damaged} is not the file that Debian's signed list names; it was removed, so start again to fetch it anew`,
    );
  }
  writeFileSync(`${listPath}.new`, JSON.stringify(wanted, null, 1));
  renameSync(`${listPath}.new`, listPath);
  return wanted;
}

export function requirePrograms(names: readonly string[]): void {
  const missing = names.filter((name) => findOnPath(name) === undefined);
  if (missing.length === 0) return;
  throw new LocalFailure(
    'apt.missing',
    `there is no ${missing.join(', no ')} on this machine, so Asterisk cannot be fetched; install Asterisk 22 or newer by hand so that "asterisk" is on PATH, or use a Debian-family machine`,
  );
}

/** Only the sources and the state are private: the machine's proxy and authentication settings for apt still apply. */
function prepareApt({ suite, cache }: PackageRequest): readonly string[] {
  const mirror = findMirror();
  if (!mirror) {
    throw new LocalFailure(
      'apt.no_mirror',
      'no Debian mirror found in /etc/apt/sources.list or /etc/apt/sources.list.d (an enabled "deb" source with "main"); name one with RAPPEL_DEBIAN_MIRROR=URL',
    );
  }
  if (!existsSync(mirror.keyring)) {
    throw new LocalFailure(
      'apt.no_keyring',
      `${mirror.keyring} is missing, so Debian's packages cannot be verified; install the package debian-archive-keyring`,
    );
  }
  const apt = join(cache, 'apt');
  for (const folder of ['lists/partial', 'none/partial']) mkdirSync(join(apt, folder), { recursive: true });
  mkdirSync(join(cache, 'archives', 'partial'), { recursive: true });
  writeFileSync(join(apt, 'status'), '');
  writeFileSync(join(apt, 'sources.list'), `deb [signed-by=${mirror.keyring}] ${mirror.url} ${suite} main\n`);
  const settings: Record<string, string> = {
    'Dir::Etc::sourcelist': join(apt, 'sources.list'),
    'Dir::Etc::sourceparts': join(apt, 'none'),
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': join(apt, 'none'),
    'Dir::State': apt,
    'Dir::State::lists': join(apt, 'lists'),
    'Dir::State::status': join(apt, 'status'),
    'Dir::Cache': apt,
    'Dir::Cache::archives': join(cache, 'archives'),
    'Debug::NoLocking': '1',
    // As root apt would hand over to the user _apt, who may not enter our cache. The files are verified all the same.
    'APT::Sandbox::User': '',
    'APT::Install-Recommends': '0',
    'APT::Install-Suggests': '0',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '3',
    // Without these two, apt-get update succeeds though nothing could be read, and names MD5 sums.
    'APT::Update::Error-Mode': 'any',
    'Acquire::ForceHash': 'SHA256',
  };
  return ['-q', '-y', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
}

async function apt(
  options: readonly string[],
  args: readonly string[],
  failed: string,
  request: PackageRequest,
  onStatusLine?: (line: string) => void,
): Promise<string> {
  const end = await runProgram('apt-get', [...options, ...args], {
    environment: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    limitMs: 3_600_000,
    ...(onStatusLine ? { onStatusLine } : {}),
  });
  if (end.status === 0) return end.output;
  if (/No space left on device/.test(end.errors)) throw diskFull(request.cache);
  // The first error is the cause; the ones after it say only what follows from it.
  const words = /^E: (.*)$/m.exec(end.errors)?.[1]?.trim() ?? lastWords(end.errors, 1);
  throw new LocalFailure('package.fetch_failed', `${failed}: ${words}; ${networkRemedy}`);
}

/** Asked with an empty archive folder, else files that are already here would be left out of the list. */
async function listClosure(
  options: readonly string[],
  request: PackageRequest,
): Promise<readonly PackageFile[]> {
  const none = join(request.cache, 'apt', 'none');
  const output = await apt(
    options,
    ['-qq', '-o', `Dir::Cache::archives=${none}`, '--print-uris', 'install', ...request.packages],
    `Debian's suite ${request.suite} does not offer ${request.packages.join(', ')}`,
    request,
  );
  const wanted = parsePrintedUris(output);
  if (wanted.length === 0) {
    throw new LocalFailure('package.fetch_failed', `apt-get named no package files at all; ${networkRemedy}`);
  }
  return wanted;
}

/** Lines of `'URI' file bytes SHA256:hex`, as `apt-get --print-uris` writes them. */
export function parsePrintedUris(output: string): PackageFile[] {
  return [...output.matchAll(/^'[^']+' ([^\s/]+) (\d+) SHA256:([0-9a-f]{64})\s*$/gm)].map((match) => ({
    file: match[1] ?? '',
    bytes: Number(match[2]),
    sha256: match[3] ?? '',
  }));
}

async function download(
  options: readonly string[],
  request: PackageRequest,
  wanted: readonly PackageFile[],
): Promise<void> {
  const megabytes = Math.ceil(wanted.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000_000);
  await apt(
    [...options, '-o', 'APT::Status-Fd=3'],
    ['--download-only', 'install', ...request.packages],
    'the download of Asterisk broke off',
    request,
    (line) => {
      const per100 = /^dlstatus:\d+:([\d.]+):/.exec(line)?.[1];
      if (per100 !== undefined) {
        request.progress(
          `downloading Asterisk and its sounds: ${Math.floor(Number(per100))} % of ${megabytes} MB`,
        );
      }
    },
  );
}

function readPackageList(path: string): readonly PackageFile[] | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as PackageFile[];
  } catch {
    return undefined;
  }
}

/** The first file that is missing or not the one on the list. */
async function findDamaged(cache: string, wanted: readonly PackageFile[]): Promise<string | undefined> {
  for (const { file, sha256 } of wanted) {
    const path = join(cache, 'archives', file);
    if (!existsSync(path) || (await sha256Of(path)) !== sha256) return file;
  }
  return undefined;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
