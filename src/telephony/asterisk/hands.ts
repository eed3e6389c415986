// The hands: effects become ARI requests. Asterisk does the requests of one socket in their order, so they are sent one
// behind the other and never awaited: an effect is on its way when perform() returns. What Asterisk refuses comes back
// as the end of the leg. It decides nothing and remembers only what a leg hears and which bridge it is in.

import { assertNever } from '../../core/assert.ts';
import type { Effect } from '../../core/effect.ts';
import type { AgentId, Channel } from '../../core/id.ts';
import type { House } from '../telephony.ts';
import type { AriClient, AriFailure } from './ari-client.ts';
import { APP, CALLER_VARIABLE, FENCE_LIMIT_SECONDS, RING_VARIABLE, WAIT_LABEL } from './dialplan.ts';
import { KeyGathering } from './key-gathering.ts';
import { farHalf, type Leg, type LegKind, newLeg } from './leg.ts';
import type { Legs } from './legs.ts';
import { Mouth } from './mouth.ts';
import type { Voice } from './prompts.ts';
import type { AgentPhone } from './seats.ts';

export type HandsOptions = {
  readonly ari: AriClient;
  readonly legs: Legs;
  readonly house: House;
  readonly voice: Voice;
  /** Which of an agent's phones is rung. */
  readonly phoneOf: (agent: AgentId) => AgentPhone;
  readonly log: (line: string) => void;
};

type EffectOf<Name extends Effect['do']> = Extract<Effect, { do: Name }>;
type LegEffect = EffectOf<'answer' | 'play' | 'collect_number' | 'music' | 'hang_up' | 'ringback'>;
type Request = Promise<{ readonly ok: true } | AriFailure>;

/** So long may the event of an end be late, after Asterisk said that there is no such channel. */
const endEventLimitMs = 500;
/** Whom Asterisk fails to let go is let go again: at first soon, then at this pace, until they are gone. */
const letGoAgainMs = 1_000;
const letGoAgainMaxMs = 30_000;
/** What trunks speak; both are asked for so that the other side may choose. */
const formats = 'alaw,ulaw';

export class Hands {
  readonly mouth: Mouth;
  readonly #ari: AriClient;
  readonly #legs: Legs;
  readonly #house: House;
  readonly #phoneOf: HandsOptions['phoneOf'];
  readonly #log: (line: string) => void;

  constructor(options: HandsOptions) {
    this.#ari = options.ari;
    this.#legs = options.legs;
    this.#house = options.house;
    this.#phoneOf = options.phoneOf;
    this.#log = options.log;
    this.mouth = new Mouth(options.ari, options.voice, options.house, {
      refused: (leg, failure) => this.#refused(leg, failure),
      hangUp: (leg) => this.#hangUp(leg),
      promptEnded: (leg) => leg.gathering?.promptEnded(),
      log: options.log,
    });
  }

  perform(effect: Effect): void {
    switch (effect.do) {
      case 'ring':
        this.#ring(effect);
        break;
      case 'dial':
        this.#dial(effect);
        break;
      case 'bridge':
        this.#bridge(effect.bridge, effect.channels);
        break;
      case 'unbridge':
        this.#unbridge(effect.bridge);
        break;
      case 'sweep':
        this.#sweep(effect.channels, effect.bridges);
        break;
      default: {
        const leg = this.#legs.get(effect.channel);
        if (leg) this.#performOn(leg, effect);
      }
    }
  }

