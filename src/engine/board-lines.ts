// The lines of the board: how many wait, since when, what they are told, who is there for them. Counts come from the
// queues, which keep them, so that a line of a hundred thousand places costs no more than one of ten.

import { type LineConfiguration, ORDINARY_PRIORITY } from '../core/configuration.ts';
import { quoteOf } from '../core/estimate.ts';
import type { LineId } from '../core/id.ts';
import { modelOf } from '../core/quoting.ts';
import type { Agent, State } from '../core/state.ts';
import type { AgentCounts, Expected, LineRow, Target } from './board-shape.ts';

export function linesOf(state: State, at: number): Record<string, LineRow> {
  const waiting = new Map<LineId, { holding: number; inOrder: number }>();
  for (const { line, order, holding } of state.queues.values()) {
    const sums = waiting.get(line) ?? { holding: 0, inOrder: 0 };
    sums.holding += holding.size;
    sums.inOrder += order.size;
    waiting.set(line, sums);
  }
  const parted = partedByLine(state);
  const longest = longestOf(state);
  const agents = agentsByLine(state);
  const rows: Record<string, LineRow> = {};
  for (const line of state.configuration?.lines ?? []) {
    const { holding, inOrder } = waiting.get(line.id) ?? { holding: 0, inOrder: 0 };
    const occupied = state.occupied.get(line.id) ?? 0;
    const withAgent = state.served.get(line.id) ?? 0;
    rows[line.id] = {
      name: line.name,
      state: state.lineStates.get(line.id) ?? 'closed',
      holding,
      callbacks: inOrder - holding,
      later: Math.max(0, occupied - withAgent - inOrder - (parted.get(line.id) ?? 0)),
      withAgent,
      longestSince: longest.get(line.id) ?? null,
      quote: quoteOfLine(state, line.id, at),
      occupied: line.capacityCounts === 'places' ? occupied : occupied - withAgent,
      capacity: line.capacity,
      agents: agents.get(line.id) ?? NOBODY,
      target: targetOf(line),
      reasons: line.priorities.map(({ reason }) => reason),
    };
  }
  return rows;
}

/** Callbacks whose conversation is over, and what came of it still to be said: they wait for nothing. */
function partedByLine(state: State): ReadonlyMap<LineId, number> {
  const parted = new Map<LineId, number>();
  for (const id of state.parted.values()) {
    const line = state.callbacks.get(id)?.line;
    if (line !== undefined) parted.set(line, (parted.get(line) ?? 0) + 1);
  }
  return parted;
}

/** Figures of the registry by the time within which people were served. */
export const LEVEL_FIGURES: ReadonlyMap<number, string> = new Map([
  [20_000, 'service_level_20s'],
  [300_000, 'service_level_5m'],
  [900_000, 'service_level_15m'],
]);

function targetOf({ serviceLevel }: LineConfiguration): Target | null {
  const figure = serviceLevel === undefined ? undefined : LEVEL_FIGURES.get(serviceLevel.withinMs);
  if (serviceLevel === undefined || figure === undefined) return null;
  return { figure, value: serviceLevel.sharePermille / 1_000 };
}

/** Places stand in the state in the order in which they were taken: the first that waits is the longest. */
function longestOf(state: State): Map<LineId, number> {
  const found = new Map<LineId, number>();
  const lines = state.configuration?.lines.length ?? 0;
  for (const place of state.places.values()) {
    if (place.state !== 'waiting' || found.has(place.line)) continue;
    found.set(place.line, place.takenAt);
    if (found.size === lines) break;
  }
  return found;
}

/** For one who came now; of several languages the one that waits longest. */
function quoteOfLine(state: State, line: LineId, at: number): Expected {
  let worst: Expected = null;
  for (const queue of state.queues.values()) {
    if (queue.line !== line) continue;
    const model = modelOf(
      state,
      { queue, line, priority: ORDINARY_PRIORITY, entry: state.last.entry + 1 },
      at,
    );
    const quote = model === null ? null : quoteOf(model);
    if (quote === null || (worst !== null && quote.maxMinutes <= worst.maxMinutes)) continue;
    worst = { minMinutes: quote.minMinutes, maxMinutes: quote.maxMinutes };
  }
  return worst;
}

type Counted = { -readonly [K in keyof AgentCounts]: AgentCounts[K] } & {
  notReadyBy: Record<string, number>;
};

const NOBODY: AgentCounts = { ready: 0, onCall: 0, wrapUp: 0, notReady: 0, notReadyBy: {} };

function agentsByLine(state: State): Map<LineId, AgentCounts> {
  const counts = new Map<LineId, Counted>();
  for (const agent of state.agents.values()) {
    for (const line of agent.lines) {
      let of = counts.get(line);
      if (of === undefined) {
        of = { ...NOBODY, notReadyBy: {} };
        counts.set(line, of);
      }
      countAgent(of, agent);
    }
  }
  return counts;
}

function countAgent(of: Counted, { state, reason }: Agent): void {
  if (state === 'ready') of.ready += 1;
  else if (state === 'wrap_up') of.wrapUp += 1;
  else if (state === 'not_ready') {
    of.notReady += 1;
    of.notReadyBy[reason] = (of.notReadyBy[reason] ?? 0) + 1;
  } else of.onCall += 1;
}
