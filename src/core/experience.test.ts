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

/** Spread as handle times are, and the same in every run: the inverse of an exponential's distribution, in a fixed order. */
function spread(i: number, meanMs: number): number {
  return Math.round(-Math.log(1 - ((i * 0.618_033_988_75) % 1)) * meanMs);
}

test('on a steady day the mean is as sharp as thousands of calls make it', () => {
  const line = new Experience();
  for (let i = 0; i < 20_000; i += 1) line.served(spread(i, 10 * MINUTE), 0);
  // Ten at random, after all the others: a memory of two hundred would move by half a percent or more.
  for (let i = 0; i < 10; i += 1) line.served(12 * MINUTE, 0);
  expect(line.handleMs(5 * MINUTE, 0) / (10 * MINUTE)).toBeCloseTo(1, 2);
});

test('a changed day is seen within a few hundred calls, however long the memory was', () => {
  const line = new Experience();
  for (let i = 0; i < 50_000; i += 1) line.served(spread(i, 10 * MINUTE), 0);
  for (let i = 0; i < 400; i += 1) line.served(spread(i, 20 * MINUTE), WEEK / 2);
  expect(line.handleMs(5 * MINUTE, WEEK / 2)).toBeGreaterThan(17 * MINUTE);
  const patience = new Experience();
  for (let i = 0; i < 50_000; i += 1) patience.held(10 * MINUTE, true);
  for (let i = 0; i < 400; i += 1) patience.held(4 * MINUTE, true);
  expect(patience.patienceMs(10 * MINUTE)).toBeLessThan(5 * MINUTE);
});

test('calls that all take the same time are learnt too', () => {
  const line = new Experience();
  for (let i = 0; i < 5_000; i += 1) line.served(3 * MINUTE, 0);
  expect(line.handleMs(4 * MINUTE, 0) / (3 * MINUTE)).toBeCloseTo(1, 1);
  for (let i = 0; i < 400; i += 1) line.served(6 * MINUTE, 0);
  expect(line.handleMs(4 * MINUTE, 0)).toBeGreaterThan(5 * MINUTE);
});
