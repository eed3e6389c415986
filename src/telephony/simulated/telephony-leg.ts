// A leg as the simulated telephony knows it: what it was told of the channel, and what it has asked it to hear. With the
// process it is forgotten; the exchange's own channel is not.

import type { Channel } from '../../core/id.ts';
import type { ChannelKind, ExchangeChannel } from './exchange-channel.ts';
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

/** A channel that lives, as it was listed. */
export type Found = {
  readonly id: Channel;
  readonly kind: ChannelKind;
  readonly isUp: boolean;
  readonly rang: boolean;
  readonly bridge: string | null;
  readonly from: string | null;
  readonly dnis: string;
};

/** As a list shows it: what becomes of the channel while the list is under way is not in it. */
export function asFound(channel: ExchangeChannel): Found {
  const { id, kind, isUp, bridge, from, dnis } = channel;
  return { id, kind, isUp, rang: channel.leg?.rang ?? false, bridge, from, dnis };
}
