// `rappel doctor`: what is present, what is missing, how to mend it. It only prints; the looking is in src/local.

import type { Command } from 'commander';
import { type Check, examineMachine } from '../local/doctor.ts';

/** Adds `doctor` to the program. Exit status 0 when Rappel can start here, 2 when something has to be mended. */
export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('say what is present, what is missing and how to mend it')
    .option('--json', 'one JSON object on the last line')
    .action(async (options: { json?: boolean }) => {
      const checks = await examineMachine();
      const ok = checks.every((check) => check.ok || check.neededBy === 'tests');
      if (options.json) {
        process.stdout.write(`${JSON.stringify({ ok, checks })}\n`);
      } else {
        const width = Math.max(...checks.map(({ name }) => name.length));
        for (const check of checks) {
          process.stdout.write(
            `${check.ok ? 'ok     ' : 'missing'}  ${check.name.padEnd(width)}  ${check.found}${forWhom(check)}\n`,
          );
          if (!check.ok)
            process.stdout.write(`${' '.repeat(9)}${' '.repeat(width)}  to mend: ${check.mend}\n`);
        }
      }
      if (!ok) process.exitCode = 2;
    });
}

function forWhom({ ok, neededBy }: Check): string {
  return ok || neededBy === 'start' ? '' : ' (only the tests need it)';
}
