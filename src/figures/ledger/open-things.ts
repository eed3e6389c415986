// What the ledger remembers: calls, places, callbacks, attempts, agents and persons' windows that have not come to their
// end. Plain data, so that a projector can keep it beside its tables and go on from there after any kill; which of it
// changed is remembered, so that only that is written. It must not know what is counted.

import { assert } from '../../core/assert.ts';
import type { OfferPhase } from '../../core/configuration.ts';
import type { Cell } from './sink.ts';

export type OpenCall = {
  readonly id: number;
  readonly arrivedAt: number;
  askedAt: number;
  endedAt: number;
  line: string;
  language: string;
  readonly person: string;
  place: number;
  /** Where it is counted: set when it asks, or comes back to hold. */
  cell: Cell | null;
  state: 'menus' | 'asked' | 'rejoined' | 'transferred' | 'over';
  outcome: string;
};

export type Told = {
  readonly at: number;
  readonly ahead: number;
  readonly meanMs: number | null;
  readonly minMinutes: number;
  readonly maxMinutes: number;
};

export type OpenPlace = {
  readonly id: number;
  readonly cell: Cell;
  /** The call that took it, and the one that holds it now (0: none). */
  readonly firstCall: number;
  call: number;
  readonly person: string;
  line: string;
  language: string;
  priority: number;
  /** Why it goes before others; empty: it does not. */
  priorityReason: string;
  readonly entry: number;
  readonly takenAt: number;
  state: 'waiting' | 'away' | 'held' | 'talking' | 'left';
  /** While away: why. */
  why: Why;
  /** While held: how often it was passed, which counts if it comes back. */
  passed: number;
  overtaken: number;
  callback: number;
  offer: string;
  told: Told | null;
  agentAt: number;
  leftAt: number;
  reason: string;
  /** By an agent: what became of it is counted apart. Left out: no. */
  isTransferred?: true;
};

export type Why =
  | 'goodbye'
  | 'client_not_reached'
  | 'postponed_by_client'
  | 'carried_over_closing'
  | 'held_back'
  | 'system';

/** Whose doing a delay after the virtual turn is. */
export type Blame = 'system' | 'own' | 'owners';

export type OpenCallback = {
  readonly id: number;
  place: number;
  readonly call: number;
  readonly cell: Cell;
  person: string;
  readonly registeredAt: number;
  attempts: number;
  attempt: number;
  connectedAt: number;
  handoverMs: number;
  // The virtual turn, and what has come between it and an agent since:
  turnAt: number;
  blamedFrom: number;
  blame: Blame;
  systemMs: number;
  ownMs: number;
  ownersMs: number;
  reservedAt: number;
  /** How the attempts since the last reservation failed; empty: none was made. */
  failure: '' | 'own' | 'system';
  /** The client was reached, and is called again: what is told of this callback is as it was then. Left out: no. */
  reached?: Reached;
  /** A further call is agreed, and not made yet. */
  isAgain?: true | undefined;
  /** The line was closed when the conversation ended, and nothing more is said of it yet. */
  isAfterClosing?: boolean;
};

export type Reached = Pick<
  OpenCallback,
  'turnAt' | 'systemMs' | 'ownMs' | 'ownersMs' | 'handoverMs' | 'connectedAt'
> & { readonly isAfterClosing: boolean };

export type OpenAttempt = {
  readonly id: number;
  readonly callback: number;
  readonly agent: string;
  readonly n: number;
  readonly intendedAt: number;
  permittedAt: number;
  ringingAt: number;
  answeredAt: number;
};

/** What an agent does for one place, from the reservation to the end of wrap-up. */
export type Work = {
  readonly cell: Cell;
  readonly isCallback: boolean;
  readonly reservedAt: number;
  talkAt: number;
  /** -1: not over. */
  talkMs: number;
  wrapAt: number;
};

export type OpenAgent = {
  readonly id: string;
  state: 'not_ready' | 'ready' | 'reserved' | 'on_call' | 'clearing' | 'wrap_up';
  since: number;
  reason: string;
  lines: readonly string[];
  languages: readonly string[];
  work: Work | null;
};

/** Seven days from a person's first call. */
export type OpenPerson = {
  readonly id: string;
  readonly cell: Cell;
  readonly startedAt: number;
  readonly firstCall: number;
  calls: number;
  reached: boolean;
};

