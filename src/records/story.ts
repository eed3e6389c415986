// One call's whole story: which facts belong to it, picked from a stretch of the journal in one pass. A call leads to its
// place, a place to its callback and its agents, a callback to its attempts; what other callers did to the line is not in
// it. It must not know in what words a story is told: that is story-words.ts.

import type { Fact } from '../core/fact.ts';
import type { AgentId, AttemptId, CallbackId, CallId, PlaceId } from '../core/id.ts';

export type StoryFact = { readonly seq: number; readonly at: number; readonly fact: Fact };

/** A story is told whole or not at all: whoever keys on and on for hours has more facts than anybody reads. */
export const STORY_FACTS_MAX = 10_000;

export class Story {
  /** Null: a callback that its client asked for on their page; no call led to it. */
  readonly call: CallId | null;
  readonly facts: StoryFact[] = [];
  readonly #places = new Set<PlaceId>();
  /** The client of a callback who was handed on is a caller from then on. */
  readonly #adopted = new Set<CallId>();
  readonly #callbacks = new Set<CallbackId>();
  readonly #attempts = new Set<AttemptId>();
  /** Agents who are with this call's place now: their facts name no place. */
  readonly #agents = new Set<AgentId>();

  /** `place`: where it begins, if that is known. */
  constructor(call: CallId | null, place: PlaceId | null = null) {
    this.call = call;
    if (place !== null) this.#places.add(place);
  }

  /** The callbacks it led to, the first first. */
  get callbacks(): readonly CallbackId[] {
    return [...this.#callbacks];
  }

  /** In the order of the journal, from `call.arrived` on. False: one fact more than a story may have. */
  hear(row: StoryFact): boolean {
    if (!this.#isOurs(row.fact)) return true;
    if (this.facts.length === STORY_FACTS_MAX) return false;
    this.#follow(row.fact);
    this.facts.push(row);
    return true;
  }

  #isOurs(fact: Fact): boolean {
    if ('call' in fact && (fact.call === this.call || this.#adopted.has(fact.call))) return true;
    if ('place' in fact && this.#places.has(fact.place)) return true;
    if ('callback' in fact && fact.callback !== null && this.#callbacks.has(fact.callback)) return true;
    if ('attempt' in fact && this.#attempts.has(fact.attempt)) return true;
    return 'agent' in fact && fact.agent !== undefined && fact.agent !== null && this.#agents.has(fact.agent);
  }

  #follow(fact: Fact): void {
    switch (fact.type) {
      case 'place.taken':
        this.#places.add(fact.place);
        return;
      case 'callback.registered':
      case 'callback.asked_on_page':
      case 'callback.merged':
        this.#callbacks.add(fact.callback);
        this.#places.add(fact.place);
        return;
      case 'call.adopted':
        this.#adopted.add(fact.call);
        return;
      case 'attempt.intended':
        this.#attempts.add(fact.attempt);
        return;
      case 'agent.reserved':
        this.#agents.add(fact.agent);
        return;
      case 'consult.begun':
        if (fact.agent !== undefined) this.#agents.add(fact.agent);
        return;
      case 'place.returned':
        this.#agents.delete(fact.agent);
        return;
      case 'agent.wrap_up_started':
      case 'agent.ready':
      case 'agent.not_ready':
      case 'agent.signed_out':
        this.#agents.delete(fact.agent);
        return;
      default:
    }
  }
}
