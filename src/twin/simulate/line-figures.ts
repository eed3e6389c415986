// The figures of one line, over arrivals after the warm-up, as they are published by `rappel simulate --json`. Sums and
// counts only, so that memory does not grow with the calls. What each figure means stands in docs/simulation.md.

import { QuoteError } from './quote-error.ts';
import { Spread } from './spread.ts';

export type LineResult = {
  readonly arrived: number;
  readonly refused: number;
  readonly entered: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly delayedShare: number;
  readonly abandonedShare: number;
  readonly waitMeanS: number;
  readonly holdWaitMeanS: number;
  readonly offeredWaitMeanS: number;
  readonly servedWithin: Readonly<Record<string, number>>;
  readonly utilisation: number;
  readonly queueMean: number;
  readonly callback: {
    readonly offered: number;
    readonly accepted: number;
    readonly connected: number;
    readonly incomplete: number;
    readonly waitMeanS: number;
    readonly waitP50S: number;
    readonly waitP90S: number;
  };
  readonly quote: {
    readonly rrmse: number;
    readonly floor: number;
    readonly bias: number;
    readonly inside: number;
  };
  readonly overtakes: number;
};

export class LineFigures {
  arrived = 0;
  refused = 0;
  delayed = 0;
  entered = 0;
  abandoned = 0;
  offered = 0;
  accepted = 0;
  connected = 0;
  incomplete = 0;
  overtakes = 0;
  readonly quote = new QuoteError();
  readonly floor = new QuoteError();
  #answeredLive = 0;
  #waitMs = 0;
  #holdWaitMs = 0;
  #callbackWaitMs = 0;
  #offeredWaitMs = 0;
  #offeredWaits = 0;
  readonly #within: number[];
  readonly #levelsMs: readonly number[];
  readonly #callbackWaits = new Spread();

  constructor(serviceLevelS: readonly number[]) {
    this.#levelsMs = serviceLevelS.map((level) => level * 1_000);
    this.#within = serviceLevelS.map(() => 0);
  }

  answered(waitMs: number): void {
    this.#answeredLive += 1;
    this.#waitMs += waitMs;
    this.#holdWaitMs += waitMs;
    this.#serve(waitMs);
  }

  gaveUp(waitMs: number): void {
    this.abandoned += 1;
    this.#waitMs += waitMs;
    this.#holdWaitMs += waitMs;
  }

  calledBack(waitMs: number): void {
    this.connected += 1;
    this.#waitMs += waitMs;
    this.#callbackWaitMs += waitMs;
    this.#callbackWaits.add(waitMs);
    this.#serve(waitMs);
  }

  notReached(waitMs: number): void {
    this.incomplete += 1;
    this.#waitMs += waitMs;
  }

  /** What infinite patience would have waited. */
  wouldHaveWaited(truthMs: number): void {
    this.#offeredWaits += 1;
    this.#offeredWaitMs += truthMs;
  }

  #serve(waitMs: number): void {
    const levels = this.#levelsMs;
    for (let i = 0; i < levels.length; i += 1) {
      if (waitMs <= (levels[i] as number)) this.#within[i] = (this.#within[i] as number) + 1;
    }
  }

  result(utilisation: number, queueMean: number): LineResult {
    const { arrived, refused, entered, abandoned, connected } = this;
    const within = this.#levelsMs.map((level, i): [string, number] => [
      String(level / 1_000),
      share(this.#within[i] ?? 0, arrived),
    ]);
    return {
      arrived,
      refused,
      entered,
      answered: this.#answeredLive + connected,
      abandoned,
      delayedShare: share(this.delayed, arrived),
      abandonedShare: share(abandoned, arrived),
      waitMeanS: seconds(share(this.#waitMs, entered)),
      holdWaitMeanS: seconds(share(this.#holdWaitMs, entered - this.accepted)),
      offeredWaitMeanS: seconds(share(this.#offeredWaitMs, this.#offeredWaits)),
      servedWithin: Object.fromEntries(within),
      utilisation: rounded(utilisation),
      queueMean: rounded(queueMean),
      callback: {
        offered: this.offered,
        accepted: this.accepted,
        connected,
        incomplete: this.incomplete,
        waitMeanS: seconds(share(this.#callbackWaitMs, connected)),
        waitP50S: seconds(this.#callbackWaits.quantileMs(0.5)),
        waitP90S: seconds(this.#callbackWaits.quantileMs(0.9)),
      },
      quote: {
        rrmse: rounded(this.quote.rrmse),
        floor: rounded(this.floor.rrmse),
        bias: rounded(this.quote.bias),
        inside: rounded(this.quote.inside),
      },
      overtakes: this.overtakes,
    };
  }
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : rounded(part / whole);
}

function seconds(ms: number): number {
  return rounded(ms / 1_000);
}

/** Eight digits: more would be noise. */
function rounded(value: number): number {
  return Number(value.toPrecision(8));
}
