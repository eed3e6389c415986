// Planted bugs as data: each has a name of its own, says what it is, changes something, and fits the sources as they are.

import { expect, test } from 'vitest';
import { plant, type UnseededBug } from './bug.ts';
import { PLANTED } from './planted.ts';
import { holdAllFit } from './search.ts';

test('each fits its file: its text stands there exactly once', () => {
  holdAllFit();
});

test('names are their own, and each changes something', () => {
  expect(new Set(PLANTED.map((bug) => bug.name)).size).toBe(PLANTED.length);
  for (const { edits } of PLANTED) for (const { from, to } of edits) expect(to).not.toBe(from);
});

test('one that does not fit any more says which, and where', () => {
  const bug: UnseededBug = {
    name: 'of-yesterday',
    what: '',
    edits: [{ file: 'a.ts', from: 'x', to: 'y' }],
  };
  expect(() => plant(bug, 'a.ts', 'nothing')).toThrow(/of-yesterday does not fit a\.ts/);
  expect(() => plant(bug, 'a.ts', 'xx')).toThrow(/2 times/);
  expect(plant(bug, 'a.ts', '1x2')).toBe('1y2');
  expect(plant(bug, 'b.ts', 'anything')).toBe('anything');
});
