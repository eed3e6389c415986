// The far side in virtual time, for tests written with promises: citizens and phones on the simulated network, as the
// contract suite and end-to-end tests know them. The twin's own citizens do not use it; they are records, not promises.

import type {
  Callee,
  Citizen,
  FarCall,
  FarEnd,
  FarRinging,
  FarSide,
  Phone,
  Refusal,
  WhenCalled,
} from '../far-side.ts';
import { FarCallRecord } from './far-call.ts';
import type { LineLeg } from './line-leg.ts';
import type { SimulatedNetwork, Subscriber } from './network.ts';
import type { Timeline } from './timeline.ts';

/** Calls that nobody took from nextCall(): the oldest are let go beyond this. */
const UNTAKEN_MAX = 1_000;

export class SimulatedFarSide implements FarSide {
  readonly #timeline: Timeline;
  readonly #network: SimulatedNetwork;
  readonly #citizens = new Map<string, SimulatedCitizen>();
  readonly #phones = new Map<string, SimulatedPhone>();

  constructor(timeline: Timeline, network: SimulatedNetwork) {
    this.#timeline = timeline;
    this.#network = network;
    network.directory = (number) => this.citizen(number);
    network.onRegistered((agent) => this.#phones.get(agent)?.noteRegistered());
  }

  citizen(number: string): SimulatedCitizen {
    const known = this.#citizens.get(number);
    if (known !== undefined) return known;
    const citizen = new SimulatedCitizen(this.#timeline, this.#network, number);
    this.#citizens.set(number, citizen);
    return citizen;
  }

  phone(agent: string): SimulatedPhone {
    const known = this.#phones.get(agent);
    if (known !== undefined) return known;
    const phone = new SimulatedPhone(this.#timeline, this.#network, agent);
    this.#phones.set(agent, phone);
    void phone.register();
    return phone;
  }

  invites(to: string): number {
    return this.#network.invites(to);
  }

  async close(): Promise<void> {
    for (const phone of this.#phones.values()) await phone.unregister();
  }
}

class Ringing implements FarRinging {
  readonly call: FarCallRecord;
  readonly callerId: string | null;
  readonly at: number;

  constructor(call: FarCallRecord, callerId: string | null, at: number) {
    this.call = call;
    this.callerId = callerId;
    this.at = at;
  }

  ring(): void {
    this.call.leg.ring();
  }

  answer(): Promise<boolean> {
    this.call.leg.answer();
    return this.call.answered;
  }

  refuse(how: Refusal): Promise<FarEnd> {
    this.call.leg.refuse(how);
    return this.call.ended;
  }
}

/** Whoever can be called. */
class Called implements Callee, Subscriber {
  protected readonly timeline: Timeline;
  protected readonly network: SimulatedNetwork;
  #when: WhenCalled = 'hand_over';
  readonly #untaken: FarRinging[] = [];
  readonly #takers: ((ringing: FarRinging) => void)[] = [];

  constructor(timeline: Timeline, network: SimulatedNetwork) {
    this.timeline = timeline;
    this.network = network;
  }

  whenCalled(what: WhenCalled): void {
    this.#when = what;
  }

  nextCall(): Promise<FarRinging> {
    const oldest = this.#untaken.shift();
    if (oldest !== undefined) return Promise.resolve(oldest);
    return new Promise((resolve) => this.#takers.push(resolve));
  }

  invited(leg: LineLeg, callerId: string | null): void {
    const ringing = new Ringing(new FarCallRecord(this.timeline, leg), callerId, this.timeline.now());
    const taker = this.#takers.shift();
    if (taker !== undefined) taker(ringing);
    else this.#untaken.push(ringing);
    if (this.#untaken.length > UNTAKEN_MAX) this.#untaken.shift();
    this.#react(ringing);
  }

  #react(ringing: FarRinging): void {
    const when = this.#when;
    if (when === 'hand_over') return;
    if (when === 'ring' || when === 'answer') ringing.ring();
    if (when === 'answer') void ringing.answer();
    else if (when !== 'ring') void ringing.refuse(when);
  }
}

class SimulatedCitizen extends Called implements Citizen {
  readonly number: string;

  constructor(timeline: Timeline, network: SimulatedNetwork, number: string) {
    super(timeline, network);
    this.number = number;
  }

  call(dnis: string): Promise<FarCall> {
    const leg = this.network.lift(NOBODY);
    const call = new FarCallRecord(this.timeline, leg);
    this.network.callCentre(leg, this.number, dnis);
    return Promise.resolve(call);
  }
}

/** Until the call's own record is put in its place, in the same turn. */
const NOBODY = { legAnswered: () => {}, legEnded: () => {}, legHears: () => {} };

class SimulatedPhone extends Called implements Phone {
  readonly agent: string;
  #waiting: (() => void)[] = [];

  constructor(timeline: Timeline, network: SimulatedNetwork, agent: string) {
    super(timeline, network);
    this.agent = agent;
  }

  registered(): Promise<void> {
    if (this.network.isRegistered(this.agent)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  register(): Promise<void> {
    this.network.register(this.agent, this);
    return this.registered();
  }

  unregister(): Promise<void> {
    this.network.unregister(this.agent);
    return Promise.resolve();
  }

  noteRegistered(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
