// What a bench has opened and must clear away: in the opposite order, once, whether the bench came to its end, failed, or
// was stopped with Ctrl-C. It must not know what it clears.

type Step = () => unknown;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const STOPPED_STATUS = 130;

export class Clearing {
  readonly #steps: Step[] = [];
  #isStopped = false;
  readonly #stop = (): void => {
    this.#isStopped = true;
    void this.#takeSteps().finally(() => process.exit(STOPPED_STATUS));
  };

  constructor() {
    for (const signal of SIGNALS) process.once(signal, this.#stop);
  }

  add(step: Step): void {
    this.#steps.push(step);
  }

  /** After Ctrl-C it never resolves: what fails because its ground is taken away has nothing to say, and we are leaving. */
  async clear(): Promise<void> {
    if (this.#isStopped) return new Promise(() => {});
    for (const signal of SIGNALS) process.off(signal, this.#stop);
    await this.#takeSteps();
  }

  /** Gives what `open` gives, or clears away what it had opened before it failed. */
  async opening<T>(open: () => Promise<T>): Promise<T> {
    try {
      return await open();
    } catch (error) {
      await this.clear().catch(() => undefined);
      throw error;
    }
  }

  /** Every step is taken, also after one that failed; the first failure is told. */
  async #takeSteps(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
