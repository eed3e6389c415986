// What must hold in every state between two turns, counted the slow and simple way from the entities alone; the numbers
// (S7, L3...) are those of the list of safety and liveness rules in docs/reliability.md. It must not call the rules that it checks: no
// decision, no queue order, no estimate.

import { expect } from 'vitest';
import { type AgentId, type LineId, textId } from '../../src/core/id.ts';
import type { Agent, Place, State } from '../../src/core/state.ts';

/** Throws with the name of the first rule that does not hold. */
export function checkState(state: State): void {
  checkPlaces(state);
  checkCallbacks(state);
  checkAgents(state);
  checkChannels(state);
  checkDeadlines(state);
  checkMeeting(state);
}

function holds(is: boolean, rule: string): void {
  if (!is) throw new Error(`broken rule: ${rule}`);
}

function checkPlaces(state: State): void {
  const waiting = new Map<string, Place[]>();
  const perLine = new Map<string, number>();
  for (const place of state.places.values()) {
    perLine.set(place.line, (perLine.get(place.line) ?? 0) + 1);
    holds(place.state !== 'left', 'a place that was left is gone from the state');
    checkConsult(state, place);
    const isOutside = place.agent === null && place.consult?.outside != null;
    holds(
      (place.state === 'served') === (place.agent !== null || isOutside),
      `place ${place.id} is served by an agent, or by somebody outside`,
    );
    holds(place.call !== null || place.callback !== null, `place ${place.id} is somebody's`);
    const call = place.call === null ? undefined : state.calls.get(place.call);
    holds(place.call === null || call?.place === place.id, `place ${place.id} and its call know each other`);
    const callback = place.callback === null ? undefined : state.callbacks.get(place.callback);
    holds(
      place.callback === null || callback?.place === place.id,
      `place ${place.id} and its callback know each other`,
    );
    if (place.state !== 'waiting') continue;
    const key = `${place.line}/${place.language}`;
    waiting.set(key, [...(waiting.get(key) ?? []), place]);
  }
  for (const [key, queue] of state.queues) {
    const expected = (waiting.get(key) ?? []).sort((a, b) => a.priority - b.priority || a.entry - b.entry);
    holds(queue.order.size === expected.length, `${key} holds as many places as wait for it`);
    holds((queue.order.first()?.place ?? null) === (expected[0]?.id ?? null), `the first place of ${key}`);
    expected.forEach((place, i) => {
      holds(queue.order.rank(place) === i, `rank of place ${place.id} in ${key}`);
    });
  }
  for (const [line, count] of state.served) {
    const served = [...state.places.values()].filter(
      (place) => place.line === line && place.state === 'served',
    );
    holds(count === served.length, `places of ${line} with an agent`);
  }
  for (const [line, count] of state.occupied)
    holds(count === (perLine.get(line) ?? 0), `places occupied in ${line}`);
}

/** Nobody is consulted but for a client who talks or is held; who is consulted knows for whom. */
function checkConsult(state: State, place: Place): void {
  const { consult, onHold, id } = place;
  holds(onHold === undefined || place.state === 'served', `place ${id} is on hold with somebody`);
  if (consult === undefined) return;
  holds(place.state === 'served', `somebody is consulted for place ${id}, which is served`);
  holds((consult.agent === null) !== (consult.outside === null), `one party is consulted for place ${id}`);
  if (consult.agent !== null)
    holds(state.agents.get(consult.agent)?.helps === id, `${consult.agent} knows that they are consulted`);
  const isTalked = consult.state === 'joined' || consult.state === 'handed';
  holds(isTalked === (onHold === undefined), `the client of place ${id} holds, or is with somebody`);
  holds(consult.state !== 'handed' || place.agent === null, `place ${id} was handed over`);
}

