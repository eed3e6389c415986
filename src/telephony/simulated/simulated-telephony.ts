// The telephony port on the simulated exchange: what the Asterisk driver is on the real one. Effects go out and events
// come in over one connection that takes its time and can be lost; the fence is a door of its own, as over HTTP. It knows
// its legs and what they hear, never a state of the house. The exchange outlives it: `kill` is the end of the process.

import { assert, assertNever } from '../../core/assert.ts';
import type { Effect, Say } from '../../core/effect.ts';
import type { Channel } from '../../core/id.ts';
import type { LiveChannel } from '../../core/input.ts';
import type { House, Seat, Telephony } from '../telephony.ts';
import type { ExchangeEvent, RefusedStatus, SimulatedExchange } from './exchange.ts';
import type { ChannelKind } from './exchange-channel.ts';
import { NumberKeying } from './number-keying.ts';
import { inDigits, needsDigits } from './said-digits.ts';
import { SimulatedFence } from './simulated-fence.ts';
import { SocketLine } from './socket-line.ts';
import { asFound, type Found, type TelephonyLeg as Leg, newLeg, type Playing } from './telephony-leg.ts';
import type { Timeline } from './timeline.ts';
import type { SocketTrouble } from './trouble.ts';

export type SimulatedTelephonyOptions = {
  readonly exchange: SimulatedExchange;
  readonly timeline: Timeline;
  /** How long one message takes, either way, in whole ms; 0 when left out. Order is kept. */
  readonly latencyMs?: () => number;
  /** Another program took over the calls: this one must end. */
  readonly replaced?: () => void;
  readonly trouble?: SocketTrouble;
};

/** What lives, as it was listed; while the list is under way events wait. */
type Listing = { readonly events: ExchangeEvent[] };

type Refused = Extract<ExchangeEvent, { is: 'refused' }>;

type PlayEffect = Extract<Effect, { do: 'play' | 'collect_number' }>;

const LEGS_MAX = 50_000;
/** So long may the event of an end be late, after the exchange said that there is no such channel. */
const END_EVENT_LIMIT_MS = 500;

/** A hang-up, or a caller left to the dialplan, that fails on the other side is asked for again. */
const LET_GO_AGAIN_MS = 1_000;
const UNANSWERED_MS = 30_000;
const CONNECT_AGAIN_MS = 1_000;
const MEANS_GONE: readonly RefusedStatus[] = [404, 409];

export class SimulatedTelephony implements Telephony {
  readonly #exchange: SimulatedExchange;
  readonly #timeline: Timeline;
  readonly #trouble: SocketTrouble | null;
  readonly #line: SocketLine;
  readonly #fence: SimulatedFence;
  readonly #legs = new Map<Channel, Leg>();
  readonly #bridges = new Set<string>();
  #house: House | null = null;
  #listing: Listing | null = null;
  #opened = (): void => {};
  #live = false;
  #asking = 0;

