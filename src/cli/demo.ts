// `rappel demo`: the demonstration centre, until Ctrl-C or for a given time. On a terminal a live picture, elsewhere one
// line for each event; at the end the figures, with --json as one object on the last line. Exit 0 only if callbacks were
// accepted, connected and heard, none lost and nobody overtaken.

import { type Command, InvalidArgumentError } from 'commander';

type DemoOptions = {
  readonly for?: number;
  readonly json?: boolean;
  readonly seed?: number;
  readonly config?: string;
};

/** The picture is drawn so often. */
const DRAW_EVERY_MS = 250;
const EVENTS_KEPT = 200;

export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('the demonstration centre: real phones, real sound, citizens and agents')
    .option('--for <time>', 'how long from ready, such as 90s or 5m; until Ctrl-C when left out', parseTime)
    .option('--json', 'one JSON object on the last line')
    .option('--seed <number>', 'the same seed, the same citizens', parseSeed)
    .option('--config <file>', 'another centre than config/demonstration.yaml')
    .action(demo);
}

function parseTime(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(s|m|h)$/.exec(text) ?? [];
  const ms = Number(amount) * { s: 1_000, m: 60_000, h: 3_600_000 }[unit as 's' | 'm' | 'h'];
  if (amount === undefined || !(ms >= 1_000) || ms > 24 * 3_600_000) {
    throw new InvalidArgumentError('give a time from 1s to 24h, such as 90s or 5m.');
  }
  return ms;
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff)
    throw new InvalidArgumentError('give a whole number from 0 to 4294967295.');
  return seed;
}

async function demo(options: DemoOptions): Promise<void> {
  const { readConfiguration } = await import('../config/configuration-file.ts');
  const file = options.config ?? new URL('../../config/demonstration.yaml', import.meta.url).pathname;
  const read = readConfiguration(file);
  const { openDemonstration } = await import('../demo/demonstration.ts');
  const { faultsOf, inWords } = await import('../demo/summary.ts');
  const { LiveView } = await import('../demo/live-view.ts');
  const live = process.stdout.isTTY && !options.json ? new LiveView(process.stdout) : undefined;
  const events: string[] = [];
  const tell = (line: string): void => {
    const stamped = `${new Date().toTimeString().slice(0, 8)}  ${line}`;
    events.push(stamped);
    if (events.length > EVENTS_KEPT) events.shift();
    if (!live) process.stdout.write(`${stamped}\n`);
  };
  const log = (line: string): void => {
    if (isDrawing) tell(line);
    else process.stderr.write(`${line}\n`);
  };
  let isDrawing = false;
  let isOpen = true;
  let fatal: Error | undefined;
  const stopped = untilStopped();
  // The terminal or the pipe may be gone before us; what was started is stopped all the same.
  for (const out of [process.stdout, process.stderr]) out.on('error', () => stopped.stop());
  const demonstration = await openDemonstration({
    read,
    configurationName: options.config ?? 'config/demonstration.yaml',
    seed: options.seed ?? 1,
    log,
    // The end of the day is not news.
    onNews: (line) => isOpen && tell(line),
    onFatal: (error) => {
      fatal ??= error;
      stopped.stop();
    },
  });
  process.stdout.write(`ready\n${demonstration.hints.map((hint) => `  ${hint}\n`).join('')}`);
  isDrawing = live !== undefined;
  const drawing = setInterval(() => live?.show(demonstration.view(events)), DRAW_EVERY_MS);
  const time = options.for === undefined ? undefined : setTimeout(stopped.stop, options.for);
  await stopped.asked;
  clearInterval(drawing);
  clearTimeout(time);
  live?.close();
  isDrawing = false;
  isOpen = false;
  const summary = demonstration.summary();
  process.stderr.write('stopping\n');
  await demonstration.stop();
  if (fatal) throw fatal;
  // Stopped by hand before there was anything to see is no failure; a given time is a question that wants its answer.
  const faults = options.for === undefined ? [] : faultsOf(summary);
  for (const fault of faults) process.stderr.write(`rappel: ${fault}\n`);
  process.stdout.write(options.json ? `${JSON.stringify(summary)}\n` : inWords(summary));
  process.exitCode = faults.length === 0 ? 0 : 1;
}

/** Ctrl-C, SIGTERM, a closed terminal, or `stop`. A second signal does not wait. */
function untilStopped() {
  let stop = (): void => {};
  const asked = new Promise<void>((resolve) => {
    stop = resolve;
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(130));
      stop();
    });
  }
  return { asked, stop: () => stop() };
}
