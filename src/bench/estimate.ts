// How wrong a caller is who believes what they are told on entry, against the wait that infinite patience would have had:
// the core's own quote, the best that could be said by whoever knew the true rates (QLm), Asterisk's app_queue (a running
// mean of the waits of those answered, in whole seconds, each new one worth a quarter), and the wait of whoever entered
// service last. Root mean square error over the mean wait, of all who had to wait, in three models of the literature.

import { parseScenario } from '../twin/simulate/scenario.ts';
import { Simulation } from '../twin/simulate/simulation.ts';
import type { Rival } from '../twin/simulate/watch.ts';
import { rounded } from './spread.ts';

type Model = {
  readonly name: string;
  readonly agents: number;
  readonly rho: number;
  /** Rate of giving up, in handle times. */
  readonly theta: number;
};

export type EstimateResult = {
  readonly calls: number;
  readonly models: readonly {
    readonly name: string;
    readonly rappel: number;
    readonly floor: number;
    readonly appQueue: number;
    readonly lastToEnter: number;
  }[];
};

const CALLS = 400_000;
const WARM_UP_HANDLE_TIMES = 20;
const HANDLE_S = 600;

const MODELS: readonly Model[] = [
  { name: 'M/M/100+M (rho 1.4 theta 1)', agents: 100, rho: 1.4, theta: 1 },
  { name: 'M/M/100+M (rho 1.1 theta .5)', agents: 100, rho: 1.1, theta: 0.5 },
  { name: 'M/M/400+M (rho 2.75 theta .7)', agents: 400, rho: 2.75, theta: 0.7 },
];

/** As `recalc_holdtime` of app_queue does. */
class AppQueue implements Rival {
  readonly name = 'app_queue';
  #holdS = 0;
  reached(waitMs: number): void {
    this.#holdS = (this.#holdS * 3 + Math.floor(waitMs / 1_000)) >> 2;
  }
  toldMs(): number {
    return this.#holdS * 1_000;
  }
}

class LastToEnter implements Rival {
  readonly name = 'last to enter service';
  #waitMs = 0;
  reached(waitMs: number): void {
    this.#waitMs = waitMs;
  }
  toldMs(): number {
    return this.#waitMs;
  }
}

export async function run(calls = CALLS, seed = 1): Promise<EstimateResult> {
  const models = MODELS.map((model) => {
    const simulation = new Simulation(parseScenario(scenario(model, calls, seed)), () => [
      new AppQueue(),
      new LastToEnter(),
    ]);
    const { quote } = simulation.run().lines.main as { quote: { rrmse: number; floor: number } };
    const [appQueue = 0, lastToEnter = 0] = simulation.rivalErrors();
    return {
      name: model.name,
      rappel: rounded(quote.rrmse, 4),
      floor: rounded(quote.floor, 4),
      appQueue: rounded(appQueue, 4),
      lastToEnter: rounded(lastToEnter, 4),
    };
  });
  return { calls, models };
}

function scenario({ agents, rho, theta }: Model, calls: number, seed: number): string {
  const exponential = (meanS: number) => ({ kind: 'exponential', meanS });
  return JSON.stringify({
    seed,
    stop: { calls },
    warmupCalls: Math.ceil(agents * rho * WARM_UP_HANDLE_TIMES),
    ghostShare: 1,
    agents: [{ count: agents, lines: ['main'] }],
    lines: {
      main: {
        arrivals: { kind: 'poisson', perHour: (agents * rho * 3_600) / HANDLE_S },
        handle: exponential(HANDLE_S),
        patience: exponential(HANDLE_S / theta),
      },
    },
  });
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`.padStart(8);

export function lines({ models, calls }: EstimateResult): readonly string[] {
  return [
    `relative error of the wait told on entry, ${calls} calls each`,
    `${''.padEnd(32)}${['Rappel', 'floor', 'app_q.', 'last in'].map((name) => name.padStart(8)).join('')}`,
    ...models.map(
      ({ name, rappel, floor, appQueue, lastToEnter }) =>
        `${name.padEnd(32)}${percent(rappel)}${percent(floor)}${percent(appQueue)}${percent(lastToEnter)}`,
    ),
  ];
}
