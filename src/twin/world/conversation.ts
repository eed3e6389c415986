// Two people talk until one of them hangs up. What the house may have to go through meanwhile is no reason to part them.

import type { FarEnd } from '../../telephony/far-side.ts';
import type { LineLeg } from '../../telephony/simulated/line-leg.ts';
import { hold } from '../checker.ts';

/** One end of a call is over; `other` is the leg of whom this end was talking with, if anybody. */
export function holdTogether(other: LineLeg | null, end: FarEnd): void {
  if (other === null || end.by === 'this_end') return;
  hold(other.over?.by === 'this_end', 'L5', 'the house cut a conversation that neither end had left');
}
