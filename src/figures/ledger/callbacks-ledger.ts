// Callbacks and the attempts to reach their clients: one end for each, by cause; attempts as they went; and, when one is
// completed, its fairness: virtual turn, the system's slip, the client's own delay, the owners'. Counted where the call
// asked that registered it.

import type { AttemptCause, Fact, FactOf } from '../../core/fact.ts';
import type { Column } from '../column.ts';
import { type CallsLedger, squared } from './calls-ledger.ts';
import type { Ground } from './ledger.ts';
import type { OpenAttempt, OpenCallback, OpenPlace, Reached, Why } from './open-things.ts';
import { blame, reserveCallback } from './turns.ts';

const SLIP_SMALL_MS = 1_000;

/** The client's side: not there, or not to be had. The rest is ours or the network's. */
const CLIENTS_OWN: ReadonlySet<AttemptCause> = new Set([
  'busy',
  'no_answer',
  'voicemail',
  'rejected',
  'unallocated',
]);

const CANCELLED_BY: Readonly<Record<string, Column>> = {
  client: 'cancelled_by_client',
  holds: 'cancelled_to_hold',
  never_call: 'cancelled_never_call',
};

export class CallbacksLedger {
  readonly #ground: Ground;
  readonly #calls: CallsLedger;

  constructor(ground: Ground, calls: CallsLedger) {
    this.#ground = ground;
    this.#calls = calls;
  }

  fact(fact: Fact, at: number): void {
    const { books, turns } = this.#ground;
    switch (fact.type) {
      case 'agent.reserved':
        this.#reserve(fact, at);
        return;
      case 'callback.registered':
        this.#register(fact, at);
        return;
      case 'callback.asked_on_page':
        this.#ask(fact, at);
        return;
      case 'callback.merged':
        this.#calls.settle(books.call.change(fact.call), 'merged', 'merged', 'merged');
        if (fact.moved === true) this.#moveTo(fact, at);
        return;
      case 'callback.pending':
      case 'callback.due':
        turns.move(this.#placeOf(fact.callback), { state: 'waiting' }, at);
        return;
      case 'callback.retry_set':
        this.#retry(books.callback.change(fact.callback), at);
        return;
      case 'callback.postponed':
        this.#postpone(books.callback.change(fact.callback), fact.cause, at);
        return;
      case 'callback.number_changed':
        books.callback.change(fact.callback).person = fact.numberKey;
        return;
      case 'callback.connected':
        this.#connect(books.callback.change(fact.callback), at);
        return;
      case 'callback.parted':
        books.callback.change(fact.callback).isAfterClosing = fact.afterClosing === true;
        turns.move(this.#placeOf(fact.callback), { state: 'away', why: 'postponed_by_client' }, at);
        return;
      case 'callback.again_agreed':
        this.#agreeAgain(books.callback.change(fact.callback), fact.with === 'client', at);
        return;
      default:
        this.#ending(fact, at);
    }
  }

  #ending(fact: Fact, at: number): void {
    const { books } = this.#ground;
    switch (fact.type) {
      case 'callback.completed':
        this.#complete(books.callback.change(fact.callback), fact.afterClosing === true, at);
        return;
      case 'callback.unreachable':
        this.#end(books.callback.change(fact.callback), `incomplete_${fact.cause}`, fact.cause, at);
        return;
      case 'callback.cancelled': {
        const by = fact.by ?? 'client'; // the first release did not say; only clients could
        this.#end(books.callback.change(fact.callback), CANCELLED_BY[by] ?? 'cancelled_by_centre', by, at);
        return;
      }
      case 'callback.expired': {
        const cause = fact.cause ?? 'closing'; // earlier releases did not say
        this.#end(books.callback.change(fact.callback), `expired_${cause}`, cause, at);
        return;
      }
      case 'attempt.intended':
      case 'attempt.permitted':
      case 'attempt.ringing':
      case 'attempt.answered':
      case 'attempt.failed':
      case 'attempt.voided':
        this.#attempt(fact, at);
        return;
      default:
        return;
    }
  }

  #reserve(fact: FactOf<'agent.reserved'>, at: number): void {
    const { books, turns } = this.#ground;
    const place = books.place.change(fact.place);
    const agent = books.agent.get(fact.agent);
    if (agent !== undefined) turns.reserved(agent, place, at);
    if (place.callback !== 0) reserveCallback(books.callback.change(place.callback), at);
    turns.move(place, { state: 'held' }, at);
  }

