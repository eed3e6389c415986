// S26: a call again is agreed once a conversation is over, by its agent, before they go on; not more often than the owners
// allow, and for a time at which the local clock shows the line open. What is parted belongs to an agent who has not gone
// on, is dialled by nobody, and ends or goes on. From the facts and a clock alone.

import type { Fact } from '../core/fact.ts';
import type { AgentId, CallbackId } from '../core/id.ts';
import type { State } from '../core/state.ts';
import { configurationIn } from '../core/upcast.ts';
import { type Checker, hold } from './checker.ts';
import { type LocalHours, localHours } from './local-hours.ts';

export class AgainChecker implements Checker {
  readonly #hours: LocalHours | null;
  readonly #partedBy = new Map<CallbackId, AgentId>();
  readonly #agreed = new Map<CallbackId, number>();
  readonly #ready = new Set<AgentId>();
  /** The most that was ever allowed: a callback may be older than the rules in force. */
  #againMax = 0;

  constructor(hours: Parameters<typeof localHours>[0] | null) {
    this.#hours = hours === null ? null : localHours(hours);
  }

  /** Callbacks for which a call again was agreed, and that have not ended. */
  get agreed(): number {
    return this.#agreed.size;
  }

  fact(fact: Fact, at: number): void {
    switch (fact.type) {
      case 'centre.configured':
        this.#againMax = Math.max(this.#againMax, configurationIn(fact).callback.againMax ?? 0);
        return;
      case 'callback.parted':
        hold(
          ![...this.#partedBy.values()].includes(fact.agent),
          'S26',
          `${fact.agent} has two callbacks to say something of`,
        );
        this.#partedBy.set(fact.callback, fact.agent);
        return;
      case 'callback.again_agreed': {
        const { callback, agent, untilAt } = fact;
        hold(
          this.#partedBy.get(callback) === agent,
          'S26',
          `${agent} agreed to call again for ${callback} without its conversation`,
        );
        const agreed = (this.#agreed.get(callback) ?? 0) + 1;
        hold(agreed <= this.#againMax, 'S26', `callback ${callback} is called again ${agreed} times`);
        hold(untilAt > at, 'S26', `callback ${callback} is to be called again in the past`);
        hold(
          this.#hours === null || this.#hours.isOpenAt(untilAt),
          'S26',
          `callback ${callback} is to be called again outside the local hours`,
        );
        this.#agreed.set(callback, agreed);
        this.#partedBy.delete(callback);
        return;
      }
      case 'attempt.intended':
        hold(
          !this.#partedBy.has(fact.callback),
          'S26',
          `callback ${fact.callback} is dialled while it is parted`,
        );
        return;
      case 'callback.completed':
      case 'callback.unreachable':
      case 'callback.cancelled':
      case 'callback.expired':
        this.#partedBy.delete(fact.callback);
        this.#agreed.delete(fact.callback);
        return;
      case 'agent.ready':
        this.#ready.add(fact.agent);
        return;
      case 'agent.not_ready':
      case 'agent.reserved':
      case 'agent.signed_out':
        this.#ready.delete(fact.agent);
        return;
      default:
    }
  }

  atRest(state: State | null): void {
    for (const [callback, agent] of this.#partedBy)
      hold(!this.#ready.has(agent), 'S26', `${agent} is ready, and callback ${callback} is still parted`);
    if (state === null) return;
    hold(
      state.parted.size === this.#partedBy.size,
      'S26',
      'the state has other parted callbacks than the facts',
    );
  }
}