function checkCallbacks(state: State): void {
  const attemptsMax = state.configuration?.callback.attemptsMax ?? 0;
  for (const callback of state.callbacks.values()) {
    const place = state.places.get(callback.place);
    holds(place?.callback === callback.id, `S22: callback ${callback.id} has its place`);
    holds(
      callback.chances <= attemptsMax,
      `S5: callback ${callback.id} has had ${callback.chances} attempts`,
    );
    const inLine = callback.state === 'pending' || callback.state === 'due';
    holds(
      inLine === (place?.state === 'waiting'),
      `callback ${callback.id} waits in line when it is its turn`,
    );
    const held = callback.state === 'serving' || callback.state === 'connected';
    holds(held === (place?.agent != null), `callback ${callback.id} has an agent when it is served`);
    const live = [...state.attempts.values()].filter((a) => a.callback === callback.id);
    holds(live.length <= 1, `S3: callback ${callback.id} has one live attempt at most`);
    holds((live[0]?.id ?? null) === callback.attempt, `callback ${callback.id} knows its attempt`);
    // Until the agent says what it was: nobody is dialled by it any more.
    const isParted = callback.state === 'parted';
    holds(
      isParted === (callback.talk !== undefined),
      `callback ${callback.id} is parted after a conversation`,
    );
    holds(
      !isParted || state.parted.get(callback.talk?.agent as AgentId) === callback.id,
      `callback ${callback.id} is parted from an agent`,
    );
    holds(
      callback.attempt === null || held || isParted,
      `S6: callback ${callback.id} is dialled with an agent only`,
    );
    holds(
      (callback.again?.agreed ?? 0) <= AGAIN_MAX,
      `callback ${callback.id} is called again as often as allowed`,
    );
    if (callback.state === 'connected') holds(live[0]?.state === 'answered', 'connected means answered');
  }
  checkNumbers(state);
  checkParted(state);
  checkAsked(state);
  for (const attempt of state.attempts.values()) {
    const callback = state.callbacks.get(attempt.callback);
    if (callback?.state === 'parted') continue;
    const agent = state.agents.get(attempt.agent);
    holds(agent?.state === 'on_call', `S6: the agent of attempt ${attempt.id} is there`);
    holds(agent?.place === callback?.place, `S6: the agent of attempt ${attempt.id} is held for it`);
  }
}

/** As often as any configuration of a random centre allows. */
const AGAIN_MAX = 2;

/** Asked for on a page: each knows the one before it, and one follows one. */
function checkAsked(state: State): void {
  for (const [after, callback] of state.asked)
    holds(
      state.callbacks.get(callback)?.after === after,
      `callback ${callback} was asked for after ${after}`,
    );
  const asked = [...state.callbacks.values()].filter((one) => one.after !== undefined);
  holds(asked.length === state.asked.size, 'callbacks asked for on a page');
}

/** What is parted belongs to an agent who has not yet gone on. */
function checkParted(state: State): void {
  for (const [agent, callback] of state.parted) {
    const is = state.agents.get(agent)?.state;
    holds(state.callbacks.get(callback)?.state === 'parted', `callback ${callback} is parted`);
    holds(
      is === 'clearing' || is === 'wrap_up',
      `agent ${agent}, who is ${is}, has still to say what came of it`,
    );
  }
}

/** S14: open callbacks of one number in one line, at most; and the counts that the caps are held against. */
function checkNumbers(state: State): void {
  const open = new Map<string, number>();
  const pending = new Map<string, number>();
  const { openMax = 0, shared = [] } = state.configuration?.numbers ?? {};
  for (const { line, numberKey, mainKey, byRelay, state: is } of state.callbacks.values()) {
    pending.set(line, (pending.get(line) ?? 0) + 1);
    if (is === 'parted') continue; // nothing more may come of it: the client may ask for another
    if (byRelay) continue; // many clients have it in common: no count is theirs
    const whose = `${numberKey} in ${line}`;
    const count = (open.get(whose) ?? 0) + 1;
    open.set(whose, count);
    const listed = shared.find((one) => one.numberKey === mainKey)?.openMax;
    holds(count <= (listed ?? openMax), `S14: ${count} callbacks open for ${whose}`);
  }
  for (const [line, count] of state.pending)
    holds(count === (pending.get(line) ?? 0), `callbacks pending in ${line}`);
}

