// One direction of a connection in virtual time: what is sent arrives in order, each after a delay of its own, and never
// in the same turn. Cutting it loses what is under way, as a lost socket does.

import type { Timeline, Timer, Wakeable } from './timeline.ts';

export class Wire<T> implements Wakeable {
  readonly #timeline: Timeline;
  readonly #latencyMs: () => number;
  readonly #deliver: (message: T) => void;
  #queue: { readonly at: number; readonly message: T }[] = [];
  #head = 0;
  #lastAt = 0;
  #timer: Timer | null = null;
  #heldUntil = 0;

  constructor(timeline: Timeline, latencyMs: () => number, deliver: (message: T) => void) {
    this.#timeline = timeline;
    this.#latencyMs = latencyMs;
    this.#deliver = deliver;
  }

  send(message: T): void {
    this.#lastAt = Math.max(this.#lastAt, this.#timeline.now() + this.#latencyMs());
    this.#queue.push({ at: this.#lastAt, message });
    if (this.#timer === null) this.#timer = this.#timeline.set(this.#lastAt, this, 'deliver');
  }

  /** Nothing arrives before: whoever listens is not there. What is sent meanwhile waits. */
  hold(untilAt: number): void {
    this.#heldUntil = untilAt;
  }

  cut(): void {
    this.#timer = this.#timeline.cancel(this.#timer);
    this.#queue = [];
    this.#head = 0;
  }

  /** One message a turn: what follows from it is seen before the next. */
  wake(): void {
    this.#timer = null;
    const first = this.#queue[this.#head];
    if (first === undefined) return;
    if (this.#timeline.now() < this.#heldUntil) {
      this.#timer = this.#timeline.set(this.#heldUntil, this, 'deliver');
      return;
    }
    this.#head += 1;
    if (this.#head === this.#queue.length) {
      this.#queue = [];
      this.#head = 0;
    } else {
      const next = this.#queue[this.#head] as { at: number };
      this.#timer = this.#timeline.set(next.at, this, 'deliver');
    }
    this.#deliver(first.message);
  }
}
