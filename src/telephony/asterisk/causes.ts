// How a leg ended, from what Asterisk says: the Q.850 cause (ITU-T Q.850 table 1), the SIP answer behind it, and whether
// it rang. A cause alone lies: 19 is said for a client who did not answer and for a trunk that is dead, and the answers
// 404, 603 and 480 all read "NOANSWER" in a dial status. Measured on Asterisk 22; the table is in the test.

import type { EndCause } from '../../core/input.ts';
import { FENCE_CAUSE } from './dialplan.ts';

export type LegEnd = {
  /** What the leg was for. A phone of ours that does not reply is unreachable, a trunk that does not is congestion. */
  readonly leg: 'call' | 'ring' | 'dial';
  readonly answered: boolean;
  /** The far phone said that it rings, or sent sound before an answer. */
  readonly rang: boolean;
  /** Q.850. */
  readonly cause: number;
  /** The SIP answer of the far end, 0 when there was none. */
  readonly sipStatus: number;
};

export function classifyEnd(end: LegEnd): EndCause {
  if (end.leg === 'call' || end.answered) return 'normal';
  if (end.cause === FENCE_CAUSE && end.leg === 'dial') return 'fence_refused';
  const silent = end.leg === 'ring' ? 'unreachable' : 'congestion';
  return bySip(end, silent) ?? byCause(end, silent);
}

/** RFC 3261 section 21: the far end's own word, where there is one, is nearer to the truth than its translation. */
function bySip(end: LegEnd, silent: EndCause): EndCause | undefined {
  switch (end.sipStatus) {
    case 486:
    case 600:
      return 'busy';
    case 603:
    case 403:
    case 433: // anonymity disallowed
    case 607: // unwanted
    case 608: // rejected by the network on the person's behalf
      return 'rejected';
    case 404:
    case 410:
    case 484:
    case 604:
      return end.leg === 'ring' ? 'unreachable' : 'unallocated';
    case 480:
      return 'no_answer';
    case 408:
      return end.rang ? 'no_answer' : silent;
    default:
      return end.sipStatus >= 500 && end.sipStatus < 600 ? silent : undefined;
  }
}

/** Q.850 causes, as Asterisk gives them where no SIP answer is known. */
function byCause(end: LegEnd, silent: EndCause): EndCause {
  switch (end.cause) {
    case 16: // normal clearing: we gave up ourselves
    case 18: // no user responding
    case 19: // no answer
      return end.rang ? 'no_answer' : silent;
    case 17:
      return 'busy';
    case 21:
      return 'rejected';
    case 1:
    case 22: // number changed
    case 28: // invalid number format
      return end.leg === 'ring' ? 'unreachable' : 'unallocated';
    case 3: // no route to destination
    case 20: // subscriber absent
    case 27: // destination out of order
    case 34: // no circuit
    case 38: // network out of order
    case 41: // temporary failure
    case 42: // switching congestion
    case 44: // circuit not available
    case 58: // bearer capability not available
      return silent;
    default:
      return 'unknown';
  }
}
