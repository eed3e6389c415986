// The vault over PostgreSQL keeps the contract.

import { expect } from 'vitest';
import { openTestDatabase, openTestServer } from '../../../test/support/database.ts';
import { insertStatement } from '../../database/enclosed-row.ts';
import { ConfigurationTexts } from '../configuration-texts.ts';
import { describeTexts, describeVault } from '../contract.ts';
import { KeyRing } from '../key-file.ts';
import { PostgresVaultStore } from './postgres-vault-store.ts';

describeVault('postgres', async () => {
  const server = await openTestServer();
  const { pool, database, close } = await openTestDatabase(server);
  return {
    store: new PostgresVaultStore(database),
    write: async (row) => {
      await pool.query(insertStatement(row));
    },
    close: async () => {
      await close();
      await server.stop();
    },
  };
});

describeTexts('postgres', async () => {
  const server = await openTestServer();
  const { pool, close } = await openTestDatabase(server);
  const ring = new KeyRing([{ id: 'k1', secret: Buffer.alloc(32, 1) }], 'k1', Buffer.alloc(32, 2));
  return {
    texts: new ConfigurationTexts(pool, ring, 'c1'),
    close: async () => {
      // Whoever reads the rows reads nothing of what was written.
      const { rows } = await pool.query('select * from configuration_text');
      expect(rows).toHaveLength(1);
      expect(JSON.stringify(rows)).not.toContain(Buffer.from('other words').toString('hex'));
      // Another key: not there, rather than a centre that does not start.
      const other = new KeyRing([{ id: 'k1', secret: Buffer.alloc(32, 9) }], 'k1', Buffer.alloc(32, 2));
      expect(await new ConfigurationTexts(pool, other, 'c1').textOf('one')).toBeUndefined();
      await close();
      await server.stop();
    },
  };
});
