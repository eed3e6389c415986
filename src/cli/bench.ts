// `rappel bench NAME`: measures one thing and says what it found, as a small table or, with --json, as one object on the
// last line. Each bench is a file in src/bench, loaded alone; a new one is a line in the table below. A bench measures,
// it does not judge: the exit status says only whether it could measure.

import { type Command, InvalidArgumentError } from 'commander';

type Bench<Result extends object> = {
  run(): Promise<Result>;
  /** The result for people. */
  lines(result: Result): readonly string[];
};
/** What the command line gave, as the bench itself names it. */
type BenchOptions = Readonly<Record<string, unknown>>;
type Option = readonly [flags: string, description: string, parse?: (text: string) => unknown];
type Entry = {
  readonly summary: string;
  readonly options?: readonly Option[];
  readonly measure: (json: boolean, options: BenchOptions) => Promise<void>;
};

const benches: Readonly<Record<string, Entry>> = {
  core: {
    summary: 'whole cycles of the rules a second, on one processor and without a journal',
    measure: async (json) => measure(await import('../bench/core.ts'), json),
  },
  line: {
    summary: 'the order of places: add, rank, remove and pop at a thousand to a million places',
    measure: async (json) => measure(await import('../bench/line.ts'), json),
  },
  simulate: {
    summary: 'calls the simulation makes in a second, beside a bare loop of the same model',
    measure: async (json) => measure(await import('../bench/simulate.ts'), json),
  },
  estimate: {
    summary: 'how wrong the wait is that callers are told, beside the best that could be said',
    measure: async (json) => measure(await import('../bench/estimate.ts'), json),
  },
  theory: {
    summary: 'the simulation beside queueing theory, 18 lines with a million calls each (some minutes)',
    options: [['--calls <number>', 'of each line (a million when left out)', wholeNumber]],
    measure: async (json, options) => {
      const { run, lines } = await import('../bench/theory.ts');
      await measure({ run: () => run(options.calls as number | undefined), lines }, json);
    },
  },
  handover: {
    summary: 'an agent is freed, the next caller rings: ours and app_queue on one Asterisk (about 3 minutes)',
    measure: async (json) => measure(await import('../bench/handover.ts'), json),
  },
  links: {
    summary: "a client's wrong link: answered alike and in the same time, whatever the reason (about 20 s)",
    measure: async (json) => measure(await import('../bench/wrong-links.ts'), json),
  },
  journal: {
    summary: 'facts a second through the engine, and the same bytes in plain batches (about 1 minute)',
    measure: async (json) => measure(await import('../bench/journal.ts'), json),
  },
  recovery: {
    summary: 'a start from the first row of the journal, and from a snapshot (about 10 s for 200,000 facts)',
    options: [['--facts <number>', 'rows in the journal (200,000 when left out)', wholeNumber]],
    measure: async (json, options) => {
      const { run, lines } = await import('../bench/recovery.ts');
      await measure({ run: () => run(options), lines }, json);
    },
  },
  reports: {
    summary:
      'figures of a day, a year and five years of a national centre, 21.5 million calls (some minutes)',
    options: [['--calls <number>', 'how many (21.5 million when left out)', wholeNumber]],
    measure: async (json, options) => {
      const { run, lines } = await import('../bench/reports.ts');
      const log = (line: string) => process.stderr.write(`${line}\n`);
      await measure({ run: () => run({ ...options, log }), lines }, json);
    },
  },
  load: {
    summary:
      '100,000 callbacks wait and 50 calls a second come; 30 days, and is memory back (about 3 minutes)',
    measure: async (json) => measure(await import('../bench/load/load.ts'), json),
  },
  streams: {
    summary:
      '220 live streams and three pages in Chromium at 20 calls a second: commit to screen (about 2 minutes)',
    options: [
      ['--streams <number>', 'how many (220 when left out)', wholeNumber],
      ['--seconds <number>', 'for so long (30 when left out)', wholeNumber],
      ['--minutes <number>', 'ten times as fast, for the memory (5 when left out)', wholeNumber],
    ],
    measure: async (json, options) => {
      const { run, lines } = await import('../bench/streams.ts');
      await measure({ run: () => run(options), lines }, json);
    },
  },
  crash: {
    summary: 'engine, PostgreSQL and Asterisk killed under real calls; is anything lost (about 40 s a round)',
    options: [
      ['--rounds <number>', 'how many (5 when left out)', wholeNumber],
      ['--seed <number>', 'the same seed, the same moments', wholeNumber],
      ['--resume <file>', 'add to the figures in this file, written after every round'],
      ['--log <file>', 'what happened, line by line'],
    ],
    measure: async (json, options) => {
      const { run, lines } = await import('../bench/crash/crash.ts');
      const onRound = (line: string) => process.stderr.write(`${line}\n`);
      await measure({ run: () => run({ ...options, onRound }), lines }, json);
    },
  },
};

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 0xffff_ffff) throw new InvalidArgumentError('give a whole number.');
  return value;
}

export function benchCommand(program: Command): void {
  const bench = program
    .command('bench')
    .description('measure: how soon, how many, beside what else there is');
  for (const [name, entry] of Object.entries(benches)) {
    const command = bench
      .command(name)
      .description(entry.summary)
      .option('--json', 'the result as one JSON object on the last line')
      .action(({ json, ...options }: BenchOptions) => entry.measure(json === true, options));
    for (const [flags, description, parse] of entry.options ?? []) {
      if (parse === undefined) command.option(flags, description);
      else command.option(flags, description, parse);
    }
  }
}

async function measure<Result extends object>(bench: Bench<Result>, json: boolean): Promise<void> {
  const result = await bench.run();
  process.stdout.write(`${json ? JSON.stringify(result) : bench.lines(result).join('\n')}\n`);
}
