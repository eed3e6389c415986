// The board: all that desks show of now, read at one moment, so that no two numbers of it disagree. Lines, agents,
// callbacks and switches come from the state, figures of today from the live counters, by the registry's definitions.
// It is to be read only while everything decided is committed (Engine.readCommitted): nothing is shown that may be lost.
// Keys and counts; no number, and not the code that an agent says.

import { referenceOf } from '../core/effects.ts';
import { quoteOf } from '../core/estimate.ts';
import type { LineId } from '../core/id.ts';
import { modelOf, placesAhead } from '../core/quoting.ts';
import { type Agent, type Callback, configurationOf, lineOf, placeOf, type State } from '../core/state.ts';
import { isOn, SWITCHES, type SwitchName, switchKey } from '../core/switches.ts';
import { addCounts, type Counts } from '../figures/column.ts';
import { estimate, unitOfFigure } from '../figures/figure.ts';
import { figureCalled } from '../figures/registry.ts';
import { dayOf } from '../records/local-time.ts';
import { linesOf } from './board-lines.ts';
import type {
  AgentRow,
  Board,
  CallbackRow,
  Expected,
  FigureRow,
  MeaningRow,
  SwitchRow,
} from './board-shape.ts';
import { colleaguesOf, directoryOf, talkRow } from './board-talk.ts';
import type { LiveCounters } from './live-counters.ts';

/** Of today, for the centre and for each line. */
export const BOARD_FIGURES = [
  ...['asked', 'served', 'answer_rate', 'refused', 'abandoned', 'abandoned_calls'],
  ...['service_level_20s', 'service_level_5m', 'service_level_15m'],
  ...['speed_of_answer_live', 'speed_of_answer_all', 'handle_time_all'],
  ...['take_rate', 'callbacks_registered', 'callbacks_connected', 'incomplete_callbacks'],
  ...['quote_bias', 'quote_error', 'quote_inside', 'called_in_turn', 'overtakes_system'],
] as const;

/** Callbacks of a line on the board; who looks for others asks for them by reference. */
export const BOARD_CALLBACKS_PER_LINE_MAX = 200;

export type BoardParts = {
  readonly state: State;
  /** Left out: no figures of today. */
  readonly live?: LiveCounters | undefined;
  /** UTC ms, the engine's time now. */
  readonly at: number;
};

export function boardOf({ state, live, at }: BoardParts): Board {
  if (state.configuration === null) return NOTHING;
  const configuration = configurationOf(state);
  const timeZone = configuration.timeZone ?? 'UTC';
  const dayFromAt = dayOf(at, timeZone);
  return {
    centre: {
      '': {
        timeZone,
        languages: configuration.languages,
        dayFromAt,
        telephonyUp: state.telephonyUp,
        figuresCount: live?.isCounting === true,
        configurationHash: state.configurationHash,
      },
    },
    lines: linesOf(state, at),
    agents: agentsOf(state),
    colleagues: colleaguesOf(state),
    directory: directoryOf(state),
    callbacks: callbacksOf(state, at),
    switches: switchesOf(state),
    figures: live === undefined ? {} : figuresOf(state, live, dayFromAt),
    meanings: MEANINGS,
  };
}

const NOTHING: Board = {
  centre: {
    '': {
      timeZone: 'UTC',
      languages: [],
      dayFromAt: 0,
      telephonyUp: false,
      figuresCount: false,
      configurationHash: '',
    },
  },
  ...{
    lines: {},
    agents: {},
    colleagues: {},
    directory: {},
    callbacks: {},
    switches: {},
    figures: {},
    meanings: {},
  },
};

function agentsOf(state: State): Record<string, AgentRow> {
  return Object.fromEntries([...state.agents.values()].map((agent) => [agent.id, agentRow(state, agent)]));
}

export function agentRow(state: State, agent: Agent): AgentRow {
  const callback = agent.place === null ? null : placeOf(state, agent.place).callback;
  const attempt = callback === null ? null : (state.callbacks.get(callback)?.attempt ?? null);
  const isFree = agent.state === 'ready' || agent.state === 'not_ready';
  const { page } = agent;
  const preview = page?.isPreview === true;
  return {
    state: agent.state,
    since: agent.since,
    reason: agent.state === 'not_ready' ? agent.reason : '',
    lines: agent.lines,
    languages: agent.languages,
    line: isFree ? null : agent.line,
    callback,
    attempt: attempt === null ? null : (state.attempts.get(attempt)?.state ?? null),
    page: page === undefined ? null : page.isOpen ? 'open' : 'lost',
    preview,
    until: preview || agent.state === 'wrap_up' ? (agent.deadline?.at ?? null) : null,
    next: isFree || agent.next === 'ready' ? null : { state: agent.next, reason: agent.nextReason },
    ...talkRow(state, agent),
  };
}

