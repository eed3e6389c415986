// A client whose callback ended without a conversation asks on their own page to be called again, where the owners allow it
// (docs/adr/0023): a new callback at a new place at the end of the same line, under the very rules of the telephone. It has no
// call, so nothing is said to anybody; what the page shows is read from the state. Asked twice, it is one.

import { noticeOfClosing } from './closing.ts';
import { ORDINARY_PRIORITY } from './configuration.ts';
import { type Decision, NOTHING, type RefusalCode } from './decision.ts';
import { type Quote, quoteOf } from './estimate.ts';
import type { Fact, FactOf } from './fact.ts';
import { hoursFor, isOpenAt } from './hours.ts';
import type { CallbackId, Language, LineId, PlaceId } from './id.ts';
import type { OwnerInput, Stamp } from './input.ts';
import { capacityOf, takenOf } from './menus.ts';
import { kindOf, sourceOf } from './number.ts';
import { chanceToServe, registrationOf, whyNotOffered } from './offer.ts';
import { modelOf, placesAhead } from './quoting.ts';
import { configurationOf, type Place, type State } from './state.ts';
import { newPlace } from './waiting.ts';

type Asking = Extract<OwnerInput, { type: 'callback.ask_on_page' }>;

/** How a callback must have ended for its client to ask again: whoever was reached calls us, as anybody may. */
const MAY_ASK: readonly string[] = ['incomplete', 'cancelled', 'expired'];

export function mayAskOnPage(state: State, endedAs: string): boolean {
  return state.configuration?.clientPage?.asksAgain === true && MAY_ASK.includes(endedAs);
}

/** The callback that its client asked for after this one, as long as that has not ended. */
export function askedAfter(state: State, after: CallbackId): CallbackId | null {
  return state.asked.get(after) ?? null;
}

export function decideAskOnPage(state: State, input: Asking, stamp: Stamp): Decision {
  if (askedAfter(state, input.after) !== null) return NOTHING; // pressed twice
  const refused = whyNotAsked(state, input, stamp);
  if (refused !== null) return { refused };
  const place = newPlaceFor(state, input, stamp);
  const { number } = input;
  const ahead = placesAhead(state, place);
  const model = modelOf(state, place, stamp.at);
  const quote = model === null ? null : quoteOf(model);
  const code = whyNotOffered(state, place, model, ahead, quote, stamp.at);
  if (code !== null) return { refused: code };
  const registration = registrationOf(state, sourceOf(number), place, number, stamp.at);
  if (registration.do === 'merge') return { refused: 'callback.number_taken' };
  if (registration.do === 'refuse') return { refused: registration.code };
  const callback = (state.last.callback + 1) as CallbackId;
  const closing = noticeOfClosing(state, place.line, chanceToServe(state, place, stamp.at), stamp.at);
  const asked: FactOf<'callback.asked_on_page'> = {
    type: 'callback.asked_on_page',
    v: 1,
    callback,
    place: place.id,
    after: input.after,
    line: place.line,
    language: place.language,
    priority: place.priority,
    entry: place.entry,
    draw: place.draw,
    numberKey: number.numberKey,
    ...kindOf(number),
    code: String(stamp.random % 10_000).padStart(4, '0'),
    ...(closing === null ? {} : { closing }),
  };
  return [asked, quoted(place.id, ahead, quote), { type: 'callback.pending', v: 1, callback }];
}

/** What is asked before anything of the line's offer: whether it may be asked at all, the hours, the capacity. */
function whyNotAsked(state: State, input: Asking, { at }: Stamp): RefusalCode | null {
  const { after, endedAs, language, number } = input;
  if (configurationOf(state).clientPage?.asksAgain !== true) return 'callback.ask_off';
  if (state.callbacks.has(after) || after > state.last.callback || !mayAskOnPage(state, endedAs))
    return 'callback.not_ended';
  const line = configurationOf(state).lines.find(({ id }) => id === input.line);
  if (line === undefined) return 'line.unknown';
  if (!configurationOf(state).languages.includes(language)) return 'callback.language_unknown';
  if (!isOpenAt(hoursFor(line, number.region), at)) return 'call.line_closed';
  const places = capacityOf(line) + line.offer.overflowPlaces;
  return takenOf(state, line, language) >= places ? 'call.line_full' : null;
}

function newPlaceFor(state: State, { line, language }: Asking, { at, random }: Stamp): Place {
  return newPlace(state, { ...endOf(state, line, language), draw: random % 1000 }, at);
}

/** The end of the line, as an ordinary place. */
function endOf(state: State, line: LineId, language: Language) {
  const place = (state.last.place + 1) as PlaceId;
  const entry = state.last.entry + 1;
  return { place, call: null, line, language, priority: ORDINARY_PRIORITY, entry };
}

function quoted(place: PlaceId, ahead: number, quote: Quote | null): Fact {
  if (quote === null) return { type: 'wait.unknown', v: 1, place, ahead };
  const { meanMs, minMinutes, maxMinutes } = quote;
  return { type: 'wait.quoted', v: 1, place, ahead, meanMs, minMinutes, maxMinutes };
}

/** What whoever asked now would be told; null: nobody can say, or the line is gone. */
export function quoteAtEnd(state: State, line: LineId, language: Language, at: number): Quote | null {
  if (!state.lines.has(line)) return null;
  const model = modelOf(state, newPlace(state, endOf(state, line, language), at), at);
  return model === null ? null : quoteOf(model);
}
