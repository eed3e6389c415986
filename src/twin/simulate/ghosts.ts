// Ghosts: callers who gave up, kept in their place to see how long they would have had to wait. A ghost takes nothing from
// anybody. Its turn has come at the first instant at which an agent who may serve its line takes a later place, or finds
// no place to take: that agent would have taken this one. A heap by entry, one per line.

export type Ghost = {
  readonly entry: number;
  /** When its caller entered the line, in ms. */
  readonly enteredAt: number;
  readonly quoteMs: number;
  readonly floorMs: number;
  readonly rivalsMs: readonly number[];
};

export class Ghosts {
  readonly #heap: Ghost[] = [];

  get size(): number {
    return this.#heap.length;
  }

  /** The entry of the first of them; infinity when there is none. */
  get firstEntry(): number {
    return this.#heap[0]?.entry ?? Number.POSITIVE_INFINITY;
  }

  add(ghost: Ghost): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(ghost);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above] as Ghost;
      if (parent.entry <= ghost.entry) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = ghost;
  }

  /** The first of them; there must be one. */
  take(): Ghost {
    const heap = this.#heap;
    const first = heap[0] as Ghost;
    const last = heap.pop() as Ghost;
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = at * 2 + 1;
      if (below >= heap.length) break;
      const right = below + 1;
      if (right < heap.length && (heap[right] as Ghost).entry < (heap[below] as Ghost).entry) below = right;
      const child = heap[below] as Ghost;
      if (child.entry >= last.entry) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = last;
    return first;
  }
}
