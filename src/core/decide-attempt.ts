// What an attempt to reach a client brings: the fence asks, the phone rings, is answered, or it ends. The permission is
// the commit of `attempt.permitted` (law 4): once for an attempt, only with an agent held for it, never by hope.

import { assertNever, must } from './assert.ts';
import { partFrom } from './call-again.ts';
import { mayDial } from './closing.ts';
import { LIMITS } from './configuration.ts';
import { endConsult, mayDialOutside } from './decide-consult.ts';
import { isDrawn, surveyByLink } from './decide-survey.ts';
import { type Decision, NOTHING } from './decision.ts';
import type { AttemptCause, Fact } from './fact.ts';
import type { AgentId, AttemptId, Channel, PlaybackId } from './id.ts';
import type { EndCause, Input, Stamp } from './input.ts';
import type { NumberAtFence } from './number.ts';
import { afterFailure } from './policy.ts';
import {
  type Attempt,
  agentOf,
  attemptOf,
  type Callback,
  callbackOf,
  configurationOf,
  lineOf,
  type Place,
  placeOf,
  type State,
} from './state.ts';
import { askTone } from './tone.ts';

type AttemptInput = Extract<Input, { type: 'channel.ringing' | 'channel.answered' | 'channel.ended' }>;

/** The fence's question. Anything but the first asking of a live, intended attempt is refused. */
export function decideDial(state: State, asked: string, number: NumberAtFence, at: number): Decision {
  const owner = state.channels.get(asked as Channel);
  if (owner?.kind === 'consult') return dialOutside(state, placeOf(state, owner.place));
  const attempt = owner?.kind === 'attempt' ? state.attempts.get(owner.attempt) : undefined;
  if (attempt === undefined || attempt.state !== 'intended') return { refused: 'attempt.not_permitted' };
  // While the socket is away nobody can know whether the agent is still there: fail closed.
  if (!state.telephonyUp) return { refused: 'attempt.not_permitted' };
  const agent = state.agents.get(attempt.agent);
  const callback = callbackOf(state, attempt.callback);
  const isHeld = agent?.state === 'on_call' && agent.place === callback.place;
  if (!isHeld || !mayDial(state, callback, at)) return { refused: 'attempt.not_permitted' };
  if (number !== null || state.numbers.isBarred(callback.numberKey, callback.mainKey))
    return refuseNumber(state, attempt, callback);
  return [{ type: 'attempt.permitted', v: 1, attempt: attempt.id }];
}

/** Somebody of the owners' directory, whose number was judged when it was configured. */
function dialOutside(state: State, place: Place): Decision {
  if (!mayDialOutside(state, place)) return { refused: 'attempt.not_permitted' };
  return [{ type: 'consult.permitted', v: 1, place: place.id }];
}

/** The policy has changed since the callback was registered, or the client was erased: nobody is dialled, now or later. */
function refuseNumber(state: State, attempt: Attempt, callback: Callback): Fact[] {
  return [
    { type: 'attempt.voided', v: 1, attempt: attempt.id, cause: 'number_refused' },
    { type: 'place.left', v: 1, place: callback.place, reason: 'ended' },
    { type: 'callback.unreachable', v: 1, callback: callback.id, cause: 'number_refused' },
    unreached(state, attempt.agent),
  ];
}

export function intend(state: State, callback: Callback, agent: AgentId): Fact {
  const attempt = (state.last.attempt + 1) as AttemptId;
  const n = callback.chances + (callback.again?.withClient ?? 0) + 1;
  return { type: 'attempt.intended', v: 1, attempt, callback: callback.id, agent, n };
}

export function decideAttemptEvent(state: State, id: AttemptId, input: AttemptInput, stamp: Stamp): Decision {
  const attempt = attemptOf(state, id);
  const callback = callbackOf(state, attempt.callback);
  switch (input.type) {
    case 'channel.ringing':
      return attempt.state === 'permitted' ? [{ type: 'attempt.ringing', v: 1, attempt: id }] : NOTHING;
    case 'channel.answered':
      if (attempt.state !== 'permitted' && attempt.state !== 'ringing') return NOTHING;
      return [
        { type: 'attempt.answered', v: 1, attempt: id },
        { type: 'callback.connected', v: 1, callback: callback.id, attempt: id, agent: attempt.agent },
      ];
    case 'channel.ended':
      return endAttempt(state, attempt, callback, input.cause, stamp);
    default:
      return assertNever(input);
  }
}

