// S10, S11 and L3: order by key among the places that the same agent could serve. At a reservation no waiting place with a
// smaller key may stand in any queue of that agent; whoever is passed while not waiting (away, or held by an agent and
// then returned) is an overtake, counted under its cause. And no agent is ready while a place they could serve waits.
// Callbacks whose line is closed or whose serving the owners stopped are not served, so they are in nobody's way.

import { ORDINARY_PRIORITY } from '../core/configuration.ts';
import type { Fact, FactOf, PlaceKey } from '../core/fact.ts';
import type { AgentId, LineId, PlaceId } from '../core/id.ts';
import { isBefore } from '../core/line.ts';
import { queueKey, queueKeys } from '../core/queue.ts';
import type { State } from '../core/state.ts';
import { type Checker, hold } from './checker.ts';
import { ServingRules } from './serving-rules.ts';

type KnownPlace = PlaceKey & {
  readonly id: PlaceId;
  queue: KnownQueue;
  isCallback: boolean;
  /** It came back after an attempt: it must not gain by that. */
  isRetried: boolean;
  state: 'waiting' | 'away' | 'held' | 'gone';
  why: string;
  /** How many reservations had been made when it was held. */
  heldSince: number;
};

type KnownQueue = {
  readonly key: string;
  readonly line: LineId;
  readonly holding: FirstOut;
  readonly callbacks: FirstOut;
  holdingCount: number;
  callbackCount: number;
  readyAgents: number;
  /** Not waiting, but with their key kept: they may be overtaken. */
  readonly absent: Set<KnownPlace>;
  /** Reservations from this queue, newest last, so that a return knows who went by. */
  readonly served: { readonly n: number; readonly key: PlaceKey }[];
};

const BLANK = { isCallback: false, isRetried: false, state: 'gone', why: '', heldSince: 0 } as const;

/** A place returns within a ring time or an attempt; who was served before that is not remembered. */
const SERVED_KEPT = 512;

export class OrderChecker implements Checker {
  readonly #places = new Map<PlaceId, KnownPlace>();
  readonly #queues = new Map<string, KnownQueue>();
  readonly #agents = new Map<AgentId, { readonly queues: readonly KnownQueue[]; isReady: boolean }>();
  readonly #overtakes = new Map<string, number>();
  #placeOfCallback = new Map<number, PlaceId>();
  readonly #rules = new ServingRules();
  #reservations = 0;
  #lastEntry = 0;
  #isUp = false;
  #at = 0;

  /** By cause: places passed by a later key that one of their agents served first. */
  get overtakes(): ReadonlyMap<string, number> {
    return this.#overtakes;
  }

  get placeCount(): number {
    return this.#places.size;
  }

  fact(fact: Fact, at: number): void {
    this.#at = at;
    this.#rules.fact(fact, at);
    switch (fact.type) {
      case 'telephony.resynced':
        this.#isUp = true;
        return;
      case 'telephony.lost':
        this.#isUp = false;
        return;
      case 'agent.signed_in': {
        const queues = fact.lines.flatMap((line) =>
          queueKeys([line], fact.languages).map((key) => this.#queue(key, line)),
        );
        this.#agents.set(fact.agent, { queues, isReady: false });
        return;
      }
      case 'agent.ready':
        this.#setReady(fact.agent, true);
        return;
      case 'agent.not_ready':
        this.#setReady(fact.agent, false);
        return;
      case 'agent.signed_out':
        this.#setReady(fact.agent, false);
        this.#agents.delete(fact.agent);
        return;
      case 'agent.reserved':
        this.#reserve(fact.agent, fact.place, fact.sentBy !== undefined);
        return;
      case 'consult.begun':
        if (fact.agent !== undefined) this.#setReady(fact.agent, false);
        return;
      default:
        this.#placeFact(fact);
    }
  }

  atRest(state: State | null): void {
    if (this.#isUp) {
      for (const queue of this.#queues.values()) {
        if (queue.readyAgents === 0) continue;
        const isServed = queue.callbackCount > 0 && this.#rules.isSurelyServed(queue.line, this.#at);
        hold(
          queue.holdingCount === 0 && !isServed,
          'L3',
          `an agent is ready while a place waits in ${queue.key}`,
        );
      }
    }
    if (state === null) return;
    hold(state.places.size === this.#places.size, 'S22', 'the state has other places than the facts');
  }

  #placeFact(fact: Fact): void {
    switch (fact.type) {
      case 'place.taken': {
        const queue = this.#queue(queueKey(fact.line, fact.language), fact.line);
        const { place: id, priority, entry } = fact;
        this.#lastEntry = entry;
        this.#add({ ...BLANK, id, priority, entry, queue });
        return;
      }
      case 'callback.asked_on_page':
        this.#askedOnPage(fact);
        return;
      case 'callback.registered':
        this.#placeOfCallback.set(fact.callback, fact.place);
        this.#away(fact.place, 'goodbye');
        this.#of(fact.place).isCallback = true;
        return;
      case 'callback.merged':
        if (fact.moved === true) this.#moved(fact);
        return;
      case 'callback.retry_set':
        this.#away(this.#placeOfCallback.get(fact.callback), 'retry_wait');
        this.#of(this.#placeOfCallback.get(fact.callback)).isRetried = true;
        return;
      case 'callback.parted':
      case 'callback.again_agreed':
      case 'callback.postponed': {
        const why = fact.type === 'callback.postponed' ? fact.cause : 'again';
        this.#away(this.#placeOfCallback.get(fact.callback), why);
        return;
      }
      case 'place.prioritised':
        this.#replace(fact.place, { priority: fact.priority });
        return;
      case 'place.rejoined':
        this.#replace(fact.place, { isCallback: false });
        return;
      case 'call.adopted':
        this.#of(fact.place).isCallback = false;
        return;
      case 'place.transferred':
        this.#transferred(fact);
        return;
      case 'place.language_changed':
        this.#languageChanged(fact);
        return;
      case 'callback.pending':
      case 'callback.due':
        this.#comesBack(this.#of(this.#placeOfCallback.get(fact.callback)));
        return;
      case 'callback.completed':
      case 'callback.unreachable':
      case 'callback.cancelled':
      case 'callback.expired':
        this.#placeOfCallback.delete(fact.callback);
        return;
      case 'place.returned':
        this.#returned(this.#of(fact.place), fact.cause);
        return;
      case 'place.left': {
        const place = this.#of(fact.place);
        this.#drop(place);
        this.#places.delete(fact.place);
        return;
      }
      default:
        return;
    }
  }

  #comesBack(place: KnownPlace): void {
    if (place.state === 'away') this.#wait(place);
  }

