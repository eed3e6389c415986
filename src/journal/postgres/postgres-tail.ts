// Rows as they are committed: LISTEN wakes it, a look every second catches what a lost notification did not tell
// (and serves where LISTEN cannot work, behind a pooler). Rows become visible in order, because there is one writer
// and it appends one batch at a time; a gap is therefore a broken chain. It must not know what a fact means.
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Connection } from '../../database/pool.ts';
import type { ChainReader, StoredRow } from '../chain.ts';
import { ChainBroken, type Fact, type Row, type Tail } from '../journal.ts';
import { channel } from './append.ts';
import { discard, openSession } from './session-settings.ts';

const lookEveryMs = 1_000;

/** What the tail needs of the reader. */
export type PageSource<F extends Fact> = {
  readonly shard: string;
  page(fromSeq: number): Promise<StoredRow[]>;
  chainBefore(fromSeq: number): Promise<ChainReader<F>>;
};

export class PostgresTail<F extends Fact> implements Tail {
  readonly done: Promise<void>;
  readonly #source: PageSource<F>;
  readonly #connection: Connection;
  readonly #stopping = new AbortController();
  #listener: pg.Client | undefined;
  #wake = new AbortController();

  constructor(source: PageSource<F>, connection: Connection, fromSeq: number, each: (row: Row<F>) => void) {
    this.#source = source;
    this.#connection = connection;
    this.done = this.#run(fromSeq, each).finally(() => this.#hangUp());
    // Whoever cares awaits `done`; nobody's process ends because nobody does.
    this.done.catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake.abort();
    await this.done.catch(() => undefined);
  }

  async #run(fromSeq: number, each: (row: Row<F>) => void): Promise<void> {
    let chain: ChainReader<F> | undefined;
    while (!this.#stopping.signal.aborted) {
      this.#wake = new AbortController();
      let rows: StoredRow[] = [];
      try {
        await this.#listen();
        chain ??= await this.#source.chainBefore(fromSeq);
        rows = await this.#source.page(chain.seq + 1);
      } catch (error) {
        if (error instanceof ChainBroken) throw error;
        // The server is away: the next look comes anyway.
      }
      for (const row of rows) {
        if (this.#stopping.signal.aborted) return;
        each((chain as ChainReader<F>).read(row));
      }
      if (rows.length === 0) await this.#sleep();
    }
  }

  async #sleep(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    await pause(lookEveryMs, undefined, { signal: this.#wake.signal, ref: false }).catch(() => undefined);
  }

  /** Listening begins before the first look, so that no row falls between the two. */
  async #listen(): Promise<void> {
    if (this.#listener !== undefined) return;
    const client = await openSession(this.#connection, `rappel tail ${this.#source.shard}`, (lost) => {
      if (this.#listener === lost) this.#listener = undefined;
    });
    this.#listener = client;
    client.on('notification', (message) => {
      if (message.payload === this.#source.shard) this.#wake.abort();
    });
    await client.query(`listen ${channel}`);
  }

  #hangUp(): void {
    const client = this.#listener;
    this.#listener = undefined;
    if (client !== undefined) discard(client);
  }
}
