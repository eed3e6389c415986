// What lives outside in the random tests of the core: callers' channels, legs to agents' phones, attempts to reach
// clients. It does what effects ask, knows what is true (for a resync), and counts the INVITEs that the fence let go.
// Who hears whom is known too: everybody is in one bridge, or hears one thing. It must not know the core's state: only effects
// go in.

import type { Effect } from '../../src/core/effect.ts';
import type { Channel, NumberKey } from '../../src/core/id.ts';
import type { LiveChannel } from '../../src/core/input.ts';

export type FarChannel = {
  readonly channel: Channel;
  readonly kind: 'call' | 'leg' | 'attempt';
  up: boolean;
  /** With whom it talks; null: alone, with what it hears. */
  bridge: string | null;
  hears: 'nothing' | 'music' | 'words' | 'ringback';
  /** What it hears and has not been reported as ended. */
  playback: string | null;
  /** The phrases of the last prompt, and whether its beginning was reported. */
  phrases: readonly string[];
  began: boolean;
  collecting: boolean;
  /** Of which number an extension is collected. */
  extensionOf: NumberKey | null;
  invited: boolean;
  /** It was told to hang up; the end is still to be reported. */
  dying: boolean;
};

export class FarWorld {
  readonly channels = new Map<Channel, FarChannel>();
  /** False: effects get lost, and nothing is reported. */
  isReachable = true;
  invites = 0;

  add(channel: Channel, kind: FarChannel['kind']): FarChannel {
    const up = kind === 'call';
    const made: FarChannel = {
      channel,
      kind,
      up,
      bridge: null,
      hears: 'nothing',
      playback: null,
      phrases: [],
      began: false,
      collecting: false,
      extensionOf: null,
      invited: false,
      dying: false,
    };
    this.channels.set(channel, made);
    return made;
  }

  perform(effects: readonly Effect[]): void {
    if (!this.isReachable) return;
    for (const effect of effects) this.do(effect);
  }

  private do(effect: Effect): void {
    switch (effect.do) {
      case 'ring':
        this.add(effect.channel, 'leg');
        return;
      case 'dial':
        this.add(effect.channel, 'attempt');
        return;
      case 'play':
      case 'collect_number': {
        const heard = this.channels.get(effect.channel);
        if (heard === undefined) return;
        heard.playback = effect.playback;
        heard.hears = 'words';
        heard.phrases = effect.say.flatMap((say) => ('prompt' in say ? [say.prompt] : []));
        heard.began = false;
        heard.collecting = effect.do === 'collect_number';
        heard.extensionOf = effect.do === 'collect_number' ? (effect.extensionOf ?? null) : null;
        if (effect.do === 'play' && effect.after === 'hang_up') heard.dying = true;
        return;
      }
      case 'hang_up': {
        const told = this.channels.get(effect.channel);
        if (told !== undefined) told.dying = true;
        return;
      }
      case 'sweep': {
        const kept = new Set(effect.channels);
        for (const far of this.channels.values())
          if (far.bridge !== null && !effect.bridges.includes(far.bridge))
            Object.assign(far, { bridge: null, hears: 'nothing' });
        for (const far of this.channels.values())
          if (far.kind !== 'call' && !kept.has(far.channel)) far.dying = true;
        return;
      }
      case 'music':
      case 'ringback': {
        const heard = this.channels.get(effect.channel);
        if (heard !== undefined) heard.hears = effect.do;
        return;
      }
      case 'bridge':
        for (const channel of effect.channels) {
          const joined = this.channels.get(channel);
          if (joined === undefined) continue;
          joined.bridge = effect.bridge;
          joined.hears = 'nothing';
        }
        return;
      case 'unbridge':
        for (const one of this.channels.values())
          if (one.bridge === effect.bridge) Object.assign(one, { bridge: null, hears: 'nothing' });
        return;
      case 'answer':
        return;
    }
  }

  alive(): LiveChannel[] {
    return [...this.channels.values()].map(({ channel, up }) => ({ channel, up }));
  }

  /** Alive, wanted by nobody and not told to hang up: a channel that would cost money for ever (S20). */
  orphans(owned: ReadonlyMap<Channel, unknown>): Channel[] {
    return [...this.channels.values()]
      .filter(({ channel, dying }) => !dying && !owned.has(channel))
      .map(({ channel }) => channel);
  }
}
