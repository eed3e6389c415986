// What the leg to an agent's phone brings: it is answered, its announcement ends, it ends.

import { assertNever, must } from './assert.ts';
import { partFrom } from './call-again.ts';
import { mayDial } from './closing.ts';
import { afterAttempt, intend, letGo, lookAgain } from './decide-attempt.ts';
import { afterHangUp, answerConsult, consultEnds, endConsult } from './decide-consult.ts';
import { surveyByPhone } from './decide-survey.ts';
import { type Decision, NOTHING } from './decision.ts';
import type { Fact, ReturnCause } from './fact.ts';
import { type PlaybackId, textId } from './id.ts';
import type { EndCause, Input, Stamp } from './input.ts';
import { wrapUpMsOf } from './policy.ts';
import { type Agent, agentOf, attemptOf, callbackOf, callOf, placeOf, type State } from './state.ts';
import { askTone } from './tone.ts';

type LegInput = Extract<
  Input,
  { type: 'channel.ringing' | 'channel.answered' | 'channel.ended' | 'prompt.ended' }
>;

export function decideLeg(state: State, input: LegInput, stamp: Stamp): Decision {
  const owner = state.channels.get(input.channel);
  if (owner?.kind !== 'agent') return NOTHING;
  const agent = agentOf(state, owner.agent);
  switch (input.type) {
    case 'channel.ringing':
      return NOTHING;
    case 'channel.answered':
      if (agent.helps !== undefined) return answerConsult(placeOf(state, agent.helps));
      return agent.state === 'reserved' ? answer(state, agent) : NOTHING;
    case 'prompt.ended': {
      const isAnnouncement =
        agent.playback !== null && input.playback === textId(state.shard, 'playback', agent.playback);
      return isAnnouncement && agent.state === 'on_call' ? intendFor(state, agent, stamp.at) : NOTHING;
    }
    case 'channel.ended':
      return endLeg(state, agent, input.cause, stamp);
    default:
      return assertNever(input);
  }
}

function answer(state: State, agent: Agent): Decision {
  const place = placeOf(state, must(agent.place, 'place of a reserved agent'));
  if (place.callback !== null) {
    return [
      { type: 'agent.answered', v: 1, agent: agent.id, playback: (state.last.playback + 1) as PlaybackId },
    ];
  }
  return [
    { type: 'agent.answered', v: 1, agent: agent.id, playback: null },
    {
      type: 'call.connected',
      v: 1,
      call: must(place.call, 'call of a held place'),
      place: place.id,
      agent: agent.id,
    },
  ];
}

/** The agent has heard what the call is about: now, and not before, the client is dialled. */
export function intendFor(state: State, agent: Agent, at: number): Fact[] {
  const place = placeOf(state, must(agent.place, 'place of an agent on a call'));
  const callback = callbackOf(state, must(place.callback, 'callback of the place'));
  if (callback.attempt !== null || callback.state !== 'serving') return [];
  if (state.numbers.isBarred(callback.numberKey, callback.mainKey)) {
    return [
      { type: 'place.left', v: 1, place: place.id, reason: 'ended' },
      { type: 'callback.unreachable', v: 1, callback: callback.id, cause: 'number_refused' },
      letGo(agent.id),
    ];
  }
  return mayDial(state, callback, at)
    ? [intend(state, callback, agent.id)]
    : [lookAgain(callback, at), letGo(agent.id)];
}

export function endLeg(state: State, agent: Agent, cause: EndCause, stamp: Stamp): Fact[] {
  switch (agent.state) {
    case 'reserved':
      return unanswered(state, agent, cause, stamp);
    case 'on_call':
      return hungUp(state, agent, cause, stamp);
    case 'consulted':
      return consultEnds(state, placeOf(state, must(agent.helps, 'place of a colleague')), cause, stamp);
    case 'clearing':
      return afterCall(state, agent, stamp);
    case 'signed_out':
    case 'not_ready':
    case 'ready':
    case 'wrap_up':
      return [];
    default:
      return assertNever(agent.state);
  }
}

/** The phone was not answered: the place goes back to its own key, and an agent who did not answer is not ready. */
export function unanswered(state: State, agent: Agent, cause: EndCause, stamp: Stamp): Fact[] {
  const [returnCause, reason] = WHY_UNANSWERED[cause];
  const returned: Fact = {
    type: 'place.returned',
    v: 1,
    place: must(agent.place, 'place of a reserved agent'),
    agent: agent.id,
    cause: returnCause,
  };
  if (reason === '' || agent.next !== 'ready') {
    // Lost by the system, not by the agent: free again at once. Or the agent had chosen already what comes next.
    const by = cause === 'lost' ? 'agent' : 'centre';
    const released: Fact = {
      type: 'agent.released',
      v: 1,
      agent: agent.id,
      by,
      talked: false,
      playback: null,
    };
    return [returned, released, nextStatus(state, { ...agent, talked: false }, stamp)];
  }
  return [returned, { type: 'agent.not_ready', v: 1, agent: agent.id, reason }];
}

