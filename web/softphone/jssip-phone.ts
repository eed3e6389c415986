// The phone of a page by JsSIP: SIP over WebSocket to where the page came from, sound by the browser's WebRTC on this
// machine's own addresses (no STUN, no TURN). JsSIP joins again by itself when the way is lost; when the centre knows the
// line no more, another password is asked for, and a call goes on through both. It must not know whose phone it is, and shows nothing.

import { UA, WebSocketInterface } from 'jssip';
import type { EndEvent, RTCSession } from 'jssip/lib/RTCSession';
import type { RTCSessionEvent } from 'jssip/lib/UA';
import type { EndCause, Key, LentLine, Phone, PhoneCall, PhoneOptions, PhoneView, Quality } from './phone.ts';

/** Nothing is looked up by it: what counts is the path of the WebSocket. */
const DOMAIN = 'rappel.invalid';
const KEY_MS = 120;
const LEND_AGAIN_MS = 1_000;

/** As the centre's server closes (src/api/phone/lent-lines.ts). */
const NOT_LENT = 4401;
const ELSEWHERE = 4409;
const ENDED = 4410;

/** By JsSIP's own words (lib/Constants.js). */
const CAUSES: Readonly<Record<string, EndCause>> = {
  Busy: 'busy',
  Rejected: 'rejected',
  Unavailable: 'unreachable',
  'Not Found': 'unreachable',
  'No Answer': 'no_answer',
  Expires: 'no_answer',
  'Connection Error': 'lost',
  'Request Timeout': 'lost',
  'RTP Timeout': 'lost',
  'WebRTC Error': 'sound',
  'Incompatible SDP': 'sound',
  'Bad Media Description': 'sound',
};

export function openPhone(options: PhoneOptions): Phone {
  return new JsSipPhone(options);
}

class JsSipPhone implements Phone {
  readonly #options: PhoneOptions;
  readonly #listeners = new Set<() => void>();
  #view: PhoneView = { line: 'joining', call: null, ended: null };
  #agent: UA | null = null;
  #user = '';
  #talk: RTCSession | null = null;
  #again: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;
  #before = { received: 0, lost: 0 };

  constructor(options: PhoneOptions) {
    this.#options = options;
    void this.#join();
  }

  view(): PhoneView {
    return this.#view;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  call(number: string): void {
    if (this.#talk !== null || this.#agent === null) return;
    this.#agent.call(`sip:${number}@${DOMAIN}`, {
      mediaStream: this.#options.sound.outgoing,
      pcConfig: { iceServers: [] },
      eventHandlers: { peerconnection: ({ peerconnection }) => this.#listen(peerconnection) },
    });
  }

  answer(): void {
    const { call } = this.#view;
    if (call?.direction !== 'in' || call.state !== 'ringing') return;
    this.#talk?.answer({ mediaStream: this.#options.sound.outgoing, pcConfig: { iceServers: [] } });
  }

  hangUp(): void {
    const talk = this.#talk;
    if (talk === null || talk.isEnded()) return;
    // 486 says that nobody wants to speak here now, as a person's reject does.
    const isRefusal = this.#view.call?.direction === 'in' && this.#view.call.state === 'ringing';
    talk.terminate(isRefusal ? { status_code: 486 } : {});
  }

