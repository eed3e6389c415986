// What a caller's call brings: it arrives, keys are pressed, prompts begin and end, a number is keyed, it ends.

import { assertNever, must } from './assert.ts';
import { noticeOfClosing } from './closing.ts';
import { LIMITS } from './configuration.ts';
import { endConsult } from './decide-consult.ts';
import { type Decision, NOTHING } from './decision.ts';
import { KEYS, otherLanguage, waitsForKey } from './dialogue.ts';
import { asksExtension, collectExtension } from './extension.ts';
import type { Fact } from './fact.ts';
import { type AgentId, type CallbackId, type CallId, type Channel, type NumberKey, textId } from './id.ts';
import type { Input, Stamp } from './input.ts';
import { isBefore } from './line.ts';
import { enter, pressForAgent, pressLanguage, pressLine } from './menus.ts';
import { type DialableNumber, isDialable, kindOf, sourceOf } from './number.ts';
import { chanceToServe, registrationOf } from './offer.ts';
import { ask, askAgain, refuse, tellAndOffer } from './question.ts';
import { changeNumber, leaveAsIs, pressCode, pressReturning } from './returning.ts';
import {
  type Call,
  type Callback,
  callbackOf,
  callOf,
  configurationOf,
  lineOf,
  type Place,
  placeOf,
  type State,
} from './state.ts';
import { askTone } from './tone.ts';

type CallInput = Extract<
  Input,
  {
    type:
      | 'call.arrives'
      | 'key.pressed'
      | 'prompt.began'
      | 'prompt.ended'
      | 'number.collected'
      | 'caller.number_gone'
      | 'extension.collected'
      | 'channel.ringing'
      | 'channel.answered'
      | 'channel.ended';
  }
>;

export function decideCall(state: State, input: CallInput, stamp: Stamp): Decision {
  if (input.type === 'call.arrives') return arrive(state, input, stamp);
  const owner = state.channels.get(input.channel);
  if (owner?.kind !== 'call') return NOTHING;
  const call = callOf(state, owner.call);
  switch (input.type) {
    case 'key.pressed':
      return press(state, call, input.key, stamp);
    case 'prompt.began':
      return isCurrent(state, call, input.playback) && call.step === 'confirm' && !call.began
        ? [{ type: 'dialogue.began', v: 1, call: call.id }]
        : NOTHING;
    case 'prompt.ended':
      return isCurrent(state, call, input.playback) && waitsForKey(call.step)
        ? [{ type: 'dialogue.heard', v: 1, call: call.id }]
        : NOTHING;
    case 'number.collected':
      return isCurrent(state, call, input.playback) && call.step === 'number'
        ? collect(state, call, input.number, stamp)
        : NOTHING;
    case 'caller.number_gone': // as after a restart
      return isConfirming(call) ? [ask(state, call.id, 'number', '', 'resynced')] : NOTHING;
    case 'extension.collected':
      return isCurrent(state, call, input.playback) && call.step === 'extension'
        ? collectExtension(state, call, input.number, stamp, { settled: settleNumber, givenUp: giveUpNumber })
        : NOTHING;
    case 'channel.ringing':
    case 'channel.answered':
      return NOTHING;
    case 'channel.ended':
      return endCall(state, call, 'caller', stamp);
    default:
      return assertNever(input);
  }
}

/** The caller who may confirm a number by this input, and the number: it must still be in the vault. */
export function confirming(
  state: State,
  input: Input,
): { readonly channel: Channel; readonly numberKey: NumberKey } | null {
  const call = callerOf(state, input);
  if (call === undefined || !isConfirming(call) || !isDialable(call.number)) return null;
  return { channel: call.channel, numberKey: call.number.numberKey };
}

/** The last word on the number is about to be said: it is right, or it has no extension. */
function isConfirming({ step }: Call): boolean {
  return step === 'confirm' || step === 'extension';
}

function callerOf(state: State, input: Input): Call | undefined {
  if (input.type === 'key.pressed' || input.type === 'extension.collected') {
    const owner = state.channels.get(input.channel);
    return owner?.kind === 'call' ? state.calls.get(owner.call) : undefined;
  }
  const due = input.type === 'deadline.reached' ? state.deadlines.next() : null;
  return due?.kind === 'call' ? state.calls.get(due.id as CallId) : undefined;
}

function isCurrent(state: State, call: Call, playback: string): boolean {
  return playback === textId(state.shard, 'playback', call.playback);
}

