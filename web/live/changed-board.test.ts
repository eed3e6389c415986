// A change put upon the board that was is the board that is, whatever the two are; rows that did not change stay the same
// objects, so that nothing is drawn again for them.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeOf } from '../../src/engine/board-change.ts';
import type { Board } from '../../src/engine/board-shape.ts';
import { changedBoard } from './changed-board.ts';

const row = fc.record({
  state: fc.constantFrom('ready', 'on_call', 'wrap_up'),
  since: fc.integer({ min: 0, max: 3 }),
  next: fc.option(fc.record({ reason: fc.constantFrom('', 'break') })),
});
const table = fc.dictionary(fc.constantFrom('a', 'b', 'c', '1', '2'), row);
const board = fc.record({
  ...{ centre: table, lines: table, agents: table, callbacks: table, switches: table, figures: table },
  meanings: table,
}) as unknown as fc.Arbitrary<Board>;

test('a change upon the old board gives the new one', () => {
  fc.assert(
    fc.property(board, board, (before, after) => {
      const change = changeOf(before, after);
      const wire = change === undefined ? {} : JSON.parse(JSON.stringify(change));
      expect(changedBoard(before, wire)).toEqual(after);
    }),
  );
});

test('equal boards make no change', () => {
  fc.assert(fc.property(board, (one) => changeOf(one, structuredClone(one)) === undefined));
});

test('what did not change stays the same object', () => {
  const before = { agents: { a: { since: 1 }, b: { since: 2 } }, lines: { l: {} } } as unknown as Board;
  const next = changedBoard(before, { agents: { a: { since: 3 } } });
  expect(next.agents.b).toBe(before.agents.b);
  expect(next.lines).toBe(before.lines);
  expect(next.agents.a).toEqual({ since: 3 });
});
