// A fact as others may have it: of each kind the fields that are named here, and no other. What is not named are keys of
// numbers, what was keyed, the code that an agent says, ids of Asterisk's, and a configuration's inside, which has keys of
// numbers too. A new kind of fact does not compile until it stands here, and a new field does not leave by itself.

import type { Fact, FactType } from '../core/fact.ts';

export type PublicFact = { readonly type: Fact['type']; readonly v: number } & Readonly<
  Record<string, unknown>
>;

type FieldOf<One> = One extends unknown ? Exclude<keyof One, 'type' | 'v'> : never;
type Fields = { readonly [Type in FactType]: readonly FieldOf<Extract<Fact, { type: Type }>>[] };

export const PUBLIC_FIELDS: Fields = {
  'centre.configured': ['hash', 'by', 'because'],
  // ---- the caller's call
  'call.arrived': ['call', 'line'],
  'call.language_chosen': ['call', 'language'],
  'call.line_chosen': ['call', 'line'],
  'call.marked_relay': ['call'],
  'call.agent_asked': ['call'],
  'call.refused': ['call', 'code'],
  'call.connected': ['call', 'place', 'agent'],
  'call.ended': ['call', 'by'],
  'dialogue.asked': ['call', 'step', 'round', 'playback', 'because'],
  'dialogue.key_entered': ['call'],
  'dialogue.began': ['call'],
  'dialogue.heard': ['call'],
  'dialogue.number_given': ['call'],
  'client.recognised': ['call', 'callback'],
  'client.not_recognised': ['call', 'callback'],
  // ---- the place in line
  'place.taken': ['place', 'call', 'line', 'language', 'priority', 'entry', 'overflow'],
  'wait.quoted': ['place', 'ahead', 'meanMs', 'minMinutes', 'maxMinutes', 'worseBecause'],
  'wait.unknown': ['place', 'ahead', 'worseBecause'],
  'place.returned': ['place', 'agent', 'cause'],
  'place.left': ['place', 'reason'],
  'place.prioritised': ['place', 'priority', 'reason', 'by'],
  'place.marked_relay': ['place', 'by'],
  'place.language_changed': ['place', 'language', 'by'],
  'place.rejoined': ['place', 'call'],
  'place.transferred': ['place', 'agent', 'line'],
  'place.handed_over': ['place', 'from', 'to'],
  'call.adopted': ['call', 'place', 'callback'],
  // ---- while client and agent talk
  'client.held': ['place', 'agent'],
  'client.retrieved': ['place', 'agent'],
  'consult.begun': ['place', 'by', 'agent', 'outside', 'isBlind'],
  'consult.permitted': ['place'],
  'consult.answered': ['place'],
  'consult.joined': ['place'],
  'consult.ended': ['place', 'cause'],
  // ---- the owners
  'switch.turned': ['name', 'line', 'on', 'reason', 'by'],
  'line.opened': ['line'],
  'line.closed': ['line'],
  'line.settled': ['line', 'finished', 'carried', 'expired', 'beyondCap'],
  'dials.held': ['untilAt'],
  'dials.freed': [],
  'number.barred': ['by'],
  'number.unbarred': ['by'],
  'person.erased': ['by'],
  // ---- the callback
  'callback.not_offered': ['place', 'code'],
  'callback.number_changed': ['callback', 'relay', 'by'],
  'callback.merged': ['callback', 'place', 'call', 'moved'],
  'callback.postponed': ['callback', 'untilAt', 'cause', 'by'],
  'callback.offered': ['place'],
  'callback.registered': ['callback', 'place', 'call', 'relay', 'closing'],
  'callback.asked_on_page': [
    ...(['callback', 'place', 'after', 'line', 'language', 'priority', 'entry'] as const),
    ...(['relay', 'closing'] as const),
  ],
  'callback.pending': ['callback'],
  'callback.due': ['callback'],
  'callback.retry_set': ['callback', 'untilAt'],
  'callback.connected': ['callback', 'attempt', 'agent'],
  'callback.parted': ['callback', 'agent', 'talkMs', 'afterClosing'],
  'callback.again_agreed': ['callback', 'agent', 'untilAt', 'with', 'by'],
  'callback.completed': ['callback', 'talkMs', 'afterClosing'],
  'callback.unreachable': ['callback', 'cause'],
  'callback.cancelled': ['callback', 'by'],
  'callback.expired': ['callback', 'cause'],
  'callback.outcome_told': ['callback', 'agent', 'outcome', 'noted', 'by'],
  // ---- the attempt
  'attempt.intended': ['attempt', 'callback', 'agent', 'n'],
  'attempt.permitted': ['attempt'],
  'attempt.voided': ['attempt', 'cause'],
  'attempt.ringing': ['attempt'],
  'attempt.answered': ['attempt'],
  'attempt.failed': ['attempt', 'cause'],
  // ---- the agent
  'agent.signed_in': ['agent', 'lines', 'languages', 'by'],
  'agent.signed_out': ['agent', 'by'],
  'agent.ready': ['agent', 'by'],
  'agent.not_ready': ['agent', 'reason', 'by'],
  'agent.shift_neared': ['agent'],
  'agent.next_chosen': ['agent', 'next', 'reason', 'by'],
  'agent.reserved': ['agent', 'place', 'leg', 'previewUntilAt'],
  'agent.rung': ['agent', 'by'],
  'agent.page_opened': ['agent'],
  'agent.page_lost': ['agent'],
  'agent.answered': ['agent', 'playback'],
  'agent.announced': ['agent', 'playback'],
  'agent.released': ['agent', 'by', 'toldBy', 'talked', 'playback'],
  'agent.wrap_up_started': ['agent', 'untilAt', 'by'],
  // ---- the survey and the tone: that it was asked and answered; what was answered is told by the figures, of many at once
  'survey.begun': ['place', 'of', 'call', 'callback', 'language', 'questions', 'untilAt'],
  'survey.asked': ['place', 'question', 'round', 'playback', 'because'],
  'survey.heard': ['place'],
  'survey.answered': ['place', 'question'],
  'survey.thanked': ['place', 'playback'],
  'survey.ended': ['place', 'by'],
  'tone.asked': [],
  'tone.felt': ['line', 'language', 'kind', 'value'],
  'telephony.lost': [],
  'telephony.resynced': ['alive'],
};

export function publicFact(fact: Fact): PublicFact {
  const { type, v } = fact;
  const fields = fact as unknown as Readonly<Record<string, unknown>>;
  const named = (PUBLIC_FIELDS[type] as readonly string[]).filter((name) => Object.hasOwn(fields, name));
  return { type, v, ...Object.fromEntries(named.map((name) => [name, fields[name]])) };
}
