// The table of our legs, and the one way a leg ends. A leg is in it from the moment it is asked for (or has come) until
// its end is told, and its end is told once. After a resync the table is made to agree with what lives.

import type { EndCause } from '../../core/input.ts';
import type { Leg } from './leg.ts';
import type { Resynced } from './resync.ts';

/** The house refuses callers long before, in words: this is only the end of our memory. */
const legsMax = 60_000;

export class Legs {
  readonly #legs = new Map<string, Leg>();
  /** Legs by the trunk's channel behind them. */
  readonly #byTrunkChannel = new Map<string, Leg>();
  /** Bridges that we made or found. */
  readonly bridges = new Set<string>();
  readonly #ended: (leg: Leg, cause: EndCause) => void;

  /** `ended` is called once for each leg that ends, when it has left the table. */
  constructor(ended: (leg: Leg, cause: EndCause) => void) {
    this.#ended = ended;
  }

  get(channel: string): Leg | undefined {
    return this.#legs.get(channel);
  }

  all(): Leg[] {
    return [...this.#legs.values()];
  }

  has(leg: Leg): boolean {
    return this.#legs.get(leg.channel) === leg;
  }

  /** `known`: there is a leg of this channel already, and it stays. `full`: there are as many as there may be. */
  add(leg: Leg): 'added' | 'known' | 'full' {
    if (this.#legs.has(leg.channel)) return 'known';
    if (this.#legs.size >= legsMax) return 'full';
    this.#legs.set(leg.channel, leg);
    return 'added';
  }

  end(leg: Leg, cause: EndCause): void {
    if (!this.has(leg)) return;
    this.#forget(leg);
    this.#ended(leg, cause);
  }

  behind(trunkChannel: string): Leg | undefined {
    return this.#byTrunkChannel.get(trunkChannel);
  }

  noteTrunkChannel(leg: Leg, trunkChannel: string): void {
    leg.trunkChannel = trunkChannel;
    this.#byTrunkChannel.set(trunkChannel, leg);
  }

  /** What is gone leaves without a word: the resync tells it by its absence. */
  agree(found: Resynced): void {
    for (const leg of this.all()) if (!found.legs.has(leg.channel)) this.#forget(leg);
    for (const leg of found.legs.values()) {
      const known = this.#legs.get(leg.channel);
      if (!known) this.add(leg);
      else {
        known.answered = leg.answered;
        known.rang ||= leg.rang;
        known.bridge = leg.bridge;
      }
    }
    this.bridges.clear();
    for (const bridge of found.bridges) this.bridges.add(bridge);
  }

  /** Nothing is told any more. */
  close(): void {
    for (const leg of this.all()) this.#forget(leg);
  }

  #forget(leg: Leg): void {
    this.#legs.delete(leg.channel);
    if (leg.trunkChannel) this.#byTrunkChannel.delete(leg.trunkChannel);
    leg.gathering?.cancel();
    leg.gathering = null;
  }
}
