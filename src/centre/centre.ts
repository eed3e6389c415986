// A whole centre, assembled: its servers, the vault, the journal, the engine, telephony and the API, opened in the order
// in which they need each other and closed in the opposite one. `serve` and the demonstration open one; nothing here
// decides anything.

import { randomBytes } from 'node:crypto';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { type Api, openApi } from '../api/api.ts';
import type { ListenOptions, Tls } from '../api/listening.ts';
import type { LineBook } from '../api/phone/lent-lines.ts';
import type { Carrier } from '../api/phone/visitor-phone.ts';
import type { ReadConfiguration } from '../config/configuration-file.ts';
import { storedOwnerWords } from '../config/owner-words.ts';
import type { Fact } from '../core/fact.ts';
import type { AgentId } from '../core/id.ts';
import { migrate } from '../database/migrations/migrations.ts';
import { type Connection, chooseConnection, openPool } from '../database/pool.ts';
import { openDatabase } from '../database/schema.ts';
import { wallClock } from '../engine/clock.ts';
import { Engine } from '../engine/engine.ts';
import { LiveCounters } from '../engine/live-counters.ts';
import { codeVersion } from '../engine/snapshots.ts';
import type { Journal } from '../journal/journal.ts';
import { PostgresPages } from '../journal/postgres/postgres-pages.ts';
import { PostgresStore } from '../journal/postgres/postgres-store.ts';
import { claimFolder } from '../local/folder-claim.ts';
import { leasePorts } from '../local/ports.ts';
import { checkSecrets } from '../outbox/secrets.ts';
import { Passwords, type ScryptCost } from '../people/password.ts';
import { People } from '../people/people.ts';
import { PostgresPeopleStore } from '../people/postgres/postgres-people-store.ts';
import { PeopleSeal } from '../people/seal.ts';
import { CallbackAttempts } from '../records/callback-attempts.ts';
import { EndedCallbacks } from '../records/ended-callbacks.ts';
import { Follower } from '../records/follower.ts';
import { Notes } from '../records/notes.ts';
import { Projector } from '../records/projector.ts';
import { Reports } from '../records/reports.ts';
import { PostgresStoryIndex, Stories } from '../records/stories.ts';
import { AsteriskTelephony } from '../telephony/asterisk/asterisk-telephony.ts';
import { type AsteriskExtras, centreConfiguration } from '../telephony/asterisk/configuration/centre.ts';
import { fenceUrl } from '../telephony/asterisk/fence.ts';
import { isVoice, readVoice, type Voice } from '../telephony/asterisk/prompts.ts';
import { pageOf } from '../telephony/asterisk/seats.ts';
import { CallNotes } from '../vault/call-notes.ts';
import { ClientLinks } from '../vault/client-links.ts';
import { ConfigurationTexts } from '../vault/configuration-texts.ts';
import { EmailAddresses } from '../vault/email-addresses.ts';
import { type KeyRing, openKeyFile } from '../vault/key-file.ts';
import { PostgresVaultStore } from '../vault/postgres/postgres-vault-store.ts';
import { Vault } from '../vault/vault.ts';
import { CentreFailure } from './centre-failure.ts';
import { DataFolder, type Kept, newSecret, phoneSecret } from './data-folder.ts';
import { type EmbeddedAsterisk, embedAsterisk, embedPostgres, runFolder } from './embedded.ts';
import { openOutbox } from './outgoing.ts';
import { Prompts } from './prompt-room.ts';
import { ReplacedPrompts } from './replaced-prompts.ts';
import { openRights } from './rights.ts';
import { RunningConfiguration } from './running-configuration.ts';
import { untilAnswered } from './until-answered.ts';

export type CentreOptions = {
  /** The configuration at the start; null: what was in force last. */
  readonly read: ReadConfiguration | null;
  /** What it was read from, for people. */
  readonly configurationName?: string;
  readonly dataFolder: string;
  /** Where phones and the trunk reach us. */
  readonly sipAddress: string;
  /** Left out: 5060 when it is free, else another, kept from then on. */
  readonly sipPort?: number;
  readonly apiPort?: number;
  /** Left out: loopback. */
  readonly apiAddress?: string;
  readonly tls?: Tls;
  readonly trunk: { readonly address: string; readonly port: number };
  /** Numbers that belong to nobody may be called: only where every phone is our own. */
  readonly allowFictional?: boolean;
  /** Every step and prompt into Asterisk's own log: for tests. */
  readonly verbose?: boolean;
  /** Facts between two snapshots: a bench wants them often. */
  readonly snapshotEvery?: number;
  /** What a password costs to check; less where accounts live for a day. */
  readonly passwordCost?: ScryptCost;
  /** Of the demonstration: lends citizens' phones to pages. */
  readonly carrier?: Carrier;
  /** Beside what the centre needs of its Asterisk. */
  readonly extras?: AsteriskExtras;
  readonly log: (line: string) => void;
  /** Another process leads, or a bug was found. The process must end. */
  readonly onFatal: (error: Error) => void;
};

