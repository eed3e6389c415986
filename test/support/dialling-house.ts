// The whole house, to see what it dials: the real vault, core, engine and simulated telephony on a journal in memory, in
// virtual time. People key texts or call from them, take a callback if they are let, and hang up; then agents come, and
// everything that was registered is called. The carrier writes down every INVITE. It must not know what may be dialled.

import { assert } from '../../src/core/assert.ts';
import type { Fact } from '../../src/core/fact.ts';
import type { AgentId } from '../../src/core/id.ts';
import type { Key } from '../../src/core/input.ts';
import { Engine } from '../../src/engine/engine.ts';
import { MemoryStore } from '../../src/journal/memory/memory-store.ts';
import { SimulatedExchange } from '../../src/telephony/simulated/exchange.ts';
import type { FarParty, Heard, LineLeg } from '../../src/telephony/simulated/line-leg.ts';
import { SimulatedNetwork, type Subscriber } from '../../src/telephony/simulated/network.ts';
import { SimulatedTelephony } from '../../src/telephony/simulated/simulated-telephony.ts';
import { allSettle, VirtualTime } from '../../src/twin/virtual-time.ts';
import { keyAfter, saysPrompt } from '../../src/twin/world/hearing.ts';
import { KeyRing } from '../../src/vault/key-file.ts';
import { MemoryVaultStore } from '../../src/vault/memory/memory-vault-store.ts';
import type { NumberPolicy } from '../../src/vault/number.ts';
import { Vault } from '../../src/vault/vault.ts';
import { agentCalled, centreOf, START_AT } from './given.ts';

const AGENTS = Array.from({ length: 20 }, (_, i) => `agent-${i}` as AgentId);
/** Callers on the line at a time. */
const CROWD = 200;
const KEY_AFTER_MS = 100;
const STEPS_MAX = 20_000_000;
const MANY = 1_000_000;

const configuration = centreOf({
  agents: AGENTS.map((id) => agentCalled(id, ['visas'])),
  dialogue: {
    ...{ roundsMax: 20, silenceMs: 5_000, keyRepeatMs: 0, offerEveryMs: 60_000 },
    ...{ firstDigitMs: 10_000, nextDigitMs: 5_000 },
  },
  callback: { ...centreOf().callback, attemptsMax: 1 },
  numbers: {
    ...{ openMax: MANY, cooldownMs: 0, perDayMax: MANY, perSourcePerHourMax: MANY, dialsPerHourMax: MANY },
    shared: [],
  },
  agent: { ringMs: 20_000, wrapUpMs: 0, shiftEndMs: 0 },
});

export type Person =
  /** Keys these one after the other, until one is taken. */
  | { readonly keys: readonly string[] }
  /** Calls from this, and wants to be called back there. */
  | { readonly from: string };

export class DiallingHouse {
  /** As they arrived at the carrier, in order: one for each INVITE. */
  readonly dialled: string[] = [];
  readonly vault: Vault;
  readonly time = new VirtualTime(START_AT);
  readonly network = new SimulatedNetwork(this.time);
  readonly #telephony: SimulatedTelephony;
  readonly #store = new MemoryStore();
  #engine!: Engine;
  #fatal: Error | null = null;
  #onTheLine = 0;

  private constructor(policy: NumberPolicy) {
    const exchange = new SimulatedExchange(this.time, this.network);
    this.#telephony = new SimulatedTelephony({ exchange, timeline: this.time });
    const ring = new KeyRing([{ id: 'k1', secret: Buffer.alloc(32, 1) }], 'k1', Buffer.alloc(32, 2));
    this.vault = new Vault(ring, new MemoryVaultStore(this.#store.tables), { policy });
    this.network.directory = (number) => {
      this.dialled.push(number);
      return ENGAGED;
    };
  }

  static async open(policy: NumberPolicy): Promise<DiallingHouse> {
    const house = new DiallingHouse(policy);
    const journal = await house.#store.lead<Fact>('c1', { holder: 'sweep', takeover: 'now' });
    house.#engine = await Engine.recover({
      journal,
      numbers: house.vault,
      telephony: house.#telephony,
      clock: house.time,
      random: () => 7,
      onFatal: (error) => {
        house.#fatal ??= error;
      },
    });
    await house.#engine.open(configuration, 'sweep');
    await house.#telephony.seat(AGENTS.map((agent) => ({ agent, secret: '' })));
    for (const agent of AGENTS) house.network.register(agent, PICKS_UP);
    return house;
  }

