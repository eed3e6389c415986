// What a line has learnt of itself: how long a served place keeps an agent busy, recently and in the same half-hour of
// earlier weeks, and how long callers are willing to hold. A client who does not answer keeps an agent busy for a short
// while only: that is in it too. Sums of whole numbers, in memories of several lengths; a prior from the configuration is
// worth ten observations.

const PRIOR = 10;
/** The shortest memory: so that a changed day is seen within the hour. Each longer one is twice as long. */
const RECENT_MAX = 200;
const MEMORIES = 8;
/** Two memories disagree when their means are further apart than so many standard errors of both together. */
const Z_APART = 1.5;
/** Means nearer than this are one, also where every call takes the same time. */
const LEAST_ERROR = 0.01;
const SLOT_MAX = 400;
const SLOT_MS = 1_800_000;
const SLOTS_A_WEEK = 336;
/** Squares are kept of tenths of seconds, so that their sum stays a safe integer. */
const SQUARE_UNIT_MS = 100;

export class Mean {
  private sum = 0;
  private count = 0;
  private squares = 0;
  private readonly countMax: number;

  constructor(countMax: number) {
    this.countMax = countMax;
  }

  /** Beyond countMax the older half of the weight is dropped. */
  add(value: number, times = 1): void {
    if (this.count >= this.countMax) {
      this.sum = Math.floor(this.sum / 2);
      this.count = Math.floor(this.count / 2);
      this.squares = Math.floor(this.squares / 2);
    }
    this.sum += value;
    this.count += times;
    this.squares += Math.round(value / SQUARE_UNIT_MS) ** 2;
  }

  /** With a prior of PRIOR observations. */
  mean(prior: number): number {
    return (this.sum + PRIOR * prior) / (this.count + PRIOR);
  }

  /** Of the mean: the spread of what was seen, over the root of how often. */
  standardError(mean: number): number {
    if (this.count === 0) return Number.POSITIVE_INFINITY;
    const square = (this.squares / this.count) * SQUARE_UNIT_MS ** 2;
    const spread = Math.sqrt(Math.max(0, square - (this.sum / this.count) ** 2));
    return Math.max(mean * LEAST_ERROR, spread / Math.sqrt(this.count + PRIOR));
  }

  /** Of time over events that come at an even rate: the mean over the root of their number. */
  standardErrorOfRate(mean: number): number {
    return mean / Math.sqrt(this.count + PRIOR);
  }

  get isFull(): boolean {
    return this.count >= this.countMax / 2;
  }

  dump(): readonly number[] {
    return [this.sum, this.count, this.squares];
  }
}

/**
 * As long a memory as agrees with every shorter one: on a steady day thousands of calls are remembered and the mean is
 * sharp, after a change only the last few hundred. The intersection of confidence intervals (Goldenshluger and Nemirovski
 * 1997; Katkovnik 1999), over memories each twice as long as the one before.
 */
export class Memory {
  private readonly means: readonly Mean[] = Array.from(
    { length: MEMORIES },
    (_, i) => new Mean(RECENT_MAX * 2 ** i),
  );
  private readonly isRate: boolean;

  constructor(isRate: boolean) {
    this.isRate = isRate;
  }

  add(value: number, times = 1): void {
    for (const mean of this.means) mean.add(value, times);
  }

  mean(prior: number): number {
    let low = Number.NEGATIVE_INFINITY;
    let high = Number.POSITIVE_INFINITY;
    let chosen = prior;
    for (const memory of this.means) {
      const mean = memory.mean(prior);
      const error = Z_APART * (this.isRate ? memory.standardErrorOfRate(mean) : memory.standardError(mean));
      low = Math.max(low, mean - error);
      high = Math.min(high, mean + error);
      if (low > high) return chosen;
      chosen = mean;
      if (!memory.isFull) return chosen; // the longer ones have seen nothing else
    }
    return chosen;
  }

  dump(): readonly unknown[] {
    return this.means.map((mean) => mean.dump());
  }
}

export class Experience {
  private readonly recent = new Memory(false);
  private readonly slots = new Map<number, Mean>();
  private readonly patience = new Memory(true);

  /** An agent was busy for a place of the line, from the reservation to being free again. */
  served(busyMs: number, at: number): void {
    this.recent.add(busyMs);
    const slot = slotOf(at);
    let mean = this.slots.get(slot);
    if (mean === undefined) {
      mean = new Mean(SLOT_MAX);
      this.slots.set(slot, mean);
    }
    mean.add(busyMs);
  }

  /** A caller held for so long, and then was served, took a callback, or gave up. */
  held(holdMs: number, gaveUp: boolean): void {
    this.patience.add(holdMs, gaveUp ? 1 : 0);
  }

  handleMs(expectedMs: number, at: number): number {
    const usual = this.slots.get(slotOf(at))?.mean(expectedMs) ?? expectedMs;
    return Math.max(1, Math.round(this.recent.mean(usual)));
  }

  /** Time held per caller who gave up: the likeliest mean of an exponential patience, where most are served first. */
  patienceMs(expectedMs: number): number {
    return Math.max(1, Math.round(this.patience.mean(expectedMs)));
  }

  /** For the state's hash. */
  dump(): unknown {
    return [
      this.recent.dump(),
      this.patience.dump(),
      [...this.slots].map(([slot, mean]) => [slot, mean.dump()]),
    ];
  }
}

/** Half-hour of the week in UTC: the same local one all year but for the weeks around a change of clocks. */
function slotOf(at: number): number {
  return Math.floor(at / SLOT_MS) % SLOTS_A_WEEK;
}
