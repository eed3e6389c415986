// The generator against its published form, and what is drawn from it against what it should be.

import { expect, test } from 'vitest';
import { Random } from './random.ts';

/** xoshiro128** 1.1 written down once more, in 64-bit integers, straight from its definition. */
function* reference(state: bigint[]): Generator<number> {
  const mask = 0xffff_ffffn;
  const rotate = (x: bigint, by: bigint) => ((x << by) | (x >> (32n - by))) & mask;
  let [a, b, c, d] = state as [bigint, bigint, bigint, bigint];
  for (;;) {
    yield Number((rotate((b * 5n) & mask, 7n) * 9n) & mask);
    const t = (b << 9n) & mask;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11n);
  }
}

test('it is xoshiro128**: from the state 1, 2, 3, 4 it gives the numbers of its definition', () => {
  const random = new Random(0);
  Object.assign(random, { a: 1, b: 2, c: 3, d: 4 });
  const expected = reference([1n, 2n, 3n, 4n]);
  const first = Array.from({ length: 1_000 }, () => random.uint32());
  expect(first.slice(0, 2)).toEqual([11_520, 0]); // known by heart, for that state
  expect(first).toEqual(Array.from({ length: 1_000 }, () => expected.next().value));
});

test('streams of one seed are apart from each other, and the same whenever they are asked for', () => {
  const drawn = (seed: number, name: string) => {
    const random = Random.stream(seed, name);
    return Array.from({ length: 8 }, () => random.uint32());
  };
  expect(drawn(1, 'people')).toEqual(drawn(1, 'people'));
  expect(drawn(1, 'people')).not.toEqual(drawn(1, 'faults'));
  expect(drawn(1, 'people')).not.toEqual(drawn(2, 'people'));
});

test('what is drawn lies where it should', () => {
  const random = new Random(5);
  const n = 200_000;
  let units = 0;
  let waits = 0;
  const counts = new Array<number>(6).fill(0);
  for (let i = 0; i < n; i += 1) {
    units += random.unit();
    waits += random.exponentialMs(1_000);
    const face = random.between(1, 6);
    counts[face - 1] = (counts[face - 1] as number) + 1;
  }
  // Within 5 standard deviations of the mean of so many; the seed is fixed, so this never wavers.
  expect(Math.abs(units / n - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
  expect(Math.abs(waits / n - 1_000)).toBeLessThan((5 * 1_000) / Math.sqrt(n));
  for (const count of counts) expect(Math.abs(count - n / 6)).toBeLessThan(5 * Math.sqrt((n * 5) / 36));
});
