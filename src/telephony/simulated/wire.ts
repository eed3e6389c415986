// One direction of a connection in virtual time: what is sent arrives in order, each after a delay of its own, and never
// in the same turn. Cutting it loses what is under way, as a lost socket does.

import { assert } from '../../core/assert.ts';
import type { Timeline, Timer, Wakeable } from './timeline.ts';

/** Messages beside the others at a time. */
const ASIDE_MAX = 10_000;

export class Wire<T> implements Wakeable {
  readonly #timeline: Timeline;
  readonly #latencyMs: () => number;
  readonly #deliver: (message: T) => void;
  #queue: { readonly at: number; readonly message: T }[] = [];
  #head = 0;
  #lastAt = 0;
  #timer: Timer | null = null;
  #heldUntil = 0;
  readonly #asides = new Set<Aside>();

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

  /** Beside the others: what is sent later may come sooner. */
  sendAside(message: T, afterMs: number): void {
    assert(this.#asides.size < ASIDE_MAX, 'messages beside the others stay within their limit');
    const aside = new Aside(this.#timeline, this.#timeline.now() + afterMs, () => {
      const now = this.#timeline.now();
      if (now < this.#heldUntil) {
        aside.again(this.#heldUntil);
        return;
      }
      this.#asides.delete(aside);
      this.#deliver(message);
    });
    this.#asides.add(aside);
  }

  /** Nothing arrives before: whoever listens is not there. What is sent meanwhile waits. */
  hold(untilAt: number): void {
    this.#heldUntil = untilAt;
  }

  cut(): void {
    this.#timer = this.#timeline.cancel(this.#timer);
    this.#queue = [];
    this.#head = 0;
    for (const aside of this.#asides) aside.off();
    this.#asides.clear();
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

class Aside implements Wakeable {
  readonly #timeline: Timeline;
  readonly #come: () => void;
  #timer: Timer;

  constructor(timeline: Timeline, at: number, come: () => void) {
    this.#timeline = timeline;
    this.#come = come;
    this.#timer = timeline.set(at, this, 'come');
  }

  again(at: number): void {
    this.#timer = this.#timeline.set(at, this, 'come');
  }

  off(): void {
    this.#timeline.cancel(this.#timer);
  }

  wake(): void {
    this.#come();
  }
}
