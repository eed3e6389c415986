// The projector: facts from the journal become records. Each batch of facts is one transaction: rows, cells, open things
// and the position, or nothing. So it may be killed anywhere and goes on where it was, may be run twice at once (the
// second finds the position moved and looks again), and from nothing it makes the same bytes. Records are derived: when
// the ledger's version or the journal is another one, they are dropped and made anew.

import type pg from 'pg';
import type { Fact } from '../core/fact.ts';
import { type Change, LEDGER_VERSION, Ledger } from '../figures/ledger/ledger.ts';
import type { ThingKind } from '../figures/ledger/open-things.ts';
import { Batch } from './batch.ts';
import { dayOf } from './local-time.ts';
import {
  ADD_CELLS,
  ADD_DAYS,
  ALL_TABLES,
  DAYS_ANEW,
  DROP_ENDED,
  FORGET_PERSONS,
  insertRows,
  KEEP_OPEN,
  MOVE_POSITION,
} from './record-tables.ts';

export type SourceRow = {
  readonly seq: number;
  readonly at: number;
  readonly checksum: number;
  readonly fact: Fact;
};

/** Where facts come from: the journal, a page at a time. */
export interface FactSource {
  readonly shard: string;
  /** Committed rows from `fromSeq` on, in order, as many as are good for one transaction; none when there is none. */
  page(fromSeq: number): Promise<readonly SourceRow[]>;
  /** The checksum of a committed row; undefined when there is none. */
  checksumOf(seq: number): Promise<number | undefined>;
}

type Place = {
  seq: number;
  readonly ledger: Ledger;
  readonly batch: Batch;
  /** Of the days that are written. */
  timeZone: string;
  /** Half-hours whose day is known. */
  readonly days: Map<number, number>;
};

const DAYS_KNOWN_MAX = 10_000;
/**
 * For a command that does nothing else: what is changed again and again, as cells and agents, is written once a batch.
 * A centre that takes calls at the same time keeps to a page, which is over sooner.
 */
export const BATCH_FACTS_ALONE = 65_536;

export class Projector {
  readonly #pool: pg.Pool;
  readonly #source: FactSource;
  readonly #batchFacts: number;
  #place: Place | null = null;

  /** `batchFacts`: a batch takes further pages until it has as many; one page when left out. */
  constructor(pool: pg.Pool, source: FactSource, batchFacts = 1) {
    this.#pool = pool;
    this.#source = source;
    this.#batchFacts = batchFacts;
  }

  /** Projects all that is committed; gives the seq of the last fact in the records. */
  async catchUp(signal?: AbortSignal): Promise<number> {
    let before: number | null = null;
    for (;;) {
      const seq = await this.step();
      if (seq !== null && (seq === before || signal?.aborted === true)) return seq;
      before = seq; // null: another one moved on, and it is looked again
    }
  }

  /** One batch; the seq reached, or null when somebody else had projected meanwhile. */
  async step(): Promise<number | null> {
    this.#place ??= await this.#open();
    const { seq, ledger } = this.#place;
    const place = this.#place;
    this.#place = null; // until it is written, what the ledger knows is nobody's
    const last = await this.#fold(place);
    if (last === null) {
      this.#place = place;
      return seq;
    }
    const isMoved = await this.#write(place, last);
    if (!isMoved) return null;
    place.seq = last.seq;
    place.timeZone = ledger.timeZone;
    this.#place = place;
    return last.seq;
  }

