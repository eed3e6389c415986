// Looks at the machine and says what is there, what is missing and how to mend it. It changes nothing (only the cache's
// own folder is made, to see that it can be) and fetches nothing; it may start `asterisk -V`. Printing is the command
// line's work.

import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type AsteriskBinary, findLacks } from './asterisk-binary.ts';
import { findAsteriskOnPath } from './asterisk-obtain.ts';
import { findPrefix, prefixFolder } from './asterisk-prefix.ts';
import { cacheFolder, makeWritableFolder } from './cache-folder.ts';
import { findMirror } from './debian-mirror.ts';
import { reasonOf } from './local-failure.ts';
import { leasePorts } from './ports.ts';
import { findPostgresPackage } from './postgres-binaries.ts';
import { findOnPath } from './program.ts';

export type Check = {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  /** What to do; empty when all is well. */
  readonly mend: string;
  /** Who cannot do without: `start` is everybody, `tests` only those who run them. */
  readonly neededBy: 'start' | 'tests';
};

const nodeMajorMin = 24;
const freeBytesMin = 1_000_000_000;

/** Every check, in the order in which things are needed. */
export async function examineMachine(): Promise<readonly Check[]> {
  const onPath = await findAsteriskOnPath();
  const prefix = await findPrefix().catch(() => undefined);
  const own = prefix && findLacks(prefix).length === 0 ? prefix : undefined;
  const asterisk = onPath && onPath.lacks.length === 0 ? onPath.binary : own;
  const fetchable = checkFetching(asterisk !== undefined);
  return [
    checkNode(),
    checkPostgres(),
    checkAsterisk(asterisk, onPath?.lacks, fetchable.ok),
    ...checkSounds(asterisk, fetchable.ok),
    fetchable,
    checkCache(),
    checkDisk(),
    await checkPorts(),
    await checkLoopback(),
    ...checkTestPrograms(),
  ];
}

function check(name: string, ok: boolean, found: string, mend: string): Check {
  return { name, ok, found, mend: ok ? '' : mend, neededBy: 'start' };
}

function checkNode(): Check {
  const major = Number.parseInt(process.versions.node, 10);
  return check('node', major >= nodeMajorMin, process.versions.node, 'run "npm ci", which brings Node 24');
}

function checkPostgres(): Check {
  if (process.env.DATABASE_URL) return check('postgres', true, 'DATABASE_URL is set', '');
  const source = findPostgresPackage();
  const mend = 'run "npm ci" without --omit=optional, or set DATABASE_URL';
  return check('postgres', source !== undefined, source ? `binaries ${source.version}` : 'no binaries', mend);
}

function checkAsterisk(
  binary: AsteriskBinary | undefined,
  lacksOnPath: readonly string[] | undefined,
  fetchable: boolean,
): Check {
  if (binary) {
    const where = binary.source === 'path' ? binary.command[0] : prefixFolder();
    return check('asterisk', true, `${binary.version} at ${where}`, '');
  }
  const found = lacksOnPath ? `the one on PATH lacks ${lacksOnPath.join(', ')}` : 'none yet';
  // Not there yet is no illness when the first start fetches it.
  return check(
    'asterisk',
    fetchable,
    fetchable ? `${found}; the first start fetches it (130 MB)` : found,
    'install Asterisk 22 or newer so that "asterisk" is on PATH, or mend "fetching" below',
  );
}

function checkSounds(binary: AsteriskBinary | undefined, fetchable: boolean): readonly Check[] {
  return (['en', 'fr'] as const).map((language) => {
    const folder = binary ? join(binary.dataDir, 'sounds', language) : undefined;
    const present = folder !== undefined && existsSync(join(folder, 'digits'));
    const found = present ? folder : binary ? 'missing' : 'come with Asterisk';
    return check(
      `sounds ${language}`,
      present || (!binary && fetchable),
      found,
      `remove ${prefixFolder()} and start again`,
    );
  });
}

function checkFetching(needless: boolean): Check {
  if (needless) return check('fetching', true, 'not needed, Asterisk is here', '');
  const missing = ['apt-get', 'dpkg-deb', 'flock'].filter((name) => !findOnPath(name));
  if (missing.length > 0) {
    return check(
      'fetching',
      false,
      `no ${missing.join(', no ')}`,
      'use a Debian-family machine, or install Asterisk by hand',
    );
  }
  const mirror = findMirror();
  const mend = 'name a Debian mirror with RAPPEL_DEBIAN_MIRROR=URL';
  return check(
    'fetching',
    mirror !== undefined,
    mirror ? 'apt and a Debian mirror' : 'apt without a Debian mirror',
    mend,
  );
}

function checkCache(): Check {
  const folder = cacheFolder();
  try {
    makeWritableFolder(folder);
    return check('cache', true, folder, '');
  } catch (error) {
    return check('cache', false, reasonOf(error), 'set XDG_CACHE_HOME to a folder that can be written');
  }
}

function checkDisk(): Check {
  const folder = existsSync(cacheFolder()) ? cacheFolder() : '/';
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  return check('disk', free >= freeBytesMin, `${(free / 1e9).toFixed(1)} GB free`, 'free at least 1 GB');
}

async function checkPorts(): Promise<Check> {
  try {
    const lease = await leasePorts(200);
    await lease.release();
    return check('ports', true, `${lease.first} to ${lease.last} are free`, '');
  } catch (error) {
    return check('ports', false, reasonOf(error), 'stop programs that hold ports between 20000 and 32767');
  }
}

function checkLoopback(): Promise<Check> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => {
      resolve(check('loopback', false, error.message, 'bring the loopback interface up: ip link set lo up'));
    });
    server.listen(0, '127.0.0.1', () => {
      server.close(() => resolve(check('loopback', true, '127.0.0.1 answers', '')));
    });
  });
}

/** Programs that `npm test` installs as root with apt-get, and otherwise asks for; one line of `command:package` each. */
function checkTestPrograms(): readonly Check[] {
  const list = readFileSync(new URL('../../scripts/test-needs', import.meta.url), 'utf8');
  return list
    .trim()
    .split('\n')
    .map((line) => {
      const [command = '', debianPackage = ''] = line.split(':');
      const path = findOnPath(command);
      const mend = `apt-get install ${debianPackage} ("npm test" as root does it)`;
      return { ...check(command, path !== undefined, path ?? 'not here', mend), neededBy: 'tests' };
    });
}
