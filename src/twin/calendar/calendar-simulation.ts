// A centre between two dates, in virtual time: the real core behind the engine's own loop, configured as its owners would,
// with agents who come and go by the half-hour and a public that calls by the calendar. Facts go to whoever writes them
// down, in batches, while the next are being made; nothing is kept but what is open, so memory does not grow with the
// calls. The same seed gives the same facts, to the last byte.

import { assert, must } from '../../core/assert.ts';
import type { Effect } from '../../core/effect.ts';
import type { Fact } from '../../core/fact.ts';
import type { AgentId, AttemptId, CallbackId, CallId } from '../../core/id.ts';
import type { Input } from '../../core/input.ts';
import { ringMsOf } from '../../core/policy.ts';
import { attemptChannel, attemptOf, callbackOf, emptyState, placeOf } from '../../core/state.ts';
import type { Clock } from '../../engine/clock.ts';
import { Loop } from '../../engine/loop.ts';
import { Random } from '../random.ts';
import { Appointments } from '../simulate/appointments.ts';
import { type CalendarScenario, localDaysOf } from './calendar-scenario.ts';
import type { Caller } from './caller.ts';
import { Lived } from './lived.ts';
import { PublicSide } from './public-side.ts';
import { Arrivals, type WorkDay, workDays } from './work-days.ts';

export type StampedFact = { readonly at: number; readonly fact: Fact };
/** Writes facts down; the next batch is given when it has. */
export type Writer = (facts: readonly StampedFact[]) => Promise<void>;
/** First calls so far, and the share of the time that has passed. */
export type Progress = (calls: number, share: number) => void;

const BATCH_FACTS = 4_096;
const DEADLINE: Input = { type: 'deadline.reached' };

export class CalendarSimulation {
  readonly lived = new Lived();
  readonly fromAt: number;
  readonly toAt: number;
  calls = 0;
  facts = 0;
  readonly #scenario: CalendarScenario;
  readonly #days: readonly WorkDay[];
  readonly #appointments = new Appointments();
  readonly #public: PublicSide;
  readonly #arrivals: Arrivals;
  readonly #who: Random;
  readonly #loop: Loop;
  readonly #clientOf = new Map<CallbackId, Caller>();
  readonly #callerOf = new Map<CallId, Caller>();
  readonly #atDesk = new Map<AgentId, 'ready' | 'break'>();
  readonly #inputs: Input[] = [];
  readonly #seats: readonly { readonly at: number; readonly share: number; readonly most: number }[];
  #seatIndex = 0;
  #batch: StampedFact[] = [];
  #now: number;
  #wakeAt = Number.POSITIVE_INFINITY;
  #wake: () => void = () => {};

