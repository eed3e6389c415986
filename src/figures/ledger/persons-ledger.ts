// Persons, not calls: who calls again within seven days of a first call, and whether that first call reached an agent. A
// person is the keyed hash of the number called from. That is a blurred picture, and said so wherever it is shown: people
// share numbers, use several, or hide theirs (those are in no window).

import type { Column } from '../column.ts';
import type { Ground } from './ledger.ts';
import type { OpenCall, OpenPlace } from './open-things.ts';

export const WINDOW_MS = 7 * 86_400_000;

export class PersonsLedger {
  readonly #ground: Ground;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** One more call of this person that asked for an agent. */
  asked(call: OpenCall, at: number): void {
    this.#endWindows(at);
    if (call.person === '' || call.cell === null) return;
    const { books, count } = this.#ground;
    const known = books.person.get(call.person);
    if (known === undefined) {
      const { person: id, cell, id: firstCall } = call;
      books.person.add({ id, cell, startedAt: at, firstCall, calls: 1, reached: false });
      count(cell, 'persons');
      count(cell, 'persons_1_call');
      return;
    }
    books.person.change(known.id);
    const before = columnFor(known.calls);
    known.calls += 1;
    const after = columnFor(known.calls);
    if (before === after) return;
    count(known.cell, before, -1);
    count(known.cell, after);
  }

  /** The call that took this place reached an agent. */
  reached(place: OpenPlace): void {
    const { books, count } = this.#ground;
    const known = books.person.get(place.person);
    if (known === undefined || known.firstCall !== place.firstCall || known.reached) return;
    books.person.change(known.id).reached = true;
    count(known.cell, 'persons_reached_first');
  }

  /** Windows stand in the order in which they began. */
  #endWindows(at: number): void {
    const { person } = this.#ground.books;
    for (const window of person.values()) {
      if (window.startedAt + WINDOW_MS > at) return;
      person.drop(window.id);
    }
  }
}

function columnFor(calls: number): Column {
  if (calls === 1) return 'persons_1_call';
  if (calls === 2) return 'persons_2_calls';
  if (calls === 3) return 'persons_3_calls';
  if (calls === 4) return 'persons_4_calls';
  return calls <= 10 ? 'persons_5_to_10_calls' : 'persons_over_10_calls';
}
