// An agent as a person: a phone and a desk. Answers after a moment or lets it ring, talks, hangs up or waits for the
// client to, takes breaks, goes home, comes back. Looks at the desk now and then and makes itself ready again, as people
// do. It must know nothing that stands neither on the desk nor in the ear.

import type { AgentId } from '../../core/id.ts';
import type { FarEnd } from '../../telephony/far-side.ts';
import type { FarParty, Heard, LineLeg } from '../../telephony/simulated/line-leg.ts';
import type { Subscriber } from '../../telephony/simulated/network.ts';
import type { Timer, Wakeable } from '../../telephony/simulated/timeline.ts';
import { hold } from '../checker.ts';
import { holdTogether } from './conversation.ts';
import type { Surroundings } from './surroundings.ts';

const LOOK_MS = 20_000;

export class PersonAtDesk implements Subscriber, FarParty, Wakeable {
  readonly id: AgentId;
  readonly #around: Surroundings;
  #leg: LineLeg | null = null;
  #next: Timer | null = null;
  /** The client's leg, in a conversation. */
  #with: LineLeg | null = null;

  constructor(around: Surroundings, id: AgentId) {
    this.id = id;
    this.#around = around;
  }

  start(): void {
    this.#around.network.register(this.id, this);
    this.#in(this.#around.chance.between(0, 5_000), 'look');
  }

  // ---- the phone

  invited(leg: LineLeg): void {
    const { chance } = this.#around;
    hold(this.#leg === null, 'S20', `the phone of ${this.id} is rung and is still in a call`);
    leg.far = this;
    this.#leg = leg;
    if (chance.chance(0.02)) {
      this.#leg = null;
      leg.refuse(chance.pick(['busy', 'rejected', 'congestion'] as const));
      return;
    }
    leg.ring();
    if (chance.chance(0.95)) this.#next = this.#in(chance.between(200, 6_000), 'answer');
    else if (chance.chance(0.3)) this.#next = this.#in(chance.between(200, 12_000), 'reject');
  }

  legAnswered(): void {
    // Some hang up before the client is there.
    if (this.#around.chance.chance(0.03)) this.#next = this.#in(this.#around.chance.below(15_000), 'hang_up');
  }

  legEnded(leg: LineLeg, end: FarEnd): void {
    if (this.#leg !== leg) return;
    holdTogether(this.#with, end);
    this.#leg = null;
    this.#with = null;
    this.#next = this.#around.timeline.cancel(this.#next);
  }

  legHears(leg: LineLeg, heard: Heard): void {
    if (this.#leg !== leg) return;
    const { chance, timeline } = this.#around;
    if (heard.kind === 'voice') {
      this.#with = heard.leg;
      timeline.cancel(this.#next);
      this.#next = this.#in(1_000 + chance.exponentialMs(this.#around.talkMs), 'hang_up');
    } else if (this.#with !== null && heard.kind === 'silence' && chance.chance(0.5)) {
      timeline.cancel(this.#next);
      this.#next = this.#in(chance.between(500, 8_000), 'hang_up');
    }
  }

  wake(what: string): void {
    switch (what) {
      case 'answer':
        this.#next = null;
        this.#leg?.answer();
        return;
      case 'reject':
        this.#next = null;
        this.#leg?.refuse('rejected');
        return;
      case 'hang_up':
        this.#next = null;
        this.#leg?.hangUp();
        return;
      case 'plug_in':
        this.#around.network.register(this.id, this);
        return;
      default: // look
        this.#look();
        this.#in(LOOK_MS, 'look');
    }
  }

  // ---- the desk

  #look(): void {
    const state = this.#around.desk();
    if (state === null) return;
    const { chance, isClosing } = this.#around;
    const me = state.agents.get(this.id);
    if (me === undefined) {
      if (!isClosing && chance.chance(0.7)) return;
      this.#around.say({ type: 'agent.sign_in', agent: this.id });
      this.#around.say({ type: 'agent.go_ready', agent: this.id });
      return;
    }
    if (me.state === 'not_ready' && (isClosing || chance.chance(0.6))) {
      this.#around.say({ type: 'agent.go_ready', agent: this.id });
      return;
    }
    if (isClosing) return;
    this.#fancy();
    if (chance.chance(0.005)) {
      this.#around.network.unregister(this.id);
      this.#in(chance.between(1_000, 60_000), 'plug_in');
    }
  }

  /** What people do at their desks now and then, in a call or not. */
  #fancy(): void {
    switch (this.#around.chance.below(100)) {
      case 0:
      case 1:
        this.#around.say({ type: 'agent.go_not_ready', agent: this.id, reason: 'break' });
        return;
      case 2:
        this.#around.say({ type: 'agent.sign_out', agent: this.id });
        return;
      case 3:
      case 4:
        this.#around.say({ type: 'agent.wrap_up', agent: this.id });
        return;
      case 5:
        this.#around.say({ type: 'agent.go_ready', agent: this.id });
        return;
      default:
        return;
    }
  }

  #in(ms: number, what: string): Timer {
    const { timeline } = this.#around;
    return timeline.set(timeline.now() + ms, this, what);
  }
}
