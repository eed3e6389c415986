// The load bench in miniature: what it says it did, it did. Nothing is asserted of any time or size.

import { expect, test } from 'vitest';
import { Durations } from './durations.ts';
import { lines, run } from './load.ts';

test('a small rush and two small days', async () => {
  const result = await run({
    pending: 300,
    callsPerSecond: 10,
    minutes: 1,
    agents: 20,
    days: 2,
    callsPerDay: 600,
  });
  const { rush, month } = result;
  expect(rush.pendingBefore).toBeGreaterThanOrEqual(300);
  expect(rush.calls).toBe(600);
  expect(rush.decisions).toBeGreaterThan(rush.calls);
  expect(rush.p99Ms).toBeGreaterThanOrEqual(rush.p50Ms);
  expect(rush.maxMs).toBeGreaterThanOrEqual(rush.longestMs['call.arrives'] ?? 0);
  expect(month.calls).toBeGreaterThan(800);
  expect(month.facts).toBeGreaterThan(month.calls * 5);
  expect(month.stateAfter).toEqual(month.stateBefore);
  expect(month.rowsAfter).toBe(month.rowsBefore);
  expect(month.heapAfterMb).toEqual({ 2: month.heapMbAfter });
  expect(lines(result).join('\n')).toContain(String(rush.decisions));
});

test('quantiles by steps are a hundredth too long at the most', () => {
  const durations = new Durations();
  for (let ms = 1; ms <= 1_000; ms += 1) durations.note(ms % 2 === 0 ? 'even' : 'odd', ms);
  for (const share of [0.01, 0.5, 0.99]) {
    const told = durations.quantileMs(share);
    expect(told).toBeGreaterThanOrEqual(share * 1_000);
    expect(told).toBeLessThanOrEqual(share * 1_000 * 1.011);
  }
  expect(durations.longestMs()).toEqual({ even: 1_000, odd: 999 });
  expect(durations.maxMs).toBe(1_000);
});
