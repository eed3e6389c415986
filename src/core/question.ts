// The facts that ask a caller something. Every question has its own playback, so that a late report of an older prompt
// cannot be taken for this one's.

import { type Quote, quoteOf } from './estimate.ts';
import type { Fact, FactOf, QuoteCause, RefusalOfCall, Step } from './fact.ts';
import type { CallId, PlaybackId } from './id.ts';
import { isDialable } from './number.ts';
import { whyNotOffered } from './offer.ts';
import { modelOf, placesAhead, whyWorse } from './quoting.ts';
import { type Call, type Place, placeOf, type State } from './state.ts';

type Because = FactOf<'dialogue.asked'>['because'];

/** Asks a call. */
export function ask(
  state: State,
  call: CallId,
  step: Step,
  key = '',
  because: Because = '',
  round = 1,
): Fact {
  return {
    type: 'dialogue.asked',
    v: 1,
    call,
    step,
    round,
    playback: (state.last.playback + 1) as PlaybackId,
    key,
    because,
  };
}

/** The same question once more. */
export function askAgain(state: State, call: Call, key: string, because: Because): Fact {
  return ask(state, call.id, call.step, key, because, because === 'resynced' ? call.round : call.round + 1);
}

/** Place and wait, then the offer: told on entry, every minute, and after each detour. */
export function tellAndOffer(
  state: State,
  place: Place,
  call: CallId,
  at: number,
  key = '',
  because: Because = '',
): Fact[] {
  const ahead = placesAhead(state, place);
  const model = modelOf(state, place, at);
  const quote = model === null ? null : quoteOf(model);
  const told = toldOf(place, ahead, quote, whyWorse(place, ahead, quote));
  const code = whyNotOffered(state, place, model, ahead, quote, at);
  const offered: Fact =
    code === null
      ? { type: 'callback.offered', v: 1, place: place.id }
      : { type: 'callback.not_offered', v: 1, place: place.id, code };
  if (code !== null && place.overflow) return [told, offered, ...turnAway(state, place, call, key)];
  return [told, offered, ask(state, call, 'offer', key, because)];
}

function toldOf({ id: place }: Place, ahead: number, quote: Quote | null, cause: QuoteCause): Fact {
  const worse = cause === '' ? null : { worseBecause: cause };
  if (quote === null) return { type: 'wait.unknown', v: 1, place, ahead, ...worse };
  const { meanMs, minMinutes, maxMinutes } = quote;
  const told = { type: 'wait.quoted', v: 1, place, ahead, meanMs, minMinutes, maxMinutes } as const;
  return worse === null ? told : { ...told, ...worse };
}

/** The line is full, and there is no callback for this caller, or they do not want it. */
export function turnAway(state: State, place: Place, call: CallId, key = ''): Fact[] {
  return [
    { type: 'place.left', v: 1, place: place.id, reason: 'ended' },
    ...refuse(state, call, 'call.line_full', key),
  ];
}

/** The same question after the socket was away: rounds are not counted, and a holding caller hears today's wait. */
export function askOnceMore(state: State, call: Call, at: number): Fact[] {
  if (call.step === 'offer' && call.place !== null)
    return tellAndOffer(state, placeOf(state, call.place), call.id, at, '', 'resynced');
  // A keyed number that was not confirmed is in nobody's memory after a restart: it is asked for again.
  const needsNumber = call.step === 'confirm' || call.step === 'extension';
  if (needsNumber && !isOwnNumber(call)) return [ask(state, call.id, 'number', '', 'resynced')];
  return [askAgain(state, call, '', 'resynced')];
}

function isOwnNumber(call: Call): boolean {
  return isDialable(call.number) && isDialable(call.ani) && call.number.numberKey === call.ani.numberKey;
}

/** Says why not, and good-bye. */
export function refuse(state: State, call: CallId, code: RefusalOfCall, key = ''): Fact[] {
  return [{ type: 'call.refused', v: 1, call, code }, ask(state, call, 'closing', key)];
}
