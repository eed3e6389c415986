// What owners and supervisors ask for: a switch, a number never to be called, a place before its turn for a recorded
// reason, a callback cancelled or called later. Each is a fact with who did it; asking for what stands already is none.

import { decideAskOnPage } from './ask-on-page.ts';
import { assertNever } from './assert.ts';
import { cancelBarred } from './closing.ts';
import { type Decision, NOTHING } from './decision.ts';
import type { Fact } from './fact.ts';
import { hoursFor, opensInBoth } from './hours.ts';
import type { OwnerInput, Stamp } from './input.ts';
import { changeLanguageTo, changeTo } from './returning.ts';
import { type Callback, lineOf, type Place, placeOf, type State } from './state.ts';
import { switchKey } from './switches.ts';
import { prioritisedIn } from './waiting.ts';

type Owners = Exclude<OwnerInput, { type: 'survey.answer' | 'tone.release' }>;

export function decideOwner(state: State, input: Owners, stamp: Stamp): Decision {
  switch (input.type) {
    case 'switch.turn':
      return turnSwitch(state, input);
    case 'number.bar':
      return barNumber(state, input);
    case 'person.erase':
      return erasePerson(state, input);
    case 'place.prioritise':
      return prioritisePlace(state, input);
    case 'callback.ask_on_page':
      return decideAskOnPage(state, input, stamp);
    case 'callback.cancel': {
      const callback = state.callbacks.get(input.callback);
      if (callback === undefined) return { refused: 'callback.unknown' };
      if (!CANCELLABLE.includes(callback.state)) return { refused: 'callback.being_served' };
      return cancel(callback, input.by);
    }
    case 'callback.postpone':
      return postpone(state, input.callback, input.minutes, stamp, input.by);
    case 'callback.change_number': {
      const callback = state.callbacks.get(input.callback);
      if (callback === undefined) return { refused: 'callback.unknown' };
      return changeTo(state, callback, input.number, stamp.at, input.by);
    }
    case 'callback.change_language': {
      const callback = state.callbacks.get(input.callback);
      if (callback === undefined) return { refused: 'callback.unknown' };
      return changeLanguageTo(state, callback, input.language, input.by);
    }
    case 'callback.mark_relay': {
      const callback = state.callbacks.get(input.callback);
      if (callback === undefined) return { refused: 'callback.unknown' };
      return markRelay(placeOf(state, callback.place), input.by);
    }
    default:
      return assertNever(input);
  }
}

const CANCELLABLE: readonly Callback['state'][] = ['requested', 'pending', 'due', 'retry_wait', 'scheduled'];
const POSTPONABLE: readonly Callback['state'][] = ['pending', 'due', 'retry_wait', 'scheduled'];

function turnSwitch(state: State, input: Extract<OwnerInput, { type: 'switch.turn' }>): Decision {
  const { name, line, on, reason, by } = input;
  if (line !== null && !state.lines.has(line)) return { refused: 'line.unknown' };
  if (name === 'dialling' && line !== null) return { refused: 'switch.centre_only' };
  const standing = state.switches.get(switchKey(name, line))?.on ?? name !== 'emergency';
  return standing === on ? NOTHING : [{ type: 'switch.turned', v: 1, name, line, on, reason, by }];
}

/** What is pending for the number is cancelled with it; one that is being served is stopped at the fence, or after. */
function barNumber(state: State, input: Extract<OwnerInput, { type: 'number.bar' }>): Decision {
  const { numberKey, by, barred } = input;
  if (state.numbers.isBarred(numberKey) === barred) return NOTHING;
  if (!barred) return [{ type: 'number.unbarred', v: 1, numberKey, by }];
  // Without its extension a number is barred with all of them; this is asked for too seldom to keep a list.
  const pending = [...state.callbacks.values()].filter(
    (c) => c.numberKey === numberKey || c.mainKey === numberKey,
  );
  return [
    { type: 'number.barred', v: 1, numberKey, by },
    ...pending.filter((c) => CANCELLABLE.includes(c.state)).flatMap(cancelBarred),
  ];
}

function cancel(callback: Callback, by: string): Fact[] {
  return [
    { type: 'place.left', v: 1, place: callback.place, reason: 'ended' },
    { type: 'callback.cancelled', v: 1, callback: callback.id, by },
  ];
}

/** What is pending is cancelled first, in the same breath: nobody is called whose number is to be forgotten. */
function erasePerson(state: State, input: Extract<OwnerInput, { type: 'person.erase' }>): Decision {
  const { numberKeys, by } = input;
  const keys = new Set(numberKeys);
  const pending = [...state.callbacks.values()].filter((c) => keys.has(c.numberKey));
  if (!pending.every((c) => CANCELLABLE.includes(c.state))) return { refused: 'callback.being_served' };
  return [
    ...pending.flatMap((c) => cancel(c, by)),
    ...[...keys].map((numberKey): Fact => ({ type: 'person.erased', v: 1, numberKey, by })),
  ];
}

/** Whatever is asked of the client from now on, no key is required, and their phone rings longer. */
export function markRelay(place: Place, by: string): Decision {
  return place.relay ? NOTHING : [{ type: 'place.marked_relay', v: 1, place: place.id, by }];
}

function prioritisePlace(state: State, input: Extract<OwnerInput, { type: 'place.prioritise' }>): Decision {
  const place = state.places.get(input.place);
  if (place === undefined) return { refused: 'place.unknown' };
  const known = lineOf(state, place.line).priorities.find((p) => p.reason === input.reason);
  if (known === undefined) return { refused: 'place.reason_unknown' };
  if (place.reason === known.reason) return NOTHING;
  if (prioritisedIn(state, place.line, known.reason) >= known.placesMax)
    return { refused: 'place.reason_full' };
  const { reason, priority } = known;
  return [{ type: 'place.prioritised', v: 1, place: place.id, priority, reason, by: input.by }];
}

/** The key is kept; not called before then, nor outside the line's hours and the client's own calling hours. */
export function postpone(
  state: State,
  id: Callback['id'],
  minutes: number,
  stamp: Stamp,
  by?: string,
): Decision {
  const callback = state.callbacks.get(id);
  if (callback === undefined) return { refused: 'callback.unknown' };
  if (!POSTPONABLE.includes(callback.state)) return { refused: 'callback.being_served' };
  const line = lineOf(state, placeOf(state, callback.place).line);
  const wanted = Math.max(stamp.at, callback.notBeforeAt) + minutes * 60_000;
  const untilAt = opensInBoth(hoursFor(line, null), line.closing.callingHours, wanted);
  if (untilAt === null) return { refused: 'callback.no_opening' };
  const who = by === undefined ? {} : { by };
  return [{ type: 'callback.postponed', v: 1, callback: id, untilAt, cause: 'client', ...who }];
}
