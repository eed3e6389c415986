// The ledger under everything that may happen to a centre, in any order: after every single fact every cell balances and
// no count is below nought; at rest nothing is left waiting or pending; a ledger that was kept and restored anywhere goes
// on as if nothing had happened. A failure prints its seed and the command that repeats it.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CellBook } from '../../../test/support/cell-book.ts';
import { RandomCentre } from '../../../test/support/random-centre.ts';
import { TalkingCentre } from '../../../test/support/talking-centre.ts';
import { COLUMNS, type Column, NOT_READY_REASONS, sumOf, unitOf } from '../column.ts';
import { balanceOf } from '../conservation.ts';
import { type Change, Ledger } from './ledger.ts';
import type { ThingKind } from './open-things.ts';

const RUNS = Number(process.env.RAPPEL_RUNS ?? 120);
/** The same runs for everybody, so that what must have been met was; RAPPEL_SEED=$RANDOM goes elsewhere. */
const seed = Number(process.env.RAPPEL_SEED ?? 1);
const REPEAT = `Repeat it: RAPPEL_SEED=${seed} npm run test:quick -- src/figures/ledger/ledger.property.test.ts`;

/** May be below nought: a wait may be shorter than was told. */
const SIGNED: ReadonlySet<Column> = new Set(['quote_error_ms']);

/** What a run has to come across, or it proves nothing. */
const RARE: readonly Column[] = [
  'refused_full',
  'abandoned',
  'answered_live',
  'registered',
  'merged',
  'gone_unseen',
  'connected',
  'cancelled_by_client',
  'quoted',
  'overtaken_system',
  'own_delay_ms',
  'handled_callback',
  'persons_2_calls',
  'prioritised',
  'transferred_answered',
  'transferred_abandoned',
  'transferred_registered',
  'transferred_connected',
  'consulted',
  'handed_over',
  'on_hold',
  'again_agreed',
  'again_reached',
  'failed_other_person',
  'asked_by_page',
];

class Checked extends CellBook {
  readonly touched = new Set<string>();

  override count(...[cell, column, by]: Parameters<CellBook['count']>): void {
    super.count(cell, column, by);
    this.touched.add(`${cell.halfHour}/${cell.line}/${cell.language}`);
  }

  check(what: string): void {
    for (const key of this.touched) {
      const counts = this.cells.get(key)?.counts ?? {};
      for (const { equation, holds, left, right } of balanceOf(counts))
        if (!holds) throw new Error(`${equation}: ${left} is not ${right} in ${key} after ${what}`);
      const reasons = NOT_READY_REASONS.map((reason) => `not_ready_${reason}_ms` as const);
      if (sumOf(counts, reasons) !== (counts.agent_not_ready_ms ?? 0))
        throw new Error(`not ready for no reason in ${key} after ${what}`);
      for (const [column, count] of Object.entries(counts) as [Column, number][])
        if (!Number.isSafeInteger(count) || (count < 0 && !SIGNED.has(column)))
          throw new Error(`${column} is ${count} in ${key} after ${what}`);
    }
    this.touched.clear();
  }
}

test(`every cell balances after every fact (seed ${seed})`, () => {
  const steps = fc.noBias(fc.array(fc.nat(), { maxLength: 1_000, size: 'max' }));
  const seen = new Set<string>();
  const run = fc.check(
    fc.property(steps, fc.nat({ max: 200 }), (seeds, cutEvery) => {
      const start = seeds[0] ?? 0;
      const centre = start % 3 === 0 ? new TalkingCentre(start % 6) : new RandomCentre(start % 6);
      for (const one of seeds) centre.step(one);
      centre.settle();
      const book = new Checked();
      const ledger = new Ledger(book, false);
      for (const { at, fact } of centre.facts) {
        ledger.fact(fact, at);
        book.check(fact.type);
      }
      const total = book.total();
      const { waiting = 0, rejoined_waiting = 0, transferred_waiting = 0, pending = 0 } = total;
      expect([waiting, rejoined_waiting, transferred_waiting, pending]).toEqual([0, 0, 0, 0]);
      for (const column of COLUMNS) if ((total[column] ?? 0) !== 0) seen.add(column);
      expectSameWhenCut(centre.facts, book, cutEvery + 1);
    }),
    { seed, numRuns: RUNS, interruptAfterTimeLimit: 60_000 },
  );
  if (run.failed) throw new Error(`${String(run.errorInstance)}\nafter ${run.numShrinks} shrinks. ${REPEAT}`);
  for (const column of RARE) expect(seen, REPEAT).toContain(column);
}, 300_000);

/** Kept and restored every so many facts, as a projector that is killed again and again. */
function expectSameWhenCut(facts: RandomCentre['facts'], whole: CellBook, every: number): void {
  const book = new CellBook();
  const kept = new Map<string, { readonly kind: ThingKind; readonly body: string }>();
  for (let from = 0; from < facts.length; from += every) {
    const ledger = new Ledger(book, true);
    ledger.restore([...kept.values()]);
    for (const { at, fact } of facts.slice(from, from + every)) ledger.fact(fact, at);
    for (const change of ledger.takeChanges()) keep(kept, change);
  }
  expect(book.rows).toEqual(whole.rows);
  for (const [key, { counts }] of whole.cells) {
    const again = book.cells.get(key)?.counts ?? {};
    for (const column of COLUMNS) expect(again[column] ?? 0, `${key} ${column}`).toBe(counts[column] ?? 0);
  }
}

function keep(kept: Map<string, { kind: ThingKind; body: string }>, { kind, id, body }: Change): void {
  if (body === null) kept.delete(`${kind}/${id}`);
  else kept.set(`${kind}/${id}`, { kind, body });
}

test('a column says its unit by its name', () => {
  expect(COLUMNS.filter((column) => unitOf(column) === 'ds2')).toHaveLength(6);
  expect(new Set(COLUMNS).size).toBe(COLUMNS.length);
});
