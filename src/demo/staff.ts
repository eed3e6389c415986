// The agents of the demonstration: each signs in through the API, answers the phone, talks for a while, hangs up. Now
// and then one takes a break or lets the phone ring, so that it can be seen what the centre does about it.

import { setTimeout as pause } from 'node:timers/promises';
import { Chance } from './chance.ts';
import type { Conversations } from './conversations.ts';
import type { Ringing } from './network/callee.ts';
import type { Network } from './network/network.ts';

/** What an agent may ask of the centre. */
export interface AgentDesk {
  signIn(agent: string): Promise<void>;
  ready(agent: string): Promise<void>;
  notReady(agent: string, reason: string): Promise<void>;
  /** Whether the desk asks how the last conversation felt; what was said is let go with what others say. */
  asksTone(agent: string): Promise<boolean>;
  tone(agent: string, value: number): Promise<void>;
}

/** Somebody else sits at this desk now: a visitor signed in as this agent. */
export class DeskTaken extends Error {}

export type StaffOptions = {
  readonly network: Network;
  readonly desk: AgentDesk;
  readonly conversations: Conversations;
  readonly agents: readonly string[];
  readonly seed: number;
  readonly signal: AbortSignal;
};

const RING_OUT_SHARE = 0.03;
const BREAK_SHARE = 0.06;
const BREAK_MS = 8_000;
/** A visitor has no tone to be known by; longer than this nobody is waited for. */
const QUIET_MS = 60_000;
/** More tense, as usual, more positive. */
const TONES = [-1, 0, 0, 0, 1, 1] as const;

export class Staff {
  readonly #options: StaffOptions;

  constructor(options: StaffOptions) {
    this.#options = options;
  }

  /** Resolves when every phone is registered and every agent is ready. */
  async open(): Promise<void> {
    const { agents, desk, network } = this.#options;
    await Promise.all(
      agents.map(async (agent) => {
        await network.phone(agent).registered();
        await desk.signIn(agent);
        await desk.ready(agent);
      }),
    );
  }

  /** Resolves when the signal says that the day is over. */
  async run(): Promise<void> {
    const { agents, seed, signal } = this.#options;
    const over = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    const work = agents.map((agent, i) =>
      this.#work(agent, Chance.of(seed, -1 - i)).catch((error) => {
        if (!(error instanceof DeskTaken)) throw error;
      }),
    );
    try {
      await Promise.race([over, Promise.all(work)]);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    for (const one of work) one.catch(() => {});
  }

  async #work(agent: string, chance: Chance): Promise<void> {
    const { desk, network, signal } = this.#options;
    for (;;) {
      const ringing = await network.phone(agent).nextCall();
      if (chance.isLikely(RING_OUT_SHARE)) {
        // The centre makes an agent who does not answer not ready; this one comes back after a while.
        ringing.ring();
        await ringing.call.ended;
        await pause(BREAK_MS / 2, undefined, { signal });
        await desk.ready(agent);
        continue;
      }
      if (await this.#converse(ringing, chance)) await this.#wrapUp(agent, chance);
      if (!chance.isLikely(BREAK_SHARE)) continue;
      await desk.notReady(agent, 'break');
      await pause(BREAK_MS, undefined, { signal });
      await desk.ready(agent);
    }
  }

  /** Whether there was a conversation. */
  async #converse(ringing: Ringing, chance: Chance): Promise<boolean> {
    const { conversations, signal } = this.#options;
    const { call } = ringing;
    ringing.ring();
    await pause(chance.between(400, 1_200), undefined, { signal });
    if (!(await ringing.answer())) return false;
    conversations.agent(call);
    // False when the call ended first: the client of a callback could not be reached.
    const isHeard = await Promise.race([call.hearsSomebody(), pause(QUIET_MS, true, { signal })]);
    if (!isHeard) return false;
    const talk = pause(chance.between(5_000, 10_000), undefined, { signal });
    await Promise.race([talk, call.ended]);
    await call.hangUp();
    return true;
  }

  /** A look at the desk, which asks now and then. Who is slow finds the wrap-up over, and says nothing. */
  async #wrapUp(agent: string, chance: Chance): Promise<void> {
    const { desk, signal } = this.#options;
    await pause(chance.between(200, 700), undefined, { signal });
    if (await desk.asksTone(agent)) await desk.tone(agent, chance.pick(TONES));
  }
}
