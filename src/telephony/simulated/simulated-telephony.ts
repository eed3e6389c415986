// The telephony port on the simulated exchange: what the Asterisk driver is on the real one. Effects go out and events
// come in over one connection that takes its time and can be lost; the fence is a door of its own, as over HTTP. It knows
// its legs and what they hear, never a state of the house. The exchange outlives it: `kill` is the end of the process.

import { assert, assertNever } from '../../core/assert.ts';
import type { Effect, Say } from '../../core/effect.ts';
import type { Channel } from '../../core/id.ts';
import type { LiveChannel } from '../../core/input.ts';
import type { House, Seat, Telephony } from '../telephony.ts';
import type { ExchangeEvent, ExchangeRequest, FenceDoor, SimulatedExchange, Socket } from './exchange.ts';
import type { ChannelKind } from './exchange-channel.ts';
import { NumberKeying } from './number-keying.ts';
import { type TelephonyLeg as Leg, newLeg, type Playing } from './telephony-leg.ts';
import type { Timeline } from './timeline.ts';
import { Wire } from './wire.ts';

export type SimulatedTelephonyOptions = {
  readonly exchange: SimulatedExchange;
  readonly timeline: Timeline;
  /** How long one message takes, either way, in whole ms; 0 when left out. Order is kept. */
  readonly latencyMs?: () => number;
  /** Another program took over the calls: this one must end. */
  readonly replaced?: () => void;
};

type PlayEffect = Extract<Effect, { do: 'play' | 'collect_number' }>;

const LEGS_MAX = 50_000;

export class SimulatedTelephony implements Telephony, FenceDoor {
  readonly #exchange: SimulatedExchange;
  readonly #timeline: Timeline;
  readonly #out: Wire<ExchangeRequest>;
  readonly #in: Wire<ExchangeEvent | 'replaced'>;
  readonly #questions: Wire<{ readonly attempt: string; readonly channel: Channel }>;
  readonly #answers: Wire<{ readonly channel: Channel; readonly number: string | null }>;
  readonly #legs = new Map<Channel, Leg>();
  readonly #bridges = new Set<string>();
  #house: House | null = null;
  #socket: Socket | null = null;
  #live = false;
  #asking = 0;

