// After connecting or reconnecting to telephony, the whole truth of what lives there is held against the state: what we
// believe alive and is gone has ended (`lost`), what was answered meanwhile is answered, and callers in a dialogue are
// asked again. Attempts first, then agents' legs, then calls: so a lost pair is one story, told once.

import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import type { Channel } from './id.ts';
import type { Input, LiveChannel, Stamp } from './input.ts';
import { isDialable } from './number.ts';
import { ask, askAgain, tellAndOffer } from './question.ts';
import { type Call, type ChannelOwner, placeOf, type State } from './state.ts';

type Step = (state: State, stamp: Stamp) => Decision;

const ORDER: Record<ChannelOwner['kind'], number> = { attempt: 0, agent: 1, call: 2 };

/** Steps to be taken one after the other, each deciding on the state that the one before it left. */
export function decideResync(state: State, live: readonly LiveChannel[]): Step[] {
  const up = new Map(live.map((l) => [l.channel, l.up]));
  const ours = [...state.channels].sort(([, a], [, b]) => ORDER[a.kind] - ORDER[b.kind]);
  const steps: Step[] = [];
  for (const [channel, owner] of ours) {
    const isUp = up.get(channel);
    if (isUp === undefined) steps.push(pretend({ type: 'channel.ended', channel, cause: 'lost' }));
    else if (isUp && owner.kind !== 'call') steps.push(pretend({ type: 'channel.answered', channel }));
  }
  for (const [channel, owner] of ours) {
    if (owner.kind === 'call' && up.has(channel)) steps.push((now) => askOnceMore(now, channel));
  }
  return steps;
}

function pretend(input: Input): Step {
  return (state, stamp) => decide(state, input, stamp);
}

function askOnceMore(state: State, channel: Channel): Decision {
  const owner = state.channels.get(channel);
  const call = owner?.kind === 'call' ? state.calls.get(owner.call) : undefined;
  if (call === undefined) return [];
  if (call.step === 'talking' || call.step === 'connecting') return [];
  if (call.step === 'offer' && call.place !== null)
    return tellAndOffer(state, placeOf(state, call.place), call.id, '', 'resynced');
  // A keyed number that was not confirmed is in nobody's memory after a restart: it is asked for again.
  if (call.step === 'confirm' && !isOwnNumber(call)) return [ask(state, call.id, 'number', '', 'resynced')];
  return [askAgain(state, call, '', 'resynced')];
}

function isOwnNumber(call: Call): boolean {
  return isDialable(call.number) && isDialable(call.ani) && call.number.numberKey === call.ani.numberKey;
}
