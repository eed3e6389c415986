// `rappel check FILE`: reads a centre's configuration and changes nothing. Every mistake is one line with line, column,
// what and how to mend it; without mistakes it says what the file means, so that a person can see whether it is what
// was meant. `--schema` prints the JSON Schema that editors use.

import { type Command, InvalidArgumentError } from 'commander';
import { ConfigurationRefused, readConfiguration } from '../config/configuration-file.ts';
import { isDate } from '../config/local-time.ts';
import { schemaText } from '../config/schema.ts';
import { summaryOf, summaryText } from '../config/summary.ts';
import { mistakeLine } from '../config/yaml-file.ts';

type CheckOptions = { readonly json?: boolean; readonly schema?: boolean; readonly at?: number };

export function checkCommand(program: Command): void {
  program
    .command('check')
    .description("read a centre's configuration and say what is wrong in it, or what it means")
    .argument('[file]', 'the configuration, a YAML file')
    .option('--at <date>', 'say what it means on that date instead of now, such as 2019-12-24', parseDate)
    .option('--json', 'one object on the last line')
    .option('--schema', 'print the JSON Schema of the file instead')
    .action((file: string | undefined, options: CheckOptions, command: Command) => {
      if (options.schema === true) process.stdout.write(schemaText());
      else if (file === undefined) command.error('no file is given; write rappel check FILE');
      else check(file, options);
    });
}

/** Noon in UTC: the same date from Vancouver to St. John's. */
function parseDate(text: string): number {
  if (!isDate(text)) throw new InvalidArgumentError('give a date as year-month-day, such as 2019-12-24.');
  return Date.parse(`${text}T12:00:00Z`);
}

function check(file: string, options: CheckOptions): void {
  const nowAt = options.at ?? Date.now();
  try {
    const read = readConfiguration(file, { nowAt });
    const lines = summaryOf(read, nowAt);
    const agents = read.configuration.agents.length;
    const { relayRoutes } = read.dialPolicy;
    if (options.json === true) {
      console.log(JSON.stringify({ ok: true, mistakes: [], hash: read.hash, agents, relayRoutes, lines }));
      return;
    }
    console.log(`${file}: no mistakes`);
    console.log(`${lines.length} lines, ${agents} agents, numbers of ${read.dialPolicy.regions.join(', ')}`);
    for (const { number, dial } of relayRoutes) console.log(`relay service ${number}: ${dial} is dialled`);
    for (const { number, language, line } of read.file.relay?.numbers ?? []) {
      const leads = [language, line].filter((word) => word !== undefined).join(', ');
      console.log(`relay and TTY users call ${number}${leads === '' ? '' : `: ${leads}`}`);
    }
    for (const line of summaryText(lines)) console.log(line);
  } catch (error) {
    if (!(error instanceof ConfigurationRefused)) throw error;
    process.exitCode = 2;
    if (options.json === true) console.log(JSON.stringify({ ok: false, mistakes: error.mistakes }));
    else
      for (const mistake of error.mistakes) process.stderr.write(`rappel: ${mistakeLine(file, mistake)}\n`);
  }
}
