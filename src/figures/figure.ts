// What a figure is: names, formula, columns, and how its value and interval come of a cell's counts. One definition for
// live numbers, reports, API, CSV and note. A value is rounded here, once, so that it is the same number wherever it is
// shown. No case gives no value; one case gives a value and no interval.

import { type Bounds, meanBounds, newcombe, type Sample, sampleOf, welch, wilson } from './bounds.ts';
import { type Column, type Counts, sumOf, type Term } from './column.ts';

export type Words = { readonly en: string; readonly fr: string };

/** How the value comes of the columns. */
export type Measure =
  /** Cases of `of` among `among`: both counts, the first part of the second. Wilson. */
  | { readonly kind: 'share'; readonly of: readonly Term[]; readonly among: readonly Term[] }
  /** Cases alone. No interval: they were counted, not sampled. */
  | { readonly kind: 'count'; readonly of: readonly Term[] }
  /** Time for each case. With squares an interval by Student's t; else none. */
  | {
      readonly kind: 'mean';
      readonly ms: readonly Term[];
      readonly squares: Column | null;
      readonly among: readonly Term[];
    }
  /** Points for each case, on a scale without a unit. Student's t. */
  | {
      readonly kind: 'score';
      readonly points: readonly Term[];
      readonly squares: Column;
      readonly among: readonly Term[];
    }
  /** Time in one state of all time; no interval, since moments are no cases. */
  | { readonly kind: 'ratio'; readonly ms: readonly Term[]; readonly among: readonly Term[] }
  /** The first mean less the second. Welch. */
  | { readonly kind: 'difference'; readonly a: SampledMeasure; readonly b: SampledMeasure };

export type MeanMeasure = Extract<Measure, { kind: 'mean' }>;
export type ScoreMeasure = Extract<Measure, { kind: 'score' }>;
/** What has a mean and a variance; a difference is between two of one kind. */
export type SampledMeasure = MeanMeasure | ScoreMeasure;

export type Figure = {
  readonly id: string;
  readonly name: Words;
  readonly formula: Words;
  readonly measure: Measure;
  /** What must be known to read it rightly. */
  readonly caveat?: Words;
  /** For targets: reached from this side. Left out: no target is meant. */
  readonly better?: 'more' | 'less';
};

export type Unit = 'share' | 'ms' | 'cases' | 'score';

export type Method = 'wilson' | 'student' | 'welch' | 'newcombe' | 'none';

/** A figure of some cells. `value` and bounds: a share from 0 to 1, whole ms, cases, or points to three places; null: there is none. */
export type Estimate = {
  readonly figure: string;
  readonly unit: Unit;
  readonly value: number | null;
  /** Cases behind it: the denominator of a share, the cases of a mean. Of a difference, the smaller side's. */
  readonly n: number;
  /** Cases of a share that count. */
  readonly cases: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly method: Method;
};

export function unitOfFigure(figure: Figure): Unit {
  const { measure } = figure;
  const kind = measure.kind === 'difference' ? measure.a.kind : measure.kind;
  if (kind === 'count') return 'cases';
  if (kind === 'score') return 'score';
  return kind === 'share' || kind === 'ratio' ? 'share' : 'ms';
}

/** Which interval it gets where there are cases enough. */
export function methodOf({ measure }: Figure): Method {
  switch (measure.kind) {
    case 'share':
      return 'wilson';
    case 'mean':
      return measure.squares === null ? 'none' : 'student';
    case 'score':
      return 'student';
    case 'difference':
      return 'welch';
    case 'count':
    case 'ratio':
      return 'none';
  }
}

export function columnsOf({ measure }: Figure): readonly Term[] {
  switch (measure.kind) {
    case 'share':
      return [...measure.of, ...measure.among];
    case 'count':
      return measure.of;
    case 'ratio':
      return [...measure.ms, ...measure.among];
    case 'mean':
    case 'score':
      return columnsOfSample(measure);
    case 'difference':
      return [...columnsOfSample(measure.a), ...columnsOfSample(measure.b)];
  }
}

