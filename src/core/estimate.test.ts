// QLm against sums written out, and against the queueing theory it comes from: without impatience it is Erlang's
// (the wait behind j others in M/M/n is j+1 services of the whole team), with it the stages quicken (M/M/n+M).

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chanceWithin, quoteOf, waitMoments } from './estimate.ts';

const MINUTE = 60_000;

const model = fc.record({
  agents: fc.integer({ min: 1, max: 500 }),
  handleMs: fc.integer({ min: 10_000, max: 60 * MINUTE }),
  patienceMs: fc.integer({ min: MINUTE, max: 600 * MINUTE }),
  ahead: fc.integer({ min: 0, max: 20_000 }),
});

test('mean and variance are the sums over the stages, also where they are taken by their integral', () => {
  fc.assert(
    fc.property(model, ({ agents, handleMs, patienceMs, ahead }) => {
      let mean = 0;
      let variance = 0;
      for (let i = 0; i <= ahead; i += 1) {
        const stageMs = 1 / (agents / handleMs + i / patienceMs);
        mean += stageMs;
        variance += stageMs * stageMs;
      }
      const moments = waitMoments({ agents, handleMs, patienceMs, ahead });
      expect(Math.abs(moments.meanMs / mean - 1)).toBeLessThan(1e-6);
      expect(Math.abs(moments.variance / variance - 1)).toBeLessThan(1e-6);
    }),
    { numRuns: 300 },
  );
});

test('with callers of endless patience it is the wait of M/M/n: so many services of the whole team', () => {
  const { meanMs, variance } = waitMoments({ agents: 10, handleMs: 5 * MINUTE, patienceMs: 1e15, ahead: 19 });
  expect(meanMs).toBeCloseTo((20 / 10) * 5 * MINUTE, 3);
  expect(Math.sqrt(variance)).toBeCloseTo((Math.sqrt(20) / 10) * 5 * MINUTE, 3);
});

test('averaged over the queue that an arrival finds, it is the mean wait of Erlang A', () => {
  // Garnett, Mandelbaum and Reiman 2002: 50 agents, 48 calls a minute, handle 1 minute, patience 2 minutes. The wait of
  // one who never gives up, averaged over what arrivals find (PASTA): the steady state, by birth and death.
  const n = 50;
  const lambda = 48;
  const mu = 1;
  const theta = 0.5;
  const weights: number[] = [1];
  for (let k = 1; k < 600; k += 1) {
    const rate = Math.min(k, n) * mu + Math.max(0, k - n) * theta;
    weights.push(((weights[k - 1] as number) * lambda) / rate);
  }
  const total = weights.reduce((a, b) => a + b);
  let inQueue = 0;
  let waitMs = 0;
  weights.forEach((weight, k) => {
    inQueue += (weight / total) * Math.max(0, k - n);
    if (k < n) return;
    const found = { agents: n, handleMs: MINUTE / mu, patienceMs: MINUTE / theta, ahead: k - n };
    waitMs += (weight / total) * waitMoments(found).meanMs;
  });
  expect((theta * inQueue) / lambda).toBeCloseTo(0.031, 3); // P(abandon) = theta E[Q] / lambda, 3.1 %
  // Those who would give up wait longer than the 3.7 s of all: the virtual wait lies a little above the actual one.
  expect(waitMs / 1_000).toBeGreaterThan(3.7);
  expect(waitMs / 1_000).toBeLessThan(4.2);
});

test('a quote is a range in whole minutes around the mean; nobody there means no quote', () => {
  expect(quoteOf({ agents: 0, handleMs: MINUTE, patienceMs: MINUTE, ahead: 3 })).toBe(null);
  fc.assert(
    fc.property(model, (of) => {
      const quote = quoteOf(of);
      if (quote === null) throw new Error('agents are there');
      expect(Object.values(quote).every(Number.isSafeInteger)).toBe(true);
      expect(quote.minMinutes).toBeGreaterThanOrEqual(0);
      expect(quote.maxMinutes).toBeGreaterThan(quote.minMinutes);
      expect(quote.minMinutes * MINUTE).toBeLessThanOrEqual(quote.meanMs + 1);
      expect(quote.maxMinutes * MINUTE).toBeGreaterThanOrEqual(quote.meanMs - 1);
      const behind = quoteOf({ ...of, ahead: of.ahead + 1 });
      expect(behind?.meanMs).toBeGreaterThanOrEqual(quote.meanMs - 1);
    }),
  );
});

test('shifts that end stretch the wait, shifts that begin shorten it, and an empty desk serves nobody', () => {
  const model = { agents: 10, handleMs: 10 * MINUTE, patienceMs: 1e12, ahead: 59 };
  const still = quoteOf(model)?.meanMs ?? 0; // 60 departures at one a minute
  expect(Math.round(still / MINUTE)).toBe(60);
  const fewer = quoteOf({ ...model, capacityLater: [{ fromAt: 30 * MINUTE, agents: 5 }] })?.meanMs ?? 0;
  expect(Math.round(fewer / MINUTE)).toBe(90);
  const more = quoteOf({ ...model, capacityLater: [{ fromAt: 30 * MINUTE, agents: 20 }] })?.meanMs ?? 0;
  expect(Math.round(more / MINUTE)).toBe(45);
  expect(chanceWithin({ ...model, capacityLater: [{ fromAt: 30 * MINUTE, agents: 0 }] }, 600 * MINUTE)).toBe(
    0,
  );
  expect(chanceWithin(model, 600 * MINUTE)).toBe(1000);
  expect(chanceWithin(model, 60 * MINUTE)).toBeGreaterThan(450);
  expect(chanceWithin(model, 60 * MINUTE)).toBeLessThan(550);
});
