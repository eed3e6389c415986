// A whole centre in virtual time for the load bench: the real engine and vault, a journal that forgets, the lean floor. It
// notes how long every input holds the engine up. It must not know how many call, or for how long.

import { assert } from '../../core/assert.ts';
import type { Configuration } from '../../core/configuration.ts';
import type { AgentId } from '../../core/id.ts';
import type { Input } from '../../core/input.ts';
import { type DialableNumber, isDialable } from '../../core/number.ts';
import { type MemoryTables, putInMemory } from '../../database/enclosed-row.ts';
import type { Clock } from '../../engine/clock.ts';
import { Engine } from '../../engine/engine.ts';
import { Random } from '../../twin/random.ts';
import { allSettle, VirtualTime } from '../../twin/virtual-time.ts';
import { KeyRing } from '../../vault/key-file.ts';
import { MemoryVaultStore } from '../../vault/memory/memory-vault-store.ts';
import { Vault } from '../../vault/vault.ts';
import { Durations } from './durations.ts';
import { LoadFloor } from './floor.ts';
import { ForgetfulJournal } from './forgetful-journal.ts';

export type CentreOptions = {
  readonly seed: number;
  readonly startAt: number;
  readonly meanHandleMs: number;
  readonly meanPatienceMs: number;
  readonly takeRate: number;
};

const AREAS = [
  '613',
  '514',
  '416',
  '604',
  '403',
  '902',
  '204',
  '506',
  '819',
  '905',
  '418',
  '519',
  '250',
  '780',
];
const EXCHANGES = 800;
const LINES_AN_EXCHANGE = 10_000;

export class LoadCentre {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly engine: Engine;
  readonly floor: LoadFloor;
  readonly journal: ForgetfulJournal;
  /** What each input took, and what each took with all that followed. */
  readonly decisions = new Durations();
  readonly wholes = new Durations();
  readonly #vault: Vault;
  readonly #tables: MemoryTables;

  private constructor(
    parts: Pick<LoadCentre, 'time' | 'random' | 'engine' | 'floor' | 'journal'> & {
      readonly vault: Vault;
      readonly tables: MemoryTables;
    },
    decisions: Durations,
  ) {
    this.time = parts.time;
    this.random = parts.random;
    this.engine = parts.engine;
    this.floor = parts.floor;
    this.journal = parts.journal;
    this.#vault = parts.vault;
    this.#tables = parts.tables;
    this.decisions = decisions;
  }

  static async open(options: CentreOptions, configuration: Configuration): Promise<LoadCentre> {
    const { seed, startAt, ...people } = options;
    const decisions = new Durations();
    const time = new VirtualTime(startAt);
    const random = new Random(seed);
    const held = (type: Input['type'], ms: number): void => decisions.note(type, ms);
    const floor = new LoadFloor({ ...people, time, random, answerRate: 0.875, held });
    const tables: MemoryTables = new Map();
    const ring = new KeyRing([{ id: 'k1', secret: Buffer.alloc(32, 1) }], 'k1', Buffer.alloc(32, 2));
    const vault = new Vault(ring, new MemoryVaultStore(tables));
    const journal = new ForgetfulJournal((row) => putInMemory(tables, row));
    const engine = await Engine.recover({
      journal,
      numbers: vault,
      telephony: floor,
      clock: measured(time, held),
      random: () => random.uint32(),
      onFatal: (error) => {
        throw error;
      },
    });
    floor.serve(engine);
    await engine.open(configuration, 'bench');
    return new LoadCentre({ time, random, engine, floor, journal, vault, tables }, decisions);
  }

  /** The number of the nth person, who may be called. */
  numberOf(n: number): DialableNumber {
    for (let tries = 0; ; tries += 1) {
      // The next area has none of the first people's numbers.
      const m = n + tries * (EXCHANGES * LINES_AN_EXCHANGE + 1);
      const exchange = 200 + (m % EXCHANGES);
      const line = String(Math.floor(m / EXCHANGES) % LINES_AN_EXCHANGE).padStart(4, '0');
      const area = AREAS[Math.floor(m / (EXCHANGES * LINES_AN_EXCHANGE)) % AREAS.length];
      const view = this.#vault.take(`+1${area}${exchange}${line}`);
      if (isDialable(view)) return view;
    }
  }

  /** As if this person had asked for a callback once: the row, for which PostgreSQL's stand-in takes memory, is written. */
  writeRow(n: number): void {
    const row = this.#vault.enclosed(this.numberOf(n).numberKey);
    assert(row !== undefined, 'a number that was just taken is at hand');
    putInMemory(this.#tables, row);
  }

  /** Numbers in the vault's stand-in table. */
  get rowCount(): number {
    return this.#tables.get('vault')?.size ?? 0;
  }

  signIn(agents: readonly AgentId[]): void {
    for (const agent of agents) this.floor.tell({ type: 'agent.sign_in', agent });
  }

  /** Lets virtual time pass until then. */
  async passTo(at: number): Promise<void> {
    for (;;) {
      const startedAt = performance.now();
      if (!this.time.step(at)) break;
      if (!this.engine.isSettled) {
        await allSettle();
        this.wholes.note('whole', performance.now() - startedAt);
      }
    }
    this.time.passTo(at);
  }
}

/** Deadlines come through the clock. */
function measured(time: VirtualTime, held: (type: Input['type'], ms: number) => void): Clock {
  return {
    now: () => time.now(),
    wake: (at, call) =>
      time.wake(at, () => {
        const startedAt = performance.now();
        call();
        held('deadline.reached', performance.now() - startedAt);
      }),
  };
}
