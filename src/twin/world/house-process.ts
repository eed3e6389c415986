// One life of the house's process, from its start to its death: the real engine on the journal, the vault and the
// exchange that outlive it. It may be killed at any moment; what it had under way is then lost, or still arrives. It may
// stall, or be cut off from the database, from the exchange, or from both, while another takes its place.

import type { Configuration } from '../../core/configuration.ts';
import type { Fact } from '../../core/fact.ts';
import type { State } from '../../core/state.ts';
import { Engine } from '../../engine/engine.ts';
import { Fenced } from '../../journal/journal.ts';
import type { SimulatedExchange } from '../../telephony/simulated/exchange.ts';
import { SimulatedTelephony } from '../../telephony/simulated/simulated-telephony.ts';
import type { SocketTrouble } from '../../telephony/simulated/trouble.ts';
import { KeyRing } from '../../vault/key-file.ts';
import { MemoryVaultStore } from '../../vault/memory/memory-vault-store.ts';
import { Vault } from '../../vault/vault.ts';
import type { VirtualTime } from '../virtual-time.ts';
import type { WorldDatabase } from './database.ts';
import { DelayedJournal } from './delayed-journal.ts';
import { KillableClock, type WallOffset } from './killable-clock.ts';

export const SHARD = 'c1';

/** What outlives the process. */
export type Ground = {
  readonly time: VirtualTime;
  readonly wall: WallOffset;
  readonly exchange: SimulatedExchange;
  readonly database: WorldDatabase;
  /** As it is on disk now: what a process that starts is given. */
  readonly configuration: () => { readonly configuration: Configuration; readonly hash: string };
  /** How long a message takes, in whole ms. */
  readonly latencyMs: () => number;
  readonly random: () => number;
  readonly trouble: SocketTrouble;
};

/** The same in every life and in every run, so that equal numbers have equal keys. */
const ring = new KeyRing([{ id: 'k1', secret: Buffer.alloc(32, 1) }], 'k1', Buffer.alloc(32, 2));

export class HouseProcess {
  readonly telephony: SimulatedTelephony;
  readonly vault: Vault;
  readonly #ground: Ground;
  readonly #clock: KillableClock;
  #journal: DelayedJournal<Fact> | null = null;
  #engine: Engine | null = null;
  #isOpen = false;
  #isDead = false;
  #stalledUntil = 0;
  /** A successor was started while it was out of reach. */
  isReplaced = false;

  /** `broken` hears of what must never happen while it lives. */
  constructor(ground: Ground, broken: (error: Error) => void) {
    const { time, wall, exchange, latencyMs, trouble, database } = ground;
    this.#ground = ground;
    this.#clock = new KillableClock(time, wall);
    this.vault = new Vault(ring, new MemoryVaultStore(database.store.tables));
    const replaced = (): void => this.kill(true);
    this.telephony = new SimulatedTelephony({ exchange, timeline: time, latencyMs, trouble, replaced });
    const tell = (error: unknown): void => {
      // Another leads: the right end of a process that was away too long.
      if (error instanceof Fenced && this.isReplaced) this.kill(true);
      else if (!this.#isDead) broken(error instanceof Error ? error : new Error(String(error)));
    };
    this.#open(tell).catch(tell);
  }

  /** Null while it starts. It may run ahead of what is committed. */
  get engine(): Engine | null {
    return this.#isOpen && !this.isStalled && !this.#isDead ? this.#engine : null;
  }

  /** The state, when all of it is committed. */
  get settledState(): State | null {
    return this.#isOpen && this.#engine?.isSettled === true ? this.#engine.state : null;
  }

  /** Whether any promise of it is under way. */
  get isStirred(): boolean {
    return !this.#isOpen || this.telephony.asking > 0 || this.#engine?.isSettled === false;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get isStalled(): boolean {
    return this.#ground.time.now() < this.#stalledUntil;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** It does not run for a while: events, deadlines and replies wait. */
  stall(untilAt: number): void {
    this.#stalledUntil = untilAt;
    this.#clock.stall(untilAt);
    this.telephony.stall(untilAt);
    this.#journal?.stall(untilAt);
  }

  /** It cannot reach the database until then. */
  cutOff(untilAt: number): void {
    this.#journal?.cutOff(untilAt);
  }

  /** It dies at its next append. False when it has no journal yet. */
  doom(when: 'before_commit' | 'after_commit', strike: () => void): boolean {
    if (this.#journal === null) return false;
    this.#journal.doom = { when, strike };
    return true;
  }

  /** What it has asked the journal for is still written, or is not. */
  kill(willWrite: boolean): void {
    this.#isDead = true;
    this.#clock.kill();
    this.telephony.kill();
    this.#journal?.kill(willWrite);
  }

  async #open(fatal: (error: unknown) => void): Promise<void> {
    const { time, database, random } = this.#ground;
    const lease = await database.store.lead<Fact>(SHARD, { holder: 'twin', takeover: 'now' });
    this.#journal = new DelayedJournal(lease, time, database);
    const engine = await Engine.recover({
      journal: this.#journal,
      numbers: this.vault,
      telephony: this.telephony,
      clock: this.#clock,
      random,
      onFatal: fatal,
    });
    if (this.#isDead) return;
    this.#engine = engine;
    const { configuration, hash } = this.#ground.configuration();
    await engine.open(configuration, hash);
    if (this.#isDead) return;
    await this.telephony.seat(configuration.agents.map(({ id }) => ({ agent: id, secret: '' })));
    this.#isOpen = true;
  }
}
