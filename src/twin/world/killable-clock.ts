// The clock of one process: with its death every wake-up that it had set is off; while it stalls they are late.

import type { Clock } from '../../engine/clock.ts';

export class KillableClock implements Clock {
  readonly #clock: Clock;
  #isDead = false;
  #stalledUntil = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  wake(at: number, call: () => void): () => void {
    let off = (): void => {};
    const ring = (): void => {
      if (this.#isDead) return;
      if (this.#clock.now() < this.#stalledUntil) off = this.#clock.wake(this.#stalledUntil, ring);
      else call();
    };
    off = this.#clock.wake(at, ring);
    return () => off();
  }

  stall(untilAt: number): void {
    this.#stalledUntil = untilAt;
  }

  kill(): void {
    this.#isDead = true;
  }
}
