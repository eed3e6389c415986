// What runs of seeds add up to, and the file that lets a long run be taken up again. A seed counts once. Which sources the
// seeds were run with is kept too: a sum over different programs says so.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorldReport } from '../world/world.ts';
import { FAULT_KINDS, type FaultKind } from './kinds.ts';
import type { SeedFailure } from './seed-run.ts';

export type Totals = {
  readonly seeds: number;
  readonly simulatedHours: number;
  /** By kind: how often it truly befell something. */
  readonly faults: Readonly<Record<FaultKind, number>>;
  readonly invites: number;
  readonly attempts: number;
  readonly callbacks: number;
  readonly violations: number;
  readonly failures: readonly SeedFailure[];
  /** Seeds by the digest of the sources that ran them. */
  readonly sources: Readonly<Record<string, number>>;
};

type Kept = {
  readonly kind: 'rappel faults';
  readonly calls: number;
  /** Half-open, sorted and apart. */
  readonly done: readonly (readonly [number, number])[];
  readonly simulatedMs: number;
  readonly faults: Partial<Record<FaultKind, number>>;
  readonly invites: number;
  readonly attempts: number;
  readonly callbacks: number;
  readonly failures: readonly SeedFailure[];
  readonly sources: Record<string, number>;
};

/** Failures that are kept whole; all are counted. */
const FAILURES_MAX = 200;

export class TallyRefused extends Error {
  readonly code = 'faults.not_a_tally';
}

export class Tally {
  readonly #calls: number;
  readonly #done = new Set<number>();
  readonly #faults = new Map<FaultKind, number>();
  readonly #sources = new Map<string, number>();
  readonly #source: string;
  readonly #failures: SeedFailure[] = [];
  #simulatedMs = 0;
  #invites = 0;
  #attempts = 0;
  #callbacks = 0;

  constructor(calls: number) {
    this.#calls = calls;
    this.#source = digestOfSources();
  }

  /** From the file, when it is there. Throws TallyRefused when it is something else, or of worlds of another size. */
  static resume(file: string, calls: number): Tally {
    const tally = new Tally(calls);
    if (existsSync(file)) tally.#take(readKept(file, calls));
    return tally;
  }

  has(seed: number): boolean {
    return this.#done.has(seed);
  }

  /** Of these seeds, the first to the last. */
  doneOf(first: number, last: number): number {
    let count = 0;
    for (const seed of this.#done) if (seed >= first && seed <= last) count += 1;
    return count;
  }

  add(seed: number, report: WorldReport | null, failure: SeedFailure | null): void {
    if (this.#done.has(seed)) return;
    this.#done.add(seed);
    this.#sources.set(this.#source, (this.#sources.get(this.#source) ?? 0) + 1);
    if (failure !== null && this.#failures.length < FAILURES_MAX) this.#failures.push(failure);
    if (report === null) return;
    this.#simulatedMs += report.virtualMs;
    this.#invites += report.invites;
    this.#attempts += report.attempts;
    this.#callbacks += report.callbacks;
    for (const [kind, count] of Object.entries(report.faults) as [FaultKind, number][])
      this.#faults.set(kind, (this.#faults.get(kind) ?? 0) + count);
  }

  totals(): Totals {
    return {
      seeds: this.#done.size,
      simulatedHours: Math.round(this.#simulatedMs / 360_000) / 10,
      faults: Object.fromEntries(FAULT_KINDS.map((kind) => [kind, this.#faults.get(kind) ?? 0])) as Record<
        FaultKind,
        number
      >,
      invites: this.#invites,
      attempts: this.#attempts,
      callbacks: this.#callbacks,
      violations: this.#failures.length,
      failures: this.#failures,
      sources: Object.fromEntries(this.#sources),
    };
  }

  save(file: string): void {
    const kept: Kept = {
      kind: 'rappel faults',
      calls: this.#calls,
      done: rangesOf(this.#done),
      simulatedMs: this.#simulatedMs,
      faults: Object.fromEntries(this.#faults),
      invites: this.#invites,
      attempts: this.#attempts,
      callbacks: this.#callbacks,
      failures: this.#failures,
      sources: Object.fromEntries(this.#sources),
    };
    writeFileSync(`${file}.new`, `${JSON.stringify(kept)}\n`);
    renameSync(`${file}.new`, file);
  }

  #take(kept: Kept): void {
    for (const [from, to] of kept.done) for (let seed = from; seed < to; seed += 1) this.#done.add(seed);
    for (const [kind, count] of Object.entries(kept.faults) as [FaultKind, number][])
      this.#faults.set(kind, count);
    for (const [source, seeds] of Object.entries(kept.sources)) this.#sources.set(source, seeds);
    this.#failures.push(...kept.failures);
    this.#simulatedMs = kept.simulatedMs;
    this.#invites = kept.invites;
    this.#attempts = kept.attempts;
    this.#callbacks = kept.callbacks;
  }
}

function readKept(file: string, calls: number): Kept {
  const refuse = (why: string): never => {
    throw new TallyRefused(`${file} ${why}; give another file with --resume, or remove this one.`);
  };
  let kept: Partial<Kept>;
  try {
    kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<Kept>;
  } catch {
    return refuse('is not the sum of a run of faults');
  }
  if (kept.kind !== 'rappel faults' || !Array.isArray(kept.done))
    return refuse('is not the sum of a run of faults');
  if (kept.calls !== calls) return refuse(`is of worlds of ${kept.calls} calls`);
  return kept as Kept;
}

function rangesOf(seeds: ReadonlySet<number>): (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const seed of [...seeds].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === seed) last[1] = seed + 1;
    else ranges.push([seed, seed + 1]);
  }
  return ranges;
}

/** Of everything that decides how a seed runs: the sources, tests aside. */
function digestOfSources(): string {
  const root = join(import.meta.dirname, '../..');
  const digest = createHash('sha256');
  for (const room of ['core', 'engine', 'journal', 'telephony', 'twin', 'vault', 'config']) {
    const names = readdirSync(join(root, room), { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((one) => one.endsWith('.ts') && !one.endsWith('.test.ts')).sort())
      digest.update(`${room}/${name}\n`).update(readFileSync(join(root, room, name)));
  }
  return digest.digest('hex').slice(0, 12);
}
