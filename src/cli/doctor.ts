// `rappel doctor`: what is present, what is missing, how to mend it. It only prints; the looking is in src/local.

import type { Command } from 'commander';

/** Adds `doctor` to the program. */
export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('say what is present, what is missing and how to mend it')
    .option('--json', 'one JSON object on the last line')
    .action(() => {});
}
