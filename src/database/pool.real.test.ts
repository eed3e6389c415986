// A server that dies takes its connections along, lent or not: that must never end the process. Real PostgreSQL.

import { mkdtempSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startPostgres } from '../local/postgres.ts';
import { openPool } from './pool.ts';

test('a lent connection that the server ends is told at its next query, and another one is had', async () => {
  const folder = mkdtempSync('/tmp/rp-pool-');
  const server = await startPostgres({ dataDir: `${folder}/data` });
  const pool = openPool(server.connection);
  try {
    const lent = await pool.connect();
    const ended = new Promise<void>((resolve) => lent.once('end', resolve));
    const { rows } = await lent.query<{ pid: number }>('select pg_backend_pid() as pid');
    await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await ended;
    await expect(lent.query('select 1')).rejects.toThrow();
    lent.release(true);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  } finally {
    await pool.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
