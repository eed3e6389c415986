// What a leg hears from us: a prompt, music, ringback or nothing, one at a time. A new sound stops the old one first.
// Asterisk does the requests of one socket in their order, so nothing here waits for an answer before the next request.
// A prompt that is replaced is not reported; one that ends, fails, or is cut by a key or by the end of its leg is.

import type { Effect, Say } from '../../core/effect.ts';
import type { Language } from '../../core/id.ts';
import type { House } from '../telephony.ts';
import type { AriClient, AriFailure } from './ari-client.ts';
import { type Leg, SILENCE, type Sound } from './leg.ts';
import type { Voice } from './prompts.ts';

export type Play = Extract<Effect, { do: 'play' | 'collect_number' }>;

/** What the mouth asks of its owner. */
export type MouthOwner = {
  /** A request about this leg was refused. */
  refused(leg: Leg, failure: AriFailure): void;
  hangUp(leg: Leg): void;
  promptEnded(leg: Leg): void;
  log(line: string): void;
};

export class Mouth {
  readonly #ari: AriClient;
  readonly #voice: Voice;
  readonly #house: House;
  readonly #owner: MouthOwner;

  constructor(ari: AriClient, voice: Voice, house: House, owner: MouthOwner) {
    this.#ari = ari;
    this.#voice = voice;
    this.#house = house;
    this.#owner = owner;
  }

  play(leg: Leg, play: Play): void {
    this.stop(leg);
    const sound: Sound = {
      kind: 'prompt',
      playback: play.playback,
      after: play.do === 'play' ? play.after : 'nothing',
      state: 'preparing',
    };
    leg.sound = sound;
    if (play.say.some((say) => 'numberKey' in say || 'extensionOf' in say)) {
      void this.#withNumbers(play.say).then((say) => {
        // Meanwhile the leg may have ended, or been given another sound to hear.
        if (leg.sound === sound) this.#begin(leg, sound, say, play.language);
      });
    } else this.#begin(leg, sound, play.say, play.language);
  }

  music(leg: Leg): void {
    this.stop(leg);
    leg.sound = { kind: 'music' };
    this.#ask(
      leg,
      this.#ari.request('POST /channels/{channelId}/moh', { channelId: leg.channel, mohClass: 'default' }),
    );
  }

  ringback(leg: Leg): void {
    this.stop(leg);
    leg.sound = { kind: 'ringback' };
    this.#ask(leg, this.#ari.request('POST /channels/{channelId}/ring', { channelId: leg.channel }));
  }

  /** Silence, without a report. */
  stop(leg: Leg): void {
    const { sound, channel } = leg;
    leg.sound = SILENCE;
    switch (sound.kind) {
      case 'prompt':
        // Gone already is as good as stopped.
        if (sound.state !== 'preparing')
          void this.#ari.request('DELETE /playbacks/{playbackId}', { playbackId: sound.playback });
        break;
      case 'music':
        void this.#ari.request('DELETE /channels/{channelId}/moh', { channelId: channel });
        break;
      case 'ringback':
        void this.#ari.request('DELETE /channels/{channelId}/ring', { channelId: channel });
        break;
      case 'silence':
        break;
    }
  }

  /** A key was pressed that belongs to a number: the prompt has been understood. */
  cut(leg: Leg): void {
    const { sound } = leg;
    if (sound.kind !== 'prompt') return;
    this.stop(leg);
    this.#tellEnded(leg, sound.playback);
  }

  began(leg: Leg, playback: string): void {
    const { sound } = leg;
    if (sound.kind !== 'prompt' || sound.playback !== playback || sound.state === 'heard') return;
    sound.state = 'heard';
    this.#house.tell({ type: 'prompt.began', channel: leg.channel, playback });
  }

  /** Asterisk says that a playback is over; one that is no longer wanted is none of ours. */
  finished(leg: Leg, playback: string): void {
    const { sound } = leg;
    if (sound.kind !== 'prompt' || sound.playback !== playback) return;
    leg.sound = SILENCE;
    this.#tellEnded(leg, playback);
    if (sound.after === 'music') this.music(leg);
    if (sound.after === 'hang_up') this.#owner.hangUp(leg);
  }

  /** The leg is gone: what it was hearing is over. */
  close(leg: Leg): void {
    const { sound } = leg;
    leg.sound = SILENCE;
    if (sound.kind === 'prompt')
      this.#house.tell({ type: 'prompt.ended', channel: leg.channel, playback: sound.playback });
  }

  /** After a reconnect: a prompt that ended while nobody listened is over. */
  async lookAgain(leg: Leg): Promise<void> {
    const { sound } = leg;
    if (sound.kind !== 'prompt' || sound.state === 'preparing') return;
    const found = await this.#ari.request('GET /playbacks/{playbackId}', { playbackId: sound.playback });
    if (!found.ok && found.code === 'ari.refused') this.finished(leg, sound.playback);
  }

  #begin(leg: Leg, sound: Sound & { kind: 'prompt' }, say: readonly Say[], language: Language): void {
    const media = say.length === 0 ? [] : this.#voice.media(say, language);
    const { playback } = sound;
    sound.state = 'asked';
    if (media.length === 0) {
      // Nothing is left to say (a number was erased). Told in a turn of its own: the house is still in perform().
      queueMicrotask(() => this.finished(leg, playback));
      return;
    }
    void this.#ari
      .request('POST /channels/{channelId}/play', {
        channelId: leg.channel,
        playbackId: playback,
        media,
        lang: language,
      })
      .then((answer) => {
        // Unsent or unanswered: the next resync looks again.
        if (answer.ok || answer.code !== 'ari.refused') return;
        this.#owner.log(`${leg.channel}: prompt ${playback} was refused (${answer.status})`);
        if (answer.status === 404) this.#owner.refused(leg, answer);
        else this.finished(leg, playback);
      });
  }

  #tellEnded(leg: Leg, playback: string): void {
    this.#house.tell({ type: 'prompt.ended', channel: leg.channel, playback });
    this.#owner.promptEnded(leg);
  }

  #ask(leg: Leg, request: Promise<{ readonly ok: true } | AriFailure>): void {
    void request.then((answer) => {
      if (!answer.ok && answer.code === 'ari.refused') this.#owner.refused(leg, answer);
    });
  }

  /** A number that was erased meanwhile is left out. */
  async #withNumbers(say: readonly Say[]): Promise<readonly Say[]> {
    const said = await Promise.all(
      say.map(async (item): Promise<Say | undefined> => {
        if (!('numberKey' in item || 'extensionOf' in item)) return item;
        const said =
          'numberKey' in item
            ? await this.#house.sayNumber(item.numberKey)
            : await this.#house.sayExtension(item.extensionOf);
        return said === undefined ? undefined : { digits: said.replace(/^\+1/, '').replace(/\D/g, '') };
      }),
    );
    return said.filter((item) => item !== undefined);
  }
}
