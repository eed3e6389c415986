// What a checker is, and how it says that something does not hold. The invariants, by the names that violations carry:
//
//   Law 2  nothing leaves the house before its facts are committed     S1   what was acknowledged is in the journal
//   S2     one end for a callback, for ever                            S3   one live attempt for a callback
//   S4     one INVITE for an attempt, none without a permission        S5   attempts within their number and spacing
//   S6     no attempt without its agent held                           S7   an agent holds one place, and only when free
//   S10    order by key among places the same agent could serve       S16  only the current epoch writes
//   S18    the journal's time does not go back                         S19  a replay gives the same state
//   S20    no phone is rung that is still in a call                    S21  no telephone number in a fact
//   S22    accepted = waiting + live + ended                           L1   everything comes to rest after closing
//   L3     no agent is ready while a place they could serve waits      L5   a conversation is not cut by the house
//   S27    asked for on a page: once, after one that ended, at the end of the line
//   S25    a survey keeps nobody, and each answer counts once          S26  a call again is agreed rightly, and not for ever

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