  constructor(options: SimulatedTelephonyOptions) {
    const { exchange, timeline, latencyMs = () => 0 } = options;
    this.#exchange = exchange;
    this.#timeline = timeline;
    this.#out = new Wire(timeline, latencyMs, (request) => exchange.request(request));
    this.#in = new Wire(timeline, latencyMs, (event) => {
      if (event === 'replaced') options.replaced?.();
      else this.#note(event);
    });
    this.#questions = new Wire(timeline, latencyMs, ({ attempt, channel }) =>
      this.#askHouse(attempt, channel),
    );
    this.#answers = new Wire(timeline, latencyMs, ({ channel, number }) =>
      exchange.fenceAnswers(channel, number),
    );
  }

  /** Questions to the house that are not answered yet: while there are any, promises are under way. */
  get asking(): number {
    return this.#asking;
  }

  get isLive(): boolean {
    return this.#live;
  }

  async open(house: House): Promise<void> {
    assert(this.#house === null, 'telephony is opened once');
    this.#house = house;
    this.#exchange.fence = this;
    this.#connect();
  }

  perform(effects: readonly Effect[]): void {
    if (!this.#live) return;
    for (const effect of effects) this.#perform(effect);
  }

  async seat(seats: readonly Seat[]): Promise<void> {
    this.#exchange.network.seat(seats.map((seat) => seat.agent));
  }

  async close(): Promise<void> {
    this.kill();
  }

  // ---- what may happen to it

  /** The process is gone, with all that was under way. */
  kill(): void {
    this.#disconnect();
    if (this.#exchange.fence === this) this.#exchange.fence = null;
    this.#questions.cut();
    this.#answers.cut();
    for (const leg of this.#legs.values()) this.#forget(leg);
    this.#house = null;
  }

  /** The process does not run until then: what comes waits for it. */
  stall(untilAt: number): void {
    this.#in.hold(untilAt);
    this.#questions.hold(untilAt);
  }

  /** The socket is lost with what is under way on it, both ways; the fence's door is not. */
  loseSocket(): void {
    if (!this.#live) return;
    this.#disconnect();
    this.#house?.tell({ type: 'telephony.lost' });
  }

  restoreSocket(): void {
    if (!this.#live && this.#house !== null) this.#connect();
  }

  // ---- the fence

  ask(attempt: string, channel: Channel): void {
    this.#questions.send({ attempt, channel });
  }

  #askHouse(attempt: string, channel: Channel): void {
    const house = this.#house;
    if (house === null) return;
    this.#asking += 1;
    void house.askDial(attempt).then((number) => {
      this.#asking -= 1;
      if (this.#house !== null) this.#answers.send({ channel, number });
    });
  }

  // ---- the socket

  #connect(): void {
    const found = this.#exchange.find();
    this.#exchange.socket?.replaced();
    this.#socket = { event: (event) => this.#in.send(event), replaced: () => this.#in.send('replaced') };
    this.#exchange.socket = this.#socket;
    const kept = new Set<Channel>();
    const channels: LiveChannel[] = [];
    for (const channel of found.channels) {
      kept.add(channel.id);
      const leg = this.#legs.get(channel.id) ?? this.#add(channel.id, channel.kind);
      leg.answered = channel.isUp;
      leg.rang = channel.leg?.rang ?? false;
      leg.bridge = channel.bridge;
      channels.push({ channel: channel.id, up: channel.isUp });
    }
    for (const leg of this.#legs.values()) if (!kept.has(leg.channel)) this.#forget(leg);
    this.#bridges.clear();
    for (const bridge of found.bridges) this.#bridges.add(bridge);
    this.#live = true;
    this.#tell({ type: 'telephony.resynced', channels });
    for (const channel of found.channels)
      if (channel.kind === 'call') this.#tellArrival(channel.id, channel.from, channel.dnis);
    for (const leg of this.#legs.values()) this.#lookAgain(leg);
  }

  #disconnect(): void {
    if (!this.#live) return;
    this.#live = false;
    if (this.#exchange.socket === this.#socket) this.#exchange.socket = null;
    this.#in.cut();
    this.#out.cut();
  }

  /** A prompt that ended while nobody listened, or that was never begun, is over. */
  #lookAgain(leg: Leg): void {
    const { playing } = leg;
    if (playing === null || playing.state === 'preparing') return;
    if (!this.#exchange.hasPlayback(leg.channel, playing.playback)) this.#finished(leg, playing.playback);
  }

  #note(event: ExchangeEvent): void {
    if (event.is === 'arrived') {
      if (this.#legs.has(event.channel)) return;
      if (this.#house?.takesCalls === false) {
        this.#out.send({ do: 'wait', channel: event.channel });
        return;
      }
      this.#add(event.channel, 'call');
      this.#tellArrival(event.channel, event.from, event.dnis);
      return;
    }
    const leg = this.#legs.get(event.channel);
    if (leg === undefined) return;
    switch (event.is) {
      case 'ringing':
        leg.rang = true;
        this.#tell({ type: 'channel.ringing', channel: leg.channel });
        return;
      case 'answered':
        leg.answered = true;
        this.#tell({ type: 'channel.answered', channel: leg.channel });
        return;
      case 'ended':
        this.#end(leg, event.cause);
        return;
      case 'pressed':
        this.#pressed(leg, event.key);
        return;
      case 'began':
        if (leg.playing?.playback !== event.playback || leg.playing.state === 'heard') return;
        leg.playing.state = 'heard';
        this.#tell({ type: 'prompt.began', channel: leg.channel, playback: event.playback });
        return;
      case 'finished':
        this.#finished(leg, event.playback);
        return;
      default:
        assertNever(event);
    }
  }

  #end(leg: Leg, cause: Extract<ExchangeEvent, { is: 'ended' }>['cause']): void {
    const { playing } = leg;
    this.#forget(leg);
    if (playing !== null)
      this.#tell({ type: 'prompt.ended', channel: leg.channel, playback: playing.playback });
    this.#tell({ type: 'channel.ended', channel: leg.channel, cause });
  }

  #pressed(leg: Leg, key: Extract<ExchangeEvent, { is: 'pressed' }>['key']): void {
    const isBounce = leg.keying?.isBounce(key) === true;
    leg.pressed = { key, at: this.#timeline.now() };
    if (isBounce) return;
    if (leg.keying === null) {
      this.#tell({ type: 'key.pressed', channel: leg.channel, key });
      return;
    }
    const { playing } = leg;
    if (playing !== null) {
      // A key of a number: the prompt has been understood.
      this.#stop(leg);
      this.#tell({ type: 'prompt.ended', channel: leg.channel, playback: playing.playback });
    }
    leg.keying?.press(key);
  }

  #finished(leg: Leg, playback: string): void {
    const { playing } = leg;
    if (playing === null || playing.playback !== playback) return;
    leg.playing = null;
    this.#tell({ type: 'prompt.ended', channel: leg.channel, playback });
    leg.keying?.promptEnded();
    if (playing.then === 'music') this.#out.send({ do: 'music', channel: leg.channel, language: 'en' });
    if (playing.then === 'hang_up') this.#out.send({ do: 'hang_up', channel: leg.channel });
  }

  #tellArrival(channel: Channel, from: string | null, dnis: string): void {
    const ani = from === null ? null : (this.#house?.takeNumber(from) ?? null);
    this.#tell({ type: 'call.arrives', channel, ani, dnis });
  }

  #tell(input: Parameters<House['tell']>[0]): void {
    this.#house?.tell(input);
  }

  // ---- effects

  #perform(effect: Effect): void {
    switch (effect.do) {
      case 'ring':
      case 'dial':
        if (this.#legs.has(effect.channel)) return;
        this.#add(effect.channel, effect.do);
        this.#out.send(effect);
        return;
      case 'bridge':
        this.#bridge(effect);
        return;
      case 'unbridge':
        this.#unbridge(effect.bridge);
        return;
      case 'sweep':
        this.#sweep(effect.channels, effect.bridges);
        return;
      default: {
        const leg = this.#legs.get(effect.channel);
        if (leg !== undefined) this.#performOn(leg, effect);
      }
    }
  }

  #performOn(
    leg: Leg,
    effect: Extract<Effect, { do: 'answer' | 'play' | 'collect_number' | 'music' | 'hang_up' | 'ringback' }>,
  ): void {
    if (effect.do !== 'answer') this.#stopKeying(leg); // whatever it is told to do next, it keys no number any more
    switch (effect.do) {
      case 'answer':
      case 'hang_up':
        this.#out.send(effect);
        return;
      case 'music':
      case 'ringback':
        leg.playing = null;
        this.#out.send(effect);
        return;
      case 'collect_number':
        leg.keying = this.#newKeying(leg, effect);
        this.#play(leg, effect, 'nothing');
        return;
      case 'play':
        this.#play(leg, effect, effect.after);
        return;
      default:
        assertNever(effect);
    }
  }

  #play(leg: Leg, effect: PlayEffect, then: Playing['then']): void {
    this.#stop(leg);
    const playing: Playing = { playback: effect.playback, then, state: 'preparing' };
    leg.playing = playing;
    if (!effect.say.some((say) => 'numberKey' in say)) {
      this.#begin(playing, effect, effect.say);
      return;
    }
    this.#asking += 1;
    void this.#withDigits(effect.say).then((say) => {
      this.#asking -= 1;
      if (leg.playing === playing) this.#begin(playing, effect, say);
    });
  }

  /** Asked for even when nothing is left to say (a number was erased): it then begins and ends at once. */
  #begin(playing: Playing, effect: PlayEffect, say: readonly Say[]): void {
    const { channel, playback, language } = effect;
    playing.state = 'asked'; // and when the socket is lost just now, the next look finds it gone
    if (this.#live) this.#out.send({ do: 'play', channel, playback, say, language, after: 'nothing' });
  }

  async #withDigits(say: readonly Say[]): Promise<Say[]> {
    const said: Say[] = [];
    for (const one of say) {
      if (!('numberKey' in one)) said.push(one);
      else {
        const number = await this.#house?.sayNumber(one.numberKey);
        if (number !== undefined) said.push({ digits: number.replace(/^\+1/, '') });
      }
    }
    return said;
  }

  /** Silence, without a report. */
  #stop(leg: Leg): void {
    if (leg.playing === null) return;
    leg.playing = null;
    this.#out.send({ do: 'silence', channel: leg.channel });
  }

  #bridge(effect: Extract<Effect, { do: 'bridge' }>): void {
    this.#bridges.add(effect.bridge);
    for (const channel of effect.channels) {
      const leg = this.#legs.get(channel);
      if (leg === undefined) continue;
      this.#stopKeying(leg);
      leg.playing = null;
      leg.bridge = effect.bridge;
    }
    this.#out.send(effect);
  }

  #unbridge(bridge: string): void {
    this.#bridges.delete(bridge);
    for (const leg of this.#legs.values()) if (leg.bridge === bridge) leg.bridge = null;
    this.#out.send({ do: 'unbridge', bridge });
  }

  /** Callers are not swept: each is told as `call.arrives` after the resync, and is in the house's hands. */
  #sweep(channels: readonly Channel[], bridges: readonly string[]): void {
    const kept = new Set<string>([...channels, ...bridges]);
    for (const leg of this.#legs.values())
      if (leg.kind !== 'call' && !kept.has(leg.channel))
        this.#out.send({ do: 'hang_up', channel: leg.channel });
    for (const bridge of [...this.#bridges]) if (!kept.has(bridge)) this.#unbridge(bridge);
  }

  #newKeying(leg: Leg, effect: Extract<Effect, { do: 'collect_number' }>): NumberKeying {
    const { playback } = effect;
    return new NumberKeying(this.#timeline, effect, leg.pressed, (text) => {
      leg.keying = null;
      const number = this.#house?.takeNumber(text);
      if (number === undefined) return;
      this.#tell({ type: 'number.collected', channel: leg.channel, playback, number });
    });
  }

  #stopKeying(leg: Leg): void {
    leg.keying?.cancel();
    leg.keying = null;
  }

  #add(channel: Channel, kind: ChannelKind): Leg {
    assert(this.#legs.size < LEGS_MAX, 'legs stay within their limit');
    const leg = newLeg(channel, kind);
    this.#legs.set(channel, leg);
    return leg;
  }

  #forget(leg: Leg): void {
    this.#legs.delete(leg.channel);
    this.#stopKeying(leg);
    leg.playing = null;
  }
}
