// A deadline has come: the earliest one, one at a time, so that what it leads to is seen before the next.

import { assertNever, must } from './assert.ts';
import { lineDeadline } from './closing.ts';
import { endAttempt } from './decide-attempt.ts';
import { confirm, endCall, retryConfirm } from './decide-call.ts';
import { consultEnds } from './decide-consult.ts';
import { chosenStatus, intendFor, neverFreed, unanswered } from './decide-leg.ts';
import { surveyDeadline } from './decide-survey.ts';
import { type Decision, NOTHING } from './decision.ts';
import type { Fact } from './fact.ts';
import type { AgentId, AttemptId, CallbackId, CallId, LineId, PlaceId } from './id.ts';
import type { Stamp } from './input.ts';
import { silentInMenu } from './menus.ts';
import { askOnceMore, tellAndOffer, turnAway } from './question.ts';
import { leaveAsIs } from './returning.ts';
import {
  type Agent,
  agentOf,
  attemptOf,
  type Call,
  callbackOf,
  callOf,
  placeOf,
  type State,
  surveyOf,
} from './state.ts';

export function decideDeadline(state: State, stamp: Stamp): Decision {
  const due = state.deadlines.next();
  if (due === null || due.at > stamp.at) return NOTHING;
  switch (due.kind) {
    case 'call':
      return silence(state, callOf(state, due.id as CallId), stamp);
    case 'agent':
      return agentDeadline(state, agentOf(state, due.id as AgentId), stamp);
    case 'callback':
      return [{ type: 'callback.due', v: 1, callback: callbackOf(state, due.id as CallbackId).id }];
    case 'attempt': {
      const attempt = attemptOf(state, due.id as AttemptId);
      return endAttempt(state, attempt, callbackOf(state, attempt.callback), 'lost', stamp);
    }
    case 'dials':
      return [{ type: 'dials.freed', v: 1 }];
    case 'consult':
      return consultEnds(
        state,
        placeOf(state, due.id as PlaceId),
        state.telephonyUp ? 'no_answer' : 'lost',
        stamp,
      );
    case 'survey':
      return surveyDeadline(state, surveyOf(state, due.id as PlaceId));
    case 'line':
      return lineDeadline(state, due.id as LineId, stamp.at);
    default:
      return assertNever(due.kind);
  }
}

function silence(state: State, call: Call, stamp: Stamp): Fact[] {
  // Nothing is heard while the socket is away, neither by us nor by the caller: the question stays what it is.
  if (!state.telephonyUp) return askOnceMore(state, call, stamp.at);
  switch (call.step) {
    case 'language':
    case 'line':
    case 'service':
    case 'code':
    case 'returning':
      return silentInMenu(state, call, stamp);
    case 'offer':
    case 'number':
    case 'extension':
    case 'confirm': {
      // No key is required of who uses a relay service: hearing the number without objection confirms it.
      if (call.step === 'confirm' && call.relay) return confirm(state, call, stamp);
      if (call.client !== null) return [leaveAsIs(state, call)];
      const place = placeOf(state, must(call.place, 'place of a holding caller'));
      if (call.step === 'confirm') return retryConfirm(state, call, place, '', 'silence', stamp);
      return place.overflow ? turnAway(state, place, call.id) : tellAndOffer(state, place, call.id, stamp.at);
    }
    case 'registered':
    case 'returned':
    case 'closing':
    case 'connecting':
    case 'talking':
      return endCall(state, call, 'centre'); // the good-bye was never reported as said: the call is ended all the same
    default:
      return assertNever(call.step);
  }
}

function agentDeadline(state: State, agent: Agent, stamp: Stamp): Fact[] {
  switch (agent.state) {
    case 'reserved':
      if (agent.page?.isPreview === true && state.telephonyUp)
        return [{ type: 'agent.rung', v: 1, agent: agent.id }];
      // Without a socket nobody knows what the phone did: not the agent's doing.
      return unanswered(state, agent, state.telephonyUp ? 'no_answer' : 'lost', stamp);
    case 'on_call':
      return intendFor(state, agent, stamp.at);
    case 'consulted': {
      const place = placeOf(state, must(agent.helps, 'place of a colleague'));
      return consultEnds(state, place, state.telephonyUp ? 'no_answer' : 'lost', stamp);
    }
    case 'clearing':
      return neverFreed(state, agent, stamp);
    case 'wrap_up':
      return [chosenStatus(agent)];
    case 'ready':
      return [{ type: 'agent.shift_neared', v: 1, agent: agent.id }];
    case 'signed_out':
    case 'not_ready':
      return [];
    default:
      return assertNever(agent.state);
  }
}
