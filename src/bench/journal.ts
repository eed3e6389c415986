// The journal bench: facts a second through the whole engine (decided, evolved, fenced, chained, committed, released) on
// PostgreSQL, against the same bytes in plain batches on the same PostgreSQL, taking turns in one run. A bench measures,
// it does not judge.

import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type pg from 'pg';
import { type JournalStage, openJournalStage, SHARD } from './journal-stage.ts';
import { makePlainTables, type PlainRows, type SealedRow, writePlain } from './plain-rows.ts';
import { medianOf, rounded } from './spread.ts';

export type JournalOptions = {
  readonly rounds?: number;
  /** For the engine; the plain rows take as long as they take. */
  readonly roundMs?: number;
  readonly seed?: number;
};

export type JournalResult = {
  /** Facts a second through the engine; rows of the same bytes a second by plain statements; medians of the rounds. */
  readonly rappel: number;
  readonly plain: number;
  /** Median of the rounds' own ratios. */
  readonly ratio: number;
  readonly rounds: number;
  readonly facts: number;
  readonly bytesPerFact: number;
  readonly factsPerCommit: number;
  readonly postgres: string;
};

/** Inputs between two turns of the event loop: a burst as a busy socket brings it. */
const BURST = 50;
/** Bursts that may be decided and not yet committed; then the stream waits for the oldest of them. */
const BURSTS_MAX = 160;
const WARM_UP_MS = 1_000;

type Round = { readonly rappel: number; readonly plain: number; readonly facts: number };

export function lines(result: JournalResult): readonly string[] {
  const { rappel, plain, ratio, rounds, facts, bytesPerFact, factsPerCommit, postgres } = result;
  return [
    `facts a second through the engine   ${rappel}`,
    `the same bytes, plain batches       ${plain}`,
    `ratio                               ${ratio}`,
    `${rounds} rounds, ${facts} facts of ${bytesPerFact} bytes, ${factsPerCommit} to a commit; PostgreSQL ${postgres}`,
  ];
}

export async function run(options: JournalOptions = {}): Promise<JournalResult> {
  const { rounds = 5, roundMs = 3_000, seed = 1 } = options;
  const stage = await openJournalStage(seed);
  try {
    return await measure(stage, rounds, roundMs);
  } finally {
    await stage.close();
  }
}

async function measure(stage: JournalStage, rounds: number, roundMs: number): Promise<JournalResult> {
  const client = await stage.pool.connect();
  try {
    await makePlainTables(client);
    await throughTheEngine(stage, WARM_UP_MS);
    const done: Round[] = [];
    let bytes = 0;
    let commits = 0;
    for (let round = 0; round < rounds; round += 1) {
      const ours = await throughTheEngine(stage, roundMs);
      const written = await rowsAfter(client, ours.afterSeq);
      const startedAt = performance.now();
      await writePlain(client, ours.afterSeq, written.rows, written.commits);
      const plainMs = performance.now() - startedAt;
      done.push({ rappel: ours.facts / ours.tookMs, plain: ours.facts / plainMs, facts: ours.facts });
      for (const fact of written.rows.facts) bytes += fact.length;
      commits += written.commits;
    }
    return told(stage, done, bytes, commits);
  } finally {
    client.release();
  }
}

/** What the engine has just written, and in how many commits: the rows of one have one xmin. */
async function rowsAfter(
  client: pg.ClientBase,
  seq: number,
): Promise<{ readonly rows: PlainRows; readonly commits: number }> {
  const parameters = [SHARD, seq];
  const ours = 'from journal where shard = $1 and seq > $2';
  const facts = await client.query<{ bytes: Buffer }>(`select bytes ${ours} order by seq`, parameters);
  const sealed = await client.query<SealedRow>(
    `select number_key, key_id, nonce, ciphertext from vault
     where xmin::text in (select xmin::text ${ours})`,
    parameters,
  );
  const counted = await client.query<{ commits: number }>(
    `select count(distinct xmin::text) as commits ${ours}`,
    parameters,
  );
  return {
    rows: { facts: facts.rows.map(({ bytes }) => bytes), sealed: sealed.rows },
    commits: counted.rows[0]?.commits ?? 1,
  };
}

function told(stage: JournalStage, rounds: readonly Round[], bytes: number, commits: number): JournalResult {
  const facts = rounds.reduce((sum, round) => sum + round.facts, 0);
  const perSecond = (values: readonly number[]): number => Math.round(medianOf(values) * 1_000);
  return {
    rappel: perSecond(rounds.map(({ rappel }) => rappel)),
    plain: perSecond(rounds.map(({ plain }) => plain)),
    ratio: medianOf(rounds.map(({ rappel, plain }) => rappel / plain)),
    rounds: rounds.length,
    facts,
    bytesPerFact: rounded(bytes / facts, 0),
    factsPerCommit: rounded(facts / commits, 0),
    postgres: stage.postgres,
  };
}

/** As many facts as it takes in for so long, and the time until the last of them is committed. */
async function throughTheEngine(stage: JournalStage, forMs: number) {
  const { engine, stream } = stage;
  const { seq: afterSeq } = await engine.written();
  const underWay: Promise<unknown>[] = [];
  const startedAt = performance.now();
  while (performance.now() - startedAt < forMs) {
    // As in life: what happens on the telephone is told, and nobody waits for what becomes of it.
    for (let count = 1; count < BURST; count += 1) engine.tell(stream.next(engine.state));
    underWay.push(engine.submit(stream.next(engine.state)));
    await turnOfTheLoop();
    if (underWay.length > BURSTS_MAX) await Promise.race([underWay.shift(), stage.over]);
  }
  await Promise.race([engine.settled(), stage.over]);
  const tookMs = performance.now() - startedAt;
  const { seq } = await engine.written();
  return { afterSeq, facts: seq - afterSeq, tookMs };
}
