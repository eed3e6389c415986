// The public telephone network and everybody's telephone, as a second Asterisk that the centre knows only by SIP and
// RTP. Citizens call the centre's trunk from here, the centre's trunk calls them here, and the agents' phones register
// from here. It must not know the centre's inside: whatever it tells, it saw on its own side of the wire.

import type { EndCause } from '../../core/input.ts';
import { type RunningAsterisk, startAsterisk } from '../../local/asterisk.ts';
import type { AsteriskBinary } from '../../local/asterisk-binary.ts';
import { AriSocket } from '../../telephony/asterisk/ari-socket.ts';
import type { AriEvent, Channel } from '../../telephony/asterisk/ari-types.ts';
import { classifyEnd } from '../../telephony/asterisk/causes.ts';
import type { Citizen, FarSide, Phone } from '../../telephony/far-side.ts';
import { Call } from './call.ts';
import { Called, Ringing } from './callee.ts';
import { CENTRE, FROM_CENTRE, NETWORK, type NetworkOptions, renderNetwork } from './configuration.ts';
import { Registrations } from './registrations.ts';
import { ToneShelf } from './tone.ts';

export type StartNetworkOptions = NetworkOptions & {
  readonly binary: AsteriskBinary;
  /** A folder of its own with a short path. */
  readonly runDir: string;
  /** Calls without sound, for a bench that would otherwise measure the making of sound. */
  readonly silent?: boolean;
  readonly log?: (text: string) => void;
};

/** What the carrier's meter says of one INVITE from the centre. */
export type Invite = { readonly to: string; readonly at: number };

/** A call was hung up, here or there: from here, its BYE leaves now. */
export type HangUp = { readonly call: string; readonly at: number };

export async function startNetwork(options: StartNetworkOptions): Promise<Network> {
  const asterisk = await startAsterisk({
    binary: options.binary,
    runDir: options.runDir,
    configuration: renderNetwork(options),
    name: NETWORK,
    ...(options.log && { log: options.log }),
  });
  try {
    return await Network.open(asterisk, options);
  } catch (error) {
    await asterisk.stop();
    throw error;
  }
}

export class Network implements FarSide {
  readonly pid: number;
  readonly #asterisk: RunningAsterisk;
  readonly #soundPort: number;
  readonly #silent: boolean;
  readonly #tones = new ToneShelf();
  readonly #calls = new Map<string, Call>();
  /** Calls by the channels of their sound, as long as those live. */
  readonly #sounds = new Map<string, Call>();
  /** Every channel of which we know, and those of sound that are being made. */
  readonly #living = new Set<string>();
  readonly #idleWaiters: (() => void)[] = [];
  /** Calls from the centre that are not yet in our program's hands; by channel. */
  readonly #arriving = new Map<string, { channel: Channel; at: number }>();
  readonly #citizens = new Map<string, NetworkCitizen>();
  readonly #phones = new Map<string, NetworkPhone>();
  readonly #invites = new Map<string, number>();
  readonly #listeners = new Set<(invite: Invite) => void>();
  readonly #hangUpListeners = new Set<(hangUp: HangUp) => void>();
  #ari!: AriSocket;
  #registrations!: Registrations;
  #lastCall = 0;

  private constructor(asterisk: RunningAsterisk, options: StartNetworkOptions) {
    this.#asterisk = asterisk;
    this.#soundPort = options.ports.http;
    this.#silent = options.silent ?? false;
    this.pid = asterisk.pid;
  }

