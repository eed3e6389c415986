// Calls and the places they hold: every call that asked for an agent is in exactly one column at every moment, from
// `waiting` to its end. A caller who comes back to hold at the place of a callback did not ask again: a set of columns of
// its own. An end that nobody saw, because telephony was away, is not called an abandon.

import { must } from '../../core/assert.ts';
import type { Fact, FactOf } from '../../core/fact.ts';
import { isDialable } from '../../core/number.ts';
import type { Column } from '../column.ts';
import type { Ground } from './ledger.ts';
import type { OpenCall, OpenPlace, Told } from './open-things.ts';
import type { PersonsLedger } from './persons-ledger.ts';
import { type Cell, halfHourOf } from './sink.ts';

const SHORT_MS = 10_000;
const LONG_MS = 30 * 60_000;
const MINUTE = 60_000;

/** Of calls that nobody made. */
const ADOPTED = 'adopted';

type End = 'refused' | 'abandoned' | 'answered' | 'registered' | 'merged' | 'unseen' | 'none';

const REFUSALS: Readonly<Record<string, Column>> = {
  'call.line_full': 'refused_full',
  'call.line_closed': 'refused_closed',
};

export class CallsLedger {
  readonly #ground: Ground;
  readonly #persons: PersonsLedger;

  constructor(ground: Ground, persons: PersonsLedger) {
    this.#ground = ground;
    this.#persons = persons;
  }

  fact(fact: Fact, at: number): void {
    const { books } = this.#ground;
    switch (fact.type) {
      case 'call.arrived':
        this.#arrive(fact, at);
        return;
      case 'call.language_chosen':
        books.call.change(fact.call).language = fact.language;
        return;
      case 'call.line_chosen':
        books.call.change(fact.call).line = fact.line;
        return;
      case 'call.agent_asked':
        this.#ask(books.call.change(fact.call), at);
        return;
      case 'call.refused':
        this.#refuse(books.call.change(fact.call), fact.code, at);
        return;
      case 'call.connected':
        this.#connect(fact, at);
        return;
      case 'call.ended':
        this.#end(books.call.change(fact.call), at);
        return;
      default:
        this.#placeFact(fact, at);
    }
  }

