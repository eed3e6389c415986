// Closed forms of one line with n equal agents and Poisson arrivals: Erlang B (nobody waits), C (everybody waits), A
// (people give up after an exponential patience), and A with a finite waiting room. Birth and death, in log space where a
// power or a factorial would leave the range of numbers. Rates in one unit of time of the caller's choice.

import { assert } from '../../core/assert.ts';

/**
 * Blocked share of M/G/n/n with offered load `a` = lambda / mu, by B(0) = 1, B(k) = a B(k-1) / (k + a B(k-1)) (Erlang
 * 1917; Jagerman 1974). Whatever the law of the handle time.
 */
export function erlangB(n: number, a: number): number {
  assert(Number.isInteger(n) && n >= 0 && a >= 0, 'agents are counted, and a load is not negative');
  let blocked = 1;
  for (let k = 1; k <= n; k += 1) blocked = (a * blocked) / (k + a * blocked);
  return blocked;
}

/** Share that waits in M/M/n, C = B / (1 - rho (1 - B)) (Erlang 1917); 1 where the line is not stable. */
export function erlangC(n: number, a: number): number {
  if (a >= n) return 1;
  const blocked = erlangB(n, a);
  return blocked / (1 - (a / n) * (1 - blocked));
}

/** M/M/n. `mu`: rate of service of one agent. Infinite waits where the line is not stable. */
export function erlangCFigures(n: number, lambda: number, mu: number) {
  const delayed = erlangC(n, lambda / mu);
  const spare = n * mu - lambda;
  const waitMean = spare > 0 ? delayed / spare : Number.POSITIVE_INFINITY;
  return {
    delayedShare: delayed,
    waitMean,
    queueMean: lambda * waitMean,
    utilisation: Math.min(1, lambda / (n * mu)),
    /** Served within t of entry. */
    within: (t: number) => 1 - delayed * Math.exp(-spare * t),
  };
}

export type ErlangA = {
  /** Found no free agent, the refused included / arrivals. */
  readonly delayedShare: number;
  /** Found no waiting place either / arrivals. */
  readonly refusedShare: number;
  readonly abandonedShare: number;
  /** From entry to agent or to giving up, of those who entered. */
  readonly waitMean: number;
  readonly queueMean: number;
  readonly utilisation: number;
};

/**
 * M/M/n/n+room + M: patience exponential with rate `theta` (0: nobody gives up), `room` waiting places (left out: no
 * limit). Stationary law of birth and death: up with lambda, down with min(k, n) mu + (k - n)+ theta (Palm 1957;
 * Garnett, Mandelbaum, Reiman 2002).
 */
export function erlangA(n: number, lambda: number, mu: number, theta: number, room?: number): ErlangA {
  assert(room !== undefined || theta > 0 || lambda < n * mu, 'a line that grows for ever has no averages');
  const logs = stationaryLogs(n, lambda, mu, theta, room);
  const most = logs.reduce((a, b) => Math.max(a, b));
  let sum = 0;
  let busy = 0;
  let queue = 0;
  let delayed = 0;
  for (let k = 0; k < logs.length; k += 1) {
    const weight = Math.exp((logs[k] as number) - most);
    sum += weight;
    busy += Math.min(k, n) * weight;
    queue += Math.max(0, k - n) * weight;
    if (k >= n) delayed += weight;
  }
  const refused = room === undefined ? 0 : Math.exp((logs.at(-1) as number) - most) / sum;
  const queueMean = queue / sum;
  const entering = lambda * (1 - refused);
  return {
    delayedShare: delayed / sum,
    refusedShare: refused,
    abandonedShare: (theta * queueMean) / lambda,
    waitMean: queueMean / entering,
    queueMean,
    utilisation: busy / sum / n,
  };
}

/** Beyond this below the largest, a state weighs nothing. */
const NEGLIGIBLE = 60;
const STATES_MAX = 20_000_000;

/** Logs of the unnormed weights of k = 0, 1, ... people. */
function stationaryLogs(n: number, lambda: number, mu: number, theta: number, room?: number): number[] {
  const last = room === undefined ? STATES_MAX : n + room;
  const logs = [0];
  // Of those states in which somebody waits: they count even where the whole of them is next to nothing.
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 1; k <= last; k += 1) {
    const down = Math.min(k, n) * mu + Math.max(0, k - n) * theta;
    const log = (logs[k - 1] as number) + Math.log(lambda / down);
    logs.push(log);
    if (k >= n) most = Math.max(most, log);
    if (room === undefined && k > n && down > lambda && log < most - NEGLIGIBLE) break;
  }
  return logs;
}
