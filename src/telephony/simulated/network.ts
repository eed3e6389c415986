// The public network in virtual time: who has which number, which phones are registered, and the carrier's meter, which
// counts every INVITE for itself. It carries calls between the exchange and telephones and knows nothing of the house.

import { assert, assertNever } from '../../core/assert.ts';
import { type FarParty, LineLeg, type NearEnd } from './line-leg.ts';
import type { Timeline, Wakeable } from './timeline.ts';
import type { CarrierTrouble, InviteTrouble } from './trouble.ts';

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
  readonly #trouble: InviteTrouble;

  constructor(leg: LineLeg, to: Subscriber | undefined, callerId: string | null, trouble: InviteTrouble) {
    this.#leg = leg;
    this.#trouble = trouble;
    this.#to = to;
    this.#callerId = callerId;
  }

  wake(): void {
    switch (this.#trouble) {
      case 'rings_on':
        this.#leg.ring();
        return;
      case 'no_reply':
        return;
      case 'busy':
      case 'rejected':
      case 'unallocated':
      case 'no_answer':
      case 'congestion':
        this.#leg.refuse(this.#trouble);
        return;
      case 'machine':
        this.#leg.isMachine = true;
        break;
      case 'none':
      case 'answers_at_once':
        break;
      default:
        assertNever(this.#trouble);
    }
    this.#arrive();
    if (this.#trouble === 'answers_at_once') this.#leg.answer();
  }

  #arrive(): void {
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
  trouble: CarrierTrouble | null = null;
  /** Hears of each INVITE over the trunk, by its number and mark: the carrier's own record. */
  onTrunkInvite: ((number: string, mark: string, leg: LineLeg) => void) | null = null;
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

  get invitesByMark(): ReadonlyMap<string, number> {
    return this.#invitesByMark;
  }

  /** Somebody lifts the receiver; nothing is dialled yet. */
  lift(party: FarParty): LineLeg {
    const leg = this.#newLeg('out');
    leg.far = party;
    leg.trouble = this.trouble;
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
    const leg = this.#invite(this.directory(number), callerId, near, this.trouble?.invite() ?? 'none');
    leg.trouble = this.trouble;
    this.onTrunkInvite?.(number, mark, leg);
    return leg;
  }

  /** Null when no phone of this agent is registered: no INVITE then. */
  callPhone(agent: string, callerId: string, near: NearEnd): LineLeg | null {
    const phone = this.#registered.get(agent);
    if (phone === undefined) return null;
    this.#count(agent);
    return this.#invite(phone, callerId, near, 'none');
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

  /** The registrar has lost its memory; each phone has to come again. */
  forgetRegistrations(): void {
    this.#phones.clear();
    this.#registered.clear();
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

  #invite(to: Subscriber | undefined, callerId: string, near: NearEnd, trouble: InviteTrouble): LineLeg {
    const leg = this.#newLeg('in');
    leg.near = near;
    const invitation = new Invitation(leg, to, callerId === '' ? null : callerId, trouble);
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
