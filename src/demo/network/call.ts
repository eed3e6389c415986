// One call as one end of it lives it: a channel of the network's Asterisk and, once it is up, the sound of it. The
// states go one way:
//
//   begun --answer--> up --> ended
//     \-----------------------^     (refused, given up, cancelled)
//
// It must not know whose call it is: citizens and phones use the same.

import type { EndCause } from '../../core/input.ts';
import type { AriSocket } from '../../telephony/asterisk/ari-socket.ts';
import type { FarCall, FarEnd, HeardTone, Refusal } from '../../telephony/far-side.ts';
import { NETWORK } from './configuration.ts';
import { Sound, type SoundOptions } from './sound.ts';

const KEY_MS = 100;
const BETWEEN_KEYS_MS = 100;

/** Q.850 causes that Asterisk turns into 486, 603 (21 would give 403), 404, 480 and 503. */
const REFUSAL_CAUSES: Readonly<Record<Refusal, number>> = {
  busy: 17,
  rejected: 16,
  unallocated: 1,
  no_answer: 19,
  congestion: 34,
};
const NORMAL_CLEARING = 16;

export type CallOptions = {
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly toneHz: number;
  readonly ari: AriSocket;
  /** Where sound is had: the address of a connection id. */
  readonly soundUrl: (connection: string) => string;
  readonly others: SoundOptions['others'];
  /** Neither sends nor hears sound: it is answered as soon as it is up. */
  readonly silent: boolean;
  /** The channel of sound is being made. */
  readonly soundBegun: () => void;
  /** It was not made after all. (That it ended is told by Asterisk.) */
  readonly soundGone: () => void;
};

export class Call implements FarCall {
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly toneHz: number;
  readonly answered: Promise<boolean>;
  readonly ended: Promise<FarEnd>;
  readonly #options: CallOptions;
  #state: 'begun' | 'up' | 'ended' = 'begun';
  #keysHeard = '';
  #keyHeardAt = '';
  readonly #keyListeners = new Set<{ readonly keys: string; readonly found: (isHeard: boolean) => void }>();
  #sound: Sound | undefined;
  #sounding: Promise<Sound | undefined> | undefined;
  /** What this end asked for; its end is then this end's doing. */
  #endedHere: EndCause | undefined;
  /** Asterisk may be asked to join the sound to the call, or nobody will ask it. */
  readonly #soundReady: Promise<void>;
  #settleSoundReady: () => void = () => {};
  #settleAnswered: (up: boolean) => void = () => {};
  #settleEnded: (end: FarEnd) => void = () => {};

