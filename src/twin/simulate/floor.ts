// The best that can be said on entry by anybody who knows the true rates and how many are ahead: QLm, a sum of 1 / (n mu +
// i theta) for i from 0 to the number ahead (Whitt 1999; Ibrahim and Whitt 2009). Exact for M/M/n+M. Of places ahead only
// the share that holds can leave.

export class QuoteFloor {
  readonly #serviceRate: number;
  readonly #leaveRate: number;
  /** Where everybody ahead holds: the sums, so far as they were asked for. */
  readonly #sums: number[] = [];

  /** Rates per ms: of all agents of the line together, and of one caller who holds (0: they never leave). */
  constructor(serviceRate: number, leaveRate: number) {
    this.#serviceRate = serviceRate;
    this.#leaveRate = leaveRate;
  }

  meanMs(ahead: number, holding: number): number {
    return holding >= ahead ? this.#known(ahead) : this.#mixed(ahead, holding / ahead);
  }

  #known(ahead: number): number {
    const sums = this.#sums;
    while (sums.length <= ahead) {
      const before = sums.at(-1) ?? 0;
      sums.push(before + 1 / (this.#serviceRate + sums.length * this.#leaveRate));
    }
    return sums[ahead] as number;
  }

  #mixed(ahead: number, share: number): number {
    let sum = 0;
    for (let i = 0; i <= ahead; i += 1) sum += 1 / (this.#serviceRate + i * share * this.#leaveRate);
    return sum;
  }
}
