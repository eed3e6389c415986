// The servers a centre brings along: PostgreSQL and Asterisk, started or adopted, watched, and stopped in the end.
// What outlived a killed service is adopted: calls live in it.

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, realpathSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Connection } from '../database/pool.ts';
import { type RunningAsterisk, startAsterisk } from '../local/asterisk.ts';
import { type AsteriskBinary, obtainAsterisk } from '../local/asterisk-obtain.ts';
import { type Postgres, startPostgres } from '../local/postgres.ts';
import { keepRunning, type Watched } from '../local/watch.ts';

type Log = (line: string) => void;

export type EmbeddedPostgres = {
  readonly connection: Connection;
  readonly version: string;
  stop(): Promise<void>;
};

/** Started again where it was when it ends, so that pools and the journal find it at the same address. */
export async function embedPostgres(dataDir: string, log: Log): Promise<EmbeddedPostgres> {
  let first: Postgres | undefined;
  const watched: Watched<Postgres> = await keepRunning({
    name: 'PostgreSQL',
    log,
    start: async () => {
      const socketDir = first?.connection.host;
      const started = await startPostgres({
        dataDir,
        log,
        ...(socketDir === undefined ? {} : { socketDir }),
      });
      first ??= started;
      return started;
    },
  });
  const { connection, version } = first as unknown as Postgres;
  return { connection, version, stop: () => watched.stop() };
}

export type EmbeddedAsterisk = {
  readonly binary: AsteriskBinary;
  /** True when it was running already, perhaps with calls in it. */
  readonly adopted: boolean;
  current(): RunningAsterisk | undefined;
  /** Ends it and clears its folder away; its log alone is kept, and told, where it had ended by itself before. */
  stop(): Promise<void>;
};

export async function embedAsterisk(options: {
  readonly runDir: string;
  readonly name: string;
  readonly configuration: Readonly<Record<string, string>>;
  readonly log: Log;
}): Promise<EmbeddedAsterisk> {
  const { runDir, name, configuration, log } = options;
  const binary = await obtainAsterisk({ progress: byTens(log) });
  let adopted = false;
  let isFirst = true;
  let hasEnded = false;
  const watched = await keepRunning({
    name: 'Asterisk',
    log,
    start: async () => {
      hasEnded ||= !isFirst;
      const running = await startAsterisk({ binary, runDir, configuration, name, log });
      if (isFirst) adopted = running.adopted;
      isFirst = false;
      if (running.configurationChanged.length > 0) {
        log(
          `Asterisk goes on with the settings it was started with (${running.configurationChanged.join(', ')} changed); stop Rappel in the ordinary way to apply the new ones`,
        );
      }
      return running;
    },
  });
  return {
    binary,
    adopted,
    current: () => watched.current(),
    async stop() {
      await watched.stop();
      clearRunFolder(runDir, hasEnded, log);
    },
  };
}

/** Passwords are in it, and nothing that the next start needs. */
function clearRunFolder(runDir: string, keepsLog: boolean, log: Log): void {
  const kept = keepsLog ? 'log' : undefined;
  for (const name of readdirSync(runDir))
    if (name !== kept) rmSync(join(runDir, name), { recursive: true, force: true });
  if (kept !== undefined) {
    log(`Asterisk had ended by itself; its log is kept in ${join(runDir, kept)}`);
    return;
  }
  rmSync(runDir, { recursive: true, force: true });
  const above = dirname(runDir);
  if (readdirSync(above).length === 0) rmdirSync(above);
}

/** Progress comes many times a second: a line for each ten per cent is enough in a log. */
function byTens(log: Log): Log {
  let last = '';
  return (text) => {
    const step = text.replace(/(\d+) %/, (_, percent: string) => `${Math.floor(Number(percent) / 10)}0 %`);
    if (step !== last) log(text);
    last = step;
  };
}

/** Short enough for the socket of Asterisk's command line, the same for the same data folder, private to its user. */
export function runFolder(dataFolder: string): string {
  const name = createHash('sha256').update(realpathSync(dataFolder)).digest('hex').slice(0, 10);
  const folder = join('/tmp', `rappel-${process.getuid?.() ?? 0}-${name}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
