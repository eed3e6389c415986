// A leader in a process of its own, to be stopped and killed by a test: leads the shard, appends batches without end,
// and writes one line for each append that was acknowledged. Ends with status 3 when it is fenced.
// Run as: node journal-leader.ts '{"connection":...,"shard":...,"batch":...}'
import { writeSync } from 'node:fs';
import type { Connection } from '../../src/database/pool.ts';
import { openPool } from '../../src/database/pool.ts';
import { type Fact, Fenced } from '../../src/journal/journal.ts';
import { PostgresStore } from '../../src/journal/postgres/postgres-store.ts';

type Order = { connection: Connection; shard: string; batch: number };
type Step = Fact & { n: number };

const { connection, shard, batch } = JSON.parse(process.argv[2] as string) as Order;
const pool = openPool(connection, { sizeMax: 1 });
const journal = await new PostgresStore(connection, pool).lead<Step>(shard, { holder: 'child' });
try {
  for (let n = journal.lastSeq; ; n += batch) {
    const rows = Array.from({ length: batch }, (_, index) => ({
      at: n,
      fact: { type: 'step.taken', v: 1, n: n + index },
    }));
    await journal.append(rows);
    writeSync(1, `${journal.lastSeq}\n`);
  }
} catch (error) {
  writeSync(1, error instanceof Fenced ? 'fenced\n' : `failed ${String(error)}\n`);
  process.exit(3);
}
