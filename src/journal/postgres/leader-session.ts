// The leader's connection: opened again for ever when it is lost, and given out only while the epoch is ours.
//
//   up ──lost──> away ──connected, lease renewed──> up
//   up ──no answer for 2 s──> away ──an answer──> up       (the connection stays: nothing is cancelled)
//   up | away ──the lease has another epoch──> fenced      (an end)
//   up | away ──close()──> fenced                           (an end)
//
// Coming back, it renews the lease before anything else: that UPDATE waits for an append on the lost connection
// whose end is not known yet, so whoever looks at the journal afterwards sees its true end.
// It must not know facts.
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { assert } from '../../core/assert.ts';
import type { Connection } from '../../database/pool.ts';
import { Fenced, type JournalState } from '../journal.ts';
import { release, renew, renewEveryMs, vouch } from './lease.ts';
import { discard, openSession } from './session-settings.ts';

const backoffFirstMs = 20;
const backoffMaxMs = 1_000;
/** A server that leaves us without an answer for so long is away, though its connection stands. */
const silenceMaxMs = 2_000;

export class LeaderSession {
  readonly #connection: Connection;
  readonly #shard: string;
  readonly #epoch: number;
  readonly #hearers = new Set<(state: JournalState) => void>();
  readonly #ended = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #client: pg.Client | undefined;
  #state: JournalState = 'up';
  #returning: Promise<pg.Client> | undefined;
  #vouched = false;
  #busy = false;
  #renewDue = false;
  /** A renewal that is under way. */
  #renewing: Promise<void> | undefined;
  /** Of what was asked and not answered yet: how many, and since when nothing came. */
  #asking = 0;
  #silentSince = 0;

  constructor(connection: Connection, shard: string, epoch: number) {
    this.#connection = connection;
    this.#shard = shard;
    this.#epoch = epoch;
    this.#timer = setInterval(() => this.#tick(), renewEveryMs);
    this.#timer.unref();
  }

  get state(): JournalState {
    return this.#state;
  }

  onState(hear: (state: JournalState) => void): () => void {
    this.#hearers.add(hear);
    return () => this.#hearers.delete(hear);
  }

  /** The connection that took the lease becomes the first one. */
  adopt(client: pg.Client): void {
    assert(this.#client === undefined, 'a leader adopts one connection');
    this.#client = client;
    this.#vouched = true;
  }

  /** The connection, once there is one and the epoch is still ours. Rejects with Fenced only. */
  client(): Promise<pg.Client> {
    if (this.#state === 'fenced') return Promise.reject(this.fenced());
    if (this.#client !== undefined) return Promise.resolve(this.#client);
    this.#returning ??= this.#comeBack().finally(() => {
      this.#returning = undefined;
    });
    return this.#returning;
  }

  /** While `work` runs no renewal gets between its statements; one that fell due follows it. */
  async undisturbed<T>(work: () => Promise<T>): Promise<T> {
    assert(!this.#busy, 'one piece of work at a time on the leader connection');
    this.#busy = true;
    try {
      // It would wait for its turn on the connection in any case.
      if (this.#renewing !== undefined) await this.#renewing;
      return await this.#listened(work);
    } finally {
      this.#busy = false;
      if (this.#renewDue) this.#tick();
    }
  }

  /** The connection was lost, or is in a state that is not known: the next one starts anew. */
  lose(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    this.#vouched = false;
    discard(client);
    this.#become('away');
    // Also without an append under way: a leader must learn soon whether it still is one.
    this.client().catch(() => undefined);
  }

  fence(): Fenced {
    this.#end();
    return this.fenced();
  }

  fenced(): Fenced {
    return new Fenced(this.#shard, this.#epoch);
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#end();
    if (client === undefined) return;
    await release(client, this.#shard, this.#epoch).catch(() => undefined);
    await client.end().catch(() => undefined);
  }

  #end(): void {
    clearInterval(this.#timer);
    this.#ended.abort();
    const client = this.#client;
    this.#client = undefined;
    if (client !== undefined) discard(client);
    this.#become('fenced');
  }

  #become(state: JournalState): void {
    if (this.#state === state || this.#state === 'fenced') return;
    this.#state = state;
    for (const hear of this.#hearers) hear(state);
  }

  /** Whoever waits for an answer learns that the server is silent, and when it speaks again. */
  async #listened<T>(ask: () => Promise<T>): Promise<T> {
    if (this.#asking === 0) this.#silentSince = performance.now();
    this.#asking += 1;
    try {
      return await ask();
    } finally {
      this.#asking -= 1;
      this.#silentSince = performance.now();
      if (this.#client !== undefined) this.#become('up');
    }
  }

  #tick(): void {
    if (this.#asking > 0 && performance.now() - this.#silentSince > silenceMaxMs) this.#become('away');
    this.#renewDue = this.#busy;
    const client = this.#client;
    if (this.#busy || this.#renewing !== undefined || client === undefined) return;
    this.#renewing = this.#listened(() => this.#confirm(client))
      .catch(() => this.lose(client))
      .finally(() => {
        this.#renewing = undefined;
      });
  }

  /** Renews; ends when the epoch is another's. */
  async #confirm(client: pg.Client): Promise<void> {
    const ours = await renew(client, this.#shard, this.#epoch);
    if (!ours) {
      this.#end();
      return;
    }
    // Not before the renewal: it is only a hint, and an old connection of ours may still hold it.
    if (!this.#vouched && !this.#busy) this.#vouched = await vouch(client, this.#shard, this.#epoch);
  }

  async #comeBack(): Promise<pg.Client> {
    for (let waitMs = backoffFirstMs; ; waitMs = Math.min(waitMs * 2, backoffMaxMs)) {
      if (this.#state === 'fenced') throw this.fenced();
      const client = await this.#tryOnce();
      if (client !== undefined) return client;
      if (!this.#ended.signal.aborted) {
        await pause(waitMs, undefined, { signal: this.#ended.signal }).catch(() => undefined);
      }
    }
  }

  async #tryOnce(): Promise<pg.Client | undefined> {
    let opened: pg.Client | undefined;
    let gone = false;
    try {
      opened = await openSession(this.#connection, `rappel journal ${this.#shard}`, (client) => {
        gone = true;
        this.lose(client);
      });
      await this.#confirm(opened);
    } catch {
      if (opened !== undefined) discard(opened);
      return undefined;
    }
    if (this.#ended.signal.aborted || gone) {
      discard(opened);
      return undefined;
    }
    this.#client = opened;
    this.#become('up');
    return opened;
  }
}
