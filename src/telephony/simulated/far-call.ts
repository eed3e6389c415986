// One call as one end of it lives it, in virtual time, with promises: for tests. What it hears it hears as tones, as a
// person's ear would: the other end's own tone while the two are joined, something without a tone for all the rest.

import type { Key } from '../../core/input.ts';
import { type FarCall, type FarEnd, HEARD_MS, type HeardTone } from '../far-side.ts';
import { type FarParty, type Heard, type LineLeg, SILENCE } from './line-leg.ts';
import type { Timeline, Timer, Wakeable } from './timeline.ts';

/** A key is pressed and let go in this time, the pause to the next included. */
const KEY_MS = 200;
const FIRST_TONE_HZ = 400;

type Span = { readonly toneHz: number; readonly fromMs: number; readonly toMs: number };
type Listener = { readonly toneHz: number | null; readonly found: (isHeard: boolean) => void };

export class FarCallRecord implements FarCall, FarParty, Wakeable {
  readonly leg: LineLeg;
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly toneHz: number;
  readonly answered: Promise<boolean>;
  readonly ended: Promise<FarEnd>;
  readonly #timeline: Timeline;
  #settleAnswered!: (isUp: boolean) => void;
  #settleEnded!: (end: FarEnd) => void;
  #answeredAt = 0;
  #hears: Heard = SILENCE;
  #since = 0;
  readonly #past: Span[] = [];
  readonly #listeners = new Set<Listener>();
  #longEnough: Timer | null = null;
  readonly #keys: Key[] = [];
  #keysHeard = '';
  readonly #keyListeners = new Set<{ readonly keys: string; readonly found: (isHeard: boolean) => void }>();
  #pressing: ((isDone: boolean) => void)[] = [];
  #nextKey: Timer | null = null;

  constructor(timeline: Timeline, leg: LineLeg) {
    this.#timeline = timeline;
    this.leg = leg;
    this.id = `far-${leg.id}`;
    this.direction = leg.direction;
    this.toneHz = FIRST_TONE_HZ + leg.id;
    this.answered = new Promise((resolve) => {
      this.#settleAnswered = resolve;
    });
    this.ended = new Promise((resolve) => {
      this.#settleEnded = resolve;
    });
    leg.far = this;
  }

  hangUp(): Promise<FarEnd> {
    this.leg.hangUp();
    return this.ended;
  }

  press(keys: string): Promise<boolean> {
    if (this.leg.state !== 'up') return Promise.resolve(false);
    this.#keys.push(...([...keys] as Key[]));
    this.#nextKey ??= this.#timeline.set(this.#timeline.now(), this, 'key');
    return new Promise((resolve) => this.#pressing.push(resolve));
  }

  async hears(toneHz: number): Promise<boolean> {
    return (await this.answered) && this.#listen(toneHz);
  }

  async hearsAnything(): Promise<boolean> {
    return (await this.answered) && this.#listen(null);
  }

  async hearsKeys(keys: string): Promise<boolean> {
    if (!(await this.answered)) return false;
    if (this.#keysHeard.includes(keys)) return true;
    if (this.leg.state === 'ended') return false;
    return new Promise((found) => this.#keyListeners.add({ keys, found }));
  }

  keysHeard(): string {
    return this.#keysHeard;
  }

  heard(): readonly HeardTone[] {
    const tones = new Map<number, { firstMs: number; lastMs: number; forMs: number }>();
    for (const { toneHz, fromMs, toMs } of [...this.#past, ...this.#spans()]) {
      const known = tones.get(toneHz) ?? { firstMs: fromMs, lastMs: fromMs, forMs: 0 };
      tones.set(toneHz, { ...known, lastMs: toMs, forMs: known.forMs + toMs - fromMs });
    }
    return [...tones].map(([toneHz, { firstMs, lastMs, forMs }]) => {
      return { toneHz, firstMs, lastMs, share: lastMs > firstMs ? forMs / (lastMs - firstMs) : 1 };
    });
  }

  // ---- what the leg tells

  legAnswered(): void {
    this.#answeredAt = this.#timeline.now();
    this.#settleAnswered(true);
  }

  legEnded(_leg: LineLeg, end: FarEnd): void {
    this.#hear(SILENCE);
    this.#nextKey = this.#timeline.cancel(this.#nextKey);
    for (const listener of this.#listeners) listener.found(false);
    this.#listeners.clear();
    for (const listener of this.#keyListeners) listener.found(false);
    this.#keyListeners.clear();
    this.#settlePresses(false);
    this.#settleAnswered(false);
    this.#settleEnded(end);
  }

  legHears(_leg: LineLeg, heard: Heard): void {
    this.#hear(heard);
  }

  legKeyed(_leg: LineLeg, key: Key): void {
    this.#keysHeard += key;
    for (const listener of this.#keyListeners) {
      if (!this.#keysHeard.includes(listener.keys)) continue;
      this.#keyListeners.delete(listener);
      listener.found(true);
    }
  }

  wake(what: string): void {
    if (what === 'key') this.#press();
    else this.#noteHeard();
  }

  #hear(heard: Heard): void {
    this.#past.push(...this.#spans());
    this.#hears = heard;
    this.#since = this.#timeline.now();
    this.#longEnough = this.#timeline.cancel(this.#longEnough);
    if (heard.kind !== 'silence')
      this.#longEnough = this.#timeline.set(this.#since + HEARD_MS, this, 'heard');
  }

  #press(): void {
    this.#nextKey = null;
    const key = this.#keys.shift();
    if (key === undefined) {
      this.#settlePresses(true);
      return;
    }
    this.leg.press(key);
    if (this.leg.state === 'up')
      this.#nextKey = this.#timeline.set(this.#timeline.now() + KEY_MS, this, 'key');
  }

  #settlePresses(isDone: boolean): void {
    const waiting = this.#pressing;
    this.#pressing = [];
    for (const resolve of waiting) resolve(isDone);
  }

  #noteHeard(): void {
    this.#longEnough = null;
    for (const listener of this.#listeners) {
      if (listener.toneHz !== null && !tonesOf(this.#hears).includes(listener.toneHz)) continue;
      this.#listeners.delete(listener);
      listener.found(true);
    }
  }

  #listen(toneHz: number | null): Promise<boolean> {
    const { kind } = this.#hears;
    const isThere = toneHz === null ? kind !== 'silence' : tonesOf(this.#hears).includes(toneHz);
    if (isThere && this.#timeline.now() - this.#since >= HEARD_MS) return Promise.resolve(true);
    if (this.#past.some((span) => span.toneHz === toneHz && span.toMs - span.fromMs >= HEARD_MS))
      return Promise.resolve(true);
    if (this.leg.state === 'ended') return Promise.resolve(false);
    return new Promise((resolve) => this.#listeners.add({ toneHz, found: resolve }));
  }

  #spans(): Span[] {
    const [fromMs, toMs] = [this.#since - this.#answeredAt, this.#timeline.now() - this.#answeredAt];
    return tonesOf(this.#hears).map((toneHz) => ({ toneHz, fromMs, toMs }));
  }
}

function tonesOf(heard: Heard): number[] {
  if (heard.kind !== 'voice') return [];
  return [heard.leg, ...(heard.others ?? [])].flatMap(({ far }) =>
    far instanceof FarCallRecord ? [far.toneHz] : [],
  );
}
