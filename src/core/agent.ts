// The chart of an agent at work. An agent holds one place at most, and none while not ready, wrapping up or away.
//
//   signed_out  -- agent.signed_in -->        not_ready
//   not_ready   -- agent.ready -->            ready
//   not_ready   -- agent.not_ready -->        not_ready    another reason
//   not_ready   -- agent.signed_out -->       signed_out
//   ready       -- agent.not_ready -->        not_ready
//   ready       -- agent.signed_out -->       signed_out
//   ready       -- agent.reserved -->         reserved     the phone rings, or the page shows whom it is for first
//   ready       -- consult.begun -->          consulted    a colleague asks for advice, or to take over: the phone rings
//   consulted   -- place.handed_over -->      on_call      the colleague's client is theirs from now on
//   consulted   -- agent.not_ready -->        not_ready    let it ring, or rejected
//   consulted   -- agent.released -->         clearing     the colleague goes on without
//   reserved    -- agent.rung -->             reserved     accepted on the page, or the time to look is over: it rings now
//   reserved    -- agent.answered -->         on_call      talking, or waiting for the client to be reached
//   reserved    -- agent.not_ready -->        not_ready    rejected, or let it ring: the place goes back to its key
//   reserved    -- agent.released -->         clearing     the caller left meanwhile, or the leg was lost
//   on_call     -- agent.announced -->        on_call      told once more what the call is about
//   on_call     -- agent.released -->         clearing     the conversation is over; the phone is still to be freed
//   clearing    -- agent.wrap_up_started -->  wrap_up      only after a conversation
//   clearing    -- agent.released -->         clearing     the phone's end was never reported: told once more
//   clearing    -- agent.ready -->            ready
//   clearing    -- agent.not_ready -->        not_ready
//   clearing    -- agent.signed_out -->       signed_out
//   wrap_up     -- agent.wrap_up_started -->  wrap_up      asked for longer
//   wrap_up     -- agent.ready -->            ready
//   wrap_up     -- agent.not_ready -->        not_ready
//   wrap_up     -- agent.signed_out -->       signed_out
//
// What an agent asks for during a call (`agent.next_chosen`) waits until the call and its wrap-up are over. Beside this chart
// stands whether their page is open (decide-page.ts): an agent who works by the page is never ready without it.

import type { Chart } from './chart.ts';

export type AgentState =
  | 'signed_out'
  | 'not_ready'
  | 'ready'
  | 'reserved'
  | 'consulted'
  | 'on_call'
  | 'clearing'
  | 'wrap_up';

export type AgentFact =
  | 'agent.signed_in'
  | 'agent.signed_out'
  | 'agent.ready'
  | 'agent.not_ready'
  | 'agent.reserved'
  | 'agent.rung'
  | 'agent.answered'
  | 'agent.announced'
  | 'agent.released'
  | 'agent.wrap_up_started'
  | 'consult.begun'
  | 'place.handed_over';

const FREE = {
  'agent.ready': 'ready',
  'agent.not_ready': 'not_ready',
  'agent.signed_out': 'signed_out',
} as const;

export const agentChart: Chart<AgentState, AgentFact> = {
  signed_out: { 'agent.signed_in': 'not_ready' },
  not_ready: FREE,
  ready: {
    'agent.not_ready': 'not_ready',
    'agent.signed_out': 'signed_out',
    'agent.reserved': 'reserved',
    'consult.begun': 'consulted',
  },
  consulted: {
    'place.handed_over': 'on_call',
    'agent.not_ready': 'not_ready',
    'agent.released': 'clearing',
  },
  reserved: {
    'agent.rung': 'reserved',
    'agent.answered': 'on_call',
    'agent.not_ready': 'not_ready',
    'agent.released': 'clearing',
  },
  on_call: { 'agent.announced': 'on_call', 'agent.released': 'clearing' },
  clearing: { ...FREE, 'agent.released': 'clearing', 'agent.wrap_up_started': 'wrap_up' },
  wrap_up: { ...FREE, 'agent.wrap_up_started': 'wrap_up' },
};
