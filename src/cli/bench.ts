// `rappel bench NAME`: measures one thing and says what it found, as a small table or, with --json, as one object on the
// last line. Each bench is a file in src/bench, loaded alone; a new one is a line in the table below. A bench measures,
// it does not judge: the exit status says only whether it could measure.

import type { Command } from 'commander';

type Bench<Result extends object> = {
  run(): Promise<Result>;
  /** The result for people. */
  lines(result: Result): readonly string[];
};
type Entry = { readonly summary: string; readonly measure: (json: boolean) => Promise<void> };

const benches: Readonly<Record<string, Entry>> = {
  core: {
    summary: 'whole cycles of the rules a second, on one processor and without a journal',
    measure: async (json) => measure(await import('../bench/core.ts'), json),
  },
  line: {
    summary: 'the order of places: add, rank, remove and pop at a thousand to a million places',
    measure: async (json) => measure(await import('../bench/line.ts'), json),
  },
  handover: {
    summary: 'an agent is freed, the next caller rings: ours and app_queue on one Asterisk (about 3 minutes)',
    measure: async (json) => measure(await import('../bench/handover.ts'), json),
  },
  journal: {
    summary: 'facts a second through the engine, and the same bytes in plain batches (about 1 minute)',
    measure: async (json) => measure(await import('../bench/journal.ts'), json),
  },
};

export function benchCommand(program: Command): void {
  const bench = program
    .command('bench')
    .description('measure: how soon, how many, beside what else there is');
  for (const [name, entry] of Object.entries(benches)) {
    bench
      .command(name)
      .description(entry.summary)
      .option('--json', 'the result as one JSON object on the last line')
      .action((options: { readonly json?: boolean }) => entry.measure(options.json === true));
  }
}

async function measure<Result extends object>(bench: Bench<Result>, json: boolean): Promise<void> {
  const result = await bench.run();
  process.stdout.write(`${json ? JSON.stringify(result) : bench.lines(result).join('\n')}\n`);
}
