// What the carrier counted for itself, and what stands on disk: the checkers' only sources beside the facts. After an
// older backup was put back, attempts of the lost part count for nobody: their ids are given once more.

import type { AttemptId, LegId } from '../../core/id.ts';
import { textId } from '../../core/id.ts';
import type { State } from '../../core/state.ts';
import type { MemoryTables } from '../../database/enclosed-row.ts';
import type { SimulatedExchange } from '../../telephony/simulated/exchange.ts';
import type { SimulatedNetwork } from '../../telephony/simulated/network.ts';
import type { Meter } from '../checker.ts';

export class TrunkMeter implements Meter {
  readonly #network: SimulatedNetwork;
  readonly #exchange: SimulatedExchange;
  readonly #tables: MemoryTables;
  /** Numbers that somebody had erased. */
  readonly erased = new Set<string>();
  /** Before the last backup was put back. */
  readonly #before = new Map<string, number>();
  #beforeInAll = 0;

  constructor(network: SimulatedNetwork, exchange: SimulatedExchange, tables: MemoryTables) {
    this.#network = network;
    this.#exchange = exchange;
    this.#tables = tables;
  }

  get trunkInvites(): number {
    return this.#network.trunkInvites - this.#beforeInAll;
  }

  invitesMarked(attempt: string): number {
    return this.#network.invitesMarked(attempt) - (this.#before.get(attempt) ?? 0);
  }

  isKept(numberKey: string): boolean {
    return this.erased.has(numberKey) || this.#tables.get('vault')?.has(numberKey) === true;
  }

  get newestRing(): string {
    return this.#exchange.newestRing;
  }

  get newestDial(): string {
    return this.#exchange.newestDial;
  }

  /** INVITEs of attempts that the restored journal does not know as permitted are the lost part's. */
  restored(
    state: State,
    known: { readonly permittedIds: ReadonlySet<AttemptId>; readonly permittedLegs: ReadonlySet<LegId> },
  ): void {
    this.#exchange.forgetNewest();
    let before = 0;
    for (const [mark, invites] of this.#network.invitesByMark) {
      const id = Number(mark.slice(mark.lastIndexOf('-') + 1));
      const isKnown =
        (known.permittedIds.has(id as AttemptId) && mark === textId(state.shard, 'attempt', id)) ||
        (known.permittedLegs.has(id as LegId) && mark === textId(state.shard, 'leg', id));
      if (!isKnown) this.#before.set(mark, invites);
      before += this.#before.get(mark) ?? 0;
    }
    this.#beforeInAll = before;
  }
}
