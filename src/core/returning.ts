// The client calls again. Who seems to have a pending callback learns and changes nothing without the reference and the
// code told at registration: caller ID authorises nothing. Every wrong pair is answered alike, tries are capped for the
// call and for the callback. With it: keep, cancel, later, another number, the other language, or hold at the same place.

import { postpone } from './decide-owner.ts';
import { type Decision, NOTHING } from './decision.ts';
import { KEYS, otherLanguage } from './dialogue.ts';
import type { Fact } from './fact.ts';
import type { CallbackId, Language } from './id.ts';
import type { Stamp } from './input.ts';
import { type DialableNumber, kindOf } from './number.ts';
import { fullOf, isBarred, whySpent } from './offer.ts';
import { ask, askAgain, refuse } from './question.ts';
import { type Call, type Callback, configurationOf, placeOf, type State } from './state.ts';

const REFERENCE_DIGITS = 6;
const CODE_DIGITS = 4;
/** Wrong pairs for one callback, from whatever call, before no pair is right any more. */
const TRIES_PER_CALLBACK_MAX = 10;
const LATER_MINUTES = 10;

/** A key while reference and code are asked for: ten digits, a star begins again. */
export function pressCode(state: State, call: Call, key: string): Decision {
  if (key === '#') return NOTHING;
  const entered: Fact = { type: 'dialogue.key_entered', v: 1, call: call.id, key };
  const digits = key === '*' ? '' : call.entered + key;
  if (digits.length < REFERENCE_DIGITS + CODE_DIGITS) return [entered];
  const callback = recognise(state, digits);
  if (callback !== null) {
    return [
      entered,
      { type: 'client.recognised', v: 1, call: call.id, callback: callback.id },
      ask(state, call.id, 'returning', key),
    ];
  }
  const wrong = state.callbacks.get(Number(digits.slice(0, REFERENCE_DIGITS)) as CallbackId);
  const failed: Fact = { type: 'client.not_recognised', v: 1, call: call.id, callback: wrong?.id ?? null };
  const isLast = call.round >= configurationOf(state).dialogue.roundsMax;
  return isLast
    ? [entered, failed, ...refuse(state, call.id, 'call.no_choice', key)]
    : [entered, failed, askAgain(state, call, key, 'not_recognised')];
}

function recognise(state: State, digits: string): Callback | null {
  const callback = state.callbacks.get(Number(digits.slice(0, REFERENCE_DIGITS)) as CallbackId);
  if (callback === undefined || callback.tries >= TRIES_PER_CALLBACK_MAX) return null;
  return callback.code === digits.slice(REFERENCE_DIGITS) ? callback : null;
}

/** What a recognised client may do. While an agent is being rung for them it is too late for all but keeping. */
export function pressReturning(state: State, call: Call, key: string, stamp: Stamp): Decision {
  const callback = call.client === null ? undefined : state.callbacks.get(call.client);
  if (callback === undefined) return [ask(state, call.id, 'returned', key, 'ended')];
  if (key === KEYS.keep) return [ask(state, call.id, 'returned', key, 'kept')];
  // Registered this moment, and the call in which it was is not over: it stays as it is, and no agent is there yet.
  if (callback.state === 'requested') return [ask(state, call.id, 'returned', key, 'kept')];
  if (!CHANGEABLE.includes(callback.state)) return [ask(state, call.id, 'returned', key, 'being_served')];
  switch (key) {
    case KEYS.cancel:
      return [
        { type: 'place.left', v: 1, place: callback.place, reason: 'ended' },
        { type: 'callback.cancelled', v: 1, callback: callback.id, by: 'client' },
        ask(state, call.id, 'returned', key, 'cancelled'),
      ];
    case KEYS.later: {
      const postponed = postpone(state, callback.id, LATER_MINUTES, stamp);
      if ('refused' in postponed) return [ask(state, call.id, 'returned', key, 'kept')];
      return [...postponed, ask(state, call.id, 'returning', key, 'postponed')];
    }
    case KEYS.changeNumber:
      return [ask(state, call.id, 'number', key)];
    case KEYS.otherLanguage:
      return changeLanguage(state, call, callback, key);
    case KEYS.holdAgain:
      return [
        { type: 'callback.cancelled', v: 1, callback: callback.id, by: 'holds' },
        { type: 'place.rejoined', v: 1, place: callback.place, call: call.id },
      ];
    default:
      return [askAgain(state, call, key, 'wrong_key')];
  }
}

/** Nothing is changed, and the call ends: the callback is as it was, unless it has ended meanwhile. */
export function leaveAsIs(state: State, call: Call, key = ''): Fact {
  const isThere = call.client !== null && state.callbacks.has(call.client);
  return ask(state, call.id, 'returned', key, isThere ? 'kept' : 'ended');
}

const CHANGEABLE: readonly Callback['state'][] = ['pending', 'due', 'retry_wait', 'scheduled'];

function changeLanguage(state: State, call: Call, callback: Callback, key: string): Fact[] {
  const language = otherLanguage(configurationOf(state), call.language);
  if (language === null) return [askAgain(state, call, key, 'wrong_key')];
  return [
    { type: 'call.language_chosen', v: 1, call: call.id, language },
    { type: 'place.language_changed', v: 1, place: callback.place, language },
    ask(state, call.id, 'returning', key),
  ];
}

/** Asked for elsewhere than on the phone: by the same rule, the place keeps its key. */
export function changeLanguageTo(state: State, callback: Callback, language: Language, by: string): Decision {
  if (!CHANGEABLE.includes(callback.state)) return { refused: 'callback.being_served' };
  if (!configurationOf(state).languages.includes(language)) return { refused: 'callback.language_unknown' };
  const { id: place, language: before } = placeOf(state, callback.place);
  return language === before ? NOTHING : [{ type: 'place.language_changed', v: 1, place, language, by }];
}

/** The number that a recognised client keyed and confirmed takes the place of the old one; the place stays. */
export function changeNumber(
  state: State,
  call: Call,
  number: DialableNumber,
  key: string,
  at: number,
): Fact[] {
  const callback = call.client === null ? undefined : state.callbacks.get(call.client);
  if (callback === undefined) return [ask(state, call.id, 'returned', key, 'ended')];
  const changed = changeTo(state, callback, number, at);
  return 'refused' in changed
    ? [ask(state, call.id, 'returned', key, 'kept')]
    : [...changed, ask(state, call.id, 'returned', key, 'number_changed')];
}

/** The same however it is asked for. `by`: who asked, where it is not the client on the phone. */
export function changeTo(
  state: State,
  callback: Callback,
  number: DialableNumber,
  at: number,
  by?: string,
): Decision {
  if (!CHANGEABLE.includes(callback.state)) return { refused: 'callback.being_served' };
  if (isBarred(state, number)) return { refused: 'callback.never_call' };
  if (number.numberKey !== callback.numberKey) {
    // The number may have a callback of its own in this line: two for one number are never open (S14).
    if (fullOf(state, callback.line, number) !== null) return { refused: 'callback.number_taken' };
    // Nor is a number called more often by a change than by registering it.
    const spent = whySpent(state, number, at);
    if (spent !== null) return { refused: spent };
  }
  const { numberKey } = number;
  return [
    {
      type: 'callback.number_changed',
      v: 1,
      callback: callback.id,
      numberKey,
      ...kindOf(number),
      ...(by === undefined ? {} : { by }),
    },
  ];
}
