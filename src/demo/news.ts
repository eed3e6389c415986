// The latest events in words: one line for each fact that somebody watching would want to see. Keys and names of lines
// only; there are no numbers in facts, and none are asked for.

import type { Configuration } from '../core/configuration.ts';
import type { Fact } from '../core/fact.ts';
import type { AttemptId, CallbackId, LineId, PlaceId } from '../core/id.ts';

export class News {
  readonly #names: ReadonlyMap<LineId, string>;
  readonly #lines = new Map<PlaceId, LineId>();
  readonly #places = new Map<CallbackId, PlaceId>();
  /** Places whose client is called back. */
  readonly #calledBack = new Set<PlaceId>();
  readonly #callbacks = new Map<AttemptId, CallbackId>();

  constructor(configuration: Configuration) {
    this.#names = new Map(configuration.lines.map(({ id, name }) => [id, name.en]));
  }

  /** Undefined for what is not news. */
  of(fact: Fact): string | undefined {
    const text = this.#tell(fact);
    // A callback's place has left when its end is told.
    if (fact.type === 'place.left' && !this.#calledBack.has(fact.place)) this.#lines.delete(fact.place);
    return text;
  }

  #tell(fact: Fact): string | undefined {
    switch (fact.type) {
      case 'place.taken':
        this.#lines.set(fact.place, fact.line);
        return `${this.#place(fact.place)}: taken, in ${fact.language === 'fr' ? 'French' : 'English'}`;
      case 'place.left':
        return fact.reason === 'abandoned' ? `${this.#place(fact.place)}: the caller gave up` : undefined;
      case 'place.returned':
        return `${this.#place(fact.place)}: back in line where it was (${words(fact.cause)})`;
      case 'place.language_changed':
        return `${this.#place(fact.place)}: goes on in ${fact.language === 'fr' ? 'French' : 'English'}`;
      case 'agent.reserved':
        return `${this.#place(fact.place)}: ${fact.agent}'s phone rings`;
      case 'call.connected':
        return `${this.#place(fact.place)}: the caller who held talks with ${fact.agent}`;
      case 'agent.not_ready':
        return fact.reason === '' ? undefined : `${fact.agent} is not ready (${words(fact.reason)})`;
      default:
        return this.#tellCallback(fact);
    }
  }

  #tellCallback(fact: Fact): string | undefined {
    switch (fact.type) {
      case 'callback.registered':
        this.#places.set(fact.callback, fact.place);
        this.#calledBack.add(fact.place);
        return `${this.#place(fact.place)}: will be called back, and keeps its place`;
      case 'callback.asked_on_page':
        this.#lines.set(fact.place, fact.line);
        this.#places.set(fact.callback, fact.place);
        this.#calledBack.add(fact.place);
        return `${this.#place(fact.place)}: asked for on the client's page, at the end of the line`;
      case 'attempt.intended':
        this.#callbacks.set(fact.attempt, fact.callback);
        return undefined;
      case 'attempt.permitted':
        return `${this.#attempt(fact.attempt)}: the client is called`;
      case 'attempt.ringing':
        return `${this.#attempt(fact.attempt)}: the client's phone rings`;
      case 'attempt.failed': {
        const text = `${this.#attempt(fact.attempt)}: the client was not reached (${words(fact.cause)})`;
        this.#callbacks.delete(fact.attempt);
        return text;
      }
      case 'callback.connected':
        this.#callbacks.delete(fact.attempt);
        return `${this.#callback(fact.callback)}: the client and ${fact.agent} talk`;
      case 'survey.begun':
        return fact.untilAt === undefined
          ? `${this.#place(fact.place)}: the agent has left, the client is asked how it was`
          : undefined;
      case 'callback.again_agreed':
        return `${this.#callback(fact.callback)}: will be called again, at a time that was agreed`;
      case 'callback.completed':
        return this.#forget(fact.callback, 'called back, done');
      case 'callback.unreachable':
        return this.#forget(fact.callback, 'could not be reached');
      case 'callback.cancelled':
        return this.#forget(fact.callback, 'cancelled');
      case 'callback.expired':
        return this.#forget(fact.callback, 'too late');
      default:
        return undefined;
    }
  }

  #forget(callback: CallbackId, text: string): string {
    const told = `${this.#callback(callback)}: ${text}`;
    const place = this.#places.get(callback);
    this.#places.delete(callback);
    if (place !== undefined) {
      this.#calledBack.delete(place);
      this.#lines.delete(place);
    }
    return told;
  }

  #attempt(attempt: AttemptId): string {
    const callback = this.#callbacks.get(attempt);
    return callback === undefined ? 'a callback' : this.#callback(callback);
  }

  #callback(callback: CallbackId): string {
    const place = this.#places.get(callback);
    return place === undefined ? 'a callback' : this.#place(place);
  }

  #place(place: PlaceId): string {
    const line = this.#lines.get(place);
    const name = line === undefined ? undefined : this.#names.get(line);
    return name === undefined ? `place ${place}` : `${name}, place ${place}`;
  }
}

function words(code: string): string {
  return code.replaceAll('_', ' ');
}
