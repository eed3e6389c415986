// Who is offered a callback, and whether the offer still stands when it is taken. The first reason not to is given, in
// the order in which an owner would ask; each has a code and is counted. Nothing that was accepted is ever taken back.

import { chanceWithin } from './estimate.ts';
import type { OfferRefusal } from './fact.ts';
import { hoursFor, spanAt } from './hours.ts';
import type { CallbackId, NumberKey } from './id.ts';
import { isDialable } from './number.ts';
import { modelOf, placesAhead } from './quoting.ts';
import { type Call, configurationOf, lineOf, type Place, type State } from './state.ts';
import { isOn } from './switches.ts';

/** Null: a callback is offered to this place. */
export function whyNotOffered(state: State, place: Place, at: number): OfferRefusal | null {
  const line = lineOf(state, place.line);
  const { offer } = line;
  const phase = offer.phases.find((p) => at >= p.fromAt && at < p.toAt);
  if (phase === undefined) return 'callback.not_begun';
  if (place.draw >= phase.sharePermille) return 'callback.not_in_share';
  if (!isOn(state.switches, 'offering', place.line)) return 'callback.offering_off';
  const full = isFull(state, place, phase.fromAt, phase.perDayMax, offer.pendingMax);
  if (full !== null) return full;
  const model = modelOf(state, place, at);
  const quote = place.quotedMs;
  if (quote !== null && quote <= offer.waitOverMs) return 'callback.wait_short';
  if (placesAhead(state, place) <= offer.aheadOver) return 'callback.few_ahead';
  const closesAt = spanAt(hoursFor(line, regionOf(state, place)), at)?.toAt ?? at;
  if (closesAt === Number.MAX_SAFE_INTEGER) return null;
  const permille = model === null ? 0 : chanceWithin(model, closesAt - at - line.closing.cutOffMs);
  return permille < offer.keepPermille ? 'callback.too_late' : null;
}

function isFull(
  state: State,
  place: Place,
  phaseFromAt: number,
  perDayMax: number | null,
  pendingMax: number | null,
): OfferRefusal | null {
  const accepted = state.accepted.get(place.line);
  const today = accepted !== undefined && accepted.phaseFromAt === phaseFromAt ? accepted.count : 0;
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

export function registrationOf(
  state: State,
  call: Call,
  place: Place,
  numberKey: NumberKey,
  at: number,
): Registration {
  const { numbers } = configurationOf(state);
  const book = state.numbers;
  if (!isOn(state.switches, 'offering', place.line)) return refuse('callback.offering_off');
  if (book.isBarred(numberKey)) return refuse('callback.never_call');
  const openMax = numbers.shared.find((s) => s.numberKey === numberKey)?.openMax ?? numbers.openMax;
  const open = book.openOf(numberKey).filter((id) => lineOfCallback(state, id) === place.line);
  const first = open[0];
  if (first !== undefined && open.length >= openMax) return { do: 'merge', into: first };
  if (numbers.cooldownMs > 0 && at < book.endedAt(numberKey) + numbers.cooldownMs)
    return refuse('callback.cooldown');
  if (book.registeredWithinDay(numberKey, at) >= numbers.perDayMax) return refuse('callback.number_full');
  const source = isDialable(call.ani) ? call.ani.numberKey : null;
  if (source !== null && book.askedWithinHour(source, at) >= numbers.perSourcePerHourMax)
    return refuse('callback.source_full');
  const { pendingMax } = lineOf(state, place.line).offer;
  const isPendingFull = pendingMax !== null && (state.pending.get(place.line) ?? 0) >= pendingMax;
  return isPendingFull ? refuse('callback.pending_full') : { do: 'register' };
}

function refuse(code: OfferRefusal): Registration {
  return { do: 'refuse', code };
}

function lineOfCallback(state: State, id: CallbackId) {
  return state.callbacks.get(id)?.line ?? null;
}
