// Which agents have their page open, by what the pages say themselves: every few seconds each answers the beat of its live
// stream. One page of an agent counts; another is told so and may take over. A page of which nothing was heard for too long
// is gone, whatever became of it (closed, cut off, asleep), and the core is told. Who never opened one is not looked at.
// In memory only: at a start, pages that were open are waited for like any other.

import type { AgentId } from '../core/id.ts';
import type { Clock } from './clock.ts';
import type { Engine } from './engine.ts';

/** Pages answer every two seconds. With this an agent is not ready within ten seconds of the last sign of life. */
export const PAGE_SILENCE_MAX_MS = 7_500;
/** A wake-up that comes this late says that we slept ourselves: nobody could be heard meanwhile. */
const LATE_MS = 1_000;
const LATE_GRACE_MS = 2_500;

type Held = {
  /** The page that counts; null: the last one said good-bye, and another may come. */
  page: string | null;
  callOff: () => void;
};

export class AgentPages {
  readonly #engine: Engine;
  readonly #clock: Clock;
  readonly #held = new Map<AgentId, Held>();
  readonly #stopHearing: () => void;
  #isClosed = false;

  constructor(engine: Engine, clock: Clock) {
    this.#engine = engine;
    this.#clock = clock;
    for (const { id, page } of engine.state.agents.values()) if (page?.isOpen === true) this.#hold(id, null);
    this.#stopHearing = engine.onCommitted(({ fact }) => {
      if (fact.type === 'agent.signed_in') queueMicrotask(() => this.#signedIn(fact.agent));
    });
  }

  /** A page lives. False: another page of the same agent counts; `takes`: from now on this one. */
  async beat(agent: AgentId, page: string, takes: boolean): Promise<boolean> {
    const held = this.#held.get(agent);
    if (held !== undefined && held.page !== null && held.page !== page && !takes) return false;
    this.#hold(agent, page);
    await this.#open(agent);
    return true;
  }

  /** A page that is left says so: the next one need not wait. What follows if none comes is as for any that is gone. */
  leave(agent: AgentId, page: string): void {
    const held = this.#held.get(agent);
    if (held?.page === page) held.page = null;
  }

  close(): void {
    this.#isClosed = true;
    this.#stopHearing();
    for (const { callOff } of this.#held.values()) callOff();
    this.#held.clear();
  }

  #hold(agent: AgentId, page: string | null, forMs: number = PAGE_SILENCE_MAX_MS): void {
    if (this.#isClosed) return;
    this.#held.get(agent)?.callOff();
    const dueAt = this.#clock.now() + forMs;
    const callOff = this.#clock.wake(dueAt, () => this.#silent(agent, dueAt));
    this.#held.set(agent, { page, callOff });
  }

  #silent(agent: AgentId, dueAt: number): void {
    const held = this.#held.get(agent);
    if (held === undefined) return;
    if (this.#clock.now() - dueAt > LATE_MS) {
      this.#hold(agent, held.page, LATE_GRACE_MS);
      return;
    }
    this.#held.delete(agent);
    this.#engine.tell({ type: 'agent.page_ends', agent });
  }

  #signedIn(agent: AgentId): void {
    const held = this.#held.get(agent);
    if (held !== undefined && held.page !== null) void this.#open(agent);
  }

  async #open(agent: AgentId): Promise<void> {
    const { agents } = this.#engine.state;
    const at = agents.get(agent);
    if (at !== undefined && at.page?.isOpen !== true)
      await this.#engine.submit({ type: 'agent.page_opens', agent });
  }
}
