// The service as an operator's supervisor keeps it: `rappel serve` in a process of its own, started again a moment after
// it has ended, for whatever reason, until it is told to stop. It keeps what the service said. It must not know why the
// service ends.

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

export type CentreApi = { readonly url: string; readonly token: string };

const MAIN = new URL('../../cli/main.ts', import.meta.url).pathname;

export class Supervisor {
  readonly #args: readonly string[];
  readonly #say: (line: string) => void;
  #child: ChildProcess | undefined;
  #api: CentreApi | undefined;
  #stopping = false;
  #running: Promise<void> = Promise.resolve();
  #killed = false;
  /** How long it waits before it starts the service again. */
  restartMs = 500;
  /** Ends of the service that we had not asked for. */
  ownEnds = 0;

  constructor(args: readonly string[], say: (line: string) => void) {
    this.#args = args;
    this.#say = say;
  }

  /** Resolves when the service is ready for the first time; rejects when it ends before. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#running = this.#keepRunning(resolve, reject);
    });
  }

  /** Undefined while the service is not ready. */
  get api(): CentreApi | undefined {
    return this.#api;
  }

  /** kill -9; false when there was nothing to kill. */
  kill(): boolean {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return false;
    this.#killed = true;
    return child.kill('SIGKILL');
  }

  /** In the ordinary way; its servers stop with it. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#child?.kill('SIGTERM');
    await this.#running;
  }

  async #keepRunning(ready: () => void, failed: (error: Error) => void): Promise<void> {
    let isFirst = true;
    while (!this.#stopping) {
      const said = await this.#runOnce(ready);
      if (this.#stopping) return;
      if (!this.#killed) this.ownEnds += 1;
      this.#say(
        `the service ended ${this.#killed ? 'by our hand' : 'by itself'}; again in ${this.restartMs} ms`,
      );
      if (isFirst && !this.#killed) failed(new Error(`the service did not start: ${said}`));
      isFirst = false;
      this.#killed = false;
      await pause(this.restartMs);
    }
  }

  /** Until it ends; gives its last words. */
  #runOnce(ready: () => void): Promise<string> {
    const child = spawn(process.execPath, [MAIN, ...this.#args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    let last = '';
    createInterface({ input: child.stderr }).on('line', (line) => {
      last = line;
      this.#say(`service: ${line}`);
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      const { api, token } = JSON.parse(line) as { api: string; token: string };
      this.#api = { url: api, token };
      this.#say('the service is ready');
      ready();
    });
    return new Promise((resolve) => {
      child.once('close', () => {
        this.#api = undefined;
        this.#child = undefined;
        resolve(last);
      });
    });
  }
}
