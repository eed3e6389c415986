// The whole centre in virtual time: the real engine, core, journal contract and vault; a simulated exchange and network;
// seeded citizens and agents; a process that may be killed and a socket that may be lost at any moment. The same seed
// gives the same run, byte for byte. After each event the checkers read what was committed. At the end the doors close
// and everything must come to rest: every callback ended, nobody stuck, and a replay gives the very same state.

import { createHash } from 'node:crypto';
import type { Configuration } from '../../core/configuration.ts';
import { evolve } from '../../core/evolve.ts';
import type { Fact } from '../../core/fact.ts';
import { stateHash } from '../../core/hash.ts';
import { type Channel, LANGUAGES, textId } from '../../core/id.ts';
import type { PeopleInput } from '../../core/input.ts';
import { emptyState, type State } from '../../core/state.ts';
import type { Row } from '../../journal/journal.ts';
import { MemoryStore } from '../../journal/memory/memory-store.ts';
import { SimulatedExchange } from '../../telephony/simulated/exchange.ts';
import { SimulatedNetwork } from '../../telephony/simulated/network.ts';
import type { Wakeable } from '../../telephony/simulated/timeline.ts';
import { hold, type Meter, Violation } from '../checker.ts';
import { Checkers } from '../checkers.ts';
import { Random } from '../random.ts';
import { allSettle, VirtualTime } from '../virtual-time.ts';
import { Citizen } from './citizen.ts';
import { worldConfiguration } from './configuration.ts';
import { type Ground, HouseProcess, SHARD } from './house-process.ts';
import { Numbers } from './numbers.ts';
import { PersonAtDesk } from './person-at-desk.ts';
import type { Surroundings } from './surroundings.ts';

export type WorldOptions = {
  readonly seed: number;
  /** Citizens who call; some call again. */
  readonly calls: number;
  /** On average one in so many minutes of virtual time; 0 for none. */
  readonly crashEveryMinutes?: number;
  readonly socketLossEveryMinutes?: number;
  /** The database does not answer for up to two minutes; then it goes on with what it was asked. */
  readonly databaseAwayEveryMinutes?: number;
  /** The process does not run for up to a minute; half the time another is started meanwhile, and it comes back. */
  readonly stallEveryMinutes?: number;
  /** An attempt is asked for at the fence once more, by whoever still has the connection: an old process, a replay. */
  readonly ghostEveryMinutes?: number;
};

/** The opening of the service that this house is built for. */
const START_AT = Date.UTC(2019, 3, 17, 12);
/** From the closing of the doors to rest: longer is a callback that does not end, or somebody stuck. */
const REST_WITHIN_MS = 12 * 3_600_000;

/** The state is compared with the replay so often; at the end it is empty, which would prove little. */
const COMPARE_EVERY_FACTS = 500;

export class World implements Surroundings, Wakeable {
  readonly timeline = new VirtualTime(START_AT);
  readonly network = new SimulatedNetwork(this.timeline);
  readonly exchange = new SimulatedExchange(this.timeline, this.network);
  readonly checkers: Checkers;
  readonly chance: Random;
  readonly talkMs: number;
  readonly #options: WorldOptions;
  readonly #store = new MemoryStore();
  readonly #configuration: Configuration;
  readonly #ground: Ground;
  readonly #faults: Random;
  readonly #numbers = new Numbers();
  readonly #citizens = new Map<string, Citizen>();
  readonly #people: readonly PersonAtDesk[];
  /** What the committed facts add up to, apart from any engine. */
  readonly #replayed = emptyState(SHARD);
  #comparedAt = 0;
  readonly #digest = createHash('sha256');
  readonly #betweenCallsMs: number;
  #process: HouseProcess | null = null;
  #newestDial = '';
  #callsLeft: number;
  #crashes = 0;
  #socketLosses = 0;
  #ghosts = 0;
  #stalls = 0;
  /** Processes that were replaced while they stalled, and do not know it yet. */
  #zombies: HouseProcess[] = [];
  #databaseBackAt = 0;
  #closedAt = Number.POSITIVE_INFINITY;
  #fatal: Error | null = null;

