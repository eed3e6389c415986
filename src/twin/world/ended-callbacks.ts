// What the records of a world would tell a client's page: of which line and language a callback was, and how it ended. From
// committed facts alone, in their order; it must not know a number.

import type { Fact } from '../../core/fact.ts';
import type { CallbackId, Language, LineId, PlaceId } from '../../core/id.ts';

type Known = { readonly place: PlaceId; endedAs: string };
type Where = { readonly line: LineId; language: Language };

const ENDS = {
  'callback.completed': 'connected',
  'callback.unreachable': 'incomplete',
  'callback.cancelled': 'cancelled',
  'callback.expired': 'expired',
} as const;

export class EndedCallbacks {
  readonly #places = new Map<PlaceId, Where>();
  readonly #callbacks = new Map<CallbackId, Known>();

  fact(fact: Fact): void {
    switch (fact.type) {
      case 'place.taken':
        this.#places.set(fact.place, { line: fact.line, language: fact.language });
        return;
      case 'callback.asked_on_page':
        this.#places.set(fact.place, { line: fact.line, language: fact.language });
        this.#callbacks.set(fact.callback, { place: fact.place, endedAs: '' });
        return;
      case 'callback.registered':
        this.#callbacks.set(fact.callback, { place: fact.place, endedAs: '' });
        return;
      case 'callback.again_agreed': {
        // Whoever was reached once is not asked to ask again.
        const known = this.#callbacks.get(fact.callback);
        if (known !== undefined && fact.with === 'client') known.endedAs = 'connected';
        return;
      }
      case 'callback.completed':
      case 'callback.unreachable':
      case 'callback.cancelled':
      case 'callback.expired': {
        const known = this.#callbacks.get(fact.callback);
        if (known !== undefined) known.endedAs ||= ENDS[fact.type];
        return;
      }
      default:
    }
  }

  /** Undefined: not known, or it has not ended. */
  of(callback: CallbackId): (Where & { readonly endedAs: string }) | undefined {
    const known = this.#callbacks.get(callback);
    const where = known === undefined ? undefined : this.#places.get(known.place);
    return known === undefined || where === undefined || known.endedAs === ''
      ? undefined
      : { ...where, endedAs: known.endedAs };
  }
}