function callbacksOf(state: State, at: number): Record<string, CallbackRow> {
  const shown = new Map<LineId, number>();
  const rows: Record<string, CallbackRow> = {};
  for (const callback of state.callbacks.values()) {
    // The conversation is over: nobody waits, and nothing can be done about it but by its agent.
    if (callback.state === 'parted') continue;
    const count = shown.get(callback.line) ?? 0;
    // Registered in the order of their ids, which is nearly that of their turns; whoever is served now or called before
    // their turn is shown too.
    if (count >= BOARD_CALLBACKS_PER_LINE_MAX && !isShownAnyway(state, callback)) continue;
    shown.set(callback.line, count + 1);
    rows[callback.id] = callbackRow(state, callback, at);
  }
  return rows;
}

function isShownAnyway(state: State, callback: Callback): boolean {
  const { agent, reason } = placeOf(state, callback.place);
  return agent !== null || reason !== '';
}

export function callbackRow(state: State, callback: Callback, at: number): CallbackRow {
  const place = placeOf(state, callback.place);
  const { attemptsMax } = lineOf(state, callback.line).attempts ?? configurationOf(state).callback;
  return {
    reference: referenceOf(callback.id),
    line: callback.line,
    language: place.language,
    state: callback.state,
    place: place.id,
    rank: placesAhead(state, place) + 1,
    takenAt: place.takenAt,
    registeredAt: callback.registeredAt,
    expected: place.state === 'served' ? null : expectedOf(state, place, at),
    notBefore: callback.notBeforeAt > at ? callback.notBeforeAt : null,
    attempts: callback.chances,
    attemptsMax,
    agent: place.agent,
    relay: place.relay,
    reason: place.reason,
  };
}

export function expectedOf(state: State, place: Parameters<typeof modelOf>[1], at: number): Expected {
  const model = modelOf(state, place, at);
  const quote = model === null ? null : quoteOf(model);
  return quote === null ? null : { minMinutes: quote.minMinutes, maxMinutes: quote.maxMinutes };
}

/** The centre's four, then each line's own three; dialling has no switch for a line. */
export function switchesOf(state: State): Record<string, SwitchRow> {
  const lines = (state.configuration?.lines ?? []).map(({ id }) => id);
  const rows: Record<string, SwitchRow> = {};
  for (const line of [null, ...lines]) {
    for (const name of SWITCHES) {
      if (line === null || name !== 'dialling') rows[switchKey(name, line)] = switchRow(state, name, line);
    }
  }
  return rows;
}

export function switchRow(state: State, name: SwitchName, line: LineId | null): SwitchRow {
  const turned = state.switches.get(switchKey(name, line));
  return {
    name,
    line,
    on: turned?.on ?? name !== 'emergency',
    inForce: isOn(state.switches, name, line),
    reason: turned?.reason ?? null,
    by: turned?.by ?? null,
    at: turned?.at ?? null,
  };
}

function figuresOf(state: State, live: LiveCounters, dayFromAt: number): Record<string, FigureRow> {
  const ofLine = new Map<string, Counts>();
  const ofCentre: Counts = {};
  for (const { cell, counts } of live.cells(dayFromAt, Number.POSITIVE_INFINITY)) {
    addCounts(ofCentre, counts);
    let sums = ofLine.get(cell.line);
    if (sums === undefined) {
      sums = {};
      ofLine.set(cell.line, sums);
    }
    addCounts(sums, counts);
  }
  const rows: Record<string, FigureRow> = {};
  for (const id of BOARD_FIGURES) {
    rows[id] = figureRow(id, ofCentre);
    for (const { id: line } of configurationOf(state).lines)
      rows[`${id}/${line}`] = figureRow(id, ofLine.get(line) ?? {});
  }
  return rows;
}

function figureRow(id: string, counts: Readonly<Counts>): FigureRow {
  const figure = figureCalled(id);
  if (figure === undefined) return { value: null, n: 0 };
  const { value, n } = estimate(figure, counts);
  return { value, n };
}

const MEANINGS: Readonly<Record<string, MeaningRow>> = Object.fromEntries(
  BOARD_FIGURES.flatMap((id) => {
    const figure = figureCalled(id);
    if (figure === undefined) return [];
    const { name, formula, better = null } = figure;
    return [[id, { name, formula, unit: unitOfFigure(figure), better }]];
  }),
);
