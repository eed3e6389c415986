// What callers hear, for those who look after it: the phrases of the release with their words and sounds, and the owners'
// own recordings, which can be replaced while the centre runs. A recording is looked at before it takes the place of
// another, by what the configuration's check looks at; Asterisk plays what lies there from then on.

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PromptRoom } from '../api/prompts.ts';
import type { PhraseView, RecordingView } from '../config/heard.ts';
import { recordingFault, recordingsOf } from '../config/recording.ts';
import type { ConfigurationFile } from '../config/schema.ts';
import { LANGUAGES, type Language } from '../core/id.ts';
import { isRefusal, type Phrase, readManifest } from '../telephony/asterisk/manifest.ts';

export class Prompts implements PromptRoom {
  readonly #root: string;
  readonly #file: () => ConfigurationFile;

  /** `root` holds prompts/. */
  constructor(root: string, file: () => ConfigurationFile) {
    this.#root = root;
    this.#file = file;
  }

  phrases(): readonly PhraseView[] {
    return Object.entries(this.#spoken()).map(([id, spoken]) => ({
      id,
      ...(Object.fromEntries(LANGUAGES.map((language) => [language, viewOf(spoken[language])])) as Pick<
        PhraseView,
        Language
      >),
    }));
  }

  sound(id: string, language: Language): Buffer | null {
    const phrases = this.#spoken();
    const phrase = Object.hasOwn(phrases, id) ? phrases[id]?.[language] : undefined;
    return phrase !== undefined && 'file' in phrase ? readFileSync(join(this.#root, phrase.file)) : null;
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

  #spoken(): Readonly<Record<string, Readonly<Record<Language, Phrase>>>> {
    const manifest = readManifest(this.#root);
    return isRefusal(manifest) ? {} : manifest.prompts;
  }

  /** Only of what the configuration names: nobody writes elsewhere. */
  #pathOf(name: string, language: Language): string | null {
    const file = this.#file();
    const isNamed = recordingsOf(file).some((one) => one.name === name);
    return file.recordings === undefined || !isNamed ? null : join(file.recordings, language, `${name}.wav`);
  }
}

function viewOf(phrase: Phrase): PhraseView['en'] {
  const { text, source } = phrase;
  return { text, source, isPlayable: 'file' in phrase };
}

function changedAt(path: string): number | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? null : Math.floor(found.mtimeMs);
}
