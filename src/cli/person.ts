// `rappel person export|erase NUMBER`: what is held on whoever has a number, and forgetting all of it, through the API of
// the centre. The number goes in the body of the request; it is printed only where it was asked for.

import type { Command } from 'commander';
import { type ApiOptions, askCentre, tell } from './centre-api.ts';

type NumberOptions = ApiOptions & { readonly extension?: string };
type ExportOptions = NumberOptions & { readonly why: string; readonly lang?: string };

export function personCommand(program: Command): void {
  const person = program
    .command('person')
    .description('what is held on one person: give it out, or forget it');
  const action = (name: string, description: string) =>
    person
      .command(name)
      .description(description)
      .argument(
        '<number...>',
        'as a person would write it; without an extension it is meant with all of them',
      )
      .option('--extension <digits>', 'of a switchboard: this client alone')
      .option('--data <folder>', "the centre's data folder", '.rappel')
      .option('--json', 'one JSON object on the last line');
  action('export', 'everything that is held on them; who asked and why is kept in the audit')
    .requiredOption('--why <words>', 'why it is asked')
    .option('--lang <language>', 'en or fr')
    .action((words: string[], options: ExportOptions) => exportOf(words.join(' '), options));
  action('erase', 'forget the number and all that belongs to it; figures stay as they are').action(
    (words: string[], options: NumberOptions) => erase(words.join(' '), options),
  );
}

function bodyOf(number: string, { extension }: NumberOptions): object {
  return extension === undefined ? { number } : { number, extension };
}

async function exportOf(number: string, options: ExportOptions): Promise<void> {
  const { why, lang } = options;
  const body = { ...bodyOf(number, options), why, ...(lang === undefined ? {} : { language: lang }) };
  const asked = { method: 'POST', path: '/persons/export', body } as const;
  const held = await askCentre<{ readonly text: string }>(options.data, asked);
  tell(options, held, held.text.trimEnd());
}

async function erase(number: string, options: NumberOptions): Promise<void> {
  const asked = { method: 'POST', path: '/persons/erase', body: bodyOf(number, options) } as const;
  const erased = await askCentre<Readonly<Record<string, number>>>(options.data, asked);
  const counts = Object.entries(erased).filter(([kind, count]) => kind !== 'keys' && count > 0);
  const words = counts.map(([kind, count]) => `${kind} ${count}`).join(', ');
  tell(options, erased, words === '' ? 'nothing was held' : `erased: ${words}`);
}
