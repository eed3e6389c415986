// `rappel number TEXT`: says whether a number may be dialled, why not, and its canonical form. It only looks: nothing
// is kept, nothing is dialled. The answer is an answer either way, so the exit status is 0 for a refused number too.
import type { Command } from 'commander';
import { classify } from '../vault/number.ts';

/** The object on the last line with --json: every field always there, null where there is nothing to say. */
export function describeNumber(text: string) {
  const found = classify(text);
  return {
    dialable: found.ok,
    code: found.ok ? null : found.code,
    e164: found.ok ? found.e164 : null,
    region: found.region ?? null,
    type: found.type ?? null,
    extension: found.ok ? (found.extension ?? null) : null,
  };
}

export function numberCommand(program: Command): void {
  program
    .command('number')
    .description('say whether a telephone number may be dialled, and why not')
    .argument('<text...>', 'the number as a person would write or key it')
    .option('--json', 'one object on the last line')
    .action((words: string[], options: { json?: boolean }) => {
      const answer = describeNumber(words.join(' '));
      if (options.json === true) console.log(JSON.stringify(answer));
      else if (answer.dialable)
        console.log(`${answer.e164}  may be dialled (${answer.region}, ${answer.type})`);
      else console.log(`may not be dialled: ${answer.code}`);
    });
}
