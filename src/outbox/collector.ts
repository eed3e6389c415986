// From committed facts to what is to be sent. Reads the journal at its own pace; the deliveries of a page, what must be
// known of callbacks, and how far it is are one transaction: killed anywhere, it goes on where it was, and what it did not
// finish it does again. The id of a delivery comes of the fact, so the same fact never makes a second one.
// What was committed before the outbox was there is looked through for callbacks that are still open, and told to nobody.

import type pg from 'pg';
import type { MessageOccasion, MessagesFile, WebhookFile } from '../config/outgoing-schema.ts';
import type { Fact, FactOf } from '../core/fact.ts';
import type { CallbackId, NumberKey } from '../core/id.ts';
import type { FactSource, SourceRow } from '../records/projector.ts';
import { type LinkLifeFile, linkMsOf } from './link-life.ts';
import { eventBody, isEvent, type KnownCallback } from './outgoing-event.ts';
import { BUILT_IN } from './wording.ts';

export type OutgoingFile = LinkLifeFile & {
  readonly webhooks?: readonly WebhookFile[];
  readonly messages?: MessagesFile;
};

type Delivery = {
  readonly id: string;
  readonly kind: 'webhook' | 'sms' | 'email';
  readonly target: string;
  readonly what: string;
  readonly callback: number;
  readonly number_key: string | null;
  readonly language: string | null;
  readonly body: string | null;
  readonly next_at: number;
  readonly created_at: number;
};

type Place = { readonly line: string; language: string };

type OpenCallback = KnownCallback & { readonly registeredAt: number; readonly endedAt: number | null };

type Changes = {
  readonly deliveries: Delivery[];
  readonly places: Map<number, Place | null>;
  readonly callbacks: Map<CallbackId, OpenCallback>;
  /** Keys of persons who were erased, and when. */
  readonly erased: Map<NumberKey, { readonly at: number; readonly isQuiet: boolean }>;
};

const OCCASIONS = {
  'callback.registered': 'registered',
  'callback.retry_set': 'missed',
  'callback.unreachable': 'unreachable',
} as const;
const ENDS = new Set([
  'callback.completed',
  'callback.unreachable',
  'callback.cancelled',
  'callback.expired',
]);

export class Collector {
  readonly #pool: pg.Pool;
  readonly #source: FactSource;
  readonly #file: () => OutgoingFile;
  #places = new Map<number, Place>();
  #callbacks = new Map<CallbackId, OpenCallback>();
  #position: { seq: number; readonly quietTo: number } | null = null;

  readonly #erase: (numberKeys: readonly NumberKey[]) => Promise<void>;

  /** `erase`: asked before a page is over that erases persons, and again if it is read again. */
  constructor(
    pool: pg.Pool,
    source: FactSource,
    file: () => OutgoingFile,
    erase: (numberKeys: readonly NumberKey[]) => Promise<void> = async () => {},
  ) {
    this.#erase = erase;
    this.#pool = pool;
    this.#source = source;
    this.#file = file;
  }