  mute(isMuted: boolean): void {
    if (this.#talk === null) return;
    if (isMuted) this.#talk.mute({ audio: true });
    else this.#talk.unmute({ audio: true });
    this.#changeCall({ isMuted });
  }

  /** As sound of its own kind (RFC 4733), as telephones send it. */
  press(key: Key): void {
    if (this.#view.call?.state !== 'talking') return;
    const sender = this.#talk?.connection.getSenders().find(({ dtmf }) => dtmf !== null);
    const { dtmf } = sender ?? {};
    if (dtmf?.canInsertDTMF) dtmf.insertDTMF(`${dtmf.toneBuffer}${key}`, KEY_MS);
  }

  async quality(): Promise<Quality | null> {
    const stats = await this.#talk?.connection?.getStats();
    if (stats === undefined) return null;
    let [received, lost, jitterMs] = [0, 0, 0];
    let roundTripMs: number | null = null;
    stats.forEach((one: { type: string } & Record<string, number | undefined>) => {
      if (one.type === 'inbound-rtp') {
        received = one.packetsReceived ?? 0;
        lost = one.packetsLost ?? 0;
        jitterMs = Math.round((one.jitter ?? 0) * 1000);
      }
      if (one.type === 'candidate-pair' && one.currentRoundTripTime !== undefined)
        roundTripMs = Math.round(one.currentRoundTripTime * 1000);
    });
    const since = { received: received - this.#before.received, lost: lost - this.#before.lost };
    this.#before = { received, lost };
    if (since.received <= 0) return null;
    const lostShare = Math.max(0, since.lost) / (since.received + Math.max(0, since.lost));
    return { roundTripMs, jitterMs, lostShare };
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#again);
    this.hangUp();
    this.#agent?.stop();
    this.#agent = null;
    this.#options.sound.hear(null);
  }

  // ---- the line

  async #join(): Promise<void> {
    clearTimeout(this.#again);
    const line = await this.#options.lend();
    if (this.#isClosed) return;
    if (line === 'later') {
      this.#joinAnew();
      return;
    }
    if (line === null) {
      this.#set({ line: 'refused' });
      return;
    }
    if (this.#agent !== null && this.#user === line.user) {
      // The same line with another password: what goes on keeps going on, and JsSIP tries again by itself.
      this.#agent.set('password', line.password);
      if (this.#agent.isConnected()) this.#agent.register();
      return;
    }
    this.#agent?.stop();
    this.#user = line.user;
    this.#agent = this.#begun(line);
    this.#agent.start();
  }

  #begun({ user, password, path }: LentLine): UA {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const agent = new UA({
      sockets: new WebSocketInterface(`${scheme}://${location.host}${path}`),
      uri: `sip:${user}@${DOMAIN}`,
      password,
      session_timers: false,
      register_expires: 300,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 4,
    });
    const ofThis = (what: () => void) => {
      if (this.#agent === agent) what();
    };
    agent.on('registered', () => ofThis(() => this.#joined()));
    agent.on('registrationFailed', () => ofThis(() => this.#joinAnew()));
    agent.on('disconnected', ({ code }) => ofThis(() => this.#lose(code)));
    agent.on('newRTCSession', ({ session, originator }: RTCSessionEvent) =>
      ofThis(() => this.#begin(session, String(originator) === 'remote' ? 'in' : 'out')),
    );
    return agent;
  }

  /** After a loss the other end is told where we are now, or its good-bye would go nowhere (RFC 3261 section 12.2). */
  #joined(): void {
    const wasLost = this.#view.line === 'lost';
    this.#set({ line: 'ready' });
    if (wasLost && this.#talk?.isEstablished()) this.#talk.renegotiate({ useUpdate: true });
  }

  #lose(code: number | undefined): void {
    if (code === ELSEWHERE || code === ENDED) {
      this.#agent?.stop();
      this.#agent = null;
      this.#set({ line: code === ELSEWHERE ? 'elsewhere' : 'refused' });
      return;
    }
    this.#set({ line: 'lost' });
    if (code === NOT_LENT) this.#joinAnew();
  }

  /** The centre has forgotten us, or begun anew itself. A call that goes on keeps its sound meanwhile. */
  #joinAnew(): void {
    this.#set({ line: 'lost' });
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.#join(), LEND_AGAIN_MS);
  }

  // ---- the call

  #begin(talk: RTCSession, direction: PhoneCall['direction']): void {
    if (this.#talk !== null) {
      talk.terminate({ status_code: 486 });
      return;
    }
    this.#talk = talk;
    this.#before = { received: 0, lost: 0 };
    this.#set({ call: { direction, state: 'ringing', since: Date.now(), isMuted: false }, ended: null });
    talk.on('peerconnection', ({ peerconnection }) => this.#listen(peerconnection));
    talk.on('accepted', () => this.#changeCall({ state: 'talking', since: Date.now() }));
    talk.on('ended', (event) => this.#end(event));
    talk.on('failed', (event) => this.#end(event));
  }

  #listen(connection: RTCPeerConnection): void {
    connection.addEventListener('track', ({ track }) => this.#options.sound.hear(new MediaStream([track])));
  }

  #end({ originator, cause }: EndEvent): void {
    this.#talk = null;
    this.#options.sound.hear(null);
    this.#set({ call: null, ended: { cause: causeOf(String(originator), cause), at: Date.now() } });
  }

  #changeCall(change: Partial<PhoneCall>): void {
    const { call } = this.#view;
    if (call !== null) this.#set({ call: { ...call, ...change } });
  }

  #set(change: Partial<PhoneView>): void {
    if (this.#isClosed) return;
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function causeOf(originator: string, cause: string): EndCause {
  const isHere = originator === 'local';
  if (cause === 'Terminated') return isHere ? 'here' : 'there';
  if (cause === 'Canceled') return isHere ? 'here' : 'given_up';
  if (isHere && (cause === 'Rejected' || cause === 'Busy')) return 'here';
  return CAUSES[cause] ?? 'failed';
}
