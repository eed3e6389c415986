// The centre's own Asterisk in virtual time: channels, what each hears, bridges, and the dial fence with its dialplan. It
// does what the socket asks and tells the socket what happens. It outlives the program that steers it: calls and
// conversations go on while nobody is connected, and callers who come then wait with music. It decides nothing.

import { assert, assertNever } from '../../core/assert.ts';
import { readFenceText } from '../../core/dialled.ts';
import type { Effect } from '../../core/effect.ts';
import type { Channel as ChannelId } from '../../core/id.ts';
import type { Key } from '../../core/input.ts';
import { ExchangeChannel } from './exchange-channel.ts';
import { type LineLeg, MUSIC, RINGBACK, SILENCE } from './line-leg.ts';
import type { CallTaker, SimulatedNetwork } from './network.ts';
import type { Timeline } from './timeline.ts';

/** What the socket is told. */
export type ExchangeEvent =
  | {
      readonly is: 'arrived';
      readonly channel: ChannelId;
      readonly from: string | null;
      readonly dnis: string;
    }
  | { readonly is: 'ringing' | 'answered'; readonly channel: ChannelId }
  | { readonly is: 'ended'; readonly channel: ChannelId; readonly cause: ExchangeChannel['cause'] }
  | { readonly is: 'pressed'; readonly channel: ChannelId; readonly key: Key }
  | { readonly is: 'began' | 'finished'; readonly channel: ChannelId; readonly playback: string }
  /** The reply to a request that was not done; those that were done are not replied to. */
  | {
      readonly is: 'refused';
      readonly what: ExchangeRequest['do'];
      readonly channel: ChannelId;
      readonly playback: string;
      readonly status: RefusedStatus;
    };

export type RefusedStatus = 404 | 409 | 500;

/** What the socket asks: effects with numbers already put into digits, and silence. */
export type ExchangeRequest =
  | Exclude<Effect, { do: 'collect_number' | 'sweep' }>
  | { readonly do: 'silence'; readonly channel: ChannelId }
  /** A caller who cannot be taken in now: music, and told of again after a while. */
  | { readonly do: 'wait'; readonly channel: ChannelId };

export interface Socket {
  event(event: ExchangeEvent): void;
  /** Another has connected under the same name: no event will come any more. What is asked is still done. */
  replaced(): void;
}

/** The door at which the dialplan asks, apart from the socket. */
export interface FenceDoor {
  /** The answer, if any, comes later by `exchange.fenceAnswers`. */
  ask(attempt: string, channel: ChannelId): void;
}

/** Everything that lives, for a fresh socket. */
export type Found = {
  readonly channels: readonly ExchangeChannel[];
  readonly bridges: readonly string[];
};

/** What the dialplan waits for the fence's answer. */
const FENCE_LIMIT_MS = 2_000;
const CHANNELS_MAX = 50_000;
/** After the exchange's death the far ends notice by themselves, within this. */
const FAR_NOTICES_MS = 32_000;

export class SimulatedExchange implements CallTaker {
  readonly timeline: Timeline;
  readonly network: SimulatedNetwork;
  socket: Socket | null = null;
  fence: FenceDoor | null = null;
  /** Hears of each client's channel that is asked for, before the fence is. */
  onDial: ((attempt: string) => void) | null = null;
  readonly #channels = new Map<ChannelId, ExchangeChannel>();
  readonly #bridges = new Map<string, Set<ExchangeChannel>>();
  #lastInbound = 0;
  #isDown = false;
  #newestRing = '';
  #newestDial = '';

  constructor(timeline: Timeline, network: SimulatedNetwork) {
    this.timeline = timeline;
    this.network = network;
    network.centre = this;
  }

  get channelCount(): number {
    return this.#channels.size;
  }

  /** The newest channels asked for, by their ids, which the house gives in order: what it has let out so far. */
  get newestRing(): string {
    return this.#newestRing;
  }

  get newestDial(): string {
    return this.#newestDial;
  }

