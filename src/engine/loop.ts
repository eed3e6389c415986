// The synchronous part of the loop (law 2): an input is stamped and decided upon, the state goes on, and one wake-up waits
// for the earliest deadline. What is done with the facts and effects of a turn, and when, is its owner's: the engine
// commits them to the journal first, a simulation has nothing to wait for. It must know neither journal nor promises.

import { assert } from '../core/assert.ts';
import type { Input } from '../core/input.ts';
import type { State } from '../core/state.ts';
import { type Turn, turn } from '../core/turn.ts';
import type { Clock } from './clock.ts';

export class Loop {
  readonly state: State;
  private readonly clock: Clock;
  private readonly random: () => number;
  private readonly onDeadline: () => void;
  private callOff: (() => void) | null = null;
  private wakeAt = Number.POSITIVE_INFINITY;
  private stopped = false;

  /** `random`: a uint32. `onDeadline`: the earliest deadline has come, and is to be decided upon. */
  constructor(state: State, clock: Clock, random: () => number, onDeadline: () => void) {
    this.state = state;
    this.clock = clock;
    this.random = random;
    this.onDeadline = onDeadline;
  }

  /** UTC ms; never less than the state has seen: a clock that steps back fires nothing twice. */
  now(): number {
    return Math.max(this.state.now, this.clock.now());
  }

  /** Decides, and changes the state. Nothing of it may leave the process before its facts are committed. */
  turn(input: Input): Turn {
    const at = this.now();
    const made = turn(this.state, input, { at, random: this.random() });
    assert(
      input.type !== 'deadline.reached' || made.facts.length > 0 || !this.isDue(at),
      'a deadline that is reached leads to something',
    );
    return made;
  }

  /** One wake-up, for the earliest deadline; to be called after what may have changed it. */
  arm(): void {
    const at = this.state.deadlines.next()?.at ?? Number.POSITIVE_INFINITY;
    if (at === this.wakeAt && this.callOff !== null) return;
    this.callOff?.();
    this.callOff = null;
    this.wakeAt = at;
    if (at === Number.POSITIVE_INFINITY || this.stopped) return;
    this.callOff = this.clock.wake(at, this.wake);
  }

  /** No deadline is waited for any more. */
  stop(): void {
    this.stopped = true;
    this.callOff?.();
    this.callOff = null;
  }

  private readonly wake = (): void => {
    this.callOff = null;
    if (this.isDue(this.now())) this.onDeadline();
    this.arm();
  };

  private isDue(at: number): boolean {
    const next = this.state.deadlines.next();
    return next !== null && next.at <= at;
  }
}
