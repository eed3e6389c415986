// Which numbers are never to be called, as the committed facts say it: for the checkers, apart from the house's own book. A
// number that is barred bars every extension behind it; an extension can be barred alone.

import type { Fact } from '../core/fact.ts';
import type { NumberKey } from '../core/id.ts';

/** A number as a callback has it. */
export type Callee = { readonly numberKey: NumberKey; readonly mainKey: NumberKey };

/** The key of the number alone, where there is an extension; else the same key. */
export function calleeOf(fact: { readonly numberKey: NumberKey; readonly mainKey?: NumberKey }): Callee {
  return { numberKey: fact.numberKey, mainKey: fact.mainKey ?? fact.numberKey };
}

export class BarredNumbers {
  readonly #keys = new Set<NumberKey>();

  fact(fact: Extract<Fact, { type: 'number.barred' | 'number.unbarred' }>): void {
    if (fact.type === 'number.barred') this.#keys.add(fact.numberKey);
    else this.#keys.delete(fact.numberKey);
  }

  has({ numberKey, mainKey }: Callee): boolean {
    return this.#keys.has(numberKey) || this.#keys.has(mainKey);
  }
}
