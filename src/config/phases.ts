// From the owners' phases to the core's: each lasts until the next begins, and a pause is a gap. The days of the line, by
// which a cap a day counts, are worked out apart: a phase that changes at noon, or a break for lunch, begins no new day.

import type { OfferPhase, Span } from '../core/configuration.ts';
import type { PhaseFile } from './callback-schema.ts';
import type { Horizon } from './hours.ts';
import { addDays, dateAt, type LocalDays } from './local-time.ts';

/** Phases that are over before the stretch begins are left out. */
export function offerPhases(phases: readonly PhaseFile[], days: LocalDays, horizon: Horizon): OfferPhase[] {
  return phases.flatMap((phase, i): OfferPhase[] => {
    const next = phases[i + 1];
    const fromAt = days.instantOf(phase.from);
    const toAt = next === undefined ? Number.MAX_SAFE_INTEGER : days.instantOf(next.from);
    if (phase.pause === true || toAt <= horizon.fromAt) return [];
    const sharePermille = Math.round((phase.share ?? 1) * 1_000);
    return [{ fromAt, toAt, sharePermille, perDayMax: phase.perDayMax ?? null }];
  });
}

/** The days of the line within the stretch, as its clock has them; none where no phase has a cap a day. */
export function cappedDays(phases: readonly PhaseFile[], days: LocalDays, horizon: Horizon): Span[] {
  if (phases.every(({ perDayMax }) => perDayMax === undefined)) return [];
  const all: Span[] = [];
  for (let date = dateAt(horizon.fromAt, days.timeZone); ; date = addDays(date, 1)) {
    const { fromAt, toAt } = days.day(date);
    if (fromAt >= horizon.toAt) return all;
    all.push({ fromAt, toAt });
  }
}
