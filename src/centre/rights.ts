// The rights of persons and retention in a centre: each room's part is made here and given to those who ask all of them.

import { RETENTION_DEFAULTS } from '../config/retention-schema.ts';
import type { NumberKey } from '../core/id.ts';
import { wallClock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import { Deliveries } from '../outbox/deliveries.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { People } from '../people/people.ts';
import { PersonRecords } from '../records/person-records.ts';
import { Persons } from '../rights/persons.ts';
import { Retention } from '../rights/retention.ts';
import { CallNotes } from '../vault/call-notes.ts';
import { ClientLinks } from '../vault/client-links.ts';
import { EmailAddresses } from '../vault/email-addresses.ts';
import type { KeyRing } from '../vault/key-file.ts';
import type { Vault } from '../vault/vault.ts';
import { VaultPersons } from '../vault/vault-persons.ts';
import type { Closing, Store } from './centre.ts';
import type { RunningConfiguration } from './running-configuration.ts';

export type RightsParts = {
  readonly store: Store;
  readonly shard: string;
  readonly ring: KeyRing;
  readonly vault: Vault;
  readonly engine: Engine;
  readonly people: People;
  readonly outbox: Outbox;
  readonly configuration: Pick<RunningConfiguration, 'file'>;
  /** Resolves when the records have taken in the facts up to this one. */
  readonly recorded: (seq: number) => Promise<void>;
  readonly now?: () => number;
  readonly log: (line: string) => void;
};

export type Rights = { readonly persons: Persons; readonly retention: Retention };

export function rightsOf(parts: RightsParts): Rights {
  const { store, shard, ring, vault, engine, people, outbox, configuration, recorded } = parts;
  const { pool } = store;
  const now = parts.now ?? (() => wallClock.now());
  const rooms = {
    engine,
    audit: people.audit,
    vault: new VaultPersons(pool, ring),
    emails: new EmailAddresses(pool, ring),
    notes: new CallNotes(pool, ring, shard),
    links: new ClientLinks(pool, shard, now),
    deliveries: new Deliveries(pool),
    records: new PersonRecords(pool, shard),
    reached: async (seq: number) => {
      await Promise.all([recorded(seq), outbox.reached(seq)]);
    },
  };
  return {
    persons: new Persons({ ...rooms, find: (text) => vault.find(text) }),
    retention: new Retention({
      ...rooms,
      rules: () => ({ ...RETENTION_DEFAULTS, ...configuration.file.retention }),
      now,
    }),
  };
}

export function openRights(parts: RightsParts, closing: Closing): Persons {
  const { persons, retention } = rightsOf(parts);
  closing.push(retention.keep(parts.log));
  return persons;
}

/** What follows of `person.erased` in the vault. Who registered again since then has not been erased with it. */
export function eraserOf({
  store,
  shard,
  ring,
  engine,
}: Pick<RightsParts, 'store' | 'shard' | 'ring' | 'engine'>) {
  const emails = new EmailAddresses(store.pool, ring);
  const notes = new CallNotes(store.pool, ring, shard);
  const links = new ClientLinks(store.pool, shard, () => wallClock.now());
  return async (numberKeys: readonly NumberKey[]): Promise<void> => {
    for (const key of numberKeys) {
      if (engine.state.numbers.openOf(key).length > 0) continue;
      await engine.eraseNumber(key);
      await notes.erase(key);
      await emails.erase(key);
      await links.erase(key);
    }
  };
}
