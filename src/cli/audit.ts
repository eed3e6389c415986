// `rappel audit` and `rappel audit verify`: who looked at whom, and who changed which account; and whether every row is as it
// was written. Through the API of the centre, which has the key of the chain.

import { type Command, InvalidArgumentError } from 'commander';
import { type ApiOptions, ApiRefused, askCentre, tell } from './centre-api.ts';

type Row = {
  readonly id: number;
  readonly at: number;
  readonly by: string;
  readonly name: string | null;
  readonly what: string;
  readonly about: string;
  readonly why: string;
};
type Page = { readonly audit: readonly Row[]; readonly next: number | null };
type ListOptions = ApiOptions & { readonly from?: number; readonly to?: number; readonly who?: string };
type Verified = {
  readonly ok: boolean;
  readonly rows: number;
  readonly goneThrough: number;
  readonly head: { readonly id: number; readonly chain: string } | null;
  readonly broken: { readonly id: number; readonly what: string } | null;
};

const DAY_MS = 86_400_000;

export function auditCommand(program: Command): void {
  const audit = program
    .command('audit')
    .description('who looked at what, and who changed which account')
    .option('--from <date>', 'from then on: 2019-04-17 or 2019-04-17T08:30, UTC', (text) => instant(text, 0))
    .option('--to <date>', 'up to then; a day is meant whole', (text) => instant(text, DAY_MS))
    .option('--who <name>', 'a login name, or the id of a token')
    .option('--data <folder>', "the centre's data folder", '.rappel')
    .option('--json', 'one JSON object on the last line')
    .action(list);
  audit
    .command('verify')
    .description('check that every row is as it was written')
    .option('--data <folder>', "the centre's data folder", '.rappel')
    .option('--json', 'one JSON object on the last line')
    .action((_options: ApiOptions, command: Command) => verify(command.optsWithGlobals()));
}

/** `dayMs`: added to a day without a time. */
function instant(text: string, dayMs: number): number {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const at = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/.test(text)
    ? Date.parse(isDay ? text : `${text}Z`)
    : Number.NaN;
  // Date.parse lets 2019-02-30 through as a day of March.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text.slice(0, 10) || at < 0)
    throw new InvalidArgumentError('write 2019-04-17, or 2019-04-17T08:30.');
  return isDay ? at + dayMs : at;
}

async function list(options: ListOptions): Promise<void> {
  const { from, to, who } = options;
  const query = new URLSearchParams({ limit: '500' });
  if (from !== undefined) query.set('from', String(from));
  if (to !== undefined) query.set('to', String(to));
  if (who !== undefined) query.set('who', await idOf(who, options.data));
  const rows: Row[] = [];
  for (let after: number | null = 0; after !== null; ) {
    query.set('after', String(after));
    const page: Page = await askCentre(options.data, { method: 'GET', path: `/audit?${query}` });
    rows.push(...page.audit);
    after = page.next;
  }
  tell(
    options,
    { audit: rows },
    rows.length === 0 ? 'nothing stands in the audit' : rows.map(lineOf).join('\n'),
  );
}

/** A name stands in no address: it is looked up, and its id is asked for. */
async function idOf(who: string, data: string): Promise<string> {
  const wanted = who.normalize('NFKC').toLowerCase();
  for (let after: string | null = ''; after !== null; ) {
    const path: string = `/accounts?limit=500&after=${after}`;
    const page: { accounts: { id: string; name: string }[]; next: string | null } = await askCentre(data, {
      method: 'GET',
      path,
    });
    const found = page.accounts.find(({ name }) => name.normalize('NFKC').toLowerCase() === wanted);
    if (found !== undefined) return found.id;
    after = page.next;
  }
  return who;
}

async function verify(options: ApiOptions): Promise<void> {
  const found = await askCentre<Verified>(options.data, { method: 'GET', path: '/audit/verify' });
  const { broken, rows, goneThrough, head } = found;
  if (broken === null) {
    const gone = goneThrough === 0 ? '' : `, those up to ${goneThrough} were let go after their time`;
    const last = head === null ? '' : `; the last is ${head.id}, ${head.chain}`;
    tell(options, found, `all ${rows} rows are as they were written${gone}${last}`);
    return;
  }
  if (options.json === true) process.stdout.write(`${JSON.stringify(found)}\n`);
  throw new ApiRefused(
    'audit.chain_broken',
    `the ${broken.what} ${broken.id} of the audit is not as it was written, or what was before it is gone; restore the database from a copy`,
    found,
  );
}

function lineOf({ id, at, by, name, what, about, why }: Row): string {
  return [id, new Date(at).toISOString(), name ?? by, what, about, why].join('  ').trimEnd();
}
