// The people of the handover bench, on the far side of the wire: callers who hold, one calling as soon as another was
// served, so that the line never runs dry; agents who answer at once, talk a short while and hang up. It notes when a
// phone was freed and when its next INVITE came, both as the far side's Asterisk stamps them. It must not know which
// queue it is that serves them.

import { assert } from '../core/assert.ts';
import type { Network } from '../demo/network/network.ts';
import type { FarRinging } from '../telephony/far-side.ts';
import type { Random } from '../twin/random.ts';

export type Queue = {
  readonly dnis: string;
  /** What a caller presses to be in the line; an empty string where the number alone leads there. */
  readonly keys: string;
};

export type CrowdOptions = {
  readonly network: Network;
  readonly agents: readonly string[];
  readonly random: Random;
  readonly talkMinMs: number;
  readonly talkMaxMs: number;
};

/** Callers for each agent, those in conversation included. */
const CALLERS_PER_AGENT = 3;
/** A queue that serves nobody for so long is not slow, it is broken. */
const STANDSTILL_MS = 60_000;

export class HandoverCrowd {
  readonly #options: CrowdOptions;
  /** When a phone was freed, until its next INVITE; by agent. */
  readonly #freedAt = new Map<string, number>();
  /** Calls that an agent of ours is hanging up, and whose. */
  readonly #hangingUp = new Map<string, string>();
  #round: Round | null = null;
  /** Callers in the line or in conversation, and phones rung or in conversation. */
  #inside = 0;
  #busy = 0;
  /** Handovers that began while too few were waiting for the line to be called saturated; not measured. */
  unsaturated = 0;

  constructor(options: CrowdOptions) {
    this.#options = options;
    options.network.onHangUp(({ call, at }) => this.#noteHangUp(call, at));
    for (const agent of options.agents) void this.#workAt(agent);
  }

  /** Fills the line, and measures this many handovers in ms; then everybody hangs up. */
  async measure(queue: Queue, count: number): Promise<readonly number[]> {
    assert(this.#round === null, 'one queue at a time');
    this.#freedAt.clear();
    const round = newRound(count);
    this.#round = round;
    const { agents, network } = this.#options;
    const callers = Array.from({ length: agents.length * CALLERS_PER_AGENT }, (_, index) =>
      this.#callAgainAndAgain(`+16135550${100 + index}`, queue, round),
    );
    const watch = setInterval(() => round.lookWhetherItMoves(), STANDSTILL_MS);
    await Promise.race([round.over, Promise.all(callers)]).finally(() => clearInterval(watch));
    await Promise.all(callers);
    await network.idle();
    return round.measuredMs;
  }

  async #callAgainAndAgain(number: string, queue: Queue, round: Round): Promise<void> {
    while (this.#round === round) {
      const call = await this.#options.network.citizen(number).call(queue.dnis);
      const isIn = (await call.answered) && (queue.keys === '' || (await call.press(queue.keys)));
      if (!isIn) throw new Error('a call was not taken in; the bench cannot fill the line');
      this.#inside += 1;
      await Promise.race([call.ended, round.over]);
      await call.hangUp();
      this.#inside -= 1;
    }
  }

  async #workAt(agent: string): Promise<void> {
    const phone = this.#options.network.phone(agent);
    for (;;) await this.#serve(agent, await phone.nextCall());
  }

  async #serve(agent: string, ringing: FarRinging): Promise<void> {
    const { random, talkMinMs, talkMaxMs } = this.#options;
    const freedAt = this.#freedAt.get(agent);
    this.#freedAt.delete(agent);
    if (freedAt !== undefined) this.#note(ringing.at - freedAt);
    this.#busy += 1;
    const isUp = await ringing.answer();
    const isOver = !isUp || (await endsWithin(random.between(talkMinMs, talkMaxMs), ringing.call.ended));
    if (isOver) this.#busy -= 1;
    else this.#hangingUp.set(ringing.call.id, agent);
    await ringing.call.hangUp();
  }

  #noteHangUp(call: string, at: number): void {
    const agent = this.#hangingUp.get(call);
    if (agent === undefined) return;
    this.#hangingUp.delete(call);
    this.#busy -= 1;
    // The caller of this very conversation is inside still.
    const waiting = this.#inside - 1 - this.#busy;
    if (waiting >= this.#options.agents.length) this.#freedAt.set(agent, at);
    else if (this.#round !== null) this.unsaturated += 1;
  }

  #note(ms: number): void {
    if (this.#round === null) return;
    this.#round.measuredMs.push(ms);
    if (this.#round.measuredMs.length < this.#round.count) return;
    this.#round.end();
    this.#round = null;
  }
}

type Round = {
  readonly count: number;
  readonly measuredMs: number[];
  /** Resolves when enough was measured; rejects when nothing moves. */
  readonly over: Promise<void>;
  end(): void;
  lookWhetherItMoves(): void;
};

function newRound(count: number): Round {
  const measuredMs: number[] = [];
  const { promise: over, resolve, reject } = Promise.withResolvers<void>();
  let before = 0;
  const lookWhetherItMoves = (): void => {
    if (measuredMs.length === before)
      reject(new Error(`no handover was seen for ${STANDSTILL_MS / 1000} s; is the machine overloaded?`));
    before = measuredMs.length;
  };
  return { count, measuredMs, over, end: resolve, lookWhetherItMoves };
}

/** True when it was over before. */
async function endsWithin(ms: number, over: Promise<unknown>): Promise<boolean> {
  const { promise: passed, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), ms);
  const isOver = await Promise.race([passed, over.then(() => true)]);
  clearTimeout(timer);
  return isOver;
}
