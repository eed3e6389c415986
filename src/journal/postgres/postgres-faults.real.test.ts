// What the journal does when things break under it: killed, paused, cut off, answered by nobody. Each test ends by
// reading the whole chain: every acknowledged fact once, in order, and nothing of a leader that was deposed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  openTestDatabase,
  openTestServer,
  type TestDatabase,
  type TestServer,
} from '../../../test/support/database.ts';
import { type Connection, clientSettings } from '../../database/pool.ts';
import { type Fact, Fenced, type Journal, type JournalState } from '../journal.ts';
import { PostgresStore } from './postgres-store.ts';

type Step = Fact & { readonly n: number };

const leaderScript = fileURLToPath(new URL('../../../test/support/journal-leader.ts', import.meta.url));
const shard = 's1';
let server: TestServer;
let ground: TestDatabase;
let store: PostgresStore;
const leaders: Journal<Step>[] = [];
const children: ChildProcess[] = [];
const transactions: pg.Client[] = [];

beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server?.stop());
beforeEach(async () => {
  ground = await openTestDatabase(server);
  store = new PostgresStore(ground.connection, ground.pool);
});
afterEach(async () => {
  // First, so that nobody waits for a transaction that a failed test left open.
  for (const client of transactions.splice(0)) await client.end();
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const leader of leaders.splice(0)) await leader.close();
  await ground.close();
});

async function lead(
  through: PostgresStore = store,
  takeover: 'when_free' | 'now' = 'when_free',
): Promise<Journal<Step>> {
  const journal = await through.lead<Step>(shard, { holder: 'test', takeover });
  leaders.push(journal);
  return journal;
}

/** The next facts, numbered by the seq they will have. */
function next(journal: Journal<Step>, count = 1) {
  return Array.from({ length: count }, (_, index) => ({
    at: 1,
    fact: { type: 'step.taken', v: 1, n: journal.lastSeq + index },
  }));
}

/** Reads the chain from the start and gives the n of each fact; the chain itself is checked on the way. */
async function readNumbers(): Promise<number[]> {
  const read: number[] = [];
  await store.reader<Step>(shard).replay(1, (row) => read.push(row.fact.n));
  return read;
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}

/** A transaction of somebody else's, open until the test ends it. */
async function openTransaction(): Promise<pg.Client> {
  const client = new pg.Client(clientSettings(ground.connection, 'test'));
  transactions.push(client);
  await client.connect();
  await client.query('begin');
  return client;
}

/** Waits, by asking again and again, until the server says yes. */
async function untilServerSays(question: string): Promise<void> {
  for (let asked = 0; asked < 10_000; asked += 1) {
    if ((await ground.pool.query(question)).rows[0].yes === true) return;
  }
  throw new Error(`the server never said yes to: ${question}`);
}

