// Runs another program to its end and gives back what it said, within limits. For apt-get, dpkg-deb, initdb and the
// like; servers that stay are started elsewhere. It must not know what the programs are for.

import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export type ProgramEnd = { readonly status: number | null; readonly output: string; readonly errors: string };

export type ProgramOptions = {
  readonly environment?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Ended with SIGKILL after this long. */
  readonly limitMs?: number;
  /** Called with each whole line that the program writes to file descriptor 3. */
  readonly onStatusLine?: (line: string) => void;
  /** An open file or folder that the program inherits as file descriptor 4. */
  readonly descriptor4?: number;
};

const outputCharsMax = 4_000_000;

/** Runs a program; a status of null means it was killed or could not be started (then `errors` says why). */
export function runProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: [
        'ignore',
        'pipe',
        'pipe',
        options.onStatusLine ? 'pipe' : 'ignore',
        options.descriptor4 ?? 'ignore',
      ],
      env: options.environment ?? process.env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.uid === undefined ? {} : { uid: options.uid }),
      ...(options.gid === undefined ? {} : { gid: options.gid }),
      ...(options.limitMs === undefined ? {} : { timeout: options.limitMs, killSignal: 'SIGKILL' as const }),
    });
    let output = '';
    let errors = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-outputCharsMax);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-outputCharsMax);
    });
    const onStatusLine = options.onStatusLine;
    const statusPipe = child.stdio[3];
    if (onStatusLine && statusPipe && 'setEncoding' in statusPipe) splitLines(statusPipe, onStatusLine);
    child.on('error', (error) => resolve({ status: null, output, errors: errors + error.message }));
    child.on('close', (status) => resolve({ status, output, errors }));
  });
}

function splitLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
}

/** The full path of a program on PATH, or undefined. */
export function findOnPath(name: string, path = process.env.PATH ?? ''): string | undefined {
  for (const folder of path.split(delimiter)) {
    if (folder === '') continue;
    const candidate = join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not here; the next folder may have it.
    }
  }
  return undefined;
}

/** The last lines of a program's words, on one line, for the end of a message. */
export function lastWords(text: string, lines = 3): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(-lines)
    .join(' | ');
}