function checkAgents(state: State): void {
  const served = new Map<number, string>();
  for (const agent of state.agents.values()) {
    const working = agent.state === 'reserved' || agent.state === 'on_call';
    const helps = agent.state === 'consulted';
    holds(helps === (agent.helps !== undefined), `agent ${agent.id} (${agent.state}) is consulted or not`);
    holds(working === (agent.place !== null), `S7: agent ${agent.id} (${agent.state}) holds a place or none`);
    holds(
      (working || helps || agent.state === 'clearing') === (agent.leg !== null),
      `agent ${agent.id} (${agent.state}) has a leg while working`,
    );
    checkPage(agent);
    if (agent.place === null) continue;
    holds(!served.has(agent.place), `S7: place ${agent.place} has one agent`);
    served.set(agent.place, agent.id);
    holds(
      state.places.get(agent.place)?.agent === agent.id,
      `agent ${agent.id} and the place know each other`,
    );
  }
  for (const [key, queue] of state.queues) {
    const staff = [...state.agents.values()].filter((agent) => serves(agent, queue.line, queue.language));
    holds(queue.staffed === staff.length, `agents who serve ${key}`);
    for (const [other, both] of queue.shared) {
      const [line = '', language = ''] = other.split('/');
      const count = staff.filter((agent) => serves(agent, line, language)).length;
      holds(both === count, `agents who serve ${key} and ${other}`);
    }
    const idle = staff
      .filter((agent) => agent.state === 'ready')
      .sort((a, b) => rank(state, a, queue) - rank(state, b, queue) || a.readySeq - b.readySeq);
    holds(
      (queue.idle.first()?.agent.id ?? null) === (idle[0]?.id ?? null),
      `one language before both, then the level, then who is idle longest for ${key}`,
    );
  }
}

function rank(state: State, agent: Agent, { line, language }: { line: string; language: string }): number {
  const known = state.configuration?.agents.find((a) => a.id === agent.id);
  const skill = known?.skills.find((s) => s.line === line && s.language === language);
  return 100 * agent.languages.length + (skill?.level ?? 1);
}

function serves(agent: Agent, line: string, language: string): boolean {
  return agent.lines.some((l) => l === line) && agent.languages.some((l) => l === language);
}

/** Who works by a page is not ready without it, and shows whom they are held for. */
function checkPage({ id, state, page, next, place }: Agent): void {
  if (page === undefined) return;
  holds(page.isOpen || state !== 'ready', `agent ${id} is ready without their page`);
  const isBusy = state === 'on_call' || state === 'clearing' || state === 'wrap_up';
  holds(page.isOpen || !isBusy || next !== 'ready', `agent ${id} will be ready without their page`);
  holds(page.isOpen || !page.isPreview, `agent ${id} is shown somebody on a page that is gone`);
  holds(
    !page.isPreview || (state === 'reserved' && place !== null),
    `agent ${id} is shown somebody while ${state}`,
  );
  holds(
    page.client === null || isBusy || state === 'reserved',
    `agent ${id} still has a client on their page`,
  );
}

/** S20: every channel belongs to something that lives, and the other way round. */
function checkChannels(state: State): void {
  // The leg of a conversation that is over is nobody's.
  let expected = state.calls.size + state.attempts.size - state.parted.size;
  for (const { consult } of state.places.values()) if (consult?.outside != null) expected += 1;
  // A leg that is still to ring, while the agent's page shows whom it is for, is not telephony's yet.
  for (const agent of state.agents.values())
    if (agent.leg !== null && agent.page?.isPreview !== true) expected += 1;
  // Of a caller who held it is the call's own channel; else the attempt is gone and the channel goes on.
  for (const { channel, call } of state.surveys.values())
    if (channel !== null && call === null) expected += 1;
  holds(state.channels.size === expected, 'S20: as many channels as calls, attempts, legs and surveys');
  for (const [channel, owner] of state.channels) {
    if (owner.kind === 'call') holds(state.calls.get(owner.call)?.channel === channel, `S20: ${channel}`);
    else if (owner.kind === 'agent') {
      holds(state.agents.get(owner.agent)?.leg === owner.leg, `S20: ${channel}`);
      holds(channel === textId(state.shard, 'leg', owner.leg), `S20: name of ${channel}`);
    } else if (owner.kind === 'survey')
      holds(state.surveys.get(owner.place)?.channel === channel, `S20: ${channel}`);
    else if (owner.kind === 'consult') {
      const consult = state.places.get(owner.place)?.consult;
      holds(consult?.outside != null, `S20: ${channel}`);
      holds(channel === textId(state.shard, 'leg', consult?.leg ?? 0), `S20: name of ${channel}`);
    } else {
      holds(state.attempts.has(owner.attempt), `S20: ${channel}`);
      holds(channel === textId(state.shard, 'attempt', owner.attempt), `S20: name of ${channel}`);
    }
  }
}

