// S5, S8, S9, S14, S17, S23: how often, when and whom. Worked out from the owners' facts and the attempts alone. Local hours
// are read off a clock of that zone (ECMA-402), not from the spans that the house works with; numbers that were barred or
// erased are remembered here; every cap is counted here once more.

import type { Fact, OfferRefusal } from '../core/fact.ts';
import type { AttemptId, CallbackId, CallId, LineId, NumberKey, PlaceId } from '../core/id.ts';
import type { State } from '../core/state.ts';
import { BarredNumbers, type Callee, calleeOf } from './barred-numbers.ts';
import { type Checker, hold } from './checker.ts';
import { type LocalHours, localHours } from './local-hours.ts';
import { ServingRules } from './serving-rules.ts';

type Known = {
  callee: Callee;
  readonly line: LineId;
  place: PlaceId;
  notBeforeAt: number;
  /** Its conversation is over, so its client may have another. */
  isParted: boolean;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export class LimitsChecker implements Checker {
  readonly #rules = new ServingRules();
  readonly #hours: LocalHours | null;
  readonly #callbacks = new Map<CallbackId, Known>();
  readonly #ofAttempt = new Map<AttemptId, CallbackId>();
  readonly #open = new Map<string, number>();
  readonly #lineOf = new Map<PlaceId, LineId>();
  readonly #places = new Map<LineId, number>();
  readonly #ahead = new Map<PlaceId, number>();
  readonly #offered = new Set<PlaceId>();
  readonly #barred = new BarredNumbers();
  readonly #erased = new Map<NumberKey, number>();
  readonly #calling = new Map<CallId, NumberKey>();
  readonly #registered = new Map<NumberKey, number[]>();
  #permittedAts: number[] = [];
  #at = 0;

  constructor(hours: Parameters<typeof localHours>[0] | null) {
    this.#hours = hours === null ? null : localHours(hours);
  }

  /** Somebody has their number forgotten: unless it is given once more, it is dialled no more. */
  erased(numberKey: NumberKey, at: number): void {
    this.#erased.set(numberKey, at);
  }

  /** Written on a page by its owner: from now on it is known again, whatever comes of what they asked for. */
  given(numberKey: NumberKey): void {
    this.#erased.delete(numberKey);
  }

  fact(fact: Fact, at: number): void {
    this.#at = at;
    this.#rules.fact(fact, at);
    switch (fact.type) {
      case 'attempt.intended': {
        const known = this.#of(fact.callback);
        hold(at >= known.notBeforeAt, 'S5', `callback ${fact.callback} is tried before its time`);
        this.#ofAttempt.set(fact.attempt, fact.callback);
        return;
      }
      case 'attempt.permitted':
        this.#permit(fact.attempt, at);
        return;
      case 'callback.again_agreed':
        this.#part(this.#of(fact.callback), false);
        this.#of(fact.callback).notBeforeAt = fact.untilAt;
        return;
      case 'callback.parted':
        this.#part(this.#of(fact.callback), true);
        return;
      case 'callback.retry_set':
      case 'callback.postponed':
        this.#of(fact.callback).notBeforeAt = fact.untilAt;
        return;
      case 'callback.due':
        hold(
          at >= this.#of(fact.callback).notBeforeAt,
          'S18',
          `callback ${fact.callback} is due before its time`,
        );
        return;
      case 'number.barred':
      case 'number.unbarred':
        this.#barred.fact(fact);
        return;
      case 'call.arrived':
        if (fact.ani === null || !('numberKey' in fact.ani)) return;
        this.#erased.delete(fact.ani.numberKey);
        this.#calling.set(fact.call, fact.ani.numberKey);
        return;
      case 'call.ended':
        this.#calling.delete(fact.call);
        return;
      case 'telephony.resynced': // whoever is calling has shown their number once more
        for (const numberKey of this.#calling.values()) this.#erased.delete(numberKey);
        return;
      case 'dialogue.number_given':
        if ('numberKey' in fact.number) this.#erased.delete(fact.number.numberKey);
        return;
      default:
        this.#callbackFact(fact);
    }
  }

  atRest(state: State | null): void {
    const configuration = this.#rules.configuration;
    if (state === null || configuration === null) return;
    for (const [key, count] of this.#open)
      hold(
        count <= configuration.numbers.openMax,
        'S14',
        `${count} callbacks are open for one number in ${key.slice(key.indexOf(' ') + 1)}`,
      );
  }

  #callbackFact(fact: Fact): void {
    switch (fact.type) {
      case 'callback.registered':
        hold(
          this.#offered.has(fact.place),
          'S23',
          `callback ${fact.callback} was registered without an offer that stood`,
        );
        this.#register(fact.callback, calleeOf(fact), fact.place);
        return;
      case 'callback.asked_on_page':
        this.#erased.delete(fact.numberKey); // given once more
        this.#take(fact.place, fact.line, false, `asked for after ${fact.after}`);
        hold(
          this.#hours === null || this.#hours.isOpenAt(this.#at),
          'S8',
          `callback ${fact.callback} was asked for while the line is closed`,
        );
        this.#register(fact.callback, calleeOf(fact), fact.place);
        return;
      case 'callback.number_changed': {
        const known = this.#of(fact.callback);
        this.#count(known, -1);
        known.callee = calleeOf(fact);
        this.#count(known, 1);
        return;
      }
      case 'callback.merged':
        if (fact.moved === true) this.#of(fact.callback).place = fact.place;
        return;
      case 'callback.completed':
      case 'callback.unreachable':
      case 'callback.cancelled':
      case 'callback.expired': {
        const known = this.#of(fact.callback);
        if (fact.type === 'callback.expired')
          hold(this.#hours !== null, 'S12', `callback ${fact.callback} expired, and its line never closes`);
        this.#part(known, true);
        this.#callbacks.delete(fact.callback);
        return;
      }
      default:
        this.#placeFact(fact);
    }
  }

  #placeFact(fact: Fact): void {
    switch (fact.type) {
      case 'place.taken':
        this.#take(fact.place, fact.line, fact.overflow === true, `of call ${fact.call}`);
        return;
      case 'place.transferred':
        this.#transfer(fact.place, fact.line);
        return;
      case 'place.left': {
        const line = this.#lineOf.get(fact.place);
        if (line !== undefined) this.#places.set(line, (this.#places.get(line) ?? 0) - 1);
        this.#lineOf.delete(fact.place);
        this.#ahead.delete(fact.place);
        this.#offered.delete(fact.place);
        return;
      }
      case 'wait.quoted':
      case 'wait.unknown': {
        const before = this.#ahead.get(fact.place) ?? Number.POSITIVE_INFINITY;
        hold(
          fact.ahead <= before || (fact.worseBecause ?? '') !== '',
          'S23',
          `place ${fact.place} was told ${fact.ahead} ahead after ${before}, and no reason is written`,
        );
        this.#ahead.set(fact.place, fact.ahead);
        return;
      }
      case 'callback.offered':
        this.#holdOffer(fact.place, null);
        this.#offered.add(fact.place);
        return;
      case 'callback.not_offered':
        this.#holdOffer(fact.place, fact.code);
        this.#offered.delete(fact.place);
        return;
      default:
        return;
    }
  }

  #permit(id: AttemptId, at: number): void {
    const callback = this.#ofAttempt.get(id);
    const known = callback === undefined ? undefined : this.#callbacks.get(callback);
    if (known === undefined) return; // another checker's business
    const { line, callee } = known;
    hold(
      !this.#rules.isOff('dialling', null),
      'S17',
      `attempt ${id} was permitted with all dialling stopped`,
    );
    hold(
      !this.#rules.isOff('processing', line),
      'S17',
      `attempt ${id} was permitted with processing stopped`,
    );
    hold(!this.#barred.has(callee), 'S9', `attempt ${id} was permitted to a number never to be called`);
    hold(
      at <= (this.#erased.get(callee.numberKey) ?? at),
      'S9',
      `attempt ${id} was permitted to a number that was erased`,
    );
    const isOpen = this.#hours === null || this.#hours.isOpenAt(at) || this.#rules.isFinishing(line, at);
    hold(isOpen, 'S8', `attempt ${id} was permitted outside the local hours`);
    this.#permittedAts = this.#permittedAts.filter((one) => one > at - HOUR_MS);
    this.#permittedAts.push(at);
    const dialsMax = this.#rules.configuration?.numbers.dialsPerHourMax ?? Number.POSITIVE_INFINITY;
    hold(this.#permittedAts.length <= dialsMax, 'S17', `attempt ${id} is one too many for the hour`);
  }

  #register(id: CallbackId, callee: Callee, place: PlaceId): void {
    const line = this.#lineOf.get(place) as LineId;
    hold(!this.#rules.isOff('offering', line), 'S23', `callback ${id} was registered with offering stopped`);
    hold(!this.#barred.has(callee), 'S9', `callback ${id} is for a number never to be called`);
    const known: Known = { callee, line, place, notBeforeAt: 0, isParted: false };
    this.#callbacks.set(id, known);
    this.#count(known, 1);
    const ats = (this.#registered.get(callee.mainKey) ?? []).filter((one) => one > this.#at - DAY_MS);
    ats.push(this.#at);
    this.#registered.set(callee.mainKey, ats);
    const perDayMax = this.#rules.configuration?.numbers.perDayMax ?? Number.POSITIVE_INFINITY;
    hold(ats.length <= perDayMax, 'S17', `callback ${id} is one too many for its number in a day`);
  }

  #take(place: PlaceId, line: LineId, isOverflow: boolean, what: string): void {
    const count = (this.#places.get(line) ?? 0) + 1;
    this.#places.set(line, count);
    this.#lineOf.set(place, line);
    const known = this.#rules.configuration?.lines.find((one) => one.id === line);
    if (known === undefined || known.capacity === null || known.capacityCounts === 'waiting') return;
    hold(
      count <= known.capacity || isOverflow,
      'S17',
      `place ${place} ${what} is beyond the capacity of ${line}`,
    );
  }

  /** What was told of the other line counts no more; a line takes nobody in beyond its capacity. */
  #transfer(place: PlaceId, line: LineId): void {
    const before = this.#lineOf.get(place);
    this.#ahead.delete(place);
    this.#offered.delete(place);
    if (before === undefined || before === line) return;
    const count = (this.#places.get(line) ?? 0) + 1;
    this.#places.set(before, (this.#places.get(before) ?? 0) - 1);
    this.#places.set(line, count);
    this.#lineOf.set(place, line);
    const known = this.#rules.configuration?.lines.find((one) => one.id === line);
    if (known === undefined || known.capacity === null || known.capacityCounts === 'waiting') return;
    hold(count <= known.capacity, 'S17', `place ${place} was transferred beyond the capacity of ${line}`);
  }

  /** Not offered for a reason, or offered although there is one. */
  #holdOffer(place: PlaceId, code: OfferRefusal | null): void {
    const line = this.#lineOf.get(place);
    if (line === undefined) return;
    const isOff = this.#rules.isOff('offering', line);
    hold(code !== null || !isOff, 'S23', `place ${place} was offered a callback with offering stopped`);
    hold(
      code !== 'callback.offering_off' || isOff,
      'S23',
      `place ${place} was refused an offer by a switch that is on`,
    );
  }

  #part(known: Known, isParted: boolean): void {
    if (known.isParted === isParted) return;
    known.isParted = isParted;
    this.#count(known, isParted ? -1 : 1);
  }

  #count({ callee, line }: Known, by: 1 | -1): void {
    const key = `${callee.numberKey} ${line}`;
    const count = (this.#open.get(key) ?? 0) + by;
    if (count === 0) this.#open.delete(key);
    else this.#open.set(key, count);
  }

  #of(id: CallbackId): Known {
    const known = this.#callbacks.get(id);
    hold(known !== undefined, 'S2', `callback ${id} is not open`);
    return known;
  }
}
