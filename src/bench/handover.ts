// The handover bench: a saturated line, an agent hangs up, and how long it is until that agent's phone gets its next
// INVITE. Ours, journal and all, and Asterisk's own app_queue take turns on one Asterisk with the same phones and callers
// in one run. Both times are the far side's own, in ms. A bench measures, it does not judge.

import { Random } from '../twin/random.ts';
import { QUEUE_DNIS } from './app-queue.ts';
import { HandoverCrowd, type Queue } from './handover-crowd.ts';
import { type HandoverStage, KEYS_TO_AGENT, LINE_DNIS, openHandoverStage } from './handover-stage.ts';
import { medianOf, rounded, type Spread, spreadOf } from './spread.ts';

export type HandoverOptions = {
  readonly agents?: number;
  /** Measured of each queue, in all rounds together. */
  readonly handovers?: number;
  readonly rounds?: number;
  readonly seed?: number;
};

export type HandoverResult = {
  /** Agent freed until that agent's next INVITE, in ms. */
  readonly rappel: Spread;
  readonly appQueue: Spread;
  /** app_queue / ours. */
  readonly ratio: { readonly p50: number; readonly p95: number };
  readonly samples: { readonly rappel: number; readonly appQueue: number };
  readonly agents: number;
  readonly rounds: { readonly rappelP50: readonly number[]; readonly appQueueP50: readonly number[] };
  readonly asterisk: string;
  readonly postgres: string;
};

const OURS: Queue = { dnis: LINE_DNIS, keys: KEYS_TO_AGENT };
const ASTERISKS: Queue = { dnis: QUEUE_DNIS, keys: '' };
const TALK_MIN_MS = 400;
const TALK_MAX_MS = 1_600;

export async function run(options: HandoverOptions = {}): Promise<HandoverResult> {
  const { agents = 8, handovers = 200, rounds = 4, seed = 1 } = options;
  const names = Array.from({ length: agents }, (_, index) => `agent-${index + 1}`);
  const stage = await openHandoverStage(names);
  try {
    return await measure(stage, names, { handovers, rounds, seed });
  } finally {
    await stage.close();
  }
}

async function measure(
  stage: HandoverStage,
  agents: readonly string[],
  wanted: { readonly handovers: number; readonly rounds: number; readonly seed: number },
): Promise<HandoverResult> {
  for (const agent of agents) {
    await stage.ask('POST', `/api/v1/agents/${agent}/sign-in`, {});
    await stage.ask('POST', `/api/v1/agents/${agent}/ready`);
  }
  const crowd = new HandoverCrowd({
    network: stage.network,
    agents,
    random: new Random(wanted.seed),
    talkMinMs: TALK_MIN_MS,
    talkMaxMs: TALK_MAX_MS,
  });
  const each = Math.ceil(wanted.handovers / wanted.rounds);
  const rappel: (readonly number[])[] = [];
  const appQueue: (readonly number[])[] = [];
  for (let round = 0; round < wanted.rounds; round += 1) {
    rappel.push(await crowd.measure(OURS, each));
    appQueue.push(await crowd.measure(ASTERISKS, each));
  }
  const ours = spreadOf(rappel.flat());
  const theirs = spreadOf(appQueue.flat());
  return {
    rappel: ours,
    appQueue: theirs,
    ratio: { p50: rounded(theirs.p50 / ours.p50, 1), p95: rounded(theirs.p95 / ours.p95, 1) },
    samples: { rappel: rappel.flat().length, appQueue: appQueue.flat().length },
    agents: agents.length,
    rounds: { rappelP50: rappel.map(medianOf), appQueueP50: appQueue.map(medianOf) },
    asterisk: stage.asterisk,
    postgres: stage.postgres,
  };
}

export function lines(result: HandoverResult): readonly string[] {
  const row = (name: string, { p50, p95, p99 }: Spread): string =>
    `  ${name.padEnd(10)}${[p50, p95, p99].map((ms) => String(ms).padStart(8)).join('')}`;
  const { rappel, appQueue, ratio, samples, agents } = result;
  return [
    "agent freed until that agent's next INVITE, ms, saturated line",
    `  ${' '.repeat(10)}${['p50', 'p95', 'p99'].map((name) => name.padStart(8)).join('')}`,
    row('rappel', rappel),
    row('app_queue', appQueue),
    `  ratio     ${String(ratio.p50).padStart(8)}${String(ratio.p95).padStart(8)}`,
    `${samples.rappel} and ${samples.appQueue} handovers, ${agents} agents; Asterisk ${result.asterisk}, PostgreSQL ${result.postgres}`,
  ];
}
