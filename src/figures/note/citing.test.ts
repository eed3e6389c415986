// What a difference of scores lets a note claim: by hundredths, as a score is written, and not by tenths of a second.

import { expect, test } from 'vitest';
import { cite, claimOf } from './citing.ts';
import type { Cited } from './note.ts';
import { both } from './words.ts';

const scope = { of: both(() => 'x'), period: both(() => 'y') };
const tone: Cited = cite('tone_effect', {}, scope);

test.each([
  [0.04, 0.3, 'more'],
  [-0.3, -0.04, 'less'],
  [0.004, 0.3, 'no_difference'],
  [-0.1, 0.1, 'no_difference'],
  [null, null, 'too_few'],
] as const)('a tone from %s to %s says %s', (low, high, claim) => {
  expect(tone.unit).toBe('score');
  expect(claimOf({ ...tone, value: low, low, high })).toBe(claim);
});
