// Agents' time not ready is counted by its reason: what they chose, what the centre made of a phone that was not answered or
// could not be reached, and words that nobody knew; over the half-hours, and adding up to the whole.

import { expect, test } from 'vitest';
import { CellBook } from '../../test/support/cell-book.ts';
import { MINUTE, Scene } from '../../test/support/scene.ts';
import { NOT_READY_REASONS, sumOf } from './column.ts';
import { estimate } from './figure.ts';
import { notReadyReasonOf } from './ledger/agents-ledger.ts';
import { Ledger } from './ledger/ledger.ts';
import { figureCalled } from './registry.ts';

function counted(story: Scene) {
  const book = new CellBook();
  const ledger = new Ledger(book, false);
  for (const { fact, at } of story.stamped) ledger.fact(fact, at);
  return book;
}

function off(story: Scene, reason: string, ms: number): void {
  story.tell({ type: 'agent.go_not_ready', agent: story.agent('ada').id, reason });
  story.after(ms);
}

test('each reason has its time, an unknown word is another one, and together they are all of it', () => {
  const story = new Scene();
  story.signIn();
  story.after(MINUTE);
  story.ready();
  story.after(9 * MINUTE);
  off(story, 'break', 40 * MINUTE);
  off(story, 'training', 20 * MINUTE);
  off(story, 'gardening', 5 * MINUTE);
  story.ready();
  story.caller(1);
  story.after(MINUTE); // the phone rings and is not answered
  expect(story.agent('ada')).toMatchObject({ state: 'not_ready', reason: 'no_answer' });
  story.after(4 * MINUTE);
  story.tell({ type: 'agent.sign_out', agent: story.agent('ada').id });
  const book = counted(story);
  const counts = book.total();
  const minutes = (reason: (typeof NOT_READY_REASONS)[number]) =>
    (counts[`not_ready_${reason}_ms`] ?? 0) / MINUTE;
  expect([minutes('signed_in'), minutes('break'), minutes('training'), minutes('other')]).toEqual([
    1, 40, 20, 5,
  ]);
  expect(minutes('no_answer')).toBeGreaterThan(4);
  for (const { counts: cell } of book.cells.values())
    expect(
      sumOf(
        cell,
        NOT_READY_REASONS.map((reason) => `not_ready_${reason}_ms` as const),
      ),
    ).toBe(cell.agent_not_ready_ms ?? 0);
  expect(
    [...book.cells.values()].filter(({ counts: cell }) => cell.not_ready_break_ms).length,
  ).toBeGreaterThan(1);
  const shareOf = (id: string) => estimate(figureCalled(id) as never, counts).value ?? 0;
  const parts = NOT_READY_REASONS.map((reason) => shareOf(`not_ready_${reason}`));
  expect(parts.reduce((a, b) => a + b, 0)).toBeCloseTo(shareOf('not_ready'), 3);
  expect(shareOf('not_ready_break')).toBeCloseTo(40 / 80, 1);
});

test.each([
  ['break', 'break'],
  ['no_answer', 'no_answer'],
  ['hung_up', 'rejected'],
  ['busy', 'phone'],
  ['phone_unreachable', 'phone'],
  ['constructor', 'other'],
  ['', 'other'],
])('%s counts for %s', (word, reason) => expect(notReadyReasonOf(word)).toBe(reason));

test('nobody signed in: no share of nothing', () => {
  expect(estimate(figureCalled('not_ready') as never, {})).toMatchObject({ value: null, n: 0 });
});