  #placeFact(fact: Fact, at: number): void {
    const { books, turns } = this.#ground;
    switch (fact.type) {
      case 'place.taken':
        this.#take(fact, at);
        return;
      case 'place.rejoined':
        this.#rejoin(books.place.change(fact.place), books.call.change(fact.call), at);
        return;
      case 'place.transferred':
        this.#transfer(books.place.change(fact.place), fact.line, at);
        return;
      case 'call.adopted':
        this.#adopt(fact, at);
        return;
      case 'client.held':
      case 'consult.begun':
      case 'place.handed_over':
        this.#count(fact);
        return;
      case 'place.returned': {
        const place = books.place.change(fact.place);
        turns.cameBack(place, 'system');
        turns.move(place, { state: 'waiting' }, at);
        return;
      }
      case 'place.left':
        this.#leave(books.place.change(fact.place), fact.reason, at);
        return;
      case 'place.prioritised':
        this.#prioritise(books.place.change(fact.place), fact, at);
        return;
      case 'place.language_changed':
        turns.move(books.place.change(fact.place), { language: fact.language }, at);
        return;
      case 'wait.quoted': {
        const { ahead, meanMs, minMinutes, maxMinutes } = fact;
        this.#tell(books.place.change(fact.place), { at, ahead, meanMs, minMinutes, maxMinutes });
        return;
      }
      case 'wait.unknown':
        this.#tell(books.place.change(fact.place), {
          at,
          ahead: fact.ahead,
          meanMs: null,
          minMinutes: 0,
          maxMinutes: 0,
        });
        return;
      case 'callback.offered':
        this.#offer(books.place.change(fact.place), 'offered');
        return;
      case 'callback.not_offered':
        this.#offer(books.place.change(fact.place), fact.code.slice('callback.'.length));
        return;
      default:
        return;
    }
  }

  /** A call has come to its column. */
  settle(call: OpenCall, end: End, outcome: string, column: Column | null = null): void {
    if (call.cell === null || call.state === 'over') return;
    const { count } = this.#ground;
    const before = call.state;
    call.state = 'over';
    if (before === 'rejoined' || before === 'transferred') {
      // Of who was answered before, that stays the outcome.
      if (before === 'rejoined') call.outcome = outcome;
      count(call.cell, `${before}_waiting`, -1);
      count(call.cell, `${before}_${end}` as Column);
      return;
    }
    call.outcome = outcome;
    count(call.cell, 'waiting', -1);
    if (column !== null) count(call.cell, column);
  }

  /** An agent is there for this place for the first time: now the quote can be judged. */
  agentThere(place: OpenPlace, at: number): void {
    if (place.agentAt !== 0) return;
    place.agentAt = at;
    const { told, cell } = place;
    if (told === null || told.meanMs === null) return;
    const { count } = this.#ground;
    const realMs = at - told.at;
    const errorMs = realMs - told.meanMs;
    count(cell, 'quoted');
    count(cell, 'quote_error_ms', errorMs);
    count(cell, 'quote_error_ds2', squared(errorMs));
    count(cell, 'quote_abs_ms', Math.abs(errorMs));
    if (realMs < told.minMinutes * MINUTE) count(cell, 'quote_sooner');
    else if (realMs > told.maxMinutes * MINUTE) count(cell, 'quote_later');
    else count(cell, 'quote_inside');
  }

  /** Client and agent speak, or spoke: entry to agent, virtual wait included. */
  served(place: OpenPlace, connectedAt: number): void {
    if (place.isTransferred === true) return; // once
    const { count } = this.#ground;
    const { cell } = place;
    const waitMs = connectedAt - place.takenAt;
    count(cell, 'served_wait_ms', waitMs);
    count(cell, 'served_wait_ds2', squared(waitMs));
    if (waitMs <= 20_000) count(cell, 'served_within_20s');
    if (waitMs <= 5 * MINUTE) count(cell, 'served_within_5m');
    if (waitMs <= 15 * MINUTE) count(cell, 'served_within_15m');
    if (waitMs <= LONG_MS) count(cell, 'served_within_30m');
    this.reached(place);
  }

  /** The call that took this place came to an agent. */
  reached(place: OpenPlace): void {
    this.#persons.reached(place);
  }

  /** The place is over for good. */
  forget(place: OpenPlace): void {
    const { books, turns, sink } = this.#ground;
    turns.remove(place);
    books.place.drop(place.id);
    sink.row('place', {
      place: place.id,
      call: place.firstCall,
      line: place.cell.line,
      language: place.language,
      priority: place.priority,
      entry: place.entry,
      taken_at: place.takenAt,
      left_at: place.leftAt,
      reason: place.reason,
      offer: place.offer,
      agent_at: place.agentAt || null,
      told_at: place.told?.at ?? null,
      ahead: place.told?.ahead ?? null,
      quoted_ms: place.told?.meanMs ?? null,
      quoted_min_minutes: place.told === null || place.told.meanMs === null ? null : place.told.minMinutes,
      quoted_max_minutes: place.told === null || place.told.meanMs === null ? null : place.told.maxMinutes,
      overtaken: place.overtaken,
      priority_reason: place.priorityReason,
    });
  }

  #arrive(fact: FactOf<'call.arrived'>, at: number): void {
    this.#ground.books.call.add({
      id: fact.call,
      arrivedAt: at,
      askedAt: 0,
      endedAt: 0,
      line: fact.line ?? '',
      language: '',
      person: isDialable(fact.ani) ? fact.ani.numberKey : '',
      place: 0,
      cell: null,
      state: 'menus',
      outcome: '',
    });
  }

  #ask(call: OpenCall, at: number): void {
    call.askedAt = at;
    call.state = 'asked';
    call.cell = { halfHour: halfHourOf(at), line: call.line, language: call.language };
    this.#ground.count(call.cell, 'asked');
    this.#ground.count(call.cell, 'waiting');
    this.#persons.asked(call, at);
  }

  #refuse(call: OpenCall, code: string, at: number): void {
    if (call.outcome === '') call.outcome = code;
    if (call.state === 'asked' && call.place !== 0 && call.cell !== null)
      this.#ground.count(call.cell, 'entered', -1); // had a place beyond the capacity, for a callback only
    this.settle(call, 'refused', code, REFUSALS[code] ?? 'refused_other');
    if (call.endedAt !== 0) this.#finish(call, at);
  }

  #take(fact: FactOf<'place.taken'>, at: number): void {
    const { books, turns, count } = this.#ground;
    const call = books.call.change(fact.call);
    const cell = must(call.cell, 'cell of a call that asked');
    call.place = fact.place;
    count(cell, 'entered');
    const place = this.#add({ ...fact, call: call.id, person: call.person }, cell, at);
    turns.move(place, { state: 'waiting' }, at);
  }

  /** A place without a call: its client asked for it on their page. */
  enter(fact: FactOf<'callback.asked_on_page'>, at: number): OpenPlace {
    const cell = { halfHour: halfHourOf(at), line: fact.line, language: fact.language };
    return this.#add({ ...fact, call: 0, person: '' }, cell, at);
  }

  #add(
    fact: Pick<FactOf<'place.taken'>, 'place' | 'line' | 'language' | 'priority' | 'entry'> & {
      readonly call: number;
      readonly person: string;
    },
    cell: Cell,
    at: number,
  ): OpenPlace {
    return this.#ground.books.place.add({
      id: fact.place,
      cell,
      firstCall: fact.call,
      call: fact.call,
      person: fact.person,
      line: fact.line,
      language: fact.language,
      priority: fact.priority,
      priorityReason: '',
      entry: fact.entry,
      takenAt: at,
      state: 'left',
      why: 'system',
      passed: 0,
      overtaken: 0,
      callback: 0,
      offer: '',
      told: null,
      agentAt: 0,
      leftAt: 0,
      reason: '',
    });
  }

  #prioritise(place: OpenPlace, { priority, reason }: FactOf<'place.prioritised'>, at: number): void {
    if (place.priorityReason === '') this.#ground.count(place.cell, 'prioritised');
    place.priorityReason = reason;
    this.#ground.turns.move(place, { priority }, at);
  }

  #rejoin(place: OpenPlace, call: OpenCall, at: number): void {
    const { turns, count } = this.#ground;
    call.cell = place.cell;
    call.state = 'rejoined';
    call.place = place.id;
    count(place.cell, 'rejoined');
    count(place.cell, 'rejoined_waiting');
    turns.move(place, { callback: 0, call: call.id, state: 'waiting' }, at);
  }

  /** Answered once; what becomes of them from here on is counted where they first asked. */
  #transfer(place: OpenPlace, line: string, at: number): void {
    const { books, turns, count } = this.#ground;
    const call = books.call.change(place.call);
    call.state = 'transferred';
    place.isTransferred = true;
    count(place.cell, 'transferred');
    count(place.cell, 'transferred_waiting');
    turns.move(place, { state: 'waiting', line }, at);
  }

  /** The client of a callback goes on as a caller: nobody called, and nobody asked. */
  #adopt(fact: FactOf<'call.adopted'>, at: number): void {
    const { books, turns } = this.#ground;
    const place = books.place.change(fact.place);
    books.call.add({
      id: fact.call,
      arrivedAt: at,
      askedAt: 0,
      endedAt: 0,
      line: place.line,
      language: place.language,
      person: place.person,
      place: place.id,
      cell: place.cell,
      state: 'over',
      outcome: ADOPTED,
    });
    turns.move(place, { callback: 0, call: fact.call, state: 'talking' }, at);
  }

  #count(fact: FactOf<'client.held' | 'consult.begun' | 'place.handed_over'>): void {
    const { books, count } = this.#ground;
    const { cell } = books.place.change(fact.place);
    if (fact.type === 'client.held') count(cell, 'on_hold');
    else if (fact.type === 'consult.begun') count(cell, 'consulted');
    else count(cell, 'handed_over');
  }

  #connect(fact: FactOf<'call.connected'>, at: number): void {
    const { books, turns, count } = this.#ground;
    const call = books.call.change(fact.call);
    const place = books.place.change(fact.place);
    const holdMs = at - place.takenAt;
    if (call.state === 'asked') {
      count(place.cell, 'live_hold_ms', holdMs);
      count(place.cell, 'live_hold_ds2', squared(holdMs));
    }
    this.settle(call, 'answered', 'answered', 'answered_live');
    turns.move(place, { state: 'talking' }, at);
    this.agentThere(place, at);
    this.served(place, at);
  }

  #leave(place: OpenPlace, reason: FactOf<'place.left'>['reason'], at: number): void {
    const { books, turns, count } = this.#ground;
    const isServed = reason === 'served';
    const waitedMs = (place.agentAt || at) - place.takenAt;
    if (!isServed && waitedMs > LONG_MS && place.isTransferred !== true) count(place.cell, 'left_over_30m');
    turns.move(place, { state: 'left', leftAt: at, reason: reason }, at);
    if (reason === 'abandoned') this.#abandon(place, at);
    if (place.callback === 0) this.forget(place); // else its end is told by the callback's
    const call = place.call === 0 ? undefined : books.call.get(place.call);
    if (call !== undefined && call.endedAt !== 0) this.#finish(books.call.change(call.id), at);
  }

  #abandon(place: OpenPlace, at: number): void {
    const call = this.#ground.books.call.get(place.call);
    if (call === undefined) return;
    if (!this.#ground.centre().isUp) {
      this.settle(call, 'unseen', 'gone_unseen', 'gone_unseen');
      return;
    }
    const holdMs = at - place.takenAt;
    if (place.isTransferred !== true) this.#ground.count(place.cell, 'abandoned_hold_ms', holdMs);
    this.settle(call, 'abandoned', 'abandoned', holdMs <= SHORT_MS ? 'abandoned_short' : 'abandoned');
  }

  /** A caller who hung up in line has their place left in the same breath: that says how it ended. */
  #end(call: OpenCall, at: number): void {
    call.endedAt = at;
    const place = this.#ground.books.place.get(call.place);
    const isStillHeld = place !== undefined && place.call === call.id && place.state !== 'left';
    if (call.state !== 'over' && call.state !== 'menus' && isStillHeld) return;
    this.#finish(call, at);
  }

  #finish(call: OpenCall, at: number): void {
    const { books, sink, count } = this.#ground;
    const { halfHour } = { halfHour: halfHourOf(call.arrivedAt) };
    if (call.state === 'menus') count({ halfHour, line: call.line, language: call.language }, 'not_asked');
    // Asked, and gone before anything became of it: nobody saw how.
    this.settle(call, 'unseen', 'gone_unseen', 'gone_unseen');
    books.call.drop(call.id);
    if (call.outcome === ADOPTED) return; // it never called
    sink.row('call', {
      call: call.id,
      arrived_at: call.arrivedAt,
      asked_at: call.askedAt || null,
      ended_at: at,
      line: call.line,
      language: call.language,
      person: call.person,
      place: call.place || null,
      outcome: call.outcome === '' ? 'not_asked' : call.outcome,
    });
  }

  #tell(place: OpenPlace, told: Told): void {
    if (place.told !== null || place.isTransferred === true) return; // who was answered before was not promised that
    place.told = told;
    if (told.meanMs === null) this.#ground.count(place.cell, 'wait_unknown');
  }

  /** Offered once is offered; else the latest reason why not. */
  #offer(place: OpenPlace, offer: string): void {
    if (place.isTransferred === true) return;
    const { count } = this.#ground;
    if (place.offer === offer || place.offer === 'withdrawn') return;
    if (place.offer === 'offered') {
      place.offer = 'withdrawn';
      count(place.cell, 'offer_withdrawn');
      return;
    }
    if (place.offer !== '') count(place.cell, `not_offered_${place.offer}` as Column, -1);
    place.offer = offer;
    count(place.cell, offer === 'offered' ? 'offered' : (`not_offered_${offer}` as Column));
  }
}

/** Squares are kept in tenths of a second: exact sums for years, and close enough for an interval. */
export function squared(ms: number): number {
  return Math.round(ms / 100) ** 2;
}
