// What queueing theory says of a line with one pool of agents: the closed form that fits it (src/twin/plan), figure by
// figure, beside where the simulation tells the same. Whoever may not wait makes it Erlang B, whoever waits for ever
// Erlang C, whoever gives up Erlang A, and whoever takes a callback M/M/n+G. The test and `rappel bench theory` read it.

import { assert } from '../../core/assert.ts';
import { erlangA, erlangB, erlangCFigures } from '../plan/erlang.ts';
import { patienceLine, virtualHold } from '../plan/patience-line.ts';
import type { LineResult } from './line-figures.ts';

export type OneLine = {
  /** Agents. */
  readonly n: number;
  /** Offered load / n. */
  readonly rho: number;
  /** Mean patience in handle times; infinite when left out. */
  readonly patience?: number;
  /** Waiting places; 0: nobody may wait; no limit when left out. */
  readonly capacity?: number;
  /** Share of those who must wait that take the callback; nobody is offered one when left out. */
  readonly takeRate?: number;
  /** Law of the handle time, of mean HANDLE_S; exponential when left out. Theory needs that, but for Erlang B. */
  readonly handle?: object;
};

export type Comparison = { readonly of: (result: LineResult) => number; readonly theory: number };

export const HANDLE_S = 60;
const WITHIN_S = 10;
const WARM_UP_HANDLE_TIMES = 20;

/** By so much of the theory, or by so many standard deviations of itself, a figure may be off. */
export const SHARE = 0.03;
export const DEVIATIONS = 4;

/** A figure of several replications of one length: its mean, and the standard deviation of that mean. */
export function meanOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, deviation: Math.sqrt(variance / values.length) };
}

/** As `rappel simulate` reads it. */
export function scenarioOf(line: OneLine, calls: number, seed: number): string {
  const { n, rho, patience, capacity, takeRate, handle } = line;
  const known = { kind: 'exponential', meanS: HANDLE_S };
  return JSON.stringify({
    seed,
    stop: { calls },
    warmupCalls: Math.ceil(n * WARM_UP_HANDLE_TIMES),
    agents: [{ count: n, lines: ['main'] }],
    lines: {
      main: {
        arrivals: { kind: 'poisson', perHour: (rho * n * 3_600) / HANDLE_S },
        handle: handle ?? known,
        patience: patience === undefined ? { kind: 'infinite' } : { ...known, meanS: HANDLE_S * patience },
        serviceLevelS: [WITHIN_S],
        ...(capacity === undefined ? {} : { capacity }),
        ...(takeRate === undefined ? {} : { callback: { offer: 'always', takeRate } }),
      },
    },
  });
}

/** Each figure by its name, in the unit of the simulation. */
export function theoryOf(line: OneLine): Readonly<Record<string, Comparison>> {
  if (line.takeRate !== undefined) return callbacks(line, line.takeRate);
  if (line.capacity === 0) return nobodyWaits(line);
  return line.patience === undefined && line.capacity === undefined
    ? everybodyWaits(line)
    : peopleGiveUp(line);
}

export function modelOf({ n, patience, capacity, takeRate }: OneLine): string {
  if (takeRate !== undefined) return `M/M/${n}+G`;
  if (capacity === 0) return `M/G/${n}/${n}`;
  return `M/M/${n}${capacity === undefined ? '' : `/${n + capacity}`}${patience === undefined ? '' : '+M'}`;
}

function nobodyWaits({ n, rho }: OneLine) {
  const blocked = erlangB(n, rho * n);
  return {
    refused: { of: (r: LineResult) => r.refused / r.arrived, theory: blocked },
    delayed: { of: (r: LineResult) => r.delayedShare, theory: blocked },
    utilisation: { of: (r: LineResult) => r.utilisation, theory: rho * (1 - blocked) },
    within: { of: within, theory: 1 - blocked },
    waits: { of: (r: LineResult) => r.waitMeanS + r.queueMean, theory: 0 },
  };
}

