// From the state to an estimate: who is ahead, and how many agents work for this place. Agents who serve several
// queues are shared: places ahead in another queue count by the share of this queue's agents who serve that one too.

import { must } from './assert.ts';
import { type Quote, quoteOf, type WaitModel } from './estimate.ts';
import { lineOf, type Place, type State } from './state.ts';
import { queueOf } from './waiting.ts';

/** Places before this one in its line, whatever their language: what the caller is told. */
export function placesAhead(state: State, place: Place): number {
  let ahead = 0;
  for (const queue of state.queues.values()) {
    if (queue.line === place.line) ahead += queue.order.rank(place);
  }
  return ahead;
}

export function estimateOf(state: State, place: Place): Quote | null {
  const model = modelOf(state, place);
  return model === null ? null : quoteOf(model);
}

/** What the wait of this place depends on; null when nobody is there to serve it. */
export function modelOf(state: State, place: Place): WaitModel | null {
  const mine = queueOf(state, place);
  if (mine.staffed === 0) return null;
  let weighted = 0;
  for (const [key, both] of mine.shared) {
    const queue = state.queues.get(key);
    if (queue !== undefined && both > 0) weighted += queue.order.rank(place) * both;
  }
  return {
    agents: mine.staffed,
    handleMs: must(state.handleTimes.get(place.line), `handle time of ${place.line}`).meanMs,
    patienceMs: lineOf(state, place.line).expectedPatienceMs,
    ahead: Math.round(weighted / mine.staffed),
  };
}
