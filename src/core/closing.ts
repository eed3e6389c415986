// A line closes and opens by its hours. At closing, what is pending is finished up to a limit, carried to the next
// opening, or expires, as the owners chose; each is counted apart, and a carried place keeps its key. Callers who hold
// are served: they were let in.

import type { Fact } from './fact.ts';
import { isOpenAt, opensInBoth, spanAt } from './hours.ts';
import type { LineId } from './id.ts';
import { type Callback, lineOf, type Place, placeOf, type State } from './state.ts';
import { isOn } from './switches.ts';

/** The line's deadline has come: it opens, it closes, or the time to finish after closing is over. */
export function lineDeadline(state: State, id: LineId, at: number): Fact[] {
  const line = lineOf(state, id);
  const isOpen = spanAt(line.open, at) !== null;
  const is = state.lineStates.get(id);
  if (isOpen && is !== 'open') return [{ type: 'line.opened', v: 1, line: id }];
  if (!isOpen && is === 'open') {
    const closed: Fact = { type: 'line.closed', v: 1, line: id };
    return line.closing.pending === 'finish' && line.closing.finishMs > 0
      ? [closed]
      : [closed, ...settle(state, id, at)];
  }
  return settle(state, id, at);
}

/**
 * Whether callbacks of the line are served now: processing and dialling are on, and it is open and not too near to its
 * closing, or it closed a moment ago and its owners finish what is pending.
 */
export function mayServeCallbacks(state: State, id: LineId, at: number): boolean {
  if (!isOn(state.switches, 'processing', id) || !isOn(state.switches, 'dialling', null)) return false;
  const { open, closing } = lineOf(state, id);
  const span = spanAt(open, at);
  if (span === null) return state.lineStates.get(id) === 'finishing';
  return span.toAt === Number.MAX_SAFE_INTEGER || at < span.toAt - closing.cutOffMs;
}

/** Carried over or postponed, and outside the client's own calling hours: when they begin again; else null. */
export function notNow(state: State, callback: Callback, at: number): number | null {
  if (!callback.later) return null;
  const { open, closing } = lineOf(state, callback.line);
  if (isOpenAt(closing.callingHours, at)) return null;
  return opensInBoth(open, closing.callingHours, at);
}

/** Every callback of the line that waits: to the next opening in the client's calling hours, or to its end. */
function settle(state: State, id: LineId, at: number): Fact[] {
  const { open, closing } = lineOf(state, id);
  const untilAt = opensInBoth(open, closing.callingHours, at);
  const waiting = [...state.callbacks.values()]
    .filter((c) => MOVABLE.includes(c.state) && c.line === id)
    .sort((a, b) => byKey(placeOf(state, a.place), placeOf(state, b.place)));
  const carried = closing.pending === 'expire' || untilAt === null ? 0 : closing.carryMax;
  const settled: Fact = { type: 'line.settled', v: 1, line: id };
  const moved = waiting.flatMap((callback, i): Fact[] =>
    i < carried && untilAt !== null
      ? [
          {
            type: 'callback.postponed',
            v: 1,
            callback: callback.id,
            untilAt: Math.max(untilAt, callback.notBeforeAt),
            cause: 'closing',
          },
        ]
      : [
          { type: 'place.left', v: 1, place: callback.place, reason: 'ended' },
          { type: 'callback.expired', v: 1, callback: callback.id },
        ],
  );
  return [...moved, settled];
}

const MOVABLE: readonly Callback['state'][] = ['pending', 'due', 'retry_wait'];

function byKey(a: Place, b: Place): number {
  return a.priority - b.priority || a.entry - b.entry;
}
