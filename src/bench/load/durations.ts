// Times by the million, in little room: counted in steps of a hundredth, which is as exact as their quantiles need, and
// the longest of each kind as it was.

const STEP = Math.log(1.01);
const LEAST_MS = 0.0001;

export class Durations {
  readonly #counts = new Map<number, number>();
  readonly #longestMs = new Map<string, number>();
  #count = 0;

  note(kind: string, ms: number): void {
    const step = Math.max(0, Math.ceil(Math.log(ms / LEAST_MS) / STEP));
    this.#counts.set(step, (this.#counts.get(step) ?? 0) + 1);
    this.#count += 1;
    if (ms > (this.#longestMs.get(kind) ?? 0)) this.#longestMs.set(kind, ms);
  }

  /** From here on anew. */
  clear(): void {
    this.#counts.clear();
    this.#longestMs.clear();
    this.#count = 0;
  }

  get count(): number {
    return this.#count;
  }

  /** At least this share was not longer, in ms; a hundredth too long at the most. */
  quantileMs(share: number): number {
    let left = share * this.#count;
    for (const [step, count] of [...this.#counts].sort(([a], [b]) => a - b)) {
      left -= count;
      if (left <= 0) return LEAST_MS * Math.exp(step * STEP);
    }
    return this.maxMs;
  }

  get maxMs(): number {
    return Math.max(0, ...this.#longestMs.values());
  }

  longestMs(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#longestMs].sort(([, a], [, b]) => b - a));
  }
}
