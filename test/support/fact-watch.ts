// Follows every fact of a run in a state of its own, changed by evolve alone, as a replay would be: each entity walks
// along the arrows of its chart, each callback ends once, each attempt is permitted once, no key ever changes, no place
// is overtaken. At any moment its hash is that of the live state, or something depends on more than the facts (S19).

import { agentChart } from '../../src/core/agent.ts';
import { attemptChart } from '../../src/core/attempt.ts';
import { callChart } from '../../src/core/call.ts';
import { callbackChart } from '../../src/core/callback.ts';
import { dialogueChart } from '../../src/core/dialogue.ts';
import { effectsOf } from '../../src/core/effects.ts';
import { evolve } from '../../src/core/evolve.ts';
import type { Fact, FactOf } from '../../src/core/fact.ts';
import { followUp } from '../../src/core/follow-up.ts';
import { stateHash } from '../../src/core/hash.ts';
import type { CallbackId, CallId, PlaceId } from '../../src/core/id.ts';
import { placeChart } from '../../src/core/place.ts';
import { emptyState, type State } from '../../src/core/state.ts';
import { firstPlaceFor } from './invariants.ts';
import { LimitWatch } from './limit-watch.ts';
import { RuleWatch } from './rule-watch.ts';
import { ToldWatch } from './told-watch.ts';

type Walker = {
  readonly name: string;
  readonly chart: AnyChart;
  readonly state: (of: State) => string | undefined;
};
type AnyChart = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

export class FactWatch {
  readonly state: State;
  private readonly keys = new Map<PlaceId, string>();
  private readonly permitted = new Set<number>();
  private readonly ended = new Set<CallbackId>();
  private readonly notBefore = new Map<CallbackId, number>();
  private readonly entries = new Map<PlaceId, number>();
  private readonly rules = new RuleWatch();
  private readonly limits = new LimitWatch();
  private readonly told = new ToldWatch();
  private registered = 0;

  constructor(shard: string) {
    this.state = emptyState(shard);
  }

  see(fact: Fact, at: number): void {
    this.checkBefore(fact, at);
    this.limits.see(this.state, fact, at);
    this.told.see(this.state, fact);
    const walkers = this.walkersOf(fact);
    const before = walkers.map((walker) => walker.state(this.state));
    evolve(this.state, fact, at);
    walkers.forEach((walker, i) => {
      checkArrow(walker, before[i], walker.state(this.state), fact);
    });
    this.checkAfter(fact);
  }

  /** What reads the state does not change it. */
  checkReadersOnly(facts: readonly Fact[]): void {
    const before = stateHash(this.state);
    for (const fact of facts) followUp(this.state, fact);
    const last = facts.at(-1);
    if (last?.type === 'telephony.lost') effectsOf(this.state, last);
    if (stateHash(this.state) !== before) throw new Error('followUp changes the state');
  }

  get answered(): number {
    return this.ended.size;
  }

  private checkBefore(fact: Fact, at: number): void {
    switch (fact.type) {
      case 'agent.reserved': {
        if (fact.sentBy !== undefined) {
          if (this.state.agents.get(fact.agent)?.state !== 'ready')
            throw new Error(`${fact.agent} is given a client and is not free`);
          return;
        }
        const agent = this.state.agents.get(fact.agent);
        const first = agent === undefined ? undefined : firstPlaceFor(this.state, agent, at);
        if (first?.id !== fact.place)
          throw new Error(`S10: place ${first?.id} is overtaken by ${fact.place} at agent ${fact.agent}`);
        return;
      }
      case 'attempt.permitted':
        if (this.permitted.has(fact.attempt)) throw new Error(`S4: attempt ${fact.attempt} permitted twice`);
        if (!this.state.telephonyUp) throw new Error('nobody is dialled while telephony is away');
        this.permitted.add(fact.attempt);
        this.rules.checkDial(this.state, this.state.attempts.get(fact.attempt)?.callback, at);
        return;
      case 'attempt.intended':
        if (this.ended.has(fact.callback)) throw new Error('S13: an attempt after the callback has ended');
        if (at < (this.notBefore.get(fact.callback) ?? 0)) throw new Error('S5: an attempt too early');
        this.rules.checkMoment(this.state, fact.callback, at);
        return;
      case 'callback.retry_set':
      case 'callback.postponed':
        this.notBefore.set(fact.callback, fact.untilAt);
        return;
      case 'callback.offered':
        this.rules.checkOffer(this.state, fact.place, at);
        return;
      case 'callback.completed':
      case 'callback.unreachable':
      case 'callback.cancelled':
      case 'callback.expired':
        if (this.ended.has(fact.callback)) throw new Error(`S2: callback ${fact.callback} ends twice`);
        this.ended.add(fact.callback);
        return;
      case 'callback.registered':
        this.rules.checkRegistration(this.state, fact, at);
        this.registered += 1;
        return;
      case 'callback.asked_on_page':
        if (this.state.callbacks.has(fact.after) || this.state.asked.has(fact.after))
          throw new Error(`callback ${fact.callback} is asked for after one that has not ended, or twice`);
        this.registered += 1;
        return;
      case 'callback.merged':
        if (!this.state.callbacks.has(fact.callback))
          throw new Error('S15: merged with a callback that ended');
        this.checkMerged(fact);
        return;
      case 'place.prioritised':
        this.rules.checkPriority(this.state, fact);
        this.keys.delete(fact.place);
        return;
      default:
    }
  }

