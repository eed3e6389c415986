// The store in memory keeps the contract.

import { peopleStoreContract } from '../contract.ts';
import { MemoryPeopleStore } from './memory-people-store.ts';

peopleStoreContract('memory', async () => new MemoryPeopleStore());
