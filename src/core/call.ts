// The chart of a caller's call. Every call that asked for an agent ends in one column (law 6).
//
//   menus      -- call.agent_asked --> asked
//   menus      -- place.rejoined -->   in_line     back to holding, at the place of an earlier callback
//   menus      -- call.refused -->     refused     no choice was made
//   menus      -- call.ended -->       ended
//   asked      -- place.taken -->      in_line
//   asked      -- call.refused -->     refused     the line is full: no place, no callback
//   asked      -- call.ended -->       ended
//   in_line    -- call.connected -->   connected
//   in_line    -- callback.registered --> registered   the place goes on without the call
//   in_line    -- call.refused -->     refused     the line is full, and the callback offered instead was not taken
//   in_line    -- call.ended -->       ended       abandoned
//   in_line    -- callback.merged -->  registered   the client had a callback already: its place stands
//   registered -- call.ended -->       ended
//   connected  -- place.transferred --> in_line  to another line, or waiting for somebody who was asked to take over
//   connected  -- call.ended -->       ended
//   refused    -- call.ended -->       ended
//
// A callback's client who is handed on is a caller from then on (`call.adopted`): their call begins as connected.

import type { Chart } from './chart.ts';

export type CallState = 'menus' | 'asked' | 'in_line' | 'registered' | 'connected' | 'refused' | 'ended';

export type CallFact =
  | 'call.agent_asked'
  | 'call.refused'
  | 'call.connected'
  | 'call.ended'
  | 'place.taken'
  | 'place.rejoined'
  | 'place.transferred'
  | 'callback.registered'
  | 'callback.merged';

export const callChart: Chart<CallState, CallFact> = {
  menus: {
    'place.rejoined': 'in_line',
    'call.agent_asked': 'asked',
    'call.refused': 'refused',
    'call.ended': 'ended',
  },
  asked: { 'place.taken': 'in_line', 'call.refused': 'refused', 'call.ended': 'ended' },
  in_line: {
    'call.refused': 'refused',
    'call.connected': 'connected',
    'callback.registered': 'registered',
    'callback.merged': 'registered',
    'call.ended': 'ended',
  },
  registered: { 'call.ended': 'ended' },
  connected: { 'place.transferred': 'in_line', 'call.ended': 'ended' },
  refused: { 'call.ended': 'ended' },
  ended: {},
};
