// `rappel bench streams`: 220 live streams and three real pages (two supervisors' desks and a wall in Chromium) before one
// centre at 20 calls a second: real engine, PostgreSQL and API. How long from the commit of a fact to the screen: a page
// says on itself which seq it shows, and an observer in it notes the moment of the frame after that was drawn. Then five
// minutes of calls ten times as fast: what the supervisor's page holds in memory before and after.

import type { Page } from 'playwright-core';
import { type Api, openApi } from '../api/api.ts';
import { LIMITS } from '../api/rate-limits.ts';
import { LiveCounters } from '../engine/live-counters.ts';
import { MemoryPeopleStore } from '../people/memory/memory-people-store.ts';
import { Passwords } from '../people/password.ts';
import { People } from '../people/people.ts';
import { PeopleSeal } from '../people/seal.ts';
import { KeyRing } from '../vault/key-file.ts';
import { type JournalStage, openJournalStage } from './journal-stage.ts';
import { rounded, spreadOf } from './spread.ts';
import { openPages, type ShownPage } from './stream-pages.ts';
import { StreamReaders } from './stream-readers.ts';

const CALLS_A_SECOND = 20;
/** Of a call that is taken, called back or given up, as the stream of calls makes them. */
const INPUTS_A_CALL = 9;
const TICK_MS = 50;
const ACCELERATED = 10;
const ACCELERATED_MINUTES = 5;
/** Until what came is drawn. */
const DRAWN_MS = 2_000;
const TOKEN = 'token-of-the-bench';

export type StreamsOptions = {
  readonly streams?: number;
  readonly seconds?: number;
  /** Accelerated. */
  readonly minutes?: number;
};

export type StreamsResult = {
  readonly streams: number;
  readonly pages: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Boards drawn that were measured. */
  readonly n: number;
  readonly callsPerSecond: number;
  readonly streamedMegabytes: number;
  /** Of a supervisor's page, before and after the accelerated minutes. */
  readonly heapBeforeMegabytes: number;
  readonly heapAfterMegabytes: number;
  /** The same after each of them. */
  readonly memory: readonly MinuteMemory[];
};

export type MinuteMemory = {
  readonly minute: number;
  readonly heapMegabytes: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly rows: number;
};

