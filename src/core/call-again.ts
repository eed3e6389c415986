// "Call again at": when a callback's conversation is over, the agent's page may say that the client is to be called again,
// at a time agreed with them or named by somebody else who answered. So until the outcome is told, or the wrap-up is over,
// such a callback is parted and has not ended; then it ends, or goes on: the same record, reference and key. How often is
// capped, and the time must be one at which the client may be called (docs/adr/0023). Agents with a phone alone cannot say it.

import { complete } from './closing.ts';
import { LIMITS } from './configuration.ts';
import { type Decision, NOTHING, type RefusalCode } from './decision.ts';
import type { Fact, SpokeWith } from './fact.ts';
import { isOpenAt, spanAt } from './hours.ts';
import type { AgentId, CallbackId } from './id.ts';
import { fullAt } from './offer.ts';
import { afterFailure } from './policy.ts';
import { type Agent, type Callback, callbackOf, configurationOf, lineOf, type State } from './state.ts';

/** The conversation is over, and with it the callback; unless the agent may still agree on another call. */
export function partFrom(state: State, callback: Callback, { id: agent, page }: Agent, at: number): Fact[] {
  const completed = complete(state, callback, at);
  const client = page?.client ?? null;
  const isToBeTold = client?.callback === callback.id && client.outcome === null;
  if (!isToBeTold || againMaxOf(state) === 0) return [leave(callback), completed];
  const { talkMs, afterClosing } = completed;
  const isAfter = afterClosing === true ? { afterClosing } : {};
  return [{ type: 'callback.parted', v: 1, callback: callback.id, agent, talkMs, ...isAfter }];
}

/** Nothing more is said of it: what was parted has ended. */
export function endParted(state: State, agent: AgentId): readonly Fact[] {
  const id = state.parted.get(agent);
  if (id === undefined) return NOTHING;
  const callback = callbackOf(state, id);
  const { talkMs = 0, afterClosing } = callback.talk ?? {};
  const isAfter = afterClosing === true ? { afterClosing } : {};
  return [leave(callback), { type: 'callback.completed', v: 1, callback: id, talkMs, ...isAfter }];
}

function leave({ place }: Callback): Fact {
  return { type: 'place.left', v: 1, place, reason: 'served' };
}

export type Again = { readonly agent: AgentId; readonly untilAt: number; readonly spokeWith: SpokeWith };

/** It goes on at its own key. Where somebody else answered, the attempt was one that did not reach the client. */
export function agreeAgain(state: State, id: CallbackId, again: Again, at: number): Decision {
  const callback = state.callbacks.get(id);
  if (callback === undefined) return { refused: 'callback.unknown' };
  const isTheirs = state.parted.get(again.agent) === id;
  if (!isTheirs || callback.attempt === null) return { refused: 'callback.not_parted' };
  const refused = whyNotAgain(state, callback, again, at);
  if (refused !== null) return { refused };
  const { agent, untilAt, spokeWith } = again;
  const failed: Fact[] =
    spokeWith === 'client'
      ? []
      : [{ type: 'attempt.failed', v: 1, attempt: callback.attempt, cause: 'other_person' }];
  return [...failed, { type: 'callback.again_agreed', v: 1, callback: id, agent, untilAt, with: spokeWith }];
}

/** How often the agent may still agree on another call for it. */
export function againLeft(state: State, { again }: Callback): number {
  return Math.max(0, againMaxOf(state) - (again?.agreed ?? 0));
}

function againMaxOf(state: State): number {
  return configurationOf(state).callback.againMax ?? 0;
}

function whyNotAgain(
  state: State,
  callback: Callback,
  { untilAt, spokeWith }: Again,
  at: number,
): RefusalCode | null {
  if (againLeft(state, callback) === 0) return 'callback.again_full';
  if (spokeWith === 'other' && !afterFailure(state, callback, 'other_person').retry)
    return 'callback.attempts_spent';
  if (untilAt <= at) return 'callback.time_past';
  if (untilAt > at + LIMITS.laterMaxMs) return 'callback.too_far';
  if (!mayBeCalledAt(state, callback, untilAt)) return 'callback.outside_hours';
  const { line, numberKey, mainKey, byRelay } = callback;
  if (state.numbers.isBarred(numberKey, mainKey)) return 'callback.never_call';
  // They have registered another since they hung up: two for one number are never open (S14).
  return !byRelay && fullAt(state, line, numberKey, mainKey) !== null ? 'callback.number_taken' : null;
}

/** A time is promised here, so it is not moved to the next opening: within both hours, and before the last moment to begin. */
function mayBeCalledAt(state: State, { line: id }: Callback, at: number): boolean {
  const { open, closing } = lineOf(state, id);
  const closesAt = spanAt(open, at)?.toAt ?? 0;
  const isBegun = closesAt === Number.MAX_SAFE_INTEGER || at < closesAt - closing.cutOffMs;
  return isBegun && isOpenAt(closing.callingHours, at);
}
