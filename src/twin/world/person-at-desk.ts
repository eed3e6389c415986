// An agent as a person: a phone and a desk, either of which may die under their hands. Answers after a moment or lets it
// ring, talks, hangs up or waits for the client to, takes breaks, goes home, comes back. Looks at the desk now and then
// and makes itself ready again, as people do. It must know nothing that stands neither on the desk nor in the ear.

import type { AgentId } from '../../core/id.ts';
import type { PeopleInput } from '../../core/input.ts';
import type { Agent } from '../../core/state.ts';
import type { FarEnd } from '../../telephony/far-side.ts';
import type { FarParty, Heard, LineLeg } from '../../telephony/simulated/line-leg.ts';
import type { Subscriber } from '../../telephony/simulated/network.ts';
import type { Timer, Wakeable } from '../../telephony/simulated/timeline.ts';
import { hold } from '../checker.ts';
import { AFTERMATH_MS, hasLeftByPage, holdTogether, leaveByPage } from './conversation.ts';
import { OutsideParty } from './outside-party.ts';
import type { Surroundings } from './surroundings.ts';
import { talkAct } from './talk-acts.ts';

const LOOK_MS = 20_000;
/** Further ahead nobody is called again. */
const TOO_FAR_MS = 8 * 86_400_000;

export class PersonAtDesk implements Subscriber, FarParty, Wakeable {
  readonly id: AgentId;
  readonly #around: Surroundings;
  #leg: LineLeg | null = null;
  #next: Timer | null = null;
  /** The client's leg, in a conversation. */
  #with: LineLeg | null = null;
  /** The page on the screen is dead until then. */
  #pageBackAt = 0;
  /** Works by the page: the house knows when it lives, and asks there what came of a callback. */
  readonly #hasPage: boolean;

  constructor(around: Surroundings, id: AgentId) {
    this.id = id;
    this.#around = around;
    this.#hasPage = around.chance.chance(0.6);
  }

  start(): void {
    this.#around.network.register(this.id, this);
    this.#in(this.#around.chance.between(0, 5_000), 'look');
  }

  // ---- the phone

