// What `serve` says of a data folder that it cannot use: one clear line, exit 2, nothing left running, and nothing in the
// folder changed that could not be put right. Beside it a second `serve` on the folder of one that runs.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runFolder } from '../../src/centre/embedded.ts';
import { openPool } from '../../src/database/pool.ts';
import { leasePorts, type PortLease } from '../../src/local/ports.ts';
import { startPostgres } from '../../src/local/postgres.ts';

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'rp-e2e-'));
const good = join(folder, 'good');
const isRoot = process.getuid?.() === 0;
let lease: PortLease;

type Served = { readonly process: ChildProcess; readonly said: string[]; readonly ended: Promise<number> };

function serve(data: string, around: readonly string[] = []): Served {
  const args = [
    ...[MAIN, 'serve', '--config', join(folder, 'centre.yaml'), '--data', data],
    ...['--sip-port', String(lease.first), '--trunk', `127.0.0.2:${lease.first + 1}`, '--json'],
  ];
  const [program = '', ...rest] = [...around, process.execPath, ...args];
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (l) => said.push(l));
  const ended = once(child, 'close').then(([status]) => status as number);
  return { process: child, said, ended };
}

/** Resolves when it is open; rejects when it ends before. */
async function open(data: string): Promise<Served> {
  const served = serve(data);
  const ready = new Promise<void>((resolve) => {
    served.process.stdout?.on('data', (text) => String(text).includes('"ready":true') && resolve());
  });
  const ended = served.ended.then((status) => {
    throw new Error(`serve ended with ${status}: ${served.said.join(' | ')}`);
  });
  await Promise.race([ready, ended]);
  ended.catch(() => undefined);
  return served;
}

async function stop(served: Served): Promise<void> {
  served.process.kill('SIGTERM');
  expect(await served.ended).toBe(0);
}

/** A copy of a centre's folder that was closed in the ordinary way. */
function copy(name: string): string {
  const data = join(folder, name);
  execFileSync('cp', ['-a', good, data]); // modes and owners too
  return data;
}

/** Processes that work in or under this folder. */
function livingIn(path: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readlinkSync(`/proc/${pid}/cwd`).startsWith(path);
    } catch {
      return false;
    }
  });
}

/** The last line is the refusal; before it are lines of what was begun. */
async function expectRefused(data: string, code: string, words: RegExp): Promise<void> {
  const served = serve(data);
  expect(await served.ended, served.said.join('\n')).toBe(2);
  const refusals = served.said.filter((line) => line.startsWith('rappel: '));
  expect(refusals).toHaveLength(1);
  expect(refusals[0]).toMatch(words);
  expect(refusals[0]).toContain(`(${code})`);
  expect(served.said.join('\n')).not.toContain('    at '); // no stack
  expect(livingIn(data)).toEqual([]);
  expect(livingIn(runFolder(data))).toEqual([]);
  rmSync(runFolder(data), { recursive: true, force: true });
}

async function inDatabase(data: string, sql: string): Promise<void> {
  const server = await startPostgres({ dataDir: join(data, 'postgres') });
  const pool = openPool(server.connection, { sizeMax: 1 });
  await pool.query(sql);
  await pool.end();
  await server.stop();
}

beforeAll(async () => {
  lease = await leasePorts(2);
  writeFileSync(
    join(folder, 'centre.yaml'),
    [
      'languages: [en, fr]',
      'lines:',
      '  - { id: main, name: { en: Main, fr: Principale }, key: 1, callerId: "+16135550141" }',
      'agents:',
      '  - { id: amelie, lines: [main], languages: [en, fr] }',
      '',
    ].join('\n'),
  );
  if (isRoot) execFileSync('chmod', ['711', folder]);
  await stop(await open(good));
  rmSync(runFolder(good), { recursive: true, force: true });
});

afterAll(async () => {
  await lease.release();
  rmSync(folder, { recursive: true, force: true });
});

