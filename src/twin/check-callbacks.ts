// Law 2 and S1 to S6, S22, L1: nothing leaves the house before its facts are committed; every accepted callback has exactly one end, one live attempt at most, an agent held
// before anyone is dialled, attempts within their maximum, and INVITEs as the carrier counted them: at most one for an
// attempt, none without a permission. Accepted = waiting + live + ended, at every moment.

import type { Fact, FactOf } from '../core/fact.ts';
import {
  type AgentId,
  type AttemptId,
  type CallbackId,
  type LegId,
  type PlaceId,
  textId,
} from '../core/id.ts';
import type { State } from '../core/state.ts';
import { configurationIn } from '../core/upcast.ts';
import { type Checker, hold, type Meter } from './checker.ts';

type Open = {
  place: PlaceId;
  attempt: AttemptId | null;
  connected: boolean;
  chances: number;
  /** After an attempt that perhaps still rings. */
  notBefore: number;
};
type LiveAttempt = { readonly callback: CallbackId; permitted: boolean };

export class CallbacksChecker implements Checker {
  readonly #shard: string;
  readonly #meter: Meter;
  readonly #open = new Map<CallbackId, Open>();
  readonly #attempts = new Map<AttemptId, LiveAttempt>();
  readonly #heldFor = new Map<PlaceId, AgentId>();
  /** Agents whose phone was answered since they were reserved. */
  readonly #answered = new Set<AgentId>();
  readonly #ends = new Map<string, number>();
  readonly #causes = new Map<string, number>();
  #attemptsMax = 0;
  #quarantineMs = 0;
  #lastLeg = 0;
  #lastCallback = 0;
  #lastAttempt = 0;
  #permitted = 0;
  #lastToAudit = 0;
  /** Every attempt that was ever permitted. */
  readonly permittedIds = new Set<AttemptId>();
  /** Somebody outside whom an agent consults, by the name of a leg: at most one INVITE for them as well. */
  readonly permittedLegs = new Set<LegId>();
  readonly #consults = new Map<PlaceId, LegId>();

  constructor(shard: string, meter: Meter) {
    this.#shard = shard;
    this.#meter = meter;
  }

  get accepted(): number {
    return this.#lastCallback;
  }

  get open(): number {
    return this.#open.size;
  }

  get attempts(): number {
    return this.#lastAttempt;
  }

  get permitted(): number {
    return this.#permitted;
  }

  /** By the fact that ended them. */
  get ends(): ReadonlyMap<string, number> {
    return this.#ends;
  }

  /** Why attempts failed or were voided. */
  get causes(): ReadonlyMap<string, number> {
    return this.#causes;
  }