  invited(leg: LineLeg): void {
    const { chance } = this.#around;
    if (this.#leg?.near === null) this.#leg.hangUp(); // the exchange of that call is dead
    if (this.#leg !== null) {
      // Told to hang up in vain, or by a house that another has replaced: the phone is busy.
      const isCalm = this.#around.faults.isCalmFor(AFTERMATH_MS);
      hold(!isCalm, 'S20', `the phone of ${this.id} is rung and is still in a call`);
      leg.refuse('busy');
      return;
    }
    leg.far = this;
    this.#leg = leg;
    if (chance.chance(0.02)) {
      this.#leg = null;
      leg.refuse(chance.pick(['busy', 'rejected', 'congestion'] as const));
      return;
    }
    leg.ring();
    const { faults } = this.#around;
    if (faults.strikes('agent.never_answers')) return;
    if (faults.strikes('agent.phone_dies_offered')) this.#next = this.#in(chance.between(100, 4_000), 'die');
    else if (chance.chance(0.95)) this.#next = this.#in(chance.between(200, 6_000), 'answer');
    else if (chance.chance(0.3)) this.#next = this.#in(chance.between(200, 12_000), 'reject');
  }

  legAnswered(): void {
    // Some hang up before the client is there.
    if (this.#around.chance.chance(0.03)) this.#next = this.#in(this.#around.chance.below(15_000), 'hang_up');
  }

  legEnded(leg: LineLeg, end: FarEnd): void {
    if (this.#leg !== leg) return;
    if (!hasLeftByPage(leg)) holdTogether(this.#with, end, this.#around.faults);
    this.#leg = null;
    if (this.#with !== null && this.#hasPage) this.#in(this.#around.chance.between(100, 6_000), 'outcome');
    this.#with = null;
    this.#next = this.#around.timeline.cancel(this.#next);
  }

  legHears(leg: LineLeg, heard: Heard): void {
    if (this.#leg !== leg) return;
    const { chance, timeline } = this.#around;
    if (heard.kind === 'voice') {
      const { far } = heard.leg;
      const isColleague = far instanceof PersonAtDesk || far instanceof OutsideParty;
      // With whom they consult, or all three together, others may end it.
      this.#with = isColleague || heard.others !== undefined ? null : heard.leg;
      timeline.cancel(this.#next);
      this.#talk(heard.leg);
    } else if (this.#with !== null && heard.kind === 'silence' && chance.chance(0.5)) {
      timeline.cancel(this.#next);
      this.#next = this.#in(chance.between(500, 8_000), 'hang_up');
    }
  }

  #talk(client: LineLeg): void {
    const { chance, faults, talkMs } = this.#around;
    if (client.isMachine) this.#next = this.#in(chance.between(2_000, 8_000), 'machine');
    else if (client.state === 'ended') this.#next = this.#in(chance.between(3_000, 8_000), 'hang_up');
    else if (faults.strikes('agent.phone_dies_talking'))
      this.#next = this.#in(chance.exponentialMs(talkMs / 2), 'die');
    else if (chance.chance(0.3)) this.#next = this.#in(1_000 + chance.exponentialMs(talkMs / 3), 'act');
    else this.#next = this.#in(1_000 + chance.exponentialMs(talkMs), 'hang_up');
  }

  /** Hold, consult, hand over, transfer: whoever hears them then is another, and may be the one who ends it. */
  #act(): void {
    const { chance } = this.#around;
    const state = this.#around.desk();
    const act = state === null ? null : talkAct(state, this.id, chance);
    if (act !== null) {
      this.#with = null;
      if (act.type === 'agent.hand_over' || act.type === 'agent.transfer') this.#leaveByPage();
      this.#say(act);
    }
    this.#next = this.#in(chance.between(1_000, 40_000), chance.chance(0.6) ? 'act' : 'hang_up');
  }

  #leaveByPage(): void {
    if (this.#leg !== null) leaveByPage(this.#leg);
  }

  /** The key, the button, or the conversation of somebody who has not noticed. */
  #tellMachine(leg: LineLeg): void {
    const { chance } = this.#around;
    const how = chance.below(10);
    if (how < 6) leg.press('*');
    else if (how < 8) this.#say({ type: 'agent.voicemail', agent: this.id });
    this.#next = this.#in(chance.between(3_000, 20_000), 'hang_up');
  }

  /** No power: nothing is said to anybody, and nothing rings until it is plugged in again. */
  #die(): void {
    const { network, chance } = this.#around;
    const leg = this.#leg;
    this.#leg = null;
    this.#with = null;
    if (leg?.state === 'up') leg.loseBye();
    this.#next = this.#around.timeline.cancel(this.#next);
    network.unregister(this.id);
    this.#in(chance.between(5_000, 90_000), 'plug_in');
  }

  /** The registrar has forgotten the phone: it comes back by itself, sooner or later. */
  registerAgain(): void {
    this.#in(this.#around.chance.between(1_000, 30_000), 'plug_in');
  }

  wake(what: string): void {
    switch (what) {
      case 'die':
        this.#die();
        return;
      case 'machine':
        if (this.#leg !== null) this.#tellMachine(this.#leg);
        return;
      case 'act':
        this.#act();
        return;
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
      case 'outcome':
        this.#tellOutcome();
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
    const { chance, isClosing, faults, timeline } = this.#around;
    if (faults.strikes('agent.page_dies')) {
      this.#pageBackAt = timeline.now() + chance.between(20_000, 180_000);
      // What the house notices by itself, when nothing is heard of the page.
      if (this.#hasPage) this.#around.say({ type: 'agent.page_ends', agent: this.id });
    }
    const state = this.#around.desk();
    if (state === null || (timeline.now() < this.#pageBackAt && !isClosing)) return;
    const me = state.agents.get(this.id);
    if (me === undefined) {
      if (!isClosing && chance.chance(0.7)) return;
      this.#say({ type: 'agent.sign_in', agent: this.id });
      if (this.#hasPage) this.#say({ type: 'agent.page_opens', agent: this.id });
      this.#say({ type: 'agent.go_ready', agent: this.id });
      return;
    }
    if (this.#hasPage && me.page?.isOpen !== true) this.#say({ type: 'agent.page_opens', agent: this.id });
    this.#tellLate(me);
    if (me.state === 'not_ready' && (isClosing || chance.chance(0.6))) {
      this.#say({ type: 'agent.go_ready', agent: this.id });
      return;
    }
    if (isClosing) return;
    if (me.state === 'wrap_up' && faults.strikes('agent.phone_dies_wrap_up')) this.#die();
    if (faults.strikes('agent.two_pages')) this.#twoPages();
    this.#fancy();
    if (chance.chance(0.005)) {
      this.#around.network.unregister(this.id);
      this.#in(chance.between(1_000, 60_000), 'plug_in');
    }
  }

  /** What came of it, if it was a callback; some agree to call again, at a time that may be none. */
  #tellOutcome(): void {
    const { chance, timeline } = this.#around;
    const agent = this.id;
    const noted = chance.chance(0.3);
    const how = chance.below(10);
    if (how < 3) return; // the wrap-up ends without a word
    if (how < 6) {
      this.#say({
        type: 'agent.tell_outcome',
        agent,
        outcome: chance.pick(['reached', 'wrong_person']),
        noted,
      });
      return;
    }
    const spokeWith = chance.pick(['client', 'client', 'other'] as const);
    const inMs = chance.pick([
      chance.between(1_000, 3_600_000),
      chance.between(0, 12 * 3_600_000),
      TOO_FAR_MS,
      -1_000,
    ]);
    const untilAt = (this.#around.desk()?.now ?? timeline.now()) + inMs;
    const again = { type: 'agent.call_again', agent, untilAt, spokeWith, noted } as const;
    this.#say(again);
    if (chance.chance(0.1)) this.#say(again);
  }

  /** Of whom nothing was told in the wrap-up, a page that is back says it: some pages, not all. */
  #tellLate({ state, page }: Agent): void {
    if (state !== 'not_ready' || page?.isOpen !== true || page.untold === undefined) return;
    const { callback } = page.untold;
    if (callback % 2 === 0) return;
    this.#say({ type: 'agent.tell_outcome', agent: this.id, callback, outcome: 'reached', noted: true });
  }

  /** What people do at their desks now and then, in a call or not. */
  #fancy(): void {
    switch (this.#around.chance.below(100)) {
      case 0:
      case 1:
        this.#say({ type: 'agent.go_not_ready', agent: this.id, reason: 'break' });
        return;
      case 2:
        this.#say({ type: 'agent.sign_out', agent: this.id });
        return;
      case 3:
      case 4:
        this.#say({ type: 'agent.wrap_up', agent: this.id });
        return;
      case 5:
        this.#say({ type: 'agent.go_ready', agent: this.id });
        return;
      default:
        return;
    }
  }

  /** The same person at two pages: both speak, in one breath. */
  #twoPages(): void {
    const agent = this.id;
    const ready = { type: 'agent.go_ready', agent } as const;
    const pairs: readonly (readonly [PeopleInput, PeopleInput])[] = [
      [ready, ready],
      [ready, { type: 'agent.go_not_ready', agent, reason: 'break' }],
      [{ type: 'agent.sign_in', agent }, ready],
      [
        { type: 'agent.sign_out', agent },
        { type: 'agent.sign_in', agent },
      ],
      [{ type: 'agent.wrap_up', agent }, ready],
      [
        { type: 'agent.voicemail', agent },
        { type: 'agent.voicemail', agent },
      ],
    ];
    for (const input of this.#around.chance.pick(pairs)) this.#say(input);
  }

  #say(input: PeopleInput): void {
    if (this.#around.timeline.now() >= this.#pageBackAt) this.#around.say(input);
  }

  #in(ms: number, what: string): Timer {
    const { timeline } = this.#around;
    return timeline.set(timeline.now() + ms, this, what);
  }
}
