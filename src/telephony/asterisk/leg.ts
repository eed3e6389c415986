// A leg: one channel of ours and what we know of it. A caller's own (`call`), an agent's phone (`ring`), a client called
// through the fence (`dial`). Mutable, owned by the table of legs; when the channel is gone the leg leaves the
// table, and whatever is still asked for it ends quietly. It must not hold a number.

import type { Channel } from '../../core/id.ts';
import type { Key } from '../../core/input.ts';
import type { Channel as AriChannel } from './ari-types.ts';
import { APP } from './dialplan.ts';
import type { KeyGathering } from './key-gathering.ts';

export type Sound =
  | { readonly kind: 'silence' | 'music' | 'ringback' }
  | {
      readonly kind: 'prompt';
      readonly playback: string;
      readonly after: 'nothing' | 'music' | 'hang_up';
      /** `preparing`: the vault is asked for a number. `asked`: Asterisk has been told. `heard`: it has begun. */
      state: 'preparing' | 'asked' | 'heard';
    };

export type LegKind = 'call' | 'ring' | 'dial';

export type Leg = {
  readonly channel: Channel;
  readonly kind: LegKind;
  answered: boolean;
  /** The far phone said that it rings, or sent sound. */
  rang: boolean;
  toldRinging: boolean;
  /** The bridge that this leg was put into. */
  bridge: string | null;
  sound: Sound;
  gathering: KeyGathering | null;
  /** The key pressed last, and when by performance.now(). */
  pressed: { readonly key: Key; readonly atMs: number } | null;
  /** Behind the fence: the trunk's own channel, and what the far end answered. */
  trunkChannel: string | null;
  /** That channel is gone, and what the far end answered is known. */
  trunkEnded: boolean;
  sipStatus: number;
};

export const SILENCE: Sound = { kind: 'silence' };

export function newLeg(channel: Channel, kind: LegKind): Leg {
  return {
    channel,
    kind,
    answered: false,
    rang: false,
    toldRinging: false,
    bridge: null,
    sound: SILENCE,
    gathering: null,
    pressed: null,
    trunkChannel: null,
    trunkEnded: false,
    sipStatus: 0,
  };
}

/** The other half of a client's Local channel, where the dialplan runs. */
export function farHalf(channel: string): string {
  return `${channel}-far`;
}

/**
 * What a listed channel is to us; undefined for those that are none of ours: far halves, the trunk's channels behind
 * them, callers who still wait in the dialplan. Ids that we gave have no dot; those that Asterisk made up have one.
 */
export function kindOf(channel: AriChannel): LegKind | undefined {
  if (inboundDnis(channel) !== undefined) return 'call';
  if (channel.id.includes('.') || channel.id.endsWith(farHalf(''))) return undefined;
  return channel.name.startsWith('Local/') ? 'dial' : 'ring';
}

/** The dialled number of a caller who is in our hands: Stasis(rappel,inbound,DNIS). */
export function inboundDnis(channel: AriChannel): string | undefined {
  const { app_name: name, app_data: data } = channel.dialplan;
  const start = `${APP},inbound,`;
  return name === 'Stasis' && data.startsWith(start) ? data.slice(start.length) : undefined;
}
