// The attempts of one callback that are over, with what became of each: for the agent who makes the next one. A moment after
// an attempt the records may not know it yet. It must not know who asks, nor what a number is.

import type pg from 'pg';
import type { CallbackId } from '../core/id.ts';

export type EndedAttempt = {
  /** UTC ms. */
  readonly at: number;
  /** As in the records: busy, no_answer, voicemail and so on. */
  readonly endedAs: string;
};

export interface AttemptRoom {
  attemptsOf(callback: CallbackId): Promise<readonly EndedAttempt[]>;
}

const SHOWN_MAX = 50;

export class CallbackAttempts implements AttemptRoom {
  readonly #pool: pg.Pool;
  readonly #shard: string;

  constructor(pool: pg.Pool, shard: string) {
    this.#pool = pool;
    this.#shard = shard;
  }

  async attemptsOf(callback: CallbackId): Promise<readonly EndedAttempt[]> {
    const { rows } = await this.#pool.query<EndedAttempt>(
      `select intended_at as at, ended_as as "endedAs" from record_attempt
       where shard = $1 and callback = $2 order by attempt limit ${SHOWN_MAX}`,
      [this.#shard, callback],
    );
    return rows;
  }
}
