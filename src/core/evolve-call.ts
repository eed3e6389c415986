// How the facts of a caller's call and dialogue change the state. See evolve.ts.

import { assert, assertNever, must } from './assert.ts';
import { type CallFact, callChart } from './call.ts';
import { follow } from './chart.ts';
import { isReachable, waitsForKey } from './dialogue.ts';
import type { FactOf } from './fact.ts';
import type { CallId } from './id.ts';
import { isDialable, type NumberView } from './number.ts';
import { placeChart } from './place.ts';
import { type Call, callOf, configurationOf, type Place, placeOf, type State } from './state.ts';
import { enterLine, hold, leaveLine, newPlace } from './waiting.ts';

/** When a prompt's end is never reported (its channel or the socket went), the dialogue goes on after this. */
const PROMPT_MAX_MS = 90_000;

type CallsFact = FactOf<
  | 'call.arrived'
  | 'call.language_chosen'
  | 'call.line_chosen'
  | 'call.agent_asked'
  | 'call.marked_relay'
  | 'call.refused'
  | 'call.connected'
  | 'call.ended'
  | 'dialogue.asked'
  | 'dialogue.began'
  | 'dialogue.heard'
  | 'dialogue.number_given'
  | 'place.taken'
  | 'place.rejoined'
  | 'dialogue.key_entered'
  | 'client.recognised'
  | 'client.not_recognised'
  | 'wait.quoted'
  | 'wait.unknown'
  | 'callback.offered'
  | 'callback.not_offered'
>;

export function evolveCall(state: State, fact: CallsFact, at: number): void {
  switch (fact.type) {
    case 'call.arrived':
      arrive(state, fact, at);
      return;
    case 'call.language_chosen':
      callOf(state, fact.call).language = fact.language;
      return;
    case 'call.line_chosen':
      callOf(state, fact.call).line = fact.line;
      return;
    case 'call.marked_relay':
      callOf(state, fact.call).relay = true;
      return;
    case 'call.agent_asked':
      move(state, fact.call, fact.type);
      return;
    case 'call.refused':
      move(state, fact.call, fact.type).refusal = fact.code;
      return;
    case 'call.connected': {
      const call = move(state, fact.call, fact.type);
      call.step = 'talking';
      hold(state, placeOf(state, fact.place), at, false);
      call.deadline = state.deadlines.clear(call.deadline);
      return;
    }
    case 'call.ended':
      end(state, fact.call);
      return;
    case 'place.rejoined':
      rejoin(state, fact, at);
      return;
    case 'place.taken':
      take(state, fact, at);
      return;
    default:
      evolveDialogue(state, fact, at);
  }
}

type DialoguesFact = Extract<
  CallsFact,
  { type: `dialogue.${string}` | `client.${string}` | `wait.${string}` | `callback.${string}` }
>;

/** What the caller is told and asked, and what they key. */
function evolveDialogue(state: State, fact: DialoguesFact, at: number): void {
  switch (fact.type) {
    case 'dialogue.asked':
      ask(state, fact, at);
      return;
    case 'dialogue.key_entered': {
      const call = callOf(state, fact.call);
      call.entered = fact.key === '*' ? '' : call.entered + fact.key;
      return;
    }
    case 'client.recognised':
      callOf(state, fact.call).client = fact.callback;
      return;
    case 'client.not_recognised': {
      callOf(state, fact.call).entered = '';
      const callback = fact.callback === null ? undefined : state.callbacks.get(fact.callback);
      if (callback !== undefined) callback.tries += 1;
      return;
    }
    case 'dialogue.began':
      callOf(state, fact.call).began = true;
      return;
    case 'dialogue.heard': {
      const call = callOf(state, fact.call);
      call.deadline = state.deadlines.set(
        call.deadline,
        'call',
        call.id,
        at + configurationOf(state).dialogue.silenceMs,
      );
      return;
    }
    case 'dialogue.number_given':
      giveNumber(callOf(state, fact.call), fact.number);
      return;
    case 'wait.quoted': {
      const told = { minMinutes: fact.minMinutes, maxMinutes: fact.maxMinutes };
      tell(placeOf(state, fact.place), fact.ahead, told, fact.meanMs, at);
      return;
    }
    case 'wait.unknown':
      tell(placeOf(state, fact.place), fact.ahead, null, null, at);
      return;
    case 'callback.offered':
      placeOf(state, fact.place).offered = true;
      return;
    case 'callback.not_offered':
      placeOf(state, fact.place).offered = false;
      return;
    default:
      assertNever(fact);
  }
}