  #languageChanged({ place, language }: FactOf<'place.language_changed'>): void {
    const { line } = this.#of(place).queue;
    this.#replace(place, { queue: this.#queue(queueKey(line, language), line) });
  }

  #transferred({ place, line }: FactOf<'place.transferred'>): void {
    const { queue } = this.#of(place);
    const language = queue.key.slice(queue.line.length + 1);
    this.#replace(place, { queue: this.#queue(`${line}/${language}`, line) });
    this.#wait(this.#of(place));
  }

  #returned(place: KnownPlace, cause: string): void {
    this.#countPassedBy(place, cause);
    this.#wait(place);
  }

  /** The place left behind follows; one that waits for its own time stays away for that reason. */
  #moved({ callback, place }: FactOf<'callback.merged'>): void {
    this.#away(place, this.#of(this.#placeOfCallback.get(callback)).why || 'goodbye');
    this.#placeOfCallback.set(callback, place);
    this.#of(place).isCallback = true;
  }

  /** At the end of everything, and no better than anybody else. */
  #askedOnPage(fact: FactOf<'callback.asked_on_page'>): void {
    const { place: id, callback, line, language, priority, entry } = fact;
    hold(
      entry > this.#lastEntry && priority === ORDINARY_PRIORITY,
      'S27',
      `place ${id}, asked for on a page, is not at the end of the line`,
    );
    this.#lastEntry = entry;
    this.#add({ ...BLANK, id, priority, entry, queue: this.#queue(queueKey(line, language), line) });
    this.#placeOfCallback.set(callback, id);
    this.#away(id, 'goodbye');
    this.#of(id).isCallback = true;
  }

  /** `isSent`: by a colleague, to this agent, who was free: nobody's turn had come. */
  #reserve(id: AgentId, placeId: PlaceId, isSent: boolean): void {
    const agent = this.#agents.get(id);
    const place = this.#of(placeId);
    hold(this.#isUp, 'S6', `${id} was reserved while telephony is away: nobody can be rung`);
    hold(agent !== undefined, 'S10', `${id} is not signed in`);
    if (isSent) hold(agent.isReady, 'S7', `${id} is given a client and is not free`);
    else hold(agent.queues.includes(place.queue), 'S10', `${id} does not serve place ${placeId}`);
    hold(place.state === 'waiting', 'S10', `place ${placeId} was not waiting when ${id} was reserved for it`);
    for (const queue of isSent ? [] : agent.queues) {
      this.#holdFirst(place, queue.holding.first(queue));
      if (this.#rules.isServed(queue.line, this.#at)) this.#holdFirst(place, queue.callbacks.first(queue));
      for (const absent of queue.absent)
        if (absent.state === 'away' && isBefore(absent, place)) this.#count(absent.why);
    }
    this.#setReady(id, false);
    this.#countWaiting(place, -1);
    place.state = 'held';
    place.queue.absent.add(place);
    this.#reservations += 1;
    place.heldSince = this.#reservations;
    const { served } = place.queue;
    served.push({ n: this.#reservations, key: place });
    if (served.length > SERVED_KEPT * 2) served.splice(0, SERVED_KEPT);
  }

  /** Those of its own queue with a later key who were reserved since. */
  #countPassedBy(place: KnownPlace, cause: string): void {
    const { served } = place.queue;
    for (let i = served.length - 1; i >= 0; i -= 1) {
      const one = served[i] as (typeof served)[number];
      if (one.n <= place.heldSince) return;
      if (isBefore(place, one.key)) this.#count(cause);
    }
  }

  #holdFirst(served: KnownPlace, first: KnownPlace | null): void {
    hold(
      first === null || !isBefore(first, served),
      served.isRetried ? 'S11' : 'S10',
      `place ${served.id} was served before place ${first?.id}, which waits in ${first?.queue.key}`,
    );
  }

  #wait(place: KnownPlace): void {
    if (place.state === 'waiting') return;
    place.state = 'waiting';
    place.queue.absent.delete(place);
    this.#countWaiting(place, 1);
    (place.isCallback ? place.queue.callbacks : place.queue.holding).add(place);
  }

  #countWaiting({ isCallback, queue }: KnownPlace, by: 1 | -1): void {
    if (isCallback) queue.callbackCount += by;
    else queue.holdingCount += by;
  }

  #add(place: KnownPlace): void {
    this.#places.set(place.id, place);
    this.#wait(place);
  }

  /** Its key, its queue or its kind is another: the old one is forgotten. */
  #replace(id: PlaceId, change: Partial<KnownPlace>): void {
    const old = this.#of(id);
    const { state, why } = old;
    this.#drop(old);
    const place: KnownPlace = { ...old, ...change, state: 'gone' };
    this.#places.set(id, place);
    if (state === 'waiting' || change.isCallback === false) this.#wait(place);
    else {
      place.state = state;
      place.why = why;
      place.queue.absent.add(place);
    }
  }

  #drop(place: KnownPlace): void {
    if (place.state === 'waiting') this.#countWaiting(place, -1);
    place.queue.absent.delete(place);
    place.state = 'gone';
  }

  #away(id: PlaceId | undefined, why: string): void {
    const place = this.#of(id);
    if (place.state === 'waiting') this.#countWaiting(place, -1);
    place.state = 'away';
    place.why = why;
    place.queue.absent.add(place);
  }

  #setReady(id: AgentId, isReady: boolean): void {
    const agent = this.#agents.get(id);
    if (agent === undefined || agent.isReady === isReady) return;
    agent.isReady = isReady;
    for (const queue of agent.queues) queue.readyAgents += isReady ? 1 : -1;
  }

  #count(cause: string): void {
    this.#overtakes.set(cause, (this.#overtakes.get(cause) ?? 0) + 1);
  }

  #of(id: PlaceId | undefined): KnownPlace {
    const place = id === undefined ? undefined : this.#places.get(id);
    hold(place !== undefined, 'S2', `place ${id} is not there`);
    return place;
  }

  #queue(key: string, line: LineId): KnownQueue {
    const known = this.#queues.get(key);
    if (known !== undefined) return known;
    const queue: KnownQueue = {
      key,
      line,
      holding: new FirstOut(),
      callbacks: new FirstOut(),
      holdingCount: 0,
      callbackCount: 0,
      readyAgents: 0,
      absent: new Set(),
      served: [],
    };
    this.#queues.set(key, queue);
    return queue;
  }
}

/** The smallest key among those that wait; who waits no more is dropped when it comes to the top. */
class FirstOut {
  readonly #heap: KnownPlace[] = [];

  add(place: KnownPlace): void {
    const heap = this.#heap;
    heap.push(place);
    let at = heap.length - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above] as KnownPlace;
      if (!isBefore(place, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = place;
  }

  first(queue: KnownQueue): KnownPlace | null {
    for (;;) {
      const top = this.#heap[0];
      if (top === undefined) return null;
      const isHere = top.queue === queue && this === (top.isCallback ? queue.callbacks : queue.holding);
      if (top.state === 'waiting' && isHere) return top;
      this.#drop();
    }
  }

  #drop(): void {
    const heap = this.#heap;
    const last = heap.pop() as KnownPlace;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as KnownPlace, heap[child] as KnownPlace))
        child += 1;
      if (!isBefore(heap[child] as KnownPlace, last)) break;
      heap[at] = heap[child] as KnownPlace;
      at = child;
    }
    heap[at] = last;
  }
}
