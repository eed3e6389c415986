// What must hold whatever happens, read from the committed facts alone and from what the carrier counted for itself: never
// from the core's own state, but to hold it against the facts. The workload does not know the checkers and they do not
// know the workload. A violation names its invariant (see checker.ts) and tells the last facts.

import type { Fact } from '../core/fact.ts';
import type { State } from '../core/state.ts';
import type { Row } from '../journal/journal.ts';
import { AgainChecker } from './check-again.ts';
import { AgentsChecker } from './check-agents.ts';
import { AnswersChecker } from './check-answers.ts';
import { CallbacksChecker } from './check-callbacks.ts';
import { LimitsChecker } from './check-limits.ts';
import { OrderChecker } from './check-order.ts';
import { PrivacyChecker } from './check-privacy.ts';
import { StuckChecker } from './check-stuck.ts';
import { SurveysChecker } from './check-surveys.ts';
import { ToldChecker } from './check-told.ts';
import { type Checker, hold, type Meter } from './checker.ts';

/** How many of the last facts are told with a violation. */
const STORY_FACTS = 40;

export type CheckersOptions = {
  readonly shard: string;
  readonly meter: Meter;
  readonly isNumber: (text: string) => boolean;
  /** Where the world has hours; left out: always open. */
  readonly hours?: {
    readonly timeZone: string;
    readonly everyDay: readonly string[] | null;
  };
};

export class Checkers {
  readonly order = new OrderChecker();
  readonly callbacks: CallbacksChecker;
  readonly agents = new AgentsChecker();
  readonly told = new ToldChecker();
  readonly limits: LimitsChecker;
  readonly answers = new AnswersChecker();
  readonly stuck = new StuckChecker();
  readonly #all: readonly Checker[];
  readonly #story: Row<Fact>[] = [];
  #seq = 0;
  #epoch = 0;
  #at = 0;

  constructor({ shard, meter, isNumber, hours }: CheckersOptions) {
    this.callbacks = new CallbacksChecker(shard, meter);
    this.limits = new LimitsChecker(hours?.everyDay == null ? null : hours);
    const privacy = new PrivacyChecker(isNumber);
    const surveys = new SurveysChecker();
    const again = new AgainChecker(hours?.everyDay == null ? null : hours);
    this.#all = [this.order, this.callbacks, this.agents, this.told, this.limits, surveys, again, privacy];
  }

  /** The time of the last fact. */
  get at(): number {
    return this.#at;
  }

  /** Facts checked so far. */
  get seq(): number {
    return this.#seq;
  }

  row(row: Row<Fact>): void {
    this.#story.push(row);
    if (this.#story.length > STORY_FACTS * 2) this.#story.splice(0, STORY_FACTS);
    hold(row.seq === this.#seq + 1, 'S1', `the journal goes on at ${this.#seq + 1}, not at ${row.seq}`);
    hold(row.epoch >= this.#epoch, 'S16', `epoch ${row.epoch} wrote after epoch ${this.#epoch}`);
    hold(row.at >= this.#at, 'S18', 'time went back in the journal');
    this.#seq = row.seq;
    this.#epoch = row.epoch;
    this.#at = row.at;
    for (const checker of this.#all) checker.fact(row.fact, row.at);
  }

  atRest(state: State | null): void {
    for (const checker of this.#all) checker.atRest?.(state);
  }

  /** The last facts, for whoever must understand a violation. */
  story(): string {
    return this.#story
      .slice(-STORY_FACTS)
      .map(({ seq, at, fact }) => `${seq} ${new Date(at).toISOString()} ${JSON.stringify(fact)}`)
      .join('\n');
  }
}