/** How it was given is told by what was asked. */
function giveNumber(call: Call, number: NumberView): void {
  call.number = number;
  if (isDialable(number) && number.type === 'relay') call.relay = true;
  call.given = call.step === 'extension' ? 'extended' : call.step === 'number' ? 'keyed' : 'calling';
}

function tell(place: Place, ahead: number, told: Place['told'], quotedMs: number | null, at: number): void {
  place.ahead = ahead;
  place.told = told;
  place.quotedMs = quotedMs;
  place.toldAt = at;
  place.toldStaffed = place.queue.staffed;
}

function arrive(state: State, fact: FactOf<'call.arrived'>, at: number): void {
  addCall(state, fact, {
    ani: fact.ani,
    state: 'menus',
    language: must(configurationOf(state).languages[0], 'language'),
    line: fact.line,
    step: 'language',
    relay: false,
    at,
  });
}

type Begun = Pick<Call, 'ani' | 'state' | 'language' | 'line' | 'step' | 'relay'> & { readonly at: number };

/** A call that has come, or one that a callback's client goes on with. */
export function addCall(
  state: State,
  { call: id, channel }: FactOf<'call.arrived' | 'call.adopted'>,
  { at, ...begun }: Begun,
): Call {
  assert(id === state.last.call + 1, 'calls are numbered in order');
  state.last.call = id;
  const call: Call = {
    id,
    channel,
    ani: begun.ani,
    state: begun.state,
    language: begun.language,
    line: begun.line,
    place: null,
    refusal: null,
    step: begun.step,
    round: 0,
    playback: 0 as Call['playback'],
    began: false,
    key: '',
    askedAt: at,
    number: null,
    given: 'calling',
    merged: null,
    relay: begun.relay,
    entered: '',
    client: null,
    deadline: null,
  };
  state.calls.set(id, call);
  state.channels.set(channel, { kind: 'call', call: id });
  return call;
}

function ask(state: State, fact: FactOf<'dialogue.asked'>, at: number): void {
  const call = callOf(state, fact.call);
  if (!isReachable(call.step, fact.step))
    assert(false, `by its chart the dialogue goes from ${call.step} to ${fact.step}`);
  state.last.playback = fact.playback;
  call.step = fact.step;
  call.round = fact.round;
  call.playback = fact.playback;
  call.began = false;
  call.key = fact.key;
  call.askedAt = at;
  const { dialogue } = configurationOf(state);
  const waitMs =
    fact.step === 'offer'
      ? dialogue.offerEveryMs
      : PROMPT_MAX_MS + (waitsForKey(fact.step) ? dialogue.silenceMs : 0);
  call.deadline = state.deadlines.set(call.deadline, 'call', call.id, at + waitMs);
}

function take(state: State, fact: FactOf<'place.taken'>, at: number): void {
  assert(
    fact.place === state.last.place + 1 && fact.entry === state.last.entry + 1,
    'places are numbered in order',
  );
  state.last.place = fact.place;
  state.last.entry = fact.entry;
  const call = move(state, fact.call, fact.type);
  call.place = fact.place;
  call.step = 'offer';
  call.round = 0;
  call.deadline = state.deadlines.set(
    call.deadline,
    'call',
    call.id,
    at + configurationOf(state).dialogue.offerEveryMs,
  );
  const place = newPlace(state, fact, at);
  place.relay = call.relay;
  state.places.set(place.id, place);
  state.occupied.set(place.line, (state.occupied.get(place.line) ?? 0) + 1);
  enterLine(place);
}

/** The callback has ended; its place goes on with the caller who holds, at the same key. */
function rejoin(state: State, fact: FactOf<'place.rejoined'>, at: number): void {
  const place = placeOf(state, fact.place);
  if (place.state === 'waiting') leaveLine(place);
  place.callback = null;
  place.call = fact.call;
  place.state = follow(placeChart, 'place', place.state, fact.type, place.id);
  enterLine(place);
  const call = move(state, fact.call, fact.type);
  call.place = place.id;
  call.client = null;
  call.line = place.line;
  call.step = 'offer';
  call.round = 0;
  call.deadline = state.deadlines.set(
    call.deadline,
    'call',
    call.id,
    at + configurationOf(state).dialogue.offerEveryMs,
  );
}

function end(state: State, id: CallId): void {
  const call = move(state, id, 'call.ended');
  call.deadline = state.deadlines.clear(call.deadline);
  if (call.place !== null) {
    const place = state.places.get(call.place);
    if (place !== undefined) place.call = null;
  }
  state.calls.delete(id);
  state.channels.delete(call.channel);
}

function move(state: State, id: CallId, on: CallFact): Call {
  const call = callOf(state, id);
  call.state = follow(callChart, 'call', call.state, on, id);
  return call;
}