function arrive(state: State, input: Extract<Input, { type: 'call.arrives' }>, stamp: Stamp): Decision {
  if (state.channels.has(input.channel)) return NOTHING; // told again after a resync
  const call = (state.last.call + 1) as CallId;
  const configuration = configurationOf(state);
  const relayEntry = configuration.relay?.entries.find(({ dnis }) => dnis === input.dnis);
  const line = relayEntry?.line ?? configuration.lines.find((l) => l.dnis.includes(input.dnis))?.id ?? null;
  const arrived: Fact = { type: 'call.arrived', v: 1, call, channel: input.channel, ani: input.ani, line };
  const isRelay = relayEntry !== undefined || (isDialable(input.ani) && input.ani.type === 'relay');
  const marked: Fact[] = isRelay ? [{ type: 'call.marked_relay', v: 1, call }] : [];
  if (state.calls.size >= LIMITS.callsMax) return [arrived, ...refuse(state, call, 'call.house_full')];
  const language = relayEntry?.language ?? (line === null ? null : lineOf(state, line).direct);
  if (language === null) return [arrived, ...marked, ask(state, call, 'language')];
  const chosen: Fact[] =
    language === configuration.languages[0] ? [] : [{ type: 'call.language_chosen', v: 1, call, language }];
  const next =
    line === null
      ? [ask(state, call, 'line')]
      : enter(state, { id: call, ani: input.ani, language, line }, '', stamp);
  return [arrived, ...marked, ...chosen, ...next];
}

function press(state: State, call: Call, key: string, stamp: Stamp): Decision {
  const { keyRepeatMs } = configurationOf(state).dialogue;
  if (key === call.key && stamp.at - call.askedAt < keyRepeatMs) return NOTHING; // a bounce of the key that led here
  switch (call.step) {
    case 'language':
      return pressLanguage(state, call, key);
    case 'line':
      return pressLine(state, call, key);
    case 'service':
      return pressForAgent(state, call, key, stamp);
    case 'offer':
      return pressOffer(state, call, key);
    case 'confirm':
      return call.began ? pressConfirm(state, call, key, stamp) : NOTHING;
    case 'code':
      return pressCode(state, call, key);
    case 'returning':
      return pressReturning(state, call, key, stamp);
    case 'returned':
    case 'number': // gathered by telephony, for the vault
    case 'extension':
    case 'registered':
    case 'connecting':
    case 'talking':
    case 'closing':
      return NOTHING;
    default:
      return assertNever(call.step);
  }
}

function pressOffer(state: State, call: Call, key: string): Decision {
  const place = placeOf(state, must(call.place, 'place of a holding caller'));
  if (key === KEYS.otherLanguage) return otherLanguageFor(state, call, place);
  if (!place.offered) return NOTHING; // nothing else was offered, so no other key means anything
  if (key === KEYS.thisNumber && isDialable(call.ani)) {
    return [
      { type: 'dialogue.number_given', v: 1, call: call.id, number: call.ani },
      ask(state, call.id, 'confirm', key),
    ];
  }
  if (key === KEYS.otherNumber || key === KEYS.thisNumber) return [ask(state, call.id, 'number', key)];
  return NOTHING; // a stray key does not cut the music
}

/** The wait goes on in the other language, at the same place; what they are told next, and by whom they are served. */
function otherLanguageFor(state: State, call: Call, place: Place): Decision {
  const language = otherLanguage(configurationOf(state), call.language);
  if (language === null) return NOTHING;
  return [
    { type: 'call.language_chosen', v: 1, call: call.id, language },
    { type: 'place.language_changed', v: 1, place: place.id, language },
  ];
}

function pressConfirm(state: State, call: Call, key: string, stamp: Stamp): Decision {
  if (call.client !== null) return confirmNewNumber(state, call, key, stamp);
  const place = placeOf(state, must(call.place, 'place of a caller who confirms'));
  if (key === KEYS.otherNumber) return [ask(state, call.id, 'number', key)];
  if (key === KEYS.hold) return tellAndOffer(state, place, call.id, stamp.at, key);
  if (key !== KEYS.confirm) return retryConfirm(state, call, place, key, 'wrong_key', stamp);
  return confirm(state, call, stamp, key);
}

/** The number is right: is there an extension, or is that all? */
export function confirm(state: State, call: Call, stamp: Stamp, key = ''): Fact[] {
  return asksExtension(state, call)
    ? [ask(state, call.id, 'extension', key)]
    : settleNumber(state, call, stamp, key);
}

/** Number and extension are known: the callback is registered, or a recognised client's own number changed. */
function settleNumber(state: State, call: Call, stamp: Stamp, key: string): Fact[] {
  if (!isDialable(call.number)) return [ask(state, call.id, 'number', key)];
  if (call.client !== null) return changeNumber(state, call, call.number, key, stamp.at);
  const place = placeOf(state, must(call.place, 'place of a caller who confirms'));
  return register(state, call, place, call.number, key, stamp);
}

/** A recognised client gives another number: the same question, about the callback they have. */
function confirmNewNumber(state: State, call: Call, key: string, stamp: Stamp): Decision {
  if (key === KEYS.confirm) return confirm(state, call, stamp, key);
  if (key === KEYS.otherNumber) return [ask(state, call.id, 'number', key)];
  return [leaveAsIs(state, call, key)];
}