  constructor(scenario: CalendarScenario, shard: string) {
    const { seed } = scenario;
    const days = localDaysOf(scenario);
    const dice = Random.stream(seed, 'dice');
    this.#scenario = scenario;
    this.fromAt = days.day(scenario.from).fromAt;
    this.toAt = days.day(scenario.to).toAt;
    this.#now = this.fromAt;
    this.#days = workDays(scenario, days, Random.stream(seed, 'days'));
    this.#seats = this.#days.flatMap(({ seats }) =>
      seats.map(({ at, share }, i) => ({
        at,
        share,
        most: Math.max(0, ...seats.slice(i + 1).map((later) => later.share)),
      })),
    );
    this.#arrivals = new Arrivals(this.#days, Random.stream(seed, 'arrivals'));
    this.#who = Random.stream(seed, 'who');
    this.#loop = new Loop(
      emptyState(shard),
      this.#clock(),
      () => dice.uint32(),
      () => this.#tell(DEADLINE),
    );
    this.#public = new PublicSide(scenario, this.#days, this.lived, this.#appointments, (input) =>
      this.#tell(input),
    );
  }

  /** To the last day's midnight. What is open then is open in the records too. */
  async run(write: Writer = async () => {}, onProgress: Progress = () => {}): Promise<void> {
    const { configuration, hash, document } = this.#scenario;
    this.#tell({ type: 'centre.configure', configuration, hash, document });
    this.#tell({ type: 'telephony.resynced', channels: [] });
    this.#settle();
    let writing: Promise<void> = Promise.resolve();
    for (;;) {
      const goesOn = this.#step();
      if (goesOn && this.#batch.length < BATCH_FACTS) continue;
      await writing;
      const batch = this.#batch;
      this.#batch = [];
      this.facts += batch.length;
      if (batch.length > 0) writing = write(batch);
      writing.catch(() => undefined); // thrown where it is awaited
      onProgress(this.calls, (this.#now - this.fromAt) / (this.toAt - this.fromAt));
      if (!goesOn) break;
    }
    await writing;
  }

  /** As many people as were on the line, or meant to call again, or expected a callback, at once. */
  get callersOpenMax(): number {
    return this.#public.callers.size;
  }

  /** The next thing that happens; false when the time is over. */
  #step(): boolean {
    const seatsAt = this.#seats[this.#seatIndex]?.at ?? Number.POSITIVE_INFINITY;
    const arrivesAt = this.#arrivals.nextAt;
    const doesAt = this.#appointments.nextTime;
    const time = Math.min(this.#wakeAt, seatsAt, arrivesAt, doesAt);
    if (time >= this.toAt) return false;
    this.#now = Math.max(this.#now, time);
    this.#public.now = this.#now;
    if (this.#wakeAt === time) this.#keepDeadline();
    else if (seatsAt === time) this.#fillSeats();
    else if (arrivesAt === time) this.#arrive();
    else this.#public.act(this.#appointments.take());
    this.#settle();
    return true;
  }

  #keepDeadline(): void {
    const wake = this.#wake;
    this.#wakeAt = Number.POSITIVE_INFINITY;
    wake();
  }

  #arrive(): void {
    this.#arrivals.advance();
    const { shares, french } = this.#scenario.demand;
    let left = this.#who.unit();
    let line = 0;
    while (line < shares.length - 1 && left >= (shares[line] as number)) {
      left -= shares[line] as number;
      line += 1;
    }
    const second = this.#scenario.configuration.languages.indexOf('fr');
    const isFrench = this.#who.chance(french) && second >= 0;
    const english = this.#scenario.configuration.languages.indexOf('en');
    this.#public.arrive(line, isFrench ? second : Math.max(0, english));
  }

  /** The first of each group are at work; who comes back later the same day is on a break, else goes home. */
  #fillSeats(): void {
    const { share, most } = must(this.#seats[this.#seatIndex], 'change of seats');
    this.#seatIndex += 1;
    for (const group of this.#scenario.groups) {
      const wanted = Math.round(group.length * share);
      const later = Math.round(group.length * most);
      group.forEach((agent, i) => {
        this.#seat(agent, i < wanted ? 'ready' : i < later ? 'break' : 'home');
      });
    }
  }

  #seat(agent: AgentId, where: 'ready' | 'break' | 'home'): void {
    const was = this.#atDesk.get(agent);
    if (where === was || (where === 'break' && was === undefined)) return;
    if (where === 'home') {
      if (this.#atDesk.delete(agent)) this.#tell({ type: 'agent.sign_out', agent });
      return;
    }
    if (was === undefined) this.#tell({ type: 'agent.sign_in', agent });
    this.#atDesk.set(agent, where);
    if (where === 'ready') this.#tell({ type: 'agent.go_ready', agent });
    else this.#tell({ type: 'agent.go_not_ready', agent, reason: 'break' });
  }

  #settle(): void {
    const inputs = this.#inputs;
    for (let i = 0; i < inputs.length; i += 1) this.#decide(inputs[i] as Input);
    inputs.length = 0;
  }

  #tell(input: Input): void {
    this.#inputs.push(input);
  }

  #decide(input: Input): void {
    const { facts, effects, refused } = this.#loop.turn(input);
    assert(refused === null, 'nobody asks here for what is refused', refused ?? '');
    const at = this.#loop.state.now;
    for (const fact of facts) {
      this.#batch.push({ at, fact });
      this.#introduce(fact);
    }
    for (const effect of effects) this.#perform(effect);
    this.#loop.arm();
  }

  /** Who is who: which phone an attempt rings. Nothing is counted here. */
  #introduce(fact: Fact): void {
    switch (fact.type) {
      case 'call.arrived':
        this.calls += 1;
        this.#callerOf.set(fact.call, must(this.#public.callers.ofChannel.get(fact.channel), 'caller'));
        return;
      case 'call.ended':
        this.#callerOf.delete(fact.call);
        return;
      case 'callback.registered':
        this.#clientOf.set(fact.callback, must(this.#callerOf.get(fact.call), 'caller'));
        return;
      case 'attempt.intended':
        this.#public.expects(fact.attempt as unknown as string, this.#client(fact.callback));
        return;
      case 'attempt.permitted':
        this.#ring(fact.attempt);
        return;
      case 'callback.expired':
      case 'callback.cancelled':
        this.#public.callers.release(this.#client(fact.callback));
        this.#clientOf.delete(fact.callback);
        return;
      case 'callback.completed':
      case 'callback.unreachable':
        this.#clientOf.delete(fact.callback);
        return;
      default:
    }
  }

  #client(callback: CallbackId): Caller {
    return must(this.#clientOf.get(callback), 'client of callback', callback);
  }

  #ring(id: AttemptId): void {
    const { state } = this.#loop;
    const { place } = callbackOf(state, attemptOf(state, id).callback);
    const ringMs = ringMsOf(state, placeOf(state, place));
    this.#public.ring(id as unknown as string, attemptChannel(state, id), ringMs);
  }

  #perform(effect: Effect): void {
    this.#public.perform(effect);
  }

  #clock(): Clock {
    const callOff = (): void => {
      this.#wakeAt = Number.POSITIVE_INFINITY;
    };
    return {
      now: () => Math.floor(this.#now),
      wake: (at, call) => {
        this.#wakeAt = at;
        this.#wake = call;
        return callOff;
      },
    };
  }
}