  fact(fact: Fact, at: number): void {
    switch (fact.type) {
      case 'centre.configured':
        ({ attemptsMax: this.#attemptsMax, quarantineMs: this.#quarantineMs } =
          configurationIn(fact).callback);
        return;
      case 'callback.registered':
      case 'callback.asked_on_page':
        this.#register(fact);
        return;
      case 'callback.pending':
      case 'callback.due':
      case 'callback.retry_set':
        this.#of(fact.callback, fact.type);
        return;
      case 'callback.merged': {
        const callback = this.#of(fact.callback, fact.type);
        if (fact.moved === true) callback.place = fact.place;
        return;
      }
      case 'callback.connected':
        this.#of(fact.callback, fact.type).connected = true;
        return;
      case 'callback.parted':
        this.#heldFor.delete(this.#of(fact.callback, fact.type).place);
        return;
      case 'callback.again_agreed': {
        const callback = this.#of(fact.callback, fact.type);
        hold(callback.connected, 'S2', `callback ${fact.callback} goes on without a conversation`);
        callback.connected = false;
        // Of somebody else who answered it has failed; else it reached the client, and is over.
        if (callback.attempt !== null) this.#forget(callback.attempt, 'agreed again');
        return;
      }
      case 'callback.completed':
        this.#holdConnected(fact.callback);
        this.#end(fact.callback, fact.type);
        return;
      case 'callback.unreachable':
      case 'callback.cancelled':
      case 'callback.expired':
        this.#end(fact.callback, fact.type);
        return;
      case 'consult.begun':
      case 'consult.permitted':
      case 'consult.ended':
        this.#consultFact(fact);
        return;
      case 'agent.reserved':
        this.#heldFor.set(fact.place, fact.agent);
        this.#answered.delete(fact.agent);
        this.#lastLeg = fact.leg;
        return;
      case 'agent.answered':
        this.#answered.add(fact.agent);
        return;
      case 'agent.released':
        this.#answered.delete(fact.agent);
        return;
      case 'place.returned':
      case 'place.transferred':
      case 'place.handed_over':
      case 'place.left':
        this.#heldFor.delete(fact.place);
        return;
      default:
        this.#attemptFact(fact, at);
    }
  }

  #holdConnected(id: CallbackId): void {
    hold(this.#of(id, 'callback.completed').connected, 'S2', `callback ${id} was not connected`);
  }

  #register({ callback, numberKey, place }: FactOf<'callback.registered' | 'callback.asked_on_page'>): void {
    hold(callback === this.#lastCallback + 1, 'S1', `callback ${callback} is not the next one`);
    hold(this.#meter.isKept(numberKey), 'S1', `callback ${callback} was registered without its number`);
    this.#lastCallback = callback;
    this.#open.set(callback, { place, attempt: null, connected: false, chances: 0, notBefore: 0 });
  }

  atRest(state: State | null): void {
    hold(
      this.#meter.trunkInvites <= this.#permitted,
      'S4',
      `${this.#meter.trunkInvites} INVITEs for ${this.#permitted} permitted attempts`,
    );
    const { newestRing, newestDial } = this.#meter;
    const leg = textId(this.#shard, 'leg', this.#lastLeg);
    const attempt = textId(this.#shard, 'attempt', this.#lastAttempt);
    hold(newestRing <= leg, 'Law 2', `${newestRing} rings, and only ${leg} is committed`);
    hold(newestDial <= attempt, 'Law 2', `${newestDial} is dialled, and only ${attempt} is committed`);
    this.#audit();
    let ended = 0;
    for (const count of this.#ends.values()) ended += count;
    hold(
      this.#lastCallback === this.#open.size + ended,
      'S22',
      'accepted is not waiting and live and ended together',
    );
    if (state === null) return;
    hold(state.callbacks.size === this.#open.size, 'S22', 'the state has other callbacks than the facts');
    hold(state.attempts.size === this.#attempts.size, 'S22', 'the state has other attempts than the facts');
  }

  /** All of them, at the end: what was counted as it went is counted once more. */
  auditAll(): void {
    this.#lastToAudit = 0;
    this.#audit();
  }

  /** The newest attempts at each rest; an INVITE that comes long after is found at the end. */
  #audit(): void {
    for (let attempt = this.#lastToAudit + 1; attempt <= this.#lastAttempt; attempt += 1)
      this.#auditOne(attempt as AttemptId);
    this.#lastToAudit = Math.max(this.#lastToAudit, this.#lastAttempt - 8);
  }

  #auditOne(attempt: AttemptId): void {
    const invites = this.#meter.invitesMarked(textId(this.#shard, 'attempt', attempt));
    hold(invites <= 1, 'S4', `${invites} INVITEs for attempt ${attempt}`);
    const live = this.#attempts.get(attempt);
    hold(
      invites === 0 || live === undefined || live.permitted,
      'S4',
      `attempt ${attempt} was dialled without a permission`,
    );
  }

  #attemptFact(fact: Fact, at: number): void {
    switch (fact.type) {
      case 'attempt.intended': {
        hold(fact.attempt === this.#lastAttempt + 1, 'S3', `attempt ${fact.attempt} is not the next one`);
        this.#lastAttempt = fact.attempt;
        const callback = this.#of(fact.callback, fact.type);
        hold(callback.attempt === null, 'S3', `callback ${fact.callback} has two live attempts`);
        hold(
          this.#heldFor.get(callback.place) === fact.agent && this.#answered.has(fact.agent),
          'S6',
          `attempt ${fact.attempt} without its agent held`,
        );
        hold(
          callback.chances < this.#attemptsMax,
          'S5',
          `callback ${fact.callback} has no attempt left for a further one`,
        );
        hold(
          at >= callback.notBefore,
          'S5',
          `callback ${fact.callback} is tried again while its phone may still ring`,
        );
        callback.attempt = fact.attempt;
        this.#attempts.set(fact.attempt, { callback: fact.callback, permitted: false });
        return;
      }
      case 'attempt.permitted': {
        const attempt = this.#live(fact.attempt, fact.type);
        hold(!attempt.permitted, 'S4', `attempt ${fact.attempt} was permitted twice`);
        attempt.permitted = true;
        this.#permitted += 1;
        this.permittedIds.add(fact.attempt);
        return;
      }
      case 'attempt.voided':
        hold(
          !this.#live(fact.attempt, fact.type).permitted,
          'S4',
          `attempt ${fact.attempt} was permitted and voided`,
        );
        hold(
          this.#meter.invitesMarked(textId(this.#shard, 'attempt', fact.attempt)) === 0,
          'S4',
          `attempt ${fact.attempt} was dialled and is called void`,
        );
        this.#forget(fact.attempt, `voided ${fact.cause}`);
        return;
      case 'attempt.failed': {
        hold(this.#live(fact.attempt, fact.type).permitted, 'S4', `attempt ${fact.attempt} failed unasked`);
        const callback = this.#open.get(this.#live(fact.attempt, fact.type).callback);
        if (callback !== undefined && fact.cause !== 'agent_lost') callback.chances += 1;
        if (callback !== undefined && fact.cause === 'unknown') callback.notBefore = at + this.#quarantineMs;
        this.#forget(fact.attempt, fact.cause);
        return;
      }
      default:
        return;
    }
  }

  #consultFact(fact: FactOf<'consult.begun' | 'consult.permitted' | 'consult.ended'>): void {
    if (fact.type === 'consult.begun') {
      this.#lastLeg = fact.leg;
      if (fact.outside !== undefined) this.#consults.set(fact.place, fact.leg);
      return;
    }
    const leg = this.#consults.get(fact.place);
    if (leg === undefined) {
      hold(fact.type === 'consult.ended', 'S4', `place ${fact.place} may dial, and nobody was asked for it`);
      return;
    }
    if (fact.type === 'consult.permitted') {
      hold(!this.permittedLegs.has(leg), 'S4', `leg ${leg} was permitted twice`);
      this.permittedLegs.add(leg);
      this.#permitted += 1;
      return;
    }
    const invites = this.#meter.invitesMarked(textId(this.#shard, 'leg', leg));
    hold(invites <= (this.permittedLegs.has(leg) ? 1 : 0), 'S4', `${invites} INVITEs for leg ${leg}`);
    this.#consults.delete(fact.place);
  }

  #forget(id: AttemptId, cause: string): void {
    const callback = this.#open.get(this.#live(id, cause).callback);
    if (callback !== undefined) callback.attempt = null;
    this.#attempts.delete(id);
    this.#causes.set(cause, (this.#causes.get(cause) ?? 0) + 1);
  }

  #end(id: CallbackId, how: string): void {
    const { attempt } = this.#of(id, how);
    if (attempt !== null) this.#attempts.delete(attempt);
    this.#open.delete(id);
    this.#ends.set(how, (this.#ends.get(how) ?? 0) + 1);
  }

  #of(id: CallbackId, what: string): Open {
    const open = this.#open.get(id);
    hold(open !== undefined, 'S2', `${what} for callback ${id}, which is not open`);
    return open;
  }

  #live(id: AttemptId, what: string): LiveAttempt {
    const attempt = this.#attempts.get(id);
    hold(attempt !== undefined, 'S3', `${what} for attempt ${id}, which is not live`);
    return attempt;
  }
}
