// `rappel number TEXT`: says whether a number may be dialled, why not, and its canonical form. It only looks: nothing
// is kept, nothing is dialled. The answer is an answer either way, so the exit status is 0 for a refused number too.
import type { Command } from 'commander';
import { classify, defaultPolicy, type NumberPolicy } from '../vault/number.ts';
import { readNumberText } from '../vault/number-text.ts';

/** The object on the last line with --json: every field always there, null where there is nothing to say. */
export function describeNumber(text: string, policy: NumberPolicy = defaultPolicy) {
  const found = classify(text, policy);
  const read = readNumberText(text);
  return {
    dialable: found.ok,
    code: found.ok ? null : found.code,
    e164: found.ok && found.e164 !== '' ? found.e164 : null,
    region: found.region || null,
    type: found.type ?? null,
    extension: found.type === 'relay' || !read.ok ? null : (read.extension ?? null),
  };
}

export function numberCommand(program: Command): void {
  program
    .command('number')
    .description('say whether a telephone number may be dialled, and why not')
    .argument('<text...>', 'the number as a person would write or key it')
    .option('--config <file>', 'judge it as the centre of this configuration does')
    .option('--json', 'one object on the last line')
    .action(async (words: string[], options: { config?: string; json?: boolean }) => {
      const answer = describeNumber(words.join(' '), await policyOf(options.config));
      if (options.json === true) console.log(JSON.stringify(answer));
      else if (answer.type === 'relay') console.log('a relay service; its configured route is dialled');
      else if (answer.dialable) {
        const extension = answer.extension === null ? '' : `, then extension ${answer.extension} is keyed`;
        console.log(`${answer.e164}  may be dialled (${answer.region}, ${answer.type})${extension}`);
      } else console.log(`may not be dialled: ${answer.code}`);
    });
}

async function policyOf(file: string | undefined): Promise<NumberPolicy> {
  if (file === undefined) return defaultPolicy;
  const { readConfiguration } = await import('../config/configuration-file.ts');
  return { ...defaultPolicy, ...readConfiguration(file).dialPolicy };
}
