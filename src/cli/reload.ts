// `rappel reload --config FILE`: gives the running centre another configuration, without a restart. One that is not right
// is refused whole, each mistake a line with its place in the file, and the centre goes on with what it has.

import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { readConfiguration } from '../config/configuration-file.ts';
import { mistakeLine, type PlacedMistake } from '../config/yaml-file.ts';
import { type ApiOptions, ApiRefused, askCentre, tell } from './centre-api.ts';

export function reloadCommand(program: Command): void {
  program
    .command('reload')
    .description('give the running centre another configuration')
    .requiredOption('--config <file>', 'the configuration, a YAML file')
    .option('--data <folder>', "the centre's data folder", '.rappel')
    .option('--json', 'one JSON object on the last line')
    .action(reload);
}

async function reload(options: ApiOptions & { config: string }): Promise<void> {
  const { config } = options;
  readConfiguration(config); // refuses with one line, before the centre is bothered
  const body = readFileSync(config, 'utf8');
  try {
    const answer = await askCentre<{ hash: string; changed: string }>(options.data, {
      method: 'PUT',
      path: '/configuration',
      body,
    });
    const { changed } = answer;
    tell(options, answer, changed === '' ? `${config}: nothing changes` : `${config}: in force (${changed})`);
  } catch (error) {
    if (!(error instanceof ApiRefused) || error.code !== 'configuration.invalid') throw error;
    const { mistakes = [] } = error.answer as { mistakes?: readonly PlacedMistake[] };
    const [first] = mistakes;
    throw first === undefined ? error : new ApiRefused(error.code, mistakeLine(config, first), error.answer);
  }
}
