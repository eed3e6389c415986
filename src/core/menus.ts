// The menus of a caller's call: language, line of business, an agent; and how a place is taken, or why there is none. It
// knows nothing of offers and numbers.

import { must } from './assert.ts';
import { LIMITS, type LineConfiguration, ORDINARY_PRIORITY } from './configuration.ts';
import { KEYS } from './dialogue.ts';
import type { Fact } from './fact.ts';
import { hoursFor, isOpenAt } from './hours.ts';
import type { Language, LineId, PlaceId } from './id.ts';
import type { Stamp } from './input.ts';
import { isDialable } from './number.ts';
import { ask, askAgain, refuse } from './question.ts';
import { queueKey } from './queue.ts';
import { type Call, configurationOf, lineOf, type State } from './state.ts';

export function pressLanguage(state: State, call: Call, key: string): Fact[] {
  const language = configurationOf(state).languages[Number(key) - 1];
  return language === undefined ? wrongKey(state, call, key) : chooseLanguage(state, call, language, key);
}

function chooseLanguage(state: State, call: Call, language: Language, key: string): Fact[] {
  return [
    { type: 'call.language_chosen', v: 1, call: call.id, language },
    ask(state, call.id, call.line === null ? 'line' : 'service', key),
  ];
}

export function pressLine(state: State, call: Call, key: string): Fact[] {
  const line = configurationOf(state).lines.find((l) => l.key === key);
  return line === undefined ? wrongKey(state, call, key) : chooseLine(state, call, line.id, key);
}

function chooseLine(state: State, call: Call, line: LineId, key: string): Fact[] {
  return [{ type: 'call.line_chosen', v: 1, call: call.id, line }, ask(state, call.id, 'service', key)];
}

export function pressForAgent(state: State, call: Call, key: string, stamp: Stamp): Fact[] {
  if (key === KEYS.back) return [ask(state, call.id, 'line', key)];
  if (key === KEYS.relay)
    return [{ type: 'call.marked_relay', v: 1, call: call.id }, ask(state, call.id, 'service', key)];
  if (key === KEYS.hasCallback) return [ask(state, call.id, 'code', key)];
  return key === KEYS.agent ? askForAgent(state, call, key, stamp) : wrongKey(state, call, key);
}

function askForAgent(state: State, call: Call, key: string, stamp: Stamp): Fact[] {
  const line = lineOf(state, must(call.line, 'line chosen before an agent is asked for'));
  // Closed since the caller chose it: they choose again.
  if (!configurationOf(state).lines.includes(line)) return [ask(state, call.id, 'line', key)];
  return enter(state, { id: call.id, ani: call.ani, language: call.language, line: line.id }, key, stamp);
}

/**
 * Nothing is keyed in a menu: asked again, then good-bye. No key is required of who uses a relay service or a TTY: silence
 * takes the first language, the line that the owners named for them or else the first, and an agent.
 */
export function silentInMenu(state: State, call: Call, stamp: Stamp): Fact[] {
  const { languages, lines, relay } = configurationOf(state);
  const [language] = languages;
  const line = lines.find(({ id }) => id === relay?.line) ?? lines[0];
  if (call.relay && call.step === 'language' && language !== undefined)
    return chooseLanguage(state, call, language, '');
  if (call.relay && call.step === 'line' && line !== undefined) return chooseLine(state, call, line.id, '');
  if (call.relay && call.step === 'service') return askForAgent(state, call, '', stamp);
  return retryMenu(state, call, '', 'silence');
}

type Entering = Pick<Call, 'id' | 'ani' | 'language'> & { readonly line: LineId };

/** An agent is asked for: a place, or the reason why there is none. */
export function enter(state: State, call: Entering, key: string, stamp: Stamp): Fact[] {
  const line = lineOf(state, call.line);
  const asked: Fact = { type: 'call.agent_asked', v: 1, call: call.id };
  if (!isOpenAt(hoursFor(line, isDialable(call.ani) ? call.ani.region : null), stamp.at))
    return [asked, ...refuse(state, call.id, 'call.line_closed', key)];
  const capacity = capacityOf(line);
  const taken = takenOf(state, line, call.language);
  if (taken >= capacity + line.offer.overflowPlaces)
    return [asked, ...refuse(state, call.id, 'call.line_full', key)];
  return [
    asked,
    {
      type: 'place.taken',
      v: 1,
      place: (state.last.place + 1) as PlaceId,
      call: call.id,
      line: line.id,
      language: call.language,
      priority: ORDINARY_PRIORITY,
      entry: state.last.entry + 1,
      draw: stamp.random % 1000,
      ...(taken >= capacity ? { overflow: true as const } : {}),
    },
  ];
}

/** Whether somebody who is sent on would find no place in it. */
export function isLineFull(state: State, line: LineConfiguration, language: Language): boolean {
  return takenOf(state, line, language) >= capacityOf(line);
}

/** Places that it has: its own number, or the house's limit. */
export function capacityOf({ capacity }: LineConfiguration): number {
  return Math.min(capacity ?? LIMITS.placesPerLineMax, LIMITS.placesPerLineMax);
}

/** Places that count towards the capacity. Where only those who wait do, whom an agent is free for needs none. */
export function takenOf(state: State, line: LineConfiguration, language: Language): number {
  const occupied = state.occupied.get(line.id) ?? 0;
  if (line.capacityCounts === 'places') return occupied;
  const isAgentFree =
    state.telephonyUp && state.queues.get(queueKey(line.id, language))?.idle.first() != null;
  return isAgentFree ? -1 : occupied - (state.served.get(line.id) ?? 0);
}

/** Silence or a wrong key in a menu: asked again, then good-bye. */
function wrongKey(state: State, call: Call, key: string): Fact[] {
  return retryMenu(state, call, key, 'wrong_key');
}

function retryMenu(state: State, call: Call, key: string, because: 'silence' | 'wrong_key'): Fact[] {
  if (call.round < configurationOf(state).dialogue.roundsMax) return [askAgain(state, call, key, because)];
  return refuse(state, call.id, 'call.no_choice', key);
}