  /** `newestSeq`: of the journal when this outbox first looks; what is older is told to nobody. */
  async open(newestSeq: number): Promise<void> {
    const { shard } = this.#source;
    const put = `insert into outbox_position (shard, seq, checksum, quiet_to) values ($1, 0, 0, $2)
      on conflict (shard) do nothing`;
    await this.#pool.query(put, [shard, newestSeq]);
    const { rows } = await this.#pool.query<{ seq: number; checksum: number; quiet_to: number }>(
      'select seq, checksum, quiet_to from outbox_position where shard = $1',
      [shard],
    );
    const [kept] = rows;
    const isOurs =
      kept !== undefined && (kept.seq === 0 || (await this.#source.checksumOf(kept.seq)) === kept.checksum);
    if (!isOurs) await this.#beginAnew(newestSeq);
    this.#position = isOurs ? { seq: kept.seq, quietTo: kept.quiet_to } : { seq: 0, quietTo: newestSeq };
    const places = await this.#pool.query<{ place: number; line: string; language: string }>(
      'select place, line, language from outbox_place where shard = $1',
      [shard],
    );
    this.#places = new Map(places.rows.map(({ place, ...of }) => [place, of]));
    const callbacks = await this.#pool.query<OpenCallback>(
      `select callback, number_key as "numberKey", line, language, registered_at as "registeredAt",
         ended_at as "endedAt" from outbox_callback where shard = $1 and ended_at is null`,
      [shard],
    );
    this.#callbacks = new Map(callbacks.rows.map((row) => [row.callback, row]));
  }

  /** Another journal than the one that was looked through: a copy was put back. Nothing is told twice of it. */
  async #beginAnew(newestSeq: number): Promise<void> {
    const { shard } = this.#source;
    await this.#pool.query('delete from outbox_place where shard = $1', [shard]);
    await this.#pool.query('delete from outbox_callback where shard = $1', [shard]);
    await this.#pool.query(
      'update outbox_position set seq = 0, checksum = 0, quiet_to = $2 where shard = $1',
      [shard, newestSeq],
    );
  }

  async catchUp(signal?: AbortSignal): Promise<number> {
    while (signal?.aborted !== true && (await this.step())) {}
    return this.#position?.seq ?? 0;
  }

  /** One page; false when there was none. */
  async step(): Promise<boolean> {
    if (this.#position === null) await this.open(0);
    const position = this.#position as { seq: number; readonly quietTo: number };
    const rows = await this.#source.page(position.seq + 1);
    const last = rows.at(-1);
    if (last === undefined) return false;
    const changes: Changes = {
      deliveries: [],
      places: new Map(),
      callbacks: new Map(),
      erased: new Map(),
    };
    for (const row of rows) this.#take(row, row.seq <= position.quietTo, changes);
    // What was looked through quietly is the past of a journal: whoever was erased then may have come back since.
    const fresh = [...changes.erased].filter(([, { isQuiet }]) => !isQuiet).map(([key]) => key);
    if (fresh.length > 0) await this.#erase(fresh);
    this.#position = null; // until it is written, what is known in memory is nobody's
    if (await this.#write(position.seq, last, changes)) {
      this.#position = { ...position, seq: last.seq };
      return true;
    }
    await this.open(0); // another process moved on
    return true;
  }

  #take({ fact, at, seq }: SourceRow, isQuiet: boolean, changes: Changes): void {
    if (fact.type === 'person.erased') changes.erased.set(fact.numberKey, { at, isQuiet });
    this.#know(fact, at, changes);
    if (fact.type === 'survey.begun' && !isQuiet) changes.deliveries.push(...this.#surveyOf(fact, at, seq));
    if (!isEvent(fact)) return;
    const known = this.#callbacks.get(fact.callback);
    if (!isQuiet) changes.deliveries.push(...this.#deliveriesOf(fact, at, seq, known));
    if (known !== undefined && ENDS.has(fact.type)) {
      changes.callbacks.set(fact.callback, { ...known, endedAt: at });
      this.#callbacks.delete(fact.callback);
    }
  }

  #know(fact: Fact, at: number, changes: Changes): void {
    if (fact.type === 'place.taken') {
      const place = { line: fact.line as string, language: fact.language as string };
      this.#places.set(fact.place, place);
      changes.places.set(fact.place, place);
    } else if (fact.type === 'place.language_changed') {
      const place = this.#places.get(fact.place);
      if (place === undefined) return;
      place.language = fact.language;
      changes.places.set(fact.place, place);
    } else if (fact.type === 'place.left') {
      if (this.#places.delete(fact.place)) changes.places.set(fact.place, null);
    } else if (fact.type === 'callback.registered') {
      const { line = '', language = 'en' } = this.#places.get(fact.place) ?? {};
      const { callback, numberKey } = fact;
      this.#keep({ callback, numberKey, line, language, registeredAt: at, endedAt: null }, changes);
    } else if (fact.type === 'callback.asked_on_page') {
      const { callback, numberKey, line, language } = fact;
      const place = { line: line as string, language: language as string };
      this.#places.set(fact.place, place);
      changes.places.set(fact.place, place);
      this.#keep({ callback, numberKey, ...place, registeredAt: at, endedAt: null }, changes);
    } else if (fact.type === 'callback.number_changed') {
      const known = this.#callbacks.get(fact.callback);
      if (known !== undefined) this.#keep({ ...known, numberKey: fact.numberKey }, changes);
    }
  }

  #keep(known: OpenCallback, changes: Changes): void {
    this.#callbacks.set(known.callback, known);
    changes.callbacks.set(known.callback, known);
  }

  #deliveriesOf(
    fact: Parameters<typeof eventBody>[0],
    at: number,
    seq: number,
    known: KnownCallback | undefined,
  ): Delivery[] {
    const { webhooks = [], messages } = this.#file();
    const { shard } = this.#source;
    const common = { callback: fact.callback, next_at: at, created_at: at };
    const events = webhooks
      .filter(({ events }) => (events as readonly string[]).includes(fact.type))
      .map(({ id }) => ({
        ...common,
        id: `evt_${shard}_${seq}_${id}`,
        kind: 'webhook' as const,
        target: id,
        what: fact.type,
        number_key: null,
        language: null,
        body: eventBody(fact, at, known),
      }));
    const occasion = OCCASIONS[fact.type as keyof typeof OCCASIONS];
    if (occasion === undefined || known === undefined) return events;
    const ways = (messages?.send ?? []).filter(({ when }) => when === occasion);
    return [...events, ...ways.map(({ by }) => this.#messageTo(known, by, occasion, at, seq))];
  }

  /** To the page with the questions, for whom nobody asked by phone, unless another message leads there just now. */
  #surveyOf({ callback, of, untilAt }: FactOf<'survey.begun'>, at: number, seq: number): Delivery[] {
    const known = callback === undefined ? undefined : this.#callbacks.get(callback);
    if (known === undefined || untilAt === undefined) return [];
    const { send = [] } = this.#file().messages ?? {};
    const leads = send.some(
      ({ when, text = BUILT_IN.unreachable }) =>
        when === 'unreachable' && text[known.language === 'fr' ? 'fr' : 'en'].includes('{link}'),
    );
    if (of === 'incomplete' && leads) return [];
    const way = send.find(({ when }) => when === 'survey');
    return way === undefined ? [] : [this.#messageTo(known, way.by, 'survey', at, seq)];
  }

  #messageTo(
    known: KnownCallback,
    by: 'sms' | 'email',
    what: MessageOccasion,
    at: number,
    seq: number,
  ): Delivery {
    return {
      id: `msg_${this.#source.shard}_${seq}_${by}`,
      kind: by,
      target: by,
      what,
      callback: known.callback,
      number_key: known.numberKey,
      language: known.language,
      body: null,
      next_at: at,
      created_at: at,
    };
  }

  async #write(
    from: number,
    last: SourceRow,
    { deliveries, places, callbacks, erased }: Changes,
  ): Promise<boolean> {
    const { shard } = this.#source;
    const client = await this.#pool.connect();
    let isBroken = true;
    try {
      await client.query('begin');
      const moved = await client.query(
        'update outbox_position set seq = $3, checksum = $4 where shard = $1 and seq = $2',
        [shard, from, last.seq, last.checksum],
      );
      const isMoved = moved.rowCount === 1;
      if (isMoved) {
        await writePlaces(client, shard, places);
        await writeCallbacks(client, shard, callbacks, linkMsOf(this.#file()));
        await writeDeliveries(client, deliveries);
        await erasePersons(client, erased);
      }
      await client.query(isMoved ? 'commit' : 'rollback');
      isBroken = false;
      return isMoved;
    } finally {
      client.release(isBroken);
    }
  }
}

async function writePlaces(client: pg.PoolClient, shard: string, places: Changes['places']): Promise<void> {
  const gone = [...places].filter(([, place]) => place === null).map(([id]) => id);
  const rows = [...places].flatMap(([place, of]) => (of === null ? [] : [{ shard, place, ...of }]));
  if (rows.length > 0)
    await client.query(
      `insert into outbox_place select * from json_populate_recordset(null::outbox_place, $1)
       on conflict (shard, place) do update set language = excluded.language`,
      [JSON.stringify(rows)],
    );
  if (gone.length > 0)
    await client.query('delete from outbox_place where shard = $1 and place = any($2)', [shard, gone]);
}

async function writeCallbacks(
  client: pg.PoolClient,
  shard: string,
  callbacks: Changes['callbacks'],
  linkMs: number,
): Promise<void> {
  if (callbacks.size === 0) return;
  const rows = [...callbacks.values()].map((of) => ({
    shard,
    callback: of.callback,
    number_key: of.numberKey,
    line: of.line,
    language: of.language,
    registered_at: of.registeredAt,
    ended_at: of.endedAt,
  }));
  await client.query(
    `insert into outbox_callback select * from json_populate_recordset(null::outbox_callback, $1)
     on conflict (shard, callback) do update
     set number_key = excluded.number_key, ended_at = excluded.ended_at`,
    [JSON.stringify(rows)],
  );
  await client.query(
    `update client_link l set expires_at = c.ended_at + $3 from outbox_callback c
     where l.shard = $1 and c.shard = $1 and c.callback = l.callback and c.callback = any($2)
       and c.ended_at is not null`,
    [shard, rows.map(({ callback }) => callback), linkMs],
  );
}

async function writeDeliveries(client: pg.PoolClient, deliveries: readonly Delivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  await client.query(
    `insert into outbox_delivery (id, kind, target, what, callback, number_key, language, body, state, next_at,
       created_at)
     select id, kind, target, what, callback, number_key, language, body, 'due', next_at, created_at
     from json_populate_recordset(null::outbox_delivery, $1) on conflict (id) do nothing`,
    [JSON.stringify(deliveries)],
  );
}

/** What was not sent yet is not, what was sent says no more to whom, and of a callback nothing needs to be known. */
async function erasePersons(client: pg.PoolClient, erased: Changes['erased']): Promise<void> {
  if (erased.size === 0) return;
  const [keys, at] = [[...erased.keys()], Math.max(...[...erased.values()].map(({ at }) => at))];
  await client.query(
    `update outbox_delivery set number_key = null, ended_at = coalesce(ended_at, $2),
       state = case when state = 'due' then 'void' else state end where number_key = any($1)`,
    [keys, at],
  );
  await client.query('delete from outbox_callback where number_key = any($1) and ended_at is not null', [
    keys,
  ]);
}
