// Opening, as spans of UTC computed ahead: the core asks what is open now, when it closes, when it opens again. Local
// times, DST and holidays are src/config's business; here they are numbers. Spans are half-open, sorted and apart.

import type { LineConfiguration, Span } from './configuration.ts';

/** The span that holds `at`, by binary search. */
export function spanAt(spans: readonly Span[], at: number): Span | null {
  let low = 0;
  let high = spans.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle] as Span;
    if (at < span.fromAt) high = middle - 1;
    else if (at >= span.toAt) low = middle + 1;
    else return span;
  }
  return null;
}

export function isOpenAt(spans: readonly Span[], at: number): boolean {
  return spanAt(spans, at) !== null;
}

/** The first instant at or after `at` that is open; null when there is none ahead. */
export function opensAt(spans: readonly Span[], at: number): number | null {
  const now = spanAt(spans, at);
  if (now !== null) return at;
  const next = spans.find((span) => span.fromAt > at);
  return next?.fromAt ?? null;
}

/** The first instant at or after `at` that is in both. */
export function opensInBoth(a: readonly Span[], b: readonly Span[], at: number): number | null {
  let from: number | null = at;
  // Each round moves on by a whole span of one of the two.
  for (let round = 0; round <= a.length + b.length && from !== null; round += 1) {
    const inA: number | null = opensAt(a, from);
    const inB: number | null = inA === null ? null : opensAt(b, inA);
    if (inB === null || inB === inA) return inB;
    from = inB;
  }
  return from;
}

/** The line's hours for a caller of this region. */
export function hoursFor(line: LineConfiguration, region: string | null): readonly Span[] {
  return line.openByRegion.find((r) => r.region === region)?.open ?? line.open;
}
