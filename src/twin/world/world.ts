// The whole centre in virtual time: the real engine, core, journal contract and vault; a simulated exchange, network and
// database; seeded citizens and agents; and the faults that the seed gives it. The same seed gives the same run, byte for
// byte. After each event the checkers read what was committed. At the end the doors close, nothing new befalls anything,
// and everything must come to rest: every callback ended, nobody stuck, and a replay gives the very same state.

import { createHash } from 'node:crypto';
import { BrokenInvariant } from '../../core/assert.ts';
import type { Configuration } from '../../core/configuration.ts';
import { evolve } from '../../core/evolve.ts';
import type { Fact } from '../../core/fact.ts';
import { stateHash } from '../../core/hash.ts';
import type { CallbackId, LineId, NumberKey } from '../../core/id.ts';
import type { OwnerInput, PeopleInput } from '../../core/input.ts';
import { isDialable } from '../../core/number.ts';
import { emptyState, type State } from '../../core/state.ts';
import type { SwitchName } from '../../core/switches.ts';
import type { Row } from '../../journal/journal.ts';
import { SimulatedExchange } from '../../telephony/simulated/exchange.ts';
import type { LineLeg } from '../../telephony/simulated/line-leg.ts';
import { SimulatedNetwork } from '../../telephony/simulated/network.ts';
import type { Wakeable } from '../../telephony/simulated/timeline.ts';
import { hold, Violation } from '../checker.ts';
import { Checkers } from '../checkers.ts';
import { type Attacked, attack } from '../faults/attack.ts';
import { CarrierFaults } from '../faults/carrier-faults.ts';
import { FaultPlan } from '../faults/fault-plan.ts';
import type { FaultKind } from '../faults/kinds.ts';
import { processFaults } from '../faults/process-faults.ts';
import { SocketFaults } from '../faults/socket-faults.ts';
import { worldFaults } from '../faults/world-faults.ts';
import { Random } from '../random.ts';
import { allSettle, VirtualTime } from '../virtual-time.ts';
import type { Citizen } from './citizen.ts';
import { worldConfiguration } from './configuration.ts';
import { WorldDatabase } from './database.ts';
import { EndedCallbacks } from './ended-callbacks.ts';
import { type Ground, SHARD } from './house-process.ts';
import { Houses } from './houses.ts';
import type { WallOffset } from './killable-clock.ts';
import { OUTSIDE_NUMBER, OutsideParty } from './outside-party.ts';
import { PersonAtDesk } from './person-at-desk.ts';
import { Populace } from './populace.ts';
import { type Setting, settingOf } from './setting.ts';
import type { Surroundings, Told } from './surroundings.ts';
import { TrunkMeter } from './trunk-meter.ts';

export type WorldOptions = {
  readonly seed: number;
  /** Citizens who call; some call again. */
  readonly calls: number;
  /** Exactly these kinds of fault; left out: what the seed draws. */
  readonly kinds?: readonly FaultKind[];
};

/** From the closing of the doors to rest: longer is a callback that does not end, or somebody stuck. */
const REST_WITHIN_MS = 60 * 3_600_000;
/** The state is compared with the replay so often; at the end it is empty, which would prove little. */
const COMPARE_EVERY_FACTS = 500;
/** A world has some ten thousand events; far more is a circle. */
const EVENTS_MAX = 1_000_000;
const INSPECT_EVERY_MS = 30_000;

export class World implements Surroundings, Attacked, Wakeable {
  readonly timeline: VirtualTime;
  readonly network: SimulatedNetwork;
  readonly exchange: SimulatedExchange;
  readonly faults: FaultPlan;
  readonly wall: WallOffset = { offsetMs: 0 };
  readonly database: WorldDatabase;
  readonly houses: Houses;
  readonly chance: Random;
  readonly talkMs: number;
  checkers: Checkers;
  configuration: Configuration;
  readonly #options: WorldOptions;
  readonly #setting: Setting;
  #configurations = 1;
  readonly #meter: TrunkMeter;
  readonly #populace: Populace;
  readonly #people: readonly PersonAtDesk[];
  /** What the committed facts add up to, apart from any engine. */
  #replayed = emptyState(SHARD);
  #ended = new EndedCallbacks();
  #comparedAt = 0;
  readonly #digest = createHash('sha256');
  #facts = 0;
  #newestDial = '';
  #newestRing = '';
  #closedAt = Number.POSITIVE_INFINITY;
  #fatal: Error | null = null;

