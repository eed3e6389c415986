// The recovery bench: how long a start takes that reads the whole journal, and one that goes on from a snapshot; what a
// snapshot weighs, and how long the engine stands still for it. Both starts must lead to the very same state. A bench
// measures, it does not judge.

import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { assert } from '../core/assert.ts';
import { evolve } from '../core/evolve.ts';
import type { Fact } from '../core/fact.ts';
import { stateHash } from '../core/hash.ts';
import { emptyState, type State } from '../core/state.ts';
import { freeze } from '../engine/frozen-state.ts';
import { codeVersion, Snapshots } from '../engine/snapshots.ts';
import type { Row } from '../journal/journal.ts';
import { type JournalStage, openJournalStage } from './journal-stage.ts';
import { rounded } from './spread.ts';

export type RecoveryOptions = { readonly facts?: number; readonly seed?: number };

export type RecoveryResult = {
  readonly facts: number;
  readonly wholeS: number;
  readonly fromSnapshotS: number;
  /** Read after the snapshot. */
  readonly rest: number;
  readonly snapshotKb: number;
  /** The engine takes no input while one is taken. */
  readonly standsStillMs: number;
  readonly callsAndPlaces: number;
  readonly postgres: string;
};

const FACTS_A_SNAPSHOT = 100_000;
const BURST = 50;
const BURSTS_MAX = 160;

export async function run(options: RecoveryOptions = {}): Promise<RecoveryResult> {
  const { facts = 200_000, seed = 1 } = options;
  const snapshots = {
    version: codeVersion(),
    everyFacts: Math.min(FACTS_A_SNAPSHOT, Math.ceil(facts / 2)),
    log: () => {},
  };
  const stage = await openJournalStage(seed, snapshots);
  try {
    await write(stage, facts);
    return await measure(stage, snapshots);
  } finally {
    await stage.close();
  }
}

async function write({ engine, stream, over }: JournalStage, facts: number): Promise<void> {
  const underWay: Promise<unknown>[] = [];
  let decided = 0;
  const stop = engine.onCommitted(({ seq }) => {
    decided = seq;
  });
  while (decided < facts) {
    for (let n = 1; n < BURST; n += 1) engine.tell(stream.next(engine.state));
    underWay.push(engine.submit(stream.next(engine.state)));
    await turnOfTheLoop();
    if (underWay.length > BURSTS_MAX) await Promise.race([underWay.shift(), over]);
    // Now and then everything is written, as it is all the time in life: only then is a snapshot taken.
    if (underWay.length % 40 === 0) await Promise.race([engine.settled(), over]);
  }
  await Promise.race([engine.settled(), over]);
  stop();
}

async function measure(
  { engine, reader, postgres }: JournalStage,
  snapshots: { readonly version: number; readonly log: () => void },
): Promise<RecoveryResult> {
  const { seq, hash } = await engine.written();
  const { shard } = reader;
  const wholeAt = performance.now();
  const whole = emptyState(shard);
  // The engine goes on meanwhile: callers are asked again, agents' wrap-ups end. What comes of that is not read.
  const upTo = (state: State) => (row: Row<Fact>) => {
    if (row.seq <= seq) evolve(state, row.fact, row.at);
  };
  await reader.replay(1, upTo(whole));
  const snapshotAt = performance.now();
  const found = await Snapshots.latest(reader, snapshots);
  assert(found !== undefined && found.seq <= seq, 'a snapshot was taken');
  await reader.replay(found.seq + 1, upTo(found.state));
  const doneAt = performance.now();
  assert(stateHash(whole) === hash && stateHash(found.state) === hash, 'every start leads to the same state');
  const stillAt = performance.now();
  const bytes = freeze(engine.state);
  stateHash(engine.state);
  return {
    facts: seq,
    wholeS: rounded((snapshotAt - wholeAt) / 1_000),
    fromSnapshotS: rounded((doneAt - snapshotAt) / 1_000),
    rest: seq - found.seq,
    snapshotKb: Math.ceil(bytes.length / 1_024),
    standsStillMs: rounded(performance.now() - stillAt, 1),
    callsAndPlaces: engine.state.calls.size + engine.state.places.size,
    postgres,
  };
}

export function lines(result: RecoveryResult): readonly string[] {
  return [
    `${result.facts} facts in the journal, PostgreSQL ${result.postgres}`,
    `  from the first row    ${result.wholeS} s`,
    `  from a snapshot       ${result.fromSnapshotS} s, ${result.rest} facts after it`,
    `a snapshot of ${result.callsAndPlaces} calls and places: ${result.snapshotKb} kB, for which the engine stands still ${result.standsStillMs} ms`,
  ];
}
