// After connecting or reconnecting to telephony, the whole truth of what lives there is held against the state: what we
// believe alive and is gone has ended (`lost`), what was answered meanwhile is answered, and callers in a dialogue are
// asked again. turn.ts takes these steps one after the other.

import { decide } from './decide.ts';
import { endCall } from './decide-call.ts';
import type { Decision } from './decision.ts';
import type { Fact } from './fact.ts';
import type { CallbackId, PlaybackId } from './id.ts';
import type { Input, LiveChannel, Stamp } from './input.ts';
import { askOnceMore } from './question.ts';
import { type Agent, type Call, type ChannelOwner, placeOf, type State, staysForSurvey } from './state.ts';

type Step = (state: State, stamp: Stamp) => Decision;

/** Each step decides on the state that the one before it left. */
export function stepsOfResync(state: State, live: readonly LiveChannel[]): Step[] {
  const up = new Map(live.map((l) => [l.channel, l.up]));
  const steps: { readonly rank: number; readonly step: Step }[] = [];
  for (const [channel, owner] of state.channels) {
    const isUp = up.get(channel);
    if (isUp === undefined)
      steps.push({
        rank: rankOfLoss(state, owner),
        step: pretend({ type: 'channel.ended', channel, cause: 'lost' }),
      });
    else if (isUp && owner.kind !== 'call' && owner.kind !== 'survey')
      steps.push({ rank: ANSWERED, step: pretend({ type: 'channel.answered', channel }) });
  }
  return steps.sort((a, b) => a.rank - b.rank).map(({ step }) => step);
}

const ANSWERED = 4;

/**
 * In which order losses are told, so that a lost pair is one story. A caller before the agent's leg: nobody is rung for
 * a caller who is gone. An attempt that was permitted before the leg: its fate is unknown, which is graver than a lost
 * agent. The leg before an attempt that was not: no further attempt is intended with an agent who is gone; and before
 * anything that was answered meanwhile: a client is not joined to an agent who is gone.
 */
function rankOfLoss(state: State, owner: ChannelOwner): number {
  switch (owner.kind) {
    case 'call':
    case 'survey':
      return 0;
    case 'consult':
      return 1;
    case 'attempt':
      return state.attempts.get(owner.attempt)?.state === 'intended' ? 3 : 1;
    case 'agent':
      return 2;
  }
}

function pretend(input: Input): Step {
  return (state, stamp) => decide(state, input, stamp);
}

/**
 * An agent whose announcement had not ended: it may have, while nobody listened, and nobody would dial. They hear it
 * again from the beginning, code and all, rather than silence until its deadline.
 */
export function announceAgain(state: State, agent: Agent): readonly Fact[] {
  if (agent.state !== 'on_call' || agent.playback === null || agent.place === null) return [];
  const callback = state.callbacks.get(placeOf(state, agent.place).callback ?? (0 as CallbackId));
  if (callback?.state !== 'serving' || callback.attempt !== null) return [];
  return [
    { type: 'agent.announced', v: 1, agent: agent.id, playback: (state.last.playback + 1) as PlaybackId },
  ];
}

/** A caller who still lives after a resync. */
export function remind(state: State, call: Call): readonly Fact[] {
  if (call.step === 'connecting') return [];
  if (call.step !== 'talking') return askOnceMore(state, call, state.now);
  if (call.place !== null && staysForSurvey(state, call.place)) return [];
  // The conversation ended while the socket was away, and nobody heard us hang up.
  const isOver = call.place === null || !state.places.has(call.place);
  return isOver ? endCall(state, call, 'centre') : [];
}
