// Several processes that run seeds, so that every processor has work. Each is given one seed at a time and the next when
// it has answered; one that dies takes nothing with it but says which seed it had. It knows nothing of what a seed does.

import { type ChildProcess, fork } from 'node:child_process';
import type { SeedAnswer, SeedOrder } from './seed-worker.ts';

export type CrewOptions = {
  readonly hands: number;
  /** Before the program's own: what patches it, for planted bugs. */
  readonly execArgv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

const WORKER = new URL('./seed-worker.ts', import.meta.url);

export class Crew {
  readonly #children: ChildProcess[] = [];
  readonly #options: CrewOptions;

  constructor(options: CrewOptions) {
    this.#options = options;
  }

  /** Runs them all; `each` may say that it is enough. Rejects when a process dies. */
  async run(orders: Iterator<SeedOrder>, each: (answer: SeedAnswer) => 'go_on' | 'enough'): Promise<void> {
    let isEnough = false;
    const work = async (child: ChildProcess): Promise<void> => {
      for (;;) {
        const next = isEnough ? undefined : orders.next();
        if (next === undefined || next.done === true) return;
        if (each(await this.#ask(child, next.value)) === 'enough') isEnough = true;
      }
    };
    for (let i = 0; i < this.#options.hands; i += 1) this.#children.push(this.#start());
    try {
      await Promise.all(this.#children.map(work));
    } finally {
      this.stop();
    }
  }

  stop(): void {
    for (const child of this.#children.splice(0)) child.kill('SIGKILL');
  }

  #start(): ChildProcess {
    const { execArgv = [], env = {} } = this.#options;
    return fork(WORKER, { execArgv: [...execArgv], env: { ...process.env, ...env }, serialization: 'json' });
  }

  #ask(child: ChildProcess, order: SeedOrder): Promise<SeedAnswer> {
    return new Promise((resolve, reject) => {
      const settle = (how: () => void): void => {
        child.off('message', heard);
        child.off('exit', died);
        how();
      };
      const heard = (answer: unknown): void => settle(() => resolve(answer as SeedAnswer));
      const died = (code: number | null): void =>
        settle(() => reject(new Error(`the process that ran seed ${order.seed} ended with ${code}`)));
      child.once('message', heard);
      child.once('exit', died);
      child.send(order);
    });
  }
}
