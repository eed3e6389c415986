// The journals of all shards in one PostgreSQL database: who leads one, and who reads one.
// The tables are made by database/migrations before. It must not know what a fact means.
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { assert } from '../../core/assert.ts';
import type { Connection } from '../../database/pool.ts';
import {
  type Fact,
  type Journal,
  type JournalReader,
  type JournalStore,
  type LeadOptions,
  shardName,
} from '../journal.ts';
import { readEnd } from './append.ts';
import { isBug } from './failure.ts';
import { LeaderSession } from './leader-session.ts';
import { type Look, look, lookEveryMs, prepareLease, take } from './lease.ts';
import { PostgresJournal } from './postgres-journal.ts';
import { PostgresReader } from './postgres-reader.ts';
import { discard, openSession } from './session-settings.ts';

export class PostgresStore implements JournalStore {
  readonly #connection: Connection;
  readonly #pool: pg.Pool;

  /** The pool is for reading and stays its opener's; each leader has a connection of its own. */
  constructor(connection: Connection, pool: pg.Pool) {
    this.#connection = connection;
    this.#pool = pool;
  }

  reader<F extends Fact = Fact>(shard: string): JournalReader<F> {
    return this.#reader<F>(shard);
  }

  #reader<F extends Fact>(shard: string): PostgresReader<F> {
    assert(shardName.test(shard), 'a shard is named by 1 to 16 of a-z, 0-9 and "-", a letter first');
    return new PostgresReader<F>(shard, this.#pool, this.#connection);
  }

  /** Rejects at once when the first connection fails; later ones are tried again, as a follower must outlive them. */
  async lead<F extends Fact = Fact>(shard: string, options: LeadOptions): Promise<Journal<F>> {
    const reader = this.#reader<F>(shard);
    let first = true;
    for (;;) {
      options.signal?.throwIfAborted();
      let session: LeaderSession | undefined;
      let client: pg.Client | undefined;
      try {
        client = await openSession(this.#connection, `rappel journal ${shard}`, (lost) =>
          session?.lose(lost),
        );
        first = false;
        await prepareLease(client, shard);
        const epoch = await waitAndTake(client, shard, options);
        const end = await readEnd(client, shard);
        session = new LeaderSession(this.#connection, shard, epoch);
        session.adopt(client);
        return new PostgresJournal<F>(reader, session, epoch, { ...end, seenBy: client });
      } catch (error) {
        if (client !== undefined) discard(client);
        if (first || options.signal?.aborted === true || isBug(error)) throw error;
      }
      await pause(lookEveryMs, undefined, { signal: options.signal });
    }
  }

  async close(): Promise<void> {
    // Nothing of its own is open: leaders are closed by those who lead, the pool by its opener.
  }
}

/** Looks until the lease is free, then takes it. A leader that seems gone is believed gone at the second look. */
async function waitAndTake(client: pg.Client, shard: string, options: LeadOptions): Promise<number> {
  let goneEpoch = Number.NaN;
  for (;;) {
    options.signal?.throwIfAborted();
    const found = await look(client, shard);
    const seemsGone = found.expired || !found.connected;
    const goneTwice = seemsGone && goneEpoch === found.epoch;
    goneEpoch = seemsGone ? found.epoch : Number.NaN;
    const mayTake = (now: Look) =>
      options.takeover === 'now' ||
      now.released ||
      (goneTwice && now.epoch === found.epoch && (now.expired || !now.connected));
    if (mayTake(found)) {
      const epoch = await take(client, shard, options.holder, mayTake);
      if (epoch !== undefined) return epoch;
    }
    await pause(lookEveryMs, undefined, { signal: options.signal });
  }
}