  constructor(options: SimulatedTelephonyOptions) {
    const { exchange, timeline, latencyMs = () => 0 } = options;
    this.#exchange = exchange;
    this.#timeline = timeline;
    this.#trouble = options.trouble ?? null;
    const heard = (event: ExchangeEvent | 'replaced'): void => {
      if (event === 'replaced') options.replaced?.();
      else if (this.#listing !== null) this.#listing.events.push(event);
      else this.#note(event);
    };
    this.#line = new SocketLine({ exchange, timeline, latencyMs, trouble: this.#trouble, heard });
    this.#fence = new SimulatedFence({
      exchange,
      timeline,
      latencyMs,
      trouble: this.#trouble,
      house: () => this.#house,
    });
  }

  /** Questions to the house that are not answered yet: while there are any, promises are under way. */
  get asking(): number {
    return this.#asking + this.#fence.asking;
  }

  get isLive(): boolean {
    return this.#live;
  }

  /** Channels it believes in. */
  get legCount(): number {
    return this.#legs.size;
  }

  async open(house: House): Promise<void> {
    assert(this.#house === null, 'telephony is opened once');
    this.#house = house;
    this.#exchange.fence = this.#fence;
    await new Promise<void>((resolve) => {
      this.#opened = resolve;
      this.#connect();
    });
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
    if (this.#exchange.fence === this.#fence) this.#exchange.fence = null;
    this.#fence.cut();
    for (const leg of this.#legs.values()) this.#forget(leg);
    this.#house = null;
  }

  /** The process does not run until then: what comes waits for it. */
  stall(untilAt: number): void {
    this.#line.hold(untilAt);
    this.#fence.hold(untilAt);
  }

  /** The socket is lost with what is under way on it, both ways; the fence's door is not. */
  loseSocket(): void {
    const wasLive = this.#live;
    this.#disconnect();
    if (wasLive) this.#house?.tell({ type: 'telephony.lost' });
  }

  restoreSocket(): void {
    if (!this.#live && this.#listing === null && this.#house !== null) this.#connect();
  }

  /** Nothing passes any more, in these directions, and nobody notices. */
  freezeSocket(ways: 'both' | 'in' | 'out'): void {
    this.#line.freeze(ways);
  }

  // ---- the socket

  /** Opens the socket first, so that nothing is missed; what happens while the list is made waits for it. */
  #connect(): void {
    if (this.#exchange.isDown) {
      const again = (): void => this.restoreSocket();
      this.#timeline.set(this.#timeline.now() + CONNECT_AGAIN_MS, { wake: again }, 'again');
      return;
    }
    this.#line.open();
    const channels = this.#exchange.find();
    const bridges = [...channels.bridges];
    const found = channels.channels.map(asFound);
    const listingMs = this.#trouble?.listingMs() ?? 0;
    if (listingMs === 0) {
      this.#agree(found, bridges);
      return;
    }
    const listing: Listing = { events: [] };
    this.#listing = listing;
    const listed = (): void => {
      if (this.#listing !== listing) return; // lost again meanwhile
      this.#listing = null;
      this.#agree(found, bridges);
      for (const event of listing.events) this.#note(event);
    };
    this.#timeline.set(this.#timeline.now() + listingMs, { wake: listed }, 'listed');
  }

  #agree(found: readonly Found[], bridges: readonly string[]): void {
    const kept = new Set<Channel>();
    const channels: LiveChannel[] = [];
    for (const channel of found) {
      kept.add(channel.id);
      const leg = this.#legs.get(channel.id) ?? this.#add(channel.id, channel.kind);
      leg.answered = channel.isUp;
      leg.rang = channel.rang;
      leg.bridge = channel.bridge;
      channels.push({ channel: channel.id, up: channel.isUp });
    }
    for (const leg of this.#legs.values()) if (!kept.has(leg.channel)) this.#forget(leg);
    this.#bridges.clear();
    for (const bridge of bridges) this.#bridges.add(bridge);
    this.#live = true;
    this.#tell({ type: 'telephony.resynced', channels });
    for (const channel of found)
      if (channel.kind === 'call') this.#tellArrival(channel.id, channel.from, channel.dnis);
    for (const leg of this.#legs.values()) this.#lookAgain(leg);
    this.#opened();
  }

  #disconnect(): void {
    this.#listing = null;
    this.#live = false;
    this.#line.cut();
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
        this.#line.send({ do: 'wait', channel: event.channel });
        return;
      }
      this.#add(event.channel, 'call');
      this.#tellArrival(event.channel, event.from, event.dnis);
      return;
    }
    const letsGo = event.is === 'refused' && (event.what === 'hang_up' || event.what === 'wait');
    if (letsGo && event.status === 500) {
      const again = { do: event.what as 'hang_up' | 'wait', channel: event.channel };
      const at = this.#timeline.now() + LET_GO_AGAIN_MS;
      this.#timeline.set(at, { wake: () => this.#line.send(again) }, 'again');
      return;
    }
    const leg = this.#legs.get(event.channel);
    if (leg === undefined) {
      // Asked for by a program that was here before, or over a socket that was lost, and begun after the list was made.
      if (event.is === 'ringing' || event.is === 'answered')
        this.#line.send({ do: 'hang_up', channel: event.channel });
      return;
    }
    switch (event.is) {
      case 'refused':
        this.#refused(leg, event);
        return;
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

  /**
   * As the real hands take it: an originate that is refused has ended (409: it lives already); no such channel, and the
   * event of its end does not come either: lost, and hung up so that it is true. Anything else leaves the leg as it is.
   */
  #refused(leg: Leg, { what, status, playback }: Refused): void {
    if (what === 'ring' || what === 'dial') {
      if (status !== 409) this.#end(leg, what === 'ring' ? 'unreachable' : 'unknown');
      return;
    }
    if (what === 'silence') return;
    if (what === 'play' && status !== 404) {
      this.#finished(leg, playback);
      return;
    }
    if (!MEANS_GONE.includes(status)) return;
    const isLate = (): void => {
      if (this.#legs.get(leg.channel) !== leg) return;
      this.#line.send({ do: 'hang_up', channel: leg.channel });
      this.#end(leg, 'lost');
    };
    this.#timeline.set(this.#timeline.now() + END_EVENT_LIMIT_MS, { wake: isLate }, 'late');
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
    if (playing.then === 'music') this.#line.send({ do: 'music', channel: leg.channel, language: 'en' });
    if (playing.then === 'hang_up') this.#line.send({ do: 'hang_up', channel: leg.channel });
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
        this.#line.send(effect);
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
        this.#line.send(effect);
        return;
      case 'hang_up':
        this.#hangUp(leg);
        return;
      case 'music':
      case 'ringback':
        leg.playing = null;
        this.#line.send(effect);
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

  /** Asked for again where replies get lost: a leg whose end nobody tells would be kept for ever. */
  #hangUp(leg: Leg): void {
    this.#line.send({ do: 'hang_up', channel: leg.channel });
    if (this.#trouble === null) return;
    const wake = (): void => (this.#legs.get(leg.channel) === leg ? this.#hangUp(leg) : undefined);
    this.#timeline.set(this.#timeline.now() + UNANSWERED_MS, { wake }, 'again');
  }

  #play(leg: Leg, effect: PlayEffect, then: Playing['then']): void {
    this.#stop(leg);
    const playing: Playing = { playback: effect.playback, then, state: 'preparing' };
    leg.playing = playing;
    if (!needsDigits(effect.say)) {
      this.#begin(playing, effect, effect.say);
      return;
    }
    this.#asking += 1;
    void inDigits(effect.say, this.#house).then((say) => {
      this.#asking -= 1;
      if (leg.playing === playing) this.#begin(playing, effect, say);
    });
  }

  /** Asked for even when nothing is left to say (a number was erased): it then begins and ends at once. */
  #begin(playing: Playing, effect: PlayEffect, say: readonly Say[]): void {
    const { channel, playback, language } = effect;
    playing.state = 'asked'; // and when the socket is lost just now, the next look finds it gone
    if (this.#live) this.#line.send({ do: 'play', channel, playback, say, language, after: 'nothing' });
  }

  /** Silence, without a report. */
  #stop(leg: Leg): void {
    if (leg.playing === null) return;
    leg.playing = null;
    this.#line.send({ do: 'silence', channel: leg.channel });
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
    this.#line.send(effect);
  }

  #unbridge(bridge: string): void {
    this.#bridges.delete(bridge);
    for (const leg of this.#legs.values()) if (leg.bridge === bridge) leg.bridge = null;
    this.#line.send({ do: 'unbridge', bridge });
  }

  /** Callers are not swept: each is told as `call.arrives` after the resync, and is in the house's hands. */
  #sweep(channels: readonly Channel[], bridges: readonly string[]): void {
    const kept = new Set<string>([...channels, ...bridges]);
    for (const leg of this.#legs.values())
      if (leg.kind !== 'call' && !kept.has(leg.channel))
        this.#line.send({ do: 'hang_up', channel: leg.channel });
    for (const bridge of [...this.#bridges]) if (!kept.has(bridge)) this.#unbridge(bridge);
  }

  #newKeying(leg: Leg, effect: Extract<Effect, { do: 'collect_number' }>): NumberKeying {
    const { playback, extensionOf, channel } = effect;
    return new NumberKeying(this.#timeline, effect, leg.pressed, (text, closed) => {
      leg.keying = null;
      const house = this.#house;
      if (house === null) return;
      if (extensionOf === undefined)
        house.tell({ type: 'number.collected', channel, playback, number: house.takeNumber(text) });
      else {
        const number = house.takeExtension(extensionOf, closed ? `${text}#` : text);
        house.tell({ type: 'extension.collected', channel, playback, number });
      }
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
