// The phases of a line as they really were in force: what an earlier configuration said until the next came, what the
// next says from then on. A configuration leaves out what is long over; reports of last year still need it.

import type { OfferPhase } from '../../core/configuration.ts';

export function mergedPhases(
  known: readonly OfferPhase[],
  fresh: readonly OfferPhase[],
  at: number,
): readonly OfferPhase[] {
  if (known.length === 0) return joined(fresh);
  const past = known
    .filter(({ fromAt }) => fromAt < at)
    .map((phase) => ({ ...phase, toAt: Math.min(phase.toAt, at) }));
  const future = fresh
    .filter(({ toAt }) => toAt > at)
    .map((phase) => ({ ...phase, fromAt: Math.max(phase.fromAt, at) }));
  return joined([...past, ...future]);
}

/** Those that follow one another without a gap and say the same are one: a phase with a cap is cut into days. */
function joined(phases: readonly OfferPhase[]): readonly OfferPhase[] {
  const all: OfferPhase[] = [];
  for (const phase of phases) {
    const last = all.at(-1);
    const isSame =
      last !== undefined &&
      last.toAt === phase.fromAt &&
      last.sharePermille === phase.sharePermille &&
      last.perDayMax === phase.perDayMax;
    if (isSame) all[all.length - 1] = { ...last, toAt: phase.toAt };
    else all.push(phase);
  }
  return all;
}
