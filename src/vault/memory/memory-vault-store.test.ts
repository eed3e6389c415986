// The vault over the memory store keeps the contract.
import { type MemoryTables, putInMemory } from '../../database/enclosed-row.ts';
import { describeTexts, describeVault } from '../contract.ts';
import { MemoryConfigurationTexts } from './memory-configuration-texts.ts';
import { MemoryVaultStore } from './memory-vault-store.ts';

describeVault('memory', async () => {
  const tables: MemoryTables = new Map();
  return {
    store: new MemoryVaultStore(tables),
    write: async (row) => putInMemory(tables, row),
    close: async () => {},
  };
});

describeTexts('memory', async () => ({ texts: new MemoryConfigurationTexts(), close: async () => {} }));
