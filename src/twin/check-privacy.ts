// S21: no telephone number in any fact. The world says what a number of its people looks like; the centre's own numbers,
// which everybody may know, are not among them.

import type { Fact } from '../core/fact.ts';
import { type Checker, hold } from './checker.ts';

export class PrivacyChecker implements Checker {
  readonly #isNumber: (text: string) => boolean;

  constructor(isNumber: (text: string) => boolean) {
    this.#isNumber = isNumber;
  }

  fact(fact: Fact): void {
    this.#look(fact.type, fact);
  }

  #look(type: string, value: unknown): void {
    if (typeof value === 'string') hold(!this.#isNumber(value), 'S21', `a number stands in ${type}`);
    if (typeof value !== 'object' || value === null) return;
    for (const name in value) this.#look(type, (value as Record<string, unknown>)[name]);
  }
}
