// The texts of configurations in memory, for virtual time and tests: under the same contract as those in PostgreSQL.

import type { TextRoom } from '../configuration-texts.ts';

export class MemoryConfigurationTexts implements TextRoom {
  readonly #texts = new Map<string, string>();

  async keep(document: string, text: string): Promise<void> {
    this.#texts.set(document, text);
  }

  async textOf(document: string): Promise<string | undefined> {
    return this.#texts.get(document);
  }

  async keepOnly(document: string): Promise<void> {
    for (const one of this.#texts.keys()) if (one !== document) this.#texts.delete(one);
  }
}
