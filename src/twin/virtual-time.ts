// Virtual time: it goes from appointment to appointment, ties in the order of setting, and between two of them all
// promises settle. The engine's clock and the simulated network's timeline are this one thing, so a run is one order of
// events, the same for the same seed. A binary heap with positions: what is called off leaves at once.

import { assert } from '../core/assert.ts';
import type { Clock } from '../engine/clock.ts';
import type { Timeline, Timer, Wakeable } from '../telephony/simulated/timeline.ts';

type Node = Timer & {
  readonly at: number;
  readonly seq: number;
  readonly whom: Wakeable;
  readonly what: string;
  /** In the heap; -1 when it is over. */
  position: number;
};

/** More appointments than this are a leak of the simulation itself. */
const APPOINTMENTS_MAX = 5_000_000;

export class VirtualTime implements Clock, Timeline {
  private current: number;
  private seq = 0;
  private steps = 0;
  private readonly heap: Node[] = [];

  constructor(startAt: number) {
    this.current = startAt;
  }

  now(): number {
    return this.current;
  }

  /** Appointments kept so far. */
  get stepCount(): number {
    return this.steps;
  }

  /** When the next appointment is; infinity when there is none. */
  get nextAt(): number {
    return this.heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  set(at: number, whom: Wakeable, what: string): Timer {
    assert(this.heap.length < APPOINTMENTS_MAX, 'appointments stay within their limit');
    assert(at < Number.POSITIVE_INFINITY, 'an appointment has a time');
    this.seq += 1;
    const node: Node = {
      at: Math.max(this.current, at),
      seq: this.seq,
      whom,
      what,
      position: this.heap.length,
    };
    this.heap.push(node);
    this.up(node);
    return node;
  }

  cancel(timer: Timer | null): null {
    const node = timer as Node | null;
    if (node !== null && node.position >= 0) this.take(node);
    return null;
  }

  wake(at: number, call: () => void): () => void {
    const timer = this.set(at, { wake: call }, '');
    return () => {
      this.cancel(timer);
    };
  }

  /** Keeps the next appointment, if there is one until then (itself included). */
  step(untilAt: number): boolean {
    const first = this.heap[0];
    if (first === undefined || first.at > untilAt) return false;
    this.take(first);
    this.current = first.at;
    this.steps += 1;
    first.whom.wake(first.what);
    return true;
  }

  /** Time passes although nothing happens. */
  passTo(at: number): void {
    assert(at <= this.nextAt, 'no appointment is passed over');
    this.current = Math.max(this.current, at);
  }

  /** Lets time pass until this is settled. Rejects when nothing is left that could still settle it. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settle = (): void => {
      isSettled = true;
    };
    promise.then(settle, settle);
    for (;;) {
      await allSettle();
      if (isSettled) return promise;
      if (!this.step(Number.MAX_VALUE)) throw new Error('waited for something that will never happen');
    }
  }

  private take(node: Node): void {
    const { heap } = this;
    const last = heap.pop() as Node;
    if (last !== node) {
      heap[node.position] = last;
      last.position = node.position;
      this.up(last);
      this.down(last);
    }
    node.position = -1;
  }

  private up(node: Node): void {
    const { heap } = this;
    let at = node.position;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above] as Node;
      if (!isSooner(node, parent)) break;
      heap[at] = parent;
      parent.position = at;
      at = above;
    }
    heap[at] = node;
    node.position = at;
  }

  private down(node: Node): void {
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

/** Resolves when every promise that can settle has: Node empties that queue before its next turn. */
export function allSettle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isSooner(a: Node, b: Node): boolean {
  return a.at < b.at || (a.at === b.at && a.seq < b.seq);
}