  /** Folds a batch: the last row of it, or null when there was none. */
  async #fold({ seq, ledger }: Place): Promise<SourceRow | null> {
    let last: SourceRow | null = null;
    let page = this.#source.page(seq + 1);
    for (let folded = 0; ; ) {
      const rows = await page;
      last = rows.at(-1) ?? last;
      folded += rows.length;
      const isWhole = rows.length === 0 || folded >= this.#batchFacts;
      // The next page is fetched while this one is folded.
      if (!isWhole) page = this.#source.page((last as SourceRow).seq + 1);
      try {
        for (const { fact, at } of rows) ledger.fact(fact, at);
      } catch (error) {
        await page.catch(() => undefined);
        throw error;
      }
      if (isWhole) return last;
    }
  }

  /** Everything is dropped; the next step begins at the first fact. */
  async reset(): Promise<void> {
    this.#place = null;
    await this.#inTransaction((client) => this.#drop(client));
  }

  async #open(): Promise<Place> {
    const { shard } = this.#source;
    const seq = await this.#inTransaction((client) => this.#position(client));
    const batch = new Batch(shard);
    const ledger = new Ledger(batch, true);
    const kept = await this.#pool.query<{ kind: ThingKind; body: string }>(
      'select kind, body from record_open where shard = $1',
      [shard],
    );
    ledger.restore(kept.rows);
    return { seq, ledger, batch, timeZone: ledger.timeZone, days: new Map() };
  }

  /** Where the records are. Made by another ledger, or of a journal that was restored: begun anew. */
  async #position(client: pg.PoolClient): Promise<number> {
    const { shard } = this.#source;
    await client.query(
      `insert into record_position (shard, seq, checksum, at, version) values ($1, 0, 0, 0, $2)
       on conflict (shard) do nothing`,
      [shard, LEDGER_VERSION],
    );
    const found = await client.query<{ seq: number; checksum: number; version: number }>(
      'select seq, checksum, version from record_position where shard = $1 for update',
      [shard],
    );
    const { seq, checksum, version } = found.rows[0] as { seq: number; checksum: number; version: number };
    const isOurs =
      version === LEDGER_VERSION && (seq === 0 || (await this.#source.checksumOf(seq)) === checksum);
    if (isOurs) return seq;
    await this.#drop(client);
    return 0;
  }

  async #drop(client: pg.PoolClient): Promise<void> {
    const { shard } = this.#source;
    const others = await client.query('select 1 from record_position where shard <> $1 limit 1', [shard]);
    for (const table of ALL_TABLES) {
      if (others.rowCount === 0) await client.query(`truncate ${table}`);
      else await client.query(`delete from ${table} where shard = $1`, [shard]);
    }
    await client.query(
      'insert into record_position (shard, seq, checksum, at, version) values ($1, 0, 0, 0, $2)',
      [shard, LEDGER_VERSION],
    );
  }

  async #write({ seq: from, ledger, batch, timeZone, days }: Place, last: SourceRow): Promise<boolean> {
    const { shard } = this.#source;
    const changes = ledger.takeChanges();
    const isElsewhere = ledger.timeZone !== timeZone;
    if (isElsewhere || days.size > DAYS_KNOWN_MAX) days.clear();
    const added = batch.takeCells((halfHour) => dayIn(days, halfHour, ledger.timeZone));
    const rows = batch.takeRows();
    const forgotten = batch.takeForgotten();
    return this.#inTransaction(async (client) => {
      const moved = await client.query({
        ...MOVE_POSITION,
        values: [shard, from, last.seq, last.checksum, last.at],
      });
      if (moved.rowCount !== 1) return false;
      // Before the rows of this batch: in those the ledger has seen to it, and one may be of after it.
      if (forgotten.length > 0)
        for (const statement of FORGET_PERSONS) await client.query(statement, [shard, forgotten]);
      for (const [kind, some] of rows)
        await client.query({ ...insertRows(kind), values: [JSON.stringify(some)] });
      if (added.cells.length > 0) {
        await client.query({ ...ADD_CELLS, values: [JSON.stringify(added.cells)] });
        if (!isElsewhere) await client.query({ ...ADD_DAYS, values: [JSON.stringify(added.days)] });
      }
      if (isElsewhere) await this.#countDaysAnew(client, ledger.timeZone);
      const ended = changes.filter(({ body }) => body === null);
      const open = changes.filter(({ body }) => body !== null);
      const kinds = (some: readonly Change[]): string[] => some.map(({ kind }) => kind);
      const ids = (some: readonly Change[]): string[] => some.map(({ id }) => id);
      if (ended.length > 0) await client.query({ ...DROP_ENDED, values: [shard, kinds(ended), ids(ended)] });
      if (open.length > 0) {
        const kept = open.map((change) => ({ shard, ...change }));
        await client.query({ ...KEEP_OPEN, values: [JSON.stringify(kept)] });
      }
      return true;
    });
  }

  /** The owners have moved the centre to another time zone: its days are other days, also the past ones. */
  async #countDaysAnew(client: pg.PoolClient, timeZone: string): Promise<void> {
    const { shard } = this.#source;
    const found = await client.query<{ at: number }>(
      'select distinct half_hour as at from record_cell where shard = $1',
      [shard],
    );
    const halfHours = found.rows.map(({ at }) => at);
    await client.query('delete from record_day where shard = $1', [shard]);
    await client.query(DAYS_ANEW, [shard, halfHours, halfHours.map((at) => dayOf(at, timeZone))]);
  }

  async #inTransaction<T>(what: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let isBroken = true;
    try {
      await client.query('begin');
      // What a crash may lose here is projected again: position and records are lost together.
      await client.query('set local synchronous_commit = off');
      const result = await what(client);
      await client.query(result === false ? 'rollback' : 'commit');
      isBroken = false;
      return result;
    } finally {
      client.release(isBroken);
    }
  }
}

function dayIn(days: Map<number, number>, halfHour: number, timeZone: string): number {
  const known = days.get(halfHour);
  if (known !== undefined) return known;
  const day = dayOf(halfHour, timeZone);
  days.set(halfHour, day);
  return day;
}
