// `rappel bench links`: how long a client's wrong link takes to be answered, by the reason for which it is wrong, on the
// real routes and the real table. What is measured is whether the time tells one reason from another: each reason in turn,
// again and again, so that whatever else the machine does falls on all of them alike.

import { createHash, randomBytes } from 'node:crypto';
import { type Api, openApi } from '../api/api.ts';
import { LIMITS } from '../api/rate-limits.ts';
import type { CallbackId, NumberKey } from '../core/id.ts';
import { MemoryPeopleStore } from '../people/memory/memory-people-store.ts';
import { Passwords } from '../people/password.ts';
import { People } from '../people/people.ts';
import { PeopleSeal } from '../people/seal.ts';
import { Random } from '../twin/random.ts';
import { ClientLinks } from '../vault/client-links.ts';
import { KeyRing } from '../vault/key-file.ts';
import { type JournalStage, openJournalStage } from './journal-stage.ts';
import { medianOf, rounded, spreadOf } from './spread.ts';

export type LinksResult = {
  /** Of each reason. */
  readonly n: number;
  readonly reasons: readonly { readonly reason: string; readonly p50Ms: number; readonly p99Ms: number }[];
  /** Between the slowest and the fastest reason. */
  readonly medianGapMs: number;
  /** Between two series of one and the same reason: what the machine itself does. */
  readonly noiseMs: number;
};

const LINKS_IN_TABLE = 20_000;
const ROUNDS = 400;
/** The first ones are slower than all that follow, whatever they ask. */
const ROUNDS_LEFT_OUT = 40;
const SHARD = 'c1';
const NUMBER = 'a'.repeat(32) as NumberKey;

export async function run(options: { readonly rounds?: number } = {}): Promise<LinksResult> {
  const { rounds = ROUNDS } = options;
  const stage = await openJournalStage(7);
  try {
    const links = new ClientLinks(stage.pool, SHARD, () => Date.now());
    const reasons = await reasonsIn(stage, links);
    const api = await openHouse(stage, links);
    try {
      return await measure(api, reasons, rounds);
    } finally {
      await api.close();
    }
  } finally {
    await stage.close();
  }
}

type Reason = readonly [reason: string, token: () => string];

/** A table of a busy centre, and in it one link of each kind that does not work. */
async function reasonsIn({ pool }: JournalStage, links: ClientLinks): Promise<readonly Reason[]> {
  const hashes = Array.from({ length: LINKS_IN_TABLE }, (_, i) =>
    createHash('sha256').update(String(i)).digest('hex'),
  );
  await pool.query(
    `insert into client_link (hash, shard, callback, number_key, created_at)
     select hash, $2, 1, $3, 0 from unnest($1::text[]) as hash`,
    [hashes, SHARD, NUMBER],
  );
  const expired = await links.linkOf(2 as CallbackId, NUMBER);
  await links.end([2], Date.now() - 1);
  const right = await links.linkOf(3 as CallbackId, NUMBER);
  return [
    ['never given', () => randomBytes(24).toString('base64url')],
    ['never given, again', () => randomBytes(24).toString('base64url')],
    ['over', () => expired],
    ['one sign wrong', () => `${right.slice(0, -1)}${right.endsWith('A') ? 'B' : 'A'}`],
    ['cut short', () => right.slice(0, 20)],
    ['with more behind it', () => `${right}x`],
    ['of another form', () => 'not-a-link'],
  ];
}

function openHouse({ engine }: JournalStage, links: ClientLinks): Promise<Api> {
  const ring = new KeyRing([{ id: 'k1', secret: Buffer.alloc(32, 1) }], 'k1', Buffer.alloc(32, 2));
  const people = new People({
    ...{ store: new MemoryPeopleStore(), seal: new PeopleSeal(ring), now: () => Date.now() },
    passwords: new Passwords({ logN: 4, p: 1 }),
  });
  return openApi({
    ...{ engine, people, token: randomBytes(16).toString('hex'), listen: { port: { like: undefined } } },
    ...{ limits: { ...LIMITS, linksPerMinute: 1e6 }, log: () => {} },
    clients: { links, ended: { endedCallback: async () => null } },
    configuration: { hash: '', put: () => Promise.reject(new Error('the bench keeps its own')) } as never,
  });
}

async function measure(api: Api, reasons: readonly Reason[], rounds: number): Promise<LinksResult> {
  const times = reasons.map((): number[] => []);
  const answers = new Set<string>();
  const random = new Random(7);
  for (let round = 0; round < rounds + ROUNDS_LEFT_OUT; round += 1) {
    // In another order each time: none always comes first, or after the same one.
    for (const at of inAnyOrder(reasons.length, random)) {
      const [, token] = reasons[at] as Reason;
      const path = `${api.url}/en/c/${token()}`;
      const beganAt = performance.now();
      const answer = await fetch(path);
      const said = await answer.text();
      if (round >= ROUNDS_LEFT_OUT) times[at]?.push(performance.now() - beganAt);
      answers.add(`${answer.status} ${said}`);
    }
  }
  if (answers.size > 1) throw new Error(`wrong links were answered in ${answers.size} ways`);
  const spreads = times.map((one) => spreadOf(one));
  const medians = times.map(medianOf);
  return {
    n: rounds,
    reasons: reasons.map(([reason], i) => ({
      ...{ reason, p50Ms: spreads[i]?.p50 ?? 0, p99Ms: spreads[i]?.p99 ?? 0 },
    })),
    medianGapMs: rounded(Math.max(...medians) - Math.min(...medians)),
    noiseMs: rounded(Math.abs((medians[0] ?? 0) - (medians[1] ?? 0))),
  };
}

/** Fisher and Yates. */
function inAnyOrder(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}

export function lines({ n, reasons, medianGapMs, noiseMs }: LinksResult): readonly string[] {
  return [
    `a wrong link of a client, ${n} times for each reason: answered alike, byte for byte`,
    ...reasons.map(({ reason, p50Ms, p99Ms }) => `  ${reason.padEnd(20)} p50 ${p50Ms} ms, p99 ${p99Ms} ms`),
    `  medians lie ${medianGapMs} ms apart; twice the same reason ${noiseMs} ms`,
  ];
}
