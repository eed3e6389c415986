// Somebody of the owners' directory, whom agents consult and hand clients on to: answers mostly, talks for a while, and
// hangs up. Takes several calls at a time, as an office does. Knows nothing of who calls.

import type { FarParty, Heard, LineLeg } from '../../telephony/simulated/line-leg.ts';
import type { Subscriber } from '../../telephony/simulated/network.ts';
import type { Surroundings } from './surroundings.ts';

export const OUTSIDE_NUMBER = '+18885550190';
export const OUTSIDE_ID = 'interpreter';

export class OutsideParty implements Subscriber, FarParty {
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  invited(leg: LineLeg): void {
    const { chance } = this.#around;
    leg.far = this;
    if (chance.chance(0.1)) {
      leg.refuse(chance.pick(['busy', 'rejected', 'no_answer'] as const));
      return;
    }
    if (chance.chance(0.95)) leg.ring();
    if (chance.chance(0.85)) this.#in(chance.between(500, 20_000), () => leg.answer());
  }

  legAnswered(leg: LineLeg): void {
    this.#around.answered(leg);
    // Nobody speaks, or it takes its time.
    this.#in(10_000 + this.#around.chance.exponentialMs(this.#around.talkMs), () => leg.hangUp());
  }

  legEnded(): void {}

  legHears(leg: LineLeg, heard: Heard): void {
    if (heard.kind === 'voice') this.#around.joined(leg);
    else if (leg.state === 'up') this.#in(this.#around.chance.between(500, 30_000), () => leg.hangUp());
  }

  #in(ms: number, wake: () => void): void {
    const { timeline } = this.#around;
    timeline.set(timeline.now() + ms, { wake }, 'outside');
  }
}