function everybodyWaits({ n, rho }: OneLine) {
  const known = erlangCFigures(n, rho * n, 1);
  return {
    ...waiting(known),
    hold: { of: (r: LineResult) => r.holdWaitMeanS, theory: known.waitMean * HANDLE_S },
    offered: { of: (r: LineResult) => r.offeredWaitMeanS, theory: known.waitMean * HANDLE_S },
    within: { of: within, theory: known.within(WITHIN_S / HANDLE_S) },
    utilisation: { of: (r: LineResult) => r.utilisation, theory: rho },
  };
}

/** Or are refused where the waiting room is full. */
function peopleGiveUp({ n, rho, patience, capacity }: OneLine) {
  const lambda = rho * n;
  const theta = patience === undefined ? 0 : 1 / patience;
  const known = erlangA(n, lambda, 1, theta, capacity);
  const common = {
    ...waiting(known),
    abandoned: { of: (r: LineResult) => r.abandonedShare, theory: known.abandonedShare },
    utilisation: { of: (r: LineResult) => r.utilisation, theory: known.utilisation },
  };
  if (capacity !== undefined)
    return {
      ...common,
      refused: { of: (r: LineResult) => r.refused / r.arrived, theory: known.refusedShare },
    };
  const offered = patienceLine(n, lambda, 1, virtualHold(0, theta)).offeredWaitMean;
  return { ...common, offered: { of: (r: LineResult) => r.offeredWaitMeanS, theory: offered * HANDLE_S } };
}

/** Callbacks in one line with those who hold. */
function callbacks({ n, rho, patience }: OneLine, share: number) {
  assert(patience !== undefined, 'theory of callbacks needs a patience of those who hold');
  const theta = 1 / patience;
  const line = patienceLine(n, rho * n, 1, virtualHold(share, theta));
  const delayed = line.delayedShare;
  const held = (1 - share) * line.meanOf((v) => -Math.expm1(-theta * v) / theta);
  return {
    ...waiting(line),
    abandoned: { of: (r: LineResult) => r.abandonedShare, theory: line.abandonedShare },
    hold: { of: (r: LineResult) => r.holdWaitMeanS, theory: (held / (1 - share * delayed)) * HANDLE_S },
    offered: { of: (r: LineResult) => r.offeredWaitMeanS, theory: line.offeredWaitMean * HANDLE_S },
    utilisation: { of: (r: LineResult) => r.utilisation, theory: line.utilisation },
    ...(share === 0 ? {} : ofCallbacks(line, share)),
  };
}

function ofCallbacks(line: ReturnType<typeof patienceLine>, share: number) {
  const { delayedShare: delayed } = line;
  return {
    taken: { of: ({ callback }: LineResult) => callback.accepted / callback.offered, theory: share },
    callback: {
      of: ({ callback }: LineResult) => callback.waitMeanS,
      theory: (line.offeredWaitMean / delayed) * HANDLE_S,
    },
    callbackP50: {
      of: ({ callback }: LineResult) => callback.waitP50S,
      theory: line.quantile(1 - delayed / 2) * HANDLE_S,
    },
    callbackP90: {
      of: ({ callback }: LineResult) => callback.waitP90S,
      theory: line.quantile(1 - delayed / 10) * HANDLE_S,
    },
  };
}

function waiting(known: {
  readonly delayedShare: number;
  readonly waitMean: number;
  readonly queueMean: number;
}) {
  return {
    delayed: { of: (r: LineResult) => r.delayedShare, theory: known.delayedShare },
    wait: { of: (r: LineResult) => r.waitMeanS, theory: known.waitMean * HANDLE_S },
    queue: { of: (r: LineResult) => r.queueMean, theory: known.queueMean },
  };
}

const within = (r: LineResult): number => r.servedWithin[WITHIN_S] as number;
