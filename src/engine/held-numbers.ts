// The numbers that live calls need: the one a call came from and the one last given. The vault holds each from the moment
// it is decided upon until the end of the call is committed, so that a crowd of later numbers cannot push it out of
// memory before `callback.registered` writes its row. Keys only; it must not know a number.

import type { Fact } from '../core/fact.ts';
import type { CallId, NumberKey } from '../core/id.ts';
import { isDialable, type NumberView } from '../core/number.ts';
import type { State } from '../core/state.ts';

export interface NumberHolds {
  /** Someone needs it from now on: it may not be dropped. As many holds as releases. */
  hold(numberKey: NumberKey): void;
  release(numberKey: NumberKey): void;
}

type OfCall = { readonly from: NumberKey | null; given: NumberKey | null };

export class HeldNumbers {
  readonly #room: NumberHolds;
  readonly #calls = new Map<CallId, OfCall>();

  constructor(room: NumberHolds) {
    this.#room = room;
  }

  /** After a replay: what the calls that are still in the state had when the process ended. */
  recover(state: State): void {
    for (const call of state.calls.values()) {
      this.#arrived(call.id, call.ani);
      this.#given(call.id, call.number);
    }
  }

  decided(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (fact.type === 'call.arrived') this.#arrived(fact.call, fact.ani);
      else if (fact.type === 'dialogue.number_given') this.#given(fact.call, fact.number);
    }
  }

  /** Only now: what was registered before the end of the call is written too. */
  committed(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (fact.type !== 'call.ended') continue;
      const held = this.#calls.get(fact.call);
      this.#calls.delete(fact.call);
      for (const numberKey of [held?.from, held?.given]) if (numberKey) this.#room.release(numberKey);
    }
  }

  #arrived(call: CallId, number: NumberView | null): void {
    const from = this.#held(number);
    this.#calls.set(call, { from, given: null });
  }

  /** The latest takes the place of the one before it, which nobody will confirm any more. */
  #given(call: CallId, number: NumberView | null): void {
    const held = this.#calls.get(call);
    if (held === undefined) return;
    const before = held.given;
    held.given = this.#held(number);
    if (before !== null) this.#room.release(before);
  }

  #held(number: NumberView | null): NumberKey | null {
    if (!isDialable(number)) return null;
    this.#room.hold(number.numberKey);
    return number.numberKey;
  }
}