  constructor(options: CallOptions) {
    this.#options = options;
    this.id = options.id;
    this.direction = options.direction;
    this.toneHz = options.toneHz;
    this.answered = new Promise((resolve) => {
      this.#settleAnswered = resolve;
    });
    this.ended = new Promise((resolve) => {
      this.#settleEnded = resolve;
    });
    this.#soundReady = new Promise((resolve) => {
      this.#settleSoundReady = resolve;
    });
  }

  /** The channel that carries the sound between this call and us. */
  get soundChannel(): string {
    // Not the other way round: Asterisk refuses an id that is the beginning of a living channel's.
    return `sound-${this.id}`;
  }

  get state(): 'begun' | 'up' | 'ended' {
    return this.#state;
  }

  /** Opens the way for sound before it is needed, so that nothing is missed at the answer. */
  prepareSound(): void {
    if (this.#options.silent) return;
    this.#sounding ??= this.#openSound();
  }

  /** Asterisk says that the channel of sound is ours to use. */
  noteSoundReady(): void {
    this.#settleSoundReady();
  }

  /** Asterisk says that the channel is up. Told more than once: harmless. */
  async noteUp(): Promise<void> {
    if (this.#state !== 'begun') return;
    this.#state = 'up';
    if (this.#options.silent) this.#settleAnswered(true);
    this.prepareSound();
    const sound = await this.#sounding;
    if (!sound || this.#ended()) return;
    const { ari } = this.#options;
    void ari.request('POST /bridges', { type: 'mixing', bridgeId: this.#bridge });
    const channel = [this.id, this.soundChannel];
    const joined = await ari.request('POST /bridges/{bridgeId}/addChannel', {
      bridgeId: this.#bridge,
      channel,
    });
    if (this.#ended() || !joined.ok) return;
    sound.start();
    this.#settleAnswered(true);
  }

  /** Asterisk says that the channel is gone. Told more than once: harmless. */
  noteEnded(cause: EndCause): void {
    if (this.#state === 'ended') return;
    const wasUp = this.#state === 'up';
    this.#state = 'ended';
    // Refused when there was none yet; nothing follows the request that makes one, so none is left.
    if (wasUp && !this.#options.silent)
      void this.#options.ari.request('DELETE /bridges/{bridgeId}', { bridgeId: this.#bridge });
    // A sound channel may still be made just now: it is closed once it is there. Cut off in the middle, it would stay.
    void this.#sounding?.then((sound) => sound?.close());
    this.#settleAnswered(false);
    for (const { found } of this.#keyListeners) found(false);
    this.#keyListeners.clear();
    const there: EndCause = wasUp && cause !== 'lost' ? 'normal' : cause;
    this.#settleEnded(
      this.#endedHere ? { by: 'this_end', cause: this.#endedHere } : { by: 'the_other', cause: there },
    );
  }

  ring(): void {
    if (this.#state !== 'begun') return;
    this.prepareSound();
    void this.#options.ari.request('POST /channels/{channelId}/ring', { channelId: this.id });
  }

  answer(): Promise<boolean> {
    if (this.#state === 'begun') {
      this.prepareSound();
      void this.#options.ari.request('POST /channels/{channelId}/answer', { channelId: this.id });
    }
    return this.answered;
  }

  refuse(how: Refusal): Promise<FarEnd> {
    return this.#end(how, String(REFUSAL_CAUSES[how]));
  }

  hangUp(): Promise<FarEnd> {
    return this.#end('normal', String(NORMAL_CLEARING));
  }

  async press(keys: string): Promise<boolean> {
    if (this.#state !== 'up') return false;
    await this.#options.ari.request('POST /channels/{channelId}/dtmf', {
      channelId: this.id,
      dtmf: keys,
      duration: KEY_MS,
      between: BETWEEN_KEYS_MS,
    });
    // Asterisk does not tell when it has pressed the last one, but it keeps to this time.
    const pressingMs = keys.length * (KEY_MS + BETWEEN_KEYS_MS);
    return new Promise((resolve) => {
      const done = setTimeout(() => resolve(true), pressingMs);
      void this.ended.then(() => {
        clearTimeout(done);
        resolve(false);
      });
    });
  }

  async hears(toneHz: number): Promise<boolean> {
    return (await this.answered) && this.#sound !== undefined && this.#sound.hears(toneHz);
  }

  async hearsAnything(): Promise<boolean> {
    return (await this.answered) && this.#sound !== undefined && this.#sound.hears('anything');
  }

  /** True as soon as another end's tone has been heard for HEARD_MS: a person, and neither words nor music. */
  async hearsSomebody(): Promise<boolean> {
    return (await this.answered) && this.#sound !== undefined && this.#sound.hears('somebody');
  }

  /** True as soon as words or music alone are heard where somebody was heard before: the other one has gone. */
  async hearsVoiceAfterwards(): Promise<boolean> {
    return (await this.answered) && this.#sound !== undefined && this.#sound.hears('voice');
  }

  async hearsKeys(keys: string): Promise<boolean> {
    if (this.#keysHeard.includes(keys)) return true;
    if (this.#ended()) return false;
    return new Promise((found) => this.#keyListeners.add({ keys, found }));
  }

  keysHeard(): string {
    return this.#keysHeard;
  }

  /** Asterisk says that a key was pressed at the other end; twice, as we hear both its channel and its endpoint. */
  noteKey(key: string, timestamp: string): void {
    if (timestamp === this.#keyHeardAt) return;
    this.#keyHeardAt = timestamp;
    this.#keysHeard += key;
    for (const listener of this.#keyListeners) {
      if (!this.#keysHeard.includes(listener.keys)) continue;
      this.#keyListeners.delete(listener);
      listener.found(true);
    }
  }

  heard(): readonly HeardTone[] {
    return this.#sound?.heard() ?? [];
  }

  get #bridge(): string {
    return `bridge-${this.id}`;
  }

  #ended(): boolean {
    return this.#state === 'ended';
  }

  #end(cause: EndCause, reasonCode: string): Promise<FarEnd> {
    if (this.#state !== 'ended' && this.#endedHere === undefined) {
      this.#endedHere = cause;
      void this.#options.ari.request('DELETE /channels/{channelId}', {
        channelId: this.id,
        reason_code: reasonCode,
      });
    }
    return this.ended;
  }

  async #openSound(): Promise<Sound | undefined> {
    const { ari, soundUrl, others, soundBegun, soundGone } = this.#options;
    soundBegun();
    const made = await ari.request('POST /channels/externalMedia', {
      channelId: this.soundChannel,
      app: NETWORK,
      external_host: 'INCOMING',
      transport: 'websocket',
      encapsulation: 'none',
      connection_type: 'server',
      format: 'alaw',
      direction: 'both',
    });
    const connection = made.ok ? made.value.channelvars?.MEDIA_WEBSOCKET_CONNECTION_ID : undefined;
    if (typeof connection !== 'string') {
      soundGone();
      return undefined;
    }
    const sound = new Sound({
      url: soundUrl(connection),
      toneHz: this.toneHz,
      others,
      now: () => performance.now(),
    });
    this.#sound = sound;
    await this.#soundReady;
    return sound;
  }
}
