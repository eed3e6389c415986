// `rappel agent sign-in|ready|not-ready|wrap-up|sign-out|phone NAME`: an agent's work from the command line, through the
// API of the centre that runs on this data folder.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';

type Options = { readonly data: string; readonly json?: boolean };
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
    .action((name: string, options: Options & { lines?: string[]; languages?: string[] }) =>
      post(name, 'sign-in', options, { lines: options.lines, languages: options.languages }),
    );
  action('ready', 'ready for the next call').action((name: string, options: Options) =>
    post(name, 'ready', options),
  );
  action('not-ready', 'not ready, for a reason')
    .requiredOption('--reason <word>', 'such as break or training')
    .action((name: string, options: Options & { reason: string }) =>
      post(name, 'not-ready', options, { reason: options.reason }),
    );
  action('wrap-up', 'more time for notes').action((name: string, options: Options) =>
    post(name, 'wrap-up', options),
  );
  action('sign-out', 'sign out').action((name: string, options: Options) => post(name, 'sign-out', options));
}

function list(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

class AgentRefused extends Error {
  override name = 'AgentRefused';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

async function post(name: string, what: string, options: Options, body?: object): Promise<void> {
  const { url, token } = readApi(options.data);
  const answer = await fetch(`${url}/api/v1/agents/${encodeURIComponent(name)}/${what}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new AgentRefused(
      'centre.not_running',
      `no centre answers for ${options.data}; start it with "rappel serve"`,
    );
  });
  const said = (await answer.json()) as Agent & { code?: string; detail?: string };
  if (!answer.ok)
    throw new AgentRefused(said.code ?? 'request.invalid', `${name}: ${said.detail ?? answer.statusText}`);
  process.stdout.write(
    options.json
      ? `${JSON.stringify(said)}\n`
      : `${said.agent} is ${said.state.replaceAll('_', ' ')}${said.reason === undefined ? '' : ` (${said.reason})`}\n`,
  );
}

function readApi(data: string): { url: string; token: string } {
  try {
    return JSON.parse(readFileSync(join(data, 'api.json'), 'utf8')) as { url: string; token: string };
  } catch {
    throw new AgentRefused(
      'centre.not_running',
      `no centre has run in ${data}; start it with "rappel serve", or name its folder with --data`,
    );
  }
}
