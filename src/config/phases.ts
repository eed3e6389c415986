// From the owners' phases to the core's: each lasts until the next begins, a pause is a gap, and a phase with a cap a
// day is cut into the days of the line, because the core counts what was accepted since the phase began.

import type { OfferPhase } from '../core/configuration.ts';
import type { PhaseFile } from './callback-schema.ts';
import type { Horizon } from './hours.ts';
import { addDays, dateAt, type LocalDays } from './local-time.ts';

/** Phases that are over before the stretch begins are left out; days with a cap are worked out within it only. */
export function offerPhases(phases: readonly PhaseFile[], days: LocalDays, horizon: Horizon): OfferPhase[] {
  return phases.flatMap((phase, i): OfferPhase[] => {
    const next = phases[i + 1];
    const fromAt = days.instantOf(phase.from);
    const toAt = next === undefined ? Number.MAX_SAFE_INTEGER : days.instantOf(next.from);
    if (phase.pause === true || toAt <= horizon.fromAt) return [];
    const whole = { fromAt, toAt, sharePermille: Math.round((phase.share ?? 1) * 1_000) };
    if (phase.perDayMax === undefined) return [{ ...whole, perDayMax: null }];
    return byDay({ ...whole, perDayMax: phase.perDayMax }, days, horizon);
  });
}

function byDay(phase: OfferPhase, days: LocalDays, horizon: Horizon): OfferPhase[] {
  const cut: OfferPhase[] = [];
  const beginsAt = Math.max(phase.fromAt, horizon.fromAt);
  const endsAt = Math.min(phase.toAt, horizon.toAt);
  for (let date = dateAt(beginsAt, days.timeZone); ; date = addDays(date, 1)) {
    const day = days.day(date);
    if (day.fromAt >= endsAt) return cut;
    const fromAt = Math.max(day.fromAt, phase.fromAt);
    const toAt = Math.min(day.toAt, phase.toAt);
    if (fromAt < toAt) cut.push({ ...phase, fromAt, toAt });
  }
}
