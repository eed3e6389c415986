// What the demonstration says of itself at its end, counted from committed facts and from the INVITEs that the network
// saw, with a small model of its own: it must not ask the core how well the core has done.

import type { Fact, FactOf } from '../core/fact.ts';
import type { AgentId, CallbackId, LineId, PlaceId } from '../core/id.ts';

export type Counts = {
  readonly calls: number;
  readonly callbacksRegistered: number;
  readonly callbacksConnected: number;
  readonly callbacksUnreachable: number;
  readonly callbacksCancelled: number;
  /** Accepted and neither ended nor known to be waiting or under way: must be 0. */
  readonly acceptedLost: number;
  /** An agent was given a place while another, sooner by its key, waited for the same agent: must be 0. */
  readonly overtakes: number;
  readonly abandoned: number;
  /** Times an agent and a client were brought together, whoever had called whom. */
  readonly conversations: number;
  /** From an agent's being free to the INVITE of their next call, while somebody waited; median, and of how many. */
  readonly handoverMsP50: number | null;
  readonly handovers: number;
  /** Clients who were asked how it was on the line, when the agent had left, and how many of them keyed an answer. */
  readonly surveysByPhone: number;
  readonly surveysAnswered: number;
  /** Conversations after which the agent was asked how it felt. */
  readonly tonesAsked: number;
};

type Waiting = {
  readonly line: LineId;
  language: string;
  priority: number;
  readonly entry: number;
  isWaiting: boolean;
};

const ENDS: ReadonlySet<Fact['type']> = new Set([
  'callback.completed',
  'callback.unreachable',
  'callback.cancelled',
  'callback.expired',
]);

/** As many as are kept for a median: the latest. */
const HANDOVERS_MAX = 10_000;

