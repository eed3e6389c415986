// The simulation against queueing theory: the same centre by chance, through the real core, and in closed form. Each
// figure may be off by 3 % or by four standard deviations of itself, whichever is more; the deviation is that of
// replications of the very run. A failure prints the figure, both values and the seed.

import { describe, expect, test } from 'vitest';
import { erlangA, erlangB, erlangCFigures } from '../plan/erlang.ts';
import { patienceLine, virtualHold } from '../plan/patience-line.ts';
import type { LineResult } from './line-figures.ts';
import { parseScenario } from './scenario.ts';
import { Simulation } from './simulation.ts';

const REPLICATIONS = 6;

type Line = {
  readonly n: number;
  readonly rho: number;
  /** Patience as a multiple of the handle time; infinite when left out. */
  readonly patience?: number;
  readonly more?: object;
  readonly handle?: object;
  readonly seed?: number;
};

const HANDLE_S = 60;

function scenarioOf({ n, rho, patience, more = {}, handle, seed = 1 }: Line, calls: number): string {
  const known = { kind: 'exponential', meanS: HANDLE_S };
  return JSON.stringify({
    seed,
    stop: { calls },
    warmupCalls: Math.ceil(n * 20),
    agents: [{ count: n, lines: ['main'] }],
    lines: {
      main: {
        arrivals: { kind: 'poisson', perHour: (rho * n * 3_600) / HANDLE_S },
        handle: handle ?? known,
        patience: patience === undefined ? { kind: 'infinite' } : { ...known, meanS: HANDLE_S * patience },
        serviceLevelS: [10],
        ...more,
      },
    },
  });
}

function simulated(line: Line, calls: number): LineResult {
  const { lines } = new Simulation(parseScenario(scenarioOf(line, calls))).run();
  return lines.main as LineResult;
}

type Figure = (result: LineResult) => number;

/** Every figure by its name, with what theory says. */
function agrees(line: Line, calls: number, figures: Readonly<Record<string, readonly [Figure, number]>>) {
  const runs = Array.from({ length: REPLICATIONS }, (_, i) =>
    simulated({ ...line, seed: 1 + i }, Math.ceil(calls / REPLICATIONS)),
  );
  const faults = Object.entries(figures).flatMap(([name, [figure, theory]]) => {
    const values = runs.map(figure);
    const mean = values.reduce((a, b) => a + b, 0) / REPLICATIONS;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (REPLICATIONS - 1);
    const allowed = Math.max(0.03 * Math.abs(theory), 4 * Math.sqrt(variance / REPLICATIONS));
    return Math.abs(mean - theory) <= allowed
      ? []
      : [`${name}: simulated ${mean}, theory ${theory}, allowed ${allowed}, seeds 1 to ${REPLICATIONS}`];
  });
  expect(faults).toEqual([]);
  for (const run of runs) expect(run.overtakes).toBe(0);
}

describe('nobody may wait: Erlang B, whatever the law of the handle time', () => {
  test.each([
    { n: 5, rho: 0.5 },
    { n: 10, rho: 1 },
    { n: 100, rho: 1.5 },
    { n: 20, rho: 1, handle: { kind: 'constant', meanS: HANDLE_S } },
    { n: 20, rho: 1, handle: { kind: 'lognormal', meanS: HANDLE_S, cv: 0.9 } },
    { n: 400, rho: 0.98 },
  ])('$n agents, load $rho', (line) => {
    const blocked = erlangB(line.n, line.rho * line.n);
    agrees({ ...line, more: { capacity: 0 } }, 60_000, {
      refused: [(r) => r.refused / r.arrived, blocked],
      delayed: [(r) => r.delayedShare, blocked],
      utilisation: [(r) => r.utilisation, line.rho * (1 - blocked)],
      served: [(r) => r.servedWithin['10'] as number, 1 - blocked],
      waits: [(r) => r.waitMeanS + r.queueMean, 0],
    });
  });
});

