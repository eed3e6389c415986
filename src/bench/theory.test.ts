// The bench of theory in miniature: every figure of a line is compared, the farthest is told, and one that is not the
// model's is told as outside.

import { expect, test } from 'vitest';
import { HANDLE_S } from '../twin/simulate/theory.ts';
import { lines, run } from './theory.ts';

test('the farthest figure of each line is told, with its closed form beside it', async () => {
  const told = await run(20_000, [
    { n: 5, rho: 0.8, capacity: 0 },
    { n: 5, rho: 1.2, patience: 1, takeRate: 0.45 },
  ]);
  expect(told.lines.map(({ model, figures, within }) => [model, figures, within])).toEqual([
    ['M/G/5/5', 5, true],
    ['M/M/5+G', 11, true],
  ]);
  for (const { farthest } of told.lines) expect(lines(told).join('\n')).toContain(String(farthest.theory));
});

test('another law of the handle time than Erlang C has is seen', async () => {
  const handle = { kind: 'constant', meanS: HANDLE_S };
  const { lines: told } = await run(60_000, [{ n: 5, rho: 0.9, handle }]);
  expect(told[0]?.within).toBe(false);
});
