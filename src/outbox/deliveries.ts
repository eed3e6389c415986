// The deliveries as they lie in PostgreSQL: what is due, what became of it, endpoints that fail or were set aside. One
// method, one statement. It must not know how anything is sent.

import type pg from 'pg';

export type DeliveryState = 'due' | 'sending' | 'delivered' | 'failed' | 'unknown' | 'void';

export type DueDelivery = {
  readonly id: string;
  readonly kind: 'webhook' | 'sms' | 'email';
  readonly target: string;
  readonly what: string;
  readonly callback: number | null;
  readonly number_key: string | null;
  readonly language: string | null;
  readonly body: string | null;
  readonly tries: number;
  readonly created_at: number;
};

export type DeliveryView = {
  readonly serial: number;
  readonly id: string;
  readonly kind: string;
  readonly target: string;
  readonly what: string;
  readonly callback: number | null;
  readonly state: DeliveryState;
  readonly tries: number;
  readonly nextAt: number;
  readonly createdAt: number;
  readonly endedAt: number | null;
  readonly said: string;
};

export type EndpointRow = {
  readonly enabled: boolean;
  readonly failing_since: number | null;
  readonly failures: number;
  readonly paused_to: number;
  readonly set_aside_at: number | null;
};

const NEW_ENDPOINT: EndpointRow = {
  enabled: true,
  failing_since: null,
  failures: 0,
  paused_to: 0,
  set_aside_at: null,
};

export type HeldDelivery = Pick<
  DeliveryView,
  'id' | 'kind' | 'what' | 'callback' | 'state' | 'tries' | 'createdAt' | 'endedAt' | 'said'
>;

export class Deliveries {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** The oldest one due for this target. */
  async due(target: string, now: number): Promise<DueDelivery | undefined> {
    const { rows } = await this.#pool.query<DueDelivery>(
      `select id, kind, target, what, callback, number_key, language, body, tries, created_at from outbox_delivery
       where target = $1 and state = 'due' and next_at <= $2 order by next_at, serial limit 1`,
      [target, now],
    );
    return rows[0];
  }

  /** A message to a client is marked before it leaves: after a crash nobody knows, and it is not sent again. */
  async markSending(id: string): Promise<boolean> {
    const marked = await this.#pool.query(
      `update outbox_delivery set state = 'sending', tries = tries + 1 where id = $1 and state = 'due'`,
      [id],
    );
    return marked.rowCount === 1;
  }

  /** Whatever was being sent when the process ended. */
  async settleLost(now: number): Promise<number> {
    const lost = await this.#pool.query(
      `update outbox_delivery set state = 'unknown', ended_at = $1, said = 'process_ended' where state = 'sending'`,
      [now],
    );
    return lost.rowCount ?? 0;
  }

  async end(id: string, state: DeliveryState, said: string, now: number, tries: number): Promise<void> {
    await this.#pool.query(
      `update outbox_delivery set state = $2, said = $3, ended_at = $4, tries = $5
       where id = $1 and state in ('due', 'sending')`,
      [id, state, said, now, tries],
    );
  }

  async later(id: string, said: string, nextAt: number, tries: number): Promise<void> {
    await this.#pool.query(
      `update outbox_delivery set state = 'due', said = $2, next_at = $3, tries = $4
       where id = $1 and state in ('due', 'sending')`,
      [id, said, nextAt, tries],
    );
  }

  async endpoint(id: string): Promise<EndpointRow> {
    const { rows } = await this.#pool.query<EndpointRow>(
      'select enabled, failing_since, failures, paused_to, set_aside_at from outbox_endpoint where id = $1',
      [id],
    );
    return rows[0] ?? NEW_ENDPOINT;
  }

  async putEndpoint(id: string, row: EndpointRow): Promise<void> {
    await this.#pool.query(
      `insert into outbox_endpoint (id, enabled, failing_since, failures, paused_to, set_aside_at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (id) do update set enabled = $2, failing_since = $3, failures = $4, paused_to = $5,
         set_aside_at = $6`,
      [id, row.enabled, row.failing_since, row.failures, row.paused_to, row.set_aside_at],
    );
  }

  /** When the callback ended; null: it has not, or nothing is known of it any more. */
  async endOf(shard: string, callback: number): Promise<number | null> {
    const { rows } = await this.#pool.query<{ ended_at: number | null }>(
      'select ended_at from outbox_callback where shard = $1 and callback = $2',
      [shard, callback],
    );
    return rows[0]?.ended_at ?? null;
  }

  async waiting(target: string): Promise<number> {
    const { rows } = await this.#pool.query<{ n: number }>(
      `select count(*) as n from outbox_delivery where target = $1 and state = 'due'`,
      [target],
    );
    return rows[0]?.n ?? 0;
  }

  async addTest(id: string, target: string, body: string, now: number): Promise<void> {
    await this.#pool.query(
      `insert into outbox_delivery (id, kind, target, what, body, state, next_at, created_at)
       values ($1, 'webhook', $2, 'test', $3, 'due', $4, $4)`,
      [id, target, body, now],
    );
  }

  /** One that failed, or waits, is due now. Not what may have reached a client. */
  async retry(id: string, now: number): Promise<boolean> {
    const again = await this.#pool.query(
      `update outbox_delivery set state = 'due', next_at = $2, tries = 0, ended_at = null
       where id = $1 and state in ('due', 'failed')`,
      [id, now],
    );
    return again.rowCount === 1;
  }

  /** The newest first; `before`: only those with a smaller serial. */
  async list(before: number, limit: number, state?: string): Promise<readonly DeliveryView[]> {
    const { rows } = await this.#pool.query<DeliveryView>(
      `select serial, id, kind, target, what, callback, state, tries, next_at as "nextAt",
         created_at as "createdAt", ended_at as "endedAt", said
       from outbox_delivery where serial < $1 and ($3::text is null or state = $3)
       order by serial desc limit $2`,
      [before, limit, state ?? null],
    );
    return rows;
  }

  /** Everything that went or goes to a person, the oldest first. */
  async ofPerson(numberKeys: readonly string[], limit: number): Promise<readonly HeldDelivery[]> {
    const { rows } = await this.#pool.query<HeldDelivery>(
      `select id, kind, what, callback, state, tries, created_at as "createdAt", ended_at as "endedAt", said
       from outbox_delivery where number_key = any($1) order by serial limit $2`,
      [numberKeys, limit],
    );
    return rows;
  }

  /** `limit` at most of those that ended before then; how many went. */
  async removeEnded(before: number, limit: number): Promise<number> {
    const gone = await this.#pool.query(
      `delete from outbox_delivery where id in
         (select id from outbox_delivery where ended_at < $1 and state <> 'due' order by ended_at limit $2)`,
      [before, limit],
    );
    return gone.rowCount ?? 0;
  }

  /** What was to be known of callbacks that ended before then. */
  async removeCallbacks(before: number, limit: number): Promise<number> {
    const gone = await this.#pool.query(
      `delete from outbox_callback where (shard, callback) in
         (select shard, callback from outbox_callback where ended_at < $1 limit $2)`,
      [before, limit],
    );
    return gone.rowCount ?? 0;
  }
}
