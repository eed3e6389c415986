// The clock of one process: with its death every wake-up that it had set is off; while it stalls they are late. The wall's
// time may be set by somebody; how long a wake-up takes to come does not change with it, as with setTimeout.

import { type Clock, DELAY_MAX_MS } from '../../engine/clock.ts';
import type { VirtualTime } from '../virtual-time.ts';

/** What the clock on the wall shows, beside true time. */
export type WallOffset = { offsetMs: number };

export class KillableClock implements Clock {
  readonly #time: VirtualTime;
  readonly #wall: WallOffset;
  #isDead = false;
  #stalledUntil = 0;

  constructor(time: VirtualTime, wall: WallOffset) {
    this.#time = time;
    this.#wall = wall;
  }

  now(): number {
    return this.#time.now() + this.#wall.offsetMs;
  }

  wake(at: number, call: () => void): () => void {
    let off = (): void => {};
    const ring = (): void => {
      if (this.#isDead) return;
      if (this.#time.now() < this.#stalledUntil) off = this.#time.wake(this.#stalledUntil, ring);
      else call();
    };
    off = this.#time.wake(this.#time.now() + Math.min(at - this.now(), DELAY_MAX_MS), ring);
    return () => off();
  }

  stall(untilAt: number): void {
    this.#stalledUntil = untilAt;
  }

  kill(): void {
    this.#isDead = true;
  }
}