export async function run(options: StreamsOptions = {}): Promise<StreamsResult> {
  const { streams = 220, seconds = 30, minutes = ACCELERATED_MINUTES } = options;
  const stage = await openJournalStage(7);
  const closing: (() => Promise<unknown>)[] = [() => stage.close()];
  try {
    const { api, people } = await openHouse(stage);
    closing.push(() => api.close());
    const browser = await openPages(api.url, people);
    closing.push(() => browser.close());
    const readers = await StreamReaders.open(api.url, TOKEN, streams - browser.pages.length);
    closing.push(() => readers.close());
    return await Promise.race([
      measure(stage, browser.pages, readers, { streams, seconds, minutes }),
      stage.over,
    ]);
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

async function openHouse(stage: JournalStage): Promise<{ readonly api: Api; readonly people: People }> {
  const ring = new KeyRing([{ id: 'k1', secret: Buffer.alloc(32, 1) }], 'k1', Buffer.alloc(32, 2));
  const people = new People({
    store: new MemoryPeopleStore(),
    seal: new PeopleSeal(ring),
    passwords: new Passwords({ logN: 4, p: 1 }),
    now: () => Date.now(),
  });
  const live = new LiveCounters();
  const { engine } = stage;
  // Of the facts so far as well: a count that begins in the middle does not know whom it hears of.
  await engine.settled();
  await stage.reader.replay(1, (row) => live.hear(row));
  engine.onCommitted((committed) => live.hear(committed));
  const limits = { ...LIMITS, perCallerPerMinute: 1e6, strangersPerMinute: 1e6, signInsPerMinute: 1e6 };
  const api = await openApi({
    ...{ engine, live, people, limits, token: TOKEN, listen: { port: { like: undefined } }, log: () => {} },
    configuration: {
      hash: '',
      put: () => Promise.reject(new Error('the bench keeps its configuration')),
    } as never,
  });
  return { api, people };
}

async function measure(
  stage: JournalStage,
  pages: readonly ShownPage[],
  readers: StreamReaders,
  { streams, seconds, minutes }: Required<StreamsOptions>,
): Promise<StreamsResult> {
  // Until the lines are as full as they will be.
  await drive(stage, 5_000, CALLS_A_SECOND * ACCELERATED);
  await pause(5_000); // what queued up meanwhile is drawn
  const committedAt = new Map<number, number>();
  const stop = stage.engine.onCommitted(({ seq }) => committedAt.set(seq, Date.now()));
  await Promise.all(pages.map(({ page }) => clearSeen(page)));
  const bytesBefore = readers.bytes;
  await drive(stage, seconds * 1_000, CALLS_A_SECOND);
  await pause(1_000); // the last boards are drawn
  stop();
  const latencies = (await Promise.all(pages.map(({ page }) => seen(page)))).flatMap((shown) =>
    latenciesOf(shown, committedAt),
  );
  const bytes = readers.bytes - bytesBefore;
  const memory = await memoryOver(stage, pages[0] as ShownPage, minutes);
  const { p50, p95, p99 } = spreadOf(latencies);
  return {
    ...{ streams, pages: pages.length, p50Ms: p50, p95Ms: p95, p99Ms: p99 },
    ...{ maxMs: rounded(Math.max(...latencies)), n: latencies.length, callsPerSecond: CALLS_A_SECOND },
    streamedMegabytes: rounded(bytes / 1e6),
    heapBeforeMegabytes: memory[0]?.heapMegabytes ?? 0,
    heapAfterMegabytes: memory.at(-1)?.heapMegabytes ?? 0,
    memory,
  };
}

/** What the desk holds, minute after accelerated minute; each time when all that came is drawn. */
async function memoryOver(stage: JournalStage, desk: ShownPage, minutes: number): Promise<MinuteMemory[]> {
  const memory: MinuteMemory[] = [];
  for (let minute = 0; minute <= minutes; minute += 1) {
    if (minute > 0) await drive(stage, 60_000 / ACCELERATED, CALLS_A_SECOND * ACCELERATED);
    await pause(DRAWN_MS);
    const { heapBytes, nodes, listeners, rows } = await desk.memory();
    memory.push({ minute, heapMegabytes: rounded(heapBytes / 1e6), nodes, listeners, rows });
  }
  return memory;
}

/** So many calls a second, for so long, in steps of a twentieth of a second. */
async function drive(stage: JournalStage, forMs: number, callsASecond: number): Promise<void> {
  const { engine, stream } = stage;
  const beganAt = performance.now();
  let given = 0;
  for (;;) {
    const passedMs = performance.now() - beganAt;
    if (passedMs >= forMs) break;
    const due = Math.floor((passedMs / 1_000) * callsASecond * INPUTS_A_CALL);
    for (; given < due; given += 1) engine.tell(stream.next(engine.state));
    await pause(TICK_MS);
  }
  await engine.settled();
}

type Seen = readonly (readonly [seq: number, at: number])[];

/** Of every board that was drawn, the oldest fact that was new in it. */
function latenciesOf(shown: Seen, committedAt: ReadonlyMap<number, number>): number[] {
  const found: number[] = [];
  let before: number | undefined;
  for (const [seq, at] of shown) {
    const first = before === undefined ? undefined : committedAt.get(before + 1);
    if (first !== undefined) found.push(at - first);
    before = seq;
  }
  return found;
}

function clearSeen(page: Page): Promise<void> {
  return page.evaluate('window.rappelSeen.length = 0');
}

function seen(page: Page): Promise<Seen> {
  return page.evaluate('window.rappelSeen');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export function lines(result: StreamsResult): readonly string[] {
  const { streams, pages, p50Ms, p95Ms, p99Ms, maxMs, n, callsPerSecond } = result;
  return [
    `${streams} live streams and ${pages} pages at ${callsPerSecond} calls a second`,
    `  commit to screen   p50 ${p50Ms} ms, p95 ${p95Ms} ms, p99 ${p99Ms} ms, at most ${maxMs} ms (${n} boards drawn)`,
    `  streamed           ${result.streamedMegabytes} MB`,
    `  memory of a desk   ${result.heapBeforeMegabytes} MB, and ${result.heapAfterMegabytes} MB after ${result.memory.length - 1} accelerated minutes`,
    ...result.memory.map(
      ({ minute, heapMegabytes, nodes, listeners, rows }) =>
        `    minute ${minute}   ${heapMegabytes} MB, ${nodes} nodes, ${listeners} listeners, ${rows} callbacks on the board`,
    ),
  ];
}
