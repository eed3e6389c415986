// Snapshots: the state as it was at a committed row, so that a start need not read the journal from its first. They are
// derived: one is believed only by the very code that took it, and only if what is built from it has the hash it had; in
// any other case the whole journal is read. Taken between two commits, when the state is exactly what is on disk.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Fact } from '../core/fact.ts';
import { stateHash } from '../core/hash.ts';
import type { State } from '../core/state.ts';
import type { Journal } from '../journal/journal.ts';
import { freeze, thaw } from './frozen-state.ts';

/** What folds facts beside the state and must go on with it: plain data out, and in again. */
export interface Beside {
  keep(): unknown;
  goOn(kept: never): void;
}

export type SnapshotOptions = {
  /** Of the code that makes states: of another one nothing is believed. */
  readonly version: number;
  /** Facts between two. */
  readonly everyFacts: number;
  /** The engine stands still while one is taken: never for more than this share of the time; a thousandth. */
  readonly shareMax?: number;
  readonly beside?: Beside;
  /** What went wrong: work goes on without. */
  readonly log: (line: string) => void;
};

const SHARE_MAX = 0.001;

export class Snapshots {
  readonly #journal: Journal<Fact>;
  readonly #options: SnapshotOptions;
  #lastSeq: number;
  #notBefore = 0;
  #saving: Promise<void> | null = null;

  constructor(journal: Journal<Fact>, options: SnapshotOptions, lastSeq: number) {
    this.#journal = journal;
    this.#options = options;
    this.#lastSeq = lastSeq;
  }

  /** The newest that can be believed, and the row that it includes. */
  static async latest(
    journal: Pick<Journal<Fact>, 'latestSnapshot'>,
    options: Pick<SnapshotOptions, 'version' | 'log' | 'beside'>,
  ): Promise<{ readonly state: State; readonly seq: number } | undefined> {
    const found = await journal.latestSnapshot(options.version);
    if (found === undefined) return undefined;
    const thawed = tryToThaw(found.bytes);
    if (thawed === undefined || stateHash(thawed.state) !== found.hash) {
      options.log(`snapshot ${found.seq} is damaged; the whole journal is read`);
      return undefined;
    }
    options.beside?.goOn(thawed.beside as never);
    return { state: thawed.state, seq: found.seq };
  }

  /** The state is what is on disk, up to the last row: one is taken if it is time. */
  settled(state: State): void {
    const seq = this.#journal.lastSeq;
    if (seq - this.#lastSeq < this.#options.everyFacts || this.#saving !== null) return;
    const startedAt = performance.now();
    if (startedAt < this.#notBefore) return;
    this.#lastSeq = seq;
    this.#saving = this.#take(state, seq)
      .catch((error: unknown) => this.#options.log(`snapshot ${seq}: not kept (${reason(error)})`))
      .finally(() => {
        this.#saving = null;
      });
    const tookMs = performance.now() - startedAt;
    this.#notBefore = startedAt + tookMs / (this.#options.shareMax ?? SHARE_MAX);
  }

  /** The bytes are made at once, before the state goes on; a failure costs a snapshot, never a call. */
  async #take(state: State, seq: number): Promise<void> {
    const bytes = freeze(state, this.#options.beside?.keep());
    const hash = stateHash(state);
    await this.#journal.saveSnapshot({ stateVersion: this.#options.version, seq, hash, bytes });
  }

  /** Resolves when none is being written. */
  async close(): Promise<void> {
    await this.#saving;
  }
}

function tryToThaw(bytes: Uint8Array): ReturnType<typeof thaw> | undefined {
  try {
    return thaw(bytes);
  } catch {
    return undefined;
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A number that changes whenever a line of the rules does: nobody can forget to count it up. */
export function codeVersion(): number {
  let crc = 0;
  for (const folder of ['../core', '../figures', '.']) {
    const path = join(import.meta.dirname, folder);
    const files = readdirSync(path, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort())
      crc = crc32(readFileSync(join(path, file)), crc32(file, crc));
  }
  return crc >>> 1; // a positive integer of 32 bits, as the database keeps it
}
