// Agents who work by a page: it opens and is lost, it shows whom the agent is reserved for before the phone rings, and from
// there they accept, reject, hang up and say what came of it. Whoever works by a page is not ready without it, and a place
// that was shown to nobody goes back to its own key (docs/adr/0022). Agents with a phone alone go on as they always did.

import { assertNever, must } from './assert.ts';
import { agreeAgain, endParted } from './call-again.ts';
import { endConsult } from './decide-consult.ts';
import { hangUp } from './decide-leg.ts';
import { type Decision, NOTHING } from './decision.ts';
import type { Fact, Outcome } from './fact.ts';
import type { CallbackId } from './id.ts';
import type { PeopleInput, Stamp } from './input.ts';
import {
  type Agent,
  attemptOf,
  callbackOf,
  configurationOf,
  type Place,
  placeOf,
  type ShownClient,
  type State,
} from './state.ts';

type PageInput = Extract<
  PeopleInput,
  {
    type:
      | 'agent.page_opens'
      | 'agent.page_ends'
      | 'agent.accept'
      | 'agent.reject'
      | 'agent.hang_up'
      | 'agent.tell_outcome'
      | 'agent.call_again';
  }
>;

/** The reason of an agent who is not ready since their page is gone. */
export const PAGE_LOST = 'page_lost';

export function isWithoutPage({ page }: Agent): boolean {
  return page !== undefined && !page.isOpen;
}

/** For so long it is shown before the phone rings; a caller who holds is not kept waiting for that. */
export function previewMsOf(state: State, { page }: Agent, place: Place): number {
  return page?.isOpen === true && place.callback !== null ? (configurationOf(state).agent.previewMs ?? 0) : 0;
}

export function decidePage(state: State, agent: Agent, input: PageInput, stamp: Stamp): Decision {
  switch (input.type) {
    case 'agent.page_opens':
      return open(agent);
    case 'agent.page_ends':
      return lose(state, agent, stamp);
    case 'agent.accept':
      if (agent.page?.isPreview !== true) return { refused: 'agent.no_preview' };
      return [{ type: 'agent.rung', v: 1, agent: agent.id }];
    case 'agent.reject':
      if (agent.state !== 'reserved') return { refused: 'agent.no_preview' };
      return returned(agent, 'agent_rejected', input.reason);
    case 'agent.hang_up':
      if (agent.state === 'consulted') return leaveColleague(state, agent);
      return agent.state === 'on_call' ? hangUp(state, agent, stamp) : { refused: 'agent.no_client' };
    case 'agent.tell_outcome':
      return tellOutcome(state, agent, input);
    case 'agent.call_again':
      return callAgain(state, agent, input, stamp.at);
    default:
      return assertNever(input);
  }
}

function open(agent: Agent): Decision {
  if (agent.page?.isOpen === true) return NOTHING;
  const opened: Fact = { type: 'agent.page_opened', v: 1, agent: agent.id };
  // Back before the call was over: they go on as if they had never been away.
  const isBack = agent.next === 'not_ready' && agent.nextReason === PAGE_LOST && isAtWork(agent);
  return isBack
    ? [opened, { type: 'agent.next_chosen', v: 1, agent: agent.id, next: 'ready', reason: '' }]
    : [opened];
}

function isAtWork({ state }: Agent): boolean {
  return state === 'on_call' || state === 'consulted' || state === 'clearing' || state === 'wrap_up';
}

function lose(state: State, agent: Agent, stamp: Stamp): Decision {
  if (agent.page?.isOpen !== true) return NOTHING;
  const lost: Fact = { type: 'agent.page_lost', v: 1, agent: agent.id };
  switch (agent.state) {
    case 'ready':
      return [lost, { type: 'agent.not_ready', v: 1, agent: agent.id, reason: PAGE_LOST }];
    case 'reserved':
      return [lost, ...returned(agent, 'agent_lost', PAGE_LOST)];
    case 'on_call':
      if (isDialled(state, agent)) return [lost, ...notReadyNext(agent)];
      return [lost, ...hangUp(state, agent, stamp, PAGE_LOST)];
    case 'consulted':
    case 'clearing':
    case 'wrap_up':
      return [lost, ...notReadyNext(agent)];
    case 'not_ready':
    case 'signed_out':
      return [lost];
    default:
      return assertNever(agent.state);
  }
}