  /** One callback for two places: the one that stands ahead is kept, unless it is being served already. */
  private checkMerged({ callback, place: id, moved }: FactOf<'callback.merged'>): void {
    const { places, callbacks } = this.state;
    const place = places.get(id);
    const earlier = places.get(callbacks.get(callback)?.place ?? (0 as PlaceId));
    if (place === undefined || earlier === undefined) throw new Error('S15: merged without a place');
    const isAhead =
      place.priority < earlier.priority ||
      (place.priority === earlier.priority && place.entry < earlier.entry);
    if (earlier.state !== 'served' && isAhead !== (moved === true))
      throw new Error(`S11: callback ${callback} is merged at the worse of its two keys`);
  }

  private checkAfter(fact: Fact): void {
    if (this.registered !== this.ended.size + this.state.callbacks.size)
      throw new Error('S22: registered callbacks are alive or ended');
    if (fact.type === 'place.taken' || fact.type === 'callback.asked_on_page') {
      this.keys.set(fact.place, `${fact.priority}/${fact.entry}`);
      this.entries.set(fact.place, fact.entry);
    }
    if (fact.type === 'place.prioritised')
      // for a recorded reason; the entry is the place's own for ever
      this.keys.set(fact.place, `${fact.priority}/${this.entries.get(fact.place)}`);
    const place = 'place' in fact ? this.state.places.get(fact.place) : undefined;
    if (place !== undefined && this.keys.get(place.id) !== `${place.priority}/${place.entry}`)
      throw new Error(`S11: the key of place ${place.id} has changed`);
  }

  /** Everything that the fact may move, and the chart it must move by. */
  private walkersOf(fact: Fact): Walker[] {
    const { state } = this;
    const walkers: Walker[] = [];
    const add = (name: string, chart: AnyChart, of: Walker['state']): void => {
      walkers.push({ name, chart, state: of });
    };
    const callback =
      'callback' in fact
        ? fact.callback
        : 'place' in fact
          ? (state.places.get(fact.place)?.callback ?? null)
          : null;
    const place =
      'place' in fact
        ? fact.place
        : callback === null
          ? null
          : (state.callbacks.get(callback)?.place ?? null);
    const call: CallId | null =
      'call' in fact ? fact.call : place === null ? null : (state.places.get(place)?.call ?? null);
    if (call !== null) {
      add(`call ${call}`, callChart, (s) => s.calls.get(call)?.state);
      add(`dialogue of call ${call}`, dialogueChart, (s) => s.calls.get(call)?.step);
    }
    if (place !== null) add(`place ${place}`, placeChart, (s) => s.places.get(place)?.state);
    if (callback !== null)
      add(`callback ${callback}`, callbackChart, (s) => s.callbacks.get(callback)?.state);
    if ('attempt' in fact) {
      const { attempt } = fact;
      add(`attempt ${attempt}`, attemptChart, (s) => s.attempts.get(attempt)?.state);
    }
    if (fact.type === 'place.handed_over' && fact.to !== null) {
      const { to } = fact;
      add(`agent ${to}`, agentChart, (s) => s.agents.get(to)?.state);
    }
    const agent = 'agent' in fact ? fact.agent : undefined;
    if (agent !== undefined && agent !== null) {
      add(`agent ${agent}`, agentChart, (s) => s.agents.get(agent)?.state);
    }
    return walkers;
  }
}

function checkArrow(walker: Walker, before: string | undefined, after: string | undefined, fact: Fact): void {
  if (before === undefined || before === after) return;
  const arrows = walker.chart[before] ?? {};
  if (walker.chart === dialogueChart) {
    if (after === undefined || Object.values(arrows).includes(after)) return;
  } else {
    const to = arrows[fact.type];
    const isEnd = to !== undefined && Object.keys(walker.chart[to] ?? {}).length === 0;
    if (to !== undefined && (to === after || (after === undefined && (isEnd || to === 'signed_out')))) return;
  }
  throw new Error(`${walker.name} goes from ${before} to ${after ?? 'its end'} by ${fact.type}: not drawn`);
}
