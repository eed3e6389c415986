// The sound of one call, both ways: Asterisk hands the call's A-law to us over a WebSocket of its own, we hand it our
// tone, and Asterisk keeps the time. Two long pieces of tone are always waiting there; a mark after each says when it
// has been played, which is when the next is sent.

import WebSocket from 'ws';
import { HEARD_MS, type HeardTone } from '../../telephony/far-side.ts';
import { BLOCK_MS, type BlockHeard, Ear, toneSecond } from './tone.ts';

const PIECE_SECONDS = 4;

type Hearing = { toneHz: number; firstMs: number; lastMs: number; blocks: number };
/** A tone, the tone of anybody else, any sound at all, or a voice that speaks alone since somebody was heard. */
type Sought = number | 'somebody' | 'anything' | 'voice';
type Wish = { sought: Sought; resolve: (heard: boolean) => void };

export type SoundOptions = {
  readonly url: string;
  /** What this end sends; 0 for nothing. */
  readonly toneHz: number;
  /** The tones that may be heard at present. */
  readonly others: () => Iterable<number>;
  /** A clock that never steps back, in ms. */
  readonly now: () => number;
};

export class Sound {
  readonly #socket: WebSocket;
  readonly #toneHz: number;
  readonly #others: () => Iterable<number>;
  readonly #now: () => number;
  readonly #ear = new Ear();
  readonly #hearings = new Map<number, Hearing>();
  readonly #wishes = new Set<Wish>();
  #soundMs = 0;
  /** Sound in one piece that is nobody's tone. */
  #voiceMs = 0;
  #startedAt = 0;
  #sending = false;
  #over = false;

  constructor(options: SoundOptions) {
    this.#toneHz = options.toneHz;
    this.#others = options.others;
    this.#now = options.now;
    this.#socket = new WebSocket(options.url, 'media', { perMessageDeflate: false });
    this.#socket.on('open', () => this.#send());
    this.#socket.on('message', (data, isBinary) => this.#take(data as Buffer, isBinary));
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => this.close());
  }

  /** The call is up: what is heard counts from here, and our tone begins. */
  start(): void {
    this.#startedAt = this.#now();
    this.#send();
  }

  /** Once both are so: the call is up, which Asterisk tells on another socket, and this one is open. */
  #send(): void {
    const isOpen = this.#socket.readyState === WebSocket.OPEN;
    if (this.#sending || this.#toneHz === 0 || this.#startedAt === 0 || !isOpen) return;
    this.#sending = true;
    this.#sendPiece();
    this.#sendPiece();
  }

  hears(sought: Sought): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.#heardMs(sought) >= HEARD_MS) return resolve(true);
      if (this.#over) return resolve(false);
      this.#wishes.add({ sought, resolve });
    });
  }

  heard(): HeardTone[] {
    return [...this.#hearings.values()]
      .filter((hearing) => hearing.blocks * BLOCK_MS >= HEARD_MS)
      .map(({ toneHz, firstMs, lastMs, blocks }) => {
        const share = Math.min(1, (blocks * BLOCK_MS) / Math.max(BLOCK_MS, lastMs - firstMs));
        return { toneHz, firstMs, lastMs, share };
      });
  }

  /** No more sound: whoever still waits for some learns that none came. */
  close(): void {
    if (this.#over) return;
    this.#over = true;
    for (const wish of this.#wishes) wish.resolve(false);
    this.#wishes.clear();
    this.#socket.close();
  }

  #take(data: Buffer, isBinary: boolean): void {
    if (!isBinary) {
      if (data.toString().startsWith('MEDIA_MARK_PROCESSED')) this.#sendPiece();
    } else if (this.#startedAt > 0) {
      this.#ear.listen(data, this.#others(), (heard) => this.#note(heard));
    }
  }

  #sendPiece(): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    const second = toneSecondOf(this.#toneHz);
    for (let i = 0; i < PIECE_SECONDS; i += 1) this.#socket.send(second);
    this.#socket.send('MARK_MEDIA piece');
  }

  #note(heard: BlockHeard): void {
    if (!heard.sound) return;
    this.#voiceMs = heard.tonesHz.length > 0 ? 0 : this.#voiceMs + BLOCK_MS;
    this.#soundMs += BLOCK_MS;
    const lastMs = Math.round(this.#now() - this.#startedAt);
    for (const toneHz of heard.tonesHz) {
      if (toneHz === this.#toneHz) continue;
      const hearing = this.#hearings.get(toneHz);
      if (hearing) {
        hearing.lastMs = lastMs;
        hearing.blocks += 1;
      } else
        this.#hearings.set(toneHz, { toneHz, firstMs: Math.max(0, lastMs - BLOCK_MS), lastMs, blocks: 1 });
    }
    for (const wish of this.#wishes) {
      if (this.#heardMs(wish.sought) < HEARD_MS) continue;
      this.#wishes.delete(wish);
      wish.resolve(true);
    }
  }

  #heardMs(sought: Sought): number {
    if (sought === 'anything') return this.#soundMs;
    if (sought === 'voice') return this.#heardMs('somebody') < HEARD_MS ? 0 : this.#voiceMs;
    if (sought !== 'somebody') return (this.#hearings.get(sought)?.blocks ?? 0) * BLOCK_MS;
    let longest = 0;
    for (const { blocks } of this.#hearings.values()) longest = Math.max(longest, blocks);
    return longest * BLOCK_MS;
  }
}

const seconds = new Map<number, Buffer>();

/** Made once for each tone: at most as many as the shelf has. */
function toneSecondOf(hz: number): Buffer {
  const known = seconds.get(hz);
  if (known) return known;
  const made = toneSecond(hz);
  seconds.set(hz, made);
  return made;
}
