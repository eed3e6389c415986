// A whole house behind its API as that in memory, but with everything that is kept on a real PostgreSQL: journal, vault,
// records, outbox, people, rights. The exchange is the simulated one, and time is virtual.

import { randomBytes } from 'node:crypto';
import { type Api, openApi } from '../../src/api/api.ts';
import { LIMITS } from '../../src/api/rate-limits.ts';
import { eraserOf, type Rights, rightsOf } from '../../src/centre/rights.ts';
import { RunningConfiguration } from '../../src/centre/running-configuration.ts';
import { parseConfiguration } from '../../src/config/configuration-file.ts';
import type { Fact } from '../../src/core/fact.ts';
import type { Channel } from '../../src/core/id.ts';
import { Engine } from '../../src/engine/engine.ts';
import { PostgresPages } from '../../src/journal/postgres/postgres-pages.ts';
import { PostgresStore } from '../../src/journal/postgres/postgres-store.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import { Passwords } from '../../src/people/password.ts';
import { People } from '../../src/people/people.ts';
import { PostgresPeopleStore } from '../../src/people/postgres/postgres-people-store.ts';
import { PeopleSeal } from '../../src/people/seal.ts';
import { Follower } from '../../src/records/follower.ts';
import { Notes } from '../../src/records/notes.ts';
import { Projector } from '../../src/records/projector.ts';
import { Reports } from '../../src/records/reports.ts';
import { PostgresStoryIndex, Stories } from '../../src/records/stories.ts';
import { SimulatedExchange } from '../../src/telephony/simulated/exchange.ts';
import { SimulatedNetwork } from '../../src/telephony/simulated/network.ts';
import { SimulatedTelephony } from '../../src/telephony/simulated/simulated-telephony.ts';
import { allSettle, VirtualTime } from '../../src/twin/virtual-time.ts';
import { EmailAddresses } from '../../src/vault/email-addresses.ts';
import { KeyRing } from '../../src/vault/key-file.ts';
import { PostgresVaultStore } from '../../src/vault/postgres/postgres-vault-store.ts';
import { Vault } from '../../src/vault/vault.ts';
import type { TestDatabase } from './database.ts';
import { registerByPhone } from './register-by-phone.ts';

const SHARD = 'c1';

export class HouseOnPostgres {
  readonly time: VirtualTime;
  readonly ring = new KeyRing([{ id: 'k1', secret: Buffer.alloc(32, 1) }], 'k1', Buffer.alloc(32, 2));
  readonly logged: string[] = [];
  readonly database: TestDatabase;
  vault!: Vault;
  engine!: Engine;
  people!: People;
  reports!: Reports;
  notes!: Notes;
  outbox!: Outbox;
  rights!: Rights;
  running!: RunningConfiguration;
  api!: Api;
  #follower!: Follower;

  private constructor(database: TestDatabase, now: number) {
    this.database = database;
    this.time = new VirtualTime(now);
  }

  static async open(options: {
    readonly database: TestDatabase;
    readonly yaml: string;
    readonly now: number;
  }): Promise<HouseOnPostgres> {
    const house = new HouseOnPostgres(options.database, options.now);
    await house.#openEngine(options.yaml);
    await house.#openRooms();
    return house;
  }

  async #openEngine(yaml: string): Promise<void> {
    const { database, time, ring } = this;
    const log = (line: string) => void this.logged.push(line);
    this.vault = new Vault(ring, new PostgresVaultStore(database.database));
    const exchange = new SimulatedExchange(time, new SimulatedNetwork(time));
    this.engine = await Engine.recover({
      journal: await new PostgresStore(database.connection, database.pool).lead<Fact>(SHARD, {
        holder: 'test',
      }),
      numbers: this.vault,
      telephony: new SimulatedTelephony({ exchange, timeline: time, latencyMs: () => 0 }),
      clock: time,
      random: () => randomBytes(4).readUInt32LE(),
      onFatal: (error) => {
        throw error;
      },
      snapshots: { version: 1, everyFacts: 20, log },
    });
    const read = parseConfiguration(yaml, 'centre.yaml', { nowAt: time.now() });
    const parts = {
      vault: this.vault,
      allowFictional: false,
      seat: async () => {},
      now: () => time.now(),
      log,
    };
    this.running = new RunningConfiguration(parts, read);
    await this.running.open(this.engine);
  }

  async #openRooms(): Promise<void> {
    const { database, time, ring, engine, vault } = this;
    const { pool, connection } = database;
    const log = (line: string) => void this.logged.push(line);
    const now = () => time.now();
    const pages = () => new PostgresPages<Fact>(SHARD, pool, connection);
    this.people = new People({
      store: new PostgresPeopleStore(pool),
      seal: new PeopleSeal(ring),
      passwords: new Passwords({ logN: 4, p: 1 }),
      now,
    });
    this.#follower = new Follower(new Projector(pool, pages()), log);
    this.reports = new Reports(pool, SHARD, now);
    this.notes = new Notes(this.reports);
    const store = { pool, connection, journals: new PostgresStore(connection, pool), version: '' };
    this.outbox = await Outbox.open(
      {
        pool,
        source: pages(),
        destinations: {
          mobileOf: async () => undefined,
          emailOf: (numberKey) => new EmailAddresses(pool, ring).addressOf(numberKey),
          linkOf: async () => '',
        },
        erase: eraserOf({ store, shard: SHARD, ring, engine }),
        file: () => this.running.file,
        environment: {},
        now,
        chance: () => 0,
        log,
      },
      0,
    );
    engine.onCommitted(() => {
      this.outbox.wake();
      this.#follower.wake();
    });
    this.rights = rightsOf({
      ...{ store, shard: SHARD, ring, vault, engine, people: this.people, outbox: this.outbox },
      ...{ configuration: this.running, recorded: (seq) => this.recorded(seq), now, log },
    });
    this.api = await openApi({
      ...{ engine, configuration: this.running, people: this.people, token: 'token-of-a-test', now, log },
      ...{ reports: this.reports, notes: this.notes, outbox: this.outbox, persons: this.rights.persons },
      emails: new EmailAddresses(pool, ring),
      facts: pages,
      stories: new Stories(new PostgresStoryIndex(pool, SHARD), pages, (seq) => this.recorded(seq)),
      limits: { ...LIMITS, perCallerPerMinute: 1e6, strangersPerMinute: 1e6, signInsPerMinute: 1e6 },
      listen: { port: { like: undefined } },
    });
  }

  /** Resolves when records and outbox have taken in all that is committed. */
  async caughtUp(): Promise<void> {
    const { seq } = await this.engine.written();
    await Promise.all([this.recorded(seq), this.outbox.reached(seq)]);
  }

  recorded(seq: number): Promise<void> {
    this.#follower.wake();
    return this.#follower.reached(seq);
  }

  async pass(ms: number): Promise<void> {
    const until = this.time.now() + ms;
    this.time.wake(until, () => {});
    while (this.time.step(until)) await allSettle();
    await this.engine.settled();
  }

  /** Somebody takes a callback at the number they call from, and hangs up. Gives its id. */
  async register(name: string, number: string): Promise<number> {
    const { engine } = this;
    await registerByPhone(this, name as Channel, number);
    await this.pass(1_000);
    return Math.max(...engine.state.callbacks.keys());
  }

  async close(): Promise<void> {
    await this.api.close();
    await this.outbox.close();
    await this.#follower.close();
    await this.engine.close();
  }
}
