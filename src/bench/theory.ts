// The simulation beside queueing theory over a wide range of lines, many calls each: how far the farthest figure of each
// line is from its closed form, as a share of it and in standard deviations of itself over replications of the same length.

import type { LineResult } from '../twin/simulate/line-figures.ts';
import { parseScenario } from '../twin/simulate/scenario.ts';
import { Simulation } from '../twin/simulate/simulation.ts';
import {
  DEVIATIONS,
  meanOf,
  modelOf,
  type OneLine,
  SHARE,
  scenarioOf,
  theoryOf,
} from '../twin/simulate/theory.ts';
import { rounded } from './spread.ts';

export type Far = {
  readonly figure: string;
  readonly simulated: number;
  readonly theory: number;
  /** Of the theory; 0 where both are 0. */
  readonly offShare: number;
  /** In standard deviations of the mean over the parts. */
  readonly offDeviations: number;
};

export type TheoryResult = {
  /** Of each line. */
  readonly calls: number;
  readonly lines: readonly {
    readonly model: string;
    readonly line: OneLine;
    readonly figures: number;
    /** The figure that is farthest, measured against the larger of 3 % and four deviations. */
    readonly farthest: Far;
    /** Whether every figure is within the larger of 3 % and four standard deviations. */
    readonly within: boolean;
  }[];
};

const CALLS = 1_000_000;
const PARTS = 5;

const LINES: readonly OneLine[] = [
  { n: 5, rho: 0.5, capacity: 0 },
  { n: 30, rho: 1.5, capacity: 0 },
  { n: 1_000, rho: 1, capacity: 0 },
  { n: 5, rho: 0.9 },
  { n: 40, rho: 0.95 },
  { n: 500, rho: 0.97 },
  { n: 5, rho: 0.5, patience: 1 },
  { n: 8, rho: 1.5, patience: 10 },
  { n: 100, rho: 1.05, patience: 2 },
  { n: 200, rho: 0.9, patience: 0.5 },
  { n: 1_000, rho: 1.5, patience: 1 },
  { n: 10, rho: 1.2, capacity: 5 },
  { n: 50, rho: 1.1, patience: 3, capacity: 20 },
  { n: 5, rho: 0.9, patience: 1, takeRate: 0.7 },
  { n: 20, rho: 1.4, patience: 2, takeRate: 0.3 },
  { n: 100, rho: 1.05, patience: 2, takeRate: 0.45 },
  { n: 400, rho: 1.25, patience: 0.5, takeRate: 0.6 },
  { n: 1_000, rho: 1.02, patience: 2, takeRate: 0.2 },
];

export async function run(calls = CALLS, lines = LINES): Promise<TheoryResult> {
  return { calls, lines: lines.map((line, i) => compare(line, calls, i * PARTS)) };
}

/** Each line has seeds of its own: what chance does to one does not befall all. */
function compare(line: OneLine, calls: number, seed: number): TheoryResult['lines'][number] {
  const runs = Array.from({ length: PARTS }, (_, i) => {
    const { lines } = new Simulation(
      parseScenario(scenarioOf(line, Math.ceil(calls / PARTS), seed + 1 + i)),
    ).run();
    return lines.main as LineResult;
  });
  const all = Object.entries(theoryOf(line)).map(([figure, { of, theory }]) =>
    far(figure, runs.map(of), theory),
  );
  const farness = ({ offShare, offDeviations }: Far): number =>
    Math.min(offShare / SHARE, offDeviations / DEVIATIONS);
  const farthest = all.reduce((a, b) => (farness(b) > farness(a) ? b : a));
  return { model: modelOf(line), line, figures: all.length, farthest, within: farness(farthest) <= 1 };
}

function far(figure: string, values: readonly number[], theory: number): Far {
  const { mean: simulated, deviation } = meanOf(values);
  const off = Math.abs(simulated - theory);
  return {
    figure,
    simulated: rounded(simulated, 5),
    theory: rounded(theory, 5),
    offShare: off === 0 ? 0 : rounded(off / Math.abs(theory), 5),
    offDeviations: off === 0 ? 0 : rounded(off / deviation, 2),
  };
}

export function lines({ calls, lines: told }: TheoryResult): readonly string[] {
  return [
    `the simulation beside theory, ${calls} calls a line; the figure that is farthest`,
    ...told.map(
      ({ model, line, farthest: { figure, simulated, theory, offShare, offDeviations }, within }) =>
        `${model.padEnd(14)} ${paramsOf(line).padEnd(36)} ${figure.padEnd(12)} ` +
        `${String(simulated).padStart(10)} ${String(theory).padStart(10)} ` +
        `${(offShare * 100).toFixed(2).padStart(7)} % ${offDeviations.toFixed(1).padStart(6)} sd${within ? '' : '  OUTSIDE'}`,
    ),
  ];
}

function paramsOf({ rho, patience, capacity, takeRate }: OneLine): string {
  const told = { rho, patience, capacity, takeRate };
  return Object.entries(told)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]))
    .join(' ');
}
