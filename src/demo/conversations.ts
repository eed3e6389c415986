// Which bridges carried sound: in each, the agent's end must have heard the citizen's tone and the citizen's end the
// agent's. Judged from both ends' own ears; nobody asks the centre.

import type { FarCall } from '../telephony/far-side.ts';

/** Citizens' calls that ended this many ago are no longer looked at: an agent's call ends with its citizen's or soon after. */
const RECENT_MAX = 500;

export class Conversations {
  readonly #citizens: FarCall[] = [];
  readonly #talking = new Set<FarCall>();
  #heard: Heard = { bridges: 0, callbacks: 0 };

  citizen(call: FarCall): void {
    this.#citizens.push(call);
    if (this.#citizens.length > RECENT_MAX) this.#citizens.shift();
  }

  agent(call: FarCall): void {
    this.#talking.add(call);
    void call.ended.then(() => {
      this.#talking.delete(call);
      this.#heard = sum(this.#heard, this.#judge(call));
    });
  }

  /** Bridges in which each side heard the other, those that last included. */
  heard(): Heard {
    return [...this.#talking].reduce((so, call) => sum(so, this.#judge(call)), this.#heard);
  }

  /** An agent's call carries one conversation. */
  #judge(call: FarCall): Heard {
    const tones = new Set(call.heard().map(({ toneHz }) => toneHz));
    const other = this.#citizens.findLast(
      (citizen) => tones.has(citizen.toneHz) && citizen.heard().some(({ toneHz }) => toneHz === call.toneHz),
    );
    if (!other) return { bridges: 0, callbacks: 0 };
    return { bridges: 1, callbacks: other.direction === 'in' ? 1 : 0 };
  }
}

export type Heard = {
  readonly bridges: number;
  /** Those of them in which the citizen had been called. */
  readonly callbacks: number;
};

function sum(a: Heard, b: Heard): Heard {
  return { bridges: a.bridges + b.bridges, callbacks: a.callbacks + b.callbacks };
}