/** So many connections to this database wait for somebody's lock. */
function waiting(count: number): string {
  return `select count(*) = ${count} as yes from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
}

function startLeader(batch: number): {
  child: ChildProcess;
  acknowledged: (count: number) => Promise<void>;
  lines: string[];
} {
  const order = JSON.stringify({ connection: ground.connection, shard, batch });
  const child = spawn(process.execPath, [leaderScript, order], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  let wanted = { count: 0, resolve: () => {} };
  reader.on('line', (line) => {
    lines.push(line);
    if (lines.length >= wanted.count) wanted.resolve();
  });
  const acknowledged = (count: number) =>
    new Promise<void>((resolve) => {
      wanted = { count: lines.length + count, resolve };
    });
  return { child, acknowledged, lines };
}

const endSessions = `select count(pg_terminate_backend(pid)) from pg_stat_activity
  where datname = current_database() and application_name like 'rappel journal%'`;

describe('a leader that is killed', () => {
  it('loses no acknowledged fact, and is followed without waiting for its lease to expire', async () => {
    for (const batch of [1, 7, 500]) {
      const { child, acknowledged, lines } = startLeader(batch);
      await acknowledged(20);
      child.kill('SIGKILL');
      await once(child, 'close');
      // Nobody can wait for this lease: only the end of its connection says that the leader is gone.
      await ground.pool.query(`update lease set expires_at = 'infinity' where shard = $1`, [shard]);
      const journal = await lead();
      const last = Number(lines.at(-1));
      expect(journal.lastSeq).toBeGreaterThanOrEqual(last);
      expect(journal.lastSeq).toBeLessThanOrEqual(last + batch);
      await journal.append(next(journal));
      expect(await readNumbers()).toEqual(upTo(journal.lastSeq));
      await journal.close();
    }
  });
});

describe('a leader that is paused', () => {
  it('is deposed when its lease expires, and writes nothing when it wakes', async () => {
    const { child, acknowledged, lines } = startLeader(3);
    await acknowledged(5);
    child.kill('SIGSTOP');
    const journal = await lead();
    const taken = journal.lastSeq;
    await journal.append(next(journal, 2));
    child.kill('SIGCONT');
    const [status] = await once(child, 'close');
    expect([status, lines.at(-1)]).toEqual([3, 'fenced']);
    await journal.append(next(journal));
    expect(journal.lastSeq).toBe(taken + 3);
    expect(await readNumbers()).toEqual(upTo(taken + 3));
  });
});

describe('two leaders', () => {
  it('cannot both commit: who takes over waits for an append that is under way, and sees it', async () => {
    const old = await lead();
    await old.append(next(old));
    // A row that is neither committed nor rolled back stands in the way of the append, which waits within its
    // transaction, with the lease row locked.
    const holding = await openTransaction();
    await holding.query(`insert into journal values ($1, 2, 1, 1, 0, '')`, [shard]);
    const appending = old.append(next(old, 2));
    await untilServerSays(waiting(1));
    const taking = lead(store, 'now');
    await untilServerSays(waiting(2));
    await holding.query('rollback');
    await appending;
    const young = await taking;
    expect(young.lastSeq).toBe(3);
    await expect(old.append(next(old))).rejects.toThrow(Fenced);
    await young.append(next(young));
    expect(await readNumbers()).toEqual(upTo(4));
  });

  it('cannot both commit: an append that comes while the lease is being taken is fenced', async () => {
    const old = await lead();
    await old.append(next(old));
    const taker = await openTransaction();
    await taker.query('update lease set epoch = epoch + 1 where shard = $1', [shard]);
    const appending = old.append(next(old)).catch((error: unknown) => error);
    await untilServerSays(
      `select count(*) = 1 as yes from pg_locks where locktype = 'transactionid' and not granted`,
    );
    await taker.query('commit');
    expect(await appending).toBeInstanceOf(Fenced);
    expect(await readNumbers()).toEqual(upTo(1));
  });
});

describe('a connection that is cut', () => {
  it('neither loses nor doubles a fact, and says when it is away', async () => {
    const journal = await lead();
    const heard: JournalState[] = [];
    journal.onState((state) => heard.push(state));
    for (let round = 0; round < 40; round += 1) {
      const appending = journal.append(next(journal, 1 + (round % 5)));
      await Promise.all([appending, ground.pool.query(endSessions)]);
    }
    await journal.append(next(journal));
    expect(await readNumbers()).toEqual(upTo(journal.lastSeq));
    expect(heard.slice(0, 2)).toEqual(['away', 'up']);
    expect(journal.state).toBe('up');
  });

  it('is noticed without an append, and the lease kept', async () => {
    const journal = await lead();
    await journal.append(next(journal));
    const back = Promise.withResolvers<void>();
    journal.onState((state) => state === 'up' && back.resolve());
    await ground.pool.query(endSessions);
    await back.promise;
    await journal.append(next(journal));
    expect([journal.lastSeq, await readNumbers()]).toEqual([2, upTo(2)]);
  });

  it('fences a leader that was deposed meanwhile', async () => {
    const old = await lead();
    await old.append(next(old));
    const ended = Promise.withResolvers<void>();
    old.onState((state) => state === 'fenced' && ended.resolve());
    await ground.pool.query(`update lease set epoch = epoch + 1 where shard = $1`, [shard]);
    await ground.pool.query(endSessions);
    await ended.promise;
    await expect(old.append(next(old))).rejects.toThrow(Fenced);
  });

  it('fences when committed facts are gone, as after a backup was restored', async () => {
    const journal = await lead();
    await journal.append(next(journal, 3));
    await ground.pool.query('delete from journal where shard = $1 and seq = 3', [shard]);
    await ground.pool.query(endSessions);
    await expect(journal.append(next(journal))).rejects.toThrow(Fenced);
    expect(await readNumbers()).toEqual(upTo(2));
  });
});

/** Stands between journal and server, and can lose the server's answer together with the connection. */
class LosingProxy {
  readonly connection: Connection;
  readonly #folder = mkdtempSync(join(tmpdir(), 'rl-'));
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  loseNextAnswer = false;
  lost = 0;

  constructor(target: { host: string; port: number; user: string; database: string }) {
    this.connection = { ...target, host: this.#folder, port: 5432 };
    this.#server = createServer((near) => {
      const far = connect(join(target.host, `.s.PGSQL.${target.port}`));
      for (const socket of [near, far]) this.#sockets.add(socket.on('error', () => socket.destroy()));
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
      near.on('data', (bytes) => far.write(bytes));
      far.on('data', (bytes) => {
        if (!this.loseNextAnswer) {
          near.write(bytes);
          return;
        }
        this.loseNextAnswer = false;
        this.lost += 1;
        near.destroy();
      });
    }).listen(join(this.#folder, '.s.PGSQL.5432'));
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

describe('an answer that is lost', () => {
  it('is found by looking: what was committed is not written again, nor is its enclosed row', async () => {
    if ('url' in ground.connection) return;
    const proxy = new LosingProxy(ground.connection);
    const journal = await lead(new PostgresStore(proxy.connection, ground.pool));
    for (let round = 0; round < 20; round += 1) {
      proxy.loseNextAnswer = true;
      const bytes = Buffer.from([round]);
      const row = { number_key: `n${round}`, key_id: 'k1', nonce: bytes, ciphertext: bytes };
      const enclosed = round % 2 === 0 ? [] : [{ table: 'vault', key: 'number_key', row }];
      await journal.append(next(journal, 2), enclosed);
    }
    expect(proxy.lost).toBe(20);
    expect(journal.lastSeq).toBe(40);
    expect(await readNumbers()).toEqual(upTo(40));
    expect((await ground.pool.query('select count(*)::int as rows from vault')).rows[0].rows).toBe(10);
    await journal.close();
    proxy.close();
  });
});

describe('a server that goes away', () => {
  it('holds the append until it is back', async () => {
    if (server.restart === undefined) return;
    const journal = await lead();
    await journal.append(next(journal));
    const heard: JournalState[] = [];
    journal.onState((state) => heard.push(state));
    const restarted = server.restart();
    while (heard.length === 0) await journal.append(next(journal));
    await restarted;
    await journal.append(next(journal));
    expect(heard).toEqual(['away', 'up']);
    expect(await readNumbers()).toEqual(upTo(journal.lastSeq));
  });
});

describe('a server that falls silent', () => {
  it('is away although its connection stands, and up again with its answer; nothing was asked twice', async () => {
    const journal = await lead();
    await journal.append(next(journal));
    const heard: JournalState[] = [];
    const away = Promise.withResolvers<void>();
    journal.onState((state) => {
      heard.push(state);
      if (state === 'away') away.resolve();
    });
    const other = await openTransaction();
    await other.query('lock table journal in exclusive mode');
    const appending = journal.append(next(journal));
    await away.promise;
    await other.query('rollback');
    await appending;
    expect(heard).toEqual(['away', 'up']);
    await journal.append(next(journal));
    expect(await readNumbers()).toEqual(upTo(3));
  });

  it('is away also while nothing is appended: the lease is not renewed', async () => {
    const journal = await lead();
    const away = Promise.withResolvers<void>();
    const back = Promise.withResolvers<void>();
    journal.onState((state) => (state === 'away' ? away.resolve() : back.resolve()));
    const other = await openTransaction();
    await other.query('lock table lease in exclusive mode');
    await away.promise;
    await other.query('rollback');
    await back.promise;
    await journal.append(next(journal));
    expect(await readNumbers()).toEqual(upTo(1));
  });
});

describe('a wrong statement', () => {
  it('is a bug and is said at once; nothing of that append is written, and the next one is', async () => {
    const journal = await lead();
    const vaultRow = { number_key: 'n', key_id: 'k', nonce: Buffer.of(1), ciphertext: Buffer.of(1) };
    const enclosed = [
      { table: 'vault', key: 'number_key', row: vaultRow },
      { table: 'no_such_table', key: 'id', row: { id: 'x' } },
    ];
    const lost = [{ at: 2, fact: { type: 'step.taken', v: 1, n: -1 } }];
    await expect(journal.append(lost, enclosed)).rejects.toThrow(/no_such/);
    expect((await ground.pool.query('select count(*)::int as rows from vault')).rows[0].rows).toBe(0);
    await journal.append(next(journal));
    expect(await readNumbers()).toEqual(upTo(1));
  });
});
