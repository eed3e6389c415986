// The rights of persons: everything that is held on whoever has a number, given out whole, and all of it forgotten. A number
// without an extension is asked for with all of its extensions; with one, it is that client alone. What each room holds it
// says itself; here it is put together. To erase is one fact, from which all else follows (ADR 0019); what is counted stays.

import { referenceOf } from '../core/effects.ts';
import type { NumberKey } from '../core/id.ts';
import { isDialable, type NumberCode } from '../core/number.ts';
import { placeOf, type State } from '../core/state.ts';
import type { Engine } from '../engine/engine.ts';
import type { HeldDelivery } from '../outbox/deliveries.ts';
import type { Audit } from '../people/audit.ts';
import type { HeldRecords } from '../records/person-records.ts';
import type { CallNote } from '../vault/call-notes.ts';
import type { HeldLink } from '../vault/client-links.ts';
import type { FoundNumber } from '../vault/vault.ts';
import type { HeldNumber } from '../vault/vault-persons.ts';

/** What the rooms are asked. */
export type PersonParts = {
  readonly engine: Engine;
  readonly audit: Audit;
  readonly vault: {
    keysOf(mainKey: NumberKey): Promise<readonly NumberKey[]>;
    heldOf(keys: readonly NumberKey[]): Promise<readonly HeldNumber[]>;
  };
  readonly emails: { addressOf(key: NumberKey): Promise<string | undefined> };
  readonly notes: { ofPerson(keys: readonly NumberKey[], limit: number): Promise<readonly CallNote[]> };
  readonly links: { ofPerson(keys: readonly NumberKey[]): Promise<readonly HeldLink[]> };
  readonly deliveries: {
    ofPerson(keys: readonly NumberKey[], limit: number): Promise<readonly HeldDelivery[]>;
  };
  readonly records: { heldOf(keys: readonly NumberKey[], limit: number): Promise<HeldRecords> };
  readonly find: (text: string) => FoundNumber | { readonly code: NumberCode };
  /** Resolves when records and outbox have taken in the facts up to this one. */
  readonly reached: (seq: number) => Promise<void>;
};

/** Everything on one person; times are UTC ms. Nothing of it is kept for having been asked. */
export type Held = {
  readonly keys: readonly NumberKey[];
  readonly numbers: readonly HeldNumber[];
  readonly emails: readonly string[];
  /** The number asked never to be called; this is kept when the rest is erased. */
  readonly neverCall: boolean;
  /** Callbacks that have not ended, and calls that are on the line now. */
  readonly openCallbacks: readonly OpenCallback[];
  readonly openCalls: readonly { readonly call: number; readonly place: number | null }[];
  readonly records: HeldRecords;
  /** What agents wrote. */
  readonly notes: readonly CallNote[];
  readonly links: readonly HeldLink[];
  readonly deliveries: readonly HeldDelivery[];
  /** Who looked for this number or asked for this, when and why. */
  readonly searches: readonly { readonly at: number; readonly what: string; readonly why: string }[];
};

export type OpenCallback = {
  readonly callback: number;
  readonly reference: string;
  readonly state: string;
  readonly line: string;
  readonly language: string;
  readonly code: string;
  readonly attempts: number;
  readonly registeredAt: number;
};

/** How many of each kind were there; nought of all when it is asked again. */
export type Erased = Readonly<
  Record<
    'keys' | 'numbers' | 'emails' | 'cancelled' | 'calls' | 'callbacks' | 'notes' | 'links' | 'deliveries',
    number
  >
>;

export type PersonCode = 'callback.being_served' | 'person.too_much';

/** More of one kind than this is no person's: it is a number that many share. */
const ROWS_MAX = 10_000;
const KEYS_MAX = 10_000;

export type PersonRefused = { readonly refused: PersonCode };

export interface PersonRoom {
  /** The keys of a number as a person wrote it. */
  find(text: string): FoundNumber | { readonly code: NumberCode };
  held(number: FoundNumber, by: string, why: string): Promise<Held | PersonRefused>;
  erase(number: FoundNumber, by: string): Promise<Erased | PersonRefused>;
}

export class Persons implements PersonRoom {
  readonly #parts: PersonParts;

  constructor(parts: PersonParts) {
    this.#parts = parts;
  }

  find(text: string): FoundNumber | { readonly code: NumberCode } {
    return this.#parts.find(text);
  }

