// The chart of a callback: a client's promise from us, from the key that asked for it to its one end, for ever.
//
//   requested   -- callback.pending -->     pending      the registering call is over: the line is free to be called
//   requested   -- callback.merged -->      requested    registered again by a call whose place is ahead
//   pending     -- callback.merged -->      requested    it goes on at that place, once the good-bye is over
//   due         -- callback.merged -->      requested
//   pending     -- callback.due -->         due          the turn has come for the first time
//   due         -- agent.reserved -->       serving      an agent is held for it; nobody is dialled before
//   serving     -- place.returned -->       due          agent lost, refused or silent: back at its own key
//   serving     -- callback.retry_set -->   retry_wait   the client was not reached and there is an attempt left
//   retry_wait  -- callback.due -->         due          served again at its old key
//   serving     -- callback.connected -->   connected    client and agent hear each other
//   connected   -- callback.completed -->   completed
//   connected   -- callback.parted -->      parted       both have hung up; the agent is still to say what came of it
//   parted      -- callback.completed -->   completed    said, or the wrap-up is over
//   parted      -- callback.again_agreed --> scheduled   to be called again at a time that was agreed
//   connected   -- callback.retry_set -->   retry_wait   it was a voicemail
//   connected   -- callback.unreachable --> unreachable  it was a voicemail, at the last attempt
//   serving     -- callback.unreachable --> unreachable  the last attempt has failed ("incomplete")
//   pending     -- callback.postponed -->   scheduled    by the client, or carried over the closing of the line
//   due         -- callback.postponed -->   scheduled
//   retry_wait  -- callback.postponed -->   scheduled
//   scheduled   -- callback.postponed -->   scheduled
//   scheduled   -- callback.due -->         due          the time has come: at its old key
//   scheduled   -- callback.cancelled -->   cancelled
//   scheduled   -- callback.expired -->     expired
//   requested   -- callback.cancelled -->   cancelled
//   pending     -- callback.cancelled -->   cancelled
//   due         -- callback.cancelled -->   cancelled
//   retry_wait  -- callback.cancelled -->   cancelled
//   pending     -- callback.expired -->     expired
//   due         -- callback.expired -->     expired
//   retry_wait  -- callback.expired -->     expired
//
// Only `pending` and `due` stand in the line. A retry or a return never moves the key.

import type { Chart } from './chart.ts';

export type CallbackState =
  | 'requested'
  | 'pending'
  | 'due'
  | 'serving'
  | 'retry_wait'
  | 'scheduled'
  | 'connected'
  | 'parted'
  | 'completed'
  | 'unreachable'
  | 'cancelled'
  | 'expired';

export type CallbackFact =
  | 'callback.pending'
  | 'callback.due'
  | 'agent.reserved'
  | 'place.returned'
  | 'callback.retry_set'
  | 'callback.merged'
  | 'callback.postponed'
  | 'callback.connected'
  | 'callback.parted'
  | 'callback.again_agreed'
  | 'callback.completed'
  | 'callback.unreachable'
  | 'callback.cancelled'
  | 'callback.expired';

const ENDS = { 'callback.cancelled': 'cancelled', 'callback.expired': 'expired' } as const;

const AGAIN = { 'callback.merged': 'requested' } as const;

const LATER = { 'callback.postponed': 'scheduled' } as const;

export const callbackChart: Chart<CallbackState, CallbackFact> = {
  requested: { 'callback.pending': 'pending', 'callback.cancelled': 'cancelled', ...AGAIN },
  pending: { 'callback.due': 'due', ...AGAIN, ...LATER, ...ENDS },
  due: { 'agent.reserved': 'serving', ...AGAIN, ...LATER, ...ENDS },
  serving: {
    'place.returned': 'due',
    'callback.retry_set': 'retry_wait',
    'callback.connected': 'connected',
    'callback.unreachable': 'unreachable',
  },
  retry_wait: { 'callback.due': 'due', ...LATER, ...ENDS },
  scheduled: { 'callback.due': 'due', ...LATER, ...ENDS },
  connected: {
    'callback.completed': 'completed',
    'callback.parted': 'parted',
    'callback.retry_set': 'retry_wait',
    'callback.unreachable': 'unreachable',
  },
  parted: { 'callback.completed': 'completed', 'callback.again_agreed': 'scheduled' },
  completed: {},
  unreachable: {},
  cancelled: {},
  expired: {},
};

export function isEnded(state: CallbackState): boolean {
  return Object.keys(callbackChart[state]).length === 0;
}
