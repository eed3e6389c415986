// S1, S12, S13, S15, S23 by the ear: what a citizen was told of their callback is in the journal and true; nobody is
// recognised without the right code, and whoever has it is; a callback is cancelled only because somebody asked, and then
// no attempt of it is ever permitted again. What citizens hear comes from the world, never from the house.

import type { Fact, FactOf } from '../core/fact.ts';
import type { CallbackId, CallId, NumberKey } from '../core/id.ts';
import { BarredNumbers, type Callee, calleeOf } from './barred-numbers.ts';
import { type Checker, hold } from './checker.ts';

type Known = {
  readonly codes: string[];
  readonly key: NumberKey;
  callee: Callee;
  ended: string;
  tries: number;
};

/** What was told, in so many words. */
export type ToldOfCallback = {
  readonly is: 'registered' | 'cancelled';
  readonly reference: string;
  readonly code: string;
  readonly callAt: number;
};

const TRIES_MAX = 10;

export class ToldChecker implements Checker {
  readonly #callbacks = new Map<CallbackId, Known>();
  readonly #entered = new Map<CallId, string>();
  readonly #recognised = new Map<CallId, CallbackId>();
  readonly #barred = new BarredNumbers();
  /** Those that have not ended, and after which they were asked for. */
  readonly #askedAfter = new Map<CallbackId, CallbackId>();
  readonly #asked = new Set<CallbackId>();
  #restoredAt = Number.NEGATIVE_INFINITY;

  /** An owner has asked for it. */
  cancelAsked(callback: CallbackId): void {
    this.#asked.add(callback);
  }

  /** Of a journal that an older one has replaced. */
  askedBefore(other: ToldChecker): void {
    for (const callback of other.#asked) this.#asked.add(callback);
  }

  /** Whatever is still being said was said by a house whose journal is lost. */
  restoredAt(at: number): void {
    this.#restoredAt = at;
  }

  told({ is, reference, code, callAt }: ToldOfCallback): void {
    if (callAt <= this.#restoredAt) return;
    const known = this.#callbacks.get(Number(reference) as CallbackId);
    hold(known !== undefined, 'S1', `reference ${reference} was told and is not in the journal`);
    if (is === 'registered')
      hold(known.codes.includes(code), 'S1', `callback ${reference} was told with another code`);
    else hold(known.ended === 'callback.cancelled', 'S13', `callback ${reference} is said to be cancelled`);
  }

  fact(fact: Fact): void {
    switch (fact.type) {
      case 'callback.asked_on_page':
        this.#askedOnPage(fact.callback, fact.after);
        this.#know(fact);
        return;
      case 'callback.registered':
        this.#know(fact);
        return;
      case 'callback.merged':
        this.#callbacks.get(fact.callback)?.codes.push(fact.code);
        return;
      case 'callback.number_changed': {
        const known = this.#callbacks.get(fact.callback);
        if (known !== undefined) known.callee = calleeOf(fact);
        return;
      }
      case 'number.barred':
      case 'number.unbarred':
        this.#barred.fact(fact);
        return;
      case 'callback.completed':
      case 'callback.unreachable':
      case 'callback.expired':
        this.#end(fact.callback, fact.type);
        return;
      case 'callback.cancelled':
        this.#cancelled(fact.callback, fact.by ?? '');
        this.#end(fact.callback, fact.type);
        return;
      default:
        this.#callFact(fact);
    }
  }

  #callFact(fact: Fact): void {
    switch (fact.type) {
      case 'dialogue.key_entered': {
        const before = this.#entered.get(fact.call) ?? '';
        this.#entered.set(fact.call, fact.key === '*' ? '' : before + fact.key);
        return;
      }
      case 'client.recognised':
        hold(
          this.#rightFor(fact.call) === fact.callback,
          'S15',
          `call ${fact.call} was recognised for callback ${fact.callback} by a wrong code`,
        );
        this.#entered.delete(fact.call);
        this.#recognised.set(fact.call, fact.callback);
        return;
      case 'client.not_recognised': {
        const right = this.#rightFor(fact.call);
        const known = fact.callback === null ? undefined : this.#callbacks.get(fact.callback);
        hold(
          right === null || (known?.tries ?? 0) >= TRIES_MAX,
          'S15',
          `call ${fact.call} keyed the right code and was not recognised`,
        );
        if (known !== undefined) known.tries += 1;
        this.#entered.delete(fact.call);
        return;
      }
      case 'call.ended':
        this.#entered.delete(fact.call);
        this.#recognised.delete(fact.call);
        return;
      default:
        return;
    }
  }

  /** The open callback that reference and first code belong to. */
  #rightFor(call: CallId): CallbackId | null {
    const digits = this.#entered.get(call) ?? '';
    const id = Number(digits.slice(0, 6)) as CallbackId;
    const known = this.#callbacks.get(id);
    return known !== undefined && known.ended === '' && known.codes[0] === digits.slice(6) ? id : null;
  }

  #know(fact: FactOf<'callback.registered' | 'callback.asked_on_page'>): void {
    const { callback, code, numberKey: key } = fact;
    this.#callbacks.set(callback, { codes: [code], key, callee: calleeOf(fact), ended: '', tries: 0 });
  }

  /** Only after one that ended without its client, and one at a time. */
  #askedOnPage(callback: CallbackId, after: CallbackId): void {
    const known = this.#callbacks.get(after);
    const isOver = known !== undefined && known.ended !== '' && known.ended !== 'callback.completed';
    hold(isOver, 'S27', `callback ${callback} was asked for after ${after}, which has not ended so`);
    const isTwice = [...this.#askedAfter.values()].includes(after);
    hold(!isTwice, 'S27', `two callbacks were asked for after ${after}`);
    this.#askedAfter.set(callback, after);
  }

  #cancelled(id: CallbackId, by: string): void {
    const known = this.#callbacks.get(id);
    const isAsked =
      (by === 'owner' && this.#asked.has(id)) ||
      (by === 'never_call' && known !== undefined && this.#barred.has(known.callee)) ||
      ((by === 'client' || by === 'holds') && [...this.#recognised.values()].includes(id));
    hold(isAsked, 'S12', `callback ${id} was cancelled by "${by}", and nobody had asked`);
  }

  #end(id: CallbackId, how: string): void {
    const known = this.#callbacks.get(id);
    if (known !== undefined) known.ended = how;
    this.#askedAfter.delete(id);
  }
}
