// The database of a centre's data folder, for commands that read it: that of a running centre, or started for the reading
// and stopped again. It must not know what is read.

import { existsSync } from 'node:fs';
import type pg from 'pg';
import type { Connection } from '../database/pool.ts';

export type CentreDatabase = {
  readonly pool: pg.Pool;
  readonly connection: Connection;
  readonly shard: string;
};

export async function withCentreDatabase(
  data: string,
  read: (database: CentreDatabase) => Promise<void>,
): Promise<void> {
  const { CentreFailure } = await import('../centre/centre-failure.ts');
  const { DataFolder } = await import('../centre/data-folder.ts');
  const { openPool } = await import('../database/pool.ts');
  const { startPostgres } = await import('../local/postgres.ts');
  const shard = existsSync(data) ? new DataFolder(data).read()?.shard : undefined;
  if (shard === undefined)
    throw new CentreFailure(
      'centre.not_running',
      `no centre has run in ${data}; name its folder with --data`,
    );
  const url = process.env.DATABASE_URL;
  const postgres =
    url === undefined || url === '' ? await startPostgres({ dataDir: new DataFolder(data).postgres }) : null;
  const connection = postgres?.connection ?? { url: url as string };
  const pool = openPool(connection, { sizeMax: 2 });
  try {
    await read({ pool, connection, shard });
  } finally {
    await pool.end();
    if (postgres !== null && !postgres.adopted) await postgres.stop();
  }
}
