// Gathers the keys of a number: `#` ends it, and so does silence (longer before the first key than between two), or too
// many keys. Silence counts from the end of the prompt; a key that comes before counts too. A star is gathered as it is:
// whoever reads the text refuses it in words. The digits stay here until they are taken and are never logged.

import type { Key } from '../../core/input.ts';

export type KeyGatheringOptions = {
  readonly firstKeyMs: number;
  readonly nextKeyMs: number;
  /** The key pressed last before: the same one again at once, and before any other, is a bounce. */
  readonly before: { readonly key: Key; readonly atMs: number; readonly repeatMs: number } | null;
  /** Called once; `closed`: `#` ended it, which alone says something that silence does not. */
  readonly done: (text: string, closed: boolean) => void;
};

/** No number of E.164 is longer than 15 digits; with a prefix and an extension 24 is plenty. */
export const GATHERED_KEYS_MAX = 24;

export class KeyGathering {
  readonly #options: KeyGatheringOptions;
  #text = '';
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #isFresh = true;

  constructor(options: KeyGatheringOptions) {
    this.#options = options;
  }

  promptEnded(): void {
    if (!this.#closed && this.#text === '') this.#endAfter(this.#options.firstKeyMs);
  }

  /** Whether this key, pressed at this time by performance.now(), is the one before it once more: not to be pressed. */
  isBounce(key: Key, atMs: number): boolean {
    const { before } = this.#options;
    return this.#isFresh && before !== null && key === before.key && atMs - before.atMs < before.repeatMs;
  }

  press(key: Key): void {
    if (this.#closed) return;
    this.#isFresh = false;
    if (key !== '#') this.#text += key;
    if (key === '#' || this.#text.length >= GATHERED_KEYS_MAX) this.#finish(key === '#');
    else this.#endAfter(this.#options.nextKeyMs);
  }

  /** Nothing will be told. */
  cancel(): void {
    this.#closed = true;
    this.#text = '';
    clearTimeout(this.#timer);
  }

  #endAfter(silenceMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#finish(false), silenceMs);
  }

  #finish(closed: boolean): void {
    const text = this.#text;
    this.cancel();
    this.#options.done(text, closed);
  }
}