/** L2: whoever waits for something that may never be reported has a deadline, and there are no others. */
function checkDeadlines(state: State): void {
  let set = 0;
  const check = (owner: string, needs: boolean, deadline: { at: number; position: number } | null): void => {
    holds(needs === (deadline !== null), `L2: ${owner} has a deadline when it needs one`);
    if (deadline === null) return;
    set += 1;
    holds(deadline.position >= 0, `the deadline of ${owner} is not cleared`);
  };
  for (const call of state.calls.values())
    check(
      `call ${call.id} (${call.step})`,
      call.step === 'talking'
        ? call.place === null ||
            !(state.places.has(call.place) || (state.surveys.get(call.place)?.channel ?? null) !== null)
        : call.step !== 'connecting',
      call.deadline,
    );
  for (const { id, consult, deadline = null } of state.places.values()) {
    const isRung = consult?.outside != null && ['intended', 'ringing'].includes(consult.state);
    check(`consultation for place ${id}`, isRung, deadline);
  }
  for (const survey of state.surveys.values()) check(`survey ${survey.place}`, true, survey.deadline);
  for (const callback of state.callbacks.values())
    check(
      `callback ${callback.id} (${callback.state})`,
      callback.state === 'retry_wait' || callback.state === 'scheduled',
      callback.deadline,
    );
  for (const attempt of state.attempts.values())
    check(`attempt ${attempt.id}`, attempt.state !== 'answered', attempt.deadline);
  for (const agent of state.agents.values()) {
    // A ready agent has one between two shifts; L3 tells whether it was the right one.
    const isIdle = agent.state === 'ready' && agent.deadline !== null;
    const isRung = agent.helps !== undefined && state.places.get(agent.helps)?.consult?.state === 'ringing';
    const needs =
      isIdle ||
      isRung ||
      ['reserved', 'clearing', 'wrap_up'].includes(agent.state) ||
      agent.playback !== null;
    check(`agent ${agent.id} (${agent.state})`, needs, agent.deadline);
  }
  for (const [line, deadline] of state.lineDeadlines) {
    const isForEver = state.lines.get(line)?.open.at(-1)?.toAt === Number.MAX_SAFE_INTEGER;
    if (!isForEver) check(`line ${line}`, isMoveAhead(state, line), deadline);
    else if (deadline !== null) set += 1;
  }
  if (state.dialsHeld !== null) set += 1;
  holds(state.deadlines.size === set, 'as many deadlines as are owned');
}

/** Whether the line has yet to open, to close or to be settled. */
function isMoveAhead(state: State, line: LineId): boolean {
  const spans = state.lines.get(line)?.open ?? [];
  return state.lineStates.get(line) !== 'closed' || spans.some((span) => span.toAt > state.now);
}

/** L3: no idle agent and waiting place that belong together. */
function checkMeeting(state: State): void {
  if (!state.telephonyUp) return;
  for (const agent of state.agents.values()) {
    if (agent.state !== 'ready') continue;
    const place = [...state.places.values()].find(
      (p) => p.state === 'waiting' && serves(agent, p.line, p.language) && isOwed(state, agent, p),
    );
    holds(place === undefined, `L3: agent ${agent.id} is idle and place ${place?.id} waits`);
  }
}