  /** Ids are given from an earlier one on: what was let out before says nothing any more. */
  forgetNewest(): void {
    this.#newestRing = '';
    this.#newestDial = '';
  }

  find(): Found {
    return { channels: [...this.#channels.values()], bridges: [...this.#bridges.keys()] };
  }

  hasPlayback(channel: ChannelId, playback: string): boolean {
    return this.#channels.get(channel)?.playback === playback;
  }

  // ---- from the network

  arrives(leg: LineLeg, from: string | null, dnis: string): void {
    if (this.#isDown) {
      leg.drop('congestion');
      return;
    }
    this.#lastInbound += 1;
    const id = `in-${this.#lastInbound}` as ChannelId;
    const channel = this.#add(new ExchangeChannel(this, id, 'call'));
    channel.leg = leg;
    channel.from = from;
    channel.dnis = dnis;
    leg.near = channel;
    if (this.socket !== null) {
      this.tell({ is: 'arrived', channel: id, from, dnis });
      return;
    }
    // Nobody steers: the dialplan answers by itself and the caller hears music.
    leg.accept();
    leg.letHear(MUSIC);
  }

  /** The fence's answer. Only exactly what the dialplan reads is dialled. */
  fenceAnswers(id: ChannelId, text: string): void {
    const channel = this.#channels.get(id);
    if (channel === undefined || !channel.isAtFence) return;
    const dialled = readFenceText(text);
    if (dialled === null) {
      channel.end('fence_refused');
      return;
    }
    channel.extension = dialled.to === 'number' ? (dialled.extension ?? '') : '';
    const number = dialled.to === 'number' ? dialled.e164 : dialled.digits;
    channel.dialled(this.network.callNumber(number, channel.callerId, channel.attempt, channel));
  }

  // ---- its own life

  get isDown(): boolean {
    return this.#isDown;
  }

  /** kill -9: no BYE, no CANCEL, no event. Phones ring on; who was talking hears nothing, and notices after a while. */
  die(): void {
    this.#isDown = true;
    this.socket = null;
    const channels = [...this.#channels.values()];
    this.#channels.clear();
    this.#bridges.clear();
    this.network.forgetRegistrations();
    for (const channel of channels) {
      const { leg } = channel;
      channel.vanish();
      if (leg === null || leg.state === 'ended') continue;
      leg.letHear(SILENCE);
      const notice = { wake: () => leg.drop('lost') };
      this.timeline.set(this.timeline.now() + FAR_NOTICES_MS, notice, 'notice');
    }
  }

  restart(): void {
    this.#isDown = false;
  }

  // ---- from the socket

  /** Null: done. Else why it was not. */
  request(request: ExchangeRequest): RefusedStatus | null {
    if (this.#isDown) return null;
    switch (request.do) {
      case 'ring':
        return this.#ring(request);
      case 'dial':
        return this.#dial(request);
      case 'bridge':
        this.#bridge(request.bridge, request.channels);
        return null;
      case 'unbridge':
        this.#unbridge(request.bridge);
        return null;
      default: {
        const channel = this.#channels.get(request.channel);
        if (channel === undefined) return 404;
        this.#on(channel, request);
        return null;
      }
    }
  }

  hasChannel(id: ChannelId): boolean {
    return this.#channels.has(id);
  }

  channelsAlive(): IterableIterator<ExchangeChannel> {
    return this.#channels.values();
  }

  tell(event: ExchangeEvent): void {
    this.socket?.event(event);
  }

  /** The channel has ended. */
  drop(channel: ExchangeChannel): void {
    this.#channels.delete(channel.id);
    this.leaveBridge(channel);
  }

  /** Those who hear this one. */
  beside(channel: ExchangeChannel): ExchangeChannel[] {
    const joined = channel.bridge === null ? undefined : this.#bridges.get(channel.bridge);
    return [...(joined ?? [])].filter((other) => other !== channel);
  }

  leaveBridge(channel: ExchangeChannel): void {
    if (channel.bridge === null) return;
    const others = this.#bridges.get(channel.bridge);
    channel.bridge = null;
    if (others === undefined) return;
    others.delete(channel);
    this.#letHearEachOther(others);
  }

  #on(
    channel: ExchangeChannel,
    request: Extract<
      ExchangeRequest,
      { do: 'answer' | 'play' | 'music' | 'hang_up' | 'ringback' | 'silence' | 'wait' }
    >,
  ): void {
    switch (request.do) {
      case 'answer':
        channel.leg?.accept();
        return;
      case 'play':
        channel.play(request);
        return;
      case 'music':
        channel.hear(MUSIC);
        return;
      case 'ringback':
        channel.hear(RINGBACK);
        return;
      case 'silence':
        channel.hear(SILENCE);
        return;
      case 'wait':
        channel.waitToBeTaken();
        return;
      case 'hang_up':
        channel.hangUp();
        return;
      default:
        assertNever(request);
    }
  }

  #ring(request: Extract<ExchangeRequest, { do: 'ring' }>): RefusedStatus | null {
    if (this.#channels.has(request.channel)) return 409;
    const channel = this.#add(new ExchangeChannel(this, request.channel, 'ring'));
    if (request.channel > this.#newestRing) this.#newestRing = request.channel;
    const leg = this.network.callPhone(request.agent, 'Rappel', channel);
    if (leg === null) channel.end('unreachable');
    else channel.placed(leg, request.ringMs);
    return null;
  }

  #dial(request: Extract<ExchangeRequest, { do: 'dial' }>): RefusedStatus | null {
    if (this.#channels.has(request.channel)) return 409;
    const channel = this.#add(new ExchangeChannel(this, request.channel, 'dial'));
    // Somebody outside whom an agent consults has the name of a leg.
    if (request.attempt.includes('-leg-')) {
      if (request.channel > this.#newestRing) this.#newestRing = request.channel;
    } else if (request.attempt > this.#newestDial) this.#newestDial = request.attempt;
    channel.attempt = request.attempt;
    channel.callerId = request.callerId;
    channel.ringMs = request.ringMs;
    if (this.fence === null) {
      channel.end('fence_refused'); // nobody answers there: nothing is dialled
      return null;
    }
    channel.waitAtFence(FENCE_LIMIT_MS);
    this.onDial?.(request.attempt);
    this.fence.ask(request.attempt, request.channel);
    return null;
  }

  #bridge(id: string, ids: readonly ChannelId[]): void {
    let joined = this.#bridges.get(id);
    if (joined === undefined) {
      joined = new Set();
      this.#bridges.set(id, joined);
    }
    for (const one of ids) {
      const channel = this.#channels.get(one);
      if (channel === undefined || channel.bridge === id) continue;
      this.leaveBridge(channel);
      channel.bridge = id;
      channel.hear(SILENCE);
      joined.add(channel);
    }
    assert(joined.size <= 3, 'three people at the most are in a bridge');
    this.#letHearEachOther(joined);
  }

  #letHearEachOther(joined: ReadonlySet<ExchangeChannel>): void {
    for (const channel of joined) {
      const legs = [...joined].flatMap(({ leg }) => (leg === null || leg === channel.leg ? [] : [leg]));
      const [leg, ...others] = legs;
      if (leg === undefined) channel.hear(SILENCE);
      else channel.hear({ kind: 'voice', leg, ...(others.length === 0 ? {} : { others }) });
    }
  }

  #unbridge(id: string): void {
    const joined = this.#bridges.get(id);
    this.#bridges.delete(id);
    for (const channel of joined ?? []) {
      channel.bridge = null;
      channel.hear(SILENCE);
    }
  }

  #add(channel: ExchangeChannel): ExchangeChannel {
    assert(this.#channels.size < CHANNELS_MAX, 'channels stay within their limit');
    this.#channels.set(channel.id, channel);
    return channel;
  }
}
