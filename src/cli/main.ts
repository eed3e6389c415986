// The command line: finds the command, loads its file alone (so that `--help` and `doctor` stay quick), runs it.
// One file per command, each exporting a function that adds its command to the program; a new command is one line
// in the table below. Bad input and known failures are one line on standard error and exit status 2; a bug keeps its
// stack and exits with 1. This file must not know what any command does.

import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';

type Register = (program: Command) => void;
type Entry = { readonly summary: string; readonly load: () => Promise<Register> };

/** Every command, in the order in which `--help` shows them. */
const commands: Readonly<Record<string, Entry>> = {
  serve: {
    summary: 'open a centre and keep it open',
    load: async () => (await import('./serve.ts')).serveCommand,
  },
  demo: {
    summary: 'the demonstration centre: real phones, real sound, citizens and agents',
    load: async () => (await import('./demo.ts')).demoCommand,
  },
  account: {
    summary: 'who may use the pages and the API: add, list, roles, password, disable',
    load: async () => (await import('./account.ts')).accountCommand,
  },
  agent: {
    summary: 'an agent signs in, is ready, not ready, wraps up, signs out',
    load: async () => (await import('./agent.ts')).agentCommand,
  },
  person: {
    summary: 'what is held on one person: export all of it, or erase it',
    load: async () => (await import('./person.ts')).personCommand,
  },
  audit: {
    summary: 'who looked at what and changed which account; verify that nothing of it was altered',
    load: async () => (await import('./audit.ts')).auditCommand,
  },
  switch: {
    summary: 'turn offering, processing, dialling or the emergency announcement on or off',
    load: async () => (await import('./switch.ts')).switchCommand,
  },
  callback: {
    summary: 'list, cancel or postpone callbacks',
    load: async () => (await import('./callback.ts')).callbackCommand,
  },
  reload: {
    summary: 'give the running centre another configuration',
    load: async () => (await import('./reload.ts')).reloadCommand,
  },
  report: {
    summary: 'figures of a period, by day, half-hour, line, language or phase',
    load: async () => (await import('./report.ts')).reportCommand,
  },
  note: {
    summary: 'the briefing note of a period, in English or French',
    load: async () => (await import('./note.ts')).noteCommand,
  },
  outbox: {
    summary: 'what is sent to programs and to clients: list, retry, test',
    load: async () => (await import('./outbox.ts')).outboxCommand,
  },
  journal: {
    summary: 'check or show what is written down',
    load: async () => (await import('./journal.ts')).journalCommand,
  },
  check: {
    summary: 'read a configuration: its mistakes, or what it means',
    load: async () => (await import('./check.ts')).checkCommand,
  },
  number: {
    summary: 'say whether a number may be dialled, and why not',
    load: async () => (await import('./number.ts')).numberCommand,
  },
  simulate: {
    summary: 'a centre by chance, in virtual time: its waits, its callbacks, what callers are told',
    load: async () => (await import('./simulate.ts')).simulateCommand,
  },
  faults: {
    summary: 'attack the centre in virtual time: is anything lost, doubled or stuck?',
    load: async () => (await import('./faults.ts')).faultsCommand,
  },
  bench: {
    summary: 'measure: how soon, how many, beside what else there is',
    load: async () => (await import('./bench.ts')).benchCommand,
  },
  doctor: {
    summary: 'say what is present, what is missing and how to mend it',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
};

/** Known failures carry a code `<noun>.<reason>`; their message says what, where and how to mend it. */
function isRefusal(error: unknown): error is Error & { code: string } {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^[a-z]+\.[a-z_]+$/.test(error.code)
  );
}

function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function oneLine(text: string): string {
  return text
    .trim()
    .replace(/^error: /, '')
    .replaceAll(/\s*\n\s*/g, ' ');
}

function refuse(line: string): never {
  process.stderr.write(`rappel: ${oneLine(line)}\n`);
  process.exit(2);
}

/** Commander gives sub-commands the settings of their parent only when they are made by it; this keeps them so. */
async function buildProgram(wanted: string | undefined): Promise<Command> {
  const program = new Command('rappel')
    .description(
      'A contact centre queue with callback: hang up, keep your place, be called when your turn comes.',
    )
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .showHelpAfterError(false);
  const entry = wanted === undefined || !Object.hasOwn(commands, wanted) ? undefined : commands[wanted];
  if (entry !== undefined) {
    (await entry.load())(program);
    return program;
  }
  for (const [name, { summary }] of Object.entries(commands)) program.command(name).description(summary);
  return program;
}

async function main(args: readonly string[]): Promise<void> {
  const wanted = args[0] === 'help' ? args[1] : args[0];
  if (args.length === 0) {
    (await buildProgram(undefined)).outputHelp();
    return;
  }
  if (wanted !== undefined && !wanted.startsWith('-') && !Object.hasOwn(commands, wanted)) {
    refuse(`there is no command "${wanted}"; "rappel --help" lists them`);
  }
  try {
    await (await buildProgram(wanted)).parseAsync(args as string[], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return;
      refuse(`${oneLine(error.message).replace(/\.$/, '')}; see "rappel ${wanted ?? ''} --help"`);
    }
    if (isRefusal(error)) refuse(`${error.message} (${error.code})`);
    throw error;
  }
}

await main(process.argv.slice(2));
