// The public network in virtual time: who has which number, which phones are registered, and the carrier's meter, which
// counts every INVITE for itself. It carries calls between the exchange and telephones and knows nothing of the house.

import { assert } from '../../core/assert.ts';
import { type FarParty, LineLeg, type NearEnd } from './line-leg.ts';
import type { Timeline, Wakeable } from './timeline.ts';

/** Someone who can be called. */
export interface Subscriber {
  /** A call comes in; `callerId` is what the display shows. Whoever is to hear of it is made the leg's `far` at once. */
  invited(leg: LineLeg, callerId: string | null): void;
}

/** Where calls to the centre go. */
export interface CallTaker {
  arrives(leg: LineLeg, from: string | null, dnis: string): void;
}

/** An INVITE on its way: it arrives in a turn of its own, even when it was taken back meanwhile. */
class Invitation implements Wakeable {
  readonly #leg: LineLeg;
  readonly #to: Subscriber | undefined;
  readonly #callerId: string | null;

  constructor(leg: LineLeg, to: Subscriber | undefined, callerId: string | null) {
    this.#leg = leg;
    this.#to = to;
    this.#callerId = callerId;
  }

  wake(): void {
    if (this.#to === undefined) {
      this.#leg.refuse('unallocated');
      return;
    }
    const { over } = this.#leg;
    this.#to.invited(this.#leg, this.#callerId);
    if (over !== null) this.#leg.far?.legEnded(this.#leg, over);
  }
}

export class SimulatedNetwork {
  readonly #timeline: Timeline;
  /** Looked up for every call out; the twin keeps citizens by other means than a map. */
  directory: (number: string) => Subscriber | undefined = () => undefined;
  centre: CallTaker | null = null;
  readonly #phones = new Map<string, Subscriber>();
  readonly #registered = new Map<string, Subscriber>();
  readonly #seated = new Set<string>();
  readonly #invites = new Map<string, number>();
  readonly #invitesByMark = new Map<string, number>();
  #onRegistered: ((agent: string) => void) | null = null;
  #lastLeg = 0;
  #invitesInAll = 0;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  /** INVITEs to this number or agent, whatever became of them. */
  invites(to: string): number {
    return this.#invites.get(to) ?? 0;
  }

  /** INVITEs over the trunk, all of them. */
  get trunkInvites(): number {
    return this.#invitesInAll;
  }

  /** INVITEs over the trunk that were placed under this mark. */
  invitesMarked(mark: string): number {
    return this.#invitesByMark.get(mark) ?? 0;
  }

  /** Somebody lifts the receiver; nothing is dialled yet. */
  lift(party: FarParty): LineLeg {
    const leg = this.#newLeg('out');
    leg.far = party;
    return leg;
  }

  /** Calls the centre. */
  callCentre(leg: LineLeg, from: string | null, dnis: string): void {
    assert(this.centre !== null, 'the centre is on the network');
    this.centre.arrives(leg, from, dnis);
  }

  /** The trunk: one INVITE, counted before anything can go wrong with it. `mark` says what it is for: the attempt. */
  callNumber(number: string, callerId: string, mark: string, near: NearEnd): LineLeg {
    this.#count(number);
    this.#invitesInAll += 1;
    this.#invitesByMark.set(mark, this.invitesMarked(mark) + 1);
    return this.#invite(this.directory(number), callerId, near);
  }

  /** Null when no phone of this agent is registered: no INVITE then. */
  callPhone(agent: string, callerId: string, near: NearEnd): LineLeg | null {
    const phone = this.#registered.get(agent);
    if (phone === undefined) return null;
    this.#count(agent);
    return this.#invite(phone, callerId, near);
  }

  // ---- registrations: a phone asks by itself and is accepted once the centre has a seat for it

  register(agent: string, phone: Subscriber): void {
    this.#phones.set(agent, phone);
    this.#admit(agent);
  }

  unregister(agent: string): void {
    this.#phones.delete(agent);
    this.#registered.delete(agent);
  }

  isRegistered(agent: string): boolean {
    return this.#registered.has(agent);
  }

  onRegistered(hear: (agent: string) => void): void {
    this.#onRegistered = hear;
  }

  /** The centre's whole set of seats. */
  seat(agents: readonly string[]): void {
    this.#seated.clear();
    for (const agent of agents) this.#seated.add(agent);
    for (const agent of [...this.#registered.keys()])
      if (!this.#seated.has(agent)) this.#registered.delete(agent);
    for (const agent of [...this.#phones.keys()]) this.#admit(agent);
  }

  #admit(agent: string): void {
    const phone = this.#phones.get(agent);
    if (phone === undefined || !this.#seated.has(agent) || this.#registered.has(agent)) return;
    this.#registered.set(agent, phone);
    this.#onRegistered?.(agent);
  }

  #invite(to: Subscriber | undefined, callerId: string, near: NearEnd): LineLeg {
    const leg = this.#newLeg('in');
    leg.near = near;
    const invitation = new Invitation(leg, to, callerId === '' ? null : callerId);
    this.#timeline.set(this.#timeline.now(), invitation, 'invite');
    return leg;
  }

  #newLeg(direction: 'in' | 'out'): LineLeg {
    this.#lastLeg += 1;
    return new LineLeg(this.#lastLeg, direction);
  }

  #count(to: string): void {
    this.#invites.set(to, this.invites(to) + 1);
  }
}
