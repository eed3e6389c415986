// The crash bench: real calls on real SIP, and in every round the engine, PostgreSQL, Asterisk or several of them killed
// with kill -9 at moments drawn by seed, while the far end counts INVITEs for itself. A round ends when all is at rest; what
// was accepted must have ended by then. It measures and does not judge; its figures add up over runs.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../twin/random.ts';
import type { LedgerCounts } from './ledger.ts';
import { agentStates, CrashPeople } from './people.ts';
import { planOf, type RoundPlan, type Victim } from './plan.ts';
import { type CrashStage, openCrashStage } from './stage.ts';

export type CrashOptions = {
  readonly rounds?: number;
  readonly seed?: number;
  /** Figures of earlier runs, added to and written after every round. */
  readonly resume?: string;
  readonly log?: string;
  readonly onRound?: (line: string) => void;
};

export type CrashResult = {
  readonly rounds: number;
  /** Each process that was killed, by kind; `together`: strikes that hit more than one at once. */
  readonly kills: Readonly<Record<Victim | 'together', number>>;
  readonly calls: number;
  readonly stuckAgents: number;
  /** Channels and bridges of the centre's Asterisk that lived 60 s after the round's end. */
  readonly leftChannels: number;
  /** Times that the service ended by itself. */
  readonly ownEnds: number;
  readonly restMsMax: number;
} & LedgerCounts;

const AGENTS = ['amelie', 'benoit', 'chloe', 'daniel', 'elise', 'farid'] as const;
const RING_S = 5;
const CALLERS_A_ROUND = 10;
const MEAN_GAP_MS = 600;
/** So long do the agents have a break while people call in, so that callbacks are taken. */
const BREAK_MS = 5_000;
const LOOK_EVERY_MS = 200;
/** An accepted callback that has not ended by then is counted as lost: longer than several quarantines. */
const REST_LIMIT_MS = 240_000;
const LEFT_AFTER_MS = 60_000;

export async function run(options: CrashOptions = {}): Promise<CrashResult> {
  const { rounds = 5, seed = 1, resume, log } = options;
  const before = resume === undefined ? undefined : readTotals(resume);
  const stage = await openCrashStage({
    agents: AGENTS,
    ringS: RING_S,
    ...(log === undefined ? {} : { log }),
  });
  try {
    const first = before?.rounds ?? 0;
    const runSeed = Random.stream(seed, `run ${first}`).uint32();
    const people = new CrashPeople(stage, { seed: runSeed, agents: AGENTS });
    const round = new Rounds(stage, people);
    let total = before ?? round.result();
    for (let n = 0; n < rounds; n += 1) {
      const startedAt = performance.now();
      await round.play(Random.stream(seed, `round ${first + n}`).uint32());
      total = sum(before, round.result());
      if (resume !== undefined) writeTotals(resume, total);
      options.onRound?.(roundLine(total, performance.now() - startedAt));
    }
    people.close();
    return total;
  } finally {
    await stage.close();
  }
}

class Rounds {
  readonly #stage: CrashStage;
  readonly #people: CrashPeople;
  readonly #kills = { engine: 0, postgres: 0, backend: 0, asterisk: 0, together: 0 };
  /** Left by an earlier round: not counted twice. */
  readonly #left = new Set<string>();
  #rounds = 0;
  #calls = 0;
  #stuckAgents = 0;
  #restMsMax = 0;

  constructor(stage: CrashStage, people: CrashPeople) {
    this.#stage = stage;
    this.#people = people;
  }

