// The owners' rules, held against each fact as it happens, the slow and simple way: who may be dialled at this moment
// (S8, S9, S17), who may be offered a callback (S23), whose registration may stand (S14, S17), why a place goes before
// others (S10). It counts for itself and calls no rule that it checks.

import type { LineConfiguration, Span } from '../../src/core/configuration.ts';
import type { FactOf } from '../../src/core/fact.ts';
import type { CallbackId, PlaceId } from '../../src/core/id.ts';
import type { Callback, Place, State } from '../../src/core/state.ts';
import { isServable } from './invariants.ts';

const HOUR_MS = 3_600_000;

export class RuleWatch {
  private readonly dialledAts: number[] = [];
  private readonly registrations: {
    readonly at: number;
    readonly number: string;
    readonly source: string;
  }[] = [];

  /** An attempt is begun, or let through: within the hours and the switches. */
  checkMoment(state: State, id: CallbackId | undefined, at: number): void {
    const callback = must(id === undefined ? undefined : state.callbacks.get(id));
    const place = must(state.places.get(callback.place));
    if (!isServable(state, place, at))
      throw new Error(`S8: callback ${id} is dialled outside hours or switches`);
    if (callback.later && !isIn(lineOf(state, place).closing.callingHours, at))
      throw new Error(`S8: callback ${id} is dialled outside the client's calling hours`);
    if (at < callback.notBeforeAt) throw new Error(`callback ${id} is dialled before the time asked for`);
  }

  checkDial(state: State, id: CallbackId | undefined, at: number): void {
    this.checkMoment(state, id, at);
    const callback: Callback = must(id === undefined ? undefined : state.callbacks.get(id));
    if (state.numbers.isBarred(callback.numberKey, callback.mainKey))
      throw new Error('S9: a barred number is dialled');
    this.dialledAts.push(at);
    const { dialsPerHourMax } = must(state.configuration).numbers;
    if (count(this.dialledAts, (then) => then > at - HOUR_MS) > dialsPerHourMax)
      throw new Error(`S17: more than ${dialsPerHourMax} clients dialled in an hour`);
  }

  /** What the caller is offered can be kept, by the owners' rules (law 5). */
  checkOffer(state: State, id: PlaceId, at: number): void {
    const place = must(state.places.get(id));
    const { offer, open } = lineOf(state, place);
    const fail = (why: string): never => {
      throw new Error(`S23: a callback is offered to place ${id} ${why}`);
    };
    const phase = offer.phases.find((p) => p.fromAt <= at && at < p.toAt);
    if (phase === undefined) throw new Error(`S23: a callback is offered to place ${id} before its phase`);
    if (place.draw >= phase.sharePermille) fail('outside the share of the ramp');
    if (isOff(state, place)) fail('while offering is off');
    if (place.quotedMs !== null && place.quotedMs <= offer.waitOverMs) fail('after a short wait');
    const ahead = count([...state.places.values()], (p) => p.line === place.line && isAhead(p, place));
    if (ahead <= offer.aheadOver) fail(`with ${ahead} ahead`);
    if (!isIn(open, at)) fail('while the line is closed');
    const pending = count([...state.callbacks.values()], (c) => c.line === place.line);
    if (offer.pendingMax !== null && pending >= offer.pendingMax) fail(`with ${pending} pending`);
  }

  checkRegistration(state: State, fact: FactOf<'callback.registered'>, at: number): void {
    const place = must(state.places.get(fact.place));
    const { numbers } = must(state.configuration);
    const ani = must(state.calls.get(fact.call)).ani;
    const source = ani !== null && 'numberKey' in ani && ani.type !== 'relay' ? ani.numberKey : '';
    // All extensions of a number are one phone; a relay service's number is nobody's.
    const number = fact.relay === true ? '' : (fact.mainKey ?? fact.numberKey);
    const sharers = numbers.shared.find((one) => one.numberKey === number)?.openMax ?? 1;
    const same = this.registrations.filter((r) => r.number === number && r.at > at - 24 * HOUR_MS);
    if (number !== '' && same.length >= numbers.perDayMax * sharers)
      throw new Error('S17: too many callbacks for a number in a day');
    const asked = this.registrations.filter((r) => r.source === source && r.at > at - HOUR_MS);
    if (source !== '' && asked.length >= numbers.perSourcePerHourMax)
      throw new Error('S17: too many callbacks from a number in an hour');
    if (state.numbers.isBarred(fact.numberKey, fact.mainKey))
      throw new Error('S9: a barred number is registered');
    if (isOff(state, place)) throw new Error('S23: a callback is registered while offering is off');
    const pending = count([...state.callbacks.values()], (c) => c.line === place.line);
    const { pendingMax } = lineOf(state, place).offer;
    if (pendingMax !== null && pending >= pendingMax)
      throw new Error('S17: more callbacks than may be pending');
    this.registrations.push({ at, number, source });
  }

  checkPriority(state: State, fact: FactOf<'place.prioritised'>): void {
    const place = must(state.places.get(fact.place));
    const known = lineOf(state, place).priorities.find((p) => p.reason === fact.reason);
    if (known?.priority !== fact.priority)
      throw new Error(`S10: a priority without a reason: ${fact.reason}`);
    const others = [...state.places.values()].filter(
      (p) => p.line === place.line && p.reason === fact.reason,
    );
    if (others.length >= known.placesMax)
      throw new Error(`S17: too many places before others: ${fact.reason}`);
  }
}

function isOff(state: State, place: Place): boolean {
  return ['offering', `offering/${place.line}`].some((key) => state.switches.get(key)?.on === false);
}

function isAhead(a: Place, b: Place): boolean {
  const isSooner = a.priority < b.priority || (a.priority === b.priority && a.entry < b.entry);
  return a.state === 'waiting' && isSooner;
}

function isIn(spans: readonly Span[], at: number): boolean {
  return spans.some((span) => span.fromAt <= at && at < span.toAt);
}

function lineOf(state: State, place: Place): LineConfiguration {
  return must(state.lines.get(place.line));
}

function count<T>(all: readonly T[], is: (one: T) => boolean): number {
  return all.filter(is).length;
}

function must<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('a fact about something that is not there');
  return value;
}
