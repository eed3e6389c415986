// Who is offered a callback, and whether the offer still stands when it is taken. The first reason not to is given, in
// the order in which an owner would ask; each has a code and is counted. Nothing that was accepted is ever taken back.

import type { LineConfiguration } from './configuration.ts';
import { chanceWithin, type Quote, type WaitModel } from './estimate.ts';
import type { OfferRefusal } from './fact.ts';
import { dayOf, hoursFor, isOpenAt, spanAt } from './hours.ts';
import type { CallbackId, LineId, NumberKey } from './id.ts';
import { isBefore } from './line.ts';
import { type DialableNumber, isDialable, mainKeyOf } from './number.ts';
import { modelOf } from './quoting.ts';
import {
  type Callback,
  callbackOf,
  configurationOf,
  lineOf,
  type Place,
  placeOf,
  type State,
} from './state.ts';
import { isOn } from './switches.ts';

/** Null: a callback is offered to this place, which has so many ahead and is quoted this wait (null: unknown). */
export function whyNotOffered(
  state: State,
  place: Place,
  model: WaitModel | null,
  ahead: number,
  quote: Quote | null,
  at: number,
): OfferRefusal | null {
  const line = lineOf(state, place.line);
  const { offer } = line;
  const phase = offer.phases.find((p) => at >= p.fromAt && at < p.toAt);
  if (phase === undefined) return 'callback.not_begun';
  if (place.draw >= phase.sharePermille) return 'callback.not_in_share';
  if (!isOn(state.switches, 'offering', place.line)) return 'callback.offering_off';
  const full = isFull(state, place, phase.perDayMax, offer.pendingMax, at);
  if (full !== null) return full;
  if (quote !== null && quote.meanMs <= offer.waitOverMs) return 'callback.wait_short';
  if (ahead <= offer.aheadOver) return 'callback.few_ahead';
  const closesAt = closingFor(line, regionOf(state, place), at);
  if (closesAt === Number.MAX_SAFE_INTEGER) return null;
  const permille = model === null ? 0 : chanceWithin(model, closesAt - at - line.closing.cutOffMs);
  return permille < offer.keepPermille ? 'callback.too_late' : null;
}

/** In 1000: that the turn of this place comes while callbacks of its line are still begun today. */
export function chanceToServe(state: State, place: Place, at: number): number {
  const { open, closing } = lineOf(state, place.line);
  const closesAt = spanAt(open, at)?.toAt ?? at;
  if (closesAt === Number.MAX_SAFE_INTEGER) return 1000;
  const model = modelOf(state, place, at);
  const finishMs = closing.pending === 'finish' ? closing.finishMs : 0;
  return model === null ? 0 : chanceWithin(model, closesAt + finishMs - at - closing.cutOffMs);
}

/** Callbacks are served while the line itself is open: for a region that is open longer, no longer than that. */
function closingFor(line: LineConfiguration, region: string | null, at: number): number {
  const own = spanAt(hoursFor(line, region), at)?.toAt ?? at;
  return Math.min(own, spanAt(line.open, at)?.toAt ?? at);
}

function isFull(
  state: State,
  place: Place,
  perDayMax: number | null,
  pendingMax: number | null,
  at: number,
): OfferRefusal | null {
  const accepted = state.accepted.get(place.line);
  const dayFromAt = dayOf(lineOf(state, place.line), at);
  const today = accepted?.dayFromAt === dayFromAt ? accepted.count : 0;
  if (perDayMax !== null && today >= perDayMax) return 'callback.day_full';
  const pending = state.pending.get(place.line) ?? 0;
  return pendingMax !== null && pending >= pendingMax ? 'callback.pending_full' : null;
}

/** The region of the calling number, for lines that open by region; null when it is not known. */
export function regionOf(state: State, place: Place): string | null {
  const call = place.call === null ? undefined : state.calls.get(place.call);
  return call !== undefined && isDialable(call.ani) ? call.ani.region : null;
}

/** What becomes of a confirmed number: a new callback, one with an earlier one, or none, and why. */
export type Registration =
  | { readonly do: 'register' }
  | { readonly do: 'merge'; readonly into: CallbackId }
  | { readonly do: 'refuse'; readonly code: OfferRefusal };

