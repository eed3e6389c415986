// What a decision is: facts, or a refusal with its code. Refusals are values; bugs are assertions.

import type { Fact, OfferRefusal } from './fact.ts';

export type RefusalCode =
  | 'agent.unknown'
  | 'agent.signed_out'
  | 'agent.no_wrap_up'
  | 'agent.line_unknown'
  | 'agent.language_unknown'
  | 'attempt.not_permitted'
  | 'agent.no_client'
  | 'agent.no_page'
  | 'agent.no_preview'
  | 'agent.outcome_told'
  | 'callback.unknown'
  | 'callback.again_full'
  | 'callback.ask_off'
  | 'callback.not_ended'
  | 'callback.attempts_spent'
  | 'callback.not_parted'
  | 'callback.outside_hours'
  | 'callback.time_past'
  | 'callback.too_far'
  | 'consult.begun'
  | 'consult.not_begun'
  | 'consult.not_answered'
  | 'callback.being_served'
  | 'callback.no_opening'
  | OfferRefusal
  | 'call.line_closed'
  | 'call.line_full'
  | 'callback.number_taken'
  | 'callback.language_unknown'
  | 'line.unknown'
  | 'place.unknown'
  | 'place.reason_unknown'
  | 'place.reason_full'
  | 'survey.answered'
  | 'survey.not_an_answer'
  | 'survey.not_asked'
  | 'survey.not_open'
  | 'switch.centre_only'
  | 'tone.given'
  | 'tone.not_asked'
  | 'transfer.agent_busy'
  | 'transfer.dialling_off'
  | 'transfer.line_closed'
  | 'transfer.line_full'
  | 'transfer.nobody_ready'
  | 'transfer.outside_unknown'
  | 'transfer.same_line'
  | 'centre.not_configured';

export type Refusal = { readonly refused: RefusalCode };
export type Decision = readonly Fact[] | Refusal;

export const NOTHING: readonly Fact[] = [];

export function isRefusal(decision: Decision): decision is Refusal {
  return !Array.isArray(decision);
}
