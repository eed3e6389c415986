// One channel of the exchange: a caller's own, an agent's phone that is rung, or a client called through the fence. It
// holds what the channel hears and the timers of prompts, ringing and the fence. What it is about it does not know.

import type { Channel as ChannelId } from '../../core/id.ts';
import type { EndCause, Key } from '../../core/input.ts';
import type { Refusal } from '../far-side.ts';
import type { ExchangeRequest, SimulatedExchange } from './exchange.ts';
import { type Heard, type LineLeg, MUSIC, type NearEnd, SILENCE } from './line-leg.ts';
import { durationMs } from './speech.ts';
import type { Timer, Wakeable } from './timeline.ts';

export type ChannelKind = 'call' | 'ring' | 'dial';

/** A Dial that forgot its time. */
const HUNG_MS = 1_200_000;
/** RFC 4028: half of the default session interval, and the refresh that is not answered. */
const REFRESH_MS = 900_000 + 32_000;
/** Between asking for a prompt and its first sound. */
const BEGIN_MS = 20;
/** As the dialplan of the real one. */
const RETRY_MS = 2_000;
/** As the dialplan keys an extension: so long after the answer, and so long a key with the gap behind it. */
const EXTENSION_PAUSE_MS = 2_000;
const EXTENSION_KEY_MS = 350;

export class ExchangeChannel implements NearEnd, Wakeable {
  readonly id: ChannelId;
  readonly kind: ChannelKind;
  /** Null while a client's channel waits at the fence. */
  leg: LineLeg | null = null;
  from: string | null = null;
  dnis = '';
  attempt = '';
  callerId = '';
  ringMs = 0;
  /** Keyed to the far end once it has answered; the channel is up after the last key. */
  extension = '';
  bridge: string | null = null;
  isAtFence = false;
  cause: EndCause = 'normal';
  /** The playback that is asked for or heard. */
  playback: string | null = null;
  readonly #exchange: SimulatedExchange;
  #play: Extract<ExchangeRequest, { do: 'play' }> | null = null;
  #sound: Timer | null = null;
  #limit: Timer | null = null;
  /** The dialplan goes round beside everything else, also when the far end has vanished. */
  #round: Timer | null = null;
  #ended = false;

  constructor(exchange: SimulatedExchange, id: ChannelId, kind: ChannelKind) {
    this.#exchange = exchange;
    this.id = id;
    this.kind = kind;
  }

  get isUp(): boolean {
    const isUp = this.leg?.state === 'up' || this.leg?.isByeLost === true;
    return isUp && !this.#isKeying;
  }

  play(request: Extract<ExchangeRequest, { do: 'play' }>): void {
    this.#silence();
    this.playback = request.playback;
    this.#play = request;
    this.#sound = this.#after(BEGIN_MS, 'begin');
  }

  hear(heard: Heard): void {
    this.#silence();
    this.leg?.letHear(heard);
  }

  /** The dialplan answers by itself, and tries again. */
  waitToBeTaken(): void {
    this.leg?.accept();
    this.hear(MUSIC);
    this.#exchange.timeline.cancel(this.#round);
    this.#round = this.#after(RETRY_MS, 'try_again');
  }

  waitAtFence(limitMs: number): void {
    this.isAtFence = true;
    this.#limit = this.#after(limitMs, 'fence_limit');
  }

  /** The fence said yes, and the INVITE is out. */
  dialled(leg: LineLeg): void {
    this.isAtFence = false;
    this.placed(leg, leg.trouble?.hangsDial() === true ? HUNG_MS : this.ringMs);
  }

  placed(leg: LineLeg, ringMs: number): void {
    this.leg = leg;
    this.#exchange.timeline.cancel(this.#limit);
    this.#limit = this.#after(ringMs, 'ring_limit');
  }

