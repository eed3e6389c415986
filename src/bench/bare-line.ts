// The ceiling of `rappel bench simulate`: M/M/n+M as one would write it by hand for nothing but speed. No rules, no facts,
// no callers: a heap of the ends of conversations, a ring of those who wait, who are found to have given up only when
// their turn comes. It counts what the simulation counts, so that both can be seen to be the same model.

import type { Random } from '../twin/random.ts';

export type BareLine = { readonly abandonedShare: number; readonly waitMean: number };

const RING = 65_536;

/** Times in units of the mean handle time. */
export function bareLine(
  agents: number,
  load: number,
  theta: number,
  calls: number,
  random: Random,
): BareLine {
  const ends = new Ends(agents);
  const enteredAt = new Float64Array(RING);
  const leavesAt = new Float64Array(RING);
  const gap = 1 / (agents * load);
  const draw = (mean: number): number => -Math.log(1 - random.unit()) * mean;
  let head = 0;
  let tail = 0;
  let abandoned = 0;
  let waited = 0;

  /** An agent is free: whoever waits, and has not given up by then. */
  const free = (now: number): void => {
    while (head !== tail) {
      const at = head & (RING - 1);
      head += 1;
      const left = leavesAt[at] as number;
      waited += Math.min(left, now) - (enteredAt[at] as number);
      if (left > now) {
        ends.push(now + draw(1));
        return;
      }
      abandoned += 1;
    }
  };

  let arrivesAt = draw(gap);
  for (let arrived = 0; arrived < calls; arrived += 1) {
    while (ends.first <= arrivesAt) free(ends.pop());
    if (ends.size < agents) ends.push(arrivesAt + draw(1));
    else {
      enteredAt[tail & (RING - 1)] = arrivesAt;
      leavesAt[tail & (RING - 1)] = arrivesAt + draw(1 / theta);
      tail += 1;
    }
    arrivesAt += draw(gap);
  }
  return { abandonedShare: abandoned / calls, waitMean: waited / calls };
}

/** When the conversations end, soonest first. */
class Ends {
  readonly #heap: Float64Array;
  size = 0;

  constructor(agents: number) {
    this.#heap = new Float64Array(agents);
  }

  get first(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : (this.#heap[0] as number);
  }

  push(end: number): void {
    const heap = this.#heap;
    let at = this.size;
    this.size += 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if ((heap[above] as number) <= end) break;
      heap[at] = heap[above] as number;
      at = above;
    }
    heap[at] = end;
  }

  pop(): number {
    const heap = this.#heap;
    const first = heap[0] as number;
    this.size -= 1;
    const last = heap[this.size] as number;
    let at = 0;
    for (;;) {
      let below = at * 2 + 1;
      if (below >= this.size) break;
      if (below + 1 < this.size && (heap[below + 1] as number) < (heap[below] as number)) below += 1;
      if ((heap[below] as number) >= last) break;
      heap[at] = heap[below] as number;
      at = below;
    }
    heap[at] = last;
    return first;
  }
}
