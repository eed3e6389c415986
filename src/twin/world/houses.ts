// Whoever keeps the house's process running: starts it, starts another when it is dead, and, when told so, one more while
// the old one is only out of reach. The old ones that live on without knowing it are kept here until they learn.

import type { Timeline, Wakeable } from '../../telephony/simulated/timeline.ts';
import { type Ground, HouseProcess } from './house-process.ts';

/** How soon a process that ended by itself (replaced, fenced) is started again. */
const RESTART_MS = 3_000;

export class Houses implements Wakeable {
  readonly #ground: Ground;
  readonly #timeline: Timeline;
  readonly #broken: (error: Error) => void;
  #current: HouseProcess | null = null;
  /** Processes that were replaced while out of reach, and do not know it yet. */
  #old: HouseProcess[] = [];
  #isStarting = false;
  /** Processes started so far. */
  started = 0;
  /** When the last one was started or went away: from then on the house is to be back soon. */
  changedAt = 0;

  constructor(ground: Ground, broken: (error: Error) => void) {
    this.#ground = ground;
    this.#timeline = ground.time;
    this.#broken = broken;
  }

  /** Null while nobody leads, or only somebody out of reach. */
  get current(): HouseProcess | null {
    return this.#current;
  }

  get isStirred(): boolean {
    if (this.#current?.isDead === true) {
      this.#current = null;
      this.startIn(RESTART_MS);
    }
    if (this.#old.length > 0) {
      this.#old = this.#old.filter((process) => !process.isDead);
      if (this.#old.some((process) => process.isStirred)) return true;
    }
    return this.#current?.isStirred === true;
  }

  get hasOld(): boolean {
    return this.#old.length > 0;
  }

  start(): void {
    this.#isStarting = false;
    this.started += 1;
    this.changedAt = this.#timeline.now();
    this.#current = new HouseProcess(this.#ground, this.#broken);
  }

  startIn(ms: number): void {
    this.changedAt = this.#timeline.now();
    if (this.#isStarting) return;
    this.#isStarting = true;
    this.#timeline.set(this.#timeline.now() + ms, this, 'start');
  }

  wake(): void {
    if (this.#current === null) this.start();
    else this.#isStarting = false;
  }

  /** The process is killed at this very moment, whatever it was about; another starts after a while. */
  kill(willWrite: boolean, awayMs: number): void {
    const process = this.#current;
    if (process === null) return;
    this.#current = null;
    process.kill(willWrite);
    this.startIn(awayMs);
  }

  /** Another is started while this one lives on, and is not told. */
  replace(inMs: number): void {
    const process = this.#current;
    if (process === null) return;
    process.isReplaced = true;
    this.#current = null;
    this.#old.push(process);
    this.startIn(inMs);
  }

  /** Everybody of it, at once: what a machine's death does, or a restored backup. */
  killAll(awayMs: number): void {
    for (const process of this.#old) process.kill(false);
    this.#old = [];
    this.#current?.kill(false);
    this.#current = null;
    this.startIn(awayMs);
  }
}
