// The outbox of a centre: it follows the centre's journal, and asks the centre's vault for a destination at the moment at
// which something is sent. Short messages go to mobile numbers only, and never to a relay service.

import { randomInt } from 'node:crypto';
import type { Fact } from '../core/fact.ts';
import type { NumberKey } from '../core/id.ts';
import { wallClock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import { PostgresPages } from '../journal/postgres/postgres-pages.ts';
import { Outbox } from '../outbox/outbox.ts';
import type { Destinations } from '../outbox/sender.ts';
import { ClientLinks } from '../vault/client-links.ts';
import { EmailAddresses } from '../vault/email-addresses.ts';
import type { KeyRing } from '../vault/key-file.ts';
import { classify } from '../vault/number.ts';
import type { Vault } from '../vault/vault.ts';
import type { Closing, Store } from './centre.ts';
import { eraserOf } from './rights.ts';
import type { RunningConfiguration } from './running-configuration.ts';

export type OutgoingParts = {
  readonly store: Store;
  readonly shard: string;
  readonly ring: KeyRing;
  readonly vault: Vault;
  readonly engine: Engine;
  readonly configuration: RunningConfiguration;
  readonly log: (line: string) => void;
};

const CHANCE_STEPS = 1_000_000;

export async function openOutbox(parts: OutgoingParts, closing: Closing): Promise<Outbox> {
  const { store, shard, engine, configuration, log } = parts;
  const outbox = await Outbox.open(
    {
      pool: store.pool,
      source: new PostgresPages<Fact>(shard, store.pool, store.connection),
      destinations: destinationsOf(parts),
      erase: eraserOf(parts),
      file: () => configuration.file,
      environment: process.env,
      now: () => wallClock.now(),
      chance: () => randomInt(CHANCE_STEPS) / CHANCE_STEPS,
      log,
    },
    (await engine.written()).seq,
  );
  const stopHearing = engine.onCommitted(() => outbox.wake());
  closing.push(async () => {
    stopHearing();
    await outbox.close();
  });
  return outbox;
}

function destinationsOf({ store, shard, ring, vault, configuration }: OutgoingParts): Destinations {
  const links = new ClientLinks(store.pool, shard, () => wallClock.now());
  const emails = new EmailAddresses(store.pool, ring);
  return {
    mobileOf: async (numberKey: NumberKey) => {
      const judged = await vault.dialable(numberKey);
      // A number with an extension is an office's.
      if (!judged?.ok || judged.dialled.to !== 'number' || judged.dialled.extension !== null)
        return undefined;
      const { e164 } = judged.dialled;
      const kind = classify(e164, { ...configuration.policy, ownNumbers: [] });
      return kind.ok && (kind.type === 'mobile' || kind.type === 'fixed_or_mobile') ? e164 : undefined;
    },
    emailOf: (numberKey) => emails.addressOf(numberKey),
    linkOf: (callback, numberKey, expiresAt) => links.linkOf(callback, numberKey, expiresAt),
  };
}