describe('everybody waits: Erlang C', () => {
  test.each([
    { n: 5, rho: 0.8 },
    { n: 10, rho: 0.8 },
    { n: 60, rho: 0.93 },
  ])('$n agents, load $rho', (line) => {
    const known = erlangCFigures(line.n, line.rho * line.n, 1);
    agrees(line, 120_000, {
      delayed: [(r) => r.delayedShare, known.delayedShare],
      wait: [(r) => r.waitMeanS, known.waitMean * HANDLE_S],
      hold: [(r) => r.holdWaitMeanS, known.waitMean * HANDLE_S],
      offered: [(r) => r.offeredWaitMeanS, known.waitMean * HANDLE_S],
      queue: [(r) => r.queueMean, known.queueMean],
      within: [(r) => r.servedWithin['10'] as number, known.within(10 / HANDLE_S)],
      utilisation: [(r) => r.utilisation, line.rho],
    });
  });
});

describe('people give up: Erlang A', () => {
  test.each([
    { n: 5, rho: 1.5, patience: 1 },
    { n: 50, rho: 0.96, patience: 2 },
    { n: 100, rho: 1.05, patience: 2 },
    { n: 100, rho: 0.7, patience: 0.5 },
    { n: 300, rho: 1.4, patience: 4 },
  ])('$n agents, load $rho, patience $patience handle times', (line) => {
    const lambda = line.rho * line.n;
    const known = erlangA(line.n, lambda, 1, 1 / line.patience);
    const offered = patienceLine(line.n, lambda, 1, virtualHold(0, 1 / line.patience)).offeredWaitMean;
    agrees(line, 100_000, {
      abandoned: [(r) => r.abandonedShare, known.abandonedShare],
      delayed: [(r) => r.delayedShare, known.delayedShare],
      wait: [(r) => r.waitMeanS, known.waitMean * HANDLE_S],
      queue: [(r) => r.queueMean, known.queueMean],
      offered: [(r) => r.offeredWaitMeanS, offered * HANDLE_S],
      utilisation: [(r) => r.utilisation, known.utilisation],
    });
  });

  test('with few waiting places', () => {
    const known = erlangA(20, 24, 1, 0.5, 4);
    agrees({ n: 20, rho: 1.2, patience: 2, more: { capacity: 4 } }, 100_000, {
      refused: [(r) => r.refused / r.arrived, known.refusedShare],
      abandoned: [(r) => r.abandonedShare, known.abandonedShare],
      delayed: [(r) => r.delayedShare, known.delayedShare],
      wait: [(r) => r.waitMeanS, known.waitMean * HANDLE_S],
      queue: [(r) => r.queueMean, known.queueMean],
    });
  });
});

describe('callbacks in one line with those who hold: M/M/n+G', () => {
  test.each([
    { n: 5, rho: 1.2, patience: 1, r: 0.45 },
    { n: 100, rho: 1.05, patience: 2, r: 0.45 },
    { n: 100, rho: 0.95, patience: 2, r: 0.7 },
    { n: 250, rho: 1.3, patience: 1, r: 0.2 },
  ])('$n agents, load $rho, patience $patience handle times, share $r', ({ n, rho, patience, r: share }) => {
    const theta = 1 / patience;
    const line = patienceLine(n, rho * n, 1, virtualHold(share, theta));
    const delayed = line.delayedShare;
    const held = (1 - share) * line.meanOf((v) => -Math.expm1(-theta * v) / theta);
    agrees({ n, rho, patience, more: { callback: { offer: 'always', takeRate: share } } }, 120_000, {
      abandoned: [(f) => f.abandonedShare, line.abandonedShare],
      delayed: [(f) => f.delayedShare, delayed],
      wait: [(f) => f.waitMeanS, line.waitMean * HANDLE_S],
      hold: [(f) => f.holdWaitMeanS, (held / (1 - share * delayed)) * HANDLE_S],
      offered: [(f) => f.offeredWaitMeanS, line.offeredWaitMean * HANDLE_S],
      taken: [(f) => f.callback.accepted / f.callback.offered, share],
      callback: [(f) => f.callback.waitMeanS, (line.offeredWaitMean / delayed) * HANDLE_S],
      median: [(f) => line.beyond(f.callback.waitP50S / HANDLE_S) / delayed, 0.5],
      p90: [(f) => line.beyond(f.callback.waitP90S / HANDLE_S) / delayed, 0.1],
      queue: [(f) => f.queueMean, line.queueMean],
      utilisation: [(f) => f.utilisation, line.utilisation],
    });
  });
});