function columnsOfSample(measure: SampledMeasure): readonly Term[] {
  if (measure.kind === 'score') return [...measure.points, ...measure.among, measure.squares];
  const { ms, squares, among } = measure;
  return squares === null ? [...ms, ...among] : [...ms, ...among, squares];
}

export function estimate(figure: Figure, counts: Readonly<Counts>): Estimate {
  const { measure } = figure;
  switch (measure.kind) {
    case 'share': {
      const cases = sumOf(counts, measure.of);
      const n = sumOf(counts, measure.among);
      return made(figure, n, n === 0 ? null : cases / n, wilson(cases, n), cases);
    }
    case 'count': {
      const cases = sumOf(counts, measure.of);
      return made(figure, cases, cases, null);
    }
    case 'ratio': {
      const n = sumOf(counts, measure.among);
      return made(figure, n, n === 0 ? null : sumOf(counts, measure.ms) / n, null);
    }
    case 'mean':
    case 'score': {
      const sample = sampleIn(measure, counts);
      const interval = measure.squares === null ? null : meanBounds(sample);
      return made(figure, sample.n, sample.n === 0 ? null : sample.mean, interval);
    }
    case 'difference': {
      const a = sampleIn(measure.a, counts);
      const b = sampleIn(measure.b, counts);
      const n = Math.min(a.n, b.n);
      return made(figure, n, n === 0 ? null : a.mean - b.mean, welch(a, b));
    }
  }
}

/** The same figure of two groups, the first less the second: of English less French, of after less before. */
export function gap(figure: Figure, a: Readonly<Counts>, b: Readonly<Counts>): Estimate | null {
  const { measure } = figure;
  if (measure.kind === 'share') {
    const [casesA, nA] = [sumOf(a, measure.of), sumOf(a, measure.among)];
    const [casesB, nB] = [sumOf(b, measure.of), sumOf(b, measure.among)];
    const value = nA === 0 || nB === 0 ? null : casesA / nA - casesB / nB;
    const interval = newcombe(casesA, nA, casesB, nB);
    return { ...made(figure, Math.min(nA, nB), value, interval), method: 'newcombe' };
  }
  if (measure.kind === 'score' || (measure.kind === 'mean' && measure.squares !== null)) {
    const [sampleA, sampleB] = [sampleIn(measure, a), sampleIn(measure, b)];
    const n = Math.min(sampleA.n, sampleB.n);
    const value = n === 0 ? null : sampleA.mean - sampleB.mean;
    return { ...made(figure, n, value, welch(sampleA, sampleB)), method: 'welch' };
  }
  return null;
}

const DS = 100;

function sampleIn(measure: SampledMeasure, counts: Readonly<Counts>): Sample {
  if (measure.kind === 'score')
    return sampleOf(
      sumOf(counts, measure.among),
      sumOf(counts, measure.points),
      counts[measure.squares] ?? 0,
    );
  const { ms, squares, among } = measure;
  const n = sumOf(counts, among);
  const { mean, variance } = sampleOf(
    n,
    sumOf(counts, ms) / DS,
    squares === null ? 0 : (counts[squares] ?? 0),
  );
  return { n, mean: mean * DS, variance: variance * DS * DS };
}

const SHARE_STEPS = 1e6;
const SCORE_STEPS = 1e3;

function made(
  figure: Figure,
  n: number,
  value: number | null,
  interval: Bounds | null,
  cases: number | null = null,
): Estimate {
  const unit = unitOfFigure(figure);
  const rounded = (x: number | null | undefined): number | null => {
    if (x === null || x === undefined) return null;
    const steps = unit === 'share' ? SHARE_STEPS : unit === 'score' ? SCORE_STEPS : 1;
    const whole = Math.round(x * steps) / steps;
    return whole === 0 ? 0 : whole; // never minus nought
  };
  return {
    figure: figure.id,
    unit,
    value: rounded(value),
    n,
    cases,
    low: rounded(interval?.low),
    high: rounded(interval?.high),
    method: methodOf(figure),
  };
}
