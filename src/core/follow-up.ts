// What follows from a fact by itself: a free agent takes the first place they may serve, a new place takes the agent
// who has been idle longest, and a place that nobody takes at once is told its wait and offered a callback. Pure, as
// decide is; called by turn.ts for each fact after it has changed the state.

import { assertNever } from './assert.ts';
import { endParted } from './call-again.ts';
import { dialsLeft, fateOf, holdDials, mayServeCallbacks, putOff } from './closing.ts';
import { previewMsOf } from './decide-page.ts';
import { NOTHING } from './decision.ts';
import { KEYS } from './dialogue.ts';
import type { Fact } from './fact.ts';
import { closedSince, opensAt, spanAt } from './hours.ts';
import type { AgentId, CallbackId, LegId, PlaceId } from './id.ts';
import { type FirstPlace, isBefore } from './line.ts';
import { tellAndOffer } from './question.ts';
import { type IdleAgent, isIdle } from './queue.ts';
import {
  type Agent,
  agentOf,
  callbackOf,
  configurationOf,
  type Place,
  placeOf,
  type State,
} from './state.ts';

export function followUp(state: State, fact: Fact): readonly Fact[] {
  switch (fact.type) {
    case 'agent.ready':
      return [...endParted(state, fact.agent), ...giveWork(state, fact.agent)];
    case 'agent.not_ready':
    case 'agent.signed_out':
      return endParted(state, fact.agent);
    case 'agent.shift_neared':
      return giveWork(state, fact.agent);
    case 'place.taken':
      return placeWaits(state, fact.place, KEYS.agent);
    case 'place.rejoined':
    case 'place.transferred':
      return placeWaits(state, fact.place);
    case 'place.language_changed':
      return placeWaits(state, fact.place, KEYS.otherLanguage).map(becauseOfLanguage);
    case 'place.returned': {
      const callback = state.places.get(fact.place)?.callback ?? null;
      if (callback === null) return placeWaits(state, fact.place);
      return firstOf(callbackWaits(state, callback), () => dialsFreed(state));
    }
    case 'callback.pending':
    case 'callback.due':
      return callbackWaits(state, fact.callback);
    case 'callback.retry_set':
      return firstOf(callbackWaits(state, fact.callback), () => dialsFreed(state));
    case 'callback.unreachable':
      return dialsFreed(state);
    case 'dials.freed':
    case 'switch.turned':
    case 'line.opened':
    case 'centre.configured':
    case 'place.prioritised':
      return giveAnyWork(state);
    default:
      return NOTHING;
  }
}

/** Somebody for whom an agent was held is not dialled after all: it may be another's turn. */
function dialsFreed(state: State): readonly Fact[] {
  const isFreed = state.dialsHeld !== null && dialsLeft(state, state.now) > 0;
  return isFreed ? [{ type: 'dials.freed', v: 1 }] : [];
}

/** What is told worse now is so by the caller's own choice: other agents serve the other language. */
function becauseOfLanguage(fact: Fact): Fact {
  const isWorse = (fact.type === 'wait.quoted' || fact.type === 'wait.unknown') && 'worseBecause' in fact;
  return isWorse ? { ...fact, worseBecause: 'language_changed' } : fact;
}

function firstOf(facts: readonly Fact[], otherwise: () => readonly Fact[]): readonly Fact[] {
  return facts.length > 0 ? facts : otherwise();
}

/**
 * The place is in the line: is an agent free for it? The agent takes the first place they may serve, which may be an
 * earlier one that came back in the same breath. If nobody is free and somebody holds the place, they are told. `key`
 * led here: the same key again at once is a bounce, not an answer to the offer.
 */
function placeWaits(state: State, id: PlaceId, key = ''): readonly Fact[] {
  const place = state.places.get(id);
  if (place === undefined || place.state !== 'waiting') return [];
  const idle = state.telephonyUp ? idleFor(state, place) : null;
  if (idle !== null) return giveWork(state, idle);
  if (place.callback !== null || place.call === null) return [];
  return tellAndOffer(state, place, place.call, state.now, key);
}

/** While it was being served, or its client still on the phone, the line may have closed or its number been barred. */
function callbackWaits(state: State, id: CallbackId): readonly Fact[] {
  const callback = state.callbacks.get(id);
  if (callback === undefined) return [];
  const fate = fateOf(state, callback, state.now);
  return fate.length > 0 ? fate : placeWaits(state, callback.place);
}

