// evolve(state, fact, at): the only place where the state changes. It never decides and never refuses: a fact that
// does not fit a chart is a bug. A replay of the journal calls the same function, so it must need nothing but the fact.

import { assertNever } from './assert.ts';
import { evolveAgent } from './evolve-agent.ts';
import { evolveCall } from './evolve-call.ts';
import { evolveCallback } from './evolve-callback.ts';
import { evolveOwner } from './evolve-owner.ts';
import type { Fact } from './fact.ts';
import type { State } from './state.ts';

export function evolve(state: State, fact: Fact, at: number): void {
  state.now = at;
  switch (fact.type) {
    case 'centre.configured':
    case 'switch.turned':
    case 'line.opened':
    case 'line.closed':
    case 'line.settled':
    case 'dials.held':
    case 'dials.freed':
    case 'number.barred':
    case 'number.unbarred':
    case 'place.prioritised':
    case 'place.language_changed':
      evolveOwner(state, fact, at);
      return;
    case 'telephony.resynced':
      state.telephonyUp = true;
      return;
    case 'telephony.lost':
      state.telephonyUp = false;
      return;
    case 'agent.signed_in':
    case 'agent.signed_out':
    case 'agent.ready':
    case 'agent.not_ready':
    case 'agent.next_chosen':
    case 'agent.shift_neared':
    case 'agent.reserved':
    case 'agent.answered':
    case 'agent.announced':
    case 'agent.released':
    case 'agent.wrap_up_started':
      evolveAgent(state, fact, at);
      return;
    default:
      evolveClient(state, fact, at);
  }
}

type ClientsFact = Parameters<typeof evolveCall>[1] | Parameters<typeof evolveCallback>[1];

/** What belongs to a client: their calls, and their callbacks with the attempts to reach them. */
function evolveClient(state: State, fact: ClientsFact, at: number): void {
  switch (fact.type) {
    case 'call.arrived':
    case 'call.language_chosen':
    case 'call.line_chosen':
    case 'call.agent_asked':
    case 'call.marked_relay':
    case 'call.refused':
    case 'call.connected':
    case 'call.ended':
    case 'dialogue.asked':
    case 'dialogue.key_entered':
    case 'client.recognised':
    case 'client.not_recognised':
    case 'place.rejoined':
    case 'dialogue.began':
    case 'dialogue.heard':
    case 'dialogue.number_given':
    case 'place.taken':
    case 'wait.quoted':
    case 'wait.unknown':
    case 'callback.offered':
    case 'callback.not_offered':
      evolveCall(state, fact, at);
      return;
    case 'place.returned':
    case 'place.left':
    case 'callback.registered':
    case 'callback.pending':
    case 'callback.due':
    case 'callback.retry_set':
    case 'callback.merged':
    case 'callback.number_changed':
    case 'callback.postponed':
    case 'callback.connected':
    case 'callback.completed':
    case 'callback.unreachable':
    case 'callback.cancelled':
    case 'callback.expired':
    case 'attempt.intended':
    case 'attempt.permitted':
    case 'attempt.voided':
    case 'attempt.ringing':
    case 'attempt.answered':
    case 'attempt.failed':
      evolveCallback(state, fact, at);
      return;
    default:
      assertNever(fact);
  }
}
