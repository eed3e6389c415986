// The chart of one attempt to reach a client: at most one INVITE, whatever crashes (law 4).
//
//   intended   -- attempt.permitted --> permitted   the fence was asked, and its answer is committed
//   intended   -- attempt.voided -->    voided      never permitted: nothing was dialled and nothing can be
//   permitted  -- attempt.ringing -->   ringing
//   permitted  -- attempt.answered -->  answered    some networks answer without ringing
//   permitted  -- attempt.failed -->    failed
//   ringing    -- attempt.answered -->  answered
//   ringing    -- attempt.failed -->    failed
//   answered   -- attempt.failed -->    failed      a voicemail, or gone before it was joined to the agent
//
// A crash between `permitted` and the INVITE uses up an attempt that never rang: the price of never calling twice.
// An attempt whose fate nobody knows fails with cause `unknown` and a quarantine; it is never tried "again".

import type { Chart } from './chart.ts';

export type AttemptState = 'intended' | 'permitted' | 'ringing' | 'answered' | 'failed' | 'voided';

export type AttemptFact =
  | 'attempt.permitted'
  | 'attempt.voided'
  | 'attempt.ringing'
  | 'attempt.answered'
  | 'attempt.failed';

export const attemptChart: Chart<AttemptState, AttemptFact> = {
  intended: { 'attempt.permitted': 'permitted', 'attempt.voided': 'voided' },
  permitted: { 'attempt.ringing': 'ringing', 'attempt.answered': 'answered', 'attempt.failed': 'failed' },
  ringing: { 'attempt.answered': 'answered', 'attempt.failed': 'failed' },
  answered: { 'attempt.failed': 'failed' },
  failed: {},
  voided: {},
};
