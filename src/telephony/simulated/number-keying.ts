// Keys of a number as they come, in virtual time: the number sign ends it, silence does (counted from the end of the
// prompt, or from the last key), and so do too many keys. A star is part of the text; whoever reads it refuses it.

import type { Key } from '../../core/input.ts';
import type { Timeline, Timer, Wakeable } from './timeline.ts';

const KEYS_MAX = 24;

export class NumberKeying implements Wakeable {
  readonly #timeline: Timeline;
  readonly #firstKeyMs: number;
  readonly #nextKeyMs: number;
  readonly #done: (text: string) => void;
  #text = '';
  #silence: Timer | null = null;
  #isOver = false;

  constructor(timeline: Timeline, firstKeyMs: number, nextKeyMs: number, done: (text: string) => void) {
    this.#timeline = timeline;
    this.#firstKeyMs = firstKeyMs;
    this.#nextKeyMs = nextKeyMs;
    this.#done = done;
  }

  promptEnded(): void {
    if (!this.#isOver && this.#text === '') this.#endAfter(this.#firstKeyMs);
  }

  press(key: Key): void {
    if (this.#isOver) return;
    if (key !== '#') this.#text += key;
    if (key === '#' || this.#text.length >= KEYS_MAX) this.wake();
    else this.#endAfter(this.#nextKeyMs);
  }

  cancel(): void {
    this.#isOver = true;
    this.#text = '';
    this.#silence = this.#timeline.cancel(this.#silence);
  }

  /** Silence, or the end. */
  wake(): void {
    const text = this.#text;
    this.cancel();
    this.#done(text);
  }

  #endAfter(ms: number): void {
    this.#timeline.cancel(this.#silence);
    this.#silence = this.#timeline.set(this.#timeline.now() + ms, this, 'silence');
  }
}
