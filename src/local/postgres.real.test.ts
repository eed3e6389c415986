import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findProcess, waitForEnd } from './live-process.ts';
import { type Postgres, startPostgres } from './postgres.ts';

let folder: string;
let toStop: Postgres[];
beforeEach(() => {
  folder = mkdtempSync('/tmp/rl-');
  toStop = [];
});
afterEach(async () => {
  for (const server of toStop) await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(dataDir = join(folder, 'data')): Promise<Postgres> {
  const server = await startPostgres({ dataDir });
  toStop.push(server);
  return server;
}

async function ask(server: Postgres, sql: string): Promise<string> {
  const client = new pg.Client(server.connection);
  await client.connect();
  try {
    const answer = await client.query<string[]>({ text: sql, rowMode: 'array' });
    return String(answer.rows[0]?.[0]);
  } finally {
    await client.end();
  }
}

/** A parent that starts the server and is then killed, as a service would be; gives the server's process id. */
async function startAndKillParent(killServerToo = false): Promise<number> {
  const code = `
    import { startPostgres } from ${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)};
    const server = await startPostgres({ dataDir: ${JSON.stringify(join(folder, 'data'))} });
    process.stdout.write(String(server.pid), () => {
      if (${killServerToo}) process.kill(server.pid, 'SIGKILL');
      process.kill(process.pid, 'SIGKILL');
    });
  `;
  const parent = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let said = '';
  parent.stdout.on('data', (text) => {
    said += String(text);
  });
  await once(parent, 'close');
  return Number(said);
}

test('starts from nothing, is reached by its socket alone, keeps its data, leaves nothing behind', async () => {
  const server = await start();
  expect(server.version).toMatch(/^18\./);
  expect(server.adopted).toBe(false);
  expect(statSync(server.connection.host).mode & 0o777).toBe(0o700);
  expect(await ask(server, 'show listen_addresses')).toBe('');
  expect(await ask(server, 'show fsync')).toBe('on');
  expect(await ask(server, 'show synchronous_commit')).toBe('on');
  expect(
    await ask(
      server,
      "select datlocprovider::text || ' ' || datlocale from pg_database where datname = 'rappel'",
    ),
  ).toBe('b C.UTF-8');
  await ask(server, 'create table kept as select 42 as n');
  await server.stop();
  expect(findProcess(server.pid)).toBeUndefined();
  expect(existsSync(server.connection.host)).toBe(false);
  expect(await ask(await start(), 'select n from kept')).toBe('42');
});

test('a server that outlived its parent is adopted, and stopped by the one who adopted it', async () => {
  const pid = await startAndKillParent();
  const server = await start();
  expect(server).toMatchObject({ adopted: true, pid });
  expect(await ask(server, 'select 1')).toBe('1');
  const ended = new Promise<void>((resolve) => server.onExit(resolve));
  await server.stop();
  await ended;
  expect(findProcess(pid)).toBeUndefined();
});

test('both were killed: what the dead server still holds is waited for, its socket is removed', async () => {
  const pid = await startAndKillParent(true);
  const server = await start();
  expect(server.adopted).toBe(false);
  expect(server.pid).not.toBe(pid);
  expect(await ask(server, 'select 1')).toBe('1');
});

test('a server that is killed while it starts is started again', async () => {
  const dataDir = join(folder, 'data');
  await (await start()).stop();
  const starting = start();
  let pid = 0;
  while (pid === 0) {
    await new Promise((resolve) => setImmediate(resolve));
    const lines = existsSync(join(dataDir, 'postmaster.pid'))
      ? readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')
      : [];
    if ((lines[7] ?? '').trim() === 'starting') pid = Number(lines[0]);
  }
  process.kill(pid, 'SIGKILL');
  const server = await starting;
  expect(server.pid).not.toBe(pid);
  expect(await ask(server, 'select 1')).toBe('1');
});

test('a process id that was given out again is not taken for the server', async () => {
  await (await start()).stop();
  writeFileSync(
    join(folder, 'data', 'postmaster.pid'),
    `${process.pid}\n${join(folder, 'data')}\n0\n5432\n/tmp/x\n\n\nready\n`,
  );
  const server = await start();
  expect(server.adopted).toBe(false);
  expect(server.pid).not.toBe(process.pid);
});

test('its end is told, and a killed one is not stopped twice', async () => {
  const server = await start();
  const ended = new Promise<void>((resolve) => server.onExit(resolve));
  process.kill(server.pid, 'SIGKILL');
  await ended;
  const late = new Promise<void>((resolve) => server.onExit(resolve));
  await late;
});

test('the data of another version, or a folder with other things in it, is left alone', async () => {
  const old = join(folder, 'old');
  mkdirSync(old);
  writeFileSync(join(old, 'PG_VERSION'), '17\n');
  await expect(startPostgres({ dataDir: old })).rejects.toMatchObject({
    code: 'postgres.version_mismatch',
    message: expect.stringContaining('written by PostgreSQL 17 and this is PostgreSQL 18'),
  });
  const other = join(folder, 'other');
  mkdirSync(other);
  writeFileSync(join(other, 'thesis.txt'), '');
  await expect(startPostgres({ dataDir: other })).rejects.toMatchObject({ code: 'postgres.folder_not_ours' });
  await expect(startPostgres({ dataDir: '/etc/passwd/data' })).rejects.toMatchObject({
    code: 'folder.not_writable',
  });
});

test.runIf(process.getuid?.() === 0)(
  'a disk that is full while the binaries are copied: one line, and no half',
  () => {
    const code = `
    import { readdirSync } from 'node:fs';
    import { obtainPostgresBinaries } from ${JSON.stringify(new URL('./postgres-binaries.ts', import.meta.url).href)};
    try { obtainPostgresBinaries(); } catch (error) { console.log(error.code + ': ' + error.message); }
    console.log(readdirSync(process.env.XDG_CACHE_HOME + '/rappel').filter((name) => name.startsWith('postgres')));
  `;
    // A disk of its own, which is gone with the program.
    const program =
      'mount -t tmpfs -o size=4m none "$XDG_CACHE_HOME" && exec "$0" --input-type=module -e "$1"';
    const { stdout } = spawnSync('unshare', ['--mount', 'sh', '-c', program, process.execPath, code], {
      env: { ...process.env, XDG_CACHE_HOME: folder },
      encoding: 'utf8',
    });
    expect(stdout).toMatch(
      /^disk\.full: no space left on the disk that holds .+; free at least 1 GB and start again\n\[\]\n$/,
    );
  },
);

test.runIf(process.getuid?.() === 0)(
  'as root the server runs as a user without rights, even below a closed folder',
  async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const server = await start(join(closed, 'data'));
    expect(statSync(`/proc/${server.pid}`).uid).toBe(65534);
    expect(await ask(server, 'select 1')).toBe('1');
    expect(existsSync(join(closed, 'data/PG_VERSION'))).toBe(true);
  },
);

test.runIf(process.getuid?.() === 0)('a plain user starts it too, with a cache of their own', async () => {
  chmodSync(folder, 0o755);
  const home = join(folder, 'home');
  mkdirSync(home);
  chownSync(home, 65534, 65534);
  const code = `
    import { startPostgres } from ${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)};
    const server = await startPostgres({ dataDir: ${JSON.stringify(join(home, 'data'))} });
    const uid = (await import('node:fs')).statSync('/proc/' + server.pid).uid;
    await server.stop();
    process.stdout.write(JSON.stringify({ uid, version: server.version, pid: server.pid }));
  `;
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code],
    {
      uid: 65534,
      gid: 65534,
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let said = '';
  child.stdout.on('data', (text) => {
    said += String(text);
  });
  await once(child, 'close');
  const { uid, version, pid } = JSON.parse(said) as { uid: number; version: string; pid: number };
  expect(uid).toBe(65534);
  expect(version).toMatch(/^18\./);
  const left = findProcess(pid);
  if (left) expect(await waitForEnd(left, 1)).toBe(true);
  expect(existsSync(join(home, '.cache/rappel'))).toBe(true);
});
