// The vault over the memory store keeps the contract.
import { type MemoryTables, putInMemory } from '../../database/enclosed-row.ts';
import { describeVault } from '../contract.ts';
import { MemoryVaultStore } from './memory-vault-store.ts';

describeVault('memory', async () => {
  const tables: MemoryTables = new Map();
  return {
    store: new MemoryVaultStore(tables),
    write: async (row) => putInMemory(tables, row),
    close: async () => {},
  };
});
