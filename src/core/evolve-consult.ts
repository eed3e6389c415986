// How the facts of a conversation that goes on elsewhere change the state: hold, consultation, handing over, transfer.
// See evolve.ts.

import { assert, assertNever, must } from './assert.ts';
import { callChart } from './call.ts';
import { follow } from './chart.ts';
import { type ConsultFact, consultChart } from './consult.ts';
import { becomeConsulted, takeOver } from './evolve-agent.ts';
import { addCall } from './evolve-call.ts';
import type { FactOf } from './fact.ts';
import { ringMsOf } from './policy.ts';
import {
  agentOf,
  type Consult,
  callOf,
  configurationOf,
  legChannel,
  type Place,
  placeOf,
  type State,
} from './state.ts';
import { movePlace, transferPlace } from './waiting.ts';

/** Between asking the fence and hearing of it, and after the far phone's own ring time. */
const OUTSIDE_GRACE_MS = 15_000;

type TalksFact = FactOf<
  | 'client.held'
  | 'client.retrieved'
  | 'consult.begun'
  | 'consult.permitted'
  | 'consult.answered'
  | 'consult.joined'
  | 'consult.ended'
  | 'place.handed_over'
  | 'place.transferred'
  | 'call.adopted'
>;

export function evolveTalk(state: State, fact: TalksFact, at: number): void {
  const place = placeOf(state, fact.place);
  switch (fact.type) {
    case 'client.held':
      place.onHold = true;
      return;
    case 'client.retrieved':
      delete place.onHold;
      return;
    case 'consult.begun':
      begin(state, place, fact, at);
      return;
    case 'consult.permitted':
      move(place, fact.type, at);
      ringUntil(state, place, at + ringMsOf(state, place) + OUTSIDE_GRACE_MS);
      return;
    case 'consult.answered': {
      const { agent } = move(place, fact.type, at);
      if (agent === null) stopRinging(state, place);
      else {
        const other = agentOf(state, agent);
        other.deadline = state.deadlines.clear(other.deadline);
      }
      return;
    }
    case 'consult.joined':
      move(place, fact.type, at);
      delete place.onHold;
      return;
    case 'consult.ended':
      end(state, place, at);
      return;
    case 'place.handed_over':
      handOver(state, place, fact, at);
      return;
    case 'place.transferred':
      transfer(state, place, fact, at);
      return;
    case 'call.adopted':
      adopt(state, place, fact, at);
      return;
    default:
      assertNever(fact);
  }
}

function move(place: Place, on: ConsultFact, at: number): Consult {
  const consult = must(place.consult, 'consultation');
  if (on === 'consult.answered') consult.since = at;
  consult.state = follow(consultChart, 'consult', consult.state, on, place.id);
  return consult;
}

function begin(state: State, place: Place, fact: FactOf<'consult.begun'>, at: number): void {
  assert(fact.leg === state.last.leg + 1, 'legs are numbered in order');
  assert(place.consult === undefined, 'one consultation at a time');
  const { leg, agent = null, outside = null } = fact;
  state.last.leg = leg;
  place.onHold = true;
  if (fact.isBlind === true) place.agent = null;
  if (agent !== null) {
    place.consult = { leg, agent, outside: null, state: 'ringing', since: at };
    becomeConsulted(state, agentOf(state, agent), place.id, leg, at);
    return;
  }
  place.consult = { leg, agent: null, outside: must(outside, 'party outside'), state: 'intended', since: at };
  state.channels.set(legChannel(state, leg), { kind: 'consult', place: place.id });
  ringUntil(state, place, at + OUTSIDE_GRACE_MS);
}

function ringUntil(state: State, place: Place, at: number): void {
  place.deadline = state.deadlines.set(place.deadline ?? null, 'consult', place.id, at);
}

function stopRinging(state: State, place: Place): void {
  state.deadlines.clear(place.deadline ?? null);
  delete place.deadline;
}

/** With the agent, the client is off hold as well: whoever consults somebody else has not left them. */
function end(state: State, place: Place, at: number): void {
  const consult = move(place, 'consult.ended', at);
  if (consult.agent === null) state.channels.delete(legChannel(state, consult.leg));
  stopRinging(state, place);
  delete place.consult;
  delete place.onHold;
}

function handOver(state: State, place: Place, fact: FactOf<'place.handed_over'>, at: number): void {
  const consult = move(place, fact.type, at);
  movePlace(state, place, fact.type);
  delete place.onHold;
  place.agent = fact.to;
  if (fact.to === null) return;
  delete place.consult;
  takeOver(agentOf(state, fact.to), place, at);
  assert(consult.agent === fact.to, 'who was consulted takes over');
}

/** In line again, there or where they were, as somebody who holds: what they were told of another line is forgotten. */
function transfer(state: State, place: Place, fact: FactOf<'place.transferred'>, at: number): void {
  transferPlace(state, place, fact.line);
  const call = callOf(state, must(place.call, 'call of a client who is transferred'));
  call.state = follow(callChart, 'call', call.state, fact.type, call.id);
  call.line = place.line;
  call.step = 'offer';
  call.round = 0;
  const untilAt = at + configurationOf(state).dialogue.offerEveryMs;
  call.deadline = state.deadlines.set(call.deadline, 'call', call.id, untilAt);
}

function adopt(state: State, place: Place, fact: FactOf<'call.adopted'>, at: number): void {
  place.callback = null;
  place.call = fact.call;
  const { language, line, relay } = place;
  const begun = { ani: null, state: 'connected', step: 'talking', language, line, relay, at } as const;
  addCall(state, fact, begun).place = place.id;
}
