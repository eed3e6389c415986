// The ledger: committed facts, one after the other, become counts in cells and rows of what has ended. It is the one
// definition of which fact counts in which column, for the live numbers of the engine and for the records in SQL alike.
// Deterministic and resumable: its open things are all it remembers. It decides nothing and never refuses a fact.

import type { Configuration } from '../../core/configuration.ts';
import type { Fact } from '../../core/fact.ts';
import { writtenIn } from '../../core/upcast.ts';
import type { Column } from '../column.ts';
import { AgentsLedger } from './agents-ledger.ts';
import { CallbacksLedger } from './callbacks-ledger.ts';
import { CallsLedger } from './calls-ledger.ts';
import { mergedPhases } from './known-phases.ts';
import {
  type Book,
  type Books,
  type CentreThings,
  newBooks,
  type OpenPerson,
  THING_KINDS,
  type ThingKind,
  type Things,
} from './open-things.ts';
import { PersonsLedger } from './persons-ledger.ts';
import type { Cell, Sink } from './sink.ts';
import { SurveyLedger } from './survey-ledger.ts';
import { Turns } from './turns.ts';

/** Rises when a fact is counted otherwise, or a row gets another shape: records of an older one are made anew. */
export const LEDGER_VERSION = 8;

/** What the parts of the ledger share. */
export type Ground = {
  readonly books: Books;
  readonly sink: Sink;
  readonly turns: Turns;
  readonly centre: () => CentreThings;
  count(cell: Cell, column: Column, by?: number): void;
};

export type Change = { readonly kind: ThingKind; readonly id: string; readonly body: string | null };

export class Ledger {
  readonly #sink: Sink;
  readonly #books: Books;
  readonly #turns: Turns;
  readonly #calls: CallsLedger;
  readonly #callbacks: CallbacksLedger;
  readonly #agents: AgentsLedger;
  readonly #persons: PersonsLedger;
  readonly #surveys: SurveyLedger;

  /** `isKept`: what changes is remembered until `takeChanges` asks for it. */
  constructor(sink: Sink, isKept: boolean) {
    const books = newBooks(isKept);
    this.#sink = sink;
    this.#books = books;
    this.#turns = new Turns(books, sink);
    const ground: Ground = {
      books,
      sink,
      turns: this.#turns,
      centre: () => books.centre.get('centre') ?? books.centre.add(newCentre()),
      count: (cell, column, by = 1) => sink.count(cell, column, by),
    };
    this.#persons = new PersonsLedger(ground);
    this.#calls = new CallsLedger(ground, this.#persons);
    this.#callbacks = new CallbacksLedger(ground, this.#calls);
    this.#agents = new AgentsLedger(ground);
    this.#surveys = new SurveyLedger(ground);
  }

  fact(fact: Fact, at: number): void {
    this.#passTime(at);
    switch (fact.type) {
      case 'centre.configured':
        this.#configure(writtenIn(fact), at);
        this.#keepDocument(fact.v === 2 ? fact.document : '');
        return;
      case 'telephony.lost':
      case 'telephony.resynced':
        this.#books.centre.change('centre').isUp = fact.type === 'telephony.resynced';
        return;
      case 'person.erased':
        this.#forget(fact.numberKey);
        return;
      default:
        // A survey begins in the breath in which its place is left, and before that.
        this.#surveys.fact(fact, at);
        // Each looks at what concerns it; the calls' own facts first, since callbacks stand on places.
        this.#calls.fact(fact, at);
        this.#callbacks.fact(fact, at);
        this.#agents.fact(fact, at);
    }
  }

  lines(): IterableIterator<Things['line']> {
    return this.#books.line.values();
  }

  get timeZone(): string {
    return this.#books.centre.get('centre')?.timeZone ?? 'UTC';
  }

  takeChanges(): Change[] {
    return THING_KINDS.flatMap((kind) =>
      this.#books[kind].takeChanges().map(({ id, thing }) => ({
        kind,
        id,
        body: thing === null ? null : JSON.stringify(thing),
      })),
    );
  }

  /** Everything that is open, for `restore`. */
  kept(): { readonly kind: ThingKind; readonly body: string }[] {
    return THING_KINDS.flatMap((kind) =>
      [...this.#books[kind].values()].map((thing) => ({ kind, body: JSON.stringify(thing) })),
    );
  }

  /** Goes on from what was kept, in whatever order it comes. */
  restore(kept: readonly { readonly kind: ThingKind; readonly body: string }[]): void {
    const persons: OpenPerson[] = [];
    for (const { kind, body } of kept) {
      const thing = JSON.parse(body) as Things[ThingKind];
      if (kind === 'person') persons.push(thing as OpenPerson);
      else (this.#books[kind] as Book<{ readonly id: string | number }>).restore(thing);
    }
    persons.sort((a, b) => a.startedAt - b.startedAt || a.firstCall - b.firstCall);
    for (const person of persons) this.#books.person.restore(person);
    this.#turns.restore();
  }

  /** Nothing that is open, and no row, says any more that it is of this person. What was counted stays counted. */
  #forget(person: string): void {
    for (const kind of ['call', 'place', 'callback'] as const) {
      const book = this.#books[kind] as unknown as Book<{ readonly id: number; person: string }>;
      for (const thing of book.values()) if (thing.person === person) book.change(thing.id).person = '';
    }
    if (this.#books.person.get(person) !== undefined) this.#books.person.drop(person);
    this.#sink.forget(person);
  }

  /** Whoever became ready in an earlier turn and still is has nothing to do. */
  #passTime(at: number): void {
    const centre = this.#books.centre.get('centre') ?? this.#books.centre.add(newCentre());
    if (at === centre.now) return;
    const { fresh, now } = centre;
    this.#books.centre.change('centre').now = at;
    centre.fresh = [];
    for (const id of fresh) {
      const agent = this.#books.agent.get(id);
      if (agent?.state === 'ready' && centre.isUp) this.#turns.agentIdle(agent, now);
    }
  }

  #keepDocument(text: string): void {
    const { document } = this.#books;
    if (document.get('document') === undefined) document.add({ id: 'document', text });
    else document.change('document').text = text;
  }

  #configure(configuration: Configuration, at: number): void {
    this.#books.centre.change('centre').timeZone = configuration.timeZone ?? 'UTC';
    for (const { id, name, offer } of configuration.lines) {
      const known = this.#books.line.get(id);
      // A configuration of the first release says nothing of offers: offered to everyone, for ever.
      const phases = mergedPhases(known?.phases ?? [], offer?.phases ?? [], at);
      if (known === undefined) this.#books.line.add({ id, name, phases });
      else Object.assign(this.#books.line.change(id), { name, phases });
    }
  }
}

function newCentre(): CentreThings {
  return { id: 'centre', now: 0, isUp: false, timeZone: 'UTC', fresh: [] };
}
