// A start from a snapshot is the start from the first row: the same hash, and whatever happens next leads to the same facts.
// What cannot be believed is not: bytes that were altered, another code's state, another hash.

import { expect, test } from 'vitest';
import { CallStream, streamConfiguration } from '../bench/call-stream.ts';
import type { Fact } from '../core/fact.ts';
import { stateHash } from '../core/hash.ts';
import type { NumberKey } from '../core/id.ts';
import { emptyState } from '../core/state.ts';
import { turn } from '../core/turn.ts';
import { MemoryStore } from '../journal/memory/memory-store.ts';
import type { Telephony } from '../telephony/telephony.ts';
import { Random } from '../twin/random.ts';
import { KeyRing } from '../vault/key-file.ts';
import { MemoryVaultStore } from '../vault/memory/memory-vault-store.ts';
import { Vault } from '../vault/vault.ts';
import { Engine } from './engine.ts';
import { freeze } from './frozen-state.ts';
import { LiveCounters } from './live-counters.ts';
import { codeVersion, type SnapshotOptions } from './snapshots.ts';

const SEED = Number(process.env.RAPPEL_SEED ?? Date.now() % 1_000_000);
const REPEAT = `RAPPEL_SEED=${SEED} npm run test:quick -- src/engine/snapshots.test.ts`;

const telephony: Telephony = {
  open: async (house) => house.tell({ type: 'telephony.resynced', channels: [] }),
  perform: () => {},
  seat: async () => {},
  close: async () => {},
};

class Ground {
  readonly store = new MemoryStore({ encode: true });
  readonly said: string[] = [];
  readonly snapshots: SnapshotOptions = {
    version: 7,
    everyFacts: 700,
    shareMax: 1,
    log: (line) => this.said.push(line),
  };
  readonly stream: CallStream;
  readonly #random: Random;
  readonly #keys: NumberKey[];
  readonly #vault: Vault;
  /** Of the engine that was recovered last. */
  live = new LiveCounters();
  #now = 1_555_500_000_000;

