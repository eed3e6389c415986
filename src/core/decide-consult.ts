// What agents do with a client they talk to: hold, consult a colleague or somebody outside, all three together, hand the
// client over, or transfer them at once to a line, a colleague or a number of the directory (docs/adr/0024). Nobody is sent
// where they would be refused: the agent hears why not and keeps the client. Who is let down on the way waits at their key.

import { assertNever, must } from './assert.ts';
import { complete } from './closing.ts';
import { letGo } from './decide-attempt.ts';
import { chosenStatus, nextStatus, WHY_UNANSWERED } from './decide-leg.ts';
import { type Decision, NOTHING, type Refusal } from './decision.ts';
import type { ConsultEnd, Fact } from './fact.ts';
import { hoursFor, isOpenAt } from './hours.ts';
import type { AgentId, CallId, LegId, LineId } from './id.ts';
import type { EndCause, Input, Party, PeopleInput, Stamp } from './input.ts';
import { isLineFull } from './menus.ts';
import { isIdle, queueKey } from './queue.ts';
import {
  type Agent,
  agentOf,
  attemptChannel,
  type Consult,
  callbackOf,
  callOf,
  configurationOf,
  type Place,
  type State,
} from './state.ts';
import { isOn } from './switches.ts';
import { askTone } from './tone.ts';

export type TalkInput = Extract<
  PeopleInput,
  {
    type:
      | 'agent.hold'
      | 'agent.retrieve'
      | 'agent.transfer'
      | 'agent.consult'
      | 'agent.join'
      | 'agent.hand_over'
      | 'agent.end_consult';
  }
>;

type TalkFact = Extract<Fact, { type: 'client.held' | 'client.retrieved' }>['type'];

export function decideTalk(state: State, agent: Agent, input: TalkInput, stamp: Stamp): Decision {
  const place = talkOf(state, agent);
  if (place === null) return { refused: 'agent.no_client' };
  const { consult } = place;
  switch (input.type) {
    case 'agent.hold':
      if (consult !== undefined) return { refused: 'consult.begun' };
      return place.onHold === true ? NOTHING : [talking('client.held', place, agent)];
    case 'agent.retrieve':
      if (consult?.state === 'joined') return NOTHING;
      if (consult !== undefined) return endConsult(state, place, 'let_go');
      return place.onHold === true ? [talking('client.retrieved', place, agent)] : NOTHING;
    case 'agent.consult':
      return consult === undefined
        ? beginConsult(state, agent, place, input.to)
        : { refused: 'consult.begun' };
    case 'agent.join':
      if (consult?.state === 'joined') return NOTHING;
      if (consult?.state !== 'talking') return notThere(consult);
      return [{ type: 'consult.joined', v: 1, place: place.id }];
    case 'agent.hand_over':
      if (consult?.state !== 'talking' && consult?.state !== 'joined') return notThere(consult);
      return [...handOver(state, agent, place, consult, stamp), gone(agent)];
    case 'agent.end_consult':
      return consult === undefined ? { refused: 'consult.not_begun' } : endConsult(state, place, 'let_go');
    case 'agent.transfer':
      return transfer(state, agent, place, input.to, stamp);
    default:
      return assertNever(input);
  }
}

function talking(type: TalkFact, place: Place, agent: Agent): Fact {
  return { type, v: 1, place: place.id, agent: agent.id };
}

function notThere(consult: Consult | undefined): Refusal {
  return { refused: consult === undefined ? 'consult.not_begun' : 'consult.not_answered' };
}

/** The place whose client this agent talks to, or has on hold. */
export function talkOf(state: State, agent: Agent): Place | null {
  const place = agent.place === null ? undefined : state.places.get(agent.place);
  if (agent.state !== 'on_call' || place === undefined) return null;
  const isThere =
    place.callback !== null
      ? callbackOf(state, place.callback).state === 'connected'
      : place.call !== null && callOf(state, place.call).state === 'connected';
  return isThere ? place : null;
}

// ---- whom to ask, or to give the client to

function beginConsult(state: State, agent: Agent, place: Place, to: Party): Decision {
  if ('outside' in to) {
    const refusal = whyNotOutside(state, to.outside);
    return refusal ?? [begun(state, agent, place, { outside: to.outside })];
  }
  const other = 'line' in to ? idlest(state, to.line, place) : readyOther(state, agent, to.agent);
  if (typeof other !== 'string') return other;
  return [begun(state, agent, place, { agent: other })];
}

type Asked = { readonly agent: AgentId } | { readonly outside: string; readonly isBlind?: true };

