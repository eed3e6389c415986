// A centre by chance, in virtual time: the real core behind the engine's own loop, a lean telephone exchange, people drawn
// from a scenario. Each input is decided, its facts are read, its effects done, before time goes on; nothing has to be
// waited for, so a run is one straight line of code, and the same seed gives the same run. Times within are ms since the
// beginning and not rounded; the core is told whole ms.

import { assert } from '../../core/assert.ts';
import type { Effect } from '../../core/effect.ts';
import type { AttemptId } from '../../core/id.ts';
import type { Input } from '../../core/input.ts';
import { attemptChannel, emptyState } from '../../core/state.ts';
import type { Clock } from '../../engine/clock.ts';
import { Loop } from '../../engine/loop.ts';
import { Random } from '../random.ts';
import { Appointments } from './appointments.ts';
import { agentId, centreOf } from './centre.ts';
import { type Draw, drawOf } from './law.ts';
import type { LineResult } from './line-figures.ts';
import { People, TOOK, UP, WAITED } from './people.ts';
import type { Scenario } from './scenario.ts';
import { Switchboard } from './switchboard.ts';
import { type Rival, Watch } from './watch.ts';

export type SimulationResult = {
  readonly seed: number;
  /** Arrivals after the warm-up. */
  readonly calls: number;
  readonly lines: Readonly<Record<string, LineResult>>;
};

/** Arrivals so far, and the share of the run that is done. */
export type Progress = (arrivals: number, share: number) => void;

/** Monday, so that the core's half-hours of the week begin with one. */
const START_AT = Date.UTC(2019, 3, 15);
const DAY_MS = 86_400_000;
const PROGRESS_EVERY = 4_096;

export class Simulation {
  readonly #scenario: Scenario;
  readonly #appointments = new Appointments();
  readonly #people = new People();
  readonly #loop: Loop;
  readonly #watch: Watch;
  readonly #switchboard: Switchboard;
  readonly #between: readonly Draw[];
  /** When the next caller of each line arrives. */
  readonly #nextAt: Float64Array;
  readonly #inputs: Input[] = [];
  #now = 0;
  #wakeAt = Number.POSITIVE_INFINITY;
  #wake: () => void = () => {};
  #arrivals = 0;
  #countedFrom = 0;
  #stopAt = Number.POSITIVE_INFINITY;

