// A person on the phone with the centre: their end of the call, and what the journal and the centre's Asterisk say of it.

import type { Say } from '../../src/core/effect.ts';
import type { FactOf, FactType } from '../../src/core/fact.ts';
import type { CallId, Channel, Language } from '../../src/core/id.ts';
import type { PromptKey } from '../../src/core/prompt.ts';
import type { FarCall } from '../../src/telephony/far-side.ts';
import { languagesOf, soundsOf } from './exchange.ts';
import type { Stage } from './stage.ts';

type Step = FactOf<'dialogue.asked'>['step'];

export class Caller {
  readonly far: FarCall;
  readonly call: CallId;
  readonly channel: Channel;
  place = 0 as FactOf<'place.taken'>['place'];
  private readonly stage: Stage;

  constructor(stage: Stage, far: FarCall, call: CallId, channel: Channel) {
    this.stage = stage;
    this.far = far;
    this.call = call;
    this.channel = channel;
  }

  /** The first time that this is asked from a position of the story on; `round` picks one. */
  asked(step: Step, from = 0, round?: number): Promise<FactOf<'dialogue.asked'>> {
    return this.stage.story.until(
      'dialogue.asked',
      (f) => f.call === this.call && f.step === step && (round === undefined || f.round === round),
      from,
    );
  }

  /** Waits for the question and presses, while its prompt plays. A key that is a bounce is none: keyRepeatMs is 0 here. */
  async choose(step: Step, key: string): Promise<void> {
    await this.asked(step);
    await this.far.press(key);
  }

  /** The confirmation's prompt has begun, after position `from`: from here on a key counts. */
  async confirmable(from = 0): Promise<void> {
    const asked = await this.asked('confirm', from);
    await this.stage.story.until(
      'dialogue.began',
      (f) => f.call === this.call,
      this.stage.story.positionOf(asked),
    );
  }

  /** Takes the callback at the number they call from; the confirmation is keyed as soon as its prompt has begun. */
  async takeCallback(): Promise<FactOf<'callback.registered'>> {
    await this.asked('offer');
    await this.far.press('1');
    await this.confirmable();
    await this.far.press('1');
    return this.registered();
  }

  /** Asked for an extension, after position `from`: keys it, or that there is none. */
  async keyExtension(keys = '#', from = 0): Promise<void> {
    await this.asked('extension', from);
    await this.far.press(keys);
  }

  registered(): Promise<FactOf<'callback.registered'>> {
    return this.stage.story.until('callback.registered', (f) => f.call === this.call);
  }

  /** Takes the callback, does not wait for the good-bye, and hangs up: pending from here on. */
  async leaveForCallback(): Promise<FactOf<'callback.registered'>> {
    const registered = await this.takeCallback();
    await this.far.hangUp();
    await this.stage.story.until('callback.pending', (f) => f.callback === registered.callback);
    return registered;
  }

  /** The facts of this kind that name this call, so far. */
  of<T extends FactType>(type: T): FactOf<T>[] {
    return this.stage.story.of(type).filter((fact) => 'call' in fact && fact.call === this.call);
  }

  /** Every question so far: `number 2 number.too_short`. */
  questions(): string[] {
    return this.of('dialogue.asked').map(({ step, round, because }) => `${step} ${round} ${because}`.trim());
  }

  ended(): Promise<FactOf<'call.ended'>> {
    return this.stage.story.until('call.ended', (f) => f.call === this.call);
  }

  /** What was played to them so far, in order. */
  played(): string[] {
    return this.stage.exchange.played(this.channel);
  }

  /** The languages of all that was played since the language was chosen: the menu of lines is the first in it. */
  languagesHeard(): Language[] {
    const sounds = this.played();
    const first = sounds.findIndex((sound) => /\/(line|service)\./.test(sound));
    return languagesOf(sounds.slice(first < 0 ? sounds.length : first));
  }

  /** Whether this phrase has begun so far, in whatever language. */
  hasHeard(prompt: PromptKey): boolean {
    return this.played().some((sound) => sound.endsWith(`/${prompt}`));
  }

  /** Resolves when these words were begun to the last, in this language, one directly behind the other. */
  told(say: readonly Say[], language: Language, from = 0): Promise<void> {
    return this.stage.exchange.untilPlayed(this.channel, soundsOf(say, language), from);
  }
}
