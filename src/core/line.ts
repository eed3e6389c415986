// The order of places that wait for the same agents: add, remove, rank and first in O(log n) to a million places.
// A Fenwick tree of counts over the entry number, one lane per priority; measured against an index heap, a treap and a
// sorted array it was the only one quick at all four. Entries are not dense here (one sequence for the whole centre),
// so a lane keeps a window of entries and moves or widens it when an entry falls outside, leaving room on both sides
// (places come back at their old, low keys): amortised O(1).
//
// It knows places and keys only; who may serve them is the business of follow-up.ts.

import { assert } from './assert.ts';
import type { PlaceKey } from './fact.ts';
import type { PlaceId } from './id.ts';

export const PRIORITIES = 8;
const WINDOW_MIN = 1024;

export class Lane {
  count = 0;
  base = 0; // the entry at offset 0
  window = 0; // a power of two
  tree = new Int32Array(0); // Fenwick, one-based
  placeAt = new Float64Array(0); // place id + 1; 0 is empty (ids are safe integers)

  add(entry: number, place: PlaceId): void {
    if (this.count === 0) this.base = Math.max(0, entry - (this.window >> 2));
    if (entry < this.base || entry - this.base >= this.window) this.moveWindow(entry);
    const offset = entry - this.base;
    assert(this.placeAt[offset] === 0, 'nobody else has entry', entry);
    this.placeAt[offset] = place + 1;
    this.bump(offset, 1);
    this.count += 1;
  }

  remove(entry: number): void {
    const offset = entry - this.base;
    assert(offset >= 0 && offset < this.window && this.placeAt[offset] !== 0, 'in line stands entry', entry);
    this.placeAt[offset] = 0;
    this.bump(offset, -1);
    this.count -= 1;
  }

  /** How many entries are smaller. */
  before(entry: number): number {
    let sum = 0;
    for (let i = Math.max(0, Math.min(entry - this.base, this.window)); i > 0; i &= i - 1)
      sum += this.tree[i] as number;
    return sum;
  }

  /** Offset of the smallest entry. The lane must not be empty. */
  firstOffset(): number {
    let at = 0;
    for (let step = this.window; step > 0; step >>= 1) {
      const next = at + step;
      if (next <= this.window && (this.tree[next] as number) === 0) at = next;
    }
    return at;
  }

  private bump(offset: number, by: number): void {
    const { tree, window } = this;
    for (let i = offset + 1; i <= window; i += i & -i) tree[i] = (tree[i] as number) + by;
  }

  private moveWindow(entry: number): void {
    const old = this.placeAt;
    const oldBase = this.base;
    const first = this.count === 0 ? entry : Math.min(entry, oldBase + this.firstOffset());
    let last = entry;
    for (let i = old.length - 1; i >= 0 && this.count > 0; i -= 1) {
      if (old[i] !== 0) {
        last = Math.max(last, oldBase + i);
        break;
      }
    }
    const span = last - first + 1;
    let window = WINDOW_MIN;
    while (window < span * 2) window *= 2;
    const base = Math.max(0, first - ((window - span) >> 2)); // a quarter of the free room is for low entries
    this.base = base;
    this.window = window;
    this.placeAt = new Float64Array(window);
    this.tree = new Int32Array(window + 1);
    for (let i = 0; i < old.length; i += 1) {
      if (old[i] !== 0) this.placeAt[oldBase + i - base] = old[i] as number;
    }
    for (let i = 1; i <= window; i += 1) {
      this.tree[i] = (this.tree[i] as number) + (this.placeAt[i - 1] === 0 ? 0 : 1);
      const parent = i + (i & -i);
      if (parent <= window) this.tree[parent] = (this.tree[parent] as number) + (this.tree[i] as number);
    }
  }
}

export type FirstPlace = { readonly priority: number; readonly entry: number; readonly place: PlaceId };

export class Line {
  private readonly lanes: Lane[] = Array.from({ length: PRIORITIES }, () => new Lane());
  private total = 0;

  get size(): number {
    return this.total;
  }

  add(key: PlaceKey, place: PlaceId): void {
    this.lane(key.priority).add(key.entry, place);
    this.total += 1;
  }

  remove(key: PlaceKey): void {
    this.lane(key.priority).remove(key.entry);
    this.total -= 1;
  }

  /** How many places stand before this key, whether or not the key itself is in the line. */
  rank(key: PlaceKey): number {
    let ahead = this.lane(key.priority).before(key.entry);
    for (let p = 0; p < key.priority; p += 1) ahead += this.lane(p).count;
    return ahead;
  }

  first(): FirstPlace | null {
    for (let priority = 0; priority < PRIORITIES; priority += 1) {
      const lane = this.lane(priority);
      if (lane.count === 0) continue;
      const offset = lane.firstOffset();
      return {
        priority,
        entry: lane.base + offset,
        place: ((lane.placeAt[offset] as number) - 1) as PlaceId,
      };
    }
    return null;
  }

  private lane(priority: number): Lane {
    const lane = this.lanes[priority];
    assert(lane !== undefined, 'between the first and the last is priority', priority);
    return lane;
  }
}

/** Which key is served first: the smaller priority, then the earlier entry. */
export function isBefore(a: PlaceKey, b: PlaceKey): boolean {
  return a.priority < b.priority || (a.priority === b.priority && a.entry < b.entry);
}
