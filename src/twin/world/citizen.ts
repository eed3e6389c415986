// A citizen: calls the centre about something, listens, presses keys (not always the right ones, not always after the
// announcement), holds or asks to be called, loses patience, is at home or not when the phone rings. A plain record with
// one timer for each of the few things that a person does at a time. It must know nothing that a caller cannot know.

import type { Say } from '../../core/effect.ts';
import type { Language, LineId } from '../../core/id.ts';
import type { Key } from '../../core/input.ts';
import type { PromptKey } from '../../core/prompt.ts';
import type { FarEnd } from '../../telephony/far-side.ts';
import type { FarParty, Heard, LineLeg } from '../../telephony/simulated/line-leg.ts';
import type { Subscriber } from '../../telephony/simulated/network.ts';
import type { Timer, Wakeable } from '../../telephony/simulated/timeline.ts';
import { holdTogether } from './conversation.ts';
import { keyAfter, opinionOn, saysPrompt } from './hearing.ts';
import { OutsideParty } from './outside-party.ts';
import type { Surroundings } from './surroundings.ts';

export type CitizenTraits = {
  readonly number: string;
  readonly hidesNumber: boolean;
  readonly language: Language;
  readonly line: LineId;
  /** Never asks for an agent: hangs up in the menus. */
  readonly onlyLooks: boolean;
  readonly wantsCallback: boolean;
  readonly patienceMs: number;
  /** How likely each key is pressed wrong, twice, or not at all. */
  readonly clumsiness: number;
  /** How likely the phone at home is answered. */
  readonly atHome: number;
};

/** Why somebody with a callback calls the centre once more. */
export type Errand = 'requests_again' | 'cancels' | 'calls_in' | 'guesses_code';

const KEY_MS = 250;
const FORGOTTEN_MS = 1_800_000;

export class Citizen implements Subscriber, FarParty, Wakeable {
  readonly traits: CitizenTraits;
  readonly #around: Surroundings;
  #leg: LineLeg | null = null;
  #keys = '';
  #keyTimer: Timer | null = null;
  #patience: Timer | null = null;
  #next: Timer | null = null;
  /** The other one's leg, in a conversation. */
  #with: LineLeg | null = null;
  #isMachine = false;
  #isInTalk = false;
  #callAt = 0;
  /** Has been told that the callback is registered: the reference and the code. */
  promise: { readonly reference: string; readonly code: string } | null = null;
  errand: Errand | null = null;

  constructor(around: Surroundings, traits: CitizenTraits) {
    this.#around = around;
    this.traits = traits;
  }

