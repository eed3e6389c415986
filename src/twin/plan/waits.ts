// How long whoever finds `ahead` people before them in M/M/n+M has to wait: a sum of exponentials with rates n mu + i
// theta, i from 0 to `ahead` (Whitt 1999, "Predicting queueing delays"). Its mean is the estimator QLm, exact for that
// line (Ibrahim and Whitt 2009).

/** Mean wait of the place that has `ahead` before it. */
export function qlm(n: number, mu: number, theta: number, ahead: number): number {
  let sum = 0;
  for (let i = 0; i <= ahead; i += 1) sum += 1 / (n * mu + i * theta);
  return sum;
}

export function qlmVariance(n: number, mu: number, theta: number, ahead: number): number {
  let sum = 0;
  for (let i = 0; i <= ahead; i += 1) sum += 1 / (n * mu + i * theta) ** 2;
  return sum;
}

/**
 * The chance that this wait is at most t. With theta > 0 the rates n mu + i theta are those of the least of ahead + 1
 * ... order statistics, so that the sum is distributed as a negative binomial in disguise: P(W > t) is the chance that at
 * most `ahead` of the line's deaths have come by t. By the pure death process from ahead + 1 to 0, which is a product of
 * binomials when n mu is a whole multiple of theta; in general by the regularised incomplete beta function
 * P(W <= t) = I(1 - exp(-theta t); ahead + 1, n mu / theta). With theta = 0 it is Erlang's law.
 */
export function waitWithin(n: number, mu: number, theta: number, ahead: number, t: number): number {
  if (t <= 0) return 0;
  const shape = ahead + 1;
  if (theta === 0) return erlangWithin(shape, n * mu * t);
  return beta(-Math.expm1(-theta * t), shape, (n * mu) / theta);
}

/** P(X <= x) of a sum of `shape` exponentials of rate 1, by the tail of a Poisson law. */
function erlangWithin(shape: number, x: number): number {
  let log = -x;
  let tail = Math.exp(log);
  for (let k = 1; k < shape; k += 1) {
    log += Math.log(x / k);
    tail += Math.exp(log);
  }
  return Math.max(0, 1 - tail);
}

/** The regularised incomplete beta function I(x; a, b), by its continued fraction (Abramowitz and Stegun 26.5.8). */
function beta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * fraction(x, a, b)) / a
    : 1 - (front * fraction(1 - x, b, a)) / b;
}

const TINY = 1e-300;
const CLOSE = 1e-14;
const TERMS_MAX = 100_000;

/** Evaluated from the front (Lentz 1976). */
function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / guarded(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < TERMS_MAX; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guarded(1 + even * d);
    c = guarded(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guarded(1 + odd * d);
    c = guarded(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < CLOSE) break;
  }
  return value;
}

function guarded(x: number): number {
  return Math.abs(x) < TINY ? TINY : x;
}

/** Lanczos 1964, g = 7, nine terms: fifteen digits. */
function logGamma(z: number): number {
  const x = z - 1;
  const t = x + 7.5;
  let sum = 0.9999999999998099;
  for (const [i, c] of LANCZOS.entries()) sum += c / (x + i + 1);
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum);
}

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];
