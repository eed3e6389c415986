// What agents ask for: to sign in, be ready, not ready for a reason, wrap up, sign out. Asking twice is harmless; what
// is asked during a call waits until it is over.

import { assertNever } from './assert.ts';
import { afterAttempt } from './decide-attempt.ts';
import { decideTalk, endConsult } from './decide-consult.ts';
import { markRelay } from './decide-owner.ts';
import { decidePage, isWithoutPage } from './decide-page.ts';
import { type Decision, NOTHING, type Refusal } from './decision.ts';
import type { Fact } from './fact.ts';
import type { PeopleInput, Stamp } from './input.ts';
import { wrapUpMsOf } from './policy.ts';
import { type Agent, attemptOf, type State } from './state.ts';

type Next = { readonly next: Agent['next']; readonly reason: string };

/** Facts that come of what an agent asks for, with who asked where that is known. */
export function decideAgent(state: State, input: PeopleInput, stamp: Stamp): Decision {
  const decision = decideAsked(state, input, stamp);
  const { by } = input;
  return by === undefined || 'refused' in decision ? decision : decision.map((fact) => askedBy(fact, by));
}

function askedBy(fact: Fact, by: string): Fact {
  switch (fact.type) {
    case 'agent.signed_in':
    case 'agent.signed_out':
    case 'agent.ready':
    case 'agent.not_ready':
    case 'agent.next_chosen':
    case 'agent.wrap_up_started':
    case 'agent.rung':
    case 'callback.outcome_told':
    case 'callback.again_agreed':
      return { ...fact, by };
    case 'agent.released':
      return { ...fact, toldBy: by };
    default:
      return fact;
  }
}

function decideAsked(state: State, input: PeopleInput, stamp: Stamp): Decision {
  const agent = state.agents.get(input.agent);
  if (input.type === 'agent.sign_in') return agent === undefined ? signIn(state, input) : NOTHING;
  if (!state.known.has(input.agent) && agent === undefined) return { refused: 'agent.unknown' };
  if (agent === undefined) return { refused: 'agent.signed_out' };
  switch (input.type) {
    case 'agent.go_ready':
      if (isWithoutPage(agent)) return { refused: 'agent.no_page' };
      return change(agent, { next: 'ready', reason: '' }, { type: 'agent.ready', v: 1, agent: agent.id });
    case 'agent.go_not_ready':
      return change(
        agent,
        { next: 'not_ready', reason: input.reason },
        { type: 'agent.not_ready', v: 1, agent: agent.id, reason: input.reason },
      );
    case 'agent.sign_out':
      return change(
        agent,
        { next: 'signed_out', reason: '' },
        { type: 'agent.signed_out', v: 1, agent: agent.id },
      );
    case 'agent.wrap_up':
      return agent.state === 'wrap_up' ? [moreWrapUp(state, agent, stamp)] : { refused: 'agent.no_wrap_up' };
    case 'agent.voicemail':
      return voicemail(state, agent, stamp);
    case 'agent.mark_relay': {
      const place = agent.place === null ? undefined : state.places.get(agent.place);
      return agent.state === 'on_call' && place !== undefined
        ? markRelay(place, input.by ?? agent.id)
        : { refused: 'agent.no_client' };
    }
    case 'agent.hold':
    case 'agent.retrieve':
    case 'agent.transfer':
    case 'agent.consult':
    case 'agent.join':
    case 'agent.hand_over':
    case 'agent.end_consult':
      return decideTalk(state, agent, input, stamp);
    case 'agent.page_opens':
    case 'agent.page_ends':
    case 'agent.accept':
    case 'agent.reject':
    case 'agent.hang_up':
    case 'agent.tell_outcome':
    case 'agent.call_again':
      return decidePage(state, agent, input, stamp);
    default:
      return assertNever(input);
  }
}

/** Never a success: the client's chance is used, and the agent is free after the neutral message, if there is one. */
export function voicemail(state: State, agent: Agent, stamp: Stamp): Decision {
  const place = agent.place === null ? undefined : state.places.get(agent.place);
  const callback = place?.callback == null ? undefined : state.callbacks.get(place.callback);
  if (callback === undefined || callback.attempt === null || callback.state !== 'connected')
    return { refused: 'agent.no_client' };
  const attempt = attemptOf(state, callback.attempt);
  const letGoOf = place === undefined ? [] : endConsult(state, place, 'client_left');
  const released: Fact = {
    type: 'agent.released',
    v: 1,
    agent: agent.id,
    by: 'centre',
    talked: false,
    playback: null,
  };
  return [...letGoOf, released, ...afterAttempt(state, callback, attempt, 'voicemail', stamp)];
}

function signIn(state: State, input: Extract<PeopleInput, { type: 'agent.sign_in' }>): Decision {
  const known = state.known.get(input.agent);
  if (known === undefined) return { refused: 'agent.unknown' };
  const lines = input.lines ?? known.lines;
  const languages = input.languages ?? known.languages;
  const refusal =
    notGiven(lines, known.lines, 'agent.line_unknown') ??
    notGiven(languages, known.languages, 'agent.language_unknown');
  if (refusal !== null) return refusal;
  const once = <T>(named: readonly T[]): T[] => [...new Set(named)];
  return [
    { type: 'agent.signed_in', v: 1, agent: input.agent, lines: once(lines), languages: once(languages) },
  ];
}

function notGiven<T>(wanted: readonly T[], given: readonly T[], code: Refusal['refused']): Refusal | null {
  return wanted.length > 0 && wanted.every((w) => given.includes(w)) ? null : { refused: code };
}

/** At once where the agent is free, else noted for after the call. */
function change(agent: Agent, next: Next, now: Fact): Decision {
  switch (agent.state) {
    case 'not_ready':
      return now.type === 'agent.not_ready' && agent.reason === next.reason ? NOTHING : [now];
    case 'ready':
      return now.type === 'agent.ready' ? NOTHING : [now];
    case 'wrap_up':
      return [now];
    case 'reserved':
    case 'consulted':
    case 'on_call':
    case 'clearing':
      return agent.next === next.next && agent.nextReason === next.reason
        ? NOTHING
        : [{ type: 'agent.next_chosen', v: 1, agent: agent.id, ...next }];
    case 'signed_out':
      return NOTHING;
    default:
      return assertNever(agent.state);
  }
}

function moreWrapUp(state: State, agent: Agent, stamp: Stamp): Fact {
  return {
    type: 'agent.wrap_up_started',
    v: 1,
    agent: agent.id,
    untilAt: stamp.at + wrapUpMsOf(state, agent.line),
  };
}
