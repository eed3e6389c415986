// What is packed comes out as it was, whatever the calendars; a calendar of years is small.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agentCalled, centreOf, lineCalled, START_AT } from '../../test/support/given.ts';
import { ALWAYS, LINE_DEFAULTS, type Span } from './configuration.ts';
import { packed, packedSpans, unpacked, unpackedSpans } from './packing.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** Gaps and lengths: minutes, ms, nothing between two, weeks between two, longer than a week. */
const gap = fc.oneof(fc.nat(3_000), fc.constant(0), fc.nat(90_000), fc.nat(40_000_000));
const calendar = fc
  .tuple(fc.nat(3_000_000), fc.array(fc.tuple(gap, fc.integer({ min: 1, max: 30_000 }))), fc.boolean())
  .map(([first, spans, isWhole]): Span[] => {
    const unit = isWhole ? MINUTE : 1;
    let at = first * MINUTE * 10;
    return spans.map(([before, length]) => {
      const fromAt = at + before * unit;
      at = fromAt + length * unit;
      return { fromAt, toAt: at };
    });
  });

test('a calendar comes out as it went in', () => {
  fc.assert(
    fc.property(calendar, (spans) => {
      expect(unpackedSpans(JSON.parse(JSON.stringify(packedSpans(spans))))).toEqual(spans);
    }),
    { numRuns: 500 },
  );
  for (const spans of [ALWAYS, [], [{ fromAt: -DAY, toAt: 5 }]])
    expect(unpackedSpans(packedSpans(spans))).toEqual(spans);
});

test('a configuration comes out as it went in: lines, agents in their order, what they share', () => {
  const shifts = [{ fromAt: START_AT, toAt: START_AT + DAY }];
  const configuration = centreOf({
    lines: [
      lineCalled('visas', '1', { open: shifts, days: shifts }),
      lineCalled('citizenship', '2', {
        openByRegion: [{ region: 'BC', open: [...shifts] }],
        closing: { ...LINE_DEFAULTS.closing, callingHours: shifts },
      }),
    ],
    agents: [
      { ...agentCalled('ada', ['visas']), shifts },
      { ...agentCalled('bo', ['visas']), shifts: [...shifts] },
      agentCalled('cy', ['visas']),
      { ...agentCalled('di', ['visas']), shifts },
    ],
  });
  const small = packed(configuration);
  expect(small.calendars).toHaveLength(3);
  expect(small.crews).toHaveLength(2);
  expect(small.agents.map(({ ids }) => ids)).toEqual([['ada', 'bo'], ['cy'], ['di']]);
  expect(unpacked(JSON.parse(JSON.stringify(small)))).toEqual(configuration);
});

test('the same week for five years is one week and how many times', () => {
  const week = [0, 1, 2, 3, 4].map((day) => ({ fromAt: day * DAY + 11 * 60 * MINUTE, length: 720 * MINUTE }));
  const spans = Array.from({ length: 260 }, (_, n) =>
    week.map(({ fromAt, length }) => ({
      fromAt: n * 7 * DAY + fromAt,
      toAt: n * 7 * DAY + fromAt + length,
    })),
  ).flat();
  expect(JSON.stringify(packedSpans(spans)).length).toBeLessThan(150);
});
