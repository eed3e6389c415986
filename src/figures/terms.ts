// Columns that belong together under one word: who asked, who was served, which callbacks have ended. Formulas are made of
// them, so that a word means the same in each.

import { type Column, INCOMPLETE_CAUSES, OFFER_REASONS, type Term } from './column.ts';

/** Asked for an agent, on the telephone or on the client's page; a repeat call that was merged with a callback is counted apart. */
export const ASKED_ONCE: readonly Term[] = ['asked', 'asked_by_page', '-merged'];
/** Reached an agent: held, came back to hold, or were called back. */
export const SERVED: readonly Term[] = [
  'answered_live',
  'rejoined_answered',
  'connected',
  '-transferred_connected', // who was answered before is served once
];
export const REGISTERED: readonly Term[] = [
  'registered',
  'rejoined_registered',
  'transferred_registered',
  'asked_by_page',
];
export const REFUSED: readonly Term[] = ['refused_full', 'refused_closed', 'refused_other'];
export const CANCELLED: readonly Term[] = [
  'cancelled_by_client',
  'cancelled_to_hold',
  'cancelled_never_call',
  'cancelled_by_centre',
];
/** Ended unserved by the hours, each way apart. */
export const EXPIRED: readonly Column[] = ['expired_closing', 'expired_carry_full', 'expired_no_opening'];
const NOT_THE_CLIENT = new Set(['number_refused', 'agent_lost']);
const INCOMPLETE: readonly Term[] = INCOMPLETE_CAUSES.map((cause): Term => `incomplete_${cause}`);
export const UNAVAILABLE: readonly Term[] = INCOMPLETE_CAUSES.filter(
  (cause) => !NOT_THE_CLIENT.has(cause),
).map((cause): Term => `incomplete_${cause}`);
export const ENDED_CALLBACKS: readonly Term[] = ['connected', ...INCOMPLETE, ...CANCELLED, ...EXPIRED];
/** Agreed calls again whose outcome is known. */
export const AGAIN_OVER: readonly Term[] = [
  'again_reached',
  'again_missed',
  'again_cancelled',
  'again_expired',
];
/** Callback was open on the line, and whether to offer one was asked. */
export const ELIGIBLE: readonly Term[] = [
  'offered',
  ...OFFER_REASONS.filter((reason) => reason !== 'not_begun' && reason !== 'offering_off').map(
    (reason): Term => `not_offered_${reason}`,
  ),
];
