// M/M/n+G: one line, first come first served, whose callers are willing to hold for a time of any law (Baccelli and
// Hebuterne 1981; Zeltyn and Mandelbaum 2005, "Call centers with impatient customers"). A callback that keeps its place is
// this very line with a patience that some never lose: survival r + (1 - r) S(x), r the share who take the callback. All
// figures come from J(t), the integral from t of exp(lambda H(x) - n mu x), where H(x) is the integral of the survival.

import { assert } from '../../core/assert.ts';

/** H(x): the time that a caller who would have to wait x spends holding, on average. */
export type HeldTime = (x: number) => number;

/** Exponential patience with rate `theta`, of which the share `r` takes a callback and never leaves. */
export function virtualHold(r: number, theta: number): HeldTime {
  return theta === 0 ? (x) => x : (x) => r * x - ((1 - r) * Math.expm1(-theta * x)) / theta;
}

export type PatienceLine = {
  /** Found no free agent. */
  readonly delayedShare: number;
  readonly abandonedShare: number;
  /** What infinite patience would have waited, 0 where an agent was free. */
  readonly offeredWaitMean: number;
  /** Time to agent or to giving up, of all. */
  readonly waitMean: number;
  readonly queueMean: number;
  readonly utilisation: number;
  /** Share of arrivals who would have had to wait longer than t. */
  readonly beyond: (t: number) => number;
  /** The wait that this share of arrivals would not have had to exceed; 0 where an agent was free for so many. */
  readonly quantile: (share: number) => number;
  /** Mean of f(V) over arrivals, V what infinite patience would have waited; f(0) must be 0. */
  readonly meanOf: (f: (v: number) => number) => number;
};

/** Panels of the integral; each has eight points. */
const PANELS = 400;
/** Of the interval in which a quantile lies. */
const HALVINGS = 50;
/** Where the integrand is below exp(-40) of its largest, it is nothing. */
const DEPTH = 40;

export function patienceLine(n: number, lambda: number, mu: number, held: HeldTime): PatienceLine {
  const exponent = (x: number): number => lambda * held(x) - n * mu * x;
  const { peak, peakAt, end } = reach(exponent, 1 / (n * mu));
  const from = start(exponent, peak, peakAt);
  // E / (lambda J): from the balance of n or fewer people, in logs. Erlang B of n - 1 gives the sum over them.
  const logServed = logOfServed(n, lambda / mu);
  const weightOf = (x: number): number => Math.exp(exponent(x) - peak);
  const integral = (f: (x: number) => number, low = from): number =>
    low >= end ? 0 : gauss((x) => f(x) * weightOf(x), low, end);
  const whole = integral(() => 1);
  const scale = 1 / (Math.exp(logServed - peak) + lambda * whole);
  const delayedShare = lambda * whole * scale;
  const meanOf = (f: (v: number) => number): number => lambda * scale * integral(f);
  const beyond = (t: number): number => lambda * scale * integral(() => 1, Math.max(t, from));
  const waitMean = meanOf(held);
  const abandonedShare = (Math.exp(-peak) + (lambda - n * mu) * whole) * scale;
  return {
    delayedShare,
    abandonedShare,
    offeredWaitMean: meanOf((x) => x),
    waitMean,
    queueMean: lambda * waitMean,
    utilisation: (lambda * (1 - abandonedShare)) / (n * mu),
    beyond,
    quantile: (share) => {
      let [low, high] = [0, end];
      for (let i = 0; i < HALVINGS; i += 1) {
        const middle = (low + high) / 2;
        if (beyond(middle) > 1 - share) low = middle;
        else high = middle;
      }
      return low;
    },
    meanOf,
  };
}

/** log of the sum for i < n of a^i / i!, over a^(n-1) / (n-1)!: which is 1 / B(n - 1, a). */
function logOfServed(n: number, a: number): number {
  // 1/B(k) = 1 + (k / a) / B(k-1): in logs, for loads at which B is smaller than any number.
  let log = 0;
  for (let k = 1; k < n; k += 1) log = Math.log1p(Math.exp(log + Math.log(k / a)));
  return log;
}

/** Where the integrand is largest, and where it has become nothing. */
function reach(exponent: (x: number) => number, unit: number): { peak: number; peakAt: number; end: number } {
  let peak = 0;
  let peakAt = 0;
  let end = unit;
  for (let x = unit / 8; ; x *= 1.05) {
    const value = exponent(x);
    if (value > peak) {
      peak = value;
      peakAt = x;
    }
    end = x;
    if (value < peak - DEPTH) break;
    assert(x < 1e15 * unit, 'the line is stable: of those who wait enough give up, or are served');
  }
  return { peak, peakAt, end };
}

function start(exponent: (x: number) => number, peak: number, peakAt: number): number {
  let low = 0;
  let high = peakAt;
  if (exponent(0) > peak - DEPTH) return 0;
  for (let i = 0; i < 200; i += 1) {
    const middle = (low + high) / 2;
    if (exponent(middle) > peak - DEPTH) high = middle;
    else low = middle;
  }
  return low;
}

/** Gauss and Legendre, eight points on each panel. */
function gauss(f: (x: number) => number, low: number, high: number): number {
  const width = (high - low) / PANELS;
  let sum = 0;
  for (let panel = 0; panel < PANELS; panel += 1) {
    const middle = low + (panel + 0.5) * width;
    for (const [node, weight] of NODES) {
      sum += weight * (f(middle - (node * width) / 2) + f(middle + (node * width) / 2));
    }
  }
  return (sum * width) / 2;
}

/** Abramowitz and Stegun, table 25.4. */
const NODES = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
] as const;
