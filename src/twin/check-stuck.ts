// L2, L4, L5, L6 and S20: nobody is stuck, no attempt stays unknown, the house is back soon, no channel is left over, and at
// the end the state is as small as at the beginning. Looked at every half minute in true time, and asked only when nothing
// has befallen the world for longer than the bound: what is stuck under attack must come free when it is over.

import type { AgentId, AttemptId, PlaceId } from '../core/id.ts';
import type { State } from '../core/state.ts';
import { hold } from './checker.ts';
import type { FaultPlan } from './faults/fault-plan.ts';

export type Look = {
  /** When all of it is committed; else null. */
  readonly state: State | null;
  readonly isOpen: boolean;
  /** When its process was started or went away. */
  readonly changedAt: number;
  readonly trueAt: number;
  /** What the clock on the wall shows. */
  readonly wallAt: number;
  readonly channels: Iterable<{ readonly id: string }>;
  readonly faults: FaultPlan;
};

/** How long each may last, with everything that belongs to it. */
const AGENT_MS = { reserved: 90_000, clearing: 90_000, wrap_up: 900_000 } as const;
const REACHING_MS = 300_000;
const ATTEMPT_MS = 200_000;
/** One question, with its silence. */
const SURVEY_MS = 150_000;
const CHANNEL_MS = 120_000;
const RECOVERY_MS = 90_000;
/** A wake-up looks at the clock again before it has slept this long. */
const OVERDUE_MS = 20_000;

type Since = { what: string; at: number };

export class StuckChecker {
  readonly #agents = new Map<AgentId, Since>();
  readonly #attempts = new Map<AttemptId, Since>();
  readonly #surveys = new Map<PlaceId, Since>();
  readonly #consults = new Map<PlaceId, Since>();
  readonly #strays = new Map<string, number>();

  look(look: Look): void {
    const { state, faults, trueAt } = look;
    if (!look.isOpen)
      hold(
        trueAt - look.changedAt < RECOVERY_MS || !faults.isCalmFor(RECOVERY_MS),
        'L5',
        'the house does not come back',
      );
    if (state === null) return;
    for (const agent of state.agents.values()) this.#lookAtAgent(state, agent.id, look);
    for (const { id, state: is } of state.attempts.values()) {
      if (is === 'answered') continue;
      const forMs = note(this.#attempts, id, is, trueAt);
      hold(
        forMs < ATTEMPT_MS || !faults.isCalmFor(ATTEMPT_MS),
        'L4',
        `attempt ${id} has been ${is} for ${forMs} ms`,
      );
    }
    for (const { place, channel, question, round, state: is } of state.surveys.values()) {
      if (channel === null) continue;
      const forMs = note(this.#surveys, place, `${is} ${question} ${round}`, trueAt);
      hold(
        forMs < SURVEY_MS || !faults.isCalmFor(SURVEY_MS),
        'L4',
        `about place ${place} has been asked for ${forMs} ms`,
      );
    }
    for (const { id, consult } of state.places.values()) {
      if (consult?.state !== 'intended' && consult?.state !== 'ringing') continue;
      const forMs = note(this.#consults, id, `${consult.leg} ${consult.state}`, trueAt);
      hold(
        forMs < ATTEMPT_MS || !faults.isCalmFor(ATTEMPT_MS),
        'L4',
        `for place ${id} somebody has been ${consult.state} for ${forMs} ms`,
      );
    }
    const overdueMs = look.wallAt - (state.deadlines.next()?.at ?? look.wallAt);
    hold(
      overdueMs < OVERDUE_MS || !faults.isCalmFor(OVERDUE_MS),
      'L4',
      `what was due ${overdueMs} ms ago has not come`,
    );
    this.#lookForStrays(state, look);
  }

  /** At rest, after the day: everything that grew with it is gone again. */
  baseline(state: State): void {
    const left = {
      calls: state.calls.size,
      places: state.places.size,
      callbacks: state.callbacks.size,
      attempts: state.attempts.size,
      channels: state.channels.size,
      surveys: state.surveys.size + state.surveysByCallback.size,
      tones: state.tones.size,
      parted: state.parted.size,
      queued: [...state.queues.values()].reduce((sum, queue) => sum + queue.order.size, 0),
      pending: [...state.pending.values()].reduce((sum, count) => sum + count, 0),
      occupied: [...state.occupied.values()].reduce((sum, count) => sum + count, 0),
    };
    for (const [what, count] of Object.entries(left)) hold(count === 0, 'L6', `${count} ${what} are left`);
    hold(state.deadlines.size <= state.lines.size + state.agents.size, 'L6', 'deadlines are left');
  }

  #lookAtAgent(state: State, id: AgentId, { trueAt, faults }: Look): void {
    const agent = state.agents.get(id);
    if (agent === undefined) return;
    const place = agent.place === null ? undefined : state.places.get(agent.place);
    const callback = place?.callback == null ? undefined : state.callbacks.get(place.callback);
    const isReaching = agent.state === 'on_call' && callback?.state === 'serving';
    const what = `${agent.state} ${agent.leg} ${isReaching}`;
    const forMs = note(this.#agents, id, what, trueAt);
    const limitMs = isReaching
      ? REACHING_MS
      : (AGENT_MS[agent.state as keyof typeof AGENT_MS] ?? Number.POSITIVE_INFINITY);
    hold(
      forMs < limitMs || !faults.isCalmFor(limitMs),
      'L2',
      `${id} has been ${agent.state} for ${forMs} ms`,
    );
  }

  #lookForStrays(state: State, { channels, trueAt, faults }: Look): void {
    const seen = new Set<string>();
    for (const { id } of channels) {
      if (state.channels.has(id as never)) continue;
      seen.add(id);
      const since = this.#strays.get(id) ?? trueAt;
      this.#strays.set(id, since);
      hold(
        trueAt - since < CHANNEL_MS || !faults.isCalmFor(CHANNEL_MS),
        'S20',
        `channel ${id} belongs to nobody`,
      );
    }
    for (const id of this.#strays.keys()) if (!seen.has(id)) this.#strays.delete(id);
  }
}

/** For how long it has been this. */
function note<K>(known: Map<K, Since>, key: K, what: string, at: number): number {
  const since = known.get(key);
  if (since !== undefined && since.what === what) return at - since.at;
  known.set(key, { what, at });
  return 0;
}
