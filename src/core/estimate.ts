// How long will it be? QLm: the wait of a place with `ahead` before it is a sum of exponentials with rates
// n mu + i theta, i = 0..ahead (M/M/n+M; Whitt 1999, Ibrahim and Whitt 2009). Its mean and variance are sums, told as
// a range in round minutes. Who is signed in now, as their shifts go on, and what the line has learnt
// of itself (experience.ts). All times in ms.

export type WaitModel = {
  /** Agents at work for this line and language. */
  readonly agents: number;
  readonly handleMs: number;
  readonly patienceMs: number;
  readonly ahead: number;
  /** Of 1000 places ahead so many hold, and may give up; 1000 when left out. */
  readonly leavingPermille?: number;
  /** How the number of agents changes by their shifts: from so many ms on, so many. None when left out. */
  readonly capacityLater?: readonly { readonly fromAt: number; readonly agents: number }[];
};

export type Quote = { readonly meanMs: number; readonly minMinutes: number; readonly maxMinutes: number };

const EXACT_TERMS = 256;
/** 10th and 90th percentile of a normal distribution; the sum of many exponentials is close to one. */
const Z_80 = 1.2816;
const MINUTE = 60_000;

/** Mean (ms) and variance (ms^2) of the wait; the mean of QLm. `agents` and `handleMs` must be above 0. */
export function waitMoments(model: WaitModel): { meanMs: number; variance: number } {
  const serviceRate = model.agents / model.handleMs;
  const leaveRate = (model.leavingPermille ?? 1000) / 1000 / model.patienceMs || Number.MIN_VALUE;
  let meanMs = 0;
  let variance = 0;
  const exact = Math.min(model.ahead + 1, EXACT_TERMS);
  for (let i = 0; i < exact; i += 1) {
    const stageMs = 1 / (serviceRate + i * leaveRate);
    meanMs += stageMs;
    variance += stageMs * stageMs;
  }
  if (model.ahead + 1 > exact) {
    // The rest by Euler-Maclaurin, first two terms: an error under 1e-6 of the sum from the 256th term on.
    const low = serviceRate + exact * leaveRate;
    const high = serviceRate + model.ahead * leaveRate;
    meanMs += Math.log(high / low) / leaveRate + (1 / low + 1 / high) / 2;
    variance += (1 / low - 1 / high) / leaveRate + (1 / (low * low) + 1 / (high * high)) / 2;
  }
  return { meanMs, variance };
}

/**
 * The wait stretched or shortened by shifts that begin and end meanwhile: as many agent-hours are needed as before, and
 * they come as the seats are filled. The spread goes with the mean. An empty desk serves nobody until it is filled.
 */
function lookAhead(
  model: WaitModel,
  still: { meanMs: number; variance: number },
): { meanMs: number; variance: number } {
  let needed = still.meanMs * model.agents;
  let fromMs = 0;
  let { agents } = model;
  for (const change of model.capacityLater ?? []) {
    const spanMs = Math.max(0, change.fromAt - fromMs);
    if (needed <= spanMs * agents) break;
    needed -= spanMs * agents;
    fromMs = Math.max(fromMs, change.fromAt);
    agents = change.agents;
  }
  if (agents === 0) return { meanMs: Number.MAX_SAFE_INTEGER / 1e6, variance: 1 };
  const meanMs = fromMs + needed / agents;
  const stretch = still.meanMs === 0 ? 1 : meanMs / still.meanMs;
  return { meanMs, variance: still.variance * stretch * stretch };
}

/** The range told to the caller, rounded outwards to whole minutes; null when nobody is there to serve. */
export function quoteOf(model: WaitModel): Quote | null {
  if (model.agents <= 0) return null;
  const { meanMs, variance } = lookAhead(model, waitMoments(model));
  const spreadMs = Z_80 * Math.sqrt(variance);
  const minMinutes = Math.max(0, Math.floor((meanMs - spreadMs) / MINUTE));
  const maxMinutes = Math.max(minMinutes + 1, Math.ceil((meanMs + spreadMs) / MINUTE));
  return { meanMs: Math.round(meanMs), minMinutes, maxMinutes };
}

/**
 * The chance, in 1000, that the wait ends within `limitMs`: the sum of many exponentials is close to normal; its
 * distribution by Abramowitz and Stegun 7.1.26 (error under 2e-7).
 */
export function chanceWithin(model: WaitModel, limitMs: number): number {
  if (model.agents <= 0 || limitMs <= 0) return 0;
  const { meanMs, variance } = lookAhead(model, waitMoments(model));
  const z = (limitMs - meanMs) / Math.sqrt(variance);
  return Math.round(1000 * normalDistribution(z));
}

function normalDistribution(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const tail =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) *
    Math.exp(-x * x);
  return z >= 0 ? 1 - tail / 2 : tail / 2;
}
