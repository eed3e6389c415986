// `rappel callback list|cancel|postpone|number|relay`: the callbacks that have not ended, through the API of the centre.
// They are named by their reference, as the client knows it; no number is shown anywhere.

import { type Command, InvalidArgumentError } from 'commander';
import { type ApiOptions, askCentre, tell } from './centre-api.ts';

type CallbackView = {
  readonly callback: number;
  readonly reference: string;
  readonly state: string;
  readonly line?: string;
  readonly language?: string;
  readonly rank?: number;
  readonly attempts?: number;
  readonly notBefore?: number | null;
};

export function callbackCommand(program: Command): void {
  const callback = program.command('callback').description('list, cancel, postpone or change callbacks');
  const action = (name: string, description: string) =>
    callback
      .command(name)
      .description(description)
      .option('--data <folder>', "the centre's data folder", '.rappel')
      .option('--json', 'one JSON object on the last line');
  action('list', 'those that have not ended, oldest first')
    .option('--line <id>', 'of this line only')
    .option('--after <reference>', 'only those registered after this one', parseWhole)
    .option('--limit <count>', 'at most so many, up to 1000', parseWhole, 100)
    .action(list);
  action('cancel', 'the client is not called')
    .argument('<reference>', 'as the client was told', parseWhole)
    .action((reference: number, options: ApiOptions) => change(reference, 'cancel', options));
  action('postpone', 'not before then; the place in line is kept')
    .argument('<reference>', 'as the client was told', parseWhole)
    .requiredOption('--minutes <count>', 'by how much', parseWhole)
    .action((reference: number, options: ApiOptions & { minutes: number }) =>
      change(reference, 'postpone', options, { minutes: options.minutes }),
    );
  action('number', 'the client is called at another number; the place in line is kept')
    .argument('<reference>', 'as the client was told', parseWhole)
    .argument('<number...>', 'as a person would write it, such as 613-555-0188 x42')
    .option('--extension <digits>', 'where it is not at the end of the number')
    .action((reference: number, words: string[], options: ApiOptions & { extension?: string }) => {
      const { extension } = options;
      const number = words.join(' ');
      return change(reference, 'number', options, {
        number,
        ...(extension === undefined ? {} : { extension }),
      });
    });
  action('relay', 'the client uses a relay service or a TTY: a longer ring, no key required')
    .argument('<reference>', 'as the client was told', parseWhole)
    .action((reference: number, options: ApiOptions) => change(reference, 'relay', options));
}

function parseWhole(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('give a whole number from 1 on.');
  return value;
}

async function list(options: ApiOptions & { line?: string; after?: number; limit: number }): Promise<void> {
  const query = new URLSearchParams({ limit: String(options.limit), after: String(options.after ?? 0) });
  if (options.line !== undefined) query.set('line', options.line);
  const path = `/callbacks?${query}`;
  const answer = await askCentre<{ callbacks: CallbackView[] }>(options.data, { method: 'GET', path });
  const lines = answer.callbacks.map(lineOf);
  tell(options, answer, lines.length === 0 ? 'no callback is pending' : lines.join('\n'));
}

async function change(reference: number, what: string, options: ApiOptions, body?: object): Promise<void> {
  const view = await askCentre<CallbackView>(options.data, {
    method: 'POST',
    path: `/callbacks/${reference}/${what}`,
    about: `callback ${reference}`,
    ...(body === undefined ? {} : { body }),
  });
  tell(options, view, lineOf(view));
}

function lineOf(view: CallbackView): string {
  const { reference, state, line, language, rank, attempts, notBefore } = view;
  const words = [reference, state.replaceAll('_', ' ').padEnd(11)];
  if (line !== undefined) words.push(line, language ?? '', `rank ${rank}`, `attempts ${attempts}`);
  if (notBefore != null) words.push(`not before ${new Date(notBefore).toISOString()}`);
  return words.join('  ').trimEnd();
}