function begun(state: State, agent: Agent, place: Place, asked: Asked): Fact {
  const leg = (state.last.leg + 1) as LegId;
  return { type: 'consult.begun', v: 1, place: place.id, by: agent.id, leg, ...asked };
}

/** Of a line: who has been idle longest of those who serve it in the client's language. */
function idlest(state: State, line: LineId, place: Place): AgentId | Refusal {
  if (!state.lines.has(line)) return { refused: 'line.unknown' };
  const idle = state.queues.get(queueKey(line, place.language))?.idle.first(isIdle) ?? null;
  return idle === null || !state.telephonyUp ? { refused: 'transfer.nobody_ready' } : idle.agent.id;
}

function readyOther(state: State, agent: Agent, id: AgentId): AgentId | Refusal {
  if (!state.known.has(id)) return { refused: 'agent.unknown' };
  const isReady = id !== agent.id && state.agents.get(id)?.state === 'ready' && state.telephonyUp;
  return isReady ? id : { refused: 'transfer.agent_busy' };
}

function whyNotOutside(state: State, id: string): Refusal | null {
  const isListed = configurationOf(state).directory?.some((party) => party.id === id) === true;
  if (!isListed) return { refused: 'transfer.outside_unknown' };
  const mayDial = state.telephonyUp && isOn(state.switches, 'dialling', null);
  return mayDial ? null : { refused: 'transfer.dialling_off' };
}

// ---- the client goes on elsewhere

function transfer(state: State, agent: Agent, place: Place, to: Party, stamp: Stamp): Decision {
  const sent =
    'line' in to ? toLine(state, place, agent, to.line, stamp) : toSomebody(state, place, agent, to);
  if ('refused' in sent) return sent;
  return [
    ...endConsult(state, place, 'let_go'),
    ...askTone(state, agent.id, place, stamp),
    ...adopt(state, place, stamp),
    ...sent,
    gone(agent),
  ];
}

/** Open and with room, or the agent keeps the client: nobody is sent into silence. */
function toLine(state: State, place: Place, agent: Agent, id: LineId, stamp: Stamp): Fact[] | Refusal {
  const line = configurationOf(state).lines.find((one) => one.id === id);
  if (line === undefined) return { refused: 'line.unknown' };
  if (id === place.line) return { refused: 'transfer.same_line' };
  if (!isOpenAt(hoursFor(line, null), stamp.at)) return { refused: 'transfer.line_closed' };
  if (isLineFull(state, line, place.language)) return { refused: 'transfer.line_full' };
  return [transferred(place, agent.id, id)];
}

function toSomebody(
  state: State,
  place: Place,
  agent: Agent,
  to: Exclude<Party, { readonly line: LineId }>,
): Fact[] | Refusal {
  if ('outside' in to) {
    const refusal = whyNotOutside(state, to.outside);
    return refusal ?? [begun(state, agent, place, { outside: to.outside, isBlind: true })];
  }
  const other = readyOther(state, agent, to.agent);
  if (typeof other !== 'string') return other;
  const leg = (state.last.leg + 1) as LegId;
  return [
    transferred(place, agent.id, place.line),
    { type: 'agent.reserved', v: 1, agent: other, place: place.id, leg, sentBy: agent.id },
  ];
}

function transferred(place: Place, agent: AgentId | null, line: LineId): Fact {
  return { type: 'place.transferred', v: 1, place: place.id, agent, line };
}

/** The agent's part is over, and their phone is to be freed. */
function gone(agent: Agent): Fact {
  return { type: 'agent.released', v: 1, agent: agent.id, by: 'centre', talked: true, playback: null };
}

/** Whoever was consulted goes on with the client; the agent's own facts are the caller's to add. */
function handOver(state: State, agent: Agent, place: Place, consult: Consult, stamp: Stamp): Fact[] {
  return [
    ...askTone(state, agent.id, place, stamp),
    ...adopt(state, place, stamp),
    { type: 'place.handed_over', v: 1, place: place.id, from: agent.id, to: consult.agent },
  ];
}

/** What was promised with a callback is kept; who goes on talking is a caller like all others. */
function adopt(state: State, place: Place, stamp: Stamp): Fact[] {
  if (place.callback === null) return [];
  const callback = callbackOf(state, place.callback);
  const channel = attemptChannel(state, must(callback.attempt, 'attempt of a conversation'));
  return [
    complete(state, callback, stamp.at),
    {
      type: 'call.adopted',
      v: 1,
      call: (state.last.call + 1) as CallId,
      place: place.id,
      callback: callback.id,
      channel,
    },
  ];
}

