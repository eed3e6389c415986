// `rappel journal verify|show`: what is written down, read from the disk alone. `verify` checks the chain of every row and
// folds the facts into the state; its hash is the one that the running centre had at that row. `show` prints facts, which
// carry keys and never a number.

import { type Command, InvalidArgumentError } from 'commander';
import type { Fact } from '../core/fact.ts';
import type { JournalReader } from '../journal/journal.ts';
import { withCentreDatabase } from './centre-database.ts';

type Where = { readonly data: string; readonly json?: boolean };

export function journalCommand(program: Command): void {
  const journal = program.command('journal').description('what is written down');
  journal
    .command('verify')
    .description('check every row, and say the hash of the state they lead to')
    .option('--data <folder>', "the centre's data folder", '.rappel')
    .option('--until <seq>', 'the state at this row; the last one when left out', parseSeq)
    .option('--json', 'one JSON object on the last line')
    .action(verify);
  journal
    .command('show')
    .description('print facts, one a line')
    .option('--data <folder>', "the centre's data folder", '.rappel')
    .option('--from <seq>', 'the first row', parseSeq, 1)
    .option('--call <number>', 'only what names this call', parseSeq)
    .option('--json', 'each as JSON')
    .action(show);
}

function parseSeq(text: string): number {
  const seq = Number(text);
  if (!Number.isSafeInteger(seq) || seq < 1) throw new InvalidArgumentError('give a whole number from 1 on.');
  return seq;
}

async function verify(options: Where & { until?: number }): Promise<void> {
  const { emptyState } = await import('../core/state.ts');
  const { evolve } = await import('../core/evolve.ts');
  const { stateHash } = await import('../core/hash.ts');
  await reading(options.data, async (reader, shard) => {
    const until = options.until ?? Number.POSITIVE_INFINITY;
    const state = emptyState(shard);
    let hash = '';
    let seq = 0;
    await reader.replay(1, (row) => {
      if (row.seq > until) return;
      evolve(state, row.fact, row.at);
      seq = row.seq;
    });
    hash = stateHash(state);
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ ok: true, seq, hash })}\n`
        : `${seq} rows, none missing, none altered. State ${hash}.\n`,
    );
  });
}

async function show(options: Where & { from: number; call?: number }): Promise<void> {
  await reading(options.data, async (reader) => {
    await reader.replay(options.from, ({ seq, at, fact }) => {
      if (options.call !== undefined && (fact as { call?: number }).call !== options.call) return;
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ seq, at, ...fact })}\n`
          : `${seq}  ${new Date(at).toISOString()}  ${inWords(fact)}\n`,
      );
    });
  });
}

function inWords(fact: Fact): string {
  const { type, v: _, ...rest } = fact;
  const details = Object.entries(rest).map(
    ([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`,
  );
  return `${type.padEnd(24)} ${type === 'centre.configured' ? '' : details.join(' ')}`.trimEnd();
}

async function reading(
  data: string,
  read: (reader: JournalReader<Fact>, shard: string) => Promise<void>,
): Promise<void> {
  const { PostgresStore } = await import('../journal/postgres/postgres-store.ts');
  await withCentreDatabase(data, ({ pool, connection, shard }) =>
    read(new PostgresStore(connection, pool).reader<Fact>(shard), shard),
  );
}
