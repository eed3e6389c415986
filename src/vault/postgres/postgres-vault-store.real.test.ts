// The vault over PostgreSQL keeps the contract.
import { openTestDatabase, openTestServer } from '../../../test/support/database.ts';
import { insertStatement } from '../../database/enclosed-row.ts';
import { describeVault } from '../contract.ts';
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
