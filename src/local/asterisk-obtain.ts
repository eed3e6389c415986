// Which Asterisk do we run? The one on PATH when the probe finds it good enough, else our own copy in the cache, which
// is fetched the first time. `RAPPEL_ASTERISK` overrides: `path` uses PATH or fails, `prefix` never looks at PATH.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type AsteriskBinary,
  asteriskEnvironment,
  findLacks,
  parseVersion,
  versionMin,
} from './asterisk-binary.ts';
import { obtainPrefix } from './asterisk-prefix.ts';
import { LocalFailure } from './local-failure.ts';
import { findOnPath, runProgram } from './program.ts';

export type { AsteriskBinary } from './asterisk-binary.ts';

export type ObtainOptions = {
  /** Called with a line of progress, often; a terminal may show it in one place. */
  readonly progress?: (text: string) => void;
  readonly environment?: NodeJS.ProcessEnv;
};

/** An Asterisk that passed the probe. Fails with a code of `asterisk.*`, `apt.*`, `package.*` or `disk.*`. */
export async function obtainAsterisk(options: ObtainOptions = {}): Promise<AsteriskBinary> {
  const environment = options.environment ?? process.env;
  const choice = environment.RAPPEL_ASTERISK ?? 'any';
  const progress = options.progress ?? (() => {});
  if (!['any', 'path', 'prefix'].includes(choice)) {
    throw new LocalFailure(
      'asterisk.unknown_choice',
      `RAPPEL_ASTERISK is "${choice}"; set it to "path" or "prefix", or leave it out`,
    );
  }
  if (choice !== 'prefix') {
    const found = await findAsteriskOnPath(environment.PATH);
    if (found && found.lacks.length === 0) return found.binary;
    if (choice === 'path') throw unfit(found);
    if (found) progress(`the Asterisk on PATH lacks ${found.lacks.join(', ')}; using our own`);
  }
  const binary = await obtainPrefix(progress);
  const lacks = findLacks(binary);
  if (lacks.length > 0) throw unfit({ binary, lacks });
  return binary;
}

export type FoundAsterisk = { readonly binary: AsteriskBinary; readonly lacks: readonly string[] };

/** The Asterisk on PATH and what it lacks, or undefined when there is none that starts. */
export async function findAsteriskOnPath(path?: string): Promise<FoundAsterisk | undefined> {
  // Debian puts it in /usr/sbin, which is not on every user's PATH.
  const program =
    findOnPath('asterisk', path) ?? (path === undefined ? findOnPath('asterisk', '/usr/sbin') : undefined);
  if (!program) return undefined;
  const end = await runProgram(program, ['-V'], { environment: asteriskEnvironment(), limitMs: 30_000 });
  const version = parseVersion(end.output);
  if (end.status !== 0 || !version) return undefined;
  const root = dirname(dirname(program));
  const configured = readConfiguredFolders();
  const moduleDir = firstWith('chan_pjsip.so', [configured.modules, ...moduleFolders(root)]);
  const dataDir = firstWith('sounds', [configured.data, join(root, 'share/asterisk'), '/var/lib/asterisk']);
  const restApiDir = firstWith('channels.json', [join(dataDir, 'rest-api'), '/var/lib/asterisk/rest-api']);
  const binary: AsteriskBinary = {
    command: [program],
    moduleDir,
    dataDir,
    restApiDir,
    version,
    source: 'path',
  };
  return { binary, lacks: findLacks(binary) };
}

function moduleFolders(root: string): string[] {
  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  return [`lib/${triplet}`, 'lib64', 'lib'].map((folder) => join(root, folder, 'asterisk/modules'));
}

function readConfiguredFolders(): { modules: string | undefined; data: string | undefined } {
  let text = '';
  try {
    text = readFileSync('/etc/asterisk/asterisk.conf', 'utf8');
  } catch {
    // No configuration of its own: the usual places are tried.
  }
  const setting = (name: string) => new RegExp(`^\\s*${name}\\s*=>?\\s*([^;\\s]+)`, 'm').exec(text)?.[1];
  return { modules: setting('astmoddir'), data: setting('astdatadir') };
}

/** The first of these folders that has `name` in it; the first of all when none has (the probe will then say so). */
function firstWith(name: string, folders: readonly (string | undefined)[]): string {
  const candidates = folders.filter((folder) => folder !== undefined);
  return candidates.find((folder) => existsSync(join(folder, name))) ?? candidates[0] ?? '/nonexistent';
}

function unfit(found: FoundAsterisk | undefined): LocalFailure {
  if (!found) {
    return new LocalFailure(
      'asterisk.missing',
      `no Asterisk on PATH; install Asterisk ${versionMin} or newer, or leave RAPPEL_ASTERISK out and one is fetched`,
    );
  }
  return new LocalFailure(
    'asterisk.unfit',
    `the Asterisk ${found.binary.version} at ${found.binary.command.at(-1)} lacks ${found.lacks.join(', ')}; install these, or set RAPPEL_ASTERISK=prefix to use one that is fetched`,
  );
}
