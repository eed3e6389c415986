// prompts/manifest.json, read and checked: the words of every phrase, who speaks them, and in which file or recorded
// sound of Asterisk they are found. Checked before the first call, since Asterisk plays a wrong file as silence and a
// missing French one in English. What is said when is the core's; how it becomes media is prompts.ts's.

import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, normalize } from 'node:path';
import { LANGUAGES, type Language } from '../../core/id.ts';
import { PROMPT_KEYS, type PromptKey } from '../../core/prompt.ts';
import { AUDIBLE_DBFS, levelOf, readWave } from './wave.ts';

/** One phrase in one language: a file of ours, or one or several recorded sounds of Asterisk in a row. */
export type Phrase = {
  readonly text: string;
  readonly source: string;
  readonly licence: string;
  /** Hash of the words and the voice that the file was rendered from; the operator's own files have none. */
  readonly rendered?: string;
} & ({ readonly file: string } | { readonly media: readonly string[] });

export type Spoken = Readonly<Record<Language, Phrase>>;

export type Manifest = {
  readonly prompts: Readonly<Record<PromptKey, Spoken>>;
  readonly sounds: {
    readonly star: Spoken;
    readonly pound: Spoken;
    /** French says "vingt et une minutes", and the recorded digits know only "un". */
    readonly une: { readonly fr: Phrase };
    /** "Less than one minute" in one piece: both languages bend around the one. */
    readonly underMinute: Spoken;
  };
  /** Silence between the groups of a telephone number. */
  readonly pause: { readonly file: string; readonly lengthMs: number };
};

export type ManifestRefusal = { readonly code: PromptCode; readonly message: string };
export type PromptCode =
  | 'prompt.unreadable' // no manifest, or it is no JSON
  | 'prompt.missing' // a phrase, a language or a file is not there
  | 'prompt.unfit'; // the file is there, but Asterisk would play it as silence, or it is silent

const MANIFEST = 'prompts/manifest.json';

/** Reads the manifest under `root`, the folder that holds `prompts/`, and looks at every file that it names. */
export function readManifest(root: string): Manifest | ManifestRefusal {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(readFileSync(join(root, MANIFEST), 'utf8')) as Manifest;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refuse('prompt.unreadable', `${MANIFEST} cannot be read (${why}); restore it from the release`);
  }
  for (const [name, spoken] of wanted(manifest)) {
    for (const language of name === 'sounds.une' ? (['fr'] as const) : LANGUAGES) {
      const refusal = phraseRefusal(root, name, language, spoken?.[language]);
      if (refusal !== null) return refusal;
    }
  }
  if (typeof manifest.pause?.file !== 'string') {
    return refuse('prompt.missing', `${MANIFEST} has no "pause"; restore it from the release`);
  }
  return waveRefusal(root, 'pause', manifest.pause.file, false) ?? manifest;
}

export function isRefusal(manifest: Manifest | ManifestRefusal): manifest is ManifestRefusal {
  return 'code' in manifest;
}

function wanted(manifest: Manifest): [string, Partial<Record<Language, Phrase>> | undefined][] {
  const { prompts, sounds } = manifest as Partial<Manifest>;
  return [
    ...PROMPT_KEYS.map((key): [string, Spoken | undefined] => [key, prompts?.[key]]),
    ['sounds.star', sounds?.star],
    ['sounds.pound', sounds?.pound],
    ['sounds.une', sounds?.une],
    ['sounds.underMinute', sounds?.underMinute],
  ];
}

function phraseRefusal(
  root: string,
  name: string,
  language: Language,
  phrase: Phrase | undefined,
): ManifestRefusal | null {
  if (typeof phrase?.text !== 'string' || phrase.text.trim() === '') {
    const remedy = `add its text to ${MANIFEST} and run: node prompts/render.ts`;
    return refuse('prompt.missing', `"${name}" has no words in "${language}"; ${remedy}`);
  }
  if ('file' in phrase && typeof phrase.file === 'string') return waveRefusal(root, name, phrase.file, true);
  const media = 'media' in phrase && Array.isArray(phrase.media) ? phrase.media : [];
  if (media.length > 0 && media.every((sound) => /^sound:[a-z0-9/_-]+$/i.test(sound))) return null;
  const remedy = `give it "file" (prompts/${language}/...wav) or "media" (["sound:..."]) in ${MANIFEST}`;
  return refuse('prompt.missing', `"${name}" has no sound in "${language}"; ${remedy}`);
}

function waveRefusal(root: string, name: string, file: string, speaks: boolean): ManifestRefusal | null {
  const inside = normalize(file).startsWith('prompts/') && file.endsWith('.wav') && !isAbsolute(file);
  if (!inside) return refuse('prompt.unfit', `"${name}" names ${file}; name a .wav file under prompts/`);
  if (!existsSync(join(root, file))) {
    return refuse(
      'prompt.missing',
      `${file} ("${name}") is not there; put it there or run: node prompts/render.ts`,
    );
  }
  const samples = readWave(readFileSync(join(root, file)));
  const remedy = `make it with: sox INPUT -r 8000 -c 1 -b 16 -e signed-integer ${file}`;
  if ('fault' in samples)
    return refuse('prompt.unfit', `${file} would be heard as silence: ${samples.fault}; ${remedy}`);
  if (speaks && levelOf(samples).speechDbfs < AUDIBLE_DBFS) {
    return refuse('prompt.unfit', `${file} ("${name}") is silent; record it again`);
  }
  return null;
}

function refuse(code: PromptCode, message: string): ManifestRefusal {
  return { code, message };
}
