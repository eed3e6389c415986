// Which place of a line is the first, kept apart from the core's own order so that an overtake cannot hide in it: entries
// in a ring, in the order in which they came; those that leave are passed over when they reach the front, and those that
// come back to an old entry stand in a heap of their own.

const IN_HEAP = -1;

export class OrderWatch {
  #ring = new Float64Array(1024);
  #waits = new Uint8Array(1024);
  /** The ring holds the places numbered from here to there, counted from 0. */
  #from = 0;
  #to = 0;
  readonly #back: number[] = [];
  readonly #isBack = new Set<number>();

  /** Gives the number by which the place leaves. Entries only grow. */
  enter(entry: number): number {
    if (this.#to - this.#from === this.#ring.length) this.#widen();
    const at = this.#to & (this.#ring.length - 1);
    this.#ring[at] = entry;
    this.#waits[at] = 1;
    this.#to += 1;
    return this.#to - 1;
  }

  leave(number: number, entry: number): void {
    if (number === IN_HEAP) this.#isBack.delete(entry);
    else this.#waits[number & (this.#ring.length - 1)] = 0;
  }

  /** At the entry it had before; gives its new number. */
  comeBack(entry: number): number {
    this.#isBack.add(entry);
    const heap = this.#back;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if ((heap[above] as number) <= entry) break;
      heap[at] = heap[above] as number;
      at = above;
    }
    heap[at] = entry;
    return IN_HEAP;
  }

  /** The smallest entry that waits; infinity when none does. */
  first(): number {
    const mask = this.#ring.length - 1;
    while (this.#from < this.#to && this.#waits[this.#from & mask] === 0) this.#from += 1;
    const inOrder =
      this.#from < this.#to ? (this.#ring[this.#from & mask] as number) : Number.POSITIVE_INFINITY;
    if (this.#back.length === 0) return inOrder;
    while (this.#back.length > 0 && !this.#isBack.has(this.#back[0] as number)) this.#dropBack();
    return Math.min(inOrder, this.#back[0] ?? Number.POSITIVE_INFINITY);
  }

  #dropBack(): void {
    const heap = this.#back;
    const last = heap.pop() as number;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let below = at * 2 + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && (heap[below + 1] as number) < (heap[below] as number)) below += 1;
      if ((heap[below] as number) >= last) break;
      heap[at] = heap[below] as number;
      at = below;
    }
    heap[at] = last;
  }

  #widen(): void {
    const ring = new Float64Array(this.#ring.length * 2);
    const waits = new Uint8Array(ring.length);
    for (let i = this.#from; i < this.#to; i += 1) {
      ring[i & (ring.length - 1)] = this.#ring[i & (this.#ring.length - 1)] as number;
      waits[i & (ring.length - 1)] = this.#waits[i & (this.#ring.length - 1)] as number;
    }
    this.#ring = ring;
    this.#waits = waits;
  }
}
