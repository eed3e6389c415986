// What befalls an INVITE over the trunk, and calls that are up: the answers of RFC 3261 (486, 480, 404, 484, 603, 503),
// ringing for ever, no reply at all, an answer in the same moment, a machine, a 200 that crosses our CANCEL, a BYE that
// is lost. Whom it concerns it does not know.

import type { CarrierTrouble, InviteTrouble } from '../../telephony/simulated/trouble.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { FaultKind } from './kinds.ts';

/** 484, address incomplete, is told as a number that is not assigned, as the real one's causes are read. */
const OF_INVITES: readonly (readonly [FaultKind, InviteTrouble])[] = [
  ['carrier.busy_486', 'busy'],
  ['carrier.unavailable_480', 'no_answer'],
  ['carrier.unallocated_404', 'unallocated'],
  ['carrier.incomplete_484', 'unallocated'],
  ['carrier.declined_603', 'rejected'],
  ['carrier.unavailable_503', 'congestion'],
  ['carrier.rings_then_nothing', 'rings_on'],
  ['carrier.no_reply', 'no_reply'],
  ['carrier.answers_at_once', 'answers_at_once'],
  ['carrier.machine', 'machine'],
];

export class CarrierFaults implements CarrierTrouble {
  readonly #plan: FaultPlan;

  constructor(plan: FaultPlan) {
    this.#plan = plan;
  }

  invite(): InviteTrouble {
    for (const [kind, trouble] of OF_INVITES) if (this.#plan.strikes(kind)) return trouble;
    return 'none';
  }

  losesBye(): boolean {
    return this.#plan.strikes('carrier.bye_lost');
  }

  hangsDial(): boolean {
    return this.#plan.strikes('asterisk.dial_hangs');
  }

  crossesCancel(): boolean {
    return this.#plan.strikes('carrier.answer_races_cancel');
  }
}
