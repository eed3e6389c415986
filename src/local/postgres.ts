// Starts, adopts and stops one PostgreSQL, reached only through a unix socket in a private folder. It is started
// detached, so it outlives a killed parent and the next start adopts it (postmaster.pid says which process it is, the
// process's command line that it really is). Only `stop` ends it, and only that very process.

import { spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  fchownSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { diskFull } from './cache-folder.ts';
import {
  argumentsOf,
  findProcess,
  isAlive,
  type LiveProcess,
  signal,
  waitForEnd,
  watchEnd,
  workingFolderOf,
} from './live-process.ts';
import { LocalFailure, reasonOf } from './local-failure.ts';
import { obtainPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import {
  openDataFolder,
  postgresEnvironment,
  prepareDataFolder,
  serverUser,
  superuser,
  unprivileged,
} from './postgres-data.ts';
import { lastWords } from './program.ts';

export type PostgresOptions = {
  /** Made when it does not exist. */
  readonly dataDir: string;
  /** For the socket; by default a new private folder under /tmp. Its path must be short. */
  readonly socketDir?: string;
  readonly log?: (text: string) => void;
};

export type PostgresConnection = {
  /** The folder of the socket, as `pg` wants it. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
};

export type Postgres = {
  readonly connection: PostgresConnection;
  /** `18.4` */
  readonly version: string;
  /** True when it was running already and was taken over. */
  readonly adopted: boolean;
  readonly pid: number;
  /** A fast shutdown: open transactions are rolled back. Resolves when it is gone. */
  stop(): Promise<void>;
  /** Called once when it has ended, for whatever reason. */
  onExit(ended: () => void): void;
};

const database = 'rappel';
// Only the name of the socket's file depends on it; nothing listens on the network.
const port = 5432;
const startLimitMs = 60_000;
const stopLimitMs = 30_000;
const startTries = 40;
const pollMs = 10;
const socketDirPrefix = '/tmp/rappel-pg-';

const settings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  port: String(port),
  unix_socket_permissions: '0700',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '60',
  shared_buffers: '64MB',
  max_wal_size: '512MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements and their details may carry what belongs in the vault; the log must not.
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length_on_error: '0',
  cluster_name: 'rappel',
};

/** Resolves when a database answers. Fails with a code of `postgres.*`, `disk.*` or `folder.*`. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const log = options.log ?? (() => {});
  const binaries = obtainPostgresBinaries();
  const dataDir = await prepareDataFolder(options.dataDir, binaries);
  const living = findLiving(dataDir);
  if (living && (await becomesReady(dataDir, living))) {
    log(`adopting the PostgreSQL that runs already (pid ${living.pid})`);
    return await running(dataDir, living, true);
  }
  removeStaleSocketDir(dataDir);
  const started = await startWithPatience(options, binaries, dataDir, log);
  try {
    return await running(dataDir, started, false);
  } catch (error) {
    await end(started);
    throw error;
  }
}

type PidFile = { readonly pid: number; readonly socketDir: string; readonly status: string };

/** Lines of postmaster.pid: 1 process, 5 folder of the socket, 8 status. */
function readPidFile(dataDir: string): PidFile | undefined {
  const lines = readText(join(dataDir, 'postmaster.pid'))?.split('\n');
  if (!lines) return undefined;
  return {
    pid: Number.parseInt(lines[0] ?? '', 10),
    socketDir: (lines[4] ?? '').trim(),
    status: (lines[7] ?? '').trim(),
  };
}

/** The server of this very data folder, if it lives: told by its process file and, since ids are given out again, by the folder it is in. */
function findLiving(dataDir: string): LiveProcess | undefined {
  const found = findProcess(readPidFile(dataDir)?.pid ?? 0);
  if (!found || workingFolderOf(found.pid) !== dataDir) return undefined;
  return argumentsOf(found.pid)[0]?.endsWith('postgres') ? found : undefined;
}

async function becomesReady(dataDir: string, process_: LiveProcess): Promise<boolean> {
  const until = performance.now() + startLimitMs;
  while (isAlive(process_) && performance.now() < until) {
    const file = readPidFile(dataDir);
    if (file?.pid === process_.pid && file.status === 'ready') return true;
    // It is going down: what comes next is a new server, not this one.
    if (file?.status === 'stopping') await waitForEnd(process_, stopLimitMs);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  return false;
}

/**
 * After both we and the server were killed, its children may hold the shared memory for a moment, and a new server
 * refuses ("postmaster.pid already exists", "pre-existing shared memory block"); or it is killed itself while it starts.
 * That passes: try again, slower each time.
 */
async function startWithPatience(
  options: PostgresOptions,
  binaries: PostgresBinaries,
  dataDir: string,
  log: (text: string) => void,
): Promise<LiveProcess> {
  const socketDir = options.socketDir === undefined ? makeSocketDir() : prepareSocketDir(options.socketDir);
  for (let attempt = 1; ; attempt += 1) {
    const started = await spawnPostgres(binaries, dataDir, socketDir);
    if (started && (await becomesReady(dataDir, started))) return started;
    const isKilled = started === undefined || !isAlive(started);
    if (started) await end(started);
    const said = readText(logFile(dataDir)) ?? '';
    const isHeld = /postmaster\.pid" already exists|pre-existing shared memory block/.test(said);
    if ((isHeld || (isKilled && !saysWhy(said))) && attempt < startTries) {
      if (attempt === 1)
        log(
          isHeld
            ? 'an earlier PostgreSQL is still letting go of its data; trying again'
            : 'PostgreSQL was killed while it started; trying again',
        );
      await new Promise((resolve) => setTimeout(resolve, Math.min(50 * attempt, 500)));
      continue;
    }
    if (/No space left on device|Disk quota exceeded/.test(said)) throw diskFull(dataDir);
    throw new LocalFailure(
      'postgres.not_started',
      `PostgreSQL did not start on ${dataDir} (${lastWords(said, 2) || 'it said nothing'}); see ${logFile(dataDir)}`,
    );
  }
}

/** A server that is killed from outside gives no reason of its own; that it turned somebody away while starting is none. */
function saysWhy(said: string): boolean {
  if (!said.includes('starting PostgreSQL')) return true; // it never came so far: a library is missing, or the like
  return said
    .split('\n')
    .some((line) => /(FATAL|PANIC): /.test(line) && !line.includes('the database system is starting up'));
}

function makeSocketDir(): string {
  const folder = mkdtempSync(socketDirPrefix);
  if (serverUser().uid !== undefined) chownSync(folder, unprivileged.uid, unprivileged.gid);
  return folder;
}

/** A folder that the caller named: the one of the server before, so that those who are connected find the next one. */
function prepareSocketDir(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (serverUser().uid !== undefined) chownSync(folder, unprivileged.uid, unprivileged.gid);
  return folder;
}

/** A server that was killed leaves its socket's folder behind; only folders of our own making are removed. */
function removeStaleSocketDir(dataDir: string): void {
  const folder = readPidFile(dataDir)?.socketDir;
  if (folder?.startsWith(socketDirPrefix) && dirname(folder) === '/tmp')
    rmSync(folder, { recursive: true, force: true });
}

async function spawnPostgres(
  binaries: PostgresBinaries,
  dataDir: string,
  socketDir: string,
): Promise<LiveProcess | undefined> {
  const args = Object.entries({ ...settings, unix_socket_directories: socketDir });
  const words = openSync(logFile(dataDir), 'w', 0o600);
  if (serverUser().uid !== undefined) fchownSync(words, unprivileged.uid, unprivileged.gid);
  const folder = openDataFolder(dataDir);
  const child = spawn(
    binaries.postgres,
    ['-D', folder.name, ...args.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...serverUser(),
      cwd: dataDir,
      detached: true,
      stdio: ['ignore', words, words, 'ignore', folder.descriptor ?? 'ignore'],
      env: postgresEnvironment(),
    },
  );
  closeSync(words);
  if (folder.descriptor !== undefined) closeSync(folder.descriptor);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) =>
      reject(
        new LocalFailure(
          'postgres.not_started',
          `cannot run ${binaries.postgres} (${error.message}); remove its folder in the cache and start again`,
        ),
      ),
    );
  });
  child.unref();
  return findProcess(child.pid ?? 0);
}

