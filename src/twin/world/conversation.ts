// Two people talk until one of them hangs up. What the house may have to go through meanwhile is no reason to part them,
// unless something befell their own call in that moment.

import type { FarEnd } from '../../telephony/far-side.ts';
import type { LineLeg } from '../../telephony/simulated/line-leg.ts';
import { hold } from '../checker.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';

/** What a fault makes the house believe may show as late as this. */
export const AFTERMATH_MS = 120_000;

/** Legs whose owners have left by their page: they gave the client to somebody else. */
const left = new WeakSet<LineLeg>();

export function leaveByPage(leg: LineLeg): void {
  left.add(leg);
}

export function hasLeftByPage(leg: LineLeg): boolean {
  return left.has(leg);
}

/** One end of a call is over; `other` is the leg of whom this end was talking with, if anybody. */
export function holdTogether(other: LineLeg | null, end: FarEnd, faults: FaultPlan): void {
  if (other === null || end.by === 'this_end' || !faults.isCalmFor(AFTERMATH_MS)) return;
  const hasLeft = other.over?.by === 'this_end' || hasLeftByPage(other);
  hold(hasLeft, 'L5', 'the house cut a conversation that neither end had left');
}
