// The people of a simulated calendar: everybody who is on the line, expects a callback or means to call again. Each has a
// slot, which somebody else takes when they are done for good; the person keeps one number through all of their calls.

import type { Channel, NumberKey } from '../../core/id.ts';
import type { NumberView } from '../../core/number.ts';
import type { Asking } from './lived.ts';

/** What somebody does when the time of their appointment comes. */
export type NextDeed = 'calls' | 'presses' | 'gives_up' | 'hangs_up' | 'answers' | 'does_not_answer';

export type Caller = {
  readonly slot: number;
  readonly channel: Channel;
  number: NumberView;
  line: number;
  /** Index among the centre's languages. */
  language: number;
  next: NextDeed;
  /** What is pressed next, and the prompt that must have begun for it to count. */
  press: 'language' | 'agent' | 'callback' | 'confirm';
  playback: string;
  isUp: boolean;
  isTalking: boolean;
  /** Where and when this call asked for an agent; null: not yet. */
  asking: Asking | null;
  /** UTC ms until which they hold; 0: they have not thought of it yet. */
  holdsUntil: number;
  hasHeardOffer: boolean;
  expectsCallback: boolean;
  attempts: number;
  attemptChannel: Channel;
  /** Of the conversation by callback. */
  reachedAt: number;
};

export class Callers {
  readonly all: Caller[] = [];
  readonly ofChannel = new Map<Channel, Caller>();
  readonly #free: Caller[] = [];
  #persons = 0;

  /** Slots there have ever been at once. */
  get size(): number {
    return this.all.length;
  }

  /** Somebody who has not called before. */
  fresh(line: number, language: number): Caller {
    const caller = this.#free.pop() ?? this.#add();
    this.#persons += 1;
    caller.number = { numberKey: `person-${this.#persons}` as NumberKey, region: 'CA', type: 'mobile' };
    caller.line = line;
    caller.language = language;
    return caller;
  }

  /** Before each of their calls. */
  begin(caller: Caller): void {
    caller.isUp = true;
    caller.isTalking = false;
    caller.asking = null;
    caller.holdsUntil = 0;
    caller.hasHeardOffer = false;
    caller.expectsCallback = false;
    caller.attempts = 0;
    caller.reachedAt = 0;
  }

  release(caller: Caller): void {
    this.#free.push(caller);
  }

  #add(): Caller {
    const slot = this.all.length;
    const channel = `caller-${slot}` as Channel;
    const caller: Caller = {
      slot,
      channel,
      number: { numberKey: '' as NumberKey, region: 'CA', type: 'mobile' },
      line: 0,
      language: 0,
      next: 'calls',
      press: 'language',
      playback: '',
      isUp: false,
      isTalking: false,
      asking: null,
      holdsUntil: 0,
      hasHeardOffer: false,
      expectsCallback: false,
      attempts: 0,
      attemptChannel: channel,
      reachedAt: 0,
    };
    this.all.push(caller);
    this.ofChannel.set(channel, caller);
    return caller;
  }
}
