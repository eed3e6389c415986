// Who may append to a shard. The epoch in the lease row is the safety device: every append locks that row and checks
// it. Time to live and the advisory lock only say when a leader is probably gone; both may be wrong and nothing
// breaks. Clocks: the database's own, never ours. It must not know facts.
//
//   free ──take──> led (epoch + 1) ──renew every 0.5 s──> led
//   led ──released──> free
//   led ──expired after 2 s, or its connection gone, at two looks in a row──> free
//   led ──taken by another──> its appends change nothing: fenced
import { crc32 } from 'node:zlib';
import type pg from 'pg';
import { assert } from '../../core/assert.ts';

export const leaseTtlMs = 2_000;
export const renewEveryMs = 500;
/**
 * A follower looks this often. It believes its second look: a leader whose connection was cut is back by then, and
 * so is one that was stopped together with the follower (a paused machine), which a single look would depose.
 */
export const lookEveryMs = 50;

/** "Rapp": keeps our advisory locks apart from those of anything else in the same database. */
const lockClass = 0x52_61_70_70;

/** One lock per shard and epoch, so that the lingering connection of a deposed leader vouches for nobody else. */
function lockNumber(shard: string, epoch: number): number {
  return crc32(`${shard}:${epoch}`);
}

export type Look = {
  readonly epoch: number;
  readonly holder: string;
  /** Given up, or never taken: no need to wait. */
  readonly released: boolean;
  readonly expired: boolean;
  /** The connection of the leader of this epoch still exists. */
  readonly connected: boolean;
};

const lookText = `
  select epoch, holder, expires_at = '-infinity' as released, expires_at <= clock_timestamp() as expired
  from lease where shard = $1`;
const connectedText = `
  select exists (
    select from pg_locks
    where locktype = 'advisory' and granted and objsubid = 2
      and database = (select oid from pg_database where datname = current_database())
      and classid = $1::bigint::oid and objid = $2::bigint::oid
  ) as connected`;

/** Makes the row of a shard that is new here. */
export async function prepareLease(client: pg.ClientBase, shard: string): Promise<void> {
  await client.query(
    `insert into lease (shard, epoch, holder, expires_at) values ($1, 0, '', '-infinity') on conflict do nothing`,
    [shard],
  );
}

export async function look(client: pg.ClientBase, shard: string, forUpdate = false): Promise<Look> {
  const found = await client.query(forUpdate ? `${lookText} for update` : lookText, [shard]);
  assert(found.rows.length === 1, `the lease of shard "${shard}" has one row`);
  const { epoch, holder, released, expired } = found.rows[0];
  const lock = await client.query(connectedText, [lockClass, lockNumber(shard, epoch)]);
  return { epoch, holder, released, expired, connected: lock.rows[0].connected };
}

/**
 * Takes the lease if `mayTake` still says so while the row is locked; gives the new epoch, or undefined.
 * Locking the row waits for an append of the old leader that is being committed, so whoever reads the end of the
 * journal after this reads all of it.
 */
export async function take(
  client: pg.ClientBase,
  shard: string,
  holder: string,
  mayTake: (found: Look) => boolean,
): Promise<number | undefined> {
  await client.query('begin');
  const found = await look(client, shard, true);
  if (!mayTake(found)) {
    await client.query('rollback');
    return undefined;
  }
  const epoch = found.epoch + 1;
  // Before the commit: whoever sees the new epoch must see its lock too.
  await vouch(client, shard, epoch);
  await client.query(
    `update lease set epoch = $2, holder = $3, expires_at = clock_timestamp() + $4 * interval '1 millisecond'
     where shard = $1`,
    [shard, epoch, holder, leaseTtlMs],
  );
  await client.query('commit');
  return epoch;
}

/** Holds the lock that says "this connection lives". Not held is no harm: the time to live decides then. */
export async function vouch(client: pg.ClientBase, shard: string, epoch: number): Promise<boolean> {
  const locked = await client.query('select pg_try_advisory_lock($1::bigint::int, $2::int) as held', [
    lockClass,
    lockNumber(shard, epoch) | 0,
  ]);
  return locked.rows[0].held;
}

/** True: still ours. It also waits for an append on an older connection of ours whose end is not known. */
export async function renew(client: pg.ClientBase, shard: string, epoch: number): Promise<boolean> {
  const renewed = await client.query({
    name: 'rappel-lease-renew',
    text: `update lease set expires_at = clock_timestamp() + $3 * interval '1 millisecond'
           where shard = $1 and epoch = $2`,
    values: [shard, epoch, leaseTtlMs],
  });
  return renewed.rowCount === 1;
}

/** Gives it up: a follower may take it at its next look. */
export async function release(client: pg.ClientBase, shard: string, epoch: number): Promise<void> {
  await client.query(`update lease set expires_at = '-infinity' where shard = $1 and epoch = $2`, [
    shard,
    epoch,
  ]);
}