  get pending(): number {
    return this.#engine.state.callbacks.size;
  }

  /** Each calls, asks for an agent (there is none yet), and tries for a callback. */
  async call(people: readonly Person[]): Promise<void> {
    let next = 0;
    const over = (): void => {
      this.#onTheLine -= 1;
    };
    while (next < people.length || this.#onTheLine > 0) {
      while (next < people.length && this.#onTheLine < CROWD) {
        const person = people[next] as Person;
        next += 1;
        this.#onTheLine += 1;
        const caller = new Caller(this.time, person, over);
        const leg = this.network.lift(caller);
        this.network.callCentre(leg, 'from' in person ? person.from : null, '5550101');
      }
      await this.#step();
    }
  }

  /** Agents come, and go when nothing is pending any more. */
  async serve(): Promise<void> {
    for (const agent of AGENTS) this.#engine.tell({ type: 'agent.sign_in', agent });
    while (this.pending > 0) {
      for (const agent of this.#engine.state.agents.values())
        if (agent.state === 'not_ready') this.#engine.tell({ type: 'agent.go_ready', agent: agent.id });
      await this.#step();
    }
    for (const agent of AGENTS) this.#engine.tell({ type: 'agent.sign_out', agent });
    await this.#engine.settled();
  }

  async #step(): Promise<void> {
    assert(this.time.stepCount < STEPS_MAX, 'the sweep comes to an end');
    const hasMore = this.time.step(Number.MAX_VALUE);
    if (this.#telephony.asking > 0 || !this.#engine.isSettled) await allSettle();
    if (this.#fatal !== null) throw this.#fatal;
    assert(hasMore || this.time.nextAt < Number.POSITIVE_INFINITY || this.pending === 0, 'something goes on');
  }
}

/** Whoever is called over the trunk: busy, so that one attempt is all. */
const ENGAGED: Subscriber = { invited: (leg) => leg.refuse('busy') };

/** An agent's phone. */
const PICKS_UP: Subscriber = {
  invited: (leg) => {
    leg.far = { legAnswered: () => {}, legEnded: () => {}, legHears: () => {} };
    leg.answer();
  },
};

class Caller implements FarParty {
  readonly #time: VirtualTime;
  readonly #person: Person;
  readonly #over: () => void;
  #tried = 0;

  constructor(time: VirtualTime, person: Person, over: () => void) {
    this.#time = time;
    this.#person = person;
    this.#over = over;
  }

  legAnswered(): void {}

  legEnded(): void {
    this.#over();
  }

  legHears(leg: LineLeg, heard: Heard): void {
    if (heard.kind !== 'prompt') return;
    const keys = this.#answerTo(heard.say);
    if (keys === '') return;
    const act = (): void => {
      if (keys === null) leg.hangUp();
      else for (const key of keys) leg.press(key as Key);
    };
    this.#time.set(this.#time.now() + KEY_AFTER_MS, { wake: act }, '');
  }

  /** Null: hangs up. */
  #answerTo(say: Extract<Heard, { kind: 'prompt' }>['say']): string | null {
    if (saysPrompt(say, 'registered.done')) return null;
    const menu =
      keyAfter(say, 'language.choose', 'en') ??
      keyAfter(say, 'service.agent') ??
      keyAfter(say, 'confirm.yes');
    if (menu !== null) return menu;
    if ('from' in this.#person)
      return saysPrompt(say, 'offer.keep_place') ? keyAfter(say, 'offer.this_number') : '';
    const { keys } = this.#person;
    if (saysPrompt(say, 'number.ask')) {
      const text = keys[this.#tried];
      this.#tried += 1;
      return text === undefined ? null : `${text}#`;
    }
    if (!saysPrompt(say, 'offer.keep_place')) return '';
    return this.#tried < keys.length ? keyAfter(say, 'offer.other_number') : null;
  }
}