  #performOn(leg: Leg, effect: LegEffect): void {
    // Whatever a leg is to do next, it keys no number any more.
    if (effect.do !== 'answer') stopGathering(leg);
    switch (effect.do) {
      case 'answer':
        this.#ask(leg, this.#ari.request('POST /channels/{channelId}/answer', { channelId: leg.channel }));
        break;
      case 'collect_number':
        this.#gather(leg, effect);
        this.mouth.play(leg, effect);
        break;
      case 'play':
        this.mouth.play(leg, effect);
        break;
      case 'music':
        this.mouth.music(leg);
        break;
      case 'ringback':
        this.mouth.ringback(leg);
        break;
      case 'hang_up':
        this.#hangUp(leg);
        break;
      default:
        assertNever(effect);
    }
  }

  #ring(effect: EffectOf<'ring'>): void {
    const leg = this.#newLeg(effect.channel, 'ring');
    if (!leg) return;
    const phone = this.#phoneOf(effect.agent);
    const asked = this.#ari.request('POST /channels', {
      endpoint: `PJSIP/${phone.endpoint}`,
      app: APP,
      appArgs: 'ring',
      channelId: effect.channel,
      callerId: 'Rappel',
      formats: phone.formats,
      timeout: seconds(effect.ringMs),
    });
    // A phone that is not registered is refused by the request itself. 409: it rings already.
    void asked.then((answer) => {
      if (isRefused(answer) && answer.status !== 409) this.#legs.end(leg, 'unreachable');
    });
  }

  /** One request, never repeated: an answer that does not come leaves open whether the client's phone rings. */
  #dial(effect: EffectOf<'dial'>): void {
    const leg = this.#newLeg(effect.channel, 'dial');
    if (!leg) return;
    const ringSeconds = seconds(effect.ringMs);
    const asked = this.#ari.request(
      'POST /channels',
      {
        endpoint: `Local/${effect.attempt}@fence/n`,
        app: APP,
        appArgs: 'dial',
        channelId: effect.channel,
        otherChannelId: farHalf(effect.channel),
        formats,
        // The dialplan counts the ring time; this is only for a dialplan that hangs.
        timeout: ringSeconds + FENCE_LIMIT_SECONDS + 5,
      },
      { variables: { [CALLER_VARIABLE]: effect.callerId, [RING_VARIABLE]: String(ringSeconds) } },
    );
    void asked.then((answer) => {
      if (isRefused(answer) && answer.status !== 409) this.#legs.end(leg, 'unknown');
    });
  }

  #newLeg(channel: Channel, kind: LegKind): Leg | undefined {
    const leg = newLeg(channel, kind);
    const added = this.#legs.add(leg);
    // Told in a turn of its own: the house is still in perform().
    const lost = { type: 'channel.ended', channel, cause: 'lost' } as const;
    if (added === 'full') queueMicrotask(() => this.#house.tell(lost));
    return added === 'added' ? leg : undefined;
  }

  /** A caller for whom there is no room at all. */
  turnAway(channel: string): void {
    this.#log(`${channel}: turned away, there are too many calls`);
    void this.#ari.request('DELETE /channels/{channelId}', { channelId: channel, reason: 'congestion' });
  }

  /** A caller who cannot be taken in now: the dialplan plays music, and tries again. Left out, context and extension stay. */
  leaveWaiting(channel: string, againMs = letGoAgainMs): void {
    const asked = this.#ari.request('POST /channels/{channelId}/continue', {
      channelId: channel,
      label: WAIT_LABEL,
    });
    void asked.then((answer) => {
      // In nobody's hands and without music is worse than anything: asked for again, unless the caller is gone.
      if (!isRefused(answer) || answer.status === 404) return;
      later(againMs, (nextMs) => this.leaveWaiting(channel, nextMs));
    });
  }

  /** A leg of the house's that is in nobody's table: asked for again where Asterisk fails, until it is gone. */
  hangUpStray(channel: string, againMs = letGoAgainMs): void {
    const asked = this.#ari.request('DELETE /channels/{channelId}', { channelId: channel, reason: 'normal' });
    void asked.then((answer) => {
      if (isRefused(answer) && answer.status >= 500)
        later(againMs, (nextMs) => this.hangUpStray(channel, nextMs));
    });
  }

  #bridge(bridgeId: string, channels: readonly Channel[]): void {
    this.#legs.bridges.add(bridgeId);
    // Without `dtmf_events` two SIP channels are joined beneath Asterisk's own sight, and no key of either is told.
    void this.#ari.request('POST /bridges/{bridgeId}', { bridgeId, type: 'mixing,dtmf_events' });
    for (const channel of channels) {
      const leg = this.#legs.get(channel);
      if (!leg) continue;
      stopGathering(leg);
      this.mouth.stop(leg);
      if (leg.bridge === bridgeId) continue;
      leg.bridge = bridgeId;
      this.#ask(
        leg,
        this.#ari.request('POST /bridges/{bridgeId}/addChannel', { bridgeId, channel: [channel] }),
      );
    }
  }

  /**
   * Each leg is taken out before the bridge goes: Asterisk answers that request when the channel has left, so that what
   * the leg is asked to hear next is heard. A bridge that is ended lets go of its channels a little later, and a
   * prompt that comes meanwhile is played into it and lost.
   */
  #unbridge(bridgeId: string): void {
    this.#legs.bridges.delete(bridgeId);
    for (const leg of this.#legs.all()) {
      if (leg.bridge !== bridgeId) continue;
      leg.bridge = null;
      void this.#ari.request('POST /bridges/{bridgeId}/removeChannel', { bridgeId, channel: [leg.channel] });
    }
    void this.#ari.request('DELETE /bridges/{bridgeId}', { bridgeId });
  }

  /** Callers are not swept: each was told (again) as `call.arrives` after the resync, and is in the house's hands. */
  #sweep(channels: readonly Channel[], bridges: readonly string[]): void {
    const kept = new Set<string>([...channels, ...bridges]);
    for (const leg of this.#legs.all()) if (leg.kind !== 'call' && !kept.has(leg.channel)) this.#hangUp(leg);
    for (const bridge of [...this.#legs.bridges]) if (!kept.has(bridge)) this.#unbridge(bridge);
  }

  /**
   * To hang up twice is as good as once: where Asterisk fails (5xx) it is asked for again until the leg is gone. Nobody
   * else would: the house has let go of a client whose survey has ended.
   */
  #hangUp(leg: Leg, againMs = letGoAgainMs): void {
    const { channel } = leg;
    const asked = this.#ari.request('DELETE /channels/{channelId}', { channelId: channel, reason: 'normal' });
    void asked.then((answer) => {
      if (!isRefused(answer)) return;
      if (answer.status < 500) this.#refused(leg, answer);
      else later(againMs, (nextMs) => this.#legs.has(leg) && this.#hangUp(leg, nextMs));
    });
  }

  #gather(leg: Leg, effect: EffectOf<'collect_number'>): void {
    const { playback, firstKeyMs, nextKeyMs, keyRepeatMs, extensionOf } = effect;
    const { channel } = leg;
    const before = leg.pressed === null ? null : { ...leg.pressed, repeatMs: keyRepeatMs };
    const done = (text: string, closed: boolean): void => {
      leg.gathering = null;
      const house = this.#house;
      if (extensionOf === undefined)
        house.tell({ type: 'number.collected', channel, playback, number: house.takeNumber(text) });
      else {
        const number = house.takeExtension(extensionOf, closed ? `${text}#` : text);
        house.tell({ type: 'extension.collected', channel, playback, number });
      }
    };
    leg.gathering = new KeyGathering({ firstKeyMs, nextKeyMs, before, done });
  }

  #ask(leg: Leg, request: Request): void {
    void request.then((answer) => {
      if (isRefused(answer)) this.#refused(leg, answer);
    });
  }

  /**
   * No such channel (404, or 400 from a bridge), or it is leaving us (409, 422). The event of its end, with the true
   * cause, is under way and may come after this answer; only when it does not is the leg told as lost, and hung up, so
   * that what we said is true. Any other refusal (412: not up yet) leaves the leg as it is.
   */
  #refused(leg: Leg, failure: AriFailure): void {
    if (!this.#legs.has(leg)) return;
    this.#log(`${leg.channel}: refused by Asterisk (${failure.status})`);
    if (!meansGone.has(failure.status)) return;
    const isLate = () => {
      if (!this.#legs.has(leg)) return;
      void this.#ari.request('DELETE /channels/{channelId}', { channelId: leg.channel, reason: 'normal' });
      this.#legs.end(leg, 'lost');
    };
    setTimeout(isLate, endEventLimitMs).unref();
  }
}

const meansGone: ReadonlySet<number> = new Set([400, 404, 409, 422]);

function stopGathering(leg: Leg): void {
  leg.gathering?.cancel();
  leg.gathering = null;
}

/** One who waits costs one timer, and there are as many as there are channels. */
function later(ms: number, again: (nextMs: number) => void): void {
  setTimeout(() => again(Math.min(2 * ms, letGoAgainMaxMs)), ms).unref();
}

function isRefused(answer: { readonly ok: true } | AriFailure): answer is AriFailure {
  return !answer.ok && answer.code === 'ari.refused';
}

/** ARI counts in whole seconds, and 0 would mean for ever. */
function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}
