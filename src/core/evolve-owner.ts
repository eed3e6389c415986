// How the owners' facts change the state: the configuration, switches, a line's hours, numbers never to be called, a
// place's priority. See evolve.ts.

import { assertNever } from './assert.ts';
import { restaff } from './evolve-agent.ts';
import { Experience } from './experience.ts';
import type { FactOf } from './fact.ts';
import { closedSince, isOpenAt, opensAt, spanAt } from './hours.ts';
import { LANGUAGES, type LineId } from './id.ts';
import { newQueue, queueKey } from './queue.ts';
import { lineOf, placeOf, type State } from './state.ts';
import { switchKey } from './switches.ts';
import { configurationIn } from './upcast.ts';
import { changeLanguage, prioritise } from './waiting.ts';

type OwnersFact = FactOf<
  | 'centre.configured'
  | 'switch.turned'
  | 'line.opened'
  | 'line.closed'
  | 'line.settled'
  | 'dials.held'
  | 'dials.freed'
  | 'number.barred'
  | 'number.unbarred'
  | 'person.erased'
  | 'place.prioritised'
  | 'place.language_changed'
  | 'place.marked_relay'
>;

export function evolveOwner(state: State, fact: OwnersFact, at: number): void {
  switch (fact.type) {
    case 'centre.configured':
      configure(state, fact, at);
      return;
    case 'switch.turned': {
      const { name, line, on, reason, by } = fact;
      state.switches.set(switchKey(name, line), { on, reason, by, at });
      return;
    }
    case 'line.opened':
      state.finished.delete(fact.line);
      moveLine(state, fact.line, 'open', at);
      return;
    case 'line.closed':
      moveLine(state, fact.line, 'finishing', at);
      return;
    case 'line.settled':
      state.finished.delete(fact.line);
      moveLine(state, fact.line, 'closed', at);
      return;
    case 'dials.held':
      state.dialsHeld = state.deadlines.set(state.dialsHeld, 'dials', 0, fact.untilAt);
      return;
    case 'dials.freed':
      state.dialsHeld = state.deadlines.clear(state.dialsHeld);
      return;
    case 'number.barred':
    case 'number.unbarred':
      state.numbers.bar(fact.numberKey, fact.type === 'number.barred');
      return;
    case 'person.erased':
      state.numbers.erase(fact.numberKey);
      for (const { page } of state.agents.values())
        if (page?.untold?.numberKey === fact.numberKey) delete page.untold;
      return;
    case 'place.language_changed':
      changeLanguage(state, placeOf(state, fact.place), fact.language);
      return;
    case 'place.marked_relay': {
      const place = placeOf(state, fact.place);
      place.relay = true;
      const call = place.call === null ? undefined : state.calls.get(place.call);
      if (call !== undefined) call.relay = true;
      return;
    }
    case 'place.prioritised':
      prioritise(state, placeOf(state, fact.place), fact.priority, fact.reason);
      return;
    default:
      assertNever(fact);
  }
}

/** A line that is gone from the configuration keeps its queue and its settings: the places in it are kept. */
function configure(state: State, fact: FactOf<'centre.configured'>, at: number): void {
  const configuration = configurationIn(fact);
  state.configuration = configuration;
  state.known.clear();
  for (const agent of configuration.agents) state.known.set(agent.id, agent);
  state.shifted = configuration.agents.filter(({ shifts }) => shifts.length > 0);
  state.configurationHash = fact.hash;
  state.configurationDocument = fact.v === 2 ? fact.document : '';
  for (const line of configuration.lines) {
    state.lines.set(line.id, line);
    if (!state.experience.has(line.id)) state.experience.set(line.id, new Experience());
    if (!state.occupied.has(line.id)) state.occupied.set(line.id, 0);
    if (!state.served.has(line.id)) state.served.set(line.id, 0);
    if (!state.lineStates.has(line.id))
      state.lineStates.set(line.id, isOpenAt(line.open, at) ? 'open' : 'closed');
    // In every language: a caller may have chosen one that has left the configuration since.
    for (const language of LANGUAGES) {
      const key = queueKey(line.id, language);
      if (!state.queues.has(key)) state.queues.set(key, newQueue(line.id, language));
    }
    armLine(state, line.id, at);
  }
  restaff(state);
}

function moveLine(state: State, line: LineId, to: 'open' | 'finishing' | 'closed', at: number): void {
  state.lineStates.set(line, to);
  if (to === 'open') state.numbers.forget(at, state.configuration?.numbers.cooldownMs ?? 0);
  armLine(state, line, at);
}

/** When the line has next to be looked at: its opening, its closing, the end of finishing; at once after a change. */
function armLine(state: State, id: LineId, at: number): void {
  const { open, closing } = lineOf(state, id);
  const is = state.lineStates.get(id);
  const now = spanAt(open, at);
  const old = state.lineDeadlines.get(id) ?? null;
  const nextAt = nextLook();
  const deadline =
    nextAt === null ? state.deadlines.clear(old) : state.deadlines.set(old, 'line', id, nextAt);
  state.lineDeadlines.set(id, deadline);

  function nextLook(): number | null {
    if (is === 'open') return now === null ? at : now.toAt === Number.MAX_SAFE_INTEGER ? null : now.toAt;
    if (now !== null) return at;
    const opensNextAt = opensAt(open, at);
    if (is !== 'finishing') return opensNextAt;
    const finishedAt = Math.max(at, (closedSince(open, at) ?? at) + closing.finishMs);
    return Math.min(finishedAt, opensNextAt ?? finishedAt);
  }
}
