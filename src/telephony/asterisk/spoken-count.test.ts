// Counts in both languages, spelled by the sounds that say them.

import { expect, test } from 'vitest';
import { countSounds } from './spoken-count.ts';

const french = (count: number, feminine = false) => countSounds(count, 'fr', feminine).join(' ');
const english = (count: number) => countSounds(count, 'en').join(' ');

test.each([
  [0, '0'],
  [1, '1'],
  [20, '20'],
  [21, '20 1'],
  [71, '70 1'],
  [91, '90 1'],
  [100, '1 hundred'],
  [101, '1 hundred 1'],
  [999, '9 hundred 90 9'],
  [1_200, '1 thousand 2 hundred'],
  [21_000, '20 1 thousand'],
  [2_000_000, '9 hundred 90 9 thousand 9 hundred 90 9'],
])('English says %i', (count, spoken) => {
  expect(english(count)).toBe(spoken);
});

test.each([
  [0, '0'],
  [17, '17'],
  [20, '20'],
  [21, '20 et 1'],
  [30, '30'],
  [35, '30 5'],
  [61, '60 et 1'],
  [70, '70'],
  [71, '60 et 11'],
  [77, '60 17'],
  [80, '80'],
  [81, '80 1'],
  [90, '90'],
  [91, '80 11'],
  [99, '80 19'],
  [100, 'hundred'],
  [101, 'hundred 1'],
  [200, '2 hundred'],
  [999, '9 hundred 80 19'],
  [1_000, 'thousand'],
  [21_301, '20 et 1 thousand 3 hundred 1'],
])('French says %i', (count, spoken) => {
  expect(french(count)).toBe(spoken);
});

test('the feminine is only in the last word', () => {
  expect(french(1, true)).toBe('une');
  expect(french(21, true)).toBe('20 et une');
  expect(french(81, true)).toBe('80 une');
  expect(french(71, true)).toBe('60 et 11');
  expect(french(21_001, true)).toBe('20 et 1 thousand une');
});
