// Keys of a number as they come, in virtual time: the number sign ends it, silence does (counted from the end of the
// prompt, or from the last key), and so do too many keys. A star is part of the text; whoever reads it refuses it. The
// key that led here, pressed again at once, is a bounce.

import type { Key } from '../../core/input.ts';
import type { Timeline, Timer, Wakeable } from './timeline.ts';

const KEYS_MAX = 24;

export type KeyingTimes = {
  readonly firstKeyMs: number;
  readonly nextKeyMs: number;
  readonly keyRepeatMs: number;
};

/** A key, and when it was pressed. */
export type Pressed = { readonly key: Key; readonly at: number };

export class NumberKeying implements Wakeable {
  readonly #timeline: Timeline;
  readonly #times: KeyingTimes;
  readonly #done: (text: string, closed: boolean) => void;
  /** The key pressed last before; null from the first key on. */
  #before: Pressed | null;
  #text = '';
  #silence: Timer | null = null;
  #isOver = false;

  /** `closed`: the number sign ended it. */
  constructor(
    timeline: Timeline,
    times: KeyingTimes,
    before: Pressed | null,
    done: (text: string, closed: boolean) => void,
  ) {
    this.#timeline = timeline;
    this.#times = times;
    this.#before = before;
    this.#done = done;
  }

  promptEnded(): void {
    if (!this.#isOver && this.#text === '') this.#endAfter(this.#times.firstKeyMs);
  }

  isBounce(key: Key): boolean {
    const before = this.#before;
    return before?.key === key && this.#timeline.now() - before.at < this.#times.keyRepeatMs;
  }

  press(key: Key): void {
    if (this.#isOver) return;
    this.#before = null;
    if (key !== '#') this.#text += key;
    if (key === '#' || this.#text.length >= KEYS_MAX) this.#finish(key === '#');
    else this.#endAfter(this.#times.nextKeyMs);
  }

  cancel(): void {
    this.#isOver = true;
    this.#text = '';
    this.#silence = this.#timeline.cancel(this.#silence);
  }

  /** Silence. */
  wake(): void {
    this.#finish(false);
  }

  #finish(closed: boolean): void {
    const text = this.#text;
    this.cancel();
    this.#done(text, closed);
  }

  #endAfter(ms: number): void {
    this.#timeline.cancel(this.#silence);
    this.#silence = this.#timeline.set(this.#timeline.now() + ms, this, 'silence');
  }
}
