// The shape of the tables, for the queries that go through kysely.
// One SQL dialect: PostgreSQL. The tables themselves are made in migrations/; the two change in one commit.
// The journal's hot path does not come through here (see journal/postgres): it uses pg directly.
import { type ColumnType, type Generated, Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';

/** One fact of one shard, as bytes; the primary key (shard, seq) is the second fence. */
export type JournalTable = {
  shard: string;
  seq: number;
  epoch: number;
  at: number;
  bytes: Buffer;
  checksum: number;
};

/** Who may append to a shard. `expires_at` is compared with the database's own clock only. */
export type LeaseTable = {
  shard: string;
  epoch: number;
  holder: string;
  expires_at: Date;
};

/** A state that was folded up to `seq`; derived, so it may be deleted at any time. */
export type SnapshotTable = {
  shard: string;
  state_version: number;
  seq: number;
  checksum: number;
  hash: string;
  bytes: Buffer;
  created_at: Generated<Date>;
};

/** One person's number, encrypted. Deleting the row erases the person. */
export type VaultTable = {
  number_key: string;
  /** Of a number with an extension: the number's own; else the same. Null: written by an earlier release. */
  main_key: string | null;
  key_id: string;
  nonce: Buffer;
  ciphertext: Buffer;
  created_at: ColumnType<Date, never, never>;
};

export type Schema = {
  journal: JournalTable;
  lease: LeaseTable;
  snapshot: SnapshotTable;
  vault: VaultTable;
};

export type Database = Kysely<Schema>;

/** Queries over a pool that stays its opener's: ending the pool ends this. */
export function openDatabase(pool: pg.Pool): Database {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}
