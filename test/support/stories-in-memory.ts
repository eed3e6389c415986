// Stories of a journal in memory: what the records' tables answer in PostgreSQL is read from the rows themselves.

import type { Fact } from '../../src/core/fact.ts';
import type { CallId, NumberKey } from '../../src/core/id.ts';
import { isDialable } from '../../src/core/number.ts';
import type { Row } from '../../src/journal/journal.ts';
import type { MemoryStore } from '../../src/journal/memory/memory-store.ts';
import { Stories, type StorySpan } from '../../src/records/stories.ts';

/** All that was ever written there, in order. */
export function factsOf(store: MemoryStore): readonly Fact[] {
  return (store.shard('c1').rows as readonly Row<Fact>[]).map(({ fact }) => fact);
}

export function storiesIn(store: MemoryStore): Stories {
  const rows = () => store.shard('c1').rows as readonly Row<Fact>[];
  const spanOf = (call: CallId): StorySpan => ({ call, place: null, fromAt: 0, toAt: null });
  const isOf = (fact: Fact, key: NumberKey): boolean =>
    fact.type === 'call.arrived'
      ? fact.ani !== null && isDialable(fact.ani) && fact.ani.numberKey === key
      : fact.type === 'callback.registered' && fact.numberKey === key;
  const callsOf = (is: (fact: Fact) => boolean) =>
    rows().flatMap(({ fact }) => ('call' in fact && is(fact) ? [spanOf(fact.call)] : []));
  return new Stories(
    {
      ofNumber: async (key, limit) =>
        callsOf((fact) => isOf(fact, key))
          .reverse()
          .slice(0, limit),
      ofCallback: async (id) =>
        callsOf((fact) => fact.type === 'callback.registered' && fact.callback === id),
    },
    () => ({
      firstSeqAt: async (at) => rows().find((row) => row.at >= at)?.seq ?? rows().length + 1,
      page: async (fromSeq) => rows().slice(fromSeq - 1, fromSeq + 99),
    }),
  );
}
