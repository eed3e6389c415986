// Starts, adopts and stops one Asterisk. It gets its configuration as texts and knows nothing of what they say, except
// the words it puts in the place of @RUN@, @MODDIR@ and @DATADIR@. Asterisk is started detached, with its words going to
// a file: it outlives a killed parent with the calls that live in it, and the next start with the same folder adopts it.
// Only `stop` ends it.

import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { type AsteriskBinary, asteriskEnvironment } from './asterisk-binary.ts';
import { diskFull, makeFolder } from './cache-folder.ts';
import {
  argumentsOf,
  findProcess,
  isAlive,
  type LiveProcess,
  signal,
  waitForEnd,
  watchEnd,
} from './live-process.ts';
import { isDiskFull, LocalFailure, reasonOf } from './local-failure.ts';
import { lastWords, runProgram } from './program.ts';

export type AsteriskOptions = {
  readonly binary: AsteriskBinary;
  /** A folder of its own, its path short: the socket of the command line is in it. Made when it does not exist. */
  readonly runDir: string;
  /** File name (`pjsip.conf`) to text. @RUN@, @MODDIR@ and @DATADIR@ are replaced. */
  readonly configuration: Readonly<Record<string, string>>;
  /** Told to Asterisk as its system name and used in messages. */
  readonly name: string;
  readonly log?: (text: string) => void;
};

export type RunningAsterisk = {
  readonly pid: number;
  /** True when it was running already and was taken over. */
  readonly adopted: boolean;
  /** Files whose wanted text is not the one an adopted Asterisk was started with (they were left as they are). */
  readonly configurationChanged: readonly string[];
  /** The lines it printed on its console: notices, warnings, errors. */
  readonly consolePath: string;
  /** Runs a command of Asterisk's own command line and gives back what it printed. */
  cli(command: string): Promise<string>;
  /** Ends it and every call in it; resolves when it is gone. */
  stop(): Promise<void>;
  /** Called once when it has ended, for whatever reason. */
  onExit(ended: () => void): void;
};

const runDirCharsMax = 80;
const readyLimitMs = 60_000;
const stopLimitMs = 10_000;
const pollMs = 10;

/** Asterisk complains, or refuses to load a module, when one of these is absent, though nothing in it is used. */
const unusedFiles: Readonly<Record<string, string>> = {
  'acl.conf': '',
  'ccss.conf': '',
  'cel.conf': '',
  'features.conf': '',
  'stasis.conf': '',
  'udptl.conf': '',
  'cdr.conf': '[general]\nenable = no\n',
  'manager.conf': '[general]\nenabled = no\n',
  'pjproject.conf': '[startup]\nlog_level = 2\n',
};

/** Resolves when Asterisk says that it is ready, or fails with one line that has the end of what it said. */
export async function startAsterisk(options: AsteriskOptions): Promise<RunningAsterisk> {
  const runDir = makeRunFolder(options.runDir);
  const texts = renderConfiguration(options, runDir);
  const living = findLiving(runDir);
  if (living) {
    options.log?.(`${options.name}: adopting the Asterisk that runs already (pid ${living.pid})`);
    await waitUntilReady(options, runDir, living);
    const changed = Object.keys(texts).filter((file) => readText(join(runDir, 'etc', file)) !== texts[file]);
    return running(options, runDir, living, true, changed);
  }
  writeConfiguration(runDir, texts);
  const started = await spawnAsterisk(options, runDir);
  try {
    await waitUntilReady(options, runDir, started);
    refuseHalfStarted(options, runDir);
  } catch (error) {
    await end(started);
    throw error;
  }
  return running(options, runDir, started, false, []);
}