/** The offer is judged once more at the moment it is taken: it may have been withdrawn, or the number be known. */
function register(
  state: State,
  call: Call,
  place: Place,
  number: DialableNumber,
  key: string,
  stamp: Stamp,
): Fact[] {
  const registration = registrationOf(state, sourceOf(call.ani), place, number, stamp.at);
  const code = String(stamp.random % 10_000).padStart(4, '0');
  switch (registration.do) {
    case 'refuse':
      return [
        { type: 'callback.not_offered', v: 1, place: place.id, code: registration.code },
        ask(state, call.id, 'offer', key, 'withdrawn'),
      ];
    case 'merge':
      return [
        ...merge(state, call, place, callbackOf(state, registration.into), code),
        ask(state, call.id, 'registered', key),
      ];
    case 'register': {
      const callback = (state.last.callback + 1) as CallbackId;
      const closing = noticeOfClosing(state, place.line, chanceToServe(state, place, stamp.at), stamp.at);
      const told = closing === null ? {} : { closing };
      return [
        {
          type: 'callback.registered',
          v: 1,
          callback,
          place: place.id,
          call: call.id,
          numberKey: number.numberKey,
          ...kindOf(number),
          code,
          ...told,
        },
        ask(state, call.id, 'registered', key),
      ];
    }
    default:
      return assertNever(registration);
  }
}

/** One callback and one place for both: whichever stands ahead, unless the callback is being served already. */
function merge(state: State, call: Call, place: Place, into: Callback, code: string): Fact[] {
  const earlier = placeOf(state, into.place);
  const isMoved = earlier.state !== 'served' && isBefore(place, earlier);
  const merged = {
    type: 'callback.merged',
    v: 1,
    callback: into.id,
    place: place.id,
    call: call.id,
    code,
  } as const;
  const left = isMoved ? earlier : place;
  return [
    isMoved ? { ...merged, moved: true } : merged,
    { type: 'place.left', v: 1, place: left.id, reason: 'ended' },
  ];
}

/** Silence or a wrong key at the confirmation: asked again, then back to holding. The place is kept throughout. */
export function retryConfirm(
  state: State,
  call: Call,
  place: Place,
  key: string,
  because: 'silence' | 'wrong_key',
  stamp: Stamp,
): Fact[] {
  if (call.round < configurationOf(state).dialogue.roundsMax) return [askAgain(state, call, key, because)];
  return tellAndOffer(state, place, call.id, stamp.at, key, 'given_up');
}

function collect(
  state: State,
  call: Call,
  number: Extract<Input, { type: 'number.collected' }>['number'],
  stamp: Stamp,
): Decision {
  if (isDialable(number)) {
    // A number sign that bounces, or comes just after silence has ended the number, is no answer to the confirmation.
    const confirm = ask(state, call.id, 'confirm', KEYS.endOfNumber);
    return [{ type: 'dialogue.number_given', v: 1, call: call.id, number }, confirm];
  }
  if (call.round < configurationOf(state).dialogue.roundsMax) return [askAgain(state, call, '', number.code)];
  return giveUpNumber(state, call, stamp, '');
}

/** No number was taken: back to the offer, or the callback stays as it is. */
function giveUpNumber(state: State, call: Call, stamp: Stamp, key: string): Fact[] {
  if (call.client !== null) return [leaveAsIs(state, call, key)];
  const place = placeOf(state, must(call.place, 'place of a caller who keys a number'));
  return tellAndOffer(state, place, call.id, stamp.at, key, 'given_up');
}

/** The caller is gone. Their place goes with them, unless it became a callback or a conversation. */
export function endCall(
  state: State,
  call: Call,
  by: 'caller' | 'centre',
  stamp: Stamp | null = null,
): Fact[] {
  const ended: Fact = { type: 'call.ended', v: 1, call: call.id, by };
  const place = call.place === null ? undefined : state.places.get(call.place);
  if (place === undefined) return [ended];
  if (call.state === 'registered') {
    const callback = callbackOf(state, must(place.callback, 'callback of a registered place'));
    // One that was merged with this call may have its own time to wait for.
    const isFree = callback.state === 'requested';
    return isFree ? [ended, { type: 'callback.pending', v: 1, callback: callback.id }] : [ended];
  }
  const reason = call.state === 'connected' ? 'served' : 'abandoned';
  const left: Fact = { type: 'place.left', v: 1, place: place.id, reason };
  const letGoOf = endConsult(state, place, 'client_left');
  if (place.agent === null) return [...letGoOf, ended, left];
  const talked = call.state === 'connected';
  const tone = talked && stamp !== null ? askTone(state, place.agent, place, stamp) : [];
  return [...letGoOf, ...tone, ended, left, released(place.agent, talked)];
}

function released(agent: AgentId, talked: boolean): Fact {
  return { type: 'agent.released', v: 1, agent, by: 'client', talked, playback: null };
}