export function endAttempt(
  state: State,
  attempt: Attempt,
  callback: Callback,
  cause: EndCause,
  stamp: Stamp,
): Fact[] {
  switch (attempt.state) {
    case 'intended':
      return voidAttempt(state, attempt, callback, cause, stamp);
    case 'permitted':
    case 'ringing':
      return [
        ...afterAttempt(state, callback, attempt, attemptCause(cause), stamp),
        unreached(state, attempt.agent),
      ];
    case 'answered': {
      const place = placeOf(state, callback.place);
      return [
        ...endConsult(state, place, 'client_left'),
        // Nobody is there any more to be asked by phone.
        ...(isDrawn(state, place, stamp) ? surveyByLink(state, callback, 'callback', stamp.at) : []),
        ...askTone(state, attempt.agent, place, stamp),
        ...partFrom(state, callback, agentOf(state, attempt.agent), stamp.at),
        { type: 'agent.released', v: 1, agent: attempt.agent, by: 'client', talked: true, playback: null },
      ];
    }
    case 'failed':
    case 'voided':
      return [];
    default:
      return assertNever(attempt.state);
  }
}

/**
 * Never permitted, so nothing was dialled: another attempt with the same agent, a few times. Then the fence is out of
 * order, and the callback waits at its key: else one agent after the other would be rung for nothing.
 */
function voidAttempt(
  state: State,
  attempt: Attempt,
  callback: Callback,
  cause: EndCause,
  stamp: Stamp,
): Fact[] {
  const voided: Fact = {
    type: 'attempt.voided',
    v: 1,
    attempt: attempt.id,
    cause: cause === 'lost' ? 'lost' : 'fence_refused',
  };
  if (!mayDial(state, callback, stamp.at))
    return [voided, lookAgain(callback, stamp.at), letGo(attempt.agent)];
  const { retryDelayMs } = lineOf(state, callback.line).attempts ?? configurationOf(state).callback;
  if (callback.voids + 1 < LIMITS.voidsMax) return [voided, intend(state, callback, attempt.agent)];
  return [
    voided,
    {
      type: 'callback.retry_set',
      v: 1,
      callback: callback.id,
      untilAt: stamp.at + retryDelayMs,
    },
    letGo(attempt.agent),
  ];
}

const LOOK_AGAIN_MS = 60_000;

/** An agent is there, but the client may not be dialled now: back at the old key in a while. */
export function lookAgain(callback: Callback, at: number): Fact {
  return { type: 'callback.retry_set', v: 1, callback: callback.id, untilAt: at + LOOK_AGAIN_MS };
}

export function letGo(agent: AgentId): Fact {
  return { type: 'agent.released', v: 1, agent, by: 'centre', talked: false, playback: null };
}

/** The attempt has failed: a further one at the old key after a while, or the callback ends as unreachable. */
export function afterAttempt(
  state: State,
  callback: Callback,
  attempt: Attempt,
  cause: Exclude<AttemptCause, 'other_person'>,
  stamp: Stamp,
): Fact[] {
  const failed: Fact = { type: 'attempt.failed', v: 1, attempt: attempt.id, cause };
  const after = afterFailure(state, callback, cause);
  if (after.retry) {
    return [
      failed,
      { type: 'callback.retry_set', v: 1, callback: callback.id, untilAt: stamp.at + after.delayMs },
    ];
  }
  return [
    failed,
    ...surveyByLink(state, callback, 'incomplete', stamp.at),
    { type: 'place.left', v: 1, place: callback.place, reason: 'ended' },
    { type: 'callback.unreachable', v: 1, callback: callback.id, cause },
  ];
}

function unreached(state: State, agent: AgentId): Fact {
  must(agentOf(state, agent).leg, 'leg of the agent who waits for the client');
  return {
    type: 'agent.released',
    v: 1,
    agent,
    by: 'centre',
    talked: false,
    playback: (state.last.playback + 1) as PlaybackId,
  };
}

function attemptCause(cause: EndCause): Exclude<AttemptCause, 'other_person'> {
  switch (cause) {
    case 'busy':
    case 'no_answer':
    case 'unallocated':
    case 'rejected':
    case 'congestion':
    case 'unknown':
      return cause;
    case 'normal':
    case 'unreachable':
    case 'fence_refused':
    case 'lost':
      return 'unknown';
    default:
      return assertNever(cause);
  }
}