// ---- the ends

/** Whoever was rung or is there is let go of; nothing where nobody is. */
export function endConsult(state: State, place: Place, cause: ConsultEnd): Fact[] {
  const { consult } = place;
  if (consult === undefined) return [];
  const ended: Fact = { type: 'consult.ended', v: 1, place: place.id, cause };
  return consult.agent === null ? [ended] : [ended, letGo(agentOf(state, consult.agent).id)];
}

/**
 * The agent has hung up: a colleague who was asked goes on with the client, and so does somebody outside with whom the
 * client was not yet. Null: the conversation is over, as without a consultation.
 */
export function afterHangUp(state: State, agent: Agent, place: Place, stamp: Stamp): Fact[] | null {
  const { consult } = place;
  if (consult === undefined) return null;
  const goesOn = consult.state === 'talking' || (consult.state === 'joined' && consult.agent !== null);
  return goesOn ? handOver(state, agent, place, consult, stamp) : null;
}

type ConsultInput = Extract<Input, { type: 'channel.ringing' | 'channel.answered' | 'channel.ended' }>;

/** What the phone of somebody outside brings. */
export function decideOutside(state: State, place: Place, input: ConsultInput, stamp: Stamp): Decision {
  switch (input.type) {
    case 'channel.ringing':
      return NOTHING;
    case 'channel.answered':
      return answerConsult(place);
    case 'channel.ended':
      return consultEnds(state, place, input.cause, stamp);
    default:
      return assertNever(input);
  }
}

/** Where the agent did not wait for it, the client is with them at once. */
export function answerConsult(place: Place): Decision {
  if (place.consult?.state !== 'ringing') return NOTHING;
  const answered: Fact = { type: 'consult.answered', v: 1, place: place.id };
  const handed: Fact = { type: 'place.handed_over', v: 1, place: place.id, from: null, to: null };
  return place.agent === null ? [answered, handed] : [answered];
}

/** The third party's side is gone, or never came. */
export function consultEnds(state: State, place: Place, cause: EndCause, stamp: Stamp): Fact[] {
  const consult = must(place.consult, 'consultation');
  const ended = (why: ConsultEnd): Fact => ({ type: 'consult.ended', v: 1, place: place.id, cause: why });
  const other = consult.agent === null ? null : agentOf(state, consult.agent);
  switch (consult.state) {
    case 'intended':
    case 'ringing': {
      const facts = [
        ended(WHY_ENDED[cause]),
        ...(other === null ? [] : unanswered(state, other, cause, stamp)),
      ];
      return place.agent === null ? [...facts, transferred(place, null, place.line)] : facts;
    }
    case 'talking':
    case 'joined':
      return other === null ? [ended('left')] : [ended('left'), left(other, 'agent'), chosenStatus(other)];
    case 'handed':
      return [ended('left'), { type: 'place.left', v: 1, place: place.id, reason: 'served' }];
    case 'over':
      return [];
    default:
      return assertNever(consult.state);
  }
}

/** As for a client: who lets it ring is not ready, unless it was lost, or they had chosen already what comes next. */
function unanswered(state: State, other: Agent, cause: EndCause, stamp: Stamp): Fact[] {
  const [, reason] = WHY_UNANSWERED[cause];
  if (reason === '' || other.next !== 'ready')
    return [
      left(other, cause === 'lost' ? 'agent' : 'centre'),
      nextStatus(state, { ...other, talked: false }, stamp),
    ];
  return [{ type: 'agent.not_ready', v: 1, agent: other.id, reason }];
}

function left(other: Agent, by: 'agent' | 'centre'): Fact {
  return { type: 'agent.released', v: 1, agent: other.id, by, talked: false, playback: null };
}

const WHY_ENDED: Record<EndCause, ConsultEnd> = {
  normal: 'unanswered',
  busy: 'refused',
  no_answer: 'unanswered',
  unallocated: 'unreachable',
  rejected: 'refused',
  congestion: 'unreachable',
  fence_refused: 'refused',
  unreachable: 'unreachable',
  lost: 'unreachable',
  unknown: 'unreachable',
};

/** Asked by the fence: once, while the agent (or, where they did not wait, the client) is still there. */
export function mayDialOutside(state: State, place: Place): boolean {
  const { consult } = place;
  if (consult?.state !== 'intended' || consult.outside === null) return false;
  return whyNotOutside(state, consult.outside) === null;
}
