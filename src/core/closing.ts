// A line closes and opens by its hours. At closing, what is pending is finished up to a limit, carried to the next
// opening, or expires, as the owners chose; each is counted apart, and a carried place keeps its key. Callers who hold
// are served: they were let in.

import type { ClosingNotice, ExpiryCause, Fact, FactOf } from './fact.ts';
import { closedSince, isOpenAt, opensInBoth, spanAt } from './hours.ts';
import type { LineId } from './id.ts';
import { type Callback, configurationOf, lineOf, type Place, placeOf, type State } from './state.ts';
import { isOn } from './switches.ts';

/** The line's deadline has come: it opens, it closes, or the time to finish after closing is over. */
export function lineDeadline(state: State, id: LineId, at: number): Fact[] {
  const line = lineOf(state, id);
  if (isOpenAt(line.open, at)) return [{ type: 'line.opened', v: 1, line: id }];
  if (state.lineStates.get(id) !== 'open') return settle(state, id, at);
  const closed: Fact = { type: 'line.closed', v: 1, line: id };
  return line.closing.pending === 'finish' && line.closing.finishMs > 0
    ? [closed]
    : [closed, ...settle(state, id, at)];
}

/**
 * Whether callbacks of the line are served now: processing and dialling are on, and the last moment to begin one has not
 * come. It is the cut-off before closing, or before the end of finishing where the owners finish what is pending.
 */
export function mayServeCallbacks(state: State, id: LineId, at: number): boolean {
  if (!isOn(state.switches, 'processing', id) || !isOn(state.switches, 'dialling', null)) return false;
  const { open, closing } = lineOf(state, id);
  const finishMs = closing.pending === 'finish' ? closing.finishMs : 0;
  const span = spanAt(open, at);
  if (span === null && state.lineStates.get(id) === 'closed') return false;
  const closesAt = span?.toAt ?? closedSince(open, at) ?? 0;
  return closesAt === Number.MAX_SAFE_INTEGER || at < closesAt + finishMs - closing.cutOffMs;
}

/** How many clients may still be dialled within this hour, those for whom an agent is held already counted. */
export function dialsLeft(state: State, at: number): number {
  const { dialsPerHourMax } = configurationOf(state).numbers;
  return dialsPerHourMax - state.numbers.dialledWithinHour(at) - state.toDial.size;
}

const LOOK_AGAIN_MS = 60_000;

/** Callbacks that might be served are passed over: until the hour has room, or those who are held are done with. */
export function holdDials(state: State, at: number): Fact {
  const freeAt = state.numbers.dialledBelowAt(configurationOf(state).numbers.dialsPerHourMax);
  return { type: 'dials.held', v: 1, untilAt: freeAt > at ? freeAt : at + LOOK_AGAIN_MS };
}

/** Whether this client may be dialled at this moment: asked before each attempt, and at the fence once more. */
export function mayDial(state: State, callback: Callback, at: number): boolean {
  const { dialsPerHourMax } = configurationOf(state).numbers;
  return (
    mayServeCallbacks(state, callback.line, at) &&
    !isOutsideCalling(state, callback, at) &&
    state.numbers.dialledWithinHour(at) < dialsPerHourMax
  );
}

/** Client-side calling hours apply to callbacks carried over or postponed, not to those of the same opening. */
function isOutsideCalling(state: State, callback: Callback, at: number): boolean {
  return callback.later && !isOpenAt(lineOf(state, callback.line).closing.callingHours, at);
}

/** In front of the line, but outside the client's own calling hours: later, or never; null: it may be served. */
export function putOff(state: State, callback: Callback, at: number): Fact[] | null {
  if (!isOutsideCalling(state, callback, at)) return null;
  const untilAt = nextCalling(state, callback.line, at);
  return untilAt === null ? expire(callback, 'no_opening') : [carry(callback, untilAt, 'calling_hours')];
}

/**
 * What becomes of a callback that is to wait again, by what happened while it was served: its number was barred, or the
 * line has closed and settled what was pending. Empty: it waits.
 */
