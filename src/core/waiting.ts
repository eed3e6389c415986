// A place going into its line and out of it. The key (priority, entry) is the place's for as long as it lives: coming
// back after a silent agent or a failed attempt is entering at that same key.

import { must } from './assert.ts';
import { follow } from './chart.ts';
import type { FactOf } from './fact.ts';
import type { CallId, Language, LineId } from './id.ts';
import { type PlaceFact, placeChart } from './place.ts';
import { type Queue, queueKey } from './queue.ts';
import type { Place, State } from './state.ts';

type Taken = Pick<FactOf<'place.taken'>, 'place' | 'line' | 'language' | 'priority' | 'entry'> &
  Partial<Pick<FactOf<'place.taken'>, 'draw' | 'overflow'>> & { readonly call: CallId | null };

export function newPlace(state: State, fact: Taken, at: number): Place {
  return {
    id: fact.place,
    priority: fact.priority,
    entry: fact.entry,
    line: fact.line,
    language: fact.language,
    queue: queueFor(state, fact.line, fact.language),
    takenAt: at,
    draw: fact.draw ?? 0,
    state: 'waiting',
    call: fact.call,
    callback: null,
    agent: null,
    ahead: 0,
    told: null,
    quotedMs: null,
    relay: false,
    overflow: fact.overflow ?? false,
    toldAt: 0,
    toldStaffed: 0,
    offered: false,
    reason: '',
  };
}

function queueFor(state: State, line: LineId, language: Language): Queue {
  const key = queueKey(line, language);
  return must(state.queues.get(key), 'queue', key);
}

export function enterLine(place: Place): void {
  const { order, holding } = place.queue;
  order.add(place, place.id);
  if (place.callback === null) holding.add(place, place.id);
}

export function leaveLine(place: Place): void {
  const { order, holding } = place.queue;
  order.remove(place);
  if (place.callback === null) holding.remove(place);
}

/** The priority of a place changes, for a recorded reason; its entry stays. */
export function prioritise(state: State, place: Place, priority: number, reason: string): void {
  if (place.state === 'waiting') leaveLine(place);
  countReason(state, place, -1);
  place.priority = priority;
  place.reason = reason;
  countReason(state, place, 1);
  if (place.state === 'waiting') enterLine(place);
}

/** Places of the line that go before others for this reason. */
export function prioritisedIn(state: State, line: LineId, reason: string): number {
  return state.prioritised.get(`${line}/${reason}`) ?? 0;
}

function countReason(state: State, { line, reason }: Place, by: 1 | -1): void {
  if (reason === '') return;
  const count = prioritisedIn(state, line, reason) + by;
  if (count === 0) state.prioritised.delete(`${line}/${reason}`);
  else state.prioritised.set(`${line}/${reason}`, count);
}

/** Somebody has held for this place until now: what the line learns of its callers' patience. */
export function hold(state: State, place: Place, at: number, gaveUp: boolean): void {
  if (place.transfers !== undefined) return; // they were served meanwhile
  state.experience.get(place.line)?.held(at - place.takenAt, gaveUp);
}

/** The client goes on in another language: another queue of the same line, the same key. */
export function changeLanguage(state: State, place: Place, language: Language): void {
  if (place.state === 'waiting') leaveLine(place);
  place.language = language;
  place.queue = queueFor(state, place.line, language);
  if (place.state === 'waiting') enterLine(place);
}

/** In line again, with an agent no more: in another line, or in the same. The key stays. */
export function transferPlace(state: State, place: Place, line: LineId): void {
  movePlace(state, place, 'place.transferred');
  if (line !== place.line) {
    leaveLine(place);
    countReason(state, place, -1);
    state.occupied.set(place.line, must(state.occupied.get(place.line), 'count of', place.line) - 1);
    place.line = line;
    place.queue = queueFor(state, line, place.language);
    state.occupied.set(line, (state.occupied.get(line) ?? 0) + 1);
    countReason(state, place, 1);
    enterLine(place);
  }
  place.transfers = (place.transfers ?? 0) + 1;
  place.agent = null;
  place.overflow = false;
  Object.assign(place, { ahead: 0, told: null, quotedMs: null, toldAt: 0, toldStaffed: 0, offered: false });
}

function countServed(state: State, place: Place, by: 1 | -1): void {
  state.served.set(place.line, must(state.served.get(place.line), 'count of', place.line) + by);
}

/** Moves the place by its chart, and into or out of the line as its state says. */
export function movePlace(state: State, place: Place, on: PlaceFact): void {
  const before = place.state;
  place.state = follow(placeChart, 'place', before, on, place.id);
  if (before === 'waiting' && place.state !== 'waiting') leaveLine(place);
  if (before !== 'waiting' && place.state === 'waiting') enterLine(place);
  if (place.state === 'served' && before !== 'served') countServed(state, place, 1);
  if (before === 'served' && place.state !== 'served') {
    countServed(state, place, -1);
    delete place.onHold; // whoever is next with the client begins anew
  }
  if (place.state === 'left') {
    countReason(state, place, -1);
    state.places.delete(place.id);
    state.occupied.set(place.line, must(state.occupied.get(place.line), 'count of', place.line) - 1);
  }
}
