// What callers hear, for those who look after it: the phrases with their words and sounds, the release's or the owners'
// own, and the recordings that the configuration names; both can be replaced while the centre runs. A sound is looked at
// before it takes the place of another; Asterisk plays what lies there from then on.

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PromptRoom } from '../api/prompts.ts';
import type { PhraseView, RecordingView } from '../config/heard.ts';
import { recordingFault, recordingsOf } from '../config/recording.ts';
import type { ConfigurationFile } from '../config/schema.ts';
import type { Language } from '../core/id.ts';
import type { PromptKey } from '../core/prompt.ts';
import { isRefusal, type Phrase, readManifest, type Spoken } from '../telephony/asterisk/manifest.ts';
import type { ReplacedPrompts } from './replaced-prompts.ts';

export class Prompts implements PromptRoom {
  readonly #root: string;
  readonly #file: () => ConfigurationFile;
  readonly #replaced: ReplacedPrompts;
  readonly #now: () => number;
  #manifest: Readonly<Record<string, Spoken>> | undefined;

  /** `root` holds prompts/. */
  constructor(
    root: string,
    file: () => ConfigurationFile,
    replaced: ReplacedPrompts,
    now: () => number = () => Date.now(),
  ) {
    this.#root = root;
    this.#file = file;
    this.#replaced = replaced;
    this.#now = now;
  }

  phrases(): readonly PhraseView[] {
    return (Object.entries(this.#spoken()) as [PromptKey, Spoken][]).map(([id, spoken]) => ({
      id,
      en: this.#viewOf(id, 'en', spoken.en),
      fr: this.#viewOf(id, 'fr', spoken.fr),
    }));
  }

  sound(id: string, language: Language): Buffer | null {
    const phrase = this.#phraseOf(id)?.[language];
    if (phrase === undefined) return null;
    const own = this.#replaced.bytesOf(id as PromptKey, language);
    return own ?? ('file' in phrase ? readFileSync(join(this.#root, phrase.file)) : null);
  }

  isPhrase(id: string): boolean {
    return this.#phraseOf(id) !== undefined;
  }

  replace(id: string, language: Language, wave: Buffer, text: string): string | null {
    return this.#replaced.put(id as PromptKey, language, wave, { text, at: this.#now() });
  }

  takeBack(id: string, language: Language): boolean {
    return this.#phraseOf(id) !== undefined && this.#replaced.takeBack(id as PromptKey, language);
  }

  recordings(): readonly RecordingView[] {
    const { recordings: folder, lines } = this.#file();
    if (folder === undefined) return [];
    return recordingsOf(this.#file()).map(({ path, name }) => {
      const line = lines[Number(path[1])];
      const part = path[2] as 'name' | 'alternatives' | 'emergency';
      const { en = '', fr = '' } = line?.[part] ?? {};
      const at = (language: Language) => changedAt(join(folder, language, `${name}.wav`));
      return {
        name,
        line: line?.id ?? '',
        part,
        text: { en, fr },
        changedAt: { en: at('en'), fr: at('fr') },
      };
    });
  }

  recording(name: string, language: Language): Buffer | null {
    const path = this.#pathOf(name, language);
    return path !== null && existsSync(path) ? readFileSync(path) : null;
  }

  record(name: string, language: Language, wave: Buffer): string | null {
    const path = this.#pathOf(name, language);
    if (path === null) return 'the configuration names no such recording; add it there first';
    // Beside it, so that taking its place is one step: who is hearing it hears it to its end.
    const draft = `${path}.${randomBytes(4).toString('hex')}.new`;
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(draft, wave, { flush: true });
    const fault = recordingFault(draft);
    if (fault === null) {
      renameSync(draft, path);
      return null;
    }
    rmSync(draft);
    return fault.replace(draft, 'it');
  }

  #viewOf(id: PromptKey, language: Language, phrase: Phrase): PhraseView['en'] {
    const own = this.#replaced.get(id, language);
    return {
      text: own?.text ?? phrase.text,
      releaseText: phrase.text,
      source: own === null ? phrase.source : OPERATOR,
      replacedAt: own?.at ?? null,
      isPlayable: own !== null || 'file' in phrase,
    };
  }

  #phraseOf(id: string): Spoken | undefined {
    const phrases = this.#spoken();
    return Object.hasOwn(phrases, id) ? phrases[id] : undefined;
  }

  /** The release's do not change while it runs. */
  #spoken(): Readonly<Record<string, Spoken>> {
    if (this.#manifest === undefined) {
      const manifest = readManifest(this.#root);
      this.#manifest = isRefusal(manifest) ? {} : manifest.prompts;
    }
    return this.#manifest;
  }

  /** Only of what the configuration names: nobody writes elsewhere. */
  #pathOf(name: string, language: Language): string | null {
    const file = this.#file();
    const isNamed = recordingsOf(file).some((one) => one.name === name);
    return file.recordings === undefined || !isNamed ? null : join(file.recordings, language, `${name}.wav`);
  }
}

/** As the manifest calls who recorded it. */
const OPERATOR = 'operator';

function changedAt(path: string): number | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? null : Math.floor(found.mtimeMs);
}
