// A centre's telephone floor in virtual time, as lean as it can be: it does effects for the engine and brings the inputs
// that follow, with people who act by chance and by what they are asked. No sound, no SIP, nobody is refused; it is there
// to keep the engine busy, and it measures how long each input holds the engine up. It must not know what is decided.

import { must } from '../../core/assert.ts';
import { KEYS } from '../../core/dialogue.ts';
import type { Effect } from '../../core/effect.ts';
import type { Channel } from '../../core/id.ts';
import type { Input, Key } from '../../core/input.ts';
import type { NumberView } from '../../core/number.ts';
import type { State } from '../../core/state.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Telephony } from '../../telephony/telephony.ts';
import type { Random } from '../../twin/random.ts';
import type { VirtualTime } from '../../twin/virtual-time.ts';

export type FloorOptions = {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly meanHandleMs: number;
  readonly meanPatienceMs: number;
  /** Of those who are offered a callback. */
  readonly takeRate: number;
  /** Of those who are called back. */
  readonly answerRate: number;
  /** How long the engine was held up by an input of this type. */
  readonly held: (type: Input['type'], ms: number) => void;
};

const KEY_AFTER_MS = 2_500;
const PROMPT_MS = 4_000;
const BEGINS_MS = 60;
const HANG_UP_MS = 20;
const AGENT_ANSWERS_MS = 3_000;
const CLIENT_RINGS_MS = 1_500;
const CLIENT_ANSWERS_MS = 9_000;

/** `sound`: counts up with each new sound, so that the end of an old one is known to be old. */
type Leg = { sound: number; wantsCallback: boolean; isPatient: boolean };

export class LoadFloor implements Telephony {
  readonly #options: FloorOptions;
  readonly #legs = new Map<Channel, Leg>();
  #engine: Engine | null = null;
  #arrived = 0;

  constructor(options: FloorOptions) {
    this.#options = options;
  }

  /** The engine that this telephony serves; it is made after it. */
  serve(engine: Engine): void {
    this.#engine = engine;
  }

  get legCount(): number {
    return this.#legs.size;
  }

  async open(): Promise<void> {
    this.tell({ type: 'telephony.resynced', channels: [] });
  }

  async seat(): Promise<void> {}

  async close(): Promise<void> {}

  /** Somebody calls from this number. */
  arrive(ani: NumberView, dnis = ''): void {
    this.#arrived += 1;
    const channel = `in-${this.#arrived}` as Channel;
    const { random, takeRate } = this.#options;
    this.#legs.set(channel, { sound: 0, wantsCallback: random.chance(takeRate), isPatient: false });
    this.tell({ type: 'call.arrives', channel, ani, dnis });
  }

  /** An input, and how long the engine took over it. */
  tell(input: Input): void {
    const startedAt = performance.now();
    must(this.#engine, 'engine of the floor').tell(input);
    this.#options.held(input.type, performance.now() - startedAt);
  }

  perform(effects: readonly Effect[]): void {
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: Effect): void {
    switch (effect.do) {
      case 'play':
        this.#play(effect);
        return;
      case 'music':
        this.#leg(effect.channel)?.sound && this.#silence(effect.channel);
        return;
      case 'hang_up':
        this.#after(HANG_UP_MS, () => this.#end(effect.channel));
        return;
      case 'ring':
        this.#legs.set(effect.channel, { sound: 0, wantsCallback: false, isPatient: true });
        this.#after(AGENT_ANSWERS_MS, () =>
          this.#tellIf({ type: 'channel.answered', channel: effect.channel }),
        );
        return;
      case 'dial':
        this.#dial(effect);
        return;
      case 'bridge':
        if (effect.channels[1] !== undefined) this.#talk(effect.channels[1]);
        return;
      default: // nobody hears ringback, keys no number, or listens to what lives
    }
  }

