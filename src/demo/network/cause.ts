// How a call that we placed ended, from what Asterisk tells of its channel: the SIP answer when there was one, else
// the Q.850 cause.

import type { EndCause } from '../../core/input.ts';

export function classifyEnd(cause: number, sipAnswer: number): EndCause {
  switch (sipAnswer || cause) {
    case 404:
    case 1:
      return 'unallocated';
    case 486:
    case 600:
    case 17:
      return 'busy';
    case 603:
    case 21:
      return 'rejected';
    case 480:
    case 408:
    case 18:
    case 19:
      return 'no_answer';
    case 503:
    case 34:
    case 38:
    case 42:
      return 'congestion';
    case 16:
    case 32:
    case 200:
      return 'normal';
    default:
      return 'unknown';
  }
}
