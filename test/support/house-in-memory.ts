// A whole house in memory behind its API: the real engine, vault and journal contract, the simulated exchange and its
// network, in virtual time. Requests go over loopback, as those of a real client do.

import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Api, openApi } from '../../src/api/api.ts';
import type { LineBook } from '../../src/api/phone/lent-lines.ts';
import type { Carrier } from '../../src/api/phone/visitor-phone.ts';
import type { Limits } from '../../src/api/rate-limits.ts';
import { Prompts } from '../../src/centre/prompt-room.ts';
import { ReplacedPrompts } from '../../src/centre/replaced-prompts.ts';
import { RunningConfiguration } from '../../src/centre/running-configuration.ts';
import { parseConfiguration } from '../../src/config/configuration-file.ts';
import type { Fact } from '../../src/core/fact.ts';
import type { CallbackId, NumberKey } from '../../src/core/id.ts';
import { Engine } from '../../src/engine/engine.ts';
import { LiveCounters } from '../../src/engine/live-counters.ts';
import type { Row } from '../../src/journal/journal.ts';
import { MemoryStore } from '../../src/journal/memory/memory-store.ts';
import type { OutboxRoom } from '../../src/outbox/outbox.ts';
import { MemoryPeopleStore } from '../../src/people/memory/memory-people-store.ts';
import { Passwords } from '../../src/people/password.ts';
import { People } from '../../src/people/people.ts';
import { PeopleSeal } from '../../src/people/seal.ts';
import type { EndedCallback } from '../../src/records/ended-callbacks.ts';
import { Persons } from '../../src/rights/persons.ts';
import { SimulatedExchange } from '../../src/telephony/simulated/exchange.ts';
import { SimulatedNetwork } from '../../src/telephony/simulated/network.ts';
import { SimulatedTelephony } from '../../src/telephony/simulated/simulated-telephony.ts';
import { allSettle, VirtualTime } from '../../src/twin/virtual-time.ts';
import { KeyRing } from '../../src/vault/key-file.ts';
import { MemoryConfigurationTexts } from '../../src/vault/memory/memory-configuration-texts.ts';
import { MemoryVaultStore } from '../../src/vault/memory/memory-vault-store.ts';
import { Vault } from '../../src/vault/vault.ts';
import { storiesIn } from './stories-in-memory.ts';

export type Answer = {
  readonly status: number;
  readonly type: string;
  readonly said: Record<string, unknown>;
};

const PAGE_ROWS = 7; // so few that a short story has several pages

const NO_LIMITS: Limits = {
  ...{ perCallerPerMinute: 1e6, strangersPerMinute: 1e6, signInsPerMinute: 1e6 },
  ...{ linksPerMinute: 1e6, linkChangesPerHour: 1e6 },
};

/** An outbox without endpoints, in which nothing ever was. */
const NOTHING_SENT: OutboxRoom = {
  deliveries: async () => [],
  endpoints: async () => [],
  enable: async () => null,
  test: async () => null,
  rotate: async () => null,
  retry: async () => false,
};

/** Nothing but the core and the vault holds anything here. */
function personsOf({ engine, people, vault, store }: HouseInMemory): Persons {
  const none = async () => [];
  return new Persons({
    engine,
    audit: people.audit,
    find: (text) => vault.find(text),
    vault: {
      keysOf: async (mainKey) =>
        [...(store.tables.get('vault')?.values() ?? [])]
          .filter((row) => row.main_key === mainKey)
          .map((row) => row.number_key as NumberKey),
      heldOf: none,
    },
    emails: { addressOf: async () => undefined },
    notes: { ofPerson: none },
    links: { ofPerson: none },
    deliveries: { ofPerson: none },
    records: {
      heldOf: async () => ({ calls: [], places: [], callbacks: [], attempts: [], surveys: [] }),
    },
    reached: async () => {},
  });
}

export class HouseInMemory {
  readonly token = 'token-of-a-test';
  readonly time: VirtualTime;
  /** Everybody at the other end of the wires; nobody, until a test brings them. */
  readonly network: SimulatedNetwork;
  readonly store = new MemoryStore();
  readonly vault: Vault;
  readonly people: People;
  readonly peopleStore = new MemoryPeopleStore();
  /** The agents, each time that phones were seated. */
  readonly seated: string[][] = [];
  readonly logged: string[] = [];
  readonly live = new LiveCounters();
  /** Tokens of clients' links, and the callbacks that they lead to. */
  readonly links = new Map<string, CallbackId>();
  readonly linkNumbers = new Map<CallbackId, NumberKey>();
  /** What the owners wrote, as the vault keeps it. */
  readonly texts = new MemoryConfigurationTexts();
  /** Clients' addresses by the key of their number. */
  readonly emails = new Map<string, string>();
  /** How callbacks ended, as the records would know. */
  readonly ended = new Map<CallbackId, EndedCallback>();
  /** Phrases in the owners' own voice; made by the first of them. */
  readonly promptsFolder = join(tmpdir(), `rp-prompts-${randomUUID()}`);
  engine!: Engine;
  running!: RunningConfiguration;
  api!: Api;

