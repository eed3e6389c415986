// How the facts of callbacks, attempts and places on their way change the state. See evolve.ts.

import { assert, assertNever, must } from './assert.ts';
import { type AttemptFact, attemptChart } from './attempt.ts';
import { callChart } from './call.ts';
import { type CallbackFact, callbackChart, isEnded } from './callback.ts';
import { follow } from './chart.ts';
import type { FactOf } from './fact.ts';
import { dayOf } from './hours.ts';
import type { CallbackId, LineId, NumberKey } from './id.ts';
import { sourceOf } from './number.ts';
import { isCounted, ringMsOf } from './policy.ts';
import {
  type Attempt,
  agentOf,
  attemptChannel,
  attemptOf,
  type Call,
  type Callback,
  callbackOf,
  callOf,
  lineOf,
  type Place,
  placeOf,
  type State,
  staysForSurvey,
} from './state.ts';
import { hold, movePlace, newPlace } from './waiting.ts';

/** The trunk answers the dialplan within ringMs; then nothing more is heard of an attempt only if something broke. */
const ATTEMPT_GRACE_MS = 15_000;
const HANGING_UP_MAX_MS = 15_000;

type CallbacksFact = FactOf<
  | 'place.returned'
  | 'place.left'
  | 'callback.registered'
  | 'callback.asked_on_page'
  | 'callback.pending'
  | 'callback.due'
  | 'callback.retry_set'
  | 'callback.merged'
  | 'callback.number_changed'
  | 'callback.postponed'
  | 'callback.connected'
  | 'callback.parted'
  | 'callback.again_agreed'
  | 'callback.completed'
  | 'callback.unreachable'
  | 'callback.cancelled'
  | 'callback.expired'
  | 'attempt.intended'
  | 'attempt.permitted'
  | 'attempt.voided'
  | 'attempt.ringing'
  | 'attempt.answered'
  | 'attempt.failed'
>;

export function evolveCallback(state: State, fact: CallbacksFact, at: number): void {
  switch (fact.type) {
    case 'place.returned':
      putBack(state, fact);
      return;
    case 'place.left':
      leave(state, fact, at);
      return;
    case 'callback.registered':
      register(state, fact, at);
      return;
    case 'callback.asked_on_page':
      askOnPage(state, fact, at);
      return;
    case 'callback.pending':
    case 'callback.due': {
      const callback = move(state, fact.callback, fact.type);
      callback.deadline = state.deadlines.clear(callback.deadline);
      movePlace(state, placeOf(state, callback.place), fact.type);
      return;
    }
    case 'callback.merged':
      merge(state, fact, at);
      return;
    case 'callback.number_changed':
      changeNumber(state, fact, at);
      return;
    case 'callback.postponed':
      postpone(state, fact);
      return;
    case 'callback.retry_set': {
      const callback = move(state, fact.callback, fact.type);
      callback.deadline = state.deadlines.set(callback.deadline, 'callback', callback.id, fact.untilAt);
      callback.voids = 0;
      const place = placeOf(state, callback.place);
      place.agent = null;
      movePlace(state, place, fact.type);
      return;
    }
    case 'callback.connected': {
      const callback = move(state, fact.callback, fact.type);
      callback.connectedAt = at;
      return;
    }
    case 'callback.parted':
      part(state, fact);
      return;
    case 'callback.again_agreed':
      goOn(state, fact);
      return;
    case 'callback.completed':
      complete(state, fact);
      return;
    case 'callback.unreachable':
    case 'callback.cancelled':
    case 'callback.expired':
      move(state, fact.callback, fact.type);
      return;
    case 'attempt.intended':
    case 'attempt.permitted':
    case 'attempt.voided':
    case 'attempt.ringing':
    case 'attempt.answered':
    case 'attempt.failed':
      evolveAttempt(state, fact, at);
      return;
    default:
      assertNever(fact);
  }
}

function leave(state: State, fact: FactOf<'place.left'>, at: number): void {
  const place = placeOf(state, fact.place);
  if (fact.reason === 'abandoned') hold(state, place, at, true);
  const isAsked = staysForSurvey(state, place.id);
  if (fact.reason === 'served' && place.call !== null && !isAsked)
    letGoOf(state, callOf(state, place.call), at);
  movePlace(state, place, fact.type);
}

function complete(state: State, fact: FactOf<'callback.completed'>): void {
  const { line } = move(state, fact.callback, fact.type);
  const isFinished = fact.afterClosing === true && state.lineStates.get(line) === 'finishing';
  if (isFinished) state.finished.set(line, (state.finished.get(line) ?? 0) + 1);
}

/** The conversation is over, and the caller is told to hang up: a call whose end is never told ends all the same. */
function letGoOf(state: State, call: Call, at: number): void {
  call.deadline = state.deadlines.set(call.deadline, 'call', call.id, at + HANGING_UP_MAX_MS);
}

