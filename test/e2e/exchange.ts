// What the centre's own Asterisk says of itself, heard by a second pair of ears beside the service's: which channels and
// bridges live, what is played to whom, which keys were pressed. A test waits for it as for the facts. It must not ask
// the service: it is there to find out whether the service told the truth.

import { join } from 'node:path';
import type { Say } from '../../src/core/effect.ts';
import type { Language } from '../../src/core/id.ts';
import { AriSocket } from '../../src/telephony/asterisk/ari-socket.ts';
import type { AriEvent } from '../../src/telephony/asterisk/ari-types.ts';
import { isVoice, readVoice } from '../../src/telephony/asterisk/prompts.ts';

const APP = 'onlooker';
const ROOT = join(import.meta.dirname, '../..');

export type Heard = { readonly channel: string; readonly sound: string };

export class Exchange {
  readonly #channels = new Set<string>();
  readonly #bridges = new Set<string>();
  readonly #heard: Heard[] = [];
  readonly #keys: { readonly channel: string; readonly key: string }[] = [];
  readonly #waiters = new Set<() => boolean>();
  #count = 0;
  #ari!: AriSocket;

  static async open(address: { readonly port: number; readonly password: string }): Promise<Exchange> {
    const exchange = new Exchange();
    exchange.#ari = await AriSocket.connect(
      { host: '127.0.0.1', ...address, user: 'rappel', apps: [APP] },
      { event: (event) => exchange.#note(event), closed: () => undefined },
    );
    // An event source without a name is all of its kind.
    const subscribed = await exchange.#ari.request('POST /applications/{applicationName}/subscription', {
      applicationName: APP,
      eventSource: ['channel:', 'bridge:'],
    });
    if (!subscribed.ok) throw new Error(`the centre's Asterisk gives no events (${subscribed.text})`);
    return exchange;
  }

  close(): void {
    this.#ari.close('closed by us');
  }

  /** Resolves when no channel and no bridge is left, by its events and then by its own lists. */
  async empty(): Promise<void> {
    for (;;) {
      await this.#until(() => this.#channels.size === 0 && this.#bridges.size === 0);
      const channels = await this.#ari.request('GET /channels', {});
      const bridges = await this.#ari.request('GET /bridges', {});
      if (!channels.ok || !bridges.ok)
        throw new Error("the centre's Asterisk does not list what lives in it");
      if (channels.value.length === 0 && bridges.value.length === 0) return;
      const count = this.#count;
      await this.#until(() => this.#count > count); // the next event, whatever it is
    }
  }

  /** What this channel was played so far, in order: `fr/digits/5`, `prompts/fr/offer.hold`. */
  played(channel: string): string[] {
    return this.#heard.flatMap((heard) => (heard.channel === channel ? [heard.sound] : []));
  }

  /** Resolves when these sounds have begun on this channel, one directly behind the other, from its `from`-th sound on. */
  async untilPlayed(channel: string, sounds: readonly string[], from = 0): Promise<void> {
    await this.#until(() => isWithin(sounds, this.played(channel).slice(from)));
  }

  /** Resolves when this channel has pressed so many keys in all. */
  async untilPressed(channel: string, count: number): Promise<void> {
    await this.#until(() => this.#keys.filter((key) => key.channel === channel).length >= count);
  }

  #until(look: () => boolean): Promise<void> {
    if (look()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiters.add(() => {
        if (!look()) return false;
        resolve();
        return true;
      });
    });
  }

  #note(event: AriEvent): void {
    this.#count += 1;
    switch (event.type) {
      case 'ChannelCreated':
        this.#channels.add(event.channel.id);
        break;
      case 'ChannelDestroyed':
        this.#channels.delete(event.channel.id);
        break;
      case 'BridgeCreated':
        this.#bridges.add(event.bridge.id);
        break;
      case 'BridgeDestroyed':
        this.#bridges.delete(event.bridge.id);
        break;
      // Once for each sound of a playback; "continuing" comes before it and says nothing more.
      case 'PlaybackStarted': {
        const { target_uri: target, media_uri: media } = event.playback;
        this.#heard.push({ channel: target.slice('channel:'.length), sound: soundName(media) });
        break;
      }
      case 'ChannelDtmfReceived':
        this.#keys.push({ channel: event.channel.id, key: event.digit });
        break;
      default:
    }
    for (const waiter of this.#waiters) if (waiter()) this.#waiters.delete(waiter);
  }
}

const voice = readVoice(ROOT);

/** The sounds in which the centre's voice says this. A number must be given as its digits. */
export function soundsOf(say: readonly Say[], language: Language): string[] {
  if (!isVoice(voice)) throw new Error(voice.message);
  return voice.media(say, language).map(soundName);
}

/** Without the folder in which the repository happens to stand; as it is called in events and in the log. */
export function soundName(media: string): string {
  const name = media.replace(/^sound:/, '');
  return name.startsWith(`${ROOT}/`) ? name.slice(ROOT.length + 1) : name;
}

/** The language in which a sound is; null for a pause. */
export function languageOf(sound: string): Language | null {
  return (/^(?:prompts\/)?(en|fr)\//.exec(sound)?.[1] as Language | undefined) ?? null;
}

/**
 * The languages of what was played, the one in which the other language is offered left out: that is in the other, and
 * nothing else is.
 */
export function languagesOf(sounds: readonly string[]): Language[] {
  const languages = sounds.map((sound, i) => {
    const isOffer = sound.endsWith('/language.other') || sounds[i - 1]?.endsWith('/language.other');
    return isOffer ? null : languageOf(sound);
  });
  return [...new Set(languages)].filter((language) => language !== null).sort();
}

export function isWithin(part: readonly string[], whole: readonly string[]): boolean {
  return whole.some((_, at) => part.every((sound, i) => whole[at + i] === sound));
}
