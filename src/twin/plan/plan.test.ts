// The closed forms, held to what is published and to each other: two derivations of the same line that were written from
// different papers agree to many digits, over wide ranges.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { erlangA, erlangB, erlangC, erlangCFigures } from './erlang.ts';
import { patienceLine, virtualHold } from './patience-line.ts';
import { qlm, waitWithin } from './waits.ts';

describe('published values', () => {
  test('Erlang B of 10 agents and a load of 10; Erlang C of 10 agents and a load of 8', () => {
    expect(erlangB(10, 10)).toBeCloseTo(0.214582, 6);
    expect(erlangC(10, 8)).toBeCloseTo(0.40918, 5);
  });

  test('50 agents, 48 calls a minute, handle 1 min, patience 2 min (Garnett, Mandelbaum, Reiman 2002)', () => {
    const line = erlangA(50, 48, 1, 0.5);
    expect(line.abandonedShare).toBeCloseTo(0.031, 3);
    expect(line.waitMean * 60).toBeCloseTo(3.7, 1);
    expect(line.queueMean).toBeCloseTo(3, 1);
    expect(line.utilisation).toBeCloseTo(0.93, 2);
    expect(erlangCFigures(50, 48, 1).waitMean * 60).toBeCloseTo(20.8, 1);
  });

  test('and its 90th percentile of the wait is 12.5 s', () => {
    const { beyond } = patienceLine(50, 48, 1, virtualHold(0, 0.5));
    const waits = (seconds: number) => beyond(seconds / 60) * Math.exp((-0.5 * seconds) / 60);
    expect(waits(12.4)).toBeGreaterThan(0.1);
    expect(waits(12.6)).toBeLessThan(0.1);
  });
});

const agents = fc.integer({ min: 1, max: 1_000 });
const load = fc.double({ min: 0.5, max: 1.5, noNaN: true });
const patience = fc.double({ min: 0.05, max: 20, noNaN: true });

describe('two derivations agree', () => {
  test('birth and death, and the integral of M/M/n+G', () => {
    fc.assert(
      fc.property(agents, load, patience, (n, rho, theta) => {
        const discrete = erlangA(n, rho * n, 1, theta);
        const integral = patienceLine(n, rho * n, 1, virtualHold(0, theta));
        for (const figure of ['delayedShare', 'abandonedShare', 'waitMean', 'queueMean'] as const)
          expect(integral[figure] / discrete[figure]).toBeCloseTo(1, 6);
        expect(integral.utilisation).toBeCloseTo(discrete.utilisation, 8);
      }),
    );
  });

  test('nobody gives up: M/M/n+G is Erlang C', () => {
    fc.assert(
      fc.property(agents, fc.double({ min: 0.3, max: 0.99, noNaN: true }), (n, rho) => {
        const line = patienceLine(n, rho * n, 1, virtualHold(0, 0));
        const known = erlangCFigures(n, rho * n, 1);
        expect(line.delayedShare / known.delayedShare).toBeCloseTo(1, 6);
        expect(line.offeredWaitMean / known.waitMean).toBeCloseTo(1, 6);
        expect(line.beyond(0.3 / n) / (known.delayedShare * Math.exp(-0.3 * (1 - rho)))).toBeCloseTo(1, 6);
        // Who takes a callback never leaves: however many do, nothing changes.
        expect(patienceLine(n, rho * n, 1, virtualHold(1, 3)).waitMean).toBeCloseTo(line.waitMean, 8);
      }),
    );
  });

  test('no waiting room: Erlang B', () => {
    fc.assert(
      fc.property(agents, load, (n, rho) => {
        const line = erlangA(n, rho * n, 1, 0, 0);
        expect(line.refusedShare / erlangB(n, rho * n)).toBeCloseTo(1, 8);
      }),
    );
  });

  test('a room so large that it is never full is no limit', () => {
    const open = erlangA(50, 60, 1, 0.5);
    expect(erlangA(50, 60, 1, 0.5, 400).waitMean).toBeCloseTo(open.waitMean, 10);
  });
});

describe('the wait of a place', () => {
  test('the mean of its law is QLm', () => {
    for (const [n, theta, ahead] of [
      [5, 0.5, 0],
      [5, 0, 12],
      [100, 1, 40],
      [400, 0.7, 1_000],
    ] as const) {
      const mean = qlm(n, 1, theta, ahead);
      const step = mean / 4_000;
      let integral = 0;
      for (let i = 0; i < 80_000; i += 1)
        integral += (1 - waitWithin(n, 1, theta, ahead, (i + 0.5) * step)) * step;
      expect(integral / mean).toBeCloseTo(1, 4);
    }
  });

  test('hardly any impatience is none', () => {
    expect(waitWithin(5, 1, 1e-6, 10, 2)).toBeCloseTo(waitWithin(5, 1, 0, 10, 2), 5);
  });

  test('QLm over whoever waits is the mean offered wait (PASTA)', () => {
    const [n, lambda, theta] = [20, 24, 0.5];
    let weight = 1;
    let sum = 0;
    let waits = 0;
    for (let k = 1; k < 2_000; k += 1) {
      sum += weight;
      if (k - 1 >= n) waits += weight * qlm(n, 1, theta, k - 1 - n);
      weight *= lambda / (Math.min(k, n) + Math.max(0, k - n) * theta);
    }
    expect(patienceLine(n, lambda, 1, virtualHold(0, theta)).offeredWaitMean).toBeCloseTo(waits / sum, 8);
  });
});
