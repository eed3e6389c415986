// How waits are spread, in memory that does not grow: counts in buckets, each a thousandth wider than the one before, so
// that a quantile is right to a thousandth of itself. From a millisecond to some thirty years; shorter is zero.

const RATIO = 1.001;
const LOG_RATIO = Math.log(RATIO);
const LEAST_MS = 1;
const MOST_MS = 1e12;
const BUCKETS = Math.ceil(Math.log(MOST_MS / LEAST_MS) / LOG_RATIO) + 1;

export class Spread {
  readonly #counts = new Float64Array(BUCKETS + 1);
  #count = 0;

  add(valueMs: number): void {
    const bucket = valueMs < LEAST_MS ? 0 : 1 + Math.floor(Math.log(valueMs / LEAST_MS) / LOG_RATIO);
    const within = Math.min(bucket, BUCKETS);
    this.#counts[within] = (this.#counts[within] as number) + 1;
    this.#count += 1;
  }

  /** `share` of all are at or below it; 0 when there are none. */
  quantileMs(share: number): number {
    const wanted = share * this.#count;
    let seen = 0;
    for (let bucket = 0; bucket <= BUCKETS; bucket += 1) {
      const count = this.#counts[bucket] as number;
      if (count > 0 && seen + count >= wanted) {
        if (bucket === 0) return 0;
        return LEAST_MS * RATIO ** (bucket - 1 + (wanted - seen) / count);
      }
      seen += count;
    }
    return 0;
  }
}