  constructor(options: WorldOptions) {
    const { seed } = options;
    this.#options = options;
    this.#callsLeft = options.calls;
    const shape = Random.stream(seed, 'shape');
    this.chance = Random.stream(seed, 'people');
    this.#faults = Random.stream(seed, 'faults');
    const agentCount = shape.between(3, 16);
    this.#configuration = worldConfiguration(shape, agentCount);
    this.talkMs = shape.between(20_000, 180_000);
    // Near the capacity: now more, now less than the agents can do.
    const cycleMs = this.talkMs + 20_000 + this.#configuration.agent.wrapUpMs;
    this.#betweenCallsMs = (cycleMs / agentCount) * (0.5 + shape.unit());
    const wireMs = shape.pick([0, 3, 40, 200]);
    const wires = Random.stream(seed, 'wires');
    const dice = Random.stream(seed, 'dice');
    this.#ground = {
      time: this.timeline,
      exchange: this.exchange,
      store: this.#store,
      configuration: this.#configuration,
      latencyMs: () => (wireMs === 0 ? 0 : wires.below(wireMs)),
      statementMs: () =>
        Math.max(0, this.#databaseBackAt - this.timeline.now()) + (wireMs === 0 ? 0 : wires.below(wireMs)),
      random: () => dice.uint32(),
    };
    this.checkers = new Checkers(SHARD, this.#meter(), (text) => this.#numbers.isIn(text));
    this.#people = this.#configuration.agents.map(({ id }) => new PersonAtDesk(this, id));
    this.network.directory = (number) => this.#citizens.get(number);
  }

  get isClosing(): boolean {
    return this.#closedAt !== Number.POSITIVE_INFINITY;
  }

  /** To the end of the day and to rest. Rejects with what does not hold, told with the last facts. */
  async run(): Promise<WorldReport> {
    try {
      return await this.#run();
    } catch (error) {
      const what = error instanceof Error ? error : new Error(String(error));
      what.message = `${what.message}\n${this.#where()}\n${this.checkers.story()}`;
      throw what;
    }
  }

  // ---- what people have around them

  desk(): State | null {
    return this.#process?.engine?.state ?? null;
  }

  say(input: PeopleInput): void {
    this.#process?.engine?.tell(input);
  }

  over(citizen: Citizen): void {
    if (citizen.isPromised) return; // may be called
    if (!this.isClosing && this.chance.chance(0.05)) {
      this.timeline.set(this.timeline.now() + this.chance.between(1_000, 600_000), this.#redial(citizen), '');
      return;
    }
    this.#citizens.delete(citizen.traits.number);
  }

  wake(what: string): void {
    switch (what) {
      case 'arrival':
        this.#arrive();
        return;
      case 'crash':
        if (!this.isClosing) this.#crash();
        this.#plan('crash', this.#options.crashEveryMinutes ?? 0);
        return;
      case 'start':
        this.#start();
        return;
      case 'lose_socket':
        if (!this.isClosing) this.#loseSocket();
        this.#plan('lose_socket', this.#options.socketLossEveryMinutes ?? 0);
        return;
      case 'lose_database':
        if (!this.isClosing) this.#databaseBackAt = this.timeline.now() + this.#faults.below(120_000);
        this.#plan('lose_database', this.#options.databaseAwayEveryMinutes ?? 0);
        return;
      case 'stall':
        if (!this.isClosing) this.#stall();
        this.#plan('stall', this.#options.stallEveryMinutes ?? 0);
        return;
      case 'ghost':
        this.#ghost();
        this.#plan('ghost', this.#options.ghostEveryMinutes ?? 0);
        return;
      default: // restore_socket
        this.#process?.telephony.restoreSocket();
    }
  }

  // ---- the run

  async #run(): Promise<WorldReport> {
    this.#start();
    for (const person of this.#people) person.start();
    this.timeline.set(this.timeline.now() + 10_000, this, 'arrival');
    this.#plan('crash', this.#options.crashEveryMinutes ?? 0);
    this.#plan('lose_socket', this.#options.socketLossEveryMinutes ?? 0);
    this.#plan('stall', this.#options.stallEveryMinutes ?? 0);
    this.#plan('ghost', this.#options.ghostEveryMinutes ?? 0);
    this.#plan('lose_database', this.#options.databaseAwayEveryMinutes ?? 0);
    await allSettle();
    while (this.timeline.step(this.#closedAt + REST_WITHIN_MS)) {
      if (this.#isStirred()) await allSettle();
      if (this.#fatal !== null) throw this.#fatal;
      this.#check();
      if (this.isClosing && this.#isAtRest()) return this.#report();
    }
    throw new Violation('L1', `not at rest long after closing: ${this.#leftOver()}`);
  }

  #isStirred(): boolean {
    if (this.#zombies.length > 0) {
      this.#zombies = this.#zombies.filter((process) => !process.isDead);
      if (this.#zombies.some((process) => process.isStirred)) return true;
    }
    return this.#process?.isStirred === true;
  }

  /** The journal's new rows, and whether the state is what they add up to. */
  #check(): void {
    const { rows } = this.#store.shard(SHARD);
    if (rows.length === this.checkers.seq && this.exchange.newestDial === this.#newestDial) return;
    this.#newestDial = this.exchange.newestDial;
    while (this.checkers.seq < rows.length) {
      const row = rows[this.checkers.seq] as Row<Fact>;
      this.#digest.update(`${row.seq} ${row.epoch} ${row.at} ${JSON.stringify(row.fact)}\n`);
      evolve(this.#replayed, row.fact, row.at);
      this.checkers.row(row);
    }
    const state = this.#process?.settledState ?? null;
    this.checkers.atRest(state);
    if (state === null || this.checkers.seq < this.#comparedAt + COMPARE_EVERY_FACTS) return;
    this.#comparedAt = this.checkers.seq;
    hold(
      stateHash(this.#replayed) === stateHash(state),
      'S19',
      'a replay gives another state than the engine has',
    );
  }

  #isAtRest(): boolean {
    const state = this.#process?.settledState ?? null;
    if (state === null) return false;
    if (state.calls.size + state.places.size + state.callbacks.size + this.exchange.channelCount > 0)
      return false;
    for (const agent of state.agents.values())
      if (agent.leg !== null || agent.state === 'wrap_up') return false;
    return true;
  }

  #leftOver(): string {
    const state = this.desk();
    if (state === null) return 'the house is away';
    const agents = [...state.agents.values()].map((agent) => `${agent.id} ${agent.state}`).join(', ');
    const { calls, places, callbacks } = state;
    const channels = this.exchange.find().channels.map((channel) => channel.id);
    return `${calls.size} calls, ${places.size} places, ${callbacks.size} callbacks, channels ${channels.join(' ')}; ${agents}`;
  }

  #meter(): Meter {
    const { network, exchange } = this;
    const { tables } = this.#store;
    return {
      get trunkInvites() {
        return network.trunkInvites;
      },
      isKept: (numberKey) => tables.get('vault')?.has(numberKey) ?? false,
      invitesMarked: (attempt) => network.invitesMarked(attempt),
      get newestRing() {
        return exchange.newestRing;
      },
      get newestDial() {
        return exchange.newestDial;
      },
    };
  }

  #report(): WorldReport {
    const state = this.desk() as State;
    this.checkers.callbacks.auditAll();
    const { callbacks, order } = this.checkers;
    return {
      seed: this.#options.seed,
      facts: this.checkers.seq,
      events: this.timeline.stepCount,
      virtualMs: this.timeline.now() - START_AT,
      journal: this.#digest.copy().digest('hex'),
      stateHash: stateHash(state),
      replayHash: stateHash(this.#replayed),
      callbacks: callbacks.accepted,
      ends: Object.fromEntries(callbacks.ends),
      attempts: callbacks.attempts,
      permitted: callbacks.permitted,
      invites: this.network.trunkInvites,
      causes: Object.fromEntries(callbacks.causes),
      overtakes: Object.fromEntries(order.overtakes),
      crashes: this.#crashes,
      socketLosses: this.#socketLosses,
      stalls: this.#stalls,
    };
  }

  #where(): string {
    const at = new Date(this.timeline.now()).toISOString();
    return [
      `seed ${this.#options.seed}, event ${this.timeline.stepCount}, ${at}, fact ${this.checkers.seq}; to repeat it:`,
      `RAPPEL_WORLD='${JSON.stringify(this.#options)}' npm run test:quick -- src/twin/world.test.ts`,
    ].join('\n');
  }

  // ---- citizens

  #arrive(): void {
    this.#callsLeft -= 1;
    const { chance } = this;
    const citizen = new Citizen(this, {
      number: this.#numbers.next(),
      hidesNumber: chance.chance(0.1),
      language: chance.pick(LANGUAGES),
      line: chance.pick(this.#configuration.lines).id,
      onlyLooks: chance.chance(0.1),
      wantsCallback: chance.chance(0.6),
      patienceMs: 5_000 + chance.exponentialMs(600_000),
      clumsiness: chance.pick([0, 0.02, 0.3]),
      atHome: chance.pick([0.95, 0.8, 0.3]),
    });
    this.#citizens.set(citizen.traits.number, citizen);
    this.#call(citizen);
    if (this.#callsLeft > 0)
      this.timeline.set(this.timeline.now() + chance.exponentialMs(this.#betweenCallsMs), this, 'arrival');
    else this.#closedAt = this.timeline.now();
  }

  #call(citizen: Citizen): void {
    const straight = this.chance.chance(0.2);
    const line = this.#configuration.lines.find((one) => one.id === citizen.traits.line);
    citizen.call(straight ? (line?.dnis[0] ?? '') : '18885550100');
  }

  #redial(citizen: Citizen): Wakeable {
    return { wake: () => this.#call(citizen) };
  }

  // ---- the process

  #start(): void {
    this.#process = new HouseProcess(this.#ground, (error) => {
      this.#fatal ??= error;
    });
  }

  /** The process is killed at this very moment, whatever it was about; another starts after a while. */
  #crash(): void {
    const process = this.#process;
    if (process === null) return;
    this.#crashes += 1;
    this.#process = null;
    process.kill(this.#faults.chance(0.5));
    // Often at once, while what the dead one had under way may still arrive.
    const awayMs = this.#faults.chance(0.4) ? this.#faults.below(100) : this.#faults.below(30_000);
    this.timeline.set(this.timeline.now() + awayMs, this, 'start');
  }

  #loseSocket(): void {
    const telephony = this.#process?.telephony;
    if (telephony?.isLive !== true) return;
    this.#socketLosses += 1;
    telephony.loseSocket();
    this.timeline.set(this.timeline.now() + this.#faults.between(0, 20_000), this, 'restore_socket');
  }

  #stall(): void {
    const process = this.#process;
    if (process === null || process.isStalled) return;
    this.#stalls += 1;
    const awayMs = this.#faults.below(60_000);
    process.stall(this.timeline.now() + awayMs);
    if (this.#faults.chance(0.5)) return;
    process.isReplaced = true;
    this.#process = null;
    this.#zombies.push(process);
    this.timeline.set(this.timeline.now() + this.#faults.below(awayMs + 1), this, 'start');
  }

  #ghost(): void {
    const { newestDial } = this.exchange;
    if (newestDial === '') return;
    const last = Number(newestDial.slice(newestDial.lastIndexOf('-') + 1));
    this.#ghosts += 1;
    this.exchange.request({
      do: 'dial',
      channel: `ghost-${this.#ghosts}` as Channel,
      attempt: textId(SHARD, 'attempt', last - Math.min(last - 1, this.#faults.below(5))),
      callerId: '',
      language: 'en',
      ringMs: 30_000,
    });
  }

  #plan(what: string, everyMinutes: number): void {
    if (everyMinutes === 0 || this.isClosing) return;
    this.timeline.set(this.timeline.now() + this.#faults.exponentialMs(everyMinutes * 60_000), this, what);
  }
}

export type WorldReport = {
  readonly seed: number;
  readonly facts: number;
  readonly events: number;
  readonly virtualMs: number;
  /** SHA-256 of the journal. */
  readonly journal: string;
  readonly stateHash: string;
  readonly replayHash: string;
  readonly callbacks: number;
  readonly ends: Readonly<Record<string, number>>;
  readonly attempts: number;
  readonly permitted: number;
  readonly invites: number;
  readonly causes: Readonly<Record<string, number>>;
  readonly overtakes: Readonly<Record<string, number>>;
  readonly crashes: number;
  readonly socketLosses: number;
  readonly stalls: number;
};
