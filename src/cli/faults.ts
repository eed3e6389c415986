// `rappel faults`: worlds in virtual time, each attacked by the faults that its seed draws, and whether everything that must
// hold held. One seed tells its story; many show a bar with the rate and add up, also over several runs (--resume).
// `--planted` puts known bugs into the program, one at a time, and asks whether the checkers find them.

import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import { Crew } from '../twin/faults/crew.ts';
import { FAULT_KINDS, type FaultKind, isFaultKind } from '../twin/faults/kinds.ts';
import { CALLS, runSeed, type SeedFailure, shrink } from '../twin/faults/seed-run.ts';
import type { SeedOrder } from '../twin/faults/seed-worker.ts';
import { Tally, type Totals } from '../twin/faults/tally.ts';
import { PLANTED, recordSeeds } from '../twin/planted/planted.ts';
import { searchPlanted } from '../twin/planted/search.ts';
import { ProgressBar } from './progress-bar.ts';

type FaultsOptions = {
  readonly seeds: number;
  readonly seed?: number;
  readonly calls: number;
  readonly kinds?: readonly FaultKind[];
  readonly hands: number;
  readonly resume?: string;
  readonly planted?: boolean;
  readonly record?: boolean;
  readonly search?: number;
  readonly json?: boolean;
};

export function faultsCommand(program: Command): void {
  program
    .command('faults')
    .description('attack the centre in virtual time, and see whether anything is lost, doubled or stuck')
    .option('--seeds <count>', 'so many worlds, by seeds from 1 on', wholeNumber, 100)
    .option('--seed <number>', 'this one world, with the story of what does not hold', wholeNumber)
    .option('--calls <count>', 'citizens who call in each world', wholeNumber, CALLS)
    .option('--kinds <list>', 'with --seed: exactly these kinds of fault (or none), by comma', kindsOf)
    .option('--hands <count>', 'processes that work', wholeNumber, Math.min(2, availableParallelism()))
    .option('--resume <file>', 'keep the sum in this file, and go on from what is in it')
    .option('--planted', 'put known bugs into the program, and see each found by its recorded seed')
    .option(
      '--search <seeds>',
      'with --planted: search from seed 1 on where the recorded one finds nothing',
      wholeNumber,
    )
    .option('--record', 'with --search: write down the seeds that found something')
    .option('--json', 'one object on the last line')
    .action(async (options: FaultsOptions) => {
      if (options.planted === true) await planted(options);
      else if (options.seed !== undefined) await one(options.seed, options);
      else await many(options);
    });
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < 1) throw new InvalidArgumentError('give a whole number from 1 on.');
  return value;
}

function kindsOf(text: string): readonly FaultKind[] {
  const kinds = text === 'none' ? [] : text.split(',');
  return kinds.map((kind) => {
    if (isFaultKind(kind)) return kind;
    const like = FAULT_KINDS.filter((known) => known.startsWith(kind.split('.')[0] ?? ''));
    throw new InvalidArgumentError(
      `there is no kind "${kind}"; ${like.length > 0 ? `there are ${like.join(', ')}` : `they begin with ${families()}`}.`,
    );
  });
}

function families(): string {
  return [...new Set(FAULT_KINDS.map((kind) => kind.split('.')[0]))].join(', ');
}

async function one(seed: number, options: FaultsOptions): Promise<void> {
  const { calls, kinds } = options;
  const result = await runSeed({ seed, calls, ...(kinds && { kinds }) });
  const tally = new Tally(calls);
  if ('report' in result) tally.add(seed, result.report, null);
  else tally.add(seed, null, kinds === undefined ? await shrink(result.failure) : result.failure);
  finish(tally.totals(), options);
}

async function many(options: FaultsOptions): Promise<void> {
  const { seeds, calls, hands, resume } = options;
  const tally = resume === undefined ? new Tally(calls) : Tally.resume(resume, calls);
  const bar = new ProgressBar('seeds');
  const left = seeds - tally.doneOf(1, seeds);
  let done = 0;
  const crew = new Crew({ hands });
  let savedAt = performance.now();
  function* orders(): Generator<SeedOrder> {
    for (let seed = 1; seed <= seeds; seed += 1)
      if (!tally.has(seed)) yield { seed, calls, isShrunk: tally.totals().violations < 3 };
  }
  const stop = (): never => {
    crew.stop();
    if (resume !== undefined) tally.save(resume);
    process.exit(130);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await crew.run(orders(), ({ seed, report, failure, broken }) => {
    if (broken !== null) throw new Error(`seed ${seed}: the twin itself broke: ${broken}`);
    tally.add(seed, report, failure);
    if (failure !== null) {
      bar.end();
      process.stderr.write(`seed ${seed}: ${failure.what}\n  ${failure.command}\n`);
    }
    done += 1;
    bar.show(done, done / left);
    if (resume !== undefined && performance.now() - savedAt > 5_000) {
      savedAt = performance.now();
      tally.save(resume);
    }
    return 'go_on';
  });
  bar.end();
  if (resume !== undefined) tally.save(resume);
  finish(tally.totals(), options);
}

async function planted({ hands, search = 0, record, json }: FaultsOptions): Promise<void> {
  const bar = new ProgressBar('bugs');
  let done = 0;
  const found = await searchPlanted({
    hands,
    seedsMax: search,
    each: () => {
      done += 1;
      bar.show(done, done / PLANTED.length);
    },
  });
  bar.end();
  if (record === true) recordSeeds(found);
  if (!found.every((one) => one.found)) process.exitCode = 1;
  if (json === true) {
    console.log(JSON.stringify({ planted: found }));
    return;
  }
  for (const { name, seed, by } of found)
    console.log(`${name.padEnd(40)} ${seed === null ? `NOT FOUND ${by}`.trimEnd() : `seed ${seed}: ${by}`}`);
  console.log(`${found.filter((one) => one.found).length} of ${found.length} planted bugs found`);
}

function finish(totals: Totals, { json }: FaultsOptions): void {
  if (totals.violations > 0) process.exitCode = 1;
  if (json === true) {
    console.log(JSON.stringify(totals));
    return;
  }
  for (const failure of totals.failures.slice(0, 3)) for (const line of linesOf(failure)) console.log(line);
  const injected = Object.entries(totals.faults).filter(([, count]) => count > 0);
  const inAll = injected.reduce((sum, [, count]) => sum + count, 0);
  for (const [kind, count] of injected) console.log(`${String(count).padStart(9)}  ${kind}`);
  console.log(
    `${totals.seeds} seeds, ${totals.simulatedHours} simulated hours, ${inAll} faults of ${injected.length} kinds, ` +
      `${totals.attempts} attempts, ${totals.invites} INVITEs, ${totals.violations} violations`,
  );
  const programs = Object.keys(totals.sources).length;
  if (programs > 1) console.log(`the sum is of ${programs} versions of the sources`);
}

function linesOf(failure: SeedFailure): string[] {
  return [
    `seed ${failure.seed}, event ${failure.step}, ${failure.at}: ${failure.what}`,
    `faults: ${failure.kinds.join(', ') || 'none'}`,
    ...failure.story.map((line) => `  ${line}`),
    `to repeat it: ${failure.command}`,
    '',
  ];
}
