// Which faults a world has, how often, and how many there truly were. Drawn by the seed: a tenth of the worlds have none,
// others some kinds or nearly all. Each kind has a stream of chance of its own, so that taking one away (shrinking)
// leaves the others as they were. It knows when the last one struck: what must hold within seconds is asked only of calm
// times. It must not know what a fault does.

import { assert } from '../../core/assert.ts';
import { Random } from '../random.ts';
import { FAULT_KINDS, FAULTS, type FaultKind, type Rate } from './kinds.ts';

/** What share of the kinds a world has. */
const SHARES = [0, 0.08, 0.15, 0.3, 0.3, 0.5, 0.5, 0.8, 1] as const;
const HARSHNESS = [0.3, 1, 1, 2, 3] as const;

export class FaultPlan {
  readonly kinds: ReadonlySet<FaultKind>;
  readonly #seed: number;
  readonly #now: () => number;
  readonly #harshness: number;
  readonly #streams = new Map<FaultKind, Random>();
  readonly #counts = new Map<FaultKind, number>();
  #lastAt = Number.NEGATIVE_INFINITY;
  #isOver = false;

  /** `only`: exactly these, whatever the seed would give (shrinking, and tests of one kind). */
  constructor(seed: number, now: () => number, only: readonly FaultKind[] | null = null) {
    this.#seed = seed;
    this.#now = now;
    const draw = Random.stream(seed, 'which faults');
    const share = draw.pick(SHARES);
    this.#harshness = draw.pick(HARSHNESS);
    this.kinds = new Set(only ?? FAULT_KINDS.filter(() => draw.chance(share)));
  }

  get counts(): ReadonlyMap<FaultKind, number> {
    return this.#counts;
  }

  /** From now on nothing new befalls anything: what must come to rest, may. */
  end(): void {
    this.#isOver = true;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether the kind befalls this message, call or person, now; counted when it does. */
  strikes(kind: FaultKind): boolean {
    if (!this.draws(kind)) return false;
    this.count(kind);
    return true;
  }

  /** The same, not counted: whether it truly comes to pass is known later. */
  draws(kind: FaultKind): boolean {
    if (!this.kinds.has(kind) || this.#isOver) return false;
    const rate: Rate = FAULTS[kind];
    assert('chance' in rate, `${kind} strikes by chance`);
    return this.random(kind).chance(Math.min(0.9, rate.chance * this.#harshness));
  }

  /** How long until the kind comes next, in ms; null when it is not of this world. */
  nextInMs(kind: FaultKind): number | null {
    if (!this.kinds.has(kind) || this.#isOver) return null;
    const rate: Rate = FAULTS[kind];
    assert('everyMinutes' in rate, `${kind} comes by itself`);
    return 1 + this.random(kind).exponentialMs((rate.everyMinutes * 60_000) / this.#harshness);
  }

  /** It has truly been injected. */
  count(kind: FaultKind): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    this.#lastAt = Math.max(this.#lastAt, this.#now());
  }

  random(kind: FaultKind): Random {
    let stream = this.#streams.get(kind);
    if (stream === undefined) {
      stream = Random.stream(this.#seed, `fault ${kind}`);
      this.#streams.set(kind, stream);
    }
    return stream;
  }

  /** What a fault has begun lasts until then, and longer than its own moment. */
  trouble(untilAt: number): void {
    this.#lastAt = Math.max(this.#lastAt, untilAt);
  }

  /** Whether nothing has struck, and nothing lasted, for so long. */
  isCalmFor(ms: number): boolean {
    return this.#now() - this.#lastAt >= ms;
  }
}