  static async open(asterisk: RunningAsterisk, options: StartNetworkOptions): Promise<Network> {
    const network = new Network(asterisk, options);
    network.#ari = await AriSocket.connect(
      {
        host: '127.0.0.1',
        port: options.ports.http,
        user: NETWORK,
        password: options.secret,
        apps: [NETWORK],
      },
      { event: (event) => network.#note(event), closed: () => network.#noteLost() },
    );
    // Events of the endpoint: every INVITE of the centre, also one that is gone before our program has it.
    const subscribed = await network.#ari.request('POST /applications/{applicationName}/subscription', {
      applicationName: NETWORK,
      eventSource: [`endpoint:PJSIP/${CENTRE}`],
    });
    if (!subscribed.ok)
      throw new Error(`the public network gives no events of its calls (${subscribed.text})`);
    // Never "allowed": that shuts out the answers to our own requests as well.
    const filter = { disallowed: UNWANTED_EVENTS.map((type) => ({ type })) };
    await network.#ari.request(
      'PUT /applications/{applicationName}/eventFilter',
      { applicationName: NETWORK },
      filter,
    );
    network.#registrations = await Registrations.open({
      port: options.ports.news,
      user: NETWORK,
      secret: options.secret,
    });
    for (const { agent } of options.agents) {
      network.#phones.set(agent, new NetworkPhone(agent, network.#registrations));
    }
    return network;
  }

  citizen(number: string): NetworkCitizen {
    const known = this.#citizens.get(number);
    if (known) return known;
    const citizen = new NetworkCitizen(number, (dnis) => this.#place(number, dnis));
    this.#citizens.set(number, citizen);
    return citizen;
  }

  phone(agent: string): NetworkPhone {
    const phone = this.#phones.get(agent);
    if (!phone) throw new Error(`there is no phone of the agent "${agent}" on this network`);
    return phone;
  }

  invites(to: string): number {
    return this.#invites.get(to) ?? 0;
  }

  /** Resolves when no channel is left, those of sound included. */
  idle(): Promise<void> {
    if (this.#living.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idleWaiters.push(resolve));
  }

  /** Channels that live in the network's Asterisk at present, as it says itself. */
  async channels(): Promise<number> {
    const listed = await this.#ari.request('GET /channels', {});
    if (!listed.ok) throw new Error(`the public network does not list its channels (${listed.text})`);
    return listed.value.length;
  }

  /** Tells every INVITE as it arrives. */
  onInvite(listener: (invite: Invite) => void): void {
    this.#listeners.add(listener);
  }

  /** Tells every hanging up of a call that was in our program's hands, before any INVITE that follows from it. */
  onHangUp(listener: (hangUp: HangUp) => void): void {
    this.#hangUpListeners.add(listener);
  }

  async close(): Promise<void> {
    this.#registrations.close();
    this.#ari.close('closed by us');
    await this.#asterisk.stop();
  }

  async #place(from: string, dnis: string): Promise<Call> {
    this.#lastCall += 1;
    // Of one width: Asterisk refuses "call-1" while "call-10" lives (an id may not be the beginning of another).
    const call = this.#begin(`call-${String(this.#lastCall).padStart(8, '0')}`, 'out');
    call.prepareSound();
    const placed = await this.#ari.request('POST /channels', {
      endpoint: `PJSIP/${dnis}@${CENTRE}`,
      app: NETWORK,
      channelId: call.id,
      callerId: from,
      formats: 'alaw',
      timeout: 120,
    });
    if (!placed.ok) this.#finish(call.id, 'unknown');
    return call;
  }

  #begin(id: string, direction: 'in' | 'out'): Call {
    const call: Call = new Call({
      id,
      direction,
      toneHz: this.#tones.take(),
      ari: this.#ari,
      soundUrl: (connection) => `ws://127.0.0.1:${this.#soundPort}/media/${connection}`,
      others: () => this.#tones.lent,
      silent: this.#silent,
      soundBegun: () => {
        this.#living.add(call.soundChannel);
        this.#sounds.set(call.soundChannel, call);
      },
      soundGone: () => this.#noteGone(call.soundChannel),
    });
    this.#calls.set(id, call);
    return call;
  }

  #note(event: AriEvent): void {
    if (!isWanted(event)) return;
    const channel = event.channel;
    this.#noteLiving(event);
    if (!channel.name.startsWith('PJSIP/')) {
      if (event.type === 'StasisStart') this.#sounds.get(channel.id)?.noteSoundReady();
      return;
    }
    const call = this.#calls.get(channel.id);
    switch (event.type) {
      case 'ChannelCreated':
        this.#noteCreated(channel, Date.parse(event.timestamp));
        return;
      case 'StasisStart':
        // A call that we placed is ours to use only from here on.
        if (call?.direction === 'out') void call.noteUp();
        else this.#handOver(channel.id);
        return;
      case 'ChannelStateChange':
        if (channel.state === 'Up' && call?.direction === 'in') void call.noteUp();
        return;
      case 'ChannelDtmfReceived':
        call?.noteKey(event.digit, event.timestamp);
        return;
      case 'ChannelHangupRequest':
        this.#noteHangUp(channel.id, Date.parse(event.timestamp));
        return;
      case 'ChannelDestroyed':
        this.#handOver(channel.id);
        this.#finish(channel.id, causeOf(event));
    }
  }

  #noteLiving(event: WantedEvent): void {
    if (event.type === 'ChannelDestroyed') this.#noteGone(event.channel.id);
    else if (event.type === 'ChannelCreated' || event.type === 'StasisStart')
      this.#living.add(event.channel.id);
  }

  #noteGone(channel: string): void {
    this.#living.delete(channel);
    this.#sounds.delete(channel);
    if (this.#living.size > 0) return;
    for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }

  #noteCreated(channel: Channel, at: number): void {
    // Ours, and those of the guest's telephone, begin otherwise.
    const isIncoming = channel.state === 'Ring' && channel.dialplan.context === FROM_CENTRE;
    if (!isIncoming || this.#calls.has(channel.id) || this.#arriving.has(channel.id)) return;
    const to = channel.dialplan.exten;
    this.#arriving.set(channel.id, { channel, at });
    this.#invites.set(to, this.invites(to) + 1);
    for (const listener of this.#listeners) listener({ to, at });
  }

  #noteHangUp(call: string, at: number): void {
    if (!this.#calls.has(call)) return;
    for (const listener of this.#hangUpListeners) listener({ call, at });
  }

  /** The call is in our program's hands, or has ended before it could be: whoever was called learns of it. */
  #handOver(id: string): void {
    const arriving = this.#arriving.get(id);
    if (!arriving) return;
    this.#arriving.delete(id);
    const { channel, at } = arriving;
    const to = channel.dialplan.exten;
    const callee: Called = this.#phones.get(to) ?? this.citizen(to);
    callee.take(new Ringing(this.#begin(id, 'in'), channel.caller.number || null, at));
  }

  #finish(id: string, cause: EndCause): void {
    const call = this.#calls.get(id);
    if (!call) return;
    this.#calls.delete(id);
    this.#tones.giveBack(call.toneHz);
    call.noteEnded(call.direction === 'in' && cause !== 'lost' ? 'no_answer' : cause);
  }

  #noteLost(): void {
    for (const id of [...this.#calls.keys()]) this.#finish(id, 'lost');
  }
}

/** Most of what Asterisk would tell. */
const UNWANTED_EVENTS = ['ChannelVarset', 'ChannelDialplan', 'ChannelCallerId', 'ChannelConnectedLine'];

const WANTED_EVENTS = [
  'ChannelCreated',
  'StasisStart',
  'ChannelStateChange',
  'ChannelDtmfReceived',
  'ChannelHangupRequest',
  'ChannelDestroyed',
] as const;
type WantedEvent = Extract<AriEvent, { type: (typeof WANTED_EVENTS)[number] }>;

function isWanted(event: AriEvent): event is WantedEvent {
  return (WANTED_EVENTS as readonly string[]).includes(event.type);
}

/** Of a call that was never up; for one that was, the call itself knows better. */
function causeOf({
  cause,
  tech_cause: sipStatus = 0,
}: Extract<AriEvent, { type: 'ChannelDestroyed' }>): EndCause {
  return classifyEnd({ leg: 'dial', answered: false, rang: true, cause, sipStatus });
}

export class NetworkCitizen extends Called implements Citizen {
  readonly number: string;
  readonly call: (dnis: string) => Promise<Call>;

  constructor(number: string, call: (dnis: string) => Promise<Call>) {
    super();
    this.number = number;
    this.call = call;
  }
}

export class NetworkPhone extends Called implements Phone {
  readonly agent: string;
  readonly #registrations: Registrations;

  constructor(agent: string, registrations: Registrations) {
    super();
    this.agent = agent;
    this.#registrations = registrations;
  }

  registered(): Promise<void> {
    return this.#registrations.until(this.agent, true);
  }

  unregister(): Promise<void> {
    this.#registrations.change(this.agent, false);
    return this.#registrations.until(this.agent, false);
  }

  register(): Promise<void> {
    this.#registrations.change(this.agent, true);
    return this.registered();
  }
}
