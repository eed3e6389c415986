// What the journal bench compares with: the same bytes, in batches of the same size, by the plainest quick statement there
// is. One `insert ... select from unnest` a batch, ready bytes in PostgreSQL's own binary array, no fence, no checksum, no
// notice, nothing decided; the table has the journal's columns and key. It must not know what the bytes mean.

import type pg from 'pg';

const OID_BYTEA = 17;
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;

export async function makePlainTable(client: pg.ClientBase): Promise<void> {
  await client.query('create table plain_rows (like journal including all)');
}

/** Writes these rows in their order after `afterSeq`; each batch is one transaction, committed before the next. */
export async function writePlain(
  client: pg.ClientBase,
  afterSeq: number,
  rows: readonly Buffer[],
  batchRows: number,
): Promise<void> {
  for (let from = 0; from < rows.length; from += batchRows) {
    const batch = rows.slice(from, from + batchRows);
    await client.query({
      name: 'plain-rows',
      text: `insert into plain_rows (shard, seq, epoch, at, checksum, bytes)
             select 'plain', $1::bigint + place, 1, 0, 0, bytes
             from unnest($2::bytea[]) with ordinality as fresh (bytes, place)`,
      values: [afterSeq + from, packed(batch)],
    });
  }
}

/** One-dimensional bytea[] in the binary form: dimensions, no nulls, element type, length, lower bound, elements. */
function packed(rows: readonly Buffer[]): Buffer {
  let size = HEADER_BYTES;
  for (const row of rows) size += LENGTH_BYTES + row.length;
  const into = Buffer.allocUnsafe(size);
  into.writeInt32BE(1, 0);
  into.writeInt32BE(0, 4);
  into.writeInt32BE(OID_BYTEA, 8);
  into.writeInt32BE(rows.length, 12);
  into.writeInt32BE(1, 16);
  let offset = HEADER_BYTES;
  for (const row of rows) {
    into.writeInt32BE(row.length, offset);
    row.copy(into, offset + LENGTH_BYTES);
    offset += LENGTH_BYTES + row.length;
  }
  return into;
}