/** One language before both, the better level, the longest idle; for a callback, nobody near the end of a shift. */
function idleFor(state: State, place: Place): AgentId | null {
  const { idle } = place.queue;
  if (place.callback === null) return idle.first()?.agent.id ?? null;
  if (!mayServeCallbacks(state, place.line, state.now)) return null;
  // Leaving the pool is lazy: beyond its head there are agents who are idle no more.
  const suits = (one: IdleAgent): boolean => isIdle(one) && !isNearShiftEnd(state, one.agent);
  return idle.first(suits)?.agent.id ?? null;
}

/** The agent is free: the first place among the queues they serve. Every ready agent again after a resync. */
export function giveWork(state: State, id: AgentId): readonly Fact[] {
  const agent = state.agents.get(id);
  if (agent === undefined || agent.state !== 'ready' || !state.telephonyUp) return [];
  const mayDial = !isNearShiftEnd(state, agent);
  const first = firstFor(state, agent, mayDial);
  if (first === null) return [];
  const place = placeOf(state, first.place);
  if (place.callback === null || dialsLeft(state, state.now) > 0) return reserve(state, id, place);
  // Passed over, with its cause: who holds is served meanwhile.
  const held = state.dialsHeld === null ? [holdDials(state, state.now)] : [];
  const holding = firstFor(state, agent, false);
  return holding === null ? held : [...held, ...reserve(state, id, placeOf(state, holding.place))];
}

function firstFor(state: State, agent: Agent, takesCallbacks: boolean): FirstPlace | null {
  let best: FirstPlace | null = null;
  for (const { queue } of agent.desks) {
    if (queue.order.size === 0) continue;
    // Where everybody holds, nobody has to ask whether callbacks are served.
    const hasCallbacks = queue.order.size > queue.holding.size;
    const both = hasCallbacks && takesCallbacks && mayServeCallbacks(state, queue.line, state.now);
    const first = (both ? queue.order : queue.holding).first();
    if (first !== null && (best === null || isBefore(first, best))) best = first;
  }
  return best;
}

function isNearShiftEnd(state: State, agent: Agent): boolean {
  const shifts = state.known.get(agent.id)?.shifts ?? [];
  if (shifts.length === 0) return false;
  const shift = spanAt(shifts, state.now);
  if (shift !== null) return shift.toAt - state.now < configurationOf(state).agent.shiftEndMs;
  // Outside of all: here early for the next shift, or still here after the last one, whichever is nearer.
  const endedAt = closedSince(shifts, state.now) ?? Number.NEGATIVE_INFINITY;
  const nextAt = opensAt(shifts, state.now) ?? Number.POSITIVE_INFINITY;
  return nextAt - state.now > state.now - endedAt;
}

/** Ready agents, in the order in which they are given work. */
export function longestIdleFirst(state: State): AgentId[] {
  return [...state.agents.values()]
    .filter((agent) => agent.state === 'ready')
    .sort((a, b) => a.readySeq - b.readySeq)
    .map((agent) => agent.id);
}

/** After what may have made places eligible: the first idle agent who now has work. Asked again until nobody has. */
function giveAnyWork(state: State): readonly Fact[] {
  for (const agent of longestIdleFirst(state)) {
    const work = giveWork(state, agent);
    if (work.length > 0) return work;
  }
  return [];
}

function reserve(state: State, agent: AgentId, place: Place): Fact[] {
  const previewMs = previewMsOf(state, agentOf(state, agent), place);
  const reserved: Fact = {
    type: 'agent.reserved',
    v: 1,
    agent,
    place: place.id,
    leg: (state.last.leg + 1) as LegId,
    ...(previewMs === 0 ? {} : { previewUntilAt: state.now + previewMs }),
  };
  if (place.callback === null) return [reserved];
  const callback = callbackOf(state, place.callback);
  const off = putOff(state, callback, state.now);
  if (off !== null) return off;
  switch (callback.state) {
    case 'pending':
      return [{ type: 'callback.due', v: 1, callback: callback.id }, reserved];
    case 'due':
      return [reserved];
    case 'requested':
    case 'serving':
    case 'retry_wait':
    case 'scheduled':
    case 'connected':
    case 'parted':
    case 'completed':
    case 'unreachable':
    case 'cancelled':
    case 'expired':
      return [];
    default:
      return assertNever(callback.state);
  }
}
