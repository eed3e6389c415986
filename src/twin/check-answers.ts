// S24: a client who answers hears a live agent within two seconds. Heard by the client's own ear, in true time. Asked only
// when nothing has befallen anybody in those seconds: a dead process joins nobody. A switchboard that answers is no
// client: there the seconds count from the last key of the extension.

import { hold } from './checker.ts';
import type { FaultPlan } from './faults/fault-plan.ts';

const WITHIN_MS = 2_000;
/** What struck just before the answer may still be at work. */
const CALM_MS = 60_000;

export class AnswersChecker {
  readonly withinMs = WITHIN_MS;
  /** How often each was heard from since it answered: only the look that belongs to the last time counts. */
  readonly #waiting = new Map<number, number>();

  answered(leg: number): void {
    this.#waiting.set(leg, (this.#waiting.get(leg) ?? 0) + 1);
  }

  joined(leg: number): void {
    this.#waiting.delete(leg);
  }

  /** Two seconds later. `isUp`: nobody has hung up meanwhile. */
  look(leg: number, isUp: boolean, faults: FaultPlan): void {
    const left = (this.#waiting.get(leg) ?? 1) - 1;
    if (left > 0) {
      this.#waiting.set(leg, left);
      return;
    }
    const waits = this.#waiting.delete(leg);
    if (!isUp || !faults.isCalmFor(CALM_MS)) return;
    hold(!waits, 'S24', 'a client has answered and hears nobody');
  }
}