function makeRunFolder(path: string): string {
  try {
    const folders = ['etc', 'lib/agi-bin', 'lib/keys', 'spool/recording', 'spool/tmp', 'run', 'log', 'cache'];
    makeFolder(resolve(path), 0o700);
    for (const folder of folders) mkdirSync(join(path, folder), { recursive: true, mode: 0o700 });
  } catch (error) {
    if (isDiskFull(error)) throw diskFull(path);
    throw new LocalFailure(
      'folder.not_writable',
      `cannot write in ${path} (${reasonOf(error)}); give this user the right to, or choose another folder`,
    );
  }
  const real = realpathSync(path);
  if (real.length <= runDirCharsMax) return real;
  throw new LocalFailure(
    'asterisk.folder_too_deep',
    `${real} is longer than ${runDirCharsMax} characters, too long for Asterisk's socket; choose a shorter path`,
  );
}

function renderConfiguration(options: AsteriskOptions, runDir: string): Record<string, string> {
  const words: Record<string, string> = {
    '@RUN@': runDir,
    '@MODDIR@': options.binary.moduleDir,
    '@DATADIR@': options.binary.dataDir,
  };
  const texts: Record<string, string> = {};
  const wanted = {
    'asterisk.conf': mainConfiguration(options.name),
    ...unusedFiles,
    ...options.configuration,
  };
  for (const [file, text] of Object.entries(wanted)) {
    texts[file] = text.replaceAll(/@(?:RUN|MODDIR|DATADIR)@/g, (word) => words[word] ?? word);
  }
  return texts;
}

/** Everything that can be written is under the run folder. Used unless the caller brings an asterisk.conf. */
function mainConfiguration(name: string): string {
  const folders = {
    astetcdir: '@RUN@/etc',
    astmoddir: '@MODDIR@',
    astvarlibdir: '@RUN@/lib',
    astdbdir: '@RUN@/lib',
    astkeydir: '@RUN@/lib',
    astdatadir: '@DATADIR@',
    astagidir: '@RUN@/lib/agi-bin',
    astspooldir: '@RUN@/spool',
    astrundir: '@RUN@/run',
    astlogdir: '@RUN@/log',
    astcachedir: '@RUN@/cache',
    astsbindir: '@RUN@/run',
  };
  const lines = Object.entries(folders).map(([key, folder]) => `${key} => ${folder}`);
  return [
    '[directories]',
    ...lines,
    '[options]',
    'nocolor = yes',
    `systemname = ${name}`,
    // A machine whose only network is the loopback would give an id of zeros in every event.
    'entityid = 02:00:00:00:00:01',
    'live_dangerously = no',
    '',
  ].join('\n');
}

function writeConfiguration(runDir: string, texts: Readonly<Record<string, string>>): void {
  try {
    for (const [file, text] of Object.entries(texts)) {
      // Passwords of agents and of ARI are in these files.
      writeFileSync(join(runDir, 'etc', file), text, { mode: 0o600 });
    }
  } catch (error) {
    throw isDiskFull(error) ? diskFull(runDir) : error;
  }
}

function mainFile(runDir: string): string {
  return join(runDir, 'etc/asterisk.conf');
}

function consoleFile(runDir: string): string {
  return join(runDir, 'log/console.log');
}

/** The Asterisk of this very folder, told by its process file and, since ids are given out again, its command line. */
function findLiving(runDir: string): LiveProcess | undefined {
  for (const file of ['run/rappel.pid', 'run/asterisk.pid']) {
    const found = findProcess(Number.parseInt(readText(join(runDir, file)) ?? '', 10));
    if (found && argumentsOf(found.pid).includes(mainFile(runDir))) return found;
  }
  return undefined;
}

async function spawnAsterisk(options: AsteriskOptions, runDir: string): Promise<LiveProcess> {
  const console_ = openSync(consoleFile(runDir), 'w', 0o600);
  const [program, ...prefix] = options.binary.command;
  const child = spawn(program, [...prefix, '-C', mainFile(runDir), '-f', '-n'], {
    cwd: runDir,
    detached: true,
    stdio: ['ignore', console_, console_],
    env: asteriskEnvironment(),
  });
  closeSync(console_);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) =>
      reject(
        new LocalFailure(
          'asterisk.not_started',
          `cannot run ${program} (${error.message}); see "rappel doctor"`,
        ),
      ),
    );
  });
  child.unref();
  const found = findProcess(child.pid ?? 0);
  if (!found) throw notReady(options, runDir);
  // Written at once by us: Asterisk writes its own only later, and a kill in between must not orphan it.
  writeFileSync(join(runDir, 'run/rappel.pid'), `${found.pid}\n`);
  return found;
}

