// The parts of the simulation that have a law of their own: appointments, the order kept apart, spread and averages.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../random.ts';
import { Appointments } from './appointments.ts';
import { type Ghost, Ghosts } from './ghosts.ts';
import { drawOf } from './law.ts';
import { OrderWatch } from './order-watch.ts';
import { Spread } from './spread.ts';
import { TimeMean } from './time-mean.ts';

const SLOTS = 40;

test('appointments are kept in order of time, however they were set, moved and called off', () => {
  const action = fc.record({ slot: fc.nat(SLOTS - 1), time: fc.nat(1_000), cancel: fc.boolean() });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 200 }), (actions) => {
      const appointments = new Appointments();
      appointments.widen(SLOTS);
      const expected = new Map<number, number>();
      for (const { slot, time, cancel } of actions) {
        if (cancel) {
          appointments.cancel(slot);
          expected.delete(slot);
        } else {
          appointments.set(slot, time);
          expected.set(slot, time);
        }
      }
      expect(appointments.size).toBe(expected.size);
      for (const time of [...expected.values()].sort((a, b) => a - b)) {
        expect(appointments.nextTime).toBe(time);
        const slot = appointments.take();
        expect(expected.get(slot)).toBe(time);
        expected.delete(slot);
      }
      expect(appointments.nextTime).toBe(Number.POSITIVE_INFINITY);
    }),
  );
});

test('the order kept apart always knows the first place, with those that come back', () => {
  const step = fc.record({ enters: fc.boolean(), which: fc.nat(1_000), back: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const order = new OrderWatch();
      const waiting = new Map<number, number>();
      const away: number[] = [];
      let entry = 0;
      for (const { enters, which, back } of steps) {
        const entries = [...waiting.keys()];
        if (enters || entries.length === 0) {
          entry += 1;
          waiting.set(entry, order.enter(entry));
        } else if (back && away.length > 0) {
          const returned = away.splice(which % away.length, 1)[0] as number;
          waiting.set(returned, order.comeBack(returned));
        } else {
          const leaves = entries[which % entries.length] as number;
          order.leave(waiting.get(leaves) as number, leaves);
          waiting.delete(leaves);
          away.push(leaves);
        }
        expect(order.first()).toBe(Math.min(Number.POSITIVE_INFINITY, ...waiting.keys()));
      }
    }),
  );
});

test('ghosts leave in the order of their entries', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(1_000)), (entries) => {
      const ghosts = new Ghosts();
      for (const entry of entries)
        ghosts.add({ entry, enteredAt: 0, quoteMs: 0, floorMs: 0, rivalsMs: [] } satisfies Ghost);
      const taken: number[] = [];
      while (ghosts.size > 0) taken.push(ghosts.take().entry);
      expect(taken).toEqual(entries.toSorted((a, b) => a - b));
    }),
  );
});

test('a quantile is right to a thousandth, in memory that does not grow', () => {
  const spread = new Spread();
  const random = new Random(3);
  const values = Array.from({ length: 100_000 }, () => random.exponentialMs(50_000));
  for (const value of values) spread.add(value);
  values.sort((a, b) => a - b);
  for (const share of [0.5, 0.9, 0.99])
    expect(spread.quantileMs(share) / (values[share * values.length] as number)).toBeCloseTo(1, 2);
  expect(new Spread().quantileMs(0.5)).toBe(0);
});

test('an average over time counts from where it begins to where it ends', () => {
  const mean = new TimeMean();
  mean.add(5, 0);
  mean.begin(100);
  mean.add(-3, 150);
  mean.end(200);
  mean.add(100, 250);
  expect(mean.mean).toBe(3.5);
});

test.each([
  [{ kind: 'exponential', meanMs: 600 }, 1],
  [{ kind: 'lognormal', meanMs: 600, cv: 0.9 }, 0.9],
  [{ kind: 'constant', meanMs: 600 }, 0],
] as const)('%j has its mean and spread', (law, cv) => {
  const draw = drawOf(law, new Random(5));
  const values = Array.from({ length: 200_000 }, draw);
  const mean = values.reduce((a, b) => a + b) / values.length;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
  expect(mean / 600).toBeCloseTo(1, 1);
  expect(Math.sqrt(variance) / mean).toBeCloseTo(cv, 1);
});
