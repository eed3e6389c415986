// Deadlines are state: set and cleared by facts, so that a replay has the same ones and virtual time can go from one to
// the next. A binary heap with positions; ties go by the order in which they were set. One deadline per owner.

import { assert } from './assert.ts';

export type DeadlineKind =
  | 'call'
  | 'agent'
  | 'callback'
  | 'attempt'
  | 'line'
  | 'dials'
  | 'survey'
  | 'consult';

export type Deadline = {
  readonly at: number;
  readonly seq: number;
  readonly kind: DeadlineKind;
  readonly id: number | string;
  /** Position in the heap; -1 when cleared. */
  position: number;
};

export class Deadlines {
  private readonly heap: Deadline[] = [];
  private seq = 0;

  get size(): number {
    return this.heap.length;
  }

  next(): Deadline | null {
    return this.heap[0] ?? null;
  }

  /** Replaces the owner's deadline. */
  set(old: Deadline | null, kind: DeadlineKind, id: number | string, at: number): Deadline {
    this.clear(old);
    this.seq += 1;
    const deadline: Deadline = { at, seq: this.seq, kind, id, position: this.heap.length };
    this.heap.push(deadline);
    this.up(deadline);
    return deadline;
  }

  clear(deadline: Deadline | null): null {
    if (deadline === null || deadline.position < 0) return null;
    const { heap } = this;
    assert(heap[deadline.position] === deadline, 'a deadline is where it says it is');
    const last = heap.pop() as Deadline;
    if (last !== deadline) {
      heap[deadline.position] = last;
      last.position = deadline.position;
      this.up(last);
      this.down(last);
    }
    deadline.position = -1;
    return null;
  }

  private up(node: Deadline): void {
    const { heap } = this;
    let at = node.position;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above] as Deadline;
      if (!isSooner(node, parent)) break;
      heap[at] = parent;
      parent.position = at;
      at = above;
    }
    heap[at] = node;
    node.position = at;
  }

  private down(node: Deadline): void {
    const { heap } = this;
    let at = node.position;
    for (;;) {
      const left = heap[at * 2 + 1];
      if (left === undefined) break;
      const right = heap[at * 2 + 2];
      const child = right !== undefined && isSooner(right, left) ? right : left;
      if (!isSooner(child, node)) break;
      const below = child.position;
      heap[at] = child;
      child.position = at;
      at = below;
    }
    heap[at] = node;
    node.position = at;
  }
}

function isSooner(a: Deadline, b: Deadline): boolean {
  return a.at < b.at || (a.at === b.at && a.seq < b.seq);
}
