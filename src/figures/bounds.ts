// Intervals of 95 %, in closed form: Wilson for a share, Newcombe (1998, method 10) for a difference of shares, Student's t
// for a mean, Welch for a difference of means. None from a single case. Pure arithmetic; it must not know what is counted.

export type Bounds = { readonly low: number; readonly high: number };

/** The 97.5th percentile of the normal distribution. */
const Z = 1.959963984540054;
/** Fewer cases than this give no interval. */
export const CASES_MIN = 2;

/** A share: `cases` of `n`. Stays within 0 and 1, also near the edges (Wilson 1927). */
export function wilson(cases: number, n: number): Bounds | null {
  if (n < CASES_MIN) return null;
  const share = cases / n;
  const z2 = (Z * Z) / n;
  const middle = (share + z2 / 2) / (1 + z2);
  const half = (Z * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n))) / (1 + z2);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** The first share less the second, from the Wilson interval of each. */
export function newcombe(casesA: number, nA: number, casesB: number, nB: number): Bounds | null {
  const a = wilson(casesA, nA);
  const b = wilson(casesB, nB);
  if (a === null || b === null) return null;
  const shareA = casesA / nA;
  const shareB = casesB / nB;
  const difference = shareA - shareB;
  return {
    low: difference - Math.hypot(shareA - a.low, b.high - shareB),
    high: difference + Math.hypot(a.high - shareA, shareB - b.low),
  };
}

/** What is known of a sample: how many, their mean, and the variance estimated from them. */
export type Sample = { readonly n: number; readonly mean: number; readonly variance: number };

export function sampleOf(n: number, sum: number, squares: number): Sample {
  if (n === 0) return { n, mean: 0, variance: 0 };
  const mean = sum / n;
  // Squares are kept in tenths of a second: rounding may leave a little less than nothing.
  const variance = n < CASES_MIN ? 0 : Math.max(0, (squares - n * mean * mean) / (n - 1));
  return { n, mean, variance };
}

export function meanBounds({ n, mean, variance }: Sample): Bounds | null {
  if (n < CASES_MIN) return null;
  const half = studentT(n - 1) * Math.sqrt(variance / n);
  return { low: mean - half, high: mean + half };
}

/** The first mean less the second, variances not taken to be equal (Welch 1947, Satterthwaite's degrees of freedom). */
export function welch(a: Sample, b: Sample): Bounds | null {
  if (a.n < CASES_MIN || b.n < CASES_MIN) return null;
  const partA = a.variance / a.n;
  const partB = b.variance / b.n;
  const whole = partA + partB;
  const difference = a.mean - b.mean;
  if (whole === 0) return { low: difference, high: difference };
  const freedom = whole ** 2 / (partA ** 2 / (a.n - 1) + partB ** 2 / (b.n - 1));
  const half = studentT(freedom) * Math.sqrt(whole);
  return { low: difference - half, high: difference + half };
}

/**
 * The 97.5th percentile of Student's t, degrees of freedom rounded down (a little wider, never narrower). Exact for one
 * and two; beyond, the expansion of Abramowitz and Stegun 26.7.5, within 0.15 % at three and closer after.
 */
export function studentT(freedom: number): number {
  const v = Math.max(1, Math.floor(freedom));
  if (v === 1) return 12.706204736432095;
  if (v === 2) return 4.302652729911275;
  const z3 = Z ** 3;
  const z5 = Z ** 5;
  const z7 = Z ** 7;
  const z9 = Z ** 9;
  return (
    Z +
    (z3 + Z) / (4 * v) +
    (5 * z5 + 16 * z3 + 3 * Z) / (96 * v ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * Z) / (384 * v ** 3) +
    (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * Z) / (92160 * v ** 4)
  );
}
