// The same seed strikes at the same moments; many seeds strike everybody, alone and together.

import { expect, test } from 'vitest';
import { planOf, VICTIMS } from './plan.ts';

test('a plan is the seed alone', () => {
  expect(planOf(7)).toEqual(planOf(7));
  expect(planOf(7)).not.toEqual(planOf(8));
});

test('everybody is struck, alone and with others, and always somebody', () => {
  const strikes = Array.from({ length: 300 }, (_, seed) => planOf(seed)).flatMap((plan) => plan.strikes);
  for (const victim of VICTIMS) {
    expect(strikes.some(({ victims }) => victims.length === 1 && victims[0] === victim)).toBe(true);
  }
  expect(strikes.some(({ victims }) => victims.length === 3)).toBe(true);
  expect(strikes.every(({ victims }) => victims.length > 0)).toBe(true);
});