/** By its place, whose cell it is counted in. */
export type OpenSurvey = {
  readonly id: number;
  readonly cell: Cell;
  readonly of: 'live' | 'callback' | 'incomplete';
  readonly call: number | null;
  readonly callback: number | null;
  readonly askedAt: number;
  answeredAt: number;
  answers: readonly { readonly question: string; readonly answer: number }[];
};

/** A line as it was last configured, and every phase that was ever in force. */
export type KnownLine = {
  readonly id: string;
  name: { readonly en: string; readonly fr: string };
  phases: readonly OfferPhase[];
};

/** What the owners wrote, as the fact keeps it: the last one. Opaque here; empty where an old fact kept none. */
export type KnownDocument = { readonly id: 'document'; text: string };

export type CentreThings = {
  readonly id: 'centre';
  now: number;
  isUp: boolean;
  timeZone: string;
  /** Became ready at `now`, in a turn that may still give them work. */
  fresh: readonly string[];
};

export type Things = {
  readonly call: OpenCall;
  readonly place: OpenPlace;
  readonly callback: OpenCallback;
  readonly attempt: OpenAttempt;
  readonly agent: OpenAgent;
  readonly person: OpenPerson;
  readonly survey: OpenSurvey;
  readonly line: KnownLine;
  readonly centre: CentreThings;
  readonly document: KnownDocument;
};
export type ThingKind = keyof Things;
export const THING_KINDS: readonly ThingKind[] = [
  'call',
  'place',
  'callback',
  'attempt',
  'agent',
  'person',
  'survey',
  'line',
  'centre',
  'document',
];

/** One kind of open things by id. `change` says that what it gives will be changed. */
export class Book<Thing extends { readonly id: string | number }> {
  readonly #kind: ThingKind;
  readonly #things = new Map<Thing['id'], Thing>();
  /** What was touched since changes were taken, and whether it stood there before: what came and went is no change. */
  readonly #changed: Map<Thing['id'], boolean> | null;

  constructor(kind: ThingKind, isTracked: boolean) {
    this.#kind = kind;
    this.#changed = isTracked ? new Map() : null;
  }

  get size(): number {
    return this.#things.size;
  }

  add(thing: Thing): Thing {
    this.#touch(thing.id);
    this.#things.set(thing.id, thing);
    return thing;
  }

  get(id: Thing['id']): Thing | undefined {
    return this.#things.get(id);
  }

  /** To change it. A fact about a thing that is not there is a bug. */
  change(id: Thing['id']): Thing {
    const thing = this.#things.get(id);
    assert(thing !== undefined, `the ledger knows no open ${this.#kind} ${id}`);
    this.#touch(id);
    return thing;
  }

  drop(id: Thing['id']): void {
    this.#touch(id);
    this.#things.delete(id);
  }

  values(): IterableIterator<Thing> {
    return this.#things.values();
  }

  /** Adds what was kept, as unchanged. */
  restore(thing: Thing): void {
    this.#things.set(thing.id, thing);
  }

  /** What changed since it was last asked: the thing as it is, or null where it has ended. */
  takeChanges(): { readonly id: string; readonly thing: Thing | null }[] {
    if (this.#changed === null) return [];
    const changes: { readonly id: string; readonly thing: Thing | null }[] = [];
    for (const [id, stood] of this.#changed) {
      const thing = this.#things.get(id) ?? null;
      if (thing !== null || stood) changes.push({ id: String(id), thing });
    }
    this.#changed.clear();
    return changes;
  }

  #touch(id: Thing['id']): void {
    if (this.#changed?.has(id) === false) this.#changed.set(id, this.#things.has(id));
  }
}

export type Books = { readonly [Kind in ThingKind]: Book<Things[Kind]> };

export function newBooks(isTracked: boolean): Books {
  return {
    call: new Book('call', isTracked),
    place: new Book('place', isTracked),
    callback: new Book('callback', isTracked),
    attempt: new Book('attempt', isTracked),
    agent: new Book('agent', isTracked),
    person: new Book('person', isTracked),
    survey: new Book('survey', isTracked),
    line: new Book('line', isTracked),
    document: new Book('document', isTracked),
    centre: new Book('centre', isTracked),
  };
}