  private constructor(now: number) {
    this.time = new VirtualTime(now);
    this.network = new SimulatedNetwork(this.time);
    const ring = new KeyRing([{ id: 'k1', secret: Buffer.alloc(32, 1) }], 'k1', Buffer.alloc(32, 2));
    this.vault = new Vault(ring, new MemoryVaultStore(this.store.tables));
    this.people = new People({
      store: this.peopleStore,
      seal: new PeopleSeal(ring),
      passwords: new Passwords({ logN: 4, p: 1 }),
      now: () => this.time.now(),
    });
  }

  static async open(options: {
    readonly yaml: string;
    readonly now: number;
    /** Left out: none that a test would come near. */
    readonly limits?: Limits;
    readonly openIdSecret?: string;
    /** Of pages; left out: there are none. */
    readonly phones?: LineBook;
    readonly carrier?: Carrier;
  }): Promise<HouseInMemory> {
    const { yaml, now, limits = NO_LIMITS, openIdSecret, phones, carrier } = options;
    const house = new HouseInMemory(now);
    const { store, time, vault } = house;
    const log = (line: string) => void house.logged.push(line);
    const exchange = new SimulatedExchange(time, house.network);
    const telephony = new SimulatedTelephony({ exchange, timeline: time, latencyMs: () => 0 });
    house.engine = await Engine.recover({
      journal: await store.lead<Fact>('c1', { holder: 'test', takeover: 'now' }),
      numbers: vault,
      telephony,
      clock: time,
      random: () => 7,
      onFatal: (error) => {
        throw error;
      },
    });
    house.running = new RunningConfiguration(
      {
        vault,
        allowFictional: false,
        seat: async ({ agents }) => {
          house.seated.push(agents.map(({ id }) => id));
          await telephony.seat(agents.map(({ id }) => ({ agent: id, secret: 'of a test' })));
        },
        texts: house.texts,
        now: () => time.now(),
        log,
      },
      parseConfiguration(yaml, 'centre.yaml', { nowAt: now }),
    );
    house.engine.onCommitted((committed) => house.live.hear(committed));
    await house.running.open(house.engine);
    await house.engine.settled();
    const { engine, running: configuration, people, token } = house;
    const listen = { port: { like: undefined } };
    const rows = store.shard('c1').rows as readonly Row<Fact>[];
    const parts = {
      live: house.live,
      facts: () => ({ page: async (from: number) => rows.slice(from - 1, from - 1 + PAGE_ROWS) }),
      stories: storiesIn(store),
      outbox: NOTHING_SENT,
      prompts: new Prompts(
        join(import.meta.dirname, '../..'),
        () => house.running.file,
        new ReplacedPrompts(house.promptsFolder, log),
      ),
      persons: personsOf(house),
      emails: {
        put: async (key: string, address: string) => void house.emails.set(key, address),
        erase: async (key: string) => house.emails.delete(key),
      },
      ...(openIdSecret === undefined ? {} : { openIdSecret }),
      ...(phones === undefined ? {} : { phones }),
      ...(carrier === undefined ? {} : { carrier }),
      now: () => time.now(),
      clock: time,
      clients: {
        links: linksOf(house),
        ended: { endedCallback: async (callback: CallbackId) => house.ended.get(callback) ?? null },
      },
    };
    house.api = await openApi({ engine, configuration, people, token, limits, listen, log, ...parts });
    return house;
  }

  /** Below /api/v1; an object goes as JSON, a text as YAML. */
  async ask(method: string, path: string, body?: object | string): Promise<Answer> {
    const type = typeof body === 'string' ? 'application/yaml' : 'application/json';
    const answer = await fetch(`${this.api.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const said = (await answer.json()) as Record<string, unknown>;
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', said };
  }

  /** Time goes on by so much, deadline by deadline. */
  async pass(ms: number): Promise<void> {
    const until = this.time.now() + ms;
    this.time.wake(until, () => {}); // an appointment, so that time arrives there
    while (this.time.step(until)) await allSettle();
  }

  async close(): Promise<void> {
    await this.api.close();
    await this.engine.close();
    rmSync(this.promptsFolder, { recursive: true, force: true });
  }
}

/** A link's number is that of its callback, as long as that lives; a test that needs it later sets it. */
function linksOf(house: HouseInMemory) {
  return {
    callbackOfLink: async (token: string) => house.links.get(token) ?? null,
    numberOfLinks: async (callback: CallbackId) => house.linkNumbers.get(callback) ?? null,
    moveLinks: async (before: CallbackId, to: CallbackId, numberKey: NumberKey) => {
      for (const [token, callback] of house.links) if (callback === before) house.links.set(token, to);
      house.linkNumbers.set(to, numberKey);
    },
  };
}
