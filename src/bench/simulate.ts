// How many calls the simulation makes in a second, the real core and all, and how many a bare loop makes that was written
// by hand for the same model: M/M/100+M, five per cent more work than the agents can do, patience twice the handle time.
// One processor; the two
// take turns, so that both see the same machine.

import { assert } from '../core/assert.ts';
import { Random } from '../twin/random.ts';
import { parseScenario } from '../twin/simulate/scenario.ts';
import { Simulation } from '../twin/simulate/simulation.ts';
import { bareLine } from './bare-line.ts';
import { rounded } from './spread.ts';

export type SimulateResult = {
  readonly calls: number;
  readonly callsPerSecond: number;
  readonly ceiling: number;
  readonly ratio: number;
  /** Of the simulation's own processor time, without what other programs took of the machine. */
  readonly callsPerProcessorSecond: number;
  /** Both count the same: abandoned of arrivals. */
  readonly abandonedShare: number;
  readonly bareAbandonedShare: number;
};

const CALLS = 1_000_000;
const ROUNDS = 5;
const AGENTS = 100;
const LOAD = 1.05;
const THETA = 0.5;
const HANDLE_S = 60;

function scenario(calls: number, seed: number): string {
  const exponential = (meanS: number) => ({ kind: 'exponential', meanS });
  return JSON.stringify({
    seed,
    stop: { calls },
    agents: [{ count: AGENTS, lines: ['main'] }],
    lines: {
      main: {
        arrivals: { kind: 'poisson', perHour: (AGENTS * LOAD * 3_600) / HANDLE_S },
        handle: exponential(HANDLE_S),
        patience: exponential(HANDLE_S / THETA),
      },
    },
  });
}

/** Time taken, of the clock and of this process alone. */
class Stopwatch {
  #wallMs = 0;
  #ownMs = 0;

  time<T>(work: () => T): T {
    const startedAt = performance.now();
    const before = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(before);
    this.#wallMs += performance.now() - startedAt;
    this.#ownMs += (user + system) / 1_000;
    return result;
  }

  perSecond(count: number): number {
    return (count * 1_000) / this.#wallMs;
  }

  perOwnSecond(count: number): number {
    return (count * 1_000) / this.#ownMs;
  }
}

export async function run(calls = CALLS, rounds = ROUNDS): Promise<SimulateResult> {
  const random = new Random(1);
  const simulated = new Stopwatch();
  const bare = new Stopwatch();
  const each = Math.ceil(calls / rounds);
  let abandoned = 0;
  let bareAbandoned = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { lines } = simulated.time(() => new Simulation(parseScenario(scenario(each, round))).run());
    abandoned += lines.main?.abandonedShare ?? 0;
    bareAbandoned += bare.time(() => bareLine(AGENTS, LOAD, THETA, calls, random)).abandonedShare;
  }
  assert(abandoned > 0, 'somebody gave up');
  const speed = simulated.perSecond(each * rounds);
  const ceiling = bare.perSecond(calls * rounds);
  return {
    calls: each * rounds,
    callsPerSecond: Math.round(speed),
    ceiling: Math.round(ceiling),
    ratio: rounded(speed / ceiling, 4),
    callsPerProcessorSecond: Math.round(simulated.perOwnSecond(each * rounds)),
    abandonedShare: rounded(abandoned / rounds, 4),
    bareAbandonedShare: rounded(bareAbandoned / rounds, 4),
  };
}

export function lines(result: SimulateResult): readonly string[] {
  return [
    `${result.callsPerSecond} calls a second; ${result.callsPerProcessorSecond} of its own processor time`,
    `a bare loop of the same model: ${result.ceiling} (ratio ${result.ratio})`,
    `gave up: ${result.abandonedShare}, in the bare loop ${result.bareAbandonedShare}`,
  ];
}