export const WHY_UNANSWERED: Record<EndCause, readonly [ReturnCause, string]> = {
  no_answer: ['agent_no_answer', 'no_answer'],
  rejected: ['agent_rejected', 'rejected'],
  busy: ['agent_rejected', 'busy'],
  unallocated: ['agent_unreachable', 'phone_unreachable'],
  congestion: ['agent_unreachable', 'phone_unreachable'],
  unreachable: ['agent_unreachable', 'phone_unreachable'],
  fence_refused: ['agent_unreachable', 'phone_unreachable'],
  normal: ['agent_no_answer', 'no_answer'],
  unknown: ['agent_unreachable', 'phone_unreachable'],
  lost: ['agent_lost', ''],
};

/** The agent's side of a call is gone: by their own hand, or lost. */
function hungUp(state: State, agent: Agent, cause: EndCause, stamp: Stamp): Fact[] {
  const part = (talked: boolean, status: Fact): Fact[] => [releasedBy(agent, 'agent', talked), status];
  return leave(state, agent, cause, stamp, { part, reason: 'hung_up' });
}

/** On their page: as if they had put down their phone, which is told to hang up; its end brings what comes next. */
export function hangUp(state: State, agent: Agent, stamp: Stamp, reason = 'hung_up'): Fact[] {
  const part = (talked: boolean, status: Fact): Fact[] => {
    const released = releasedBy(agent, 'centre', talked);
    if (status.type !== 'agent.not_ready' || agent.next !== 'ready') return [released];
    return [
      released,
      { type: 'agent.next_chosen', v: 1, agent: agent.id, next: 'not_ready', reason: status.reason },
    ];
  };
  return leave(state, agent, 'normal', stamp, { part, reason });
}

function releasedBy({ id }: Agent, by: 'agent' | 'centre', talked: boolean): Fact {
  return { type: 'agent.released', v: 1, agent: id, by, talked, playback: null };
}

type Leaving = {
  /** The facts of the agent themselves, given what they are to be next. */
  readonly part: (talked: boolean, status: Fact) => Fact[];
  /** Why they are not ready, where no client was there yet. */
  readonly reason: string;
};

function leave(state: State, agent: Agent, cause: EndCause, stamp: Stamp, { part, reason }: Leaving): Fact[] {
  const place = placeOf(state, must(agent.place, 'place of an agent on a call'));
  const callback = place.callback === null ? null : callbackOf(state, place.callback);
  const after = () => part(true, nextStatus(state, { ...agent, talked: true }, stamp));
  const handedOver = afterHangUp(state, agent, place, stamp);
  if (handedOver !== null) return [...handedOver, ...after()];
  const letGoOf = endConsult(state, place, 'agent_left');
  if (callback === null) {
    const call = callOf(state, must(place.call, 'call of a conversation'));
    return [
      ...letGoOf,
      ...(cause === 'lost' ? [] : surveyByPhone(state, place, { call }, stamp)),
      ...askTone(state, agent.id, place, stamp),
      { type: 'place.left', v: 1, place: place.id, reason: 'served' },
      ...after(),
    ];
  }
  if (callback.state === 'connected') {
    const asked = cause === 'lost' ? [] : surveyByPhone(state, place, { callback }, stamp);
    const tone = askTone(state, agent.id, place, stamp);
    return [...letGoOf, ...asked, ...tone, ...partFrom(state, callback, agent, stamp.at), ...after()];
  }
  // Hung up before the client was there: as a rejection, unless the leg was lost by the system, or the agent had
  // chosen already what comes next.
  const next: Fact =
    cause === 'lost' || agent.next !== 'ready'
      ? nextStatus(state, { ...agent, talked: false }, stamp)
      : { type: 'agent.not_ready', v: 1, agent: agent.id, reason };
  const gone = part(false, next);
  const returned: Fact = {
    type: 'place.returned',
    v: 1,
    place: place.id,
    agent: agent.id,
    cause: 'agent_lost',
  };
  if (callback.attempt === null) return [returned, ...gone];
  const attempt = attemptOf(state, callback.attempt);
  if (attempt.state !== 'intended')
    return [...afterAttempt(state, callback, attempt, 'agent_lost', stamp), ...gone];
  return [{ type: 'attempt.voided', v: 1, attempt: attempt.id, cause: 'agent_lost' }, returned, ...gone];
}

/** The phone's end was never reported: it is told to hang up once more, and the agent goes on without. */
export function neverFreed(state: State, agent: Agent, stamp: Stamp): Fact[] {
  const { id, talked } = agent;
  return [
    { type: 'agent.released', v: 1, agent: id, by: 'centre', talked, playback: null },
    nextStatus(state, agent, stamp),
  ];
}

/** The phone is free: wrap-up after a conversation, else what the agent chose. */
export function afterCall(state: State, agent: Agent, stamp: Stamp): Fact[] {
  return [nextStatus(state, agent, stamp)];
}

export function nextStatus(state: State, agent: Agent, stamp: Stamp): Fact {
  const wrapUpMs = wrapUpMsOf(state, agent.line);
  if (agent.talked && wrapUpMs > 0)
    return { type: 'agent.wrap_up_started', v: 1, agent: agent.id, untilAt: stamp.at + wrapUpMs };
  return chosenStatus(agent);
}

export function chosenStatus(agent: Agent): Fact {
  switch (agent.next) {
    case 'ready':
      return { type: 'agent.ready', v: 1, agent: agent.id };
    case 'not_ready':
      return { type: 'agent.not_ready', v: 1, agent: agent.id, reason: agent.nextReason };
    case 'signed_out':
      return { type: 'agent.signed_out', v: 1, agent: agent.id };
    default:
      return assertNever(agent.next);
  }
}