function putBack(state: State, fact: FactOf<'place.returned'>): void {
  const place = placeOf(state, fact.place);
  place.agent = null;
  if (place.callback !== null) move(state, place.callback, fact.type);
  const call = place.call === null ? undefined : state.calls.get(place.call);
  if (call !== undefined && call.step === 'connecting') call.step = 'offer';
  movePlace(state, place, fact.type);
}

function register(state: State, fact: FactOf<'callback.registered'>, at: number): void {
  assert(fact.callback === state.last.callback + 1, 'callbacks are numbered in order');
  state.last.callback = fact.callback;
  const call = callOf(state, fact.call);
  call.state = follow(callChart, 'call', call.state, fact.type, call.id);
  const place = placeOf(state, fact.place);
  hold(state, place, at, false);
  movePlace(state, place, fact.type); // out of the line of those who hold, and only then a callback
  place.callback = fact.callback;
  addCallback(state, fact, place, sourceOf(call.ani), at);
}

/** At the end of the line, and never in anybody's ear: from here on it is like any other. */
function askOnPage(state: State, fact: FactOf<'callback.asked_on_page'>, at: number): void {
  const { last } = state;
  assert(fact.callback === last.callback + 1, 'callbacks are numbered in order');
  assert(fact.place === last.place + 1 && fact.entry === last.entry + 1, 'places are numbered in order');
  Object.assign(last, { callback: fact.callback, place: fact.place, entry: fact.entry });
  const place: Place = {
    ...newPlace(state, { ...fact, call: null }, at),
    state: 'away',
    callback: fact.callback,
  };
  state.places.set(place.id, place);
  state.occupied.set(place.line, (state.occupied.get(place.line) ?? 0) + 1);
  addCallback(state, fact, place, fact.relay === true ? null : (fact.mainKey ?? fact.numberKey), at);
  callbackOf(state, fact.callback).after = fact.after;
  state.asked.set(fact.after, fact.callback);
}

function addCallback(
  state: State,
  fact: FactOf<'callback.registered' | 'callback.asked_on_page'>,
  place: Place,
  source: NumberKey | null,
  at: number,
): void {
  const { numberKey, mainKey = numberKey, relay: byRelay = false } = fact;
  if (source !== null) state.numbers.ask(source, at);
  if (byRelay) place.relay = true;
  else state.numbers.register(numberKey, mainKey, fact.callback, at);
  state.pending.set(place.line, (state.pending.get(place.line) ?? 0) + 1);
  countAccepted(state, place.line, at);
  state.callbacks.set(fact.callback, {
    id: fact.callback,
    place: fact.place,
    line: place.line,
    numberKey,
    mainKey,
    byRelay,
    code: fact.code,
    tries: 0,
    registeredAt: at,
    state: 'requested',
    otherCodes: [],
    chances: 0,
    losses: 0,
    closing: fact.closing ?? null,
    carries: 0,
    later: false,
    notBeforeAt: 0,
    source,
    voids: 0,
    attempt: null,
    connectedAt: 0,
    deadline: null,
  });
}

function countAccepted(state: State, line: LineId, at: number): void {
  const dayFromAt = dayOf(lineOf(state, line), at);
  const before = state.accepted.get(line);
  const count = before?.dayFromAt === dayFromAt ? before.count + 1 : 1;
  state.accepted.set(line, { dayFromAt, count });
}

/** The same number asked again: one callback, at the better key; the other place is given up. */
function merge(state: State, fact: FactOf<'callback.merged'>, at: number): void {
  const call = callOf(state, fact.call);
  call.state = follow(callChart, 'call', call.state, fact.type, call.id);
  call.merged = { callback: fact.callback, code: fact.code };
  const callback = callbackOf(state, fact.callback);
  callback.otherCodes.push(fact.code);
  if (fact.moved !== true) return;
  const place = placeOf(state, fact.place);
  hold(state, place, at, false);
  movePlace(state, place, fact.type);
  place.callback = callback.id;
  place.relay ||= placeOf(state, callback.place).relay;
  callback.place = place.id;
  // The client hears the good-bye; but for one that waits for its own time, as it did.
  if (callback.deadline === null) move(state, callback.id, fact.type);
}

function changeNumber(state: State, fact: FactOf<'callback.number_changed'>, at: number): void {
  const callback = callbackOf(state, fact.callback);
  const { numberKey, mainKey = numberKey, relay: byRelay = false } = fact;
  if (!callback.byRelay) state.numbers.drop(callback.numberKey, callback.id);
  Object.assign(callback, { numberKey, mainKey, byRelay });
  if (byRelay) placeOf(state, callback.place).relay = true;
  else state.numbers.register(numberKey, mainKey, callback.id, at);
}

function postpone(state: State, fact: FactOf<'callback.postponed'>): void {
  const callback = move(state, fact.callback, fact.type);
  callback.later = true;
  if (fact.cause === 'closing') callback.carries += 1;
  callback.notBeforeAt = fact.untilAt;
  callback.deadline = state.deadlines.set(callback.deadline, 'callback', callback.id, fact.untilAt);
  movePlace(state, placeOf(state, callback.place), fact.type);
}

