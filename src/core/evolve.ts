// evolve(state, fact, at): the only place where the state changes. It never decides and never refuses: a fact that
// does not fit a chart is a bug. A replay of the journal calls the same function, so it must need nothing but the fact.

import { must } from './assert.ts';
import { evolveAgent } from './evolve-agent.ts';
import { evolveCall } from './evolve-call.ts';
import { evolveCallback } from './evolve-callback.ts';
import { evolveTalk } from './evolve-consult.ts';
import { evolveOwner } from './evolve-owner.ts';
import { evolvePage } from './evolve-page.ts';
import { evolveSurvey } from './evolve-survey.ts';
import type { Fact, FactOf, FactType } from './fact.ts';
import type { State } from './state.ts';

/** Where each fact belongs. A table: this is asked for every fact of every journal. */
const rooms: { readonly [T in FactType]: (state: State, fact: FactOf<T>, at: number) => void } = {
  'centre.configured': evolveOwner,
  'switch.turned': evolveOwner,
  'line.opened': evolveOwner,
  'line.closed': evolveOwner,
  'line.settled': evolveOwner,
  'dials.held': evolveOwner,
  'dials.freed': evolveOwner,
  'number.barred': evolveOwner,
  'number.unbarred': evolveOwner,
  'person.erased': evolveOwner,
  'place.prioritised': evolveOwner,
  'place.language_changed': evolveOwner,
  'place.marked_relay': evolveOwner,
  'telephony.resynced': (state) => {
    state.telephonyUp = true;
  },
  'telephony.lost': (state) => {
    state.telephonyUp = false;
  },
  'agent.signed_in': evolveAgent,
  'agent.signed_out': evolveAgent,
  'agent.ready': evolveAgent,
  'agent.not_ready': evolveAgent,
  'agent.next_chosen': evolveAgent,
  'agent.shift_neared': evolveAgent,
  'agent.reserved': evolveAgent,
  'agent.rung': evolveAgent,
  'agent.page_opened': evolvePage,
  'agent.page_lost': evolvePage,
  'callback.outcome_told': evolvePage,
  'agent.answered': evolveAgent,
  'agent.announced': evolveAgent,
  'agent.released': evolveAgent,
  'agent.wrap_up_started': evolveAgent,
  'call.arrived': evolveCall,
  'call.language_chosen': evolveCall,
  'call.line_chosen': evolveCall,
  'call.agent_asked': evolveCall,
  'call.marked_relay': evolveCall,
  'call.refused': evolveCall,
  'call.connected': evolveCall,
  'call.ended': evolveCall,
  'dialogue.asked': evolveCall,
  'dialogue.key_entered': evolveCall,
  'client.recognised': evolveCall,
  'client.not_recognised': evolveCall,
  'place.rejoined': evolveCall,
  'dialogue.began': evolveCall,
  'dialogue.heard': evolveCall,
  'dialogue.number_given': evolveCall,
  'place.taken': evolveCall,
  'wait.quoted': evolveCall,
  'wait.unknown': evolveCall,
  'callback.offered': evolveCall,
  'callback.not_offered': evolveCall,
  'place.returned': evolveCallback,
  'place.left': evolveCallback,
  'callback.registered': evolveCallback,
  'callback.asked_on_page': evolveCallback,
  'callback.pending': evolveCallback,
  'callback.due': evolveCallback,
  'callback.retry_set': evolveCallback,
  'callback.merged': evolveCallback,
  'callback.number_changed': evolveCallback,
  'callback.postponed': evolveCallback,
  'callback.connected': evolveCallback,
  'callback.parted': evolveCallback,
  'callback.again_agreed': evolveCallback,
  'callback.completed': evolveCallback,
  'callback.unreachable': evolveCallback,
  'callback.cancelled': evolveCallback,
  'callback.expired': evolveCallback,
  'attempt.intended': evolveCallback,
  'attempt.permitted': evolveCallback,
  'attempt.voided': evolveCallback,
  'attempt.ringing': evolveCallback,
  'attempt.answered': evolveCallback,
  'attempt.failed': evolveCallback,
  'client.held': evolveTalk,
  'client.retrieved': evolveTalk,
  'consult.begun': evolveTalk,
  'consult.permitted': evolveTalk,
  'consult.answered': evolveTalk,
  'consult.joined': evolveTalk,
  'consult.ended': evolveTalk,
  'place.handed_over': evolveTalk,
  'place.transferred': evolveTalk,
  'call.adopted': evolveTalk,
  'survey.begun': evolveSurvey,
  'survey.asked': evolveSurvey,
  'survey.heard': evolveSurvey,
  'survey.answered': evolveSurvey,
  'survey.thanked': evolveSurvey,
  'survey.ended': evolveSurvey,
  'tone.asked': evolveSurvey,
  'tone.felt': evolveSurvey,
};

export function evolve(state: State, fact: Fact, at: number): void {
  state.now = at;
  const room = must(rooms[fact.type], 'kind of fact', fact.type) as (s: State, f: Fact, at: number) => void;
  room(state, fact, at);
}