test('a second one on the same folder is refused, and the first goes on', async () => {
  const data = copy('twice');
  const first = await open(data);
  // Its backends come and go.
  const postmaster = () => readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0];
  const before = postmaster();
  const second = serve(data);
  expect(await second.ended).toBe(2);
  expect(second.said).toEqual([expect.stringMatching(/another Rappel is running in .*\(folder\.in_use\)$/)]);
  expect(postmaster()).toBe(before);
  expect(livingIn(data)).toContain(before);
  const { url, token } = JSON.parse(readFileSync(join(data, 'api.json'), 'utf8')) as {
    url: string;
    token: string;
  };
  const stand = await fetch(`${url}/api/v1/stand`, { headers: { authorization: `Bearer ${token}` } });
  expect(stand.status).toBe(200);
  await stop(first);
  expect(livingIn(data)).toEqual([]);
});

test("PostgreSQL's own files are damaged", async () => {
  const data = copy('control');
  truncateSync(join(data, 'postgres', 'global', 'pg_control'), 0);
  await expectRefused(data, 'postgres.not_started', /PostgreSQL did not start on .*; see /);
});

test("the folder of PostgreSQL is another version's, or no longer says whose it is", async () => {
  const other = copy('version');
  writeFileSync(join(other, 'postgres', 'PG_VERSION'), '12\n');
  await expectRefused(other, 'postgres.version_mismatch', /written by PostgreSQL 12/);
  const nobodys = copy('no-version');
  unlinkSync(join(nobodys, 'postgres', 'PG_VERSION'));
  await expectRefused(nobodys, 'postgres.folder_not_ours', /is no PostgreSQL data folder/);
  expect(existsSync(join(nobodys, 'postgres', 'global', 'pg_control'))).toBe(true);
});

test('what the centre keeps beside its database is cut off', async () => {
  const data = copy('kept');
  truncateSync(join(data, 'centre.json'), 20);
  await expectRefused(data, 'centre.data_damaged', /centre\.json cannot be read; put its copy back/);
});

test('the address of the last API is cut off: it is only a wish, and is written anew', async () => {
  const data = copy('api');
  truncateSync(join(data, 'api.json'), 10);
  const served = await open(data);
  expect(JSON.parse(readFileSync(join(data, 'api.json'), 'utf8'))).toHaveProperty('url');
  await stop(served);
  rmSync(runFolder(data), { recursive: true, force: true });
});

test('the key file is gone while numbers are under its keys', async () => {
  const data = copy('key');
  await inDatabase(
    data,
    `insert into vault (number_key, key_id, nonce, ciphertext)
     values ('${'0'.repeat(32)}', 'k1-lost', '\\x00', '\\x00')`,
  );
  unlinkSync(join(data, 'keys', 'vault.key'));
  await expectRefused(data, 'vault.key_missing', /Put its copy back/);
});

test('a row of the journal was altered, or one is missing', async () => {
  const altered = copy('altered');
  await inDatabase(altered, "update journal set at = at + 1 where seq = 2 and shard = 'c1'");
  await expectRefused(altered, 'journal.chain_broken', /broken at seq 2/);
  const missing = copy('missing');
  await inDatabase(missing, "delete from journal where seq = 1 and shard = 'c1'");
  await expectRefused(missing, 'journal.chain_broken', /broken at seq 1/);
});

/** The folder is a disk of its own, in a mount namespace of its own, with so much room. */
const onSmallDisk = (data: string, megabytes: number): readonly string[] => [
  ...['unshare', '-m', 'sh', '-c'],
  `mount -t tmpfs -o size=${megabytes}m,mode=711 tmpfs "$0" && exec "$@"`,
  data,
];

test.runIf(isRoot)(
  'the disk is full before there is a database, and when there is no room for one',
  async () => {
    for (const megabytes of [1, 30]) {
      const data = join(folder, `disk-${megabytes}`);
      execFileSync('mkdir', [data]);
      const served = serve(data, onSmallDisk(data, megabytes));
      expect(await served.ended, served.said.join('\n')).toBe(2);
      const refusals = served.said.filter((line) => line.startsWith('rappel: '));
      expect(refusals).toEqual([expect.stringMatching(/no space left on the disk .*\(disk\.full\)$/)]);
      expect(livingIn(data)).toEqual([]);
    }
  },
);
