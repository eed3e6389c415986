// How the facts of agents change the state. See evolve.ts.

import { type AgentFact, agentChart } from './agent.ts';
import { assert, assertNever, must } from './assert.ts';
import { follow } from './chart.ts';
import { showClient } from './evolve-page.ts';
import type { FactOf } from './fact.ts';
import { midClosedAt } from './hours.ts';
import type { LegId, PlaceId, PlaybackId } from './id.ts';
import { type Desk, type Queue, queueKeys, rankOf } from './queue.ts';
import {
  type Agent,
  agentOf,
  callbackOf,
  callOf,
  configurationOf,
  legChannel,
  type Place,
  placeOf,
  type State,
} from './state.ts';
import { movePlace } from './waiting.ts';

/** The phone's own ring time ends it; this is for the case that nothing is heard of it any more. */
const RING_GRACE_MS = 5_000;
/** An announcement of a few seconds, or a phone to be freed: as above. */
const CLEARING_MAX_MS = 10_000;
const ANNOUNCEMENT_MAX_MS = 20_000;

type AgentsFact = FactOf<
  Exclude<AgentFact, 'consult.begun' | 'place.handed_over'> | 'agent.next_chosen' | 'agent.shift_neared'
>;

export function evolveAgent(state: State, fact: AgentsFact, at: number): void {
  if (fact.type === 'agent.signed_in') {
    signIn(state, fact, at);
    return;
  }
  const agent = agentOf(state, fact.agent);
  if (fact.type === 'agent.next_chosen') {
    agent.next = fact.next;
    agent.nextReason = fact.reason;
    return;
  }
  if (fact.type === 'agent.shift_neared') {
    armShift(state, agent, at);
    return;
  }
  move(agent, fact.type, at);
  switch (fact.type) {
    case 'agent.signed_out':
      free(state, agent);
      count(agent, -1);
      state.agents.delete(agent.id);
      return;
    case 'agent.ready':
      keepUntold(agent);
      learn(state, agent, at);
      free(state, agent);
      state.last.ready += 1;
      agent.readySeq = state.last.ready;
      becomeIdle(agent);
      armShift(state, agent, at);
      return;
    case 'agent.not_ready':
      keepUntold(agent);
      learn(state, agent, at);
      free(state, agent);
      agent.reason = fact.reason;
      return;
    case 'agent.reserved':
      reserve(state, agent, fact, at);
      return;
    case 'agent.rung':
      rung(state, agent, at);
      return;
    case 'agent.answered':
      agent.worked = true;
      if (fact.playback === null) agent.deadline = state.deadlines.clear(agent.deadline);
      else announce(state, agent, fact.playback, at);
      return;
    case 'agent.announced':
      announce(state, agent, fact.playback, at);
      return;
    case 'agent.released':
      if (agent.page !== undefined) agent.page.isPreview = false;
      agent.place = null;
      delete agent.helps;
      agent.playback = null;
      if (fact.playback !== null) state.last.playback = fact.playback;
      agent.talked = fact.talked;
      agent.deadline = state.deadlines.set(agent.deadline, 'agent', agent.id, at + CLEARING_MAX_MS);
      return;
    case 'agent.wrap_up_started':
      dropLeg(state, agent);
      agent.deadline = state.deadlines.set(agent.deadline, 'agent', agent.id, fact.untilAt);
      return;
    default:
      assertNever(fact);
  }
}

function signIn(state: State, fact: FactOf<'agent.signed_in'>, at: number): void {
  assert(!state.agents.has(fact.agent), 'an agent signs in once');
  const agent: Agent = {
    id: fact.agent,
    state: follow(agentChart, 'agent', 'signed_out', fact.type, fact.agent),
    lines: fact.lines,
    languages: fact.languages,
    desks: [],
    readySeq: 0,
    reason: 'signed_in',
    since: at,
    place: null,
    line: null,
    leg: null,
    playback: null,
    talked: false,
    worked: false,
    reservedAt: 0,
    next: 'ready',
    nextReason: '',
    deadline: null,
  };
  agent.desks = desksOf(state, agent);
  state.agents.set(agent.id, agent);
  count(agent, 1);
}

function reserve(state: State, agent: Agent, fact: FactOf<'agent.reserved'>, at: number): void {
  assert(fact.leg === state.last.leg + 1, 'legs are numbered in order');
  const place = placeOf(state, fact.place);
  state.last.leg = fact.leg;
  agent.place = place.id;
  agent.line = place.line;
  agent.leg = fact.leg;
  agent.reservedAt = at;
  agent.talked = false;
  agent.worked = false;
  agent.next = 'ready';
  agent.nextReason = '';
  if (agent.page !== undefined) showClient(state, agent.page, place);
  if (fact.previewUntilAt === undefined) rung(state, agent, at);
  else {
    if (agent.page !== undefined) agent.page.isPreview = true;
    agent.deadline = state.deadlines.set(agent.deadline, 'agent', agent.id, fact.previewUntilAt);
  }
  place.agent = agent.id;
  if (place.callback !== null) {
    const callback = callbackOf(state, place.callback);
    assert(callback.state === 'due', 'a callback is due before an agent is reserved for it');
    callback.state = 'serving';
    state.toDial.add(callback.id);
  } else {
    const call = callOf(state, must(place.call, 'call of a held place'));
    call.step = 'connecting';
    call.deadline = state.deadlines.clear(call.deadline);
  }
  movePlace(state, place, fact.type);
}

