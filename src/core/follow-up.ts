// What follows from a fact by itself: a free agent takes the first place they may serve, a new place takes the agent
// who has been idle longest, and a place that nobody takes at once is told its wait and offered a callback. Pure, as
// decide is; called by turn.ts for each fact after it has changed the state.

import { assertNever } from './assert.ts';
import { KEYS } from './dialogue.ts';
import type { Fact } from './fact.ts';
import type { AgentId, LegId, PlaceId } from './id.ts';
import { type FirstPlace, isBefore } from './line.ts';
import { tellAndOffer } from './question.ts';
import { queueKeys } from './queue.ts';
import { type Agent, callbackOf, type Place, placeOf, type State } from './state.ts';
import { queueOf } from './waiting.ts';

export function followUp(state: State, fact: Fact): readonly Fact[] {
  switch (fact.type) {
    case 'agent.ready':
      return giveWork(state, fact.agent);
    case 'place.taken':
      return placeWaits(state, fact.place, KEYS.agent);
    case 'place.returned':
      return placeWaits(state, fact.place);
    case 'callback.pending':
    case 'callback.due': {
      const callback = state.callbacks.get(fact.callback);
      return callback === undefined ? [] : placeWaits(state, callback.place);
    }
    default:
      return [];
  }
}

/**
 * The place is in the line: is an agent free for it? The agent takes the first place they may serve, which may be an
 * earlier one that came back in the same breath. If nobody is free and somebody holds the place, they are told. `key`
 * led here: the same key again at once is a bounce, not an answer to the offer.
 */
function placeWaits(state: State, id: PlaceId, key = ''): readonly Fact[] {
  const place = state.places.get(id);
  if (place === undefined || place.state !== 'waiting') return [];
  const idle = state.telephonyUp ? queueOf(state, place).idle.first() : null;
  if (idle !== null) return giveWork(state, idle.agent);
  if (place.callback !== null || place.call === null) return [];
  return tellAndOffer(state, place, place.call, key);
}

/** The agent is free: the first place among the queues they serve. Every ready agent again after a resync. */
export function giveWork(state: State, id: AgentId): readonly Fact[] {
  const agent = state.agents.get(id);
  if (agent === undefined || agent.state !== 'ready' || !state.telephonyUp) return [];
  const first = firstFor(state, agent);
  return first === null ? [] : reserve(state, id, placeOf(state, first.place));
}

function firstFor(state: State, agent: Agent): FirstPlace | null {
  let best: FirstPlace | null = null;
  for (const key of queueKeys(agent.lines, agent.languages)) {
    const first = state.queues.get(key)?.order.first() ?? null;
    if (first !== null && (best === null || isBefore(first, best))) best = first;
  }
  return best;
}

function reserve(state: State, agent: AgentId, place: Place): Fact[] {
  const reserved: Fact = {
    type: 'agent.reserved',
    v: 1,
    agent,
    place: place.id,
    leg: (state.last.leg + 1) as LegId,
  };
  if (place.callback === null) return [reserved];
  const callback = callbackOf(state, place.callback);
  switch (callback.state) {
    case 'pending':
      return [{ type: 'callback.due', v: 1, callback: callback.id }, reserved];
    case 'due':
      return [reserved];
    case 'requested':
    case 'serving':
    case 'retry_wait':
    case 'connected':
    case 'completed':
    case 'unreachable':
    case 'cancelled':
    case 'expired':
      return [];
    default:
      return assertNever(callback.state);
  }
}
