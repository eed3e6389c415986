// "Called in about the same delay as if they had held": which sentence is said, from journals on the real rules (all in
// turn, one slow, one case, none) and from whatever share there may be; never one that its interval does not carry.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CellBook } from '../../../test/support/cell-book.ts';
import { agentCalled } from '../../../test/support/given.ts';
import { numbersSaid } from '../../../test/support/numbers-said.ts';
import { MINUTE, Scene } from '../../../test/support/scene.ts';
import { type Fairness, NO_FAIRNESS, PERCENTILES, spreadOf } from '../fairness.ts';
import { Ledger } from '../ledger/ledger.ts';
import { fairnessRule, fairnessSayings } from './fairness-sayings.ts';
import type { Saying } from './note.ts';

const SCOPE = { of: { en: 'all', fr: 'tout' }, period: { en: 'today', fr: 'aujourd’hui' } };
const CLAIMED = /^(Nearly all|Most) clients were called|^(Presque tous les|La plupart des) clients ont été/;

function told(story: Scene): Saying[] {
  const book = new CellBook();
  const ledger = new Ledger(book, false);
  for (const { fact, at } of story.stamped) ledger.fact(fact, at);
  const done = book.all('callback').filter(({ ended_as }) => ended_as === 'connected');
  const fairness: Fairness = {
    n: done.length,
    slip: spread(done.map(({ slip_ms }) => slip_ms)),
    beyond: spread(done.map((one) => one.slip_ms + one.own_delay_ms + one.owners_delay_ms)),
  };
  return fairnessSayings(book.total(), fairness, SCOPE);
}

function spread(delays: readonly number[]): Fairness['slip'] {
  const sorted = [...delays].sort((a, b) => a - b);
  return spreadOf(
    sorted.length,
    PERCENTILES.map((percentile) => sorted[Math.ceil((percentile * sorted.length) / 100) - 1] ?? 0),
  );
}

/** One callback after another, each called by `ada` at once; `slow` of them rang unheard at her place for 12 s first. */
function callbacks(count: number, slow = 0): Scene {
  const story = new Scene({ agents: [agentCalled('ada', ['visas']), agentCalled('bo', ['visas'])] });
  for (let n = 1; n <= count; n += 1) {
    story.callback(n);
    story.after(MINUTE);
    const name = 'ada';
    if (n <= slow) {
      story.ready('bo');
      story.after(12_000);
      story.hangUp(story.leg('bo'), 'no_answer');
      story.after(30_000);
    }
    story.ready(name);
    story.after(2_000);
    story.dial(name);
    story.after(8_000);
    story.reach();
    story.finish(name);
    story.tell({ type: 'agent.go_not_ready', agent: story.agent(name).id, reason: 'pause' });
  }
  return story;
}

describe('from journals', () => {
  test('no callback was completed: nothing is said', () => {
    const story = new Scene({ agents: [agentCalled('ada', ['visas'])] });
    story.callback(1);
    expect(told(story)).toEqual([]);
  });

  test('one callback: what became of it, and no claim on others', () => {
    expect(told(callbacks(1)).map(({ text }) => text)).toEqual([
      {
        en: 'One callback was completed (n\u00a0=\u00a01); the system added 1\u00a0s at most to its turn. One case says nothing of others.',
        fr: 'Un seul rappel a été effectué (n\u00a0=\u00a01); le système a ajouté au plus 1\u00a0s à son tour. Un seul cas ne dit rien des autres.',
      },
    ]);
    expect(told(callbacks(1, 1))[0]?.text.en).toContain('the system added over 1\u00a0s');
  });

  test('ten in turn: most, and not nearly all, for ten cannot carry that', () => {
    const [first, second] = told(callbacks(10));
    expect(first?.text.en).toBe(
      'Most clients were called in about the same delay as if they had held: for 100.0% of 10\u00a0completed callbacks (95% interval 72.2% to 100.0%), the system added 1\u00a0s at most to their turn. Closing hours, callbacks held back, and clients who were not there or asked for later are apart.',
    );
    // The 99th of ten would be their worst.
    expect(second?.cites.map(({ figure, value, n }) => [figure, value, n])).toEqual([
      ['system_slip_p50', 0, 10],
      ['system_slip_p90', 0, 10],
      ['turn_delay_p50', 0, 10],
      ['turn_delay_p90', 0, 10],
    ]);
  });

  test('one slow among three: it cannot be said, and its slip is in the worst of the spread', () => {
    const [first, second] = told(callbacks(3, 1));
    expect(first?.text.en).toMatch(/^It cannot be said whether most clients/);
    expect(first?.text.fr).toMatch(/^On ne peut dire si la plupart des clients/);
    expect(first?.cites[0]).toMatchObject({ value: 0.666667, n: 3, cases: 2 });
    expect(second?.cites.map(({ value }) => value)).toEqual([0, 0]);
  });

  test('all slow: most were not called in the same delay', () => {
    const [first, second] = told(callbacks(10, 10));
    expect(first?.text.fr).toMatch(/^La plupart des clients n’ont pas été rappelés/);
    expect(second?.text.en).toContain('42\u00a0s at most for 50%');
  });
});

test('no sentence without its interval; the same numbers in both languages; French as it is written', () => {
  fc.assert(
    fc.property(fc.nat({ max: 3_000 }), fc.nat({ max: 3_000 }), (n, some) => {
      const cases = Math.min(n, some);
      const spreads = { slip: { p50: 0, p90: 400, p99: null }, beyond: { p50: 0, p90: 61_000, p99: null } };
      const sayings = fairnessSayings(
        { connected: n, slip_within_1s: cases },
        n < 11 ? { ...NO_FAIRNESS, n } : { n, ...spreads },
        SCOPE,
      );
      for (const { text } of sayings) {
        expect(numbersSaid(text.fr, 'fr'), text.en).toEqual(numbersSaid(text.en, 'en'));
        expect(text.fr).not.toMatch(/[^\u00a0]:| ;|\d %|'/);
      }
      const inTurn = sayings[0];
      expect(inTurn === undefined).toBe(n === 0);
      if (inTurn === undefined) return;
      const { low } = inTurn.cites[0] as Saying['cites'][number];
      for (const said of Object.values(inTurn.text))
        expect(CLAIMED.test(said), said).toBe(low !== null && low > 0.5);
    }),
    { numRuns: 300 },
  );
});

test.each([
  [null, null, 'one_case'],
  [0.95, 1, 'nearly_all'],
  [0.949, 1, 'most'],
  [0.5, 0.9, 'undecided'],
  [0.2, 0.5, 'undecided'],
  [0.2, 0.499, 'few'],
] as const)('an interval of %s to %s: %s', (low, high, rule) => {
  expect(fairnessRule(low, high)).toBe(rule);
});

test.each([
  [1, [null, null, null]],
  [2, [1, null, null]],
  [10, [1, 2, null]],
  [99, [1, 2, null]],
  [100, [1, 2, 3]],
])('of %i, a percentile only where one lies beyond it', (n, expected) => {
  const { p50, p90, p99 } = spreadOf(n, [1, 2, 3]);
  expect([p50, p90, p99]).toEqual(expected);
});
