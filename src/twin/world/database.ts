// The database of a world: the memory store, and how it answers today. Slow, away, full, losing connections; or put back
// to what it was some time ago, as from an older backup. It must not know what a fact means.

import { MemoryStore } from '../../journal/memory/memory-store.ts';
import type { Timeline } from '../../telephony/simulated/timeline.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Random } from '../random.ts';
import type { DatabaseWay } from './delayed-journal.ts';

export class WorldDatabase implements DatabaseWay {
  readonly store = new MemoryStore();
  readonly #timeline: Timeline;
  readonly #plan: FaultPlan;
  readonly #wires: Random;
  readonly #usualMs: number;
  /** The last row of each commit: a backup is of whole commits. */
  readonly commits: number[] = [];
  backAt = 0;
  slowUntil = 0;
  slowMs = 0;
  fullUntil = 0;

  constructor(timeline: Timeline, plan: FaultPlan, wires: Random, usualMs: number) {
    this.#timeline = timeline;
    this.#plan = plan;
    this.#wires = wires;
    this.#usualMs = usualMs;
  }

  statementMs(): number {
    const now = this.#timeline.now();
    const slowMs = now < this.slowUntil ? this.#wires.below(this.slowMs) : 0;
    const usualMs = this.#usualMs === 0 ? 0 : this.#wires.below(this.#usualMs);
    return Math.max(0, this.backAt - now) + slowMs + usualMs;
  }

  committed(lastSeq: number): void {
    this.commits.push(lastSeq);
  }

  loses(): 'nothing' | 'commit' | 'reply' {
    if (this.#plan.strikes('database.commit_lost')) return 'commit';
    return this.#plan.strikes('database.reply_lost') ? 'reply' : 'nothing';
  }

  reconnectMs(): number {
    return this.#wires.between(50, 5_000);
  }
}
