// Answers given under an idempotency key, for a day: the same request asked again is answered the same and done once; the
// key with another request is refused. Sealed, since a new token stands in one. It must not know what was asked.

import type { PeopleStore } from './people-store.ts';
import type { PeopleSeal } from './seal.ts';

export type PlainAnswer = { readonly status: number; readonly type: string; readonly body: string };

export type Claim =
  /** It is yours to answer: keep or drop it under this key. */
  | { readonly is: 'free'; readonly key: string }
  | { readonly is: 'answered'; readonly answer: PlainAnswer }
  | { readonly is: 'other_request' }
  /** Being answered, or its answer was lost with the process: it may have been done. */
  | { readonly is: 'unanswered' };

export class GivenAnswers {
  readonly #store: PeopleStore;
  readonly #seal: PeopleSeal;
  readonly #now: () => number;

  constructor(parts: { readonly store: PeopleStore; readonly seal: PeopleSeal; readonly now: () => number }) {
    this.#store = parts.store;
    this.#seal = parts.seal;
    this.#now = parts.now;
  }

  /** Keys are each caller's own: two who think of the same one do not meet. */
  async claim(by: string, given: string, request: string): Promise<Claim> {
    // Keyed: a number may stand in a request, and nobody is to find it by trying all there are.
    const requestHash = this.#seal.keyOf('request', request);
    const key = this.#seal.keyOf('answer', JSON.stringify([by, given]));
    const known = await this.#store.claimAnswer(key, requestHash, this.#now());
    if (known === undefined) return { is: 'free', key };
    if (known.requestHash !== requestHash) return { is: 'other_request' };
    if (known.answer === null) return { is: 'unanswered' };
    const { status, type, body } = known.answer;
    return { is: 'answered', answer: { status, type, body: this.#seal.open(key, body) } };
  }

  keep(key: string, { status, type, body }: PlainAnswer): Promise<void> {
    return this.#store.keepAnswer(key, { status, type, body: this.#seal.close(key, body) });
  }

  /** Nothing was done: the key is free again. */
  drop(key: string): Promise<void> {
    return this.#store.dropAnswer(key);
  }
}