  #register(fact: FactOf<'callback.registered'>, at: number): void {
    const { books, turns, count } = this.#ground;
    const place = books.place.change(fact.place);
    this.#calls.settle(books.call.change(fact.call), 'registered', 'registered', 'registered');
    count(place.cell, 'pending');
    this.#add(fact, place, place.isTransferred === true ? place.firstCall : fact.call, at);
    turns.move(place, { callback: fact.callback, call: 0, state: 'away', why: 'goodbye' }, at);
  }

  /** A way of entry of its own: counted in the half-hour in which it was asked. */
  #ask(fact: FactOf<'callback.asked_on_page'>, at: number): void {
    const { turns, count } = this.#ground;
    const place = this.#calls.enter(fact, at);
    count(place.cell, 'asked_by_page');
    count(place.cell, 'pending');
    this.#add(fact, place, 0, at);
    turns.move(place, { callback: fact.callback, state: 'away', why: 'goodbye' }, at);
  }

  #add(
    { callback, numberKey }: Pick<FactOf<'callback.registered'>, 'callback' | 'numberKey'>,
    { id: place, cell }: OpenPlace,
    call: number,
    at: number,
  ): void {
    this.#ground.books.callback.add({
      id: callback,
      place,
      call,
      cell,
      person: numberKey,
      registeredAt: at,
      attempts: 0,
      attempt: 0,
      connectedAt: 0,
      handoverMs: 0,
      turnAt: 0,
      blamedFrom: 0,
      blame: 'system',
      systemMs: 0,
      ownMs: 0,
      ownersMs: 0,
      reservedAt: 0,
      failure: '',
    });
  }

  /** The place of a later call was ahead: the callback goes on there. Its own is left in the same breath. */
  #moveTo(fact: FactOf<'callback.merged'>, at: number): void {
    const { books, turns } = this.#ground;
    const callback = books.callback.change(fact.callback);
    const left = books.place.change(callback.place);
    const why = left.state === 'away' ? left.why : 'goodbye';
    turns.move(left, { callback: 0 }, at);
    turns.move(books.place.change(fact.place), { callback: callback.id, call: 0, state: 'away', why }, at);
    callback.place = fact.place;
  }

  #retry(callback: OpenCallback, at: number): void {
    const { turns } = this.#ground;
    const { failure } = callback;
    const why: Why = failure === 'own' ? 'client_not_reached' : failure === 'system' ? 'system' : 'held_back';
    callback.blame = failure === '' ? 'owners' : failure;
    const place = this.#placeOf(callback.id);
    turns.cameBack(place, why);
    turns.move(place, { state: 'away', why: why }, at);
  }

  #postpone(callback: OpenCallback, cause: FactOf<'callback.postponed'>['cause'], at: number): void {
    const { turns, count } = this.#ground;
    const isClients = cause === 'client';
    blame(callback, at, isClients ? 'own' : 'owners');
    if (cause !== 'calling_hours')
      count(callback.cell, isClients ? 'postponed_by_client' : 'carried_over_closing');
    turns.move(
      this.#placeOf(callback.id),
      { state: 'away', why: isClients ? 'postponed_by_client' : 'carried_over_closing' },
      at,
    );
  }

  #connect(callback: OpenCallback, at: number): void {
    callback.connectedAt = at;
    callback.handoverMs = at - callback.reservedAt;
    this.#ground.turns.move(this.#placeOf(callback.id), { state: 'talking' }, at);
  }

  #complete(callback: OpenCallback, isAfterClosing: boolean, at: number): void {
    this.#endReached(callback, at);
    callback.reached ??= reachedNow(callback, isAfterClosing);
    this.#end(callback, 'connected', '', at);
  }

  /** The conversation was one that reached the client. */
  #endReached(callback: OpenCallback, at: number): void {
    const { books, count } = this.#ground;
    const attempt = books.attempt.get(callback.attempt);
    if (attempt === undefined) return;
    if (attempt.n === 1) {
      count(callback.cell, 'first_attempts');
      count(callback.cell, 'first_reached');
    }
    this.#endAttempt(attempt, 'completed', at);
  }

  /** The attempt counts as what it was; who was reached once stays counted as connected, by what was so then. */
  #agreeAgain(callback: OpenCallback, isClient: boolean, at: number): void {
    const { count, turns } = this.#ground;
    this.#settleAgain(callback, isClient ? 'again_reached' : 'again_missed');
    count(callback.cell, 'again_agreed');
    count(callback.cell, 'again_waiting');
    callback.isAgain = true;
    const place = this.#placeOf(callback.id);
    if (isClient) {
      this.#endReached(callback, at);
      callback.reached ??= reachedNow(callback, callback.isAfterClosing === true);
      this.#calls.reached(place);
    }
    blame(callback, at, 'own');
    turns.cameBack(place, 'postponed_by_client');
    turns.move(place, { state: 'away', why: 'postponed_by_client' }, at);
  }

  /** What became of the call that was agreed before, if one was. */
  #settleAgain(callback: OpenCallback, column: Column): void {
    if (callback.isAgain === undefined) return;
    callback.isAgain = undefined;
    this.#ground.count(callback.cell, 'again_waiting', -1);
    this.#ground.count(callback.cell, column);
  }

  /** As it was at the first conversation. */
  #countReached({ cell, id }: OpenCallback, reached: Reached): void {
    const { count } = this.#ground;
    const place = this.#placeOf(id);
    count(cell, 'turn_wait_ms', reached.turnAt - place.takenAt);
    count(cell, 'slip_ms', reached.systemMs);
    count(cell, 'slip_ds2', squared(reached.systemMs));
    if (reached.systemMs <= SLIP_SMALL_MS) count(cell, 'slip_within_1s');
    count(cell, 'own_delay_ms', reached.ownMs);
    count(cell, 'owners_delay_ms', reached.ownersMs);
    count(cell, 'handover_ms', reached.handoverMs);
    if (reached.isAfterClosing) count(cell, 'finished_after_closing');
    this.#calls.served(place, reached.connectedAt);
  }

  #end(callback: OpenCallback, column: Column, why: string, at: number): void {
    const { reached } = callback;
    this.#settleAgain(callback, AGAIN_ENDS[endOf(column)]);
    if (reached === undefined) {
      this.#close(callback, column, why, at);
      return;
    }
    // Whatever became of a further call: the client was reached.
    this.#countReached(callback, reached);
    Object.assign(callback, reached);
    this.#close(callback, 'connected', '', at);
  }

  #close(callback: OpenCallback, column: Column, cause: string, at: number): void {
    const { books, sink, count } = this.#ground;
    count(callback.cell, 'pending', -1);
    count(callback.cell, column);
    const place = this.#placeOf(callback.id);
    if (column === 'connected' && place.isTransferred === true) count(callback.cell, 'transferred_connected');
    books.callback.drop(callback.id);
    sink.row('callback', {
      callback: callback.id,
      place: callback.place,
      call: callback.call,
      person: callback.person,
      registered_at: callback.registeredAt,
      ended_at: at,
      ended_as: endOf(column),
      cause,
      attempts: callback.attempts,
      turn_at: callback.turnAt || null,
      connected_at: callback.connectedAt || null,
      handover_ms: callback.connectedAt === 0 ? null : callback.handoverMs,
      slip_ms: callback.systemMs,
      own_delay_ms: callback.ownMs,
      owners_delay_ms: callback.ownersMs,
      overtaken: place.overtaken,
    });
    // A client who holds again keeps the place; every other end has left it.
    if (place.state === 'left') this.#calls.forget(place);
  }

  #attempt(fact: Extract<Fact, { type: `attempt.${string}` }>, at: number): void {
    const { books, count } = this.#ground;
    if (fact.type === 'attempt.intended') {
      const { attempt: id, callback, agent, n } = fact;
      books.attempt.add({
        id,
        callback,
        agent,
        n,
        intendedAt: at,
        permittedAt: 0,
        ringingAt: 0,
        answeredAt: 0,
      });
      books.callback.change(callback).attempt = id;
      return;
    }
    const attempt = books.attempt.change(fact.attempt);
    const callback = books.callback.change(attempt.callback);
    switch (fact.type) {
      case 'attempt.permitted':
        attempt.permittedAt = at;
        callback.attempts += 1;
        count(callback.cell, 'attempts_permitted');
        if (callback.attempts === 1) count(callback.cell, 'attempted');
        this.#calls.agentThere(this.#placeOf(callback.id), at);
        return;
      case 'attempt.ringing':
        attempt.ringingAt = at;
        return;
      case 'attempt.answered':
        attempt.answeredAt = at;
        return;
      case 'attempt.voided':
        callback.failure = 'system';
        count(callback.cell, 'attempts_voided');
        this.#endAttempt(attempt, `voided_${fact.cause}`, at);
        return;
      case 'attempt.failed':
        callback.failure = CLIENTS_OWN.has(fact.cause) ? 'own' : 'system';
        callback.connectedAt = 0; // a voicemail is no connection
        count(callback.cell, `failed_${fact.cause}`);
        if (attempt.n === 1 && fact.cause !== 'agent_lost') count(callback.cell, 'first_attempts');
        this.#endAttempt(attempt, fact.cause, at);
        return;
    }
  }

  #endAttempt(attempt: OpenAttempt, endedAs: string, at: number): void {
    const { books, sink } = this.#ground;
    books.attempt.drop(attempt.id);
    sink.row('attempt', {
      attempt: attempt.id,
      callback: attempt.callback,
      agent: attempt.agent,
      n: attempt.n,
      intended_at: attempt.intendedAt,
      permitted_at: attempt.permittedAt || null,
      ringing_at: attempt.ringingAt || null,
      answered_at: attempt.answeredAt || null,
      ended_at: at,
      ended_as: endedAs,
    });
  }

  #placeOf(id: number): OpenPlace {
    const { books } = this.#ground;
    return books.place.change(books.callback.change(id).place);
  }
}

function reachedNow(callback: OpenCallback, isAfterClosing: boolean): Reached {
  const { turnAt, systemMs, ownMs, ownersMs, handoverMs, connectedAt } = callback;
  return { turnAt, systemMs, ownMs, ownersMs, handoverMs, connectedAt, isAfterClosing };
}

type EndedAs = 'connected' | 'incomplete' | 'cancelled' | 'expired';

const AGAIN_ENDS: Readonly<Record<EndedAs, Column>> = {
  connected: 'again_reached',
  incomplete: 'again_missed',
  cancelled: 'again_cancelled',
  expired: 'again_expired',
};

function endOf(column: Column): EndedAs {
  if (column === 'connected') return 'connected';
  return column.startsWith('incomplete_')
    ? 'incomplete'
    : column.startsWith('cancelled_')
      ? 'cancelled'
      : 'expired';
}
