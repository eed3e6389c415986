// What the vault does while a slow store keeps it waiting.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { must } from '../core/assert.ts';
import { type MemoryTables, putInMemory } from '../database/enclosed-row.ts';
import type { SealedNumber } from './cipher.ts';
import { KeyRing } from './key-file.ts';
import { MemoryVaultStore } from './memory/memory-vault-store.ts';
import { Vault } from './vault.ts';

/** A store that has read a row but does not give it yet. */
class SlowStore extends MemoryVaultStore {
  readonly hasRead = Promise.withResolvers<void>();
  readonly mayGive = Promise.withResolvers<void>();
  override async read(numberKey: Parameters<MemoryVaultStore['read']>[0]): Promise<SealedNumber | undefined> {
    const row = await super.read(numberKey);
    this.hasRead.resolve();
    await this.mayGive.promise;
    return row;
  }
}

describe('a number that is erased while it is being read', () => {
  it('is not given, and does not come back into memory', async () => {
    const tables: MemoryTables = new Map();
    const ring = new KeyRing([{ id: 'k1', secret: randomBytes(32) }], 'k1', randomBytes(32));
    const store = new SlowStore(tables);
    const writer = new Vault(ring, store);
    const key = writer.remember('+16132345678');
    putInMemory(tables, must(writer.enclosed(key), 'row'));
    const vault = new Vault(ring, store);
    vault.hold(key);
    const reading = vault.numberOf(key);
    await store.hasRead.promise;
    await vault.erase(key);
    store.mayGive.resolve();
    expect(await reading).toBeUndefined();
    expect(await vault.numberOf(key)).toBeUndefined();
  });
});
