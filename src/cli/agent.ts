// `rappel agent sign-in|ready|not-ready|wrap-up|voicemail|relay|tone|sign-out NAME`: an agent's work from the command line, through the
// API of the centre that runs on this data folder.

import { type Command, InvalidArgumentError } from 'commander';
import { type ApiOptions, askCentre, tell } from './centre-api.ts';

type Agent = { readonly agent: string; readonly state: string; readonly reason?: string };

export function agentCommand(program: Command): void {
  const agent = program
    .command('agent')
    .description('an agent signs in, is ready, not ready, wraps up, signs out');
  const action = (name: string, description: string) =>
    agent
      .command(name)
      .argument('<agent>', 'as in the configuration')
      .description(description)
      .option('--data <folder>', "the centre's data folder", '.rappel')
      .option('--json', 'one JSON object on the last line');
  action('sign-in', 'sign in; not ready at first')
    .option('--lines <ids>', 'some of the lines the configuration gives, with commas', list)
    .option('--languages <ids>', 'some of the languages, with commas', list)
    .action((name: string, options: ApiOptions & { lines?: string[]; languages?: string[] }) =>
      post(name, 'sign-in', options, { lines: options.lines, languages: options.languages }),
    );
  action('ready', 'ready for the next call').action((name: string, options: ApiOptions) =>
    post(name, 'ready', options),
  );
  action('not-ready', 'not ready, for a reason')
    .requiredOption('--reason <word>', 'such as break or training')
    .action((name: string, options: ApiOptions & { reason: string }) =>
      post(name, 'not-ready', options, { reason: options.reason }),
    );
  action('wrap-up', 'more time for notes').action((name: string, options: ApiOptions) =>
    post(name, 'wrap-up', options),
  );
  action('voicemail', 'a machine answered instead of the client').action(
    (name: string, options: ApiOptions) => post(name, 'voicemail', options),
  );
  action('relay', 'the client on the phone uses a relay service or a TTY').action(
    (name: string, options: ApiOptions) => post(name, 'relay', options),
  );
  action('tone', 'how the last conversation felt, where the agent is asked: kept only among those of others')
    .requiredOption('--felt <value>', '-1 more tense, 0 as usual, 1 more positive', tone)
    .action((name: string, options: ApiOptions & { felt: number }) =>
      post(name, 'tone', options, { value: options.felt }),
    );
  action('sign-out', 'sign out').action((name: string, options: ApiOptions) =>
    post(name, 'sign-out', options),
  );
}

function tone(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || ![-1, 0, 1].includes(value)) throw new InvalidArgumentError('give -1, 0 or 1.');
  return value;
}

function list(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

async function post(name: string, what: string, options: ApiOptions, body?: object): Promise<void> {
  const said = await askCentre<Agent>(options.data, {
    method: 'POST',
    path: `/agents/${encodeURIComponent(name)}/${what}`,
    about: name,
    ...(body === undefined ? {} : { body }),
  });
  const reason = said.reason === undefined ? '' : ` (${said.reason})`;
  tell(options, said, `${said.agent} is ${said.state.replaceAll('_', ' ')}${reason}`);
}