  /** Who asked, and why, stands in the audit before anything is given out. */
  async held(number: FoundNumber, by: string, why: string): Promise<Held | PersonRefused> {
    const about = `number ${number.numberKey}`;
    await this.#parts.audit.note({ by, what: 'person.exported', about, why });
    const { seq } = await this.#parts.engine.written();
    await this.#parts.reached(seq);
    const keys = await this.#keysOf(number);
    return keys === null ? { refused: 'person.too_much' } : this.#heldOf(keys);
  }

  /** The fact is committed first; it is answered once everything that follows from it is done. */
  async erase(number: FoundNumber, by: string): Promise<Erased | PersonRefused> {
    const { engine, reached } = this.#parts;
    await reached((await engine.written()).seq);
    const keys = await this.#keysOf(number);
    if (keys === null) return { refused: 'person.too_much' };
    const held = await this.#heldOf(keys);
    const { refused, facts } = await engine.submit({ type: 'person.erase', numberKeys: keys, by });
    if (refused === 'callback.being_served') return { refused };
    await reached((await engine.written()).seq);
    // Rows that are too many to be given out are erased all the same, and counted up to there.
    const { numbers, emails, notes, links, deliveries, records } = 'refused' in held ? NOTHING_HELD : held;
    return {
      keys: keys.length,
      numbers: numbers.length,
      emails: emails.length,
      cancelled: facts.filter(({ type }) => type === 'callback.cancelled').length,
      calls: records.calls.length,
      callbacks: records.callbacks.length,
      notes: notes.length,
      links: links.length,
      deliveries: deliveries.length,
    };
  }

  /** Null: more than are one person's. */
  async #keysOf(number: FoundNumber): Promise<readonly NumberKey[] | null> {
    const { vault, engine } = this.#parts;
    const { numberKey, mainKey } = number;
    if (mainKey !== undefined) return [numberKey]; // an extension: its own client, and nobody else's
    const keys = new Set<NumberKey>([numberKey, ...(await vault.keysOf(numberKey))]);
    // Also those whose row is not written, or was erased while the callback stood.
    for (const callback of engine.state.callbacks.values())
      if (callback.mainKey === numberKey) keys.add(callback.numberKey);
    return keys.size > KEYS_MAX ? null : [...keys];
  }

  async #heldOf(keys: readonly NumberKey[]): Promise<Held | PersonRefused> {
    const { vault, emails, notes, links, deliveries, records, audit, engine } = this.#parts;
    const addresses = await Promise.all(keys.map((key) => emails.addressOf(key)));
    const about = keys.map((key) => `number ${key}`);
    const held: Held = {
      keys,
      numbers: await vault.heldOf(keys),
      emails: addresses.filter((address) => address !== undefined),
      neverCall: keys.some((key) => engine.state.numbers.isBarred(key)),
      openCallbacks: openCallbacksOf(engine.state, keys),
      openCalls: openCallsOf(engine.state, keys),
      records: await records.heldOf(keys, ROWS_MAX + 1),
      notes: await notes.ofPerson(keys, ROWS_MAX + 1),
      links: await links.ofPerson(keys),
      deliveries: await deliveries.ofPerson(keys, ROWS_MAX + 1),
      searches: (await audit.about(about, ROWS_MAX + 1)).map(({ at, what, why }) => ({ at, what, why })),
    };
    const lists = [held.deliveries, held.searches, held.notes, held.links, ...Object.values(held.records)];
    return lists.some((rows) => rows.length > ROWS_MAX) ? { refused: 'person.too_much' } : held;
  }
}

const NOTHING_HELD = {
  numbers: [],
  emails: [],
  notes: [],
  links: [],
  deliveries: [],
  records: { calls: [], places: [], callbacks: [], attempts: [], surveys: [] },
};

function openCallbacksOf(state: State, keys: readonly NumberKey[]): OpenCallback[] {
  return [...state.callbacks.values()]
    .filter(({ numberKey }) => keys.includes(numberKey))
    .map((callback) => ({
      callback: callback.id,
      reference: referenceOf(callback.id),
      state: callback.state,
      line: callback.line,
      language: placeOf(state, callback.place).language,
      code: callback.code,
      attempts: callback.chances,
      registeredAt: callback.registeredAt,
    }));
}

function openCallsOf(state: State, keys: readonly NumberKey[]): Held['openCalls'] {
  return [...state.calls.values()]
    .filter(({ ani }) => ani !== null && isDialable(ani) && keys.includes(ani.numberKey))
    .map(({ id, place }) => ({ call: id, place }));
}
