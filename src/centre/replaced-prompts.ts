// Phrases that the owners say in their own voice: in the centre's data a sound for each phrase and language, and the words
// that are said in it. Whoever speaks asks at each phrase: what was replaced is heard the next time it begins, and what was
// taken back, or is gone from the disk, is the release's again. It must not know what is said when.

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../core/id.ts';
import type { PromptKey } from '../core/prompt.ts';
import { spokenFault } from '../telephony/asterisk/wave.ts';

export type ReplacedPhrase = {
  /** What is said in it. */
  readonly text: string;
  /** UTC ms. */
  readonly at: number;
};

type Kept = Readonly<Record<string, ReplacedPhrase>>;

export class ReplacedPrompts {
  readonly #folder: string;
  readonly #log: (line: string) => void;
  #kept: Kept;

  /** `folder` is absolute, and is made when the first phrase is replaced. */
  constructor(folder: string, log: (line: string) => void) {
    this.#folder = folder;
    this.#log = log;
    this.#kept = this.#read();
  }

  get(id: PromptKey, language: Language): ReplacedPhrase | null {
    const key = keyOf(id, language);
    return Object.hasOwn(this.#kept, key) && existsSync(this.#fileOf(key)) ? (this.#kept[key] ?? null) : null;
  }

  /** As Asterisk is told it; null: the release's is said. */
  soundOf(id: PromptKey, language: Language): string | null {
    return this.get(id, language) === null ? null : join(this.#folder, keyOf(id, language));
  }

  bytesOf(id: PromptKey, language: Language): Buffer | null {
    return this.get(id, language) === null ? null : readFileSync(this.#fileOf(keyOf(id, language)));
  }

  /** Null: it is said from now on; else what is wrong with it, and nothing was changed. */
  put(id: PromptKey, language: Language, wave: Buffer, phrase: ReplacedPhrase): string | null {
    if (/[,&|]/.test(this.#folder))
      return `the data folder ${this.#folder} has a comma, & or | in its name, which Asterisk takes for two sounds`;
    const fault = spokenFault(wave);
    if (fault !== null) return fault;
    const key = keyOf(id, language);
    // The sound first: what the index names is there.
    this.#write(`${key}.wav`, wave);
    this.#keep({ ...this.#kept, [key]: phrase });
    return null;
  }

  /** Whether there was one. */
  takeBack(id: PromptKey, language: Language): boolean {
    const key = keyOf(id, language);
    const { [key]: gone, ...others } = this.#kept;
    if (gone === undefined) return false;
    this.#keep(others);
    rmSync(this.#fileOf(key), { force: true });
    return true;
  }

  #keep(kept: Kept): void {
    this.#write(INDEX, Buffer.from(JSON.stringify(kept, null, 2)));
    this.#kept = kept;
  }

  /** Beside it, so that taking its place is one step: who is hearing the sound before hears it to its end. */
  #write(name: string, bytes: Buffer): void {
    const path = join(this.#folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    const draft = `${path}.${randomBytes(4).toString('hex')}.new`;
    writeFileSync(draft, bytes, { flush: true });
    renameSync(draft, path);
  }

  #fileOf(key: string): string {
    return join(this.#folder, `${key}.wav`);
  }

  /** What the disk no longer has as it should be is not said: callers would hear nothing. */
  #read(): Kept {
    const path = join(this.#folder, INDEX);
    if (!existsSync(path)) return {};
    try {
      const kept = Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Kept);
      return Object.fromEntries(kept.filter(([key]) => this.#isSpoken(key)));
    } catch (error) {
      this.#log(
        `replaced phrases: ${path} cannot be read (${(error as Error).message}); the release's are said`,
      );
      return {};
    }
  }

  #isSpoken(key: string): boolean {
    const file = this.#fileOf(key);
    const fault = existsSync(file) ? spokenFault(readFileSync(file)) : 'it is not there';
    if (fault !== null) this.#log(`replaced phrases: ${file}: ${fault}; the release's is said`);
    return fault === null;
  }
}

const INDEX = 'replaced.json';

function keyOf(id: PromptKey, language: Language): string {
  return `${language}/${id}`;
}