  constructor(scenario: Scenario, rivals: () => Rival[] = () => []) {
    const { seed } = scenario;
    this.#scenario = scenario;
    const state = emptyState('sim');
    const dice = Random.stream(seed, 'dice');
    this.#loop = new Loop(
      state,
      this.#clock(),
      () => dice.uint32(),
      () => this.#tell(DEADLINE),
    );
    this.#watch = new Watch(scenario, this.#people, state, Random.stream(seed, 'ghosts'), rivals);
    this.#switchboard = new Switchboard(scenario, this.#people, this.#appointments, (input) =>
      this.#tell(input),
    );
    this.#between = scenario.lines.map(({ id, perHour }) =>
      drawOf({ kind: 'exponential', meanMs: 3_600_000 / perHour }, Random.stream(seed, `${id}/arrivals`)),
    );
    this.#nextAt = Float64Array.from(this.#between, (draw) => draw());
    this.#open();
  }

  /** To the end of everybody's story. */
  run(onProgress: Progress = () => {}): SimulationResult {
    const { warmupCalls, stop } = this.#scenario;
    if (warmupCalls === 0) this.#beginCounting();
    const lastCall = 'calls' in stop ? warmupCalls + stop.calls : Number.POSITIVE_INFINITY;
    while (this.#arrivals < lastCall && this.#step(true)) {
      if (this.#arrivals % PROGRESS_EVERY === 0) onProgress(this.#arrivals, this.#share(lastCall));
    }
    this.#endCounting();
    while (this.#watch.open > 0) assert(this.#step(false), 'everybody’s story comes to an end');
    onProgress(this.#arrivals, 1);
    return this.#result();
  }

  /** Errors of the rivals' quotes in the first line. */
  rivalErrors(): readonly number[] {
    return this.#watch.rivalErrors(0);
  }

  /** Everybody is at their desk before the first caller; that is no part of the figures. */
  #open(): void {
    const { agents } = this.#scenario;
    const configuration = centreOf(this.#scenario);
    this.#loop.turn({ type: 'centre.configure', configuration, hash: 'scenario' });
    this.#loop.turn({ type: 'telephony.resynced', channels: [] });
    agents.forEach(({ count }, group) => {
      for (let i = 0; i < count; i += 1) {
        const agent = agentId(group, i);
        this.#loop.turn({ type: 'agent.sign_in', agent });
        this.#loop.turn({ type: 'agent.go_ready', agent });
      }
    });
    this.#loop.arm();
  }

  /** The next thing that happens; false when nothing does any more, or the time to stop has come. */
  #step(arrive: boolean): boolean {
    const line = arrive ? this.#nextLine() : -1;
    const arrivesAt = line < 0 ? Number.POSITIVE_INFINITY : (this.#nextAt[line] as number);
    const nextTime = Math.min(arrivesAt, this.#appointments.nextTime);
    const deadlineTime = this.#wakeAt - START_AT;
    const time = Math.min(deadlineTime, nextTime);
    if (time === Number.POSITIVE_INFINITY) return false;
    if (arrive && time >= this.#stopAt) return false;
    this.#passTo(time);
    if (deadlineTime <= nextTime) this.#keepDeadline();
    else if (arrivesAt <= this.#appointments.nextTime) this.#arrive(line);
    else this.#switchboard.act(this.#appointments.take());
    this.#settle();
    return true;
  }

  #nextLine(): number {
    const nextAt = this.#nextAt;
    let first = 0;
    for (let i = 1; i < nextAt.length; i += 1) {
      if ((nextAt[i] as number) < (nextAt[first] as number)) first = i;
    }
    return first;
  }

  #passTo(time: number): void {
    this.#now = Math.max(this.#now, time);
    this.#watch.now = this.#now;
    this.#switchboard.now = this.#now;
  }

  #keepDeadline(): void {
    const wake = this.#wake;
    this.#wakeAt = Number.POSITIVE_INFINITY;
    wake();
  }

  #arrive(line: number): void {
    this.#arrivals += 1;
    this.#nextAt[line] = this.#now + (this.#between[line] as Draw)();
    if (this.#arrivals === this.#scenario.warmupCalls + 1) this.#beginCounting();
    const people = this.#people;
    const slot = people.take(line);
    this.#appointments.widen(people.line.length);
    this.#watch.arrives(slot, line);
    this.#switchboard.call(slot);
    this.#settle();
    if (people.is(slot, UP) && people.is(slot, WAITED) && !people.is(slot, TOOK))
      this.#switchboard.hold(slot);
  }

  #beginCounting(): void {
    if (this.#watch.isCounting) return;
    const { stop } = this.#scenario;
    this.#countedFrom = this.#now;
    if ('days' in stop) this.#stopAt = this.#now + stop.days * DAY_MS;
    this.#watch.beginCounting();
  }

  #endCounting(): void {
    if (this.#stopAt !== Number.POSITIVE_INFINITY) this.#passTo(this.#stopAt);
    this.#watch.endCounting();
  }

  /** Everything that was told is decided, in order, and what follows from it. */
  #settle(): void {
    const inputs = this.#inputs;
    for (let i = 0; i < inputs.length; i += 1) this.#decide(inputs[i] as Input);
    inputs.length = 0;
    const { leaving } = this.#people;
    for (const slot of leaving) this.#people.release(slot);
    leaving.length = 0;
  }

  #tell(input: Input): void {
    this.#inputs.push(input);
  }

  /** Decided; then its facts are read; only then its effects are done. */
  #decide(input: Input): void {
    const { facts, effects } = this.#loop.turn(input);
    this.#watch.read(facts);
    if (input.type === 'dial.asked') {
      for (const fact of facts) if (fact.type === 'attempt.permitted') this.#ring(fact.attempt);
    }
    for (const effect of effects) this.#perform(effect);
    this.#loop.arm();
  }

  #perform(effect: Effect): void {
    this.#switchboard.perform(effect);
  }

  #ring(attempt: AttemptId): void {
    this.#switchboard.ring(attempt, attemptChannel(this.#loop.state, attempt));
  }

  #clock(): Clock {
    const callOff = (): void => {
      this.#wakeAt = Number.POSITIVE_INFINITY;
    };
    return {
      now: () => START_AT + Math.floor(this.#now),
      wake: (at, call) => {
        this.#wakeAt = at;
        this.#wake = call;
        return callOff;
      },
    };
  }

  #share(lastCall: number): number {
    if (lastCall !== Number.POSITIVE_INFINITY) return this.#arrivals / lastCall;
    return (this.#now - this.#countedFrom) / (this.#stopAt - this.#countedFrom);
  }

  #result(): SimulationResult {
    const { lines, seed, warmupCalls } = this.#scenario;
    return {
      seed,
      calls: Math.max(0, this.#arrivals - warmupCalls),
      lines: Object.fromEntries(lines.map(({ id }, i) => [id, this.#watch.result(i)])),
    };
  }
}

const DEADLINE: Input = { type: 'deadline.reached' };