/** What time alone makes possible (an opening, a shift, room for a dialling) is seen to at its deadline. */
function isOwed(state: State, agent: Agent, place: Place): boolean {
  if (place.callback === null) return true;
  if ((state.deadlines.next()?.at ?? Number.POSITIVE_INFINITY) <= state.now) return false;
  const isNear = isNearShiftEnd(state, agent, state.now);
  return (
    state.lineStates.get(place.line) !== 'closed' &&
    !isNear &&
    isServable(state, place, state.now) &&
    hasDialLeft(state, state.now)
  );
}

/** S17: the hour has room for one more dialling, beside those for which an agent is held already. */
function hasDialLeft(state: State, at: number): boolean {
  const held = [...state.callbacks.values()].filter(
    ({ state: of, attempt }) =>
      of === 'serving' && (attempt === null || state.attempts.get(attempt)?.state === 'intended'),
  );
  const max = state.configuration?.numbers.dialsPerHourMax ?? 0;
  return state.numbers.dialledWithinHour(at) + held.length < max;
}

/** S8: whether a callback of this place may be begun now, by the switches and the hours of its line. */
export function isServable(state: State, place: Place, at: number): boolean {
  if (place.callback === null) return true;
  const isOff = ['dialling', 'processing', `processing/${place.line}`].some(
    (key) => state.switches.get(key)?.on === false,
  );
  const line = state.lines.get(place.line);
  if (isOff || line === undefined) return false;
  const { open, closing } = line;
  const finishMs = closing.pending === 'finish' ? closing.finishMs : 0;
  if (finishMs === 0 && closing.cutOffMs === 0) return open.some((s) => s.fromAt <= at && at < s.toAt);
  return open.some((s) => {
    // Spans that touch are one: only the last of them closes.
    const isEnd = open.every((other) => other.fromAt !== s.toAt);
    return s.fromAt <= at && at < (isEnd ? s.toAt + finishMs - closing.cutOffMs : s.toAt);
  });
}

/** Agents outside of all their shifts belong to the nearer one: they are early, or they stay on. */
function isNearShiftEnd(state: State, agent: Agent, at: number): boolean {
  const shifts = state.configuration?.agents.find((a) => a.id === agent.id)?.shifts ?? [];
  if (shifts.length === 0) return false;
  const edges = shifts.flatMap((s) => [s.fromAt, s.toAt]);
  const isEdge = (edge: number): boolean => edges.filter((e) => e === edge).length === 1;
  const ends = shifts.map((s) => s.toAt).filter(isEdge);
  const starts = shifts.map((s) => s.fromAt).filter(isEdge);
  const endsAt = Math.min(...ends.filter((e) => e > at));
  if (shifts.some((s) => s.fromAt <= at && at < s.toAt))
    return endsAt - at < (state.configuration?.agent.shiftEndMs ?? 0);
  return Math.min(...starts.filter((s) => s > at)) - at > at - Math.max(...ends.filter((e) => e <= at));
}

/** Who should be given to a free agent: the smallest key among the places they serve and may serve now (S10). */
export function firstPlaceFor(state: State, agent: Agent, at: number): Place | undefined {
  const isNear = isNearShiftEnd(state, agent, at) || !hasDialLeft(state, at);
  return [...state.places.values()]
    .filter((p) => p.state === 'waiting' && serves(agent, p.line, p.language))
    .filter((p) => p.callback === null || (!isNear && isServable(state, p, at)))
    .sort((a, b) => a.priority - b.priority || a.entry - b.entry)[0];
}

/** At the end, when faults have stopped and everybody did their part: nothing is left, nobody is stuck (L1, L2). */
export function checkAtRest(state: State): void {
  expect({
    calls: state.calls.size,
    places: state.places.size,
    callbacks: state.callbacks.size,
    attempts: state.attempts.size,
    stuck: [...state.agents.values()].filter((a) => a.place !== null || a.leg !== null).map((a) => a.id),
  }).toEqual({ calls: 0, places: 0, callbacks: 0, attempts: 0, stuck: [] });
}
