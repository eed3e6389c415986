// What a checker is, and how it says that something does not hold. See checkers.ts.

import type { Fact } from '../core/fact.ts';
import type { NumberKey } from '../core/id.ts';
import type { State } from '../core/state.ts';

/** What is counted outside: the carrier's INVITEs, for an attempt and in all, and the newest ids that the house let out. */
export type Meter = {
  readonly trunkInvites: number;
  invitesMarked(attempt: string): number;
  /** Whether the number behind a key can be had from what is on disk. */
  isKept(numberKey: NumberKey): boolean;
  /** Text ids; empty when there was none. */
  readonly newestRing: string;
  readonly newestDial: string;
};

export type Checker = {
  /** One committed fact, in order. */
  fact(fact: Fact, at: number): void;
  /** Whole turns are committed. `state` is the engine's own, when it is known to be exactly that far. */
  atRest?(state: State | null): void;
};

export class Violation extends Error {
  override name = 'Violation';
  readonly invariant: string;
  constructor(invariant: string, what: string) {
    super(`${invariant}: ${what}`);
    this.invariant = invariant;
  }
}

export function hold(holds: boolean, invariant: string, what: string): asserts holds {
  if (!holds) throw new Violation(invariant, what);
}
