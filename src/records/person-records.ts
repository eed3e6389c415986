// What the records say of one person, by the keys of their number: calls, places, callbacks, attempts, surveys. Also when the
// last callback of a number ended, for retention. Rows have keys and times, never a number; nothing is changed here, since
// records are made of the journal: a person who is erased is a fact, and the projector sees to it.

import type pg from 'pg';
import type { NumberKey } from '../core/id.ts';

export type HeldRecords = {
  readonly calls: readonly object[];
  readonly places: readonly object[];
  readonly callbacks: readonly object[];
  readonly attempts: readonly object[];
  readonly surveys: readonly object[];
};

/** What of a row belongs to whoever asks: agents are others. */
const CALL = `call, arrived_at as "arrivedAt", asked_at as "askedAt", ended_at as "endedAt", line, language, outcome`;
const PLACE = `place, call, line, language, taken_at as "takenAt", left_at as "leftAt", reason, offer,
  agent_at as "agentAt", told_at as "toldAt", quoted_min_minutes as "quotedMinMinutes",
  quoted_max_minutes as "quotedMaxMinutes", overtaken`;
const CALLBACK = `callback, place, call, registered_at as "registeredAt", ended_at as "endedAt", ended_as as "endedAs",
  cause, attempts, turn_at as "turnAt", connected_at as "connectedAt", slip_ms as "slipMs"`;
const ATTEMPT = `attempt, callback, n, intended_at as "intendedAt", permitted_at as "permittedAt",
  ringing_at as "ringingAt", answered_at as "answeredAt", ended_at as "endedAt", ended_as as "endedAs"`;
const SURVEY = `survey, call, callback, line, language, asked_at as "askedAt", answered_at as "answeredAt",
  ended_as as "endedAs", answers`;

/** `person <> ''` names the index, which leaves hidden numbers out. */
const CALLS_OF = `select call from record_call where shard = $1 and person = any($2) and person <> ''
  union select call from record_callback where shard = $1 and person = any($2)`;
const PLACES_OF = `select place from record_call where shard = $1 and call in (${CALLS_OF})`;
const CALLBACKS_OF = 'select callback from record_callback where shard = $1 and person = any($2)';

export class PersonRecords {
  readonly #pool: pg.Pool;
  readonly #shard: string;

  constructor(pool: pg.Pool, shard: string) {
    this.#pool = pool;
    this.#shard = shard;
  }

  /** `limit` at most of each kind, the oldest first. A callback's call is theirs too, whatever number it came from. */
  async heldOf(keys: readonly NumberKey[], limit: number): Promise<HeldRecords> {
    const ask = async (columns: string, table: string, where: string, order: string) => {
      const { rows } = await this.#pool.query<object>(
        `select ${columns} from ${table} where shard = $1 and ${where} order by ${order} limit $3`,
        [this.#shard, keys, limit],
      );
      return rows;
    };
    return {
      calls: await ask(CALL, 'record_call', `call in (${CALLS_OF})`, 'call'),
      places: await ask(PLACE, 'record_place', `place in (${PLACES_OF})`, 'place'),
      callbacks: await ask(CALLBACK, 'record_callback', 'person = any($2)', 'callback'),
      attempts: await ask(ATTEMPT, 'record_attempt', `callback in (${CALLBACKS_OF})`, 'attempt'),
      surveys: await ask(
        SURVEY,
        'record_survey',
        `(call in (${CALLS_OF}) or callback in (${CALLBACKS_OF}))`,
        'survey',
      ),
    };
  }

  /** Those of the keys with a callback that ended at that time or later. */
  async usedSince(keys: readonly NumberKey[], since: number): Promise<ReadonlySet<NumberKey>> {
    const { rows } = await this.#pool.query<{ person: NumberKey }>(
      `select distinct person from record_callback where shard = $1 and person = any($2) and ended_at >= $3`,
      [this.#shard, keys, since],
    );
    return new Set(rows.map(({ person }) => person));
  }

  /** Facts up to this one are in the records. */
  async seq(): Promise<number> {
    const { rows } = await this.#pool.query<{ seq: number }>(
      'select seq from record_position where shard = $1',
      [this.#shard],
    );
    return rows[0]?.seq ?? 0;
  }
}