/** From now on the leg is telephony's too: after a resync it is looked for. */
function rung(state: State, agent: Agent, at: number): void {
  if (agent.page !== undefined) agent.page.isPreview = false;
  const leg = must(agent.leg, 'leg of a reserved agent');
  const untilAt = at + configurationOf(state).agent.ringMs + RING_GRACE_MS;
  agent.deadline = state.deadlines.set(agent.deadline, 'agent', agent.id, untilAt);
  state.channels.set(legChannel(state, leg), { kind: 'agent', agent: agent.id, leg });
}

/** A colleague's client holds while this agent's phone rings. */
export function becomeConsulted(state: State, agent: Agent, place: PlaceId, leg: LegId, at: number): void {
  move(agent, 'consult.begun', at);
  Object.assign(agent, { helps: place, leg, talked: false, worked: false, next: 'ready', nextReason: '' });
  rung(state, agent, at);
}

/** The client is theirs: from here on as if they had been reserved for them. */
export function takeOver(agent: Agent, place: Place, at: number): void {
  move(agent, 'place.handed_over', at);
  delete agent.helps;
  Object.assign(agent, { place: place.id, line: place.line, reservedAt: at, worked: true });
}

function announce(state: State, agent: Agent, playback: PlaybackId, at: number): void {
  agent.playback = playback;
  state.last.playback = playback;
  agent.deadline = state.deadlines.set(agent.deadline, 'agent', agent.id, at + ANNOUNCEMENT_MAX_MS);
}

function move(agent: Agent, on: AgentFact, at: number): void {
  const wasReady = agent.state === 'ready';
  agent.state = follow(agentChart, 'agent', agent.state, on, agent.id);
  agent.since = at;
  if (wasReady) {
    for (const { queue } of agent.desks) queue.idle.trim();
  }
}

/** Handle time of a conversation: from the reservation to the end of wrap-up. */
function learn(state: State, agent: Agent, at: number): void {
  agent.talked = false;
  if (!agent.worked || agent.line === null) return;
  state.experience.get(agent.line)?.served(at - agent.reservedAt, at);
  agent.worked = false;
}

/** A page that was cut off could not say what came of it: it says so when it is back. */
function keepUntold({ page, talked }: Agent): void {
  if (page === undefined || page.client === null || !talked) return;
  if (page.client.outcome === null) page.untold = page.client;
}

function free(state: State, agent: Agent): void {
  state.tones.delete(agent.id);
  dropLeg(state, agent);
  agent.place = null;
  delete agent.helps;
  agent.line = null;
  agent.playback = null;
  if (agent.page !== undefined) Object.assign(agent.page, { isPreview: false, client: null });
  agent.deadline = state.deadlines.clear(agent.deadline);
}

function dropLeg(state: State, agent: Agent): void {
  if (agent.leg !== null) state.channels.delete(legChannel(state, agent.leg));
  agent.leg = null;
}

/** A queue that does not exist yet is of a configuration to come. */
function desksOf(state: State, agent: Agent): Desk[] {
  return queueKeys(agent.lines, agent.languages).flatMap((key) => {
    const queue = state.queues.get(key);
    return queue === undefined ? [] : [{ queue, rank: rankFor(state, agent, queue) }];
  });
}

/** Counted anew: a queue that has just come to be may be served by agents who signed in before. */
export function restaff(state: State): void {
  for (const queue of state.queues.values()) {
    queue.staffed = 0;
    queue.shared.clear();
    queue.idle.clear();
  }
  const agents = [...state.agents.values()].sort((a, b) => a.readySeq - b.readySeq);
  for (const agent of agents) {
    agent.desks = desksOf(state, agent);
    count(agent, 1);
    if (agent.state !== 'ready') continue;
    becomeIdle(agent);
    armShift(state, agent, state.now);
  }
}

/** Between two shifts no callback is begun at first, and then it may be: an idle agent is to be looked at then. */
function armShift(state: State, agent: Agent, at: number): void {
  const nearsAt = midClosedAt(state.known.get(agent.id)?.shifts ?? [], at);
  agent.deadline =
    nearsAt === null
      ? state.deadlines.clear(agent.deadline)
      : state.deadlines.set(agent.deadline, 'agent', agent.id, nearsAt);
}

function becomeIdle(agent: Agent): void {
  const idle = { agent, readySeq: agent.readySeq };
  for (const { queue, rank } of agent.desks) queue.idle.add(rank, idle);
}

/** Unilingual agents first where both could serve, then the better level. */
function rankFor(state: State, agent: Agent, queue: Queue): number {
  const known = state.known.get(agent.id);
  const skill = known?.skills.find((s) => s.line === queue.line && s.language === queue.language);
  return rankOf(agent.languages.length, skill?.level ?? 1);
}

/** Keeps, for each queue, how many agents serve it and how many of those serve each other queue too. */
function count(agent: Agent, by: 1 | -1): void {
  const keys = queueKeys(agent.lines, agent.languages);
  for (const { queue } of agent.desks) {
    queue.staffed += by;
    for (const other of keys) queue.shared.set(other, (queue.shared.get(other) ?? 0) + by);
  }
}
