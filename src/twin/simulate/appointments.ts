// What is to happen next, for each person at most one thing: a heap of four children over slots, with positions, so that
// an appointment is moved or called off at once and the heap is never larger than the number of people. Times in ms since
// the beginning, not rounded. It knows nothing of what the appointments are about.

import { assert } from '../../core/assert.ts';

const NONE = -1;

export class Appointments {
  #times = new Float64Array(0);
  #positions = new Int32Array(0);
  #heap = new Int32Array(0);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Infinity when there is none. */
  get nextTime(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : (this.#times[this.#heap[0] as number] as number);
  }

  /** Room for slots 0 to below `slots`. */
  widen(slots: number): void {
    const before = this.#positions.length;
    if (slots <= before) return;
    this.#times = widened(this.#times, new Float64Array(slots));
    this.#heap = widened(this.#heap, new Int32Array(slots));
    this.#positions = widened(this.#positions, new Int32Array(slots));
    this.#positions.fill(NONE, before);
  }

  /** Sets or moves the appointment of a slot. */
  set(slot: number, time: number): void {
    assert(time >= 0 && time < Number.POSITIVE_INFINITY, 'an appointment has a time');
    let position = this.#positions[slot] as number;
    if (position === NONE) {
      position = this.#size;
      this.#size += 1;
    }
    this.#times[slot] = time;
    this.#place(slot, position, time);
  }

  cancel(slot: number): void {
    const position = this.#positions[slot] as number;
    if (position === NONE) return;
    this.#positions[slot] = NONE;
    this.#size -= 1;
    if (position === this.#size) return;
    const last = this.#heap[this.#size] as number;
    this.#place(last, position, this.#times[last] as number);
  }

  /** The slot whose time has come; there must be one. */
  take(): number {
    assert(this.#size > 0, 'somebody has an appointment');
    const first = this.#heap[0] as number;
    this.cancel(first);
    return first;
  }

  #place(slot: number, from: number, time: number): void {
    const heap = this.#heap;
    const times = this.#times;
    const positions = this.#positions;
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 2;
      const parent = heap[above] as number;
      if ((times[parent] as number) <= time) break;
      heap[at] = parent;
      positions[parent] = at;
      at = above;
    }
    if (at === from) {
      for (;;) {
        const first = at * 4 + 1;
        if (first >= this.#size) break;
        const end = Math.min(first + 4, this.#size);
        let below = first;
        let soonest = times[heap[first] as number] as number;
        for (let i = first + 1; i < end; i += 1) {
          const other = times[heap[i] as number] as number;
          if (other < soonest) {
            soonest = other;
            below = i;
          }
        }
        if (soonest >= time) break;
        const child = heap[below] as number;
        heap[at] = child;
        positions[child] = at;
        at = below;
      }
    }
    heap[at] = slot;
    positions[slot] = at;
  }
}

function widened<T extends { set(from: T): void }>(old: T, wide: T): T {
  wide.set(old);
  return wide;
}