/** `source`: by whose registrations of this hour it is judged, too. */
export function registrationOf(
  state: State,
  source: NumberKey | null,
  place: Place,
  number: DialableNumber,
  at: number,
): Registration {
  const { numbers } = configurationOf(state);
  const book = state.numbers;
  if (!isOn(state.switches, 'offering', place.line)) return refuse('callback.offering_off');
  if (isBarred(state, number)) return refuse('callback.never_call');
  const into = fullOf(state, place.line, number);
  if (into !== null) return { do: 'merge', into };
  const spent = whySpent(state, number, at);
  if (spent !== null) return refuse(spent);
  if (source !== null && book.askedWithinHour(source, at) >= numbers.perSourcePerHourMax)
    return refuse('callback.source_full');
  const withdrawn = whyWithdrawn(state, place, at);
  return withdrawn === null ? { do: 'register' } : refuse(withdrawn);
}

/** What may have changed between the offer and its being taken: a pause, a cap that others filled, the closing. */
function whyWithdrawn(state: State, place: Place, at: number): OfferRefusal | null {
  const { offer, open } = lineOf(state, place.line);
  const phase = offer.phases.find((p) => at >= p.fromAt && at < p.toAt);
  if (phase === undefined) return 'callback.not_begun';
  if (!isOpenAt(open, at)) return 'callback.too_late';
  return isFull(state, place, phase.perDayMax, offer.pendingMax, at);
}

function refuse(code: OfferRefusal): Registration {
  return { do: 'refuse', code };
}

export function isBarred(state: State, number: DialableNumber): boolean {
  return state.numbers.isBarred(number.numberKey, mainKeyOf(number));
}

/**
 * The caps of a number, by registering or by changing to it. The cooldown is that of number and extension; the day's cap
 * is one phone's, all its extensions together, and a number listed as shared has it once for each sharer. A relay
 * service's number has neither: they would be those of clients who do not know each other.
 */
export function whySpent(
  state: State,
  number: DialableNumber,
  at: number,
): 'callback.cooldown' | 'callback.number_full' | null {
  if (number.type === 'relay') return null;
  const { cooldownMs, perDayMax } = configurationOf(state).numbers;
  if (cooldownMs > 0 && at < state.numbers.endedAt(number.numberKey) + cooldownMs) return 'callback.cooldown';
  const mainKey = mainKeyOf(number);
  const dayMax = perDayMax * (sharersOf(state, mainKey) ?? 1);
  return state.numbers.registeredWithinDay(mainKey, at) >= dayMax ? 'callback.number_full' : null;
}

/** Where the owners listed the number as shared: how many callbacks it may have open in a line; else null. */
export function sharersOf(state: State, mainKey: NumberKey): number | null {
  return configurationOf(state).numbers.shared.find((s) => s.numberKey === mainKey)?.openMax ?? null;
}

/**
 * Where number and extension have as many open callbacks in the line as they may: the first in line of them; else null.
 * A relay service's number never has: two of its clients cannot be told apart, so none is taken for another.
 */
export function fullOf(state: State, line: LineId, number: DialableNumber): CallbackId | null {
  return number.type === 'relay' ? null : fullAt(state, line, number.numberKey, mainKeyOf(number));
}

/** The same by its keys. One whose conversation is over is not open: nothing more may come of it. */
export function fullAt(
  state: State,
  line: LineId,
  numberKey: NumberKey,
  mainKey: NumberKey,
): CallbackId | null {
  const openMax = sharersOf(state, mainKey) ?? configurationOf(state).numbers.openMax;
  const isOpen = (one: Callback | undefined) => one?.line === line && one.state !== 'parted';
  const open = state.numbers.openOf(numberKey).filter((id) => isOpen(state.callbacks.get(id)));
  if (open.length < openMax) return null;
  const placeOfOne = (id: CallbackId): Place => placeOf(state, callbackOf(state, id).place);
  return open.reduce((a, b) => (isBefore(placeOfOne(b), placeOfOne(a)) ? b : a));
}
