// The chart of a place in line: one place, one key (priority, entry), whether its client holds or has hung up (law 3).
//
//   waiting  -- callback.registered --> away      the client still hears the goodbye: the phone is not free yet
//   waiting  -- callback.merged -->     away      an earlier callback of the client goes on here: it was ahead
//   waiting  -- agent.reserved -->      served    an agent is held for it
//   waiting  -- place.left -->          left      the caller gave up
//   away     -- callback.pending -->    waiting   the client's phone is free: same key as before
//   away     -- callback.due -->        waiting   the time to a further attempt has passed: same key as before
//   waiting  -- callback.postponed -->  away      not before then: the key is kept
//   away     -- callback.postponed -->  away
//   waiting  -- place.rejoined -->      waiting   the client holds again
//   away     -- place.rejoined -->      waiting
//   away     -- place.left -->          left      cancelled
//   served   -- place.returned -->      waiting   agent silent, refusing or lost: same key as before
//   served   -- callback.retry_set -->  away      the client was not reached
//   served   -- place.transferred -->   waiting   to another line, or back: same key as before
//   served   -- place.handed_over -->   served    by somebody else from now on
//   served   -- callback.parted -->     away      the conversation is over, and what came of it still to be said
//   away     -- callback.again_agreed --> away    to be called again, at this key
//   served   -- place.left -->          left      served, or given up while the agent's phone rang
//   waiting  -- callback.due -->        waiting   its turn has come; an agent is reserved in the same breath
//
// Only a `waiting` place stands in the line's order; its key is kept in every state.

import type { Chart } from './chart.ts';

export type PlaceState = 'waiting' | 'away' | 'served' | 'left';

export type PlaceFact =
  | 'callback.registered'
  | 'callback.merged'
  | 'callback.pending'
  | 'callback.due'
  | 'callback.retry_set'
  | 'callback.postponed'
  | 'callback.parted'
  | 'callback.again_agreed'
  | 'place.rejoined'
  | 'agent.reserved'
  | 'place.returned'
  | 'place.transferred'
  | 'place.handed_over'
  | 'place.left';

export const placeChart: Chart<PlaceState, PlaceFact> = {
  waiting: {
    'callback.registered': 'away',
    'callback.merged': 'away',
    'agent.reserved': 'served',
    'place.left': 'left',
    'callback.due': 'waiting',
    'callback.postponed': 'away',
    'place.rejoined': 'waiting',
  },
  away: {
    'place.rejoined': 'waiting',
    'callback.pending': 'waiting',
    'callback.due': 'waiting',
    'callback.postponed': 'away',
    'callback.again_agreed': 'away',
    'place.left': 'left',
  },
  served: {
    'place.returned': 'waiting',
    'place.transferred': 'waiting',
    'place.handed_over': 'served',
    'callback.retry_set': 'away',
    'callback.parted': 'away',
    'place.left': 'left',
  },
  left: {},
};