  async play(seed: number): Promise<void> {
    const plan = planOf(seed);
    this.#stage.supervisor.restartMs = plan.restartMs;
    this.#people.takeBreak();
    const work = pause(BREAK_MS).then(() => this.#people.endBreak());
    await Promise.all([this.#call(Random.stream(seed, 'arrivals')), this.#strike(plan), work]);
    const calmAt = performance.now();
    const until = calmAt + REST_LIMIT_MS;
    while (!(await this.#isAtRest()) && performance.now() < until) await pause(LOOK_EVERY_MS);
    this.#restMsMax = Math.max(this.#restMsMax, Math.round(performance.now() - calmAt));
    await this.#lookForLeft();
    this.#rounds += 1;
  }

  result(): CrashResult {
    return {
      rounds: this.#rounds,
      kills: { ...this.#kills },
      calls: this.#calls,
      stuckAgents: this.#stuckAgents,
      leftChannels: this.#left.size,
      ownEnds: this.#stage.supervisor.ownEnds,
      restMsMax: this.#restMsMax,
      ...this.#stage.ledger.counts(),
    };
  }

  async #call(random: Random): Promise<void> {
    const calls: Promise<void>[] = [];
    for (let n = 0; n < CALLERS_A_ROUND; n += 1) {
      calls.push(this.#people.callIn());
      this.#calls += 1;
      await pause(random.exponentialMs(MEAN_GAP_MS));
    }
    await Promise.all(calls);
  }

  async #strike({ strikes }: RoundPlan): Promise<void> {
    const startedAt = performance.now();
    for (const { atMs, victims } of strikes) {
      await pause(Math.max(0, atMs - (performance.now() - startedAt)));
      const killed = await this.#stage.strike(victims);
      for (const victim of killed) this.#kills[victim] += 1;
      if (killed.length > 1) this.#kills.together += 1;
      if (killed.includes('asterisk')) this.#people.noteDeadLines();
    }
  }

  /** Nobody is on the phone, every accepted callback has ended, the centre says so too. */
  async #isAtRest(): Promise<boolean> {
    const { ledger } = this.#stage;
    if (!this.#people.areQuiet || ledger.open().length > 0) return false;
    const journal = (await this.#stage.ask('GET', '/api/v1/journal')) as { seq: number } | undefined;
    const stand = (await this.#stage.ask('GET', '/api/v1/stand')) as
      | { calls: number; lines: { callbacks: number; holding: number; withAgent: number }[] }
      | undefined;
    if (journal === undefined || stand === undefined || ledger.lastSeq < journal.seq) return false;
    return (
      stand.calls === 0 && stand.lines.every((line) => line.callbacks + line.holding + line.withAgent === 0)
    );
  }

  /** At once when nothing is left; after 60 s what is left is counted. */
  async #lookForLeft(): Promise<void> {
    const until = performance.now() + LEFT_AFTER_MS;
    for (;;) {
      const living = await this.#stage.asterisk.living();
      const states = await agentStates(this.#stage);
      const stuck = AGENTS.length - states.filter(({ state }) => state === 'ready').length;
      const left = living?.filter((id) => !this.#left.has(id));
      if (stuck === 0 && left?.length === 0) return;
      if (performance.now() >= until) {
        this.#stuckAgents += stuck;
        for (const id of left ?? ['Asterisk does not answer']) this.#left.add(id);
        return;
      }
      await pause(LOOK_EVERY_MS);
    }
  }
}

function sum(before: CrashResult | undefined, now: CrashResult): CrashResult {
  if (before === undefined) return now;
  const added: Record<string, unknown> = { ...now };
  for (const [key, value] of Object.entries(before)) added[key] = plus(value, added[key]);
  return { ...(added as CrashResult), restMsMax: Math.max(before.restMsMax, now.restMsMax) };
}

/** Numbers add up, and so do tables of numbers. */
function plus(one: unknown, other: unknown): unknown {
  if (typeof one === 'number') return one + (typeof other === 'number' ? other : 0);
  const table: Record<string, unknown> = { ...(other as object) };
  for (const [key, value] of Object.entries(one as object)) table[key] = plus(value, table[key]);
  return table;
}

function readTotals(file: string): CrashResult | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as CrashResult) : undefined;
}

/** Replaced in one step: a run that is broken off leaves the figures of its last whole round. */
function writeTotals(file: string, total: CrashResult): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(total)}\n`);
  renameSync(`${file}.new`, file);
}

function roundLine(total: CrashResult, ms: number): string {
  const { rounds, kills, accepted, acceptedLost, invites, attemptsPermitted, stuckAgents, leftChannels } =
    total;
  const killed = Object.entries(kills).map(([kind, count]) => `${kind} ${count}`);
  return `round ${rounds} in ${Math.round(ms / 1_000)} s: killed ${killed.join(', ')}; accepted ${accepted}, lost ${acceptedLost}; INVITEs ${invites} of ${attemptsPermitted} attempts; stuck ${stuckAgents}, left ${leftChannels}`;
}

export function lines(result: CrashResult): readonly string[] {
  const { kills } = result;
  const ends = Object.entries(result.ends).map(([end, count]) => `${count} ${end}`);
  return [
    `${result.rounds} rounds, ${result.calls} callers; killed: engine ${kills.engine}, PostgreSQL ${kills.postgres}, one of its backends ${kills.backend}, Asterisk ${kills.asterisk}; ${kills.together} times several at once`,
    `callbacks accepted      ${result.accepted} (${ends.join(', ')})`,
    `of these lost           ${result.acceptedLost}`,
    `attempts permitted      ${result.attemptsPermitted}`,
    `INVITEs at the far end  ${result.invites}, ${result.invitesTooMany} too many`,
    `agents stuck            ${result.stuckAgents}`,
    `channels left           ${result.leftChannels}`,
    `the service ended by itself ${result.ownEnds} times; a round came to rest in ${Math.round(result.restMsMax / 1_000)} s or less`,
  ];
}
