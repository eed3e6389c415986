// Live numbers over days of random worlds: cell by cell what a fold of the whole journal has, whenever one looks; and what
// is older than is kept is let go whole, never in part.

import { expect, test } from 'vitest';
import { CellBook } from '../../test/support/cell-book.ts';
import { worldFacts } from '../../test/support/world-facts.ts';
import type { Fact } from '../core/fact.ts';
import { COLUMNS, type Column } from '../figures/column.ts';
import { balanceOf } from '../figures/conservation.ts';
import { Ledger } from '../figures/ledger/ledger.ts';
import { cellKey } from '../figures/ledger/sink.ts';
import { LiveCounters } from './live-counters.ts';

const SEEDS = [11, 12, 13, 14];
const CALLS = 300;
const KEPT_MS = 2 * 3_600_000;

const seen = new Set<Column>();

test.each(SEEDS)(
  'seed %i: live is what the records count, and every cell balances',
  async (seed) => {
    const facts = await worldFacts({ seed, calls: CALLS });
    const live = new LiveCounters(KEPT_MS);
    const book = new CellBook();
    const ledger = new Ledger(book, false);
    for (const { seq, at, fact } of facts) {
      live.hear({ seq, at, fact });
      ledger.fact(fact, at);
      if (seq % 3_000 !== 0 && seq !== facts.length) continue;
      const cells = live.cells(0, Number.MAX_SAFE_INTEGER);
      const oldest = Math.min(...cells.map(({ cell }) => cell.halfHour));
      expect(at - oldest).toBeLessThan(KEPT_MS + 3_600_000);
      for (const { cell, counts } of cells) {
        const whole = book.cells.get(cellKey(cell))?.counts;
        for (const column of COLUMNS)
          expect(counts[column] ?? 0, `${column} ${seq}`).toBe(whole?.[column] ?? 0);
        expect(balanceOf(counts).filter(({ holds }) => !holds)).toEqual([]);
      }
    }
    expect(live.seq).toBe(facts.length);
    const total = book.total();
    for (const column of COLUMNS) if ((total[column] ?? 0) > 0) seen.add(column);
    expect([total.waiting, total.pending]).toEqual([0, 0]);
  },
  120_000,
);

test('the worlds have met what is to be counted', () => {
  const wanted: readonly Column[] = ['answered_live', 'connected', 'abandoned', 'failed_no_answer', 'quoted'];
  for (const column of wanted) expect(seen).toContain(column);
});

test('a bug in counting is told once and stops the counting, never the house', () => {
  const told: string[] = [];
  const live = new LiveCounters(KEPT_MS, (error) => told.push(error.message));
  const impossible = { type: 'call.agent_asked', v: 1, call: 7 } as unknown as Fact;
  live.hear({ seq: 1, at: 1, fact: impossible });
  live.hear({ seq: 2, at: 2, fact: impossible });
  expect(told).toEqual([expect.stringContaining('no open call 7')]);
  const again = new LiveCounters();
  again.goOn(live.keep());
  expect([live.isCounting, again.isCounting]).toEqual([false, false]);
  expect(() => new LiveCounters().hear({ seq: 1, at: 1, fact: impossible })).toThrow('no open call 7');
});