/** The client's leg is nobody's from here on; the attempt waits to hear what it was. */
function part(state: State, fact: FactOf<'callback.parted'>): void {
  const callback = move(state, fact.callback, fact.type);
  const { agent, talkMs, afterClosing } = fact;
  callback.talk = { agent, talkMs, ...(afterClosing === true ? { afterClosing } : {}) };
  state.parted.set(agent, callback.id);
  const channel = attemptChannel(state, must(callback.attempt, 'attempt of a conversation'));
  if (state.channels.get(channel)?.kind === 'attempt') state.channels.delete(channel);
  const place = placeOf(state, callback.place);
  place.agent = null;
  movePlace(state, place, fact.type);
}

/** Not before the time that was agreed; the client's own calling hours count from now on. */
function goOn(state: State, fact: FactOf<'callback.again_agreed'>): void {
  const callback = move(state, fact.callback, fact.type);
  if (callback.attempt !== null) forget(state, attemptOf(state, callback.attempt), callback);
  const { agreed, withClient } = callback.again ?? { agreed: 0, withClient: 0 };
  callback.again = { agreed: agreed + 1, withClient: withClient + (fact.with === 'client' ? 1 : 0) };
  callback.later = true;
  callback.notBeforeAt = fact.untilAt;
  callback.deadline = state.deadlines.set(callback.deadline, 'callback', callback.id, fact.untilAt);
}

function move(state: State, id: CallbackId, on: CallbackFact): Callback {
  const callback = callbackOf(state, id);
  callback.state = follow(callbackChart, 'callback', callback.state, on, id);
  state.toDial.delete(id); // whatever moves one that is being served ends that
  if (callback.talk !== undefined) {
    state.parted.delete(callback.talk.agent);
    callback.talk = undefined;
  }
  if (isEnded(callback.state)) {
    if (callback.after !== undefined) state.asked.delete(callback.after);
    callback.deadline = state.deadlines.clear(callback.deadline);
    if (callback.attempt !== null) forget(state, attemptOf(state, callback.attempt), callback);
    state.callbacks.delete(id);
    if (!callback.byRelay) state.numbers.end(callback.numberKey, id, state.now);
    state.pending.set(callback.line, must(state.pending.get(callback.line), 'count of', callback.line) - 1);
  }
  return callback;
}

type AttemptsFact = Extract<CallbacksFact, { type: AttemptFact | 'attempt.intended' }>;

function evolveAttempt(state: State, fact: AttemptsFact, at: number): void {
  if (fact.type === 'attempt.intended') {
    assert(fact.attempt === state.last.attempt + 1, 'attempts are numbered in order');
    state.last.attempt = fact.attempt;
    const callback = callbackOf(state, fact.callback);
    assert(
      callback.state === 'serving' && callback.attempt === null,
      'one live attempt for a callback, and an agent held for it',
    );
    callback.attempt = fact.attempt;
    const deadline = state.deadlines.set(null, 'attempt', fact.attempt, at + ATTEMPT_GRACE_MS);
    const { attempt: id, agent, n } = fact;
    state.attempts.set(id, { id, callback: fact.callback, agent, n, state: 'intended', deadline });
    state.channels.set(attemptChannel(state, id), { kind: 'attempt', attempt: id });
    const held = agentOf(state, agent);
    held.playback = null;
    held.deadline = state.deadlines.clear(held.deadline);
    return;
  }
  const attempt = attemptOf(state, fact.attempt);
  attempt.state = follow(attemptChart, 'attempt', attempt.state, fact.type, attempt.id);
  const callback = callbackOf(state, attempt.callback);
  switch (fact.type) {
    case 'attempt.permitted':
      callback.voids = 0;
      state.numbers.dial(at);
      state.toDial.delete(callback.id);
      attempt.deadline = state.deadlines.set(
        attempt.deadline,
        'attempt',
        attempt.id,
        at + ringMsOf(state, placeOf(state, callback.place)) + ATTEMPT_GRACE_MS,
      );
      return;
    case 'attempt.ringing':
      return;
    case 'attempt.answered':
      attempt.deadline = state.deadlines.clear(attempt.deadline);
      return;
    case 'attempt.voided':
      // An agent who hung up says nothing of the fence.
      if (fact.cause !== 'agent_lost') callback.voids += 1;
      forget(state, attempt, callback);
      return;
    case 'attempt.failed':
      if (isCounted(fact.cause)) callback.chances += 1;
      else callback.losses += 1;
      forget(state, attempt, callback);
      return;
    default:
      assertNever(fact);
  }
}

function forget(state: State, attempt: Attempt, callback: Callback): void {
  attempt.deadline = state.deadlines.clear(attempt.deadline);
  callback.attempt = null;
  state.attempts.delete(attempt.id);
  // A client who is being asked about it stays on the line.
  const channel = attemptChannel(state, attempt.id);
  if (state.channels.get(channel)?.kind === 'attempt') state.channels.delete(channel);
}
