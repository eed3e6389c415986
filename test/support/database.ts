// A database of its own for each test file: on the server that RAPPEL_TEST_DATABASE_URL names, else on an embedded
// one that is started for the file and stopped after it. Migrated, empty, with a pool. Tests only.
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { migrate } from '../../src/database/migrations/migrations.ts';
import { type Connection, openPool } from '../../src/database/pool.ts';
import { type Database, openDatabase } from '../../src/database/schema.ts';
import { startPostgres } from '../../src/local/postgres.ts';

export type TestServer = {
  readonly connection: Connection;
  /** Only of a server that belongs to the test. */
  restart?(): Promise<void>;
  stop(): Promise<void>;
};

export type TestDatabase = {
  readonly connection: Connection;
  readonly pool: pg.Pool;
  readonly database: Database;
  close(): Promise<void>;
};

export async function openTestServer(): Promise<TestServer> {
  const url = process.env.RAPPEL_TEST_DATABASE_URL;
  if (url !== undefined && url !== '') return { connection: { url }, stop: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'rp-'));
  // As root the server runs as another user, who has to get through to its data and its socket.
  await chmod(folder, 0o711);
  const dataDir = join(folder, 'data');
  // The same place after a restart, so that connections find it again.
  const socketDir = join(folder, 's');
  let postgres = await startPostgres({ dataDir, socketDir });
  return {
    connection: postgres.connection,
    restart: async () => {
      await postgres.stop();
      postgres = await startPostgres({ dataDir, socketDir });
    },
    stop: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function inDatabase(connection: Connection, database: string): Connection {
  if (!('url' in connection)) return { ...connection, database };
  const url = new URL(connection.url);
  url.pathname = `/${database}`;
  return { url: url.href };
}

/** A new database on the server; `close` drops it. */
export async function openTestDatabase(server: TestServer): Promise<TestDatabase> {
  const name = `rappel_test_${randomBytes(6).toString('hex')}`;
  const maintenance = openPool(server.connection, { sizeMax: 1 });
  await maintenance.query(`create database ${name}`);
  const connection = inDatabase(server.connection, name);
  const pool = openPool(connection);
  const database = openDatabase(pool);
  await migrate(database);
  return {
    connection,
    pool,
    database,
    close: async () => {
      await pool.end();
      await maintenance.query(`drop database ${name} with (force)`);
      await maintenance.end();
    },
  };
}
