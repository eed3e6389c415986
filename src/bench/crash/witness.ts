// Two witnesses beside the service: one reads the journal as it is committed, from whichever PostgreSQL of the data
// folder runs now; the other hears from the centre's Asterisk, whichever runs now, what it begins to say, and lists what
// lives in it. Both are cut off by each crash and come back by themselves. They tell what they see and judge nothing.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataFolder } from '../../centre/data-folder.ts';
import type { Fact } from '../../core/fact.ts';
import type { Channel } from '../../core/id.ts';
import { openPool } from '../../database/pool.ts';
import type { JournalReader } from '../../journal/journal.ts';
import { PostgresStore } from '../../journal/postgres/postgres-store.ts';
import { superuser } from '../../local/postgres-data.ts';
import { AriSocket } from '../../telephony/asterisk/ari-socket.ts';
import type { AriEvent } from '../../telephony/asterisk/ari-types.ts';
import type { Ledger, SeenRow } from './ledger.ts';

const LOOK_EVERY_MS = 250;
const SHARD = 'c1';

export type Witness = { close(): Promise<void> };

/** Every committed row, once, in order, to the ledger and then to `hear`. */
export function followJournal(folder: DataFolder, ledger: Ledger, hear: (row: SeenRow) => void): Witness {
  const stopping = new AbortController();
  const take = (row: SeenRow): void => {
    ledger.note(row);
    hear(row);
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const host = socketFolderOf(folder);
      if (host !== undefined) await followFrom(host, folder, ledger, take, stopping.signal);
      await pause(LOOK_EVERY_MS);
    }
  };
  const done = run();
  return {
    close: async () => {
      stopping.abort();
      await done;
    },
  };
}

/** Until the server's socket is another one. */
async function followFrom(
  host: string,
  folder: DataFolder,
  ledger: Ledger,
  take: (row: SeenRow) => void,
  signal: AbortSignal,
): Promise<void> {
  const connection = { host, port: 5432, user: superuser, database: 'rappel' };
  const pool = openPool(connection, { sizeMax: 1, onError: () => {} });
  try {
    const reader = new PostgresStore(connection, pool).reader<Fact>(SHARD);
    await lookBack(reader, ledger);
    const tail = reader.tail(ledger.lastSeq + 1, ({ seq, at, checksum, fact }) => {
      take({ seq, at, checksum, fact });
    });
    while (!signal.aborted && socketFolderOf(folder) === host) await pause(LOOK_EVERY_MS);
    await tail.stop();
  } catch {
    // The server is away: it is looked for again.
  } finally {
    await pool.end().catch(() => undefined);
  }
}

/** Whether our last row is still there. Checksums are chained: it vouches for all the rows before it. */
async function lookBack(reader: JournalReader<Fact>, ledger: Ledger): Promise<void> {
  if (ledger.lastSeq === 0) return;
  let found: SeenRow | null = null;
  if ((await reader.newestSeq()) >= ledger.lastSeq) {
    const enough = new Error('found');
    await reader
      .replay(ledger.lastSeq, ({ seq, at, checksum, fact }) => {
        found ??= { seq, at, checksum, fact };
        throw enough;
      })
      .catch((error: unknown) => {
        if (error !== enough) throw error;
      });
  }
  ledger.noteAgain(found);
}

/** The fifth line of its process file; undefined while there is none. */
function socketFolderOf(folder: DataFolder): string | undefined {
  try {
    return readFileSync(join(folder.postgres, 'postmaster.pid'), 'utf8').split('\n')[4]?.trim() || undefined;
  } catch {
    return undefined;
  }
}

const APP = 'witness';
const ACKNOWLEDGED = /registered\.done$/;

export class AsteriskWitness {
  readonly #ledger: Ledger;
  readonly #address: { readonly port: number; readonly password: string };
  readonly #done: Promise<void>;
  #ari: AriSocket | undefined;
  #closed = false;

  constructor(address: { readonly port: number; readonly password: string }, ledger: Ledger) {
    this.#ledger = ledger;
    this.#address = address;
    this.#done = this.#stayConnected();
  }

  /** Ids of what lives in the centre's Asterisk; undefined while it does not answer. */
  async living(): Promise<string[] | undefined> {
    const channels = await this.#ari?.request('GET /channels', {});
    const bridges = await this.#ari?.request('GET /bridges', {});
    if (!channels?.ok || !bridges?.ok) return undefined;
    return [...channels.value.map(({ id }) => id), ...bridges.value.map(({ id }) => id)];
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#ari?.close('closed by us');
    await this.#done;
  }

  async #stayConnected(): Promise<void> {
    while (!this.#closed) {
      const { promise: cut, resolve } = Promise.withResolvers<void>();
      try {
        this.#ari = await AriSocket.connect(
          { host: '127.0.0.1', ...this.#address, user: 'rappel', apps: [APP] },
          { event: (event) => this.#note(event), closed: () => resolve() },
        );
        await this.#ari.request('POST /applications/{applicationName}/subscription', {
          applicationName: APP,
          eventSource: ['channel:'],
        });
        await cut;
      } catch {
        // It is being started again.
      }
      this.#ari = undefined;
      if (!this.#closed) await pause(LOOK_EVERY_MS);
    }
  }

  #note(event: AriEvent): void {
    if (event.type !== 'PlaybackStarted') return;
    const { target_uri: target, media_uri: media } = event.playback;
    if (ACKNOWLEDGED.test(media)) this.#ledger.noteAcknowledged(target.slice('channel:'.length) as Channel);
  }
}
