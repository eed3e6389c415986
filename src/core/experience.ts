// What a line has learnt of itself: how long a served place keeps an agent busy, recently and in the same half-hour of
// earlier weeks, and how long callers are willing to hold. A client who does not answer keeps an agent busy for a short
// while only: that is in it too. Sums of whole numbers; a prior from the configuration is worth ten observations.

const PRIOR = 10;
/** Beyond so many the older half of the weight is dropped, so that a changed day is seen within the hour. */
const RECENT_MAX = 200;
const SLOT_MAX = 400;
const SLOT_MS = 1_800_000;
const SLOTS_A_WEEK = 336;

class Mean {
  private sum = 0;
  private count = 0;
  private readonly countMax: number;

  constructor(countMax: number) {
    this.countMax = countMax;
  }

  add(value: number, times = 1): void {
    if (this.count >= this.countMax) {
      this.sum = Math.floor(this.sum / 2);
      this.count = Math.floor(this.count / 2);
    }
    this.sum += value;
    this.count += times;
  }

  /** With a prior of PRIOR observations. */
  mean(prior: number): number {
    return (this.sum + PRIOR * prior) / (this.count + PRIOR);
  }

  dump(): readonly number[] {
    return [this.sum, this.count];
  }
}

export class Experience {
  private readonly recent = new Mean(RECENT_MAX);
  private readonly slots = new Map<number, Mean>();
  private readonly patience = new Mean(RECENT_MAX);

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
