// The journal of a day of a world, as a source of facts for the records: pages of any size, and a process of its own that
// projects them until it is killed. Run as: node world-facts.ts '{"connection":...,"seed":...,"calls":...,"page":...}'

import { writeSync } from 'node:fs';
import type { Fact } from '../../src/core/fact.ts';
import type { Connection } from '../../src/database/pool.ts';
import { openPool } from '../../src/database/pool.ts';
import type { Row } from '../../src/journal/journal.ts';
import { type FactSource, Projector } from '../../src/records/projector.ts';
import type { FaultKind } from '../../src/twin/faults/kinds.ts';
import { SHARD } from '../../src/twin/world/house-process.ts';
import { World, type WorldOptions } from '../../src/twin/world/world.ts';

/** Faults that leave their traces in the figures: attempts that fail, agents and sockets that are lost. */
const KINDS: readonly FaultKind[] = [
  'process.killed',
  'socket.lost',
  'carrier.busy_486',
  'carrier.unavailable_480',
  'carrier.unallocated_404',
  'carrier.declined_603',
  'carrier.unavailable_503',
  'carrier.machine',
];

export async function worldFacts(options: WorldOptions): Promise<Row<Fact>[]> {
  const world = new World({ kinds: KINDS, ...options });
  await world.run();
  return [...world.database.store.shard(SHARD).rows] as Row<Fact>[];
}

export function sourceOf(rows: readonly Row<Fact>[], page: number, shard = 'w'): FactSource {
  return {
    shard,
    page: async (fromSeq) => rows.slice(fromSeq - 1, fromSeq - 1 + page),
    checksumOf: async (seq) => rows[seq - 1]?.checksum,
  };
}

type Order = { connection: Connection; seed: number; calls: number; page: number };

if (import.meta.main) {
  const { connection, seed, calls, page } = JSON.parse(process.argv[2] as string) as Order;
  const rows = await worldFacts({ seed, calls });
  const pool = openPool(connection, { sizeMax: 2 });
  const projector = new Projector(pool, sourceOf(rows, page));
  for (let seq = 0; seq !== rows.length; ) {
    seq = (await projector.step()) ?? 0;
    writeSync(1, `${seq}\n`);
  }
  await pool.end();
}
