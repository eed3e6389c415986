// A leg as the simulated telephony knows it: what it was told of the channel, and what it has asked it to hear. With the
// process it is forgotten; the exchange's own channel is not.

import type { Channel } from '../../core/id.ts';
import type { ChannelKind } from './exchange-channel.ts';
import type { NumberKeying, Pressed } from './number-keying.ts';

export type Playing = {
  readonly playback: string;
  readonly then: 'nothing' | 'music' | 'hang_up';
  /** `preparing`: the vault is asked for a number. `asked`: the exchange has been told. `heard`: it has begun. */
  state: 'preparing' | 'asked' | 'heard';
};

export type TelephonyLeg = {
  readonly channel: Channel;
  readonly kind: ChannelKind;
  answered: boolean;
  rang: boolean;
  bridge: string | null;
  playing: Playing | null;
  keying: NumberKeying | null;
  pressed: Pressed | null;
};

export function newLeg(channel: Channel, kind: ChannelKind): TelephonyLeg {
  return {
    channel,
    kind,
    answered: false,
    rang: false,
    bridge: null,
    playing: null,
    keying: null,
    pressed: null,
  };
}