export class Score {
  readonly #places = new Map<PlaceId, Waiting>();
  readonly #placeOf = new Map<CallbackId, PlaceId>();
  readonly #open = new Set<CallbackId>();
  readonly #serves = new Map<AgentId, { lines: ReadonlySet<string>; languages: ReadonlySet<string> }>();
  readonly #freedAt = new Map<string, number>();
  readonly #next = new Map<string, number>();
  readonly #handoversMs: number[] = [];
  readonly #count = {
    calls: 0,
    registered: 0,
    connected: 0,
    unreachable: 0,
    cancelled: 0,
    overtakes: 0,
    abandoned: 0,
    conversations: 0,
    surveysByPhone: 0,
    surveysAnswered: 0,
    tonesAsked: 0,
  };
  /** Of clients who are asked on the line, those who have answered nothing yet. */
  readonly #silent = new Set<PlaceId>();

  note(fact: Fact, at: number): void {
    this.#notePlace(fact);
    this.#noteCallback(fact);
    this.#noteAsked(fact);
    switch (fact.type) {
      case 'call.arrived':
        this.#count.calls += 1;
        return;
      case 'call.connected':
      case 'callback.connected':
        this.#count.conversations += 1;
        return;
      case 'agent.signed_in':
        this.#serves.set(fact.agent, { lines: new Set(fact.lines), languages: new Set(fact.languages) });
        return;
      case 'agent.ready':
        this.#freedAt.set(fact.agent, at);
        return;
      case 'agent.reserved':
        // Freed and given the next in one breath: somebody waited. Else it was the agent who waited.
        if (this.#freedAt.get(fact.agent) === at) this.#next.set(fact.agent, at);
        this.#freedAt.delete(fact.agent);
        return;
    }
  }

  /** The network has seen an INVITE for this agent. */
  noteInvite(to: string, at: number): void {
    const freedAt = this.#next.get(to);
    if (freedAt === undefined) return;
    this.#next.delete(to);
    this.#handoversMs.push(Math.max(0, at - freedAt));
    if (this.#handoversMs.length > HANDOVERS_MAX) this.#handoversMs.shift();
  }

  /** `live`: callbacks that the centre still has, waiting or under way. */
  counts(live: ReadonlySet<CallbackId>): Counts {
    const { calls, registered, connected, unreachable, cancelled, ...others } = this.#count;
    return {
      calls,
      callbacksRegistered: registered,
      callbacksConnected: connected,
      callbacksUnreachable: unreachable,
      callbacksCancelled: cancelled,
      acceptedLost: [...this.#open].filter((callback) => !live.has(callback)).length,
      ...others,
      handoverMsP50: median(this.#handoversMs),
      handovers: this.#handoversMs.length,
    };
  }

  #notePlace(fact: Fact): void {
    switch (fact.type) {
      case 'place.taken': {
        const { line, language, priority, entry } = fact;
        this.#places.set(fact.place, { line, language, priority, entry, isWaiting: true });
        return;
      }
      case 'callback.asked_on_page': {
        const { line, language, priority, entry } = fact;
        this.#places.set(fact.place, { line, language, priority, entry, isWaiting: false });
        return;
      }
      case 'agent.reserved':
        this.#noteReserved(fact);
        return;
      case 'place.returned':
        this.#setWaiting(fact.place, true);
        return;
      case 'place.language_changed':
      case 'place.prioritised': {
        const known = this.#places.get(fact.place);
        if (known === undefined) return;
        if (fact.type === 'place.prioritised') known.priority = fact.priority;
        else known.language = fact.language;
        return;
      }
      case 'place.left':
        if (fact.reason === 'abandoned') this.#count.abandoned += 1;
        this.#places.delete(fact.place);
        return;
    }
  }

  #noteCallback(fact: Fact): void {
    switch (fact.type) {
      case 'callback.registered':
      case 'callback.asked_on_page':
        this.#count.registered += 1;
        this.#open.add(fact.callback);
        this.#placeOf.set(fact.callback, fact.place);
        this.#setWaiting(fact.place, false);
        return;
      case 'callback.pending':
      case 'callback.due':
        this.#setWaiting(this.#placeOf.get(fact.callback), true);
        return;
      case 'callback.retry_set':
      case 'callback.parted':
      case 'callback.again_agreed':
      case 'callback.postponed':
        this.#setWaiting(this.#placeOf.get(fact.callback), false);
        return;
      case 'callback.connected':
        this.#count.connected += 1;
        return;
    }
    if (!ENDS.has(fact.type) || !('callback' in fact) || fact.callback === null) return;
    if (fact.type === 'callback.unreachable') this.#count.unreachable += 1;
    if (fact.type === 'callback.cancelled') this.#count.cancelled += 1;
    this.#open.delete(fact.callback);
    this.#placeOf.delete(fact.callback);
  }

  #noteAsked(fact: Fact): void {
    switch (fact.type) {
      case 'survey.begun':
        if (fact.untilAt !== undefined) return;
        this.#count.surveysByPhone += 1;
        this.#silent.add(fact.place);
        return;
      case 'survey.answered':
        if (this.#silent.delete(fact.place)) this.#count.surveysAnswered += 1;
        return;
      case 'survey.ended':
        this.#silent.delete(fact.place);
        return;
      case 'tone.asked':
        this.#count.tonesAsked += 1;
        return;
    }
  }

  #noteReserved(fact: FactOf<'agent.reserved'>): void {
    const given = this.#places.get(fact.place);
    const serves = this.#serves.get(fact.agent);
    if (!given || !serves) return;
    for (const other of this.#places.values()) {
      if (other === given || !other.isWaiting) continue;
      if (!serves.lines.has(other.line) || !serves.languages.has(other.language)) continue;
      if (isSooner(other, given)) this.#count.overtakes += 1;
    }
    given.isWaiting = false;
  }

  #setWaiting(place: PlaceId | undefined, isWaiting: boolean): void {
    const known = place === undefined ? undefined : this.#places.get(place);
    if (known) known.isWaiting = isWaiting;
  }
}

function isSooner(a: Waiting, b: Waiting): boolean {
  return a.priority < b.priority || (a.priority === b.priority && a.entry < b.entry);
}

export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