  hangUp(): void {
    const { leg } = this;
    if (leg !== null) leg.drop(leg.state === 'up' || this.kind === 'call' ? 'normal' : 'no_answer');
    this.end(this.kind === 'call' || (this.#wasUp && !this.#isKeying) ? 'normal' : this.#unanswered());
  }

  /** Once. */
  end(cause: EndCause): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#silence();
    this.#limit = this.#exchange.timeline.cancel(this.#limit);
    this.#round = this.#exchange.timeline.cancel(this.#round);
    this.cause = cause;
    this.#exchange.drop(this);
    this.#exchange.tell({ is: 'ended', channel: this.id, cause });
  }

  /** The exchange is dead: nobody is told anything. */
  vanish(): void {
    this.#ended = true;
    this.#silence();
    this.#limit = this.#exchange.timeline.cancel(this.#limit);
    this.#round = this.#exchange.timeline.cancel(this.#round);
    if (this.leg !== null) this.leg.near = null;
  }

  // ---- from the far end

  farRang(): void {
    this.#exchange.tell({ is: 'ringing', channel: this.id });
  }

  farAnswered(): void {
    this.#limit = this.#exchange.timeline.cancel(this.#limit);
    this.#wasUp = true;
    if (this.extension === '') {
      this.#exchange.tell({ is: 'answered', channel: this.id });
      return;
    }
    this.#keys = [...this.extension] as Key[];
    this.#limit = this.#after(EXTENSION_PAUSE_MS, 'key');
  }

  farEnded(refusal: Refusal | null): void {
    if (refusal !== null) this.end(this.#refused(refusal));
    else this.end(this.#isKeying ? this.#unanswered() : 'normal');
  }

  farVanished(): void {
    this.#exchange.timeline.cancel(this.#limit);
    this.#limit = this.#after(REFRESH_MS, 'refresh');
  }

  /** Told to the house, and heard by whoever is in the same bridge. */
  farPressed(key: Key): void {
    for (const other of this.#exchange.beside(this)) other.leg?.letHearKey(key);
    this.#exchange.tell({ is: 'pressed', channel: this.id, key });
  }

  wake(what: string): void {
    switch (what) {
      case 'begin': {
        const play = this.#play;
        if (play === null) return;
        this.#sound = this.#after(durationMs(play.say), 'finish');
        this.leg?.letHear({ kind: 'prompt', say: play.say, language: play.language });
        this.#exchange.tell({ is: 'began', channel: this.id, playback: play.playback });
        return;
      }
      case 'finish': {
        const play = this.#play;
        if (play === null) return;
        this.#silence();
        this.leg?.letHear(SILENCE);
        this.#exchange.tell({ is: 'finished', channel: this.id, playback: play.playback });
        return;
      }
      case 'try_again':
        this.#exchange.tell({ is: 'arrived', channel: this.id, from: this.from, dnis: this.dnis });
        return;
      case 'refresh':
        this.end('normal');
        return;
      case 'key':
        this.#keyNext();
        return;
      case 'ring_limit':
        this.leg?.drop('no_answer');
        this.end(this.#unanswered());
        return;
      default: // fence_limit
        this.end('fence_refused');
    }
  }

  #wasUp = false;
  /** Of the extension, still to be keyed; null when there is none or all are. */
  #keys: Key[] | null = null;

  /** Answered, and the extension is not keyed to its end: nobody was joined to anybody yet. */
  get #isKeying(): boolean {
    return this.#keys !== null;
  }

  #keyNext(): void {
    const key = this.#keys?.shift();
    if (key !== undefined) {
      this.leg?.letHearKey(key);
      this.#limit = this.#after(EXTENSION_KEY_MS, 'key');
      return;
    }
    this.#keys = null;
    this.#limit = null;
    this.#exchange.tell({ is: 'answered', channel: this.id });
  }

  #silence(): void {
    this.#sound = this.#exchange.timeline.cancel(this.#sound);
    this.#play = null;
    this.playback = null;
  }

  #after(ms: number, what: string): Timer {
    return this.#exchange.timeline.set(this.#exchange.timeline.now() + ms, this, what);
  }

  #unanswered(): EndCause {
    if (this.leg === null) return 'fence_refused';
    if (this.leg.rang || this.#wasUp) return 'no_answer';
    return this.kind === 'ring' ? 'unreachable' : 'congestion';
  }

  /** As the real one tells them: a phone of ours that does not reply is unreachable, a trunk that does not is congestion. */
  #refused(refusal: Refusal): EndCause {
    switch (refusal) {
      case 'unallocated':
        return this.kind === 'ring' ? 'unreachable' : 'unallocated';
      case 'congestion':
        return this.kind === 'ring' ? 'unreachable' : 'congestion';
      case 'busy':
      case 'rejected':
      case 'no_answer':
        return refusal;
    }
  }
}