async function running(dataDir: string, process_: LiveProcess, adopted: boolean): Promise<Postgres> {
  const socketDir = readPidFile(dataDir)?.socketDir ?? '';
  const connection: PostgresConnection = { host: socketDir, port, user: superuser, database };
  const version = await ensureDatabase(connection);
  const listeners: (() => void)[] = [];
  let ended = false;
  watchEnd(process_, () => {
    ended = true;
    for (const listener of listeners.splice(0)) listener();
  });
  return {
    connection,
    version,
    adopted,
    pid: process_.pid,
    async stop() {
      await end(process_);
      if (socketDir.startsWith(socketDirPrefix)) rmSync(socketDir, { recursive: true, force: true });
    },
    onExit(listener) {
      if (ended) queueMicrotask(listener);
      else listeners.push(listener);
    },
  };
}

/** Makes our database if it is not there (also after a kill between the first start and this), gives the version. */
async function ensureDatabase(connection: PostgresConnection): Promise<string> {
  const client = new pg.Client({ ...connection, database: 'postgres', connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const known = await client.query('select 1 from pg_database where datname = $1', [connection.database]);
    if (known.rowCount === 0) await client.query(`create database ${connection.database}`);
    const answer = await client.query<{ server_version: string }>('show server_version');
    return answer.rows[0]?.server_version.split(' ')[0] ?? '';
  } catch (error) {
    throw new LocalFailure(
      'postgres.no_answer',
      `PostgreSQL runs but does not answer on ${connection.host} (${reasonOf(error)}); stop it and start again`,
      { cause: error },
    );
  } finally {
    await client.end().catch(() => {});
  }
}

async function end(process_: LiveProcess): Promise<void> {
  signal(process_, 'SIGINT');
  if (await waitForEnd(process_, stopLimitMs)) return;
  signal(process_, 'SIGQUIT');
  if (await waitForEnd(process_, stopLimitMs)) return;
  signal(process_, 'SIGKILL');
  await waitForEnd(process_, stopLimitMs);
}

function logFile(dataDir: string): string {
  return join(dataDir, 'server.log');
}

function readText(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false }) ? readFileSync(path, 'utf8') : undefined;
}
