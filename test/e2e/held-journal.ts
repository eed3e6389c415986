// A disk that takes its time: while the journal is held nothing can be committed, so nothing new is said or done. Reads
// go on. It rests on a lock of PostgreSQL's, so the service meets nothing that it could not meet by itself.

import { type Connection, openPool } from '../../src/database/pool.ts';

/** Resolves once the journal is held; what it gives lets go. */
export async function holdJournal(connection: Connection): Promise<() => Promise<void>> {
  const pool = openPool(connection, { sizeMax: 1 });
  const client = await pool.connect();
  await client.query('begin');
  await client.query('lock table journal in exclusive mode');
  return async () => {
    await client.query('rollback');
    client.release();
    await pool.end();
  };
}