/** A colleague's client goes on with that colleague; the phone, which rings or talks, is freed. */
function leaveColleague(state: State, agent: Agent): Decision {
  return endConsult(state, placeOf(state, must(agent.helps, 'place of a colleague')), 'left');
}

/** What they chose themselves stands. */
function notReadyNext(agent: Agent): Fact[] {
  return agent.next === 'ready'
    ? [{ type: 'agent.next_chosen', v: 1, agent: agent.id, next: 'not_ready', reason: PAGE_LOST }]
    : [];
}

/** Somebody's phone may ring, or has been answered: what the agent's own phone does decides about that, not the page. */
function isDialled(state: State, agent: Agent): boolean {
  const { callback: id } = placeOf(state, must(agent.place, 'place of an agent on a call'));
  if (id === null) return true;
  const { attempt } = callbackOf(state, id);
  return attempt !== null && attemptOf(state, attempt).state !== 'intended';
}

/** The place goes back to its own key, no attempt is counted; what the agent had chosen for afterwards stands. */
function returned(agent: Agent, cause: 'agent_rejected' | 'agent_lost', reason: string): Fact[] {
  const { id } = agent;
  const place = must(agent.place, 'place of a reserved agent');
  const back: Fact = { type: 'place.returned', v: 1, place, agent: id, cause };
  if (agent.next !== 'signed_out')
    return [back, { type: 'agent.not_ready', v: 1, agent: id, reason: agent.nextReason || reason }];
  return [
    back,
    { type: 'agent.released', v: 1, agent: id, by: 'centre', talked: false, playback: null },
    { type: 'agent.signed_out', v: 1, agent: id },
  ];
}

/**
 * Of whom an agent can say now what came of it; or why of nobody. `callback`: whom the page meant, in case it shows somebody
 * else by now, or was cut off until the wrap-up was over. Asked too before a note is kept for it.
 */
export function toldOf(
  { page, state }: Agent,
  callback?: CallbackId,
): ShownClient | 'agent.no_client' | 'agent.outcome_told' {
  if (page?.untold !== undefined && page.untold.callback === callback) return page.untold;
  const client = page?.client ?? null;
  if (client === null || state === 'reserved') return 'agent.no_client';
  if (callback !== undefined && callback !== client.callback) return 'agent.no_client';
  return client.outcome === null ? client : 'agent.outcome_told';
}

/** Of a conversation that is over it was the last word. */
function tellOutcome(
  state: State,
  agent: Agent,
  input: Extract<PageInput, { type: 'agent.tell_outcome' }>,
): Decision {
  const client = toldOf(agent, input.callback);
  if (typeof client === 'string') return { refused: client };
  const isLast = state.parted.get(agent.id) === client.callback;
  return [
    told(agent, client, input.outcome, input.noted),
    ...(isLast ? endParted(state, agent.id) : NOTHING),
  ];
}

/** Asked too before a note is kept for it. */
export function callAgain(
  state: State,
  agent: Agent,
  input: Extract<PageInput, { type: 'agent.call_again' }>,
  at: number,
): Decision {
  const client = toldOf(agent, input.callback);
  if (typeof client === 'string') return { refused: client };
  const agreed = agreeAgain(state, client.callback, input, at);
  return 'refused' in agreed ? agreed : [told(agent, client, 'again', input.noted), ...agreed];
}

function told({ id: agent }: Agent, { callback }: ShownClient, outcome: Outcome, isNoted: boolean): Fact {
  const noted = isNoted ? ({ noted: true } as const) : {};
  return { type: 'callback.outcome_told', v: 1, callback, agent, outcome, ...noted };
}
