// The ears: ARI's events become inputs, in their order. A leg that begins and is nobody's is hung up; other events of
// channels that are not (or no longer) ours fall to the ground. A caller's number goes straight to the house, which keeps it in the vault; it is not kept here.

import type { Channel } from '../../core/id.ts';
import type { Key } from '../../core/input.ts';
import type { House } from '../telephony.ts';
import type { Channel as AriChannel, AriEvent } from './ari-types.ts';
import { classifyEnd } from './causes.ts';
import type { Hands } from './hands.ts';
import { farHalf, kindOf, type Leg, newLeg } from './leg.ts';
import type { Legs } from './legs.ts';
import type { Mouth } from './mouth.ts';

/** Longer than events of two channels are ever apart, short for an agent who waits. */
const TRUNK_WORD_MS = 300;

export class Ears {
  readonly #house: House;
  readonly #legs: Legs;
  readonly #hands: Hands;
  readonly #mouth: Mouth;
  /** Legs that have ended but for the word of the far end. */
  readonly #waiting = new Map<Leg, () => void>();

  constructor(house: House, legs: Legs, hands: Hands) {
    this.#house = house;
    this.#legs = legs;
    this.#hands = hands;
    this.#mouth = hands.mouth;
  }

  hear(event: AriEvent): void {
    switch (event.type) {
      case 'StasisStart':
        this.#enter(event.channel, event.args);
        break;
      case 'StasisEnd':
        this.#leave(event.channel.id);
        break;
      case 'ChannelStateChange':
        this.#noteState(event.channel);
        break;
      case 'ChannelDestroyed':
        this.#noteDestroyed(event.channel.id, event.cause, event.tech_cause ?? 0);
        break;
      case 'Dial':
        this.#noteDial(event.caller?.id, event.peer.id, event.dialstatus);
        break;
      case 'ChannelDtmfReceived':
        this.#notePress(event.channel.id, event.digit);
        break;
      case 'PlaybackStarted':
      case 'PlaybackFinished': {
        const { id, target_uri: target } = event.playback;
        const leg = this.#legs.get(target.slice('channel:'.length));
        if (leg && event.type === 'PlaybackStarted') this.#mouth.began(leg, id);
        else if (leg) this.#mouth.finished(leg, id);
        break;
      }
      default:
    }
  }

  /** A caller is in our hands. Told once for each resync; the house knows those that it knows. */
  tellArrival(channel: AriChannel, dnis: string): void {
    const { number } = channel.caller;
    const ani = /\d/.test(number) ? this.#house.takeNumber(number) : null;
    this.#house.tell({ type: 'call.arrives', channel: channel.id as Channel, ani, dnis });
  }

  #enter(channel: AriChannel, args: readonly string[]): void {
    const leg = this.#legs.get(channel.id);
    if (!leg) {
      if (args[0] !== 'inbound') {
        this.#sweepLate(channel);
        return;
      }
      if (!this.#house.takesCalls) {
        this.#hands.leaveWaiting(channel.id);
        return;
      }
      const added = this.#legs.add(newLeg(channel.id as Channel, 'call'));
      if (added === 'full') this.#hands.turnAway(channel.id);
      else this.tellArrival(channel, args[1] ?? '');
      return;
    }
    // A caller found by the resync, or a leg that the resync saw answered, has been told already.
    if (leg.kind === 'call' || leg.answered) return;
    leg.answered = true;
    this.#house.tell({ type: 'channel.answered', channel: leg.channel });
  }

  /** A leg that was answered is over when it leaves the application; its cause tells nothing more. */
  #leave(id: string): void {
    const leg = this.#legs.get(id);
    if (leg) this.#legs.end(leg, 'normal');
  }

  #noteState(channel: AriChannel): void {
    const leg = this.#legs.get(channel.id);
    if (!leg) {
      this.#sweepLate(channel);
      return;
    }
    if (channel.state !== 'Ringing' || leg.toldRinging) return;
    leg.rang = true;
    leg.toldRinging = true;
    this.#house.tell({ type: 'channel.ringing', channel: leg.channel });
  }

  /**
   * Asked for by a program that was here before, or over a socket that was lost, and begun after the list was made: the
   * resync did not see it, and nobody would ever hang it up.
   */
  #sweepLate(channel: AriChannel): void {
    const kind = kindOf(channel);
    if (kind === 'ring' || kind === 'dial') this.#hands.hangUpStray(channel.id);
  }

  /** The far half dials the trunk: the end of that channel will bring the far end's own answer. */
  #noteDial(caller: string | undefined, peer: string, status: string): void {
    const leg = this.#legs.behind(peer) ?? this.#legOfFarHalf(caller);
    if (!leg) return;
    this.#legs.noteTrunkChannel(leg, peer);
    // Answered: it may be over again before its extension is keyed, and that is no dead trunk.
    if (status === 'RINGING' || status === 'PROGRESS' || status === 'ANSWER') leg.rang = true;
  }

  #legOfFarHalf(caller: string | undefined) {
    const suffix = farHalf('');
    return caller?.endsWith(suffix) ? this.#legs.get(caller.slice(0, -suffix.length)) : undefined;
  }

  #noteDestroyed(id: string, cause: number, sipStatus: number): void {
    const behind = this.#legs.behind(id);
    if (behind) {
      behind.sipStatus = sipStatus;
      behind.trunkEnded = true;
      this.#waiting.get(behind)?.();
      return;
    }
    const leg = this.#legs.get(id);
    if (!leg) return;
    const end = () => {
      const { kind, answered, rang } = leg;
      this.#legs.end(
        leg,
        classifyEnd({ leg: kind, answered, rang, cause, sipStatus: sipStatus || leg.sipStatus }),
      );
    };
    // Events of two channels may change places: the far end's own word is waited for, if only for a moment.
    const isEarly = leg.trunkChannel !== null && !leg.trunkEnded && !leg.answered && leg.sipStatus === 0;
    if (isEarly) this.#afterTrunk(leg, end);
    else end();
  }

  #afterTrunk(leg: Leg, end: () => void): void {
    const timer = setTimeout(() => this.#waiting.get(leg)?.(), TRUNK_WORD_MS);
    this.#waiting.set(leg, () => {
      clearTimeout(timer);
      this.#waiting.delete(leg);
      end();
    });
  }

  #notePress(id: string, digit: string): void {
    const leg = this.#legs.get(id);
    if (!leg || !/^[0-9*#]$/.test(digit)) return;
    const key = digit as Key;
    const atMs = performance.now();
    const isBounce = leg.gathering?.isBounce(key, atMs) === true;
    leg.pressed = { key, atMs };
    if (isBounce) return;
    if (leg.gathering) {
      this.#mouth.cut(leg);
      leg.gathering.press(key);
    } else this.#house.tell({ type: 'key.pressed', channel: leg.channel, key });
  }
}
