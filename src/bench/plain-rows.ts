// What the journal bench compares with: the same bytes, facts and the sealed numbers kept with them, in batches of the same
// size, by the plainest quick statement there is. One `insert ... select from unnest` a batch, ready bytes in PostgreSQL's
// own binary arrays, no fence, no checksum, no notice, nothing decided; the tables have the columns and keys of the real
// ones. It must not know what the bytes mean.

import type pg from 'pg';
import { assert } from '../core/assert.ts';

const OID_BYTEA = 17;
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;

export type SealedRow = {
  readonly number_key: string;
  readonly key_id: string;
  readonly nonce: Buffer;
  readonly ciphertext: Buffer;
};

export type PlainRows = { readonly facts: readonly Buffer[]; readonly sealed: readonly SealedRow[] };

export async function makePlainTables(client: pg.ClientBase): Promise<void> {
  await client.query('create table plain_rows (like journal including all)');
  await client.query('create table plain_vault (like vault including all)');
}

const TEXT = `
  with kept as (
    insert into plain_vault (number_key, key_id, nonce, ciphertext)
    select * from unnest($3::text[], $4::text[], $5::bytea[], $6::bytea[]) on conflict (number_key) do nothing
  )
  insert into plain_rows (shard, seq, epoch, at, checksum, bytes)
  select 'plain', $1::bigint + place, 1, 0, 0, bytes
  from unnest($2::bytea[]) with ordinality as fresh (bytes, place)`;

/** Writes these rows in their order after `afterSeq`, in so many transactions, each committed before the next. */
export async function writePlain(
  client: pg.ClientBase,
  afterSeq: number,
  rows: PlainRows,
  commits: number,
): Promise<void> {
  const factsEach = Math.ceil(rows.facts.length / commits);
  const sealedEach = Math.ceil(rows.sealed.length / commits);
  for (let batch = 0; batch < commits; batch += 1) {
    const facts = rows.facts.slice(batch * factsEach, (batch + 1) * factsEach);
    const sealed = rows.sealed.slice(batch * sealedEach, (batch + 1) * sealedEach);
    const written = await client.query({
      name: 'plain-rows',
      text: TEXT,
      values: [
        afterSeq + batch * factsEach,
        packed(facts),
        sealed.map((row) => row.number_key),
        sealed.map((row) => row.key_id),
        packed(sealed.map((row) => row.nonce)),
        packed(sealed.map((row) => row.ciphertext)),
      ],
    });
    assert(written.rowCount === facts.length, 'every plain row is written');
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