  #play({ channel, playback, after }: Extract<Effect, { do: 'play' }>): void {
    const leg = this.#leg(channel);
    if (leg === undefined) return;
    leg.sound += 1;
    const { sound } = leg;
    const still = (): boolean => this.#legs.get(channel)?.sound === sound;
    this.#after(BEGINS_MS, () => still() && this.tell({ type: 'prompt.began', channel, playback }));
    this.#after(PROMPT_MS, () => {
      if (!still()) return;
      this.tell({ type: 'prompt.ended', channel, playback });
      if (after === 'hang_up') this.#end(channel);
    });
    this.#after(KEY_AFTER_MS, () => still() && this.#answerQuestion(channel, leg));
  }

  /** A person who understands what is asked. */
  #answerQuestion(channel: Channel, leg: Leg): void {
    const state = this.#state;
    const owner = state.channels.get(channel);
    const call = owner?.kind === 'call' ? state.calls.get(owner.call) : undefined;
    if (call === undefined) return;
    const press = (key: Key): void => this.tell({ type: 'key.pressed', channel, key });
    const { random, meanPatienceMs } = this.#options;
    switch (call.step) {
      case 'language':
        press(random.pick(['1', '2'] as const));
        return;
      case 'line':
        press(random.pick(['1', '2', '3', '4'] as const));
        return;
      case 'service':
        press(KEYS.agent);
        return;
      case 'confirm':
        press(KEYS.confirm);
        return;
      case 'offer': {
        const isOffered = call.place !== null && state.places.get(call.place)?.offered === true;
        if (leg.wantsCallback && isOffered) press(KEYS.thisNumber);
        if ((leg.wantsCallback && isOffered) || leg.isPatient) return;
        leg.isPatient = true;
        this.#after(random.exponentialMs(meanPatienceMs), () => this.#giveUp(channel));
      }
    }
  }

  #giveUp(channel: Channel): void {
    const owner = this.#state.channels.get(channel);
    const call = owner?.kind === 'call' ? this.#state.calls.get(owner.call) : undefined;
    if (call !== undefined && call.step !== 'talking') this.#end(channel);
  }

  #dial({ channel, attempt, ringMs }: Extract<Effect, { do: 'dial' }>): void {
    this.#legs.set(channel, { sound: 0, wantsCallback: false, isPatient: true });
    const { random, answerRate } = this.#options;
    void must(this.#engine, 'engine of the floor')
      .askDial(attempt)
      .then((number) => {
        if (number === null) return this.#end(channel);
        this.#after(CLIENT_RINGS_MS, () => this.#tellIf({ type: 'channel.ringing', channel }));
        if (random.chance(answerRate))
          this.#after(CLIENT_ANSWERS_MS, () => this.#tellIf({ type: 'channel.answered', channel }));
        else this.#after(ringMs, () => this.#end(channel, 'no_answer'));
      });
  }

  /** The agent ends it, sooner or later. */
  #talk(agentsLeg: Channel): void {
    this.#after(this.#options.random.exponentialMs(this.#options.meanHandleMs), () => this.#end(agentsLeg));
  }

  #end(channel: Channel, cause: 'normal' | 'no_answer' = 'normal'): void {
    if (!this.#legs.delete(channel)) return;
    this.tell({ type: 'channel.ended', channel, cause });
  }

  #tellIf(input: Extract<Input, { type: 'channel.answered' | 'channel.ringing' }>): void {
    if (this.#legs.has(input.channel)) this.tell(input);
  }

  #leg(channel: Channel): Leg | undefined {
    return this.#legs.get(channel);
  }

  #silence(channel: Channel): void {
    const leg = this.#legs.get(channel);
    if (leg !== undefined) leg.sound += 1;
  }

  get #state(): State {
    return must(this.#engine, 'engine of the floor').state;
  }

  #after(ms: number, wake: () => unknown): void {
    const { time } = this.#options;
    time.set(time.now() + ms, { wake }, '');
  }
}
