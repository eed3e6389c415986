// The clock of one process: with its death every wake-up that it had set is off.

import type { Clock } from '../../engine/clock.ts';

export class KillableClock implements Clock {
  readonly #clock: Clock;
  #isDead = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  wake(at: number, call: () => void): () => void {
    return this.#clock.wake(at, () => {
      if (!this.#isDead) call();
    });
  }

  kill(): void {
    this.#isDead = true;
  }
}
