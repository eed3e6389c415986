// The memory journal keeps the contract, with and without encoding.
import type { ColumnValue } from '../../database/enclosed-row.ts';
import { type Damage, describeJournal, type Ground } from '../contract.ts';
import { MemoryStore } from './memory-store.ts';

function openGround(encode: boolean): Ground {
  const store = new MemoryStore({ encode });
  const damage = async (name: string, seq: number, how: Damage) => {
    const { stored } = store.shard(name);
    const index = stored.findIndex((row) => row.seq === seq);
    const row = stored[index];
    if (row === undefined) throw new Error('there is no such row to damage');
    if (how === 'row_lost') stored.splice(index, 1);
    else if (how === 'at') stored[index] = { ...row, at: row.at + 1 };
    else stored[index] = { ...row, bytes: Buffer.from(row.bytes.toString('utf8').replace('2', '7')) };
  };
  return {
    store,
    enclosedValue: async (enclosed, column) =>
      store.tables.get(enclosed.table)?.get(enclosed.row[enclosed.key] as ColumnValue)?.[column],
    ...(encode ? { damage } : {}),
    close: () => store.close(),
  };
}

describeJournal('memory', async () => openGround(false));
describeJournal('memory, encoded', async () => openGround(true));
