// The rows of the audit in PostgreSQL, each with a link to the one before it. Written one after the other, under a lock that
// lasts until the row is committed: two at once would go on from the same link. Rows go only behind a checkpoint, which the
// table's trigger looks at. It must not know what a link is made of.

import type pg from 'pg';
import type { Audited } from '../audited.ts';
import type { AuditCheckpoint, AuditRow, AuditWish, ChainedRow } from '../people-store.ts';

export type AuditLink = (before: string, row: AuditRow) => string;
export type CheckpointSeal = (checkpoint: Omit<AuditCheckpoint, 'seal'>) => string;
type Client = Pick<pg.Pool, 'query'>;

const CHAIN_LOCK = 7_340_002;
const COLUMNS = 'id, at, by, what, about, why, chain';

export async function addAuditRow(
  client: Client,
  given: Omit<AuditRow, 'id'>,
  link: AuditLink,
): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [CHAIN_LOCK]);
  const { rows } = await client.query<{ id: number; before: string }>(
    `select nextval(pg_get_serial_sequence('audit', 'id')) as id, coalesce(
       (select chain from audit order by id desc limit 1),
       (select chain from audit_checkpoint order by through_id desc limit 1), '') as before`,
  );
  const { id, before } = rows[0] as { id: number; before: string };
  const row: AuditRow = { id, ...given };
  const { at, by, what, about, why } = row;
  await client.query(
    `insert into audit (id, at, by, what, about, why, chain) overriding system value
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [id, at, by, what, about, why, link(before, row)],
  );
}

export async function auditRows(pool: Client, wish: AuditWish): Promise<readonly ChainedRow[]> {
  const { after, limit, fromAt = null, toAt = null, by = null, what = null } = wish;
  const { rows } = await pool.query<ChainedRow>(
    `select ${COLUMNS} from audit
     where id > $1 and ($3::bigint is null or at >= $3) and ($4::bigint is null or at < $4)
       and ($5::text is null or by = $5) and ($6::text is null or what = $6)
     order by id limit $2`,
    [after, limit, fromAt, toAt, by, what],
  );
  return rows;
}

export async function auditRowsAbout(
  pool: Client,
  about: readonly string[],
  limit: number,
): Promise<readonly AuditRow[]> {
  const { rows } = await pool.query<AuditRow>(
    'select id, at, by, what, about, why from audit where about = any($1) order by id limit $2',
    [about, limit],
  );
  return rows;
}

export async function lastAuditRow(pool: Client, what: Audited): Promise<AuditRow | undefined> {
  const { rows } = await pool.query<AuditRow>(
    'select id, at, by, what, about, why from audit where what = $1 order by id desc limit 1',
    [what],
  );
  return rows[0];
}

export async function recentAuditRows(
  pool: Client,
  what: Audited,
  limit: number,
): Promise<readonly AuditRow[]> {
  const { rows } = await pool.query<AuditRow>(
    'select id, at, by, what, about, why from audit where what = $1 order by id desc limit $2',
    [what, limit],
  );
  return rows;
}

export async function newestCheckpoint(pool: Client): Promise<AuditCheckpoint | undefined> {
  const { rows } = await pool.query<AuditCheckpoint>(
    `select through_id as "throughId", at, chain, seal from audit_checkpoint
     order by through_id desc limit 1`,
  );
  return rows[0];
}

/** In a transaction: the checkpoint and what goes behind it are one. */
export async function forgetAuditRows(
  client: Client,
  before: number,
  limit: number,
  seal: CheckpointSeal,
): Promise<number> {
  await client.query('select pg_advisory_xact_lock($1)', [CHAIN_LOCK]);
  const { rows } = await client.query<{ id: number; at: number; chain: string }>(
    `select id, at, chain from audit
     where id < coalesce((select min(id) from audit where at >= $1), 9223372036854775807)
     order by id limit $2`,
    [before, limit],
  );
  const last = rows.at(-1);
  if (last === undefined) return 0;
  const checkpoint = { throughId: last.id, at: last.at, chain: last.chain };
  await client.query('insert into audit_checkpoint (through_id, at, chain, seal) values ($1, $2, $3, $4)', [
    checkpoint.throughId,
    checkpoint.at,
    checkpoint.chain,
    seal(checkpoint),
  ]);
  const gone = await client.query('delete from audit where id <= $1', [last.id]);
  await client.query('delete from audit_checkpoint where through_id < $1', [last.id]);
  return gone.rowCount ?? 0;
}
