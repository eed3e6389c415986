// What those who inject faults have in their hands, and who wakes them when one is due. A fault is one function: it does
// what it does to the world and says whether it truly did; only then it is counted. They know the world's parts, not its
// people's minds and not the checkers.

import type { Configuration } from '../../core/configuration.ts';
import type { NumberKey } from '../../core/id.ts';
import type { OwnerInput } from '../../core/input.ts';
import type { SimulatedExchange } from '../../telephony/simulated/exchange.ts';
import type { Timeline, Wakeable } from '../../telephony/simulated/timeline.ts';
import type { WorldDatabase } from '../world/database.ts';
import type { Houses } from '../world/houses.ts';
import type { WallOffset } from '../world/killable-clock.ts';
import type { FaultPlan } from './fault-plan.ts';
import { FAULT_KINDS, FAULTS, type FaultKind } from './kinds.ts';

export interface Attacked {
  readonly timeline: Timeline;
  readonly plan: FaultPlan;
  readonly wall: WallOffset;
  readonly database: WorldDatabase;
  readonly exchange: SimulatedExchange;
  readonly houses: Houses;
  /** What the owners have on disk. */
  configuration: Configuration;
  /** Said to the house as an owner; false when nobody hears it. */
  tellOwner(input: OwnerInput): boolean;
  /** The configuration on disk is given to the running house. */
  reload(): void;
  /** So many people call, all within this time. */
  crowd(people: number, withinMs: number): void;
  /** Phones come back to a registrar that has lost its memory. */
  phonesComeBack(): void;
  /** The vault forgets the number; false when nobody is there to do it. */
  eraseNumber(numberKey: NumberKey): boolean;
  /** The journal goes back to its first `rows` rows. */
  restore(rows: number): void;
}

/** True when it was done. */
export type Injection = () => boolean;
export type Injections = Partial<Record<FaultKind, Injection>>;

/** Everybody in an outage calls again when it is over. */
const CROWD = 12;
const CROWD_WITHIN_MS = 20_000;

export function afterOutage(on: Attacked): void {
  if (on.plan.strikes('citizens.all_retry')) on.crowd(CROWD, CROWD_WITHIN_MS);
}

/** Begins what comes by itself, each on its own. */
export function attack(on: Attacked, injections: Injections): void {
  for (const kind of FAULT_KINDS) {
    if (!('everyMinutes' in FAULTS[kind]) || !on.plan.kinds.has(kind)) continue;
    const inject = injections[kind];
    if (inject !== undefined) new Recurring(on, kind, inject).plan();
  }
}

class Recurring implements Wakeable {
  readonly #on: Attacked;
  readonly #kind: FaultKind;
  readonly #inject: Injection;

  constructor(on: Attacked, kind: FaultKind, inject: Injection) {
    this.#on = on;
    this.#kind = kind;
    this.#inject = inject;
  }

  plan(): void {
    const inMs = this.#on.plan.nextInMs(this.#kind);
    if (inMs !== null) this.#on.timeline.set(this.#on.timeline.now() + inMs, this, this.#kind);
  }

  wake(): void {
    if (this.#on.plan.isOver) return;
    if (this.#inject()) this.#on.plan.count(this.#kind);
    this.plan();
  }
}
