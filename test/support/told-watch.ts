// What people are told, held against what is so: a wait or place never gets worse without a recorded cause, nobody hears
// that a callback is registered, cancelled or kept when it is not (S13, S23), and nobody learns or changes anything
// without the code (S15). It reads the facts, and the state that they have led to; it calls no rule that it checks.

import type { Fact, FactOf } from '../../src/core/fact.ts';
import type { CallbackId, CallId, PlaceId } from '../../src/core/id.ts';
import type { State } from '../../src/core/state.ts';

const REFERENCE_DIGITS = 6;
const DIGITS = 10;
const TRIES_MAX = 10;

type Told = { readonly ahead: number; readonly minMinutes: number; readonly maxMinutes: number };
const UNKNOWN = { minMinutes: Number.POSITIVE_INFINITY, maxMinutes: Number.POSITIVE_INFINITY };

export class ToldWatch {
  private readonly told = new Map<PlaceId, Told>();
  private readonly keys = new Map<CallId, string>();
  private readonly codes = new Map<CallbackId, string>();
  private readonly wrong = new Map<CallbackId, number>();

  /** Called before the fact changes the state. */
  see(state: State, fact: Fact): void {
    switch (fact.type) {
      case 'wait.quoted':
        this.tell(fact.place, fact, fact.worseBecause);
        return;
      case 'wait.unknown':
        this.tell(fact.place, { ahead: fact.ahead, ...UNKNOWN }, fact.worseBecause);
        return;
      case 'place.transferred':
      case 'place.left':
        this.told.delete(fact.place);
        return;
      case 'callback.registered':
      case 'callback.asked_on_page':
        this.codes.set(fact.callback, fact.code);
        return;
      case 'dialogue.key_entered':
        this.keys.set(fact.call, fact.key === '*' ? '' : (this.keys.get(fact.call) ?? '') + fact.key);
        return;
      case 'client.recognised':
        this.checkCode(fact);
        this.keys.delete(fact.call);
        return;
      case 'client.not_recognised':
        this.keys.delete(fact.call);
        if (fact.callback !== null) this.wrong.set(fact.callback, (this.wrong.get(fact.callback) ?? 0) + 1);
        return;
      case 'dialogue.asked':
        checkSaid(state, fact);
        return;
      default:
    }
  }

  private tell(place: PlaceId, now: Told, because: string | undefined): void {
    const before = this.told.get(place);
    this.told.set(place, now);
    if (before === undefined || because !== undefined) return;
    const isLonger = now.minMinutes > before.minMinutes || now.maxMinutes > before.maxMinutes;
    if (now.ahead > before.ahead || isLonger)
      throw new Error(`S23: place ${place} is told something worse, and nobody knows why`);
  }

  private checkCode({ call, callback }: FactOf<'client.recognised'>): void {
    const keys = this.keys.get(call) ?? '';
    const isRight =
      keys.length === DIGITS &&
      Number(keys.slice(0, REFERENCE_DIGITS)) === callback &&
      keys.slice(REFERENCE_DIGITS) === this.codes.get(callback);
    if (!isRight) throw new Error(`S15: call ${call} is let to callback ${callback} without its code`);
    if ((this.wrong.get(callback) ?? 0) >= TRIES_MAX)
      throw new Error(`S15: callback ${callback} is open to guessing`);
  }
}

/** What is said at a step is so. */
function checkSaid(state: State, { call: id, step, because }: FactOf<'dialogue.asked'>): void {
  const call = state.calls.get(id);
  if (call === undefined) throw new Error(`call ${id} is asked something and is not there`);
  // Told once more after the socket was away, with nothing left to tell: only the good-bye is said.
  if (step === 'registered' && because !== 'resynced') {
    const place = call.place === null ? undefined : state.places.get(call.place);
    if (place?.callback == null && call.merged === null)
      throw new Error(`S23: call ${id} hears that a callback is registered, and none is`);
  }
  if (step === 'returning' && call.client === null)
    throw new Error(`S15: call ${id} is asked what to do with a callback that it was not let to`);
  if (step !== 'returned') return;
  const callback = call.client === null ? undefined : state.callbacks.get(call.client);
  const isServed = ['serving', 'connected', 'parted'].includes(callback?.state ?? '');
  const isSo: Partial<Record<typeof because, boolean>> = {
    kept: callback !== undefined,
    being_served: isServed,
    cancelled: callback === undefined,
    ended: callback === undefined,
    number_changed:
      callback !== undefined &&
      call.number !== null &&
      'numberKey' in call.number &&
      callback.numberKey === call.number.numberKey,
  };
  if (isSo[because] === false)
    throw new Error(`S13: call ${id} is told ${because}, and its callback is ${callback?.state ?? 'over'}`);
}
