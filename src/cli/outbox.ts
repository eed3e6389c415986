// `rappel outbox list|endpoints|retry|test|enable|disable|rotate`: what leaves the house beside calls, through the API of
// the centre. No number is shown anywhere.

import { type Command, InvalidArgumentError } from 'commander';
import { type ApiOptions, askCentre, tell } from './centre-api.ts';

type Delivery = {
  readonly serial: number;
  readonly id: string;
  readonly what: string;
  readonly target: string;
  readonly state: string;
  readonly tries: number;
  readonly said: string;
};
type Endpoint = {
  readonly id: string;
  readonly url: string;
  readonly state: string;
  readonly waiting: number;
};

export function outboxCommand(program: Command): void {
  const outbox = program.command('outbox').description('what is sent to programs and to clients');
  const action = (name: string, description: string) =>
    outbox
      .command(name)
      .description(description)
      .option('--data <folder>', "the centre's data folder", '.rappel')
      .option('--json', 'one JSON object on the last line');
  action('list', 'deliveries, the newest first')
    .option('--before <serial>', 'only those before this one', whole)
    .option('--limit <count>', 'at most so many, up to 500', whole, 100)
    .option('--state <state>', 'due, sending, delivered, failed, unknown or void')
    .action(list);
  action('endpoints', 'the webhooks and how they stand').action(endpoints);
  action('retry', 'one that failed or waits is tried now')
    .argument('<delivery>', 'its id, as listed')
    .action((delivery: string, options: ApiOptions) =>
      post(options, delivery, `/outbox/deliveries/${encodeURIComponent(delivery)}/retry`, 'is tried now'),
    );
  const of = (verb: string, description: string, done: string) =>
    action(verb, description)
      .argument('<endpoint>', "a webhook's id")
      .action((endpoint: string, options: ApiOptions) =>
        post(options, endpoint, `/outbox/endpoints/${encodeURIComponent(endpoint)}/${verb}`, done),
      );
  of('test', 'send a test event', 'a test event is on its way; "rappel outbox list" tells what came of it');
  of('enable', 'go on, also after it was set aside', 'is enabled');
  of('disable', 'send it nothing; what is for it waits', 'is disabled');
  of('rotate', 'a new secret beside the old one', 'has a new secret');
}

function whole(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('give a whole number from 1 on.');
  return Number(text);
}

async function list(options: ApiOptions & { before?: number; limit: number; state?: string }): Promise<void> {
  const query = new URLSearchParams({ limit: String(options.limit) });
  if (options.before !== undefined) query.set('before', String(options.before));
  if (options.state !== undefined) query.set('state', options.state);
  const path = `/outbox/deliveries?${query}`;
  const answer = await askCentre<{ deliveries: Delivery[] }>(options.data, { method: 'GET', path });
  const lines = answer.deliveries.map((d) =>
    [d.serial, d.id, d.what, d.target, d.state, `tries ${d.tries}`, d.said].join('  ').trimEnd(),
  );
  tell(options, answer, lines.length === 0 ? 'nothing was sent' : lines.join('\n'));
}

async function endpoints(options: ApiOptions): Promise<void> {
  const asked = { method: 'GET', path: '/outbox/endpoints' } as const;
  const answer = await askCentre<{ endpoints: Endpoint[] }>(options.data, asked);
  const lines = answer.endpoints.map((e) => `${e.id}  ${e.state}  waiting ${e.waiting}  ${e.url}`);
  tell(options, answer, lines.length === 0 ? 'no webhook is configured' : lines.join('\n'));
}

async function post(options: ApiOptions, about: string, path: string, done: string): Promise<void> {
  const asked = { method: 'POST', path, about } as const;
  const answer = await askCentre<{ readonly secret?: string }>(options.data, asked);
  const { secret } = answer;
  tell(options, answer, `${about}: ${done}${secret === undefined ? '' : `, shown this once: ${secret}`}`);
}