export function fateOf(state: State, callback: Callback, at: number): Fact[] {
  if (!MOVABLE.includes(callback.state)) return [];
  if (state.numbers.isBarred(callback.numberKey, callback.mainKey)) return cancelBarred(callback);
  const { open, closing } = lineOf(state, callback.line);
  if (state.lineStates.get(callback.line) !== 'closed' || isOpenAt(open, at)) return [];
  if (closing.pending === 'expire') return expire(callback, 'closing');
  const untilAt = nextCalling(state, callback.line, at);
  if (untilAt === null) return expire(callback, 'no_opening');
  if (carriedOf(state, callback.line) >= closing.carryMax) return expire(callback, 'carry_full');
  return [carry(callback, untilAt, 'closing')];
}

/** Whether the turn of a callback that is registered now may not come before closing, and what its client is told. */
export function noticeOfClosing(
  state: State,
  line: LineId,
  chancePermille: number,
  at: number,
): ClosingNotice | null {
  if (chancePermille >= SURE_PERMILLE) return null;
  const { pending, carryMax } = lineOf(state, line).closing;
  const isCarried = pending !== 'expire' && carryMax > 0 && nextCalling(state, line, at) !== null;
  return isCarried ? 'may_carry' : 'may_expire';
}

const SURE_PERMILLE = 990;

/** The conversation took place; after closing it is one of those that were finished. */
export function complete(state: State, callback: Callback, at: number): FactOf<'callback.completed'> {
  const completed = {
    type: 'callback.completed',
    v: 1,
    callback: callback.id,
    talkMs: at - callback.connectedAt,
  } as const;
  return state.lineStates.get(callback.line) === 'open' ? completed : { ...completed, afterClosing: true };
}

/** The number is never to be called again. */
export function cancelBarred(callback: Callback): Fact[] {
  return [
    { type: 'place.left', v: 1, place: callback.place, reason: 'ended' },
    { type: 'callback.cancelled', v: 1, callback: callback.id, by: 'never_call' },
  ];
}

/** Every callback of the line that waits: to the next opening in the client's calling hours, or to its end. */
function settle(state: State, id: LineId, at: number): Fact[] {
  const { closing } = lineOf(state, id);
  const untilAt = closing.pending === 'expire' ? null : nextCalling(state, id, at);
  const waiting = [...state.callbacks.values()]
    .filter((c) => MOVABLE.includes(c.state) && c.line === id)
    .sort((a, b) => byKey(placeOf(state, a.place), placeOf(state, b.place)));
  const carried = untilAt === null ? [] : waiting.slice(0, closing.carryMax);
  const rest = waiting.slice(carried.length);
  const beyondCap = untilAt === null ? 0 : rest.length;
  const cause = untilAt !== null ? 'carry_full' : closing.pending === 'expire' ? 'closing' : 'no_opening';
  return [
    ...carried.map((callback) => carry(callback, untilAt ?? at, 'closing')),
    ...rest.flatMap((callback) => expire(callback, cause)),
    {
      type: 'line.settled',
      v: 1,
      line: id,
      finished: state.finished.get(id) ?? 0,
      carried: carried.length,
      expired: rest.length - beyondCap,
      beyondCap,
    },
  ];
}

function nextCalling(state: State, id: LineId, at: number): number | null {
  const { open, closing } = lineOf(state, id);
  return opensInBoth(open, closing.callingHours, at);
}

function carriedOf(state: State, id: LineId): number {
  let carried = 0;
  for (const c of state.callbacks.values()) if (c.line === id && c.state === 'scheduled') carried += 1;
  return carried;
}

/** Neither before what the client asked for, nor before the delay after a failed attempt is over. */
function carry(callback: Callback, untilAt: number, cause: 'closing' | 'calling_hours'): Fact {
  const notBeforeAt = Math.max(untilAt, callback.notBeforeAt, callback.deadline?.at ?? 0);
  return { type: 'callback.postponed', v: 1, callback: callback.id, untilAt: notBeforeAt, cause };
}

function expire(callback: Callback, cause: ExpiryCause): Fact[] {
  return [
    { type: 'place.left', v: 1, place: callback.place, reason: 'ended' },
    { type: 'callback.expired', v: 1, callback: callback.id, cause },
  ];
}

const MOVABLE: readonly Callback['state'][] = ['pending', 'due', 'retry_wait'];

function byKey(a: Place, b: Place): number {
  return a.priority - b.priority || a.entry - b.entry;
}
