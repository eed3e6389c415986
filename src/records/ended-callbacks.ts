// How a callback ended, once the records know: for its client's own page. A moment after its end they may not know yet. It
// must not know who asks, nor what a number is.

import type pg from 'pg';
import type { CallbackId, Language, LineId } from '../core/id.ts';

export type EndedCallback = {
  /** As in the records: connected, incomplete, cancelled, expired. */
  readonly endedAs: string;
  readonly endedAt: number;
  readonly language: Language | null;
  /** Of business; left out: not known. */
  readonly line?: LineId | null;
};

export interface EndedRoom {
  /** Null: not known, or not yet. */
  endedCallback(callback: CallbackId): Promise<EndedCallback | null>;
}

export class EndedCallbacks implements EndedRoom {
  readonly #pool: pg.Pool;
  readonly #shard: string;

  constructor(pool: pg.Pool, shard: string) {
    this.#pool = pool;
    this.#shard = shard;
  }

  async endedCallback(callback: CallbackId): Promise<EndedCallback | null> {
    const { rows } = await this.#pool.query<EndedCallback>(
      `select b.ended_as as "endedAs", b.ended_at as "endedAt", p.language, p.line from record_callback b
       left join record_place p on p.shard = b.shard and p.place = b.place
       where b.shard = $1 and b.callback = $2`,
      [this.#shard, callback],
    );
    return rows[0] ?? null;
  }
}
