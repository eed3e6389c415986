// Stories found: the records say when a call was (by number or by callback), the journal says what happened. Of one that has
// not ended the records know nothing yet: it is looked for by its place, whose time the engine knows. Read page by page;
// what a number is, nobody here knows.

import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { CallbackId, CallId, NumberKey, PlaceId } from '../core/id.ts';
import { Story, type StoryFact } from './story.ts';

/** Where to look: a call, or the place that it took; between these times, or until now. */
export type StorySpan = {
  readonly call: CallId | null;
  readonly place: PlaceId | null;
  readonly fromAt: number;
  readonly toAt: number | null;
};

export interface StoryIndex {
  /** What has ended, the newest first. */
  ofNumber(numberKey: NumberKey, limit: number): Promise<readonly StorySpan[]>;
  ofCallback(callback: CallbackId): Promise<readonly StorySpan[]>;
}

export interface StoryJournal {
  /** The first row at that time or later. */
  firstSeqAt(at: number): Promise<number>;
  /** Rows in order from there on; empty at the end. */
  page(fromSeq: number): Promise<readonly StoryFact[]>;
}

/** What the journal knows of how a place came to be; null: nothing. */
type Origin = { readonly call: CallId | null } | null;

/** Before its place a call is in the menus; a caller does not listen to them for longer. */
export const MENUS_MS = 3_600_000;

/** The records are a second behind at the most, where they go on at all. */
const RECORDED_WITHIN_MS = 3_000;

export class Stories {
  readonly index: StoryIndex;
  readonly #open: () => StoryJournal;
  readonly #recorded: (seq: number) => Promise<void>;

  /**
   * `open`: a reader for each story, since a reader is at one place at a time. `recorded`: resolves when the index knows the
   * facts up to this one.
   */
  constructor(
    index: StoryIndex,
    open: () => StoryJournal,
    recorded: (seq: number) => Promise<void> = async () => {},
  ) {
    this.index = index;
    this.#open = open;
    this.#recorded = recorded;
  }

  /** Resolves when the index knows what was committed up to `seq`, or will not know it soon. */
  async recorded(seq: Promise<number>): Promise<void> {
    const enough = new AbortController();
    const late = pause(RECORDED_WITHIN_MS, undefined, { signal: enough.signal, ref: false });
    await Promise.race([seq.then(this.#recorded), late]);
    enough.abort();
    await late.catch(() => undefined);
  }

  /** Null: nothing is known of it. */
  async tell(span: StorySpan): Promise<Story | null | 'too_long'> {
    const journal = this.#open();
    const firstSeq = await journal.firstSeqAt(span.fromAt);
    const origin = span.call === null ? await originOf(journal, span, firstSeq) : span;
    if (origin === null) return null;
    const story = new Story(origin.call, span.place);
    let isTooLong = false;
    await read(journal, firstSeq, span.toAt, (row) => {
      isTooLong = !story.hear(row);
      return isTooLong;
    });
    if (isTooLong) return 'too_long';
    return story.facts.length === 0 ? null : story;
  }
}

async function originOf(journal: StoryJournal, span: StorySpan, firstSeq: number): Promise<Origin> {
  let found: Origin = null;
  await read(journal, firstSeq, span.toAt, ({ fact }) => {
    if (fact.type === 'place.taken' && fact.place === span.place) found = { call: fact.call };
    if (fact.type === 'callback.asked_on_page' && fact.place === span.place) found = { call: null };
    return found !== null;
  });
  return found;
}

/** Until `each` says that it is enough, or the time is over. */
async function read(
  journal: StoryJournal,
  fromSeq: number,
  toAt: number | null,
  each: (row: StoryFact) => boolean,
): Promise<void> {
  for (let seq = fromSeq; ; ) {
    const rows = await journal.page(seq);
    for (const row of rows) {
      if ((toAt !== null && row.at > toAt) || each(row)) return;
      seq = row.seq + 1;
    }
    if (rows.length === 0) return;
  }
}

type Found = {
  readonly call: CallId;
  readonly arrived_at: number;
  readonly ended_at: number;
  readonly callback_ended_at: number | null;
};

const SELECT = `select c.call, c.arrived_at, c.ended_at, b.ended_at as callback_ended_at
  from record_call c left join record_callback b on b.shard = c.shard and b.call = c.call`;

/** After a call's end its agent wraps up; that belongs to its story too. */
const WRAP_UP_MS = 3_600_000;

export class PostgresStoryIndex implements StoryIndex {
  readonly #pool: pg.Pool;
  readonly #shard: string;

  constructor(pool: pg.Pool, shard: string) {
    this.#pool = pool;
    this.#shard = shard;
  }

  /** By the number they called from, or the one they were to be called at. */
  async ofNumber(numberKey: NumberKey, limit: number): Promise<readonly StorySpan[]> {
    const { rows } = await this.#pool.query<Found>(
      `${SELECT} where c.shard = $1 and c.call in (
         (select call from record_call where shard = $1 and person = $2 order by arrived_at desc limit $3) union
         (select call from record_callback where shard = $1 and person = $2 order by callback desc limit $3))
       order by c.call desc limit $3`,
      [this.#shard, numberKey, limit],
    );
    const onPage = await this.#askedOnPage('person = $2 order by callback desc limit $3', [numberKey, limit]);
    return [...rows.map(spanOf), ...onPage].sort((a, b) => b.fromAt - a.fromAt).slice(0, limit);
  }

  async ofCallback(callback: CallbackId): Promise<readonly StorySpan[]> {
    const { rows } = await this.#pool.query<Found>(
      `${SELECT} where c.shard = $1 and c.call = (select call from record_callback where shard = $1 and callback = $2)`,
      [this.#shard, callback],
    );
    return rows.length > 0 ? rows.map(spanOf) : this.#askedOnPage('callback = $2', [callback]);
  }

  /** Callbacks that their clients asked for on their page: no call led to them. */
  async #askedOnPage(which: string, parameters: readonly unknown[]): Promise<readonly StorySpan[]> {
    const { rows } = await this.#pool.query<{ place: PlaceId; fromAt: number; endedAt: number }>(
      `select place, registered_at as "fromAt", ended_at as "endedAt" from record_callback
       where shard = $1 and call = 0 and ${which}`,
      [this.#shard, ...parameters],
    );
    return rows.map(({ place, fromAt, endedAt }) => ({
      ...{ call: null, place, fromAt, toAt: endedAt + WRAP_UP_MS },
    }));
  }
}

function spanOf({ call, arrived_at: fromAt, ended_at, callback_ended_at }: Found): StorySpan {
  return { call, place: null, fromAt, toAt: Math.max(ended_at, callback_ended_at ?? 0) + WRAP_UP_MS };
}
