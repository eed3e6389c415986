// What needs doing now, and in which order: each rule at its edge, on boards made by hand.

import { describe, expect, test } from 'vitest';
import type { Board, LineRow } from '../../../src/engine/board-shape.ts';
import { needsOf, severityOf } from './needs.ts';

const NOW = 10_000_000;
const MINUTE = 60_000;

const quiet: LineRow = {
  name: { en: 'A', fr: 'A' },
  state: 'open',
  ...{ holding: 0, callbacks: 0, later: 0, withAgent: 0, longestSince: null, quote: null },
  ...{ occupied: 0, capacity: null, target: null, reasons: [] },
  agents: { ready: 1, onCall: 0, wrapUp: 0, notReady: 0, notReadyBy: {} },
};
const nobody = { ...quiet.agents, ready: 0 };

function boardOf(lines: Record<string, Partial<LineRow>>, more: Partial<Board> = {}): Board {
  return {
    centre: {
      '': {
        ...{ timeZone: 'UTC', languages: ['en', 'fr'], dayFromAt: 0, telephonyUp: true },
        ...{ figuresCount: true, configurationHash: '' },
      },
    },
    lines: Object.fromEntries(Object.entries(lines).map(([id, line]) => [id, { ...quiet, ...line }])),
    ...{ agents: {}, colleagues: {}, directory: {}, callbacks: {}, switches: {}, figures: {}, meanings: {} },
    ...more,
  };
}

const kinds = (board: Board) => needsOf(board, NOW).map(({ is }) => is);
const turned = {
  name: 'dialling',
  line: null,
  on: false,
  inForce: false,
  reason: 'x',
  by: 'y',
  at: 1,
} as const;

test('a quiet centre needs nothing', () => {
  expect(kinds(boardOf({ a: {} }))).toEqual([]);
});

test('clients whom nobody serves: nobody at work, or all of them away', () => {
  expect(needsOf(boardOf({ a: { holding: 1, callbacks: 2, agents: nobody } }), NOW)).toEqual([
    { is: 'nobody', line: 'a', n: 3 },
  ]);
  const away = { ...nobody, notReady: 2, notReadyBy: { break: 1, training: 1 } };
  expect(needsOf(boardOf({ a: { holding: 1, agents: away } }), NOW)).toEqual([
    { is: 'none_ready', line: 'a', n: 1, reasons: ['break', 'training'] },
  ]);
  expect(kinds(boardOf({ a: { holding: 1, agents: { ...nobody, wrapUp: 1 } } }))).toEqual([]);
});

describe('the service level', () => {
  const of = (value: number | null, n: number, better: 'more' | 'less' = 'more') =>
    boardOf(
      { a: { target: { figure: 'service_level_20s', value: 0.8 } } },
      {
        figures: { 'service_level_20s/a': { value, n } },
        meanings: {
          service_level_20s: {
            ...{ name: { en: '', fr: '' }, formula: { en: '', fr: '' }, unit: 'share', better },
          },
        },
      },
    );
  test.each([
    ['missed', of(0.79, 5), ['target']],
    ['just reached', of(0.8, 5), []],
    ['of too few cases', of(0.1, 4), []],
    ['of none', of(null, 0), []],
    ['better where less', of(0.79, 5, 'less'), []],
    ['worse where less', of(0.81, 5, 'less'), ['target']],
  ] as const)('%s', (_name, board, wanted) => {
    expect(kinds(board)).toEqual(wanted);
  });
  test('says by how much, and how many agents are away', () => {
    const [need] = needsOf(of(0.5, 9), NOW);
    const wanted = { is: 'target', line: 'a', figure: 'service_level_20s', value: 0.5, target: 0.8, away: 0 };
    expect(need).toEqual(wanted);
  });
});

test('full: at the capacity, while the line is open', () => {
  expect(kinds(boardOf({ a: { occupied: 5, capacity: 5 } }))).toEqual(['full']);
  expect(kinds(boardOf({ a: { occupied: 4, capacity: 5 } }))).toEqual([]);
  expect(kinds(boardOf({ a: { occupied: 5, capacity: 5, state: 'closed' } }))).toEqual([]);
});

test('long: more than twice what is told, and more than five minutes', () => {
  const of = (waitMs: number, maxMinutes: number) =>
    boardOf({ a: { holding: 1, longestSince: NOW - waitMs, quote: { minMinutes: 1, maxMinutes } } });
  expect(kinds(of(10 * MINUTE + 1, 5))).toEqual(['long']);
  expect(kinds(of(10 * MINUTE, 5))).toEqual([]);
  expect(kinds(of(4 * MINUTE, 1))).toEqual([]);
});

test('what stops everybody comes first; all dialling stopped says it once', () => {
  const busy = { a: { holding: 1, callbacks: 1, agents: nobody } };
  const down = { '': { ...boardOf({}).centre[''], telephonyUp: false } };
  expect(kinds(boardOf(busy, { centre: down, switches: { dialling: turned } }))).toEqual([
    'telephony',
    'dialling',
    'nobody',
  ]);
  const processing = { ...turned, name: 'processing', line: 'a' } as const;
  expect(kinds(boardOf({ a: { callbacks: 1 } }, { switches: { 'processing/a': processing } }))).toEqual([
    'processing',
  ]);
  expect(kinds(boardOf({ a: {} }, { switches: { 'processing/a': processing } }))).toEqual([]);
});

test('the worst line is the first: nobody there, then full, then the wait, and a closed one last', () => {
  const line = (row: Partial<LineRow>) => severityOf({ ...quiet, ...row }, NOW);
  const order = [
    line({ holding: 1, agents: nobody }),
    line({ occupied: 1, capacity: 1 }),
    line({ holding: 1, longestSince: NOW - MINUTE }),
    line({}),
    line({ state: 'closed' }),
  ];
  expect(order).toEqual([...order].sort((a, b) => b - a));
});
