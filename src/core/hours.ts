// Opening, as spans of UTC computed ahead: the core asks what is open now, when it closes, when it opens again. Local
// times, DST and holidays are src/config's business; here they are numbers. Spans are half-open, sorted and apart.

import type { LineConfiguration, Span } from './configuration.ts';

/** The span that holds `at`. Spans that touch are one: a line that is open over midnight does not close there. */
export function spanAt(spans: readonly Span[], at: number): Span | null {
  let first = lastBegun(spans, at);
  const span = spans[first];
  if (span === undefined || at >= span.toAt) return null;
  let last = first;
  while (spans[last + 1]?.fromAt === spans[last]?.toAt) last += 1;
  while (first > 0 && spans[first - 1]?.toAt === spans[first]?.fromAt) first -= 1;
  return first === last ? span : { fromAt: spans[first]?.fromAt ?? at, toAt: spans[last]?.toAt ?? at };
}

/** Index of the last span that has begun, by binary search; -1 before the first. */
function lastBegun(spans: readonly Span[], at: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as Span).fromAt <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The next span that begins after `at`. */
export function nextAfter(spans: readonly Span[], at: number): Span | undefined {
  return spans[lastBegun(spans, at) + 1];
}

/** When it last closed, for an instant that is not open; null before the first opening. */
export function closedSince(spans: readonly Span[], at: number): number | null {
  return spans[lastBegun(spans, at)]?.toAt ?? null;
}

/**
 * When the day of the line began, by which a cap a day counts. Where its days are not given (journals of earlier
 * releases): with the phase, which was one day of the calendar then.
 */
export function dayOf({ days, offer }: LineConfiguration, at: number): number {
  const day = days[lastBegun(days, at)];
  if (day !== undefined && at < day.toAt) return day.fromAt;
  return offer.phases.find((phase) => at >= phase.fromAt && at < phase.toAt)?.fromAt ?? 0;
}

export function isOpenAt(spans: readonly Span[], at: number): boolean {
  return spanAt(spans, at) !== null;
}

/** The first instant at or after `at` that is open; null when there is none ahead. */
export function opensAt(spans: readonly Span[], at: number): number | null {
  const begun = lastBegun(spans, at);
  if (at < (spans[begun]?.toAt ?? 0)) return at;
  return spans[begun + 1]?.fromAt ?? null;
}

/** The next instant in the middle of a closed time between two openings; null when there is none ahead. */
export function midClosedAt(spans: readonly Span[], at: number): number | null {
  for (let i = Math.max(0, lastBegun(spans, at)); i + 1 < spans.length; i += 1) {
    const endsAt = (spans[i] as Span).toAt;
    const nextAt = (spans[i + 1] as Span).fromAt;
    const middleAt = Math.ceil((endsAt + nextAt) / 2);
    if (nextAt > endsAt && middleAt > at) return middleAt;
  }
  return null;
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
