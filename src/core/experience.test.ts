import { expect, test } from 'vitest';
import { Experience } from './experience.ts';

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;

test('the handle time starts at what is expected and follows what is seen', () => {
  const line = new Experience();
  expect(line.handleMs(5 * MINUTE, 0)).toBe(5 * MINUTE);
  for (let i = 0; i < 1_000; i += 1) line.served(10 * MINUTE, 0);
  expect(line.handleMs(5 * MINUTE, 0)).toBeGreaterThan(9 * MINUTE);
});

test('the same half-hour of earlier weeks counts, another does not', () => {
  const line = new Experience();
  for (let i = 0; i < 300; i += 1) line.served(20 * MINUTE, 0);
  for (let i = 0; i < 300; i += 1) line.served(5 * MINUTE, 12 * 60 * MINUTE);
  expect(line.handleMs(5 * MINUTE, WEEK)).toBeGreaterThan(line.handleMs(5 * MINUTE, WEEK + 12 * 60 * MINUTE));
});

test('patience is the time held for each caller who gave up', () => {
  const line = new Experience();
  expect(line.patienceMs(30 * MINUTE)).toBe(30 * MINUTE);
  for (let i = 0; i < 100; i += 1) {
    line.held(10 * MINUTE, true);
    line.held(10 * MINUTE, false);
  }
  // 2000 minutes held, 100 gave up: 20 minutes each, drawn a little towards the 30 expected.
  expect(line.patienceMs(30 * MINUTE)).toBeGreaterThan(20 * MINUTE);
  expect(line.patienceMs(30 * MINUTE)).toBeLessThan(22 * MINUTE);
  expect(JSON.stringify(line.dump())).toMatch(/^[^.]*$/);
});