  constructor(seed: number) {
    const ring = new KeyRing([{ id: 'k1', secret: Buffer.alloc(32, 1) }], 'k1', Buffer.alloc(32, 2));
    this.#vault = new Vault(ring, new MemoryVaultStore(this.store.tables));
    this.#keys = Array.from({ length: 300 }, (_, index) => this.#vault.remember(`+161355${10_000 + index}`));
    this.stream = new CallStream(new Random(seed), this.#keys);
    this.#random = Random.stream(seed, 'stamps');
  }

  async recover(snapshots?: SnapshotOptions): Promise<Engine> {
    const live = new LiveCounters();
    this.live = live;
    const engine = await Engine.recover({
      journal: await this.store.lead<Fact>('c1', { holder: 'test', takeover: 'now' }),
      numbers: this.#vault,
      telephony,
      clock: { now: () => this.#now, wake: () => () => {} },
      random: () => this.#random.uint32(),
      onFatal: (error) => {
        throw error;
      },
      onReplayed: (row) => live.hear(row),
      ...(snapshots && { snapshots: { ...snapshots, beside: live } }),
    });
    engine.onCommitted((committed) => live.hear(committed));
    return engine;
  }

  /** So many inputs of a working day, a few of them between two commits. */
  async work(engine: Engine, inputs: number, stream = this.stream): Promise<void> {
    for (let n = 0; n < inputs; n += 1) {
      this.#now += this.#random.between(1, 3_000);
      engine.tell({ type: 'deadline.reached' });
      engine.tell(stream.next(engine.state));
      if (n % 5 === 0) await engine.settled();
    }
    await engine.settled();
  }

  async open(): Promise<Engine> {
    const engine = await this.recover(this.snapshots);
    const configuration = streamConfiguration();
    await engine.open(configuration, 'hash');
    for (const { id } of configuration.agents) engine.tell({ type: 'agent.sign_in', agent: id });
    await engine.settled();
    return engine;
  }

  get kept() {
    return this.store.shard('c1').snapshots;
  }
}

test('from a snapshot and from the first row: the same state, and the same facts from then on', async () => {
  const ground = new Ground(SEED);
  const engine = await ground.open();
  await ground.work(engine, 6_000);
  const { seq, hash } = await engine.written();
  expect(ground.kept.length, REPEAT).toBeGreaterThan(1);
  ground.kept.pop(); // so that there is a rest to be read
  const counted = ground.live.keep();
  const { state: snapped } = await ground.recover(ground.snapshots);
  const live = ground.live;
  const { state: whole } = await ground.recover();
  expect([stateHash(snapped), stateHash(whole)], REPEAT).toEqual([hash, hash]);
  expect(live.keep(), REPEAT).toEqual(counted);
  expect(ground.live.keep(), REPEAT).toEqual(counted);
  expect(live.counts(0, Number.MAX_SAFE_INTEGER), REPEAT).not.toEqual({});
  for (let n = 0; n < 3_000; n += 1) {
    const stamp = { at: snapped.now + 1_000, random: n * 7_919 };
    for (const input of [{ type: 'deadline.reached' } as const, ground.stream.next(snapped)]) {
      const { facts } = turn(snapped, input, stamp);
      expect(turn(whole, input, stamp).facts, REPEAT).toEqual(facts);
      for (const fact of facts)
        for (const counters of [live, ground.live]) counters.hear({ seq: seq + n, at: stamp.at, fact });
    }
  }
  expect(live.keep(), REPEAT).toEqual(ground.live.keep());
  expect(stateHash(snapped), REPEAT).toBe(stateHash(whole));
  expect(ground.said).toEqual([]);
});

test('work goes on from a snapshot: what is written then replays from the first row to the same state', async () => {
  const ground = new Ground(SEED + 1);
  let engine = await ground.open();
  for (let start = 0; start < 6; start += 1) {
    await ground.work(engine, 1_500);
    engine = await ground.recover(ground.snapshots);
  }
  await ground.work(engine, 500);
  const { hash } = await engine.written();
  const counted = ground.live.keep();
  expect(stateHash((await ground.recover()).state), REPEAT).toBe(hash);
  expect(ground.live.keep(), REPEAT).toEqual(counted);
  expect(ground.said).toEqual([]);
});

test('a snapshot of other code, with another hash, or with altered bytes is not believed', async () => {
  const ground = new Ground(SEED + 2);
  const engine = await ground.open();
  await ground.work(engine, 2_000);
  const { hash } = await engine.written();
  const same = async (options: SnapshotOptions) =>
    expect(stateHash((await ground.recover(options)).state), REPEAT).toBe(hash);
  await same({ ...ground.snapshots, version: 8 });
  expect(ground.said).toEqual([]);
  const newest = ground.kept.at(-1);
  if (newest === undefined) throw new Error('a snapshot was taken');
  const keep = (change: Partial<typeof newest>) => ground.kept.splice(-1, 1, { ...newest, ...change });
  keep({ hash: '0'.repeat(16) });
  await same(ground.snapshots);
  keep({ bytes: newest.bytes.slice(0, newest.bytes.length >> 1) });
  await same(ground.snapshots);
  keep({ bytes: freeze(emptyState('c1')) });
  await same(ground.snapshots);
  expect(ground.said).toHaveLength(3);
});

test('what is no data, or of a class that nobody named, is not frozen', () => {
  const state = emptyState('c1');
  class Stranger {}
  expect(() => freeze({ ...state, stranger: new Stranger() } as never)).toThrow(/Stranger/);
  expect(() => freeze({ ...state, call: () => {} } as never)).toThrow(/data/);
});

test('the version of the code is a number that the database can keep, the same each time', () => {
  expect(codeVersion()).toBe(codeVersion());
  expect(Number.isInteger(codeVersion()) && codeVersion() > 0 && codeVersion() < 2 ** 31).toBe(true);
});
