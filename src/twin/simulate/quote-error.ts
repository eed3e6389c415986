// How wrong a quote was, against the wait that infinite patience would have had (V): root mean square error and bias, both
// over the mean of V, and the share within five minutes or a fifth of V, whichever is more. Sums only.

const NEAR_MS = 300_000;
const NEAR_SHARE = 0.2;

export class QuoteError {
  #count = 0;
  #truth = 0;
  #off = 0;
  #squared = 0;
  #inside = 0;

  add(quoteMs: number, truthMs: number): void {
    const off = quoteMs - truthMs;
    this.#count += 1;
    this.#truth += truthMs;
    this.#off += off;
    this.#squared += off * off;
    if (Math.abs(off) <= Math.max(NEAR_MS, NEAR_SHARE * truthMs)) this.#inside += 1;
  }

  get rrmse(): number {
    return this.#truth === 0 ? 0 : Math.sqrt(this.#squared * this.#count) / this.#truth;
  }

  get bias(): number {
    return this.#truth === 0 ? 0 : this.#off / this.#truth;
  }

  get inside(): number {
    return this.#count === 0 ? 0 : this.#inside / this.#count;
  }
}