async function waitUntilReady(
  options: AsteriskOptions,
  runDir: string,
  process_: LiveProcess,
): Promise<void> {
  const until = performance.now() + readyLimitMs;
  while (!/^Asterisk Ready\.$/m.test(readText(consoleFile(runDir)) ?? '')) {
    if (!isAlive(process_) || performance.now() >= until) throw notReady(options, runDir);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** Asterisk calls itself ready even when it could not have its ports or its modules; for us it is then not started. */
function refuseHalfStarted(options: AsteriskOptions, runDir: string): void {
  const said = readText(consoleFile(runDir)) ?? '';
  const inUse = /^.*Address already in use.*$/m.exec(said)?.[0];
  if (inUse) {
    const transport = /Transport '([^']+)'/.exec(inUse)?.[1];
    const where = transport
      ? bindOf(readText(join(runDir, 'etc/pjsip.conf')) ?? '', transport)
      : /\d+\.\d+\.\d+\.\d+:\d+|\[[0-9a-f:]+\]:\d+/i.exec(inUse)?.[0];
    throw new LocalFailure(
      'asterisk.port_in_use',
      `${options.name}: Asterisk cannot have ${where ?? 'one of its ports'}, another program uses it; stop that program or choose another port`,
    );
  }
  const module = /Error loading module '([^']+)'/.exec(said)?.[1];
  if (module) {
    throw new LocalFailure(
      'asterisk.module_missing',
      `${options.name}: Asterisk cannot load ${module}; install it, or set RAPPEL_ASTERISK=prefix to use an Asterisk that is fetched`,
    );
  }
}

/** The address that a section of pjsip.conf binds; Asterisk's own words name only the section. */
function bindOf(text: string, section: string): string | undefined {
  const sections = text.split(/^(?=\[)/m).filter((each) => each.startsWith(`[${section}]`));
  return sections.map((each) => /^bind\s*=\s*(\S+)/m.exec(each)?.[1]).find((bind) => bind !== undefined);
}

function notReady(options: AsteriskOptions, runDir: string): LocalFailure {
  const said = readText(consoleFile(runDir)) ?? '';
  return new LocalFailure(
    'asterisk.not_ready',
    `${options.name}: Asterisk did not become ready (${lastWords(said, 2) || 'it said nothing'}); see ${consoleFile(runDir)}`,
  );
}

function running(
  options: AsteriskOptions,
  runDir: string,
  process_: LiveProcess,
  adopted: boolean,
  configurationChanged: readonly string[],
): RunningAsterisk {
  const [program, ...prefix] = options.binary.command;
  const listeners: (() => void)[] = [];
  let ended = false;
  watchEnd(process_, () => {
    ended = true;
    for (const listener of listeners.splice(0)) listener();
  });
  return {
    pid: process_.pid,
    adopted,
    configurationChanged,
    consolePath: consoleFile(runDir),
    async cli(command) {
      const result = await runProgram(program, [...prefix, '-C', mainFile(runDir), '-rx', command], {
        environment: asteriskEnvironment(),
        limitMs: 10_000,
      });
      if (result.status === 0) return result.output;
      throw new LocalFailure(
        'asterisk.no_answer',
        `${options.name}: Asterisk does not answer on its command line (${lastWords(result.errors, 1)}); see ${consoleFile(runDir)}`,
      );
    },
    stop: () => end(process_),
    onExit(listener) {
      if (ended) queueMicrotask(listener);
      else listeners.push(listener);
    },
  };
}

async function end(process_: LiveProcess): Promise<void> {
  signal(process_, 'SIGTERM');
  if (await waitForEnd(process_, stopLimitMs)) return;
  signal(process_, 'SIGKILL');
  await waitForEnd(process_, stopLimitMs);
}

function readText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
