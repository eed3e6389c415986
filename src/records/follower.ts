// Keeps the records at most a second behind the journal: woken by each commit of this process, and looking once a second
// for what others commit. While the database is away it waits; that it could not go on is told once.

import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 1_000;
/** Commits that come together are projected together. */
const GATHER_MS = 200;
const AFTER_FAILURE_MS = 2_000;

/** Takes in all that is committed, and says how far it is. */
export interface Pursuer {
  catchUp(signal: AbortSignal): Promise<number>;
}

export class Follower {
  readonly #projector: Pursuer;
  readonly #name: string;
  readonly #log: (line: string) => void;
  readonly #stopping = new AbortController();
  readonly #done: Promise<void>;
  #wake: () => void = () => {};
  #isFailing = false;
  #isClosed = false;
  #seq = 0;
  #waiting: { readonly seq: number; readonly resolve: () => void }[] = [];

  constructor(projector: Pursuer, log: (line: string) => void, name = 'records') {
    this.#name = name;
    this.#projector = projector;
    this.#log = log;
    this.#done = this.#run();
  }

  /** Facts up to this one are in the records. */
  get seq(): number {
    return this.#seq;
  }

  /** Resolves when the facts up to this one are in the records. */
  reached(seq: number): Promise<void> {
    if (seq <= this.#seq) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ seq, resolve }));
  }

  /** Something was committed. */
  wake(): void {
    this.#wake();
  }

  /** What is under way is finished; nothing further is begun. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopping.abort();
    this.#wake();
    await this.#done;
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      try {
        this.#seq = await this.#projector.catchUp(this.#stopping.signal);
        this.#tellReached();
        this.#isFailing = false;
        await this.#rest();
      } catch (error) {
        if (!this.#isFailing) this.#log(`${this.#name}: ${error instanceof Error ? error.message : error}`);
        this.#isFailing = true;
        await this.#pause(AFTER_FAILURE_MS);
      }
    }
  }

  #tellReached(): void {
    const reached = this.#waiting.filter(({ seq }) => seq <= this.#seq);
    this.#waiting = this.#waiting.filter(({ seq }) => seq > this.#seq);
    for (const { resolve } of reached) resolve();
  }

  async #rest(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    const look = setTimeout(resolve, LOOK_EVERY_MS);
    look.unref();
    if (!this.#isClosed) await promise;
    clearTimeout(look);
    this.#wake = () => {};
    await this.#pause(GATHER_MS);
  }

  async #pause(ms: number): Promise<void> {
    if (this.#isClosed) return;
    await pause(ms, undefined, { signal: this.#stopping.signal, ref: false }).catch(() => undefined);
  }
}