  /** Calls the centre. */
  call(dnis: string): void {
    if (this.#leg !== null) return;
    const leg = this.#around.network.lift(this);
    this.#leg = leg;
    this.#isMachine = false;
    this.#callAt = this.#around.timeline.now();
    this.#patience = this.#in(this.traits.patienceMs, 'patience');
    this.#around.network.callCentre(leg, this.traits.hidesNumber ? null : this.traits.number, dnis);
  }

  // ---- being called

  invited(leg: LineLeg): void {
    const { chance } = this.#around;
    if (this.#leg !== null) {
      leg.refuse('busy');
      return;
    }
    leg.far = this;
    this.#leg = leg;
    this.#isMachine = leg.isMachine;
    if (chance.chance(0.03)) {
      this.#leg = null;
      leg.refuse(chance.pick(['busy', 'rejected', 'no_answer'] as const));
      return;
    }
    if (chance.chance(0.95)) leg.ring();
    if (this.#isMachine) this.#next = this.#instead(chance.between(3_000, 20_000), 'answer');
    else if (chance.chance(this.traits.atHome))
      this.#next = this.#instead(chance.between(0, 35_000), 'answer');
  }

  // ---- the leg

  legAnswered(leg: LineLeg): void {
    if (leg.direction !== 'in' || leg !== this.#leg) return;
    this.#around.answered(leg);
    // Whoever is called and hears nobody hangs up; a machine records for a while.
    this.#around.timeline.cancel(this.#next);
    this.#next = this.#instead(this.#isMachine ? 90_000 : 30_000, 'hang_up');
  }

  /** The switchboard is keyed an extension, and passes the call on to it. */
  legKeyed(leg: LineLeg): void {
    if (leg === this.#leg) this.#around.answered(leg);
  }

  legEnded(leg: LineLeg, end: FarEnd): void {
    if (this.#leg !== leg) return;
    holdTogether(this.#with, end, this.#around.faults);
    this.#leg = null;
    this.#keys = '';
    this.#with = null;
    this.#isInTalk = false;
    const { timeline } = this.#around;
    this.#keyTimer = timeline.cancel(this.#keyTimer);
    this.#patience = timeline.cancel(this.#patience);
    this.#next = timeline.cancel(this.#next);
    this.#around.over(this);
  }

  legHears(leg: LineLeg, heard: Heard): void {
    if (this.#leg !== leg) return;
    if (this.#isMachine) {
      if (heard.kind === 'voice') this.#around.joined(leg);
      return;
    }
    if (heard.kind === 'voice') this.#talk(heard.leg, heard.others !== undefined);
    else if (heard.kind === 'prompt') this.#listen(heard);
    else if (heard.kind === 'music' && this.#isInTalk) this.#waitOnHold();
    else if (this.#with !== null) this.#leftAlone();
  }

  wake(what: string): void {
    const leg = this.#leg;
    if (leg === null) return;
    switch (what) {
      case 'key':
        this.#pressNext(leg);
        return;
      case 'answer':
        leg.answer();
        return;
      default: // patience, hang_up
        leg.hangUp();
    }
  }

  #talk(other: LineLeg, isConference: boolean): void {
    const { timeline, chance } = this.#around;
    this.#isInTalk = true;
    // Of several, one may end it for all; somebody outside who is left alone with them was one of several.
    this.#with = isConference || other.far instanceof OutsideParty ? null : other;
    this.#keys = '';
    if (this.#leg?.direction === 'in') this.#around.joined(this.#leg);
    this.#keyTimer = timeline.cancel(this.#keyTimer);
    this.#patience = timeline.cancel(this.#patience);
    this.#next = this.#instead(1_000 + chance.exponentialMs(this.#around.talkMs), 'hang_up');
  }

  /** On hold, or on the way to somebody else: for a while. */
  #waitOnHold(): void {
    this.#isInTalk = false;
    this.#with = null;
    this.#next = this.#instead(this.#around.chance.between(5_000, 240_000), 'hang_up');
  }

  /** The other one is gone: most hang up, some put the phone on the table and wait to be hung up. */
  #leftAlone(): void {
    const { chance } = this.#around;
    const inMs = chance.chance(0.1) ? FORGOTTEN_MS : chance.between(500, 5_000);
    this.#next = this.#instead(inMs, 'hang_up');
  }

  #listen(heard: Extract<Heard, { kind: 'prompt' }>): void {
    const keys = this.#answerTo(heard);
    if (keys === '') return;
    const { chance, timeline } = this.#around;
    this.#keys = this.#fumble(keys);
    timeline.cancel(this.#keyTimer);
    this.#keyTimer = this.#in(chance.between(100, 6_000), 'key');
  }

  /** The keys that this person means to press; none when there is nothing to say. */
  #answerTo({ say }: Extract<Heard, { kind: 'prompt' }>): string {
    const { traits } = this;
    const { chance } = this.#around;
    const opinion = opinionOn(say, chance);
    if (opinion !== null) return this.#stayFor(opinion);
    const language = keyAfter(say, 'language.choose', traits.language);
    if (language !== null) return language;
    const line = keyAfter(say, `line.${traits.line}` as PromptKey);
    if (line !== null) return line;
    if (this.errand !== null) {
      const errand = this.#errandKeys(this.errand, say);
      if (errand !== null) return errand;
    }
    const agent = keyAfter(say, 'service.agent');
    if (agent !== null) {
      if (!traits.onlyLooks) return chance.chance(0.03) ? (keyAfter(say, 'service.back') ?? agent) : agent;
      this.#next = this.#instead(chance.between(100, 10_000), 'hang_up');
      return '';
    }
    const other = saysPrompt(say, 'wait.place') ? keyAfter(say, 'language.other') : null;
    if (other !== null && chance.chance(0.03)) return other;
    if (saysPrompt(say, 'offer.keep_place')) {
      if (!traits.wantsCallback || chance.chance(0.2)) return '';
      const own = keyAfter(say, 'offer.this_number');
      return own !== null && chance.chance(0.7) ? own : (keyAfter(say, 'offer.other_number') ?? '');
    }
    if (saysPrompt(say, 'number.ask')) return this.#numberToKey();
    if (saysPrompt(say, 'extension.ask'))
      return chance.chance(0.6) ? '#' : chance.pick(['42#', '7', '123456789#', '*#', '']);
    const yes = keyAfter(say, 'confirm.yes');
    if (yes !== null) {
      if (chance.chance(0.9)) return yes;
      return keyAfter(say, chance.chance(0.5) ? 'confirm.other' : 'confirm.hold') ?? yes;
    }
    if (saysPrompt(say, 'registered.done')) {
      this.#remember(say);
      if (chance.chance(0.3)) this.#next = this.#instead(chance.between(100, 15_000), 'hang_up');
    }
    return '';
  }

  /** The agent has left, and a question is asked: most stay a while. */
  #stayFor(opinion: string): string {
    const { chance } = this.#around;
    if (this.#with !== null && chance.chance(0.3)) return '';
    this.#with = null;
    this.#next = this.#instead(chance.between(20_000, 90_000), 'hang_up');
    return opinion;
  }

  /** What is keyed about a callback that one has; null: as anybody else would. */
  #errandKeys(errand: Errand, say: readonly Say[]): string | null {
    if (errand === 'requests_again' || this.promise === null) return null;
    const { reference, code } = this.promise;
    const { chance } = this.#around;
    if (saysPrompt(say, 'returned.cancelled'))
      this.#around.told({ is: 'cancelled', reference, code: '', callAt: this.#callAt });
    const has = keyAfter(say, 'service.has_callback');
    if (has !== null) return has;
    if (saysPrompt(say, 'returning.code')) {
      const guess = errand === 'guesses_code' ? String(chance.below(10_000)).padStart(4, '0') : code;
      return reference + guess;
    }
    const cancel = keyAfter(say, 'returning.cancel');
    if (cancel === null) return null;
    if (errand === 'cancels') return cancel;
    const others = [
      'returning.keep',
      'returning.later',
      'returning.change_number',
      'language.other',
      'returning.hold_again',
    ] as const;
    return keyAfter(say, chance.pick(others)) ?? cancel;
  }

  #remember(say: readonly Say[]): void {
    const reference = keyAfter(say, 'registered.reference') ?? '';
    const code = keyAfter(say, 'registered.code') ?? '';
    this.promise = { reference, code };
    this.#around.told({ is: 'registered', reference, code, callAt: this.#callAt });
  }

  #numberToKey(): string {
    const { chance } = this.#around;
    const own = this.traits.number.slice(2);
    if (chance.chance(0.8)) return chance.chance(0.8) ? `${own}#` : own;
    return chance.pick(['911#', '9005551234#', own.slice(0, 7), `${own}*#`, '#', '', '011442079460000#']);
  }

  #fumble(keys: string): string {
    const { chance } = this.#around;
    if (!chance.chance(this.traits.clumsiness)) return keys;
    const stray = chance.pick([...'0123456789*#']);
    switch (chance.below(4)) {
      case 0:
        return '';
      case 1:
        return keys + keys;
      case 2:
        return stray + keys;
      default:
        return stray;
    }
  }

  #pressNext(leg: LineLeg): void {
    const key = this.#keys[0];
    if (key === undefined) return;
    this.#keys = this.#keys.slice(1);
    leg.press(key as Key);
    if (this.#keys !== '') this.#keyTimer = this.#in(KEY_MS, 'key');
  }

  /** Of what is to be done next there is one at a time: what was planned before is not done in a later call. */
  #instead(ms: number, what: string): Timer {
    this.#around.timeline.cancel(this.#next);
    return this.#in(ms, what);
  }

  #in(ms: number, what: string): Timer {
    const { timeline } = this.#around;
    return timeline.set(timeline.now() + ms, this, what);
  }
}
