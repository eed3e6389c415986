// The centre at a glance, for the API, the terminal and later the desks: one reading of the state, so that they agree.

import type { LineId } from '../core/id.ts';
import type { State } from '../core/state.ts';

export type LineStand = {
  readonly line: LineId;
  readonly holding: number;
  /** Waiting for their turn, away from the phone. */
  readonly callbacks: number;
  /** Of those, waiting for the time of a further attempt. */
  readonly retrying: number;
  readonly withAgent: number;
  readonly longestWaitMs: number;
};

export type Stand = {
  readonly at: number;
  readonly calls: number;
  readonly lines: readonly LineStand[];
  readonly agents: readonly {
    readonly agent: string;
    readonly state: string;
    readonly reason: string;
    readonly sinceMs: number;
  }[];
};

export function standOf(state: State, at: number = state.now): Stand {
  const lines = new Map<LineId, { -readonly [K in keyof LineStand]: LineStand[K] }>();
  for (const { id } of state.configuration?.lines ?? []) {
    lines.set(id, { line: id, holding: 0, callbacks: 0, retrying: 0, withAgent: 0, longestWaitMs: 0 });
  }
  for (const place of state.places.values()) {
    const line = lines.get(place.line);
    if (line === undefined) continue;
    if (place.state === 'served') {
      line.withAgent += 1;
      continue;
    }
    // With an agent still, who wraps up and may say that it goes on.
    if (place.callback !== null && state.callbacks.get(place.callback)?.state === 'parted') continue;
    if (place.callback === null) line.holding += 1;
    else line.callbacks += 1;
    if (place.callback !== null && state.callbacks.get(place.callback)?.state === 'retry_wait')
      line.retrying += 1;
    line.longestWaitMs = Math.max(line.longestWaitMs, at - place.takenAt);
  }
  const agents = [...state.agents.values()].map((agent) => ({
    agent: agent.id,
    state: agent.state,
    reason: agent.state === 'not_ready' ? agent.reason : '',
    sinceMs: at - agent.since,
  }));
  return { at, calls: state.calls.size, lines: [...lines.values()], agents };
}
