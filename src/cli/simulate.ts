// `rappel simulate SCENARIO`: runs a centre by chance in virtual time and prints its figures. With --json the last line is
// one object; the same seed gives the same object, but for how long it took. `--schema` prints the JSON Schema of a
// scenario. One with a calendar can be written into a journal (simulate-calendar.ts).

import { type Command, InvalidArgumentError } from 'commander';
import { anyScenarioSchemaText, readAnyScenario } from '../twin/calendar/any-scenario.ts';
import type { LineResult } from '../twin/simulate/line-figures.ts';
import type { Scenario } from '../twin/simulate/scenario.ts';
import { Simulation, type SimulationResult } from '../twin/simulate/simulation.ts';
import { ProgressBar } from './progress-bar.ts';

type SimulateOptions = {
  readonly seed?: number;
  readonly json?: boolean;
  readonly schema?: boolean;
  readonly journal?: boolean;
  readonly data: string;
};

export function simulateCommand(program: Command): void {
  program
    .command('simulate')
    .description('run a centre by chance, in virtual time, and print its figures')
    .argument('[scenario]', 'a YAML or JSON file; config/scenarios/one-line.yaml is a sample')
    .option('--seed <number>', 'instead of the seed of the scenario', parseSeed)
    .option('--json', 'one object on the last line')
    .option('--journal', 'write what happens into a journal, and make the records; with a calendar only')
    .option('--data <folder>', 'of that journal, where DATABASE_URL names no database', '.rappel')
    .option('--schema', 'print the JSON Schema of a scenario instead')
    .action(async (file: string | undefined, options: SimulateOptions, command: Command) => {
      if (options.schema === true) process.stdout.write(anyScenarioSchemaText());
      else if (file === undefined) command.error('no scenario is given; write rappel simulate SCENARIO');
      else await simulateFile(file, options, command);
    });
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seed))
    throw new InvalidArgumentError('give a whole number, 0 or more.');
  return seed;
}

async function simulateFile(file: string, options: SimulateOptions, command: Command): Promise<void> {
  const { seed } = options;
  const read = readAnyScenario(file);
  const seeded = seed === undefined ? {} : { seed };
  if (read.form === 'calendar') {
    const { simulateCalendar } = await import('./simulate-calendar.ts');
    await simulateCalendar({ ...read.scenario, ...seeded }, options);
  } else if (options.journal === true)
    command.error(
      `${file} has no calendar, and a journal is of dates; see config/scenarios/national-2019.yaml`,
    );
  else simulate({ ...read.scenario, ...seeded }, options);
}

function simulate(scenario: Scenario, { json }: SimulateOptions): void {
  const bar = new ProgressBar('calls');
  const startedAt = performance.now();
  const result = new Simulation(scenario).run((arrivals, share) => bar.show(arrivals, share));
  const wallS = (performance.now() - startedAt) / 1_000;
  bar.end();
  const { calls, lines } = result;
  const speed = { wallS: Number(wallS.toFixed(3)), callsPerSecond: Math.round(calls / wallS) };
  if (json === true)
    process.stdout.write(`${JSON.stringify({ seed: result.seed, calls, ...speed, lines })}\n`);
  else process.stdout.write(`${textOf(result, speed.callsPerSecond)}\n`);
}

function textOf({ seed, calls, lines }: SimulationResult, callsPerSecond: number): string {
  const head = `${calls} calls after the warm-up, seed ${seed}, ${callsPerSecond} calls/s`;
  return [head, ...Object.entries(lines).flatMap(([name, line]) => ['', `${name}:`, ...linesOf(line)])].join(
    '\n',
  );
}

function linesOf(line: LineResult): string[] {
  const { callback, quote } = line;
  const within = Object.entries(line.servedWithin).map(([level, share]) => `${percent(share)} in ${level} s`);
  const rows: readonly (readonly [string, string])[] = [
    ['arrived', `${line.arrived}, refused ${line.refused}, entered ${line.entered}`],
    ['answered', `${line.answered}${within.length > 0 ? `, of arrivals ${within.join(', ')}` : ''}`],
    ['abandoned', `${line.abandoned}, ${percent(line.abandonedShare)} of arrivals`],
    ['no free agent', percent(line.delayedShare)],
    ['mean wait', `${seconds(line.waitMeanS)}, of those who hold ${seconds(line.holdWaitMeanS)}`],
    ['with infinite patience', seconds(line.offeredWaitMeanS)],
    ['agents busy', percent(line.utilisation)],
    ['waiting on average', line.queueMean.toFixed(2)],
    [
      'callbacks',
      `${callback.offered} offered, ${callback.accepted} accepted, ${callback.connected} connected, ${callback.incomplete} incomplete`,
    ],
    [
      'their wait',
      `mean ${seconds(callback.waitMeanS)}, median ${seconds(callback.waitP50S)}, nine in ten ${seconds(callback.waitP90S)}`,
    ],
    [
      'the wait told',
      `error ${percent(quote.rrmse)} (at best ${percent(quote.floor)}), bias ${percent(quote.bias)}, ${percent(quote.inside)} near enough`,
    ],
    ['overtakes', String(line.overtakes)],
  ];
  return rows.map(([name, value]) => `  ${name.padEnd(24)}${value}`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`;
}
