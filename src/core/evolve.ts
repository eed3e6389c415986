// evolve(state, fact, at): the only place where the state changes. It never decides and never refuses: a fact that
// does not fit a chart is a bug. A replay of the journal calls the same function, so it must need nothing but the fact.

import { assertNever } from './assert.ts';
import type { Configuration } from './configuration.ts';
import { HandleTime } from './estimate.ts';
import { evolveAgent, restaff } from './evolve-agent.ts';
import { evolveCall } from './evolve-call.ts';
import { evolveCallback } from './evolve-callback.ts';
import type { Fact } from './fact.ts';
import { LANGUAGES } from './id.ts';
import { newQueue, queueKey } from './queue.ts';
import type { State } from './state.ts';

export function evolve(state: State, fact: Fact, at: number): void {
  state.now = at;
  switch (fact.type) {
    case 'centre.configured':
      configure(state, fact.configuration, fact.hash);
      return;
    case 'telephony.resynced':
      state.telephonyUp = true;
      return;
    case 'telephony.lost':
      state.telephonyUp = false;
      return;
    case 'call.arrived':
    case 'call.language_chosen':
    case 'call.line_chosen':
    case 'call.agent_asked':
    case 'call.refused':
    case 'call.connected':
    case 'call.ended':
    case 'dialogue.asked':
    case 'dialogue.began':
    case 'dialogue.heard':
    case 'dialogue.number_given':
    case 'place.taken':
    case 'wait.quoted':
    case 'wait.unknown':
    case 'callback.offered':
      evolveCall(state, fact, at);
      return;
    case 'place.returned':
    case 'place.left':
    case 'callback.registered':
    case 'callback.pending':
    case 'callback.due':
    case 'callback.retry_set':
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
    case 'agent.signed_in':
    case 'agent.signed_out':
    case 'agent.ready':
    case 'agent.not_ready':
    case 'agent.next_chosen':
    case 'agent.reserved':
    case 'agent.answered':
    case 'agent.released':
    case 'agent.wrap_up_started':
      evolveAgent(state, fact, at);
      return;
    default:
      assertNever(fact);
  }
}

/** A line that is gone from the configuration keeps its queue and its settings: the places in it are kept. */
function configure(state: State, configuration: Configuration, hash: string): void {
  state.configuration = configuration;
  state.configurationHash = hash;
  for (const line of configuration.lines) {
    state.lines.set(line.id, line);
    if (!state.handleTimes.has(line.id))
      state.handleTimes.set(line.id, new HandleTime(line.expectedHandleMs));
    if (!state.occupied.has(line.id)) state.occupied.set(line.id, 0);
    // In every language: a caller may have chosen one that has left the configuration since.
    for (const language of LANGUAGES) {
      const key = queueKey(line.id, language);
      if (!state.queues.has(key)) state.queues.set(key, newQueue(line.id, language));
    }
  }
  restaff(state);
}