export type Centre = {
  readonly engine: Engine;
  readonly configuration: RunningConfiguration;
  /** Today's figures, as facts are committed. */
  readonly live: LiveCounters;
  readonly people: People;
  /** Where the first admin is made, when there is no account yet; used once. */
  readonly firstAdminUrl: string | null;
  readonly api: Api;
  readonly kept: Kept;
  readonly sip: { readonly address: string; readonly port: number };
  readonly versions: { readonly asterisk: string; readonly postgres: string };
  readonly asteriskFolder: string;
  phoneSecret(agent: string): string;
  /** Stops everything that was started, in order; calls end. */
  stop(): Promise<void>;
};

export const SHARD = 'c1';
const ARI_USER = 'rappel';
const RTP_PORTS = 400;
/** About a day of a national centre, read again in a second or two. */
const FACTS_A_SNAPSHOT = 100_000;

/** Opens the centre, or closes again what was opened and rejects with one clear line. */
export async function openCentre(options: CentreOptions): Promise<Centre> {
  const closing: Closing = [];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) {
      await close().catch((error: unknown) =>
        options.log(`while stopping: ${error instanceof Error ? error.message : error}`),
      );
    }
  };
  try {
    return await open(options, closing, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

export type Closing = (() => Promise<void>)[];

async function open(options: CentreOptions, closing: Closing, stop: () => Promise<void>): Promise<Centre> {
  assertOwnAddress(options.sipAddress);
  const claim = await claimFolder(options.dataFolder);
  closing.push(() => claim.release());
  const folder = new DataFolder(options.dataFolder);
  folder.refuseSimulated();
  const replaced = new ReplacedPrompts(folder.prompts, options.log);
  const voice = voiceOf(replaced);
  const store = await openStore(folder, closing, options.log);
  const { asterisk, asteriskFolder, kept } = await openAsterisk(folder, options);
  closing.push(() => asterisk.stop());
  folder.write(kept); // only now are the ports ours

  const secretOf = (agent: string) => phoneSecret(kept.phoneKey, agent);
  const ring = openKeyFile(folder.vaultKeyFile);
  const { engine, configuration, live, vault, phones } = await openEngine(
    options,
    { ring, kept, store, voice, secretOf },
    closing,
  );
  const people = openPeople(store, ring, options.passwordCost);
  const { reports, recorded } = openRecords(store, engine, options.log, closing);
  const notes = new Notes(reports);
  const listen = listening(options, folder.lastApiUrl());
  const { log } = options;
  const outbox = await openOutbox({ store, shard: SHARD, ring, vault, engine, configuration, log }, closing);
  const rights = { store, shard: SHARD, ring, vault, engine, people, outbox, configuration, recorded, log };
  const persons = openRights(rights, closing);
  const facts = () => new PostgresPages<Fact>(SHARD, store.pool, store.connection);
  const stories = new Stories(new PostgresStoryIndex(store.pool, SHARD), facts, recorded);
  const token = kept.apiToken;
  const carrier = options.carrier === undefined ? {} : { carrier: options.carrier };
  const tables = tablesOf(store, ring);
  const prompts = new Prompts(PROMPTS_ROOT, () => configuration.file, replaced);
  const rooms = {
    ...tables,
    reports,
    notes,
    stories,
    live,
    facts,
    outbox,
    persons,
    phones,
    prompts,
    ...carrier,
  };
  const api = await openApi({ engine, configuration, people, ...rooms, token, listen, log });
  closing.push(() => api.close());
  folder.tellApi({ url: api.localUrl, token: kept.apiToken });
  const stopTidying = people.keepTidy(log);
  closing.push(async () => stopTidying());
  const link = await untilAnswered(() => people.offerFirstAdmin(), log);
  return {
    engine,
    configuration,
    live,
    people,
    firstAdminUrl: link === null ? null : `${api.url}/first-admin/${link}`,
    api,
    kept,
    sip: { address: options.sipAddress, port: kept.sipPort },
    versions: { asterisk: asterisk.binary.version, postgres: store.version },
    asteriskFolder,
    phoneSecret: secretOf,
    stop,
  };
}

/** What the pages of agents and clients read, and write, beside the journal. */
function tablesOf({ pool }: Store, ring: KeyRing) {
  return {
    emails: new EmailAddresses(pool, ring),
    callNotes: new CallNotes(pool, ring, SHARD),
    attempts: new CallbackAttempts(pool, SHARD),
    clients: {
      links: new ClientLinks(pool, SHARD, () => wallClock.now()),
      ended: new EndedCallbacks(pool, SHARD),
    },
  };
}

function listening({ apiPort, apiAddress, tls }: CentreOptions, lastUrl: string | undefined): ListenOptions {
  return {
    port: apiPort ?? { like: lastUrl },
    ...(apiAddress === undefined ? {} : { address: apiAddress }),
    ...(tls === undefined ? {} : { tls }),
  };
}

/** Asterisk says nothing when it is told to listen at an address that is not this machine's. */
function assertOwnAddress(address: string): void {
  const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const isOwn = address.startsWith('127.') || address === '0.0.0.0' || own.some((i) => i.address === address);
  if (!isOwn) {
    throw new CentreFailure(
      'centre.address_unknown',
      `this machine does not have the address ${address}; give one of ${own.map((i) => i.address).join(', ')} with --sip-address`,
    );
  }
}

type Opened = { readonly asterisk: EmbeddedAsterisk; readonly asteriskFolder: string; readonly kept: Kept };

/** With the ports of last time; when somebody else has taken one meanwhile, and no Asterisk of ours, with new ones. */
async function openAsterisk(folder: DataFolder, options: CentreOptions): Promise<Opened> {
  const asteriskFolder = join(runFolder(folder.path), 'asterisk');
  const start = async (kept: Kept): Promise<Opened> => {
    const configuration = asteriskConfiguration(options, kept);
    const { log } = options;
    return {
      asterisk: await embedAsterisk({ runDir: asteriskFolder, name: SHARD, log, configuration }),
      asteriskFolder,
      kept,
    };
  };
  const kept = await keptOf(folder, options);
  try {
    return await start(kept);
  } catch (error) {
    const isTaken = (error as { code?: unknown }).code === 'asterisk.port_in_use';
    if (!isTaken || options.sipPort !== undefined) throw error;
    return start(await newPorts(kept, options));
  }
}

function asteriskConfiguration(options: CentreOptions, kept: Kept): Readonly<Record<string, string>> {
  return centreConfiguration({
    httpPort: kept.httpPort,
    ari: { user: ARI_USER, password: kept.ariPassword },
    sip: { address: options.sipAddress, port: kept.sipPort, trunk: options.trunk },
    rtp: { first: kept.rtpFirst, last: kept.rtpLast },
    fenceUrl: fenceUrl(kept.fencePort, kept.fenceSecret),
    verbose: options.verbose ?? false,
    ...(options.extras && { extras: options.extras }),
  });
}

type Parts = {
  readonly ring: KeyRing;
  readonly kept: Kept;
  readonly store: Store;
  readonly voice: Voice;
  readonly secretOf: (agent: string) => string;
};

type Running = {
  readonly vault: Vault;
  readonly engine: Engine;
  readonly configuration: RunningConfiguration;
  readonly live: LiveCounters;
  readonly phones: LineBook;
};

/** The vault, the lead of the journal, the replay, and then the telephony, which tells first what lives. */
async function openEngine(options: CentreOptions, parts: Parts, closing: Closing): Promise<Running> {
  const { ring, kept, store, voice, secretOf } = parts;
  const vault = new Vault(ring, new PostgresVaultStore(openDatabase(store.pool)));
  await vault.checkKeys();
  const journal: Journal<Fact> = await store.journals.lead<Fact>(SHARD, {
    holder: `${hostname()} ${process.pid}`,
  });
  const telephony = new AsteriskTelephony({
    ari: { host: '127.0.0.1', port: kept.httpPort, user: ARI_USER, password: kept.ariPassword },
    fence: { port: kept.fencePort, secret: kept.fenceSecret },
    voice,
    log: options.log,
    replaced: () =>
      options.onFatal(
        new CentreFailure('centre.replaced', 'another process took over the calls; stop one of the two'),
      ),
  });
  const live = new LiveCounters(undefined, (error) =>
    options.log(`live figures have stopped at a bug, calls go on: ${error.message}`),
  );
  const engine = await Engine.recover({
    journal,
    numbers: vault,
    telephony,
    clock: wallClock,
    random: () => randomBytes(4).readUInt32LE(),
    onFatal: options.onFatal,
    onReplayed: (row) => live.hear(row),
    snapshots: {
      version: codeVersion(),
      everyFacts: options.snapshotEvery ?? FACTS_A_SNAPSHOT,
      log: options.log,
      beside: live,
    },
  });
  engine.onCommitted((committed) => live.hear(committed));
  closing.push(() => engine.close());
  const configuration = new RunningConfiguration(
    {
      vault,
      allowFictional: options.allowFictional ?? false,
      seat: ({ agents }) => telephony.seat(agents.map(({ id }) => ({ agent: id, secret: secretOf(id) }))),
      inspect: (file) => checkSecrets(file, process.env),
      texts: new ConfigurationTexts(store.pool, ring, SHARD),
      now: () => wallClock.now(),
      log: options.log,
    },
    options.read,
    options.configurationName,
  );
  await configuration.open(engine);
  const stopKeeping = configuration.keepFresh();
  closing.push(async () => stopKeeping());
  const phones: LineBook = {
    port: kept.httpPort,
    userOf: (agent) => pageOf(agent as AgentId),
    open: (agent, password) => telephony.lendPage(agent as AgentId, password),
    close: (agent) => telephony.takePageBack(agent as AgentId),
  };
  return { engine, configuration, live, vault, phones };
}

/** Records follow the journal while the centre is open; what is reported comes from them. */
function openRecords(store: Store, engine: Engine, log: (line: string) => void, closing: Closing) {
  const pages = new PostgresPages<Fact>(SHARD, store.pool, store.connection);
  const follower = new Follower(new Projector(store.pool, pages), log);
  const stopHearing = engine.onCommitted(() => follower.wake());
  closing.push(async () => {
    stopHearing();
    await follower.close();
  });
  const reports = new Reports(store.pool, SHARD, () => wallClock.now(), storedOwnerWords);
  const recorded = (seq: number): Promise<void> => {
    follower.wake();
    return follower.reached(seq);
  };
  return { reports, recorded };
}

function openPeople(store: Store, ring: KeyRing, cost?: ScryptCost): People {
  return new People({
    store: new PostgresPeopleStore(store.pool),
    seal: new PeopleSeal(ring),
    passwords: new Passwords(cost),
    now: () => wallClock.now(),
  });
}

export type Store = {
  readonly pool: pg.Pool;
  readonly connection: Connection;
  readonly journals: PostgresStore;
  readonly version: string;
};

async function openStore(folder: DataFolder, closing: Closing, log: (line: string) => void): Promise<Store> {
  const url = process.env.DATABASE_URL;
  const isElsewhere = url !== undefined && url !== '';
  const embedded = isElsewhere ? null : await embedPostgres(folder.postgres, log);
  if (embedded !== null) closing.push(() => embedded.stop());
  const connection =
    embedded === null ? chooseConnection(process.env, { url: url ?? '' }) : embedded.connection;
  let isEnding = false;
  const pool = openPool(connection, {
    onError: (message) => {
      if (!isEnding) log(`PostgreSQL: ${message}`);
    },
  });
  closing.push(() => {
    isEnding = true;
    return pool.end();
  });
  await migrate(openDatabase(pool));
  const { rows } = await pool.query<{ server_version: string }>('show server_version');
  return {
    pool,
    connection,
    journals: new PostgresStore(connection, pool),
    version: rows[0]?.server_version ?? 'unknown',
  };
}

/** What the last start used, because its Asterisk may still live; with another SIP port, new ones. Secrets stay. */
export async function keptOf(folder: DataFolder, options: Pick<CentreOptions, 'sipPort'>): Promise<Kept> {
  const before = folder.read();
  const isSame = before !== undefined && (options.sipPort ?? before.sipPort) === before.sipPort;
  return isSame ? before : newPorts(before, options);
}

async function newPorts(before: Kept | undefined, options: Pick<CentreOptions, 'sipPort'>): Promise<Kept> {
  const ports = await leasePorts(RTP_PORTS + 4);
  const base = ports.first + RTP_PORTS;
  return {
    shard: SHARD,
    ariPassword: before?.ariPassword ?? newSecret(),
    fenceSecret: before?.fenceSecret ?? newSecret(),
    apiToken: before?.apiToken ?? newSecret(),
    phoneKey: before?.phoneKey ?? newSecret(),
    httpPort: base,
    fencePort: base + 1,
    sipPort: options.sipPort ?? base + 2,
    rtpFirst: ports.first,
    rtpLast: ports.first + RTP_PORTS - 1,
  };
}

/** The folder that holds prompts/. */
const PROMPTS_ROOT = join(import.meta.dirname, '../..');

function voiceOf(replaced: ReplacedPrompts): Voice {
  const voice = readVoice(PROMPTS_ROOT, (prompt, language) => replaced.soundOf(prompt, language));
  if (!isVoice(voice)) throw new CentreFailure(voice.code, voice.message);
  return voice;
}
