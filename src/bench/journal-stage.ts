// Where the journal bench works: a PostgreSQL of its own, the vault, and an engine
// that leads a shard there, with a telephony that does nothing. All of it is gone afterwards.

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import type { Fact } from '../core/fact.ts';
import type { NumberKey } from '../core/id.ts';
import { migrate } from '../database/migrations/migrations.ts';
import { type Connection, openPool } from '../database/pool.ts';
import { openDatabase } from '../database/schema.ts';
import { wallClock } from '../engine/clock.ts';
import { Engine } from '../engine/engine.ts';
import type { SnapshotOptions } from '../engine/snapshots.ts';
import type { JournalReader } from '../journal/journal.ts';
import { PostgresStore } from '../journal/postgres/postgres-store.ts';
import { startPostgres } from '../local/postgres.ts';
import type { Telephony } from '../telephony/telephony.ts';
import { Random } from '../twin/random.ts';
import { openKeyFile } from '../vault/key-file.ts';
import { PostgresVaultStore } from '../vault/postgres/postgres-vault-store.ts';
import { Vault } from '../vault/vault.ts';
import { AGENTS, CallStream, streamConfiguration } from './call-stream.ts';
import { Clearing } from './clearing.ts';

/** A shard of this bench alone, where the server is not. */
export const SHARD = 'bench';
/** Called again from the same numbers after so many calls. */
const CALLERS = 40_000;

export type JournalStage = {
  readonly engine: Engine;
  readonly reader: JournalReader<Fact>;
  readonly stream: CallStream;
  readonly pool: pg.Pool;
  readonly postgres: string;
  /** Rejects when nothing more will be committed: with what the engine died of, or because the bench is stopped. */
  readonly over: Promise<never>;
  close(): Promise<void>;
};

export function openJournalStage(seed: number, snapshots?: SnapshotOptions): Promise<JournalStage> {
  const clearing = new Clearing();
  return clearing.opening(() => openStage(seed, clearing, snapshots));
}

async function openStage(
  seed: number,
  clearing: Clearing,
  snapshots: SnapshotOptions | undefined,
): Promise<JournalStage> {
  const folder = await mkdtemp(join(tmpdir(), 'rp-bench-'));
  clearing.add(() => rm(folder, { recursive: true, force: true }));
  // As root the server runs as another user, who has to get through to its data.
  await chmod(folder, 0o711);
  const server = await startPostgres({ dataDir: join(folder, 'postgres') });
  clearing.add(() => server.stop());
  const pool = openPool(server.connection);
  clearing.add(() => pool.end());
  await migrate(openDatabase(pool));
  const { promise: over, reject: end } = Promise.withResolvers<never>();
  over.catch(() => undefined); // told to whoever measures, at the next commit they wait for
  const { engine, keys } = await openEngine(
    server.connection,
    pool,
    join(folder, 'vault.key'),
    end,
    snapshots,
  );
  clearing.add(() => engine.close());
  // Cleared away first: whoever measures lets go of the database, which waits for that.
  clearing.add(() => end(new Error('the bench was stopped')));
  const stream = new CallStream(new Random(seed), keys);
  return {
    engine,
    reader: new PostgresStore(server.connection, pool).reader<Fact>(SHARD),
    stream,
    pool,
    postgres: server.version,
    over,
    close: () => clearing.clear(),
  };
}

async function openEngine(
  connection: Connection,
  pool: pg.Pool,
  keyFile: string,
  onFatal: (error: Error) => void,
  snapshots: SnapshotOptions | undefined,
) {
  const vault = new Vault(openKeyFile(keyFile), new PostgresVaultStore(openDatabase(pool)));
  // Telephony gives a caller's number to the vault before the engine hears of the call: done beforehand here.
  const keys = Array.from(
    { length: CALLERS },
    (_, index): NumberKey => vault.remember(`+161355${10_000 + index}`),
  );
  const random = new Random(0);
  const engine = await Engine.recover({
    journal: await new PostgresStore(connection, pool).lead<Fact>(SHARD, { holder: 'rappel bench' }),
    numbers: vault,
    telephony: noTelephony,
    clock: wallClock,
    random: () => random.uint32(),
    onFatal,
    ...(snapshots && { snapshots }),
  });
  const configuration = streamConfiguration();
  await engine.open(configuration, 'bench');
  for (const { id } of configuration.agents) engine.tell({ type: 'agent.sign_in', agent: id });
  await engine.settled();
  if (engine.state.agents.size !== AGENTS) throw new Error('the agents of the bench did not sign in');
  return { engine, keys };
}

/** Effects lead nowhere: what would follow from them, the stream brings. */
const noTelephony: Telephony = {
  open: async (house) => house.tell({ type: 'telephony.resynced', channels: [] }),
  perform: () => {},
  seat: async () => {},
  close: async () => {},
};
