// How long a conversation lasted until now, for the rules that ask about it: live, since the agent answered their phone;
// of a callback, since the client did.

import { must } from './assert.ts';
import { agentOf, callbackOf, type Place, type State } from './state.ts';

/** Of a place whose conversation is on or just over, in ms. */
export function talkedMs(state: State, place: Place, at: number): number {
  if (place.callback !== null) return at - callbackOf(state, place.callback).connectedAt;
  return at - agentOf(state, must(place.agent, 'agent of a conversation')).since;
}
