// The simulation against queueing theory: the same centre by chance, through the real core, and in closed form. Each
// figure may be off by 3 % or by four standard deviations of itself, whichever is more; the deviation is that of
// replications of the very run. A failure prints the figure, both values and the seed.

import { describe, expect, test } from 'vitest';
import type { LineResult } from './line-figures.ts';
import { parseScenario } from './scenario.ts';
import { Simulation } from './simulation.ts';
import { DEVIATIONS, HANDLE_S, meanOf, type OneLine, SHARE, scenarioOf, theoryOf } from './theory.ts';

const REPLICATIONS = 6;

function agrees(line: OneLine, calls: number): void {
  const runs = Array.from({ length: REPLICATIONS }, (_, i) => {
    const { lines } = new Simulation(
      parseScenario(scenarioOf(line, Math.ceil(calls / REPLICATIONS), 1 + i)),
    ).run();
    return lines.main as LineResult;
  });
  const faults = Object.entries(theoryOf(line)).flatMap(([name, { of, theory }]) => {
    const { mean, deviation } = meanOf(runs.map(of));
    const allowed = Math.max(SHARE * Math.abs(theory), DEVIATIONS * deviation);
    return Math.abs(mean - theory) <= allowed
      ? []
      : [`${name}: simulated ${mean}, theory ${theory}, allowed ${allowed}, seeds 1 to ${REPLICATIONS}`];
  });
  expect(faults).toEqual([]);
  for (const run of runs) expect(run.overtakes).toBe(0);
}

describe('nobody may wait: Erlang B, whatever the law of the handle time', () => {
  test.each<OneLine>([
    { n: 5, rho: 0.5 },
    { n: 10, rho: 1 },
    { n: 100, rho: 1.5 },
    { n: 20, rho: 1, handle: { kind: 'constant', meanS: HANDLE_S } },
    { n: 20, rho: 1, handle: { kind: 'lognormal', meanS: HANDLE_S, cv: 0.9 } },
    { n: 400, rho: 0.98 },
  ])('$n agents, load $rho', (line) => {
    agrees({ ...line, capacity: 0 }, 60_000);
  });
});

describe('everybody waits: Erlang C', () => {
  test.each<OneLine>([
    { n: 5, rho: 0.8 },
    { n: 10, rho: 0.8 },
    { n: 60, rho: 0.93 },
  ])('$n agents, load $rho', (line) => {
    agrees(line, 120_000);
  });
});

describe('people give up: Erlang A', () => {
  test.each<OneLine>([
    { n: 5, rho: 1.5, patience: 1 },
    { n: 50, rho: 0.96, patience: 2 },
    { n: 100, rho: 1.05, patience: 2 },
    { n: 100, rho: 0.7, patience: 0.5 },
    { n: 300, rho: 1.4, patience: 4 },
    { n: 20, rho: 1.2, patience: 2, capacity: 4 },
    { n: 10, rho: 1.3, capacity: 10 },
  ])('$n agents, load $rho, patience $patience handle times, waiting places $capacity', (line) => {
    agrees(line, 100_000);
  });
});

describe('callbacks in one line with those who hold: M/M/n+G', () => {
  test.each<OneLine>([
    { n: 5, rho: 1.2, patience: 1, takeRate: 0.45 },
    { n: 100, rho: 1.05, patience: 2, takeRate: 0.45 },
    { n: 100, rho: 0.95, patience: 2, takeRate: 0.7 },
    { n: 250, rho: 1.3, patience: 1, takeRate: 0.2 },
  ])('$n agents, load $rho, patience $patience handle times, share $takeRate', (line) => {
    agrees(line, 120_000);
  });
});
