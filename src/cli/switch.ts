// `rappel switch NAME on|off [--line ID] --reason TEXT`: turns one of the owners' switches, for the centre or one line;
// without a name it shows how all of them stand. What was accepted stays accepted.

import { Argument, type Command } from 'commander';
import { SWITCHES } from '../core/switches.ts';
import { type ApiOptions, askCentre, tell } from './centre-api.ts';

type SwitchView = {
  readonly name: string;
  readonly line: string | null;
  readonly on: boolean;
  readonly inForce: boolean;
  readonly reason: string | null;
  readonly by: string | null;
};

type Options = ApiOptions & { readonly line?: string; readonly reason?: string };

export function switchCommand(program: Command): void {
  program
    .command('switch')
    .description('turn offering, processing, dialling or the emergency announcement on or off; or show them')
    .addArgument(new Argument('[name]', 'which switch').choices(SWITCHES))
    .addArgument(new Argument('[turn]', 'what it is turned to').choices(['on', 'off']))
    .option('--line <id>', 'for this line only; the whole centre when left out')
    .option('--reason <text>', 'why, in words; kept with the fact')
    .option('--data <folder>', "the centre's data folder", '.rappel')
    .option('--json', 'one JSON object on the last line')
    .action((name: string | undefined, turn: string | undefined, options: Options, command: Command) => {
      if (name === undefined) return show(options);
      if (turn === undefined) command.error(`say on or off, such as rappel switch ${name} off --reason TEXT`);
      if (options.reason === undefined)
        command.error('give the reason with --reason TEXT; it is kept with the fact');
      return turnSwitch(name, turn === 'on', options);
    });
}

async function turnSwitch(name: string, on: boolean, options: Options): Promise<void> {
  const body = { name, line: options.line ?? null, on, reason: options.reason };
  const view = await askCentre<SwitchView>(options.data, { method: 'POST', path: '/switches', body });
  tell(options, view, lineOf(view));
}

async function show(options: Options): Promise<void> {
  const { switches } = await askCentre<{ switches: SwitchView[] }>(options.data, {
    method: 'GET',
    path: '/switches',
  });
  tell(options, { switches }, switches.map(lineOf).join('\n'));
}

function lineOf({ name, line, on, inForce, reason }: SwitchView): string {
  const where = line ?? 'the whole centre';
  const overruled = on === inForce ? '' : `; ${inForce ? 'on' : 'off'} for the whole centre`;
  return `${name.padEnd(10)} ${on ? 'on ' : 'off'} for ${where}${overruled}${reason === null ? '' : ` (${reason})`}`;
}
