// The journal in PostgreSQL keeps the contract.
import { openTestDatabase, openTestServer } from '../../../test/support/database.ts';
import { type Damage, describeJournal, type Ground } from '../contract.ts';
import { PostgresStore } from './postgres-store.ts';

const damages: Readonly<Record<Damage, string>> = {
  bytes: `update journal set bytes = overlay(bytes placing '\\x37'::bytea from 24) where shard = $1 and seq = $2`,
  at: 'update journal set at = at + 1 where shard = $1 and seq = $2',
  row_lost: 'delete from journal where shard = $1 and seq = $2',
};

async function openGround(): Promise<Ground> {
  const server = await openTestServer();
  const { connection, pool, close } = await openTestDatabase(server);
  const store = new PostgresStore(connection, pool);
  return {
    store,
    enclosedValue: async ({ table, key, row }, column) => {
      const found = await pool.query(`select "${column}" as value from "${table}" where "${key}" = $1`, [
        row[key],
      ]);
      return found.rows[0]?.value;
    },
    damage: async (shard, seq, how) => {
      await pool.query(damages[how], [shard, seq]);
    },
    close: async () => {
      await store.close();
      await close();
      await server.stop();
    },
  };
}

describeJournal('postgres', openGround);
