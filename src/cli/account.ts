// `rappel account add|list|roles|password|disable|enable`: the accounts of the centre that runs on a data folder, through
// its API. A password is read from standard input, or made and printed once; it is never an argument, which other users of
// the machine could see.

import { randomInt } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { type ApiOptions, ApiRefused, askCentre, tell } from './centre-api.ts';

type Account = {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly agent: string | null;
  readonly language: string;
  readonly disabled: boolean;
};
type PasswordOptions = ApiOptions & { readonly passwordStdin?: boolean };
type AddOptions = PasswordOptions & {
  readonly roles: string[];
  readonly agent?: string;
  readonly language?: string;
};

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

export function accountCommand(program: Command): void {
  const account = program.command('account').description('who may use the pages and the API');
  const action = (name: string, description: string) =>
    account
      .command(name)
      .description(description)
      .option('--data <folder>', "the centre's data folder", '.rappel')
      .option('--json', 'one JSON object on the last line');
  const stdin = [
    '--password-stdin',
    'read the password from standard input; else one is made and printed',
  ] as const;
  action('list', 'all accounts').action(list);
  action('add', 'a new one')
    .argument('<name>', 'the login name')
    .requiredOption('--roles <roles>', 'of agent, supervisor, analyst, admin, with commas', words)
    .option('--agent <id>', 'the agent of the configuration that it is')
    .option('--language <language>', 'en or fr')
    .option(...stdin)
    .action(add);
  action('roles', 'other roles; whoever is signed in with it is signed out')
    .argument('<name>', 'the login name')
    .argument('<roles>', 'of agent, supervisor, analyst, admin, with commas', words)
    .option('--agent <id>', 'the agent of the configuration that it is')
    .action((name: string, roles: string[], options: ApiOptions & { agent?: string }) =>
      change(name, options, { roles, ...(options.agent === undefined ? {} : { agent: options.agent }) }),
    );
  action('password', 'another password; whoever is signed in with it is signed out')
    .argument('<name>', 'the login name')
    .option(...stdin)
    .action(async (name: string, options: PasswordOptions) => {
      const { password, words } = await passwordFor(options);
      await change(name, options, { password }, words);
    });
  action('disable', 'it may not sign in any more')
    .argument('<name>', 'the login name')
    .action((name: string, options: ApiOptions) => change(name, options, { disabled: true }));
  action('enable', 'it may sign in again')
    .argument('<name>', 'the login name')
    .action((name: string, options: ApiOptions) => change(name, options, { disabled: false }));
}

function words(list: string): string[] {
  return list.split(',').map((one) => one.trim());
}

async function add(name: string, options: AddOptions): Promise<void> {
  const { password, words: beside } = await passwordFor(options);
  const { roles, agent, language } = options;
  const body = {
    name,
    password,
    roles,
    ...(agent === undefined ? {} : { agent }),
    ...(language === undefined ? {} : { language }),
  };
  const made = await askCentre<Account>(options.data, {
    method: 'POST',
    path: '/accounts',
    body,
    about: name,
  });
  tell(options, { ...made, ...(beside === '' ? {} : { password }) }, `${lineOf(made)}${beside}`);
}

async function list(options: ApiOptions): Promise<void> {
  const accounts = await all(options.data);
  const lines = accounts.map(lineOf);
  tell(options, { accounts }, lines.length === 0 ? 'there is no account' : lines.join('\n'));
}

async function change(name: string, options: ApiOptions, body: object, beside = ''): Promise<void> {
  const wanted = name.normalize('NFKC').toLowerCase();
  const found = (await all(options.data)).find((one) => one.name.normalize('NFKC').toLowerCase() === wanted);
  if (found === undefined)
    throw new ApiRefused(
      'account.unknown',
      `${name}: there is no such account; "rappel account list" has them`,
    );
  const path = `/accounts/${found.id}`;
  const changed = await askCentre<Account>(options.data, { method: 'PATCH', path, body, about: name });
  const made = beside === '' ? {} : { password: (body as { password: string }).password };
  tell(options, { ...changed, ...made }, `${lineOf(changed)}${beside}`);
}

async function all(data: string): Promise<Account[]> {
  const accounts: Account[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const path: string = `/accounts?limit=500&after=${after}`;
    const page: { accounts: Account[]; next: string | null } = await askCentre(data, { method: 'GET', path });
    accounts.push(...page.accounts);
    after = page.next;
  }
  return accounts;
}

async function passwordFor({ passwordStdin }: PasswordOptions): Promise<{ password: string; words: string }> {
  if (passwordStdin === true)
    return { password: (await text(process.stdin)).replace(/\r?\n$/, ''), words: '' };
  const group = () => Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  const password = [group(), group(), group(), group()].join('-');
  return { password, words: `\n  password  ${password}  (shown once)` };
}

function lineOf({ name, roles, agent, disabled }: Account): string {
  const is = agent === null ? '' : `  agent ${agent}`;
  return `${name}  ${roles.join(' ')}${is}${disabled ? '  disabled' : ''}`;
}