  constructor(options: WorldOptions) {
    const { seed } = options;
    this.#options = options;
    this.faults = new FaultPlan(seed, () => this.timeline.now(), options.kinds ?? null);
    this.#setting = settingOf(this.faults);
    this.timeline = new VirtualTime(this.#setting.startAt);
    this.network = new SimulatedNetwork(this.timeline);
    this.exchange = new SimulatedExchange(this.timeline, this.network);
    this.network.trouble = new CarrierFaults(this.faults);
    const shape = Random.stream(seed, 'shape');
    this.chance = Random.stream(seed, 'people');
    const agentCount = shape.between(2, 9);
    this.configuration = worldConfiguration(
      { shape, asking: Random.stream(seed, 'asking') },
      agentCount,
      this.#setting.open,
    );
    this.talkMs = shape.between(20_000, 150_000);
    const wireMs = shape.pick([0, 3, 40, 200]);
    const wires = Random.stream(seed, 'wires');
    this.database = new WorldDatabase(this.timeline, this.faults, wires, wireMs);
    const dice = Random.stream(seed, 'dice');
    const ground: Ground = {
      time: this.timeline,
      wall: this.wall,
      exchange: this.exchange,
      database: this.database,
      configuration: () => ({ configuration: this.configuration, hash: `world ${this.#configurations}` }),
      latencyMs: () => (wireMs === 0 ? 0 : wires.below(wireMs)),
      random: () => dice.uint32(),
      trouble: new SocketFaults(this.faults, Random.stream(seed, 'delays')),
    };
    this.houses = new Houses(ground, (error) => {
      this.#fatal ??= error;
    });
    // From what the agents can do with ease to three times as much.
    const cycleMs = this.talkMs + 20_000 + this.configuration.agent.wrapUpMs;
    const betweenCallsMs = (cycleMs / agentCount) * (0.3 + 0.6 * shape.unit());
    this.#populace = new Populace(this, {
      calls: options.calls,
      betweenCallsMs,
      pages: Random.stream(seed, 'pages'),
    });
    this.#meter = new TrunkMeter(this.network, this.exchange, this.database.store.tables);
    this.checkers = this.#newCheckers();
    this.#people = this.configuration.agents.map(({ id }) => new PersonAtDesk(this, id));
    const outside = new OutsideParty(this);
    this.network.directory = (number) =>
      number === OUTSIDE_NUMBER ? outside : this.#populace.withNumber(number);
  }

  get isClosing(): boolean {
    return this.#closedAt !== Number.POSITIVE_INFINITY;
  }

  get plan(): FaultPlan {
    return this.faults;
  }

  /** To the end of the day and to rest. Rejects with what does not hold. */
  async run(): Promise<WorldReport> {
    try {
      return await this.#run();
    } catch (error) {
      if (error instanceof Violation) throw error;
      // A bug that says so itself is a violation like others, of the assertion that it broke; any other error is a crash.
      const what = error instanceof Error ? error : new Error(String(error));
      const invariant = what instanceof BrokenInvariant ? 'assertion' : 'crash';
      throw Object.assign(new Violation(invariant, what.message), { stack: what.stack });
    }
  }

  // ---- what people have around them

  desk(): State | null {
    return this.houses.current?.engine?.state ?? null;
  }

  say(input: PeopleInput): void {
    this.checkers.agents.asked(input.agent, this.#houseTime());
    this.houses.current?.engine?.tell(input);
  }

  over(citizen: Citizen): void {
    this.#populace.over(citizen);
  }

  told(told: Told): void {
    this.checkers.told.told(told);
  }

  answered(leg: LineLeg): void {
    this.checkers.answers.answered(leg.id);
    const look = (): void => this.checkers.answers.look(leg.id, leg.state === 'up', this.faults);
    this.timeline.set(this.timeline.now() + this.checkers.answers.withinMs, { wake: look }, 'look');
  }

  joined(leg: LineLeg): void {
    this.checkers.answers.joined(leg.id);
  }

  /** As the house stamps what it is told now: while it reads its journal its own time is still behind. */
  #houseTime(): number {
    return Math.max(this.desk()?.now ?? 0, this.checkers.at, this.timeline.now() + this.wall.offsetMs);
  }

  askOnPage(after: CallbackId, number: string): void {
    const ended = this.#ended.of(after);
    const engine = this.houses.current?.engine;
    if (ended === undefined || engine == null) return;
    const taken = engine.takeNumber(number);
    if (!isDialable(taken)) return;
    this.checkers.limits.given(taken.numberKey);
    engine.tell({ type: 'callback.ask_on_page', after, ...ended, number: taken });
  }

  // ---- what those who attack it have in their hands

  tellOwner(input: OwnerInput): boolean {
    const engine = this.houses.current?.engine;
    if (engine == null) return false;
    if (input.type === 'callback.cancel') this.checkers.told.cancelAsked(input.callback);
    engine.tell(input);
    return true;
  }

  reload(): void {
    this.#configurations += 1;
    const { configuration } = this;
    this.houses.current?.engine?.tell({
      type: 'centre.configure',
      configuration,
      hash: `world ${this.#configurations}`,
    });
  }

  crowd(people: number, withinMs: number): void {
    this.#populace.crowd(people, withinMs);
  }

  phonesComeBack(): void {
    for (const person of this.#people) person.registerAgain();
  }

  eraseNumber(numberKey: NumberKey): boolean {
    const engine = this.houses.current?.engine;
    if (engine == null) return false;
    this.#meter.erased.add(numberKey);
    const done = (): void => this.checkers.limits.erased(numberKey, this.#houseTime());
    void engine.eraseNumber(numberKey).then(done, () => {}); // a house that ends meanwhile has promised nothing
    return true;
  }

  restore(rows: number): void {
    const shard = this.database.store.shard(SHARD);
    shard.rows.length = rows;
    this.#replayed = emptyState(SHARD);
    this.#ended = new EndedCallbacks();
    this.#comparedAt = 0;
    const before = this.checkers.told;
    this.checkers = this.#newCheckers();
    this.checkers.told.askedBefore(before);
    this.checkers.agents.isReplay = true;
    for (const row of shard.rows as Row<Fact>[]) {
      evolve(this.#replayed, row.fact, row.at);
      this.#ended.fact(row.fact);
      this.checkers.row(row);
    }
    this.checkers.agents.isReplay = false;
    // What the lost part had dialled is on nobody's account any more.
    this.#meter.restored(this.#replayed, this.checkers.callbacks);
    this.checkers.told.restoredAt(this.timeline.now());
  }

  wake(what: string): void {
    if (what === 'moment') {
      const { kind } = this.#setting;
      const { places = 0, calls = 0 } = sizes(this.desk());
      if (kind !== null && places + calls > 0) this.faults.count(kind);
      return;
    }
    this.#inspect();
    this.timeline.set(this.timeline.now() + INSPECT_EVERY_MS, this, 'inspect');
  }

  // ---- the run

  async #run(): Promise<WorldReport> {
    this.houses.start();
    for (const person of this.#people) person.start();
    this.#populace.start();
    attack(this, { ...processFaults(this), ...worldFaults(this) });
    this.timeline.set(this.timeline.now() + INSPECT_EVERY_MS, this, 'inspect');
    this.timeline.set(this.#setting.momentAt, this, 'moment');
    await allSettle();
    while (this.timeline.step(this.#closedAt + REST_WITHIN_MS)) {
      if (this.houses.isStirred) await allSettle();
      if (this.#fatal !== null) throw this.#fatal;
      hold(this.timeline.stepCount < EVENTS_MAX, 'L1', 'events follow each other without end');
      this.#check();
      if (this.isClosing && this.#isAtRest()) return this.#report();
    }
    throw new Violation('L1', `not at rest long after closing: ${this.#leftOver()}`);
  }

  /** Nobody new comes; from now on nothing new befalls anything. */
  close(): void {
    this.#closedAt = this.timeline.now();
    this.faults.end();
  }

  /** The journal's new rows, and whether the state is what they add up to. */
  #check(): void {
    const { rows } = this.database.store.shard(SHARD);
    const { newestDial, newestRing } = this.exchange;
    if (
      rows.length === this.checkers.seq &&
      newestDial === this.#newestDial &&
      newestRing === this.#newestRing
    )
      return;
    this.#newestDial = newestDial;
    this.#newestRing = newestRing;
    while (this.checkers.seq < rows.length) {
      const row = rows[this.checkers.seq] as Row<Fact>;
      this.#digest.update(`${row.seq} ${row.epoch} ${row.at} ${JSON.stringify(row.fact)}\n`);
      this.#facts += 1;
      evolve(this.#replayed, row.fact, row.at);
      this.#ended.fact(row.fact);
      this.checkers.row(row);
    }
    const state = this.houses.current?.settledState ?? null;
    this.checkers.atRest(state);
    if (state === null || this.checkers.seq < this.#comparedAt + COMPARE_EVERY_FACTS) return;
    this.#comparedAt = this.checkers.seq;
    hold(
      stateHash(this.#replayed) === stateHash(state),
      'S19',
      'a replay gives another state than the engine has',
    );
  }

  /** What takes its time: whoever is stuck, whatever is left over. */
  #inspect(): void {
    // A switch that was turned on again in a part of the journal that is lost is off.
    if (this.isClosing)
      for (const [key, { on }] of this.desk()?.switches ?? [])
        if (!on && !key.startsWith('emergency')) this.#turnOn(key);
    // A house whose clock went back waits until its own time has come again.
    const aheadMs = (this.desk()?.now ?? 0) - (this.timeline.now() + this.wall.offsetMs);
    if (aheadMs > 1_000) this.faults.trouble(this.timeline.now() + aheadMs);
    this.checkers.stuck.look({
      state: this.houses.current?.settledState ?? null,
      isOpen: this.houses.current?.isOpen === true,
      changedAt: this.houses.changedAt,
      trueAt: this.timeline.now(),
      wallAt: this.timeline.now() + this.wall.offsetMs,
      channels: this.exchange.channelsAlive(),
      faults: this.faults,
    });
  }

  #turnOn(key: string): void {
    const [name, line] = key.split('/') as [SwitchName, LineId | undefined];
    this.tellOwner({
      type: 'switch.turn',
      name,
      line: line ?? null,
      on: true,
      reason: 'test',
      by: 'owner',
    });
  }

  #isAtRest(): boolean {
    const state = this.houses.current?.settledState ?? null;
    if (state === null || this.houses.current?.telephony.legCount !== 0) return false;
    const { calls, places, callbacks, surveys } = state;
    if (calls.size + places.size + callbacks.size + surveys.size + this.exchange.channelCount > 0)
      return false;
    for (const agent of state.agents.values())
      if (agent.leg !== null || agent.state === 'wrap_up') return false;
    return !this.#populace.isBusy;
  }

  #leftOver(): string {
    const state = this.desk();
    if (state === null) return 'the house is away';
    const agents = [...state.agents.values()].map((agent) => `${agent.id} ${agent.state}`).join(', ');
    const { calls, places, callbacks, surveys } = state;
    const channels = this.exchange.find().channels.map((channel) => channel.id);
    const open = [...callbacks.values()].map((one) => `${one.id} ${one.state}`).join(', ');
    const legs = this.houses.current?.telephony.legCount ?? 0;
    return `${calls.size} calls, ${places.size} places, ${surveys.size} surveys, ${legs} legs, callbacks ${open}, channels ${channels.join(' ')}; ${agents}`;
  }

  #newCheckers(): Checkers {
    return new Checkers({
      shard: SHARD,
      meter: this.#meter,
      isNumber: (text) => this.#populace.isNumberIn(text),
      hours: this.#setting,
    });
  }

  #report(): WorldReport {
    const state = this.desk() as State;
    this.checkers.callbacks.auditAll();
    this.checkers.stuck.baseline(state);
    const { callbacks, order } = this.checkers;
    return {
      seed: this.#options.seed,
      facts: this.#facts,
      events: this.timeline.stepCount,
      virtualMs: this.timeline.now() - this.#setting.startAt,
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
      faults: Object.fromEntries(this.faults.counts),
    };
  }
}

function sizes(state: State | null): { readonly places?: number; readonly calls?: number } {
  return state === null ? {} : { places: state.places.size, calls: state.calls.size };
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
  /** How often each kind truly befell something. */
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
};
