// The prompts as a caller hears them, measured: every phrase in both languages, files that Asterisk can play, lengths
// and levels of speech, the typography of the written words, and the media that each thing said becomes.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { renderingHash, type SyntheticVoice } from '../../../prompts/rendering.ts';
import type { Say } from '../../core/effect.ts';
import { LANGUAGES, type Language } from '../../core/id.ts';
import { PROMPT_KEYS } from '../../core/prompt.ts';
import { isRefusal, type Manifest, type Phrase, readManifest } from './manifest.ts';
import { isVoice, readVoice, type Voice } from './prompts.ts';
import { levelOf, readWave, writeWave } from './wave.ts';

const root = join(import.meta.dirname, '../../..');
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

let readOnce: Manifest | undefined;
function manifest(): Manifest {
  if (readOnce !== undefined) return readOnce;
  const read = readManifest(root);
  if (isRefusal(read)) throw new Error(read.message);
  readOnce = read;
  return read;
}

let spokenOnce: Voice | undefined;
function voice(): Voice {
  if (spokenOnce !== undefined) return spokenOnce;
  const read = readVoice(root);
  if (!isVoice(read)) throw new Error(read.message);
  spokenOnce = read;
  return read;
}

/** Every phrase: where it stands, in which language, and what it is. */
function phrases(): { name: string; language: Language; phrase: Phrase }[] {
  const { prompts, sounds } = manifest();
  const listed = [
    ...PROMPT_KEYS.flatMap((name) =>
      LANGUAGES.map((language) => ({ name, language, phrase: prompts[name][language] })),
    ),
    ...(['star', 'pound', 'underMinute'] as const).flatMap((name) =>
      LANGUAGES.map((language) => ({ name, language, phrase: sounds[name][language] })),
    ),
    { name: 'une', language: 'fr' as const, phrase: sounds.une.fr },
  ];
  return listed;
}

function files(): { name: string; language: Language; text: string; file: string }[] {
  return phrases().flatMap(({ name, language, phrase }) =>
    'file' in phrase ? [{ name, language, text: phrase.text, file: phrase.file }] : [],
  );
}

function samplesOf(file: string): Int16Array {
  const samples = readWave(readFileSync(join(root, file)));
  if ('fault' in samples) throw new Error(`${file}: ${samples.fault}`);
  return samples;
}

/** A private copy of the prompts, to be spoilt. */
function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rp-prompts-'));
  folders.push(folder);
  cpSync(join(root, 'prompts'), join(folder, 'prompts'), { recursive: true });
  return folder;
}

function spoil(
  folder: string,
  change: (json: { prompts: Record<string, Record<string, unknown>> }) => void,
): void {
  const path = join(folder, 'prompts/manifest.json');
  const json = JSON.parse(readFileSync(path, 'utf8'));
  change(json);
  writeFileSync(path, JSON.stringify(json));
}

test('every phrase has words and a sound in both languages, and the files are there', () => {
  expect(isRefusal(readManifest(root))).toBe(false);
  expect(Object.keys(manifest().prompts).sort(), 'no phrase that nobody says').toEqual(
    [...PROMPT_KEYS].sort(),
  );
});

test('every file is named by one phrase', () => {
  const found = LANGUAGES.flatMap((language) =>
    readdirSync(join(root, 'prompts', language)).map((file) => `prompts/${language}/${file}`),
  );
  expect(found.sort()).toEqual(
    files()
      .map(({ file }) => file)
      .sort(),
  );
});

test('every file is long enough for its words, and no longer', () => {
  for (const { text, file } of files()) {
    const { lengthMs, leadMs, tailMs } = levelOf(samplesOf(file));
    expect(leadMs, `${file} begins at once`).toBeLessThanOrEqual(250);
    expect(tailMs, `${file} ends with its words`).toBeLessThanOrEqual(350);
    if (text.length < 12) continue;
    const charactersPerSecond = (text.length * 1_000) / (lengthMs - leadMs - tailMs);
    expect(charactersPerSecond, `${file} is not too slow`).toBeGreaterThan(9);
    expect(charactersPerSecond, `${file} can be followed`).toBeLessThan(20);
  }
});

test('every file is as loud as its neighbours', () => {
  for (const { file } of files()) {
    const { speechDbfs, peakDbfs } = levelOf(samplesOf(file));
    expect(speechDbfs, file).toBeGreaterThan(-24);
    expect(speechDbfs, file).toBeLessThan(-15);
    expect(peakDbfs, file).toBeLessThan(-3);
  }
});

test('synthesised files were rendered from the words that stand beside them', () => {
  const { voices } = JSON.parse(readFileSync(join(root, 'prompts/manifest.json'), 'utf8')) as {
    voices: Record<Language, SyntheticVoice>;
  };
  for (const { name, language, phrase } of phrases()) {
    if (phrase.source !== 'espeak-ng') continue;
    const remedy = `run: node prompts/render.ts (${name}, ${language})`;
    expect(phrase.rendered, remedy).toBe(renderingHash(phrase.text, voices[language]));
  }
});

test('English and French are not the same words', () => {
  const cognates = ['wait.minutes'];
  for (const key of PROMPT_KEYS) {
    const { en, fr } = manifest().prompts[key];
    if (!cognates.includes(key)) expect(fr.text, key).not.toBe(en.text);
  }
});

test('French is written as in Canada: a no-break space before a colon, none or a no-break one before ; ? !', () => {
  for (const { name, language, phrase } of phrases()) {
    if (language !== 'fr') continue;
    expect(phrase.text, name).not.toMatch(/[^\u00a0]:/);
    expect(phrase.text, name).not.toMatch(/[ \t][;?!]/);
    expect(phrase.text, name).not.toMatch(/dièse|retour d'appel|ligne d'affaires/);
  }
});

test('a menu line ends where its key is said', () => {
  for (const key of PROMPT_KEYS.filter((name) => name.startsWith('line.') || name.startsWith('service.'))) {
    expect(manifest().prompts[key].en.text, key).toMatch(/, press$/);
    expect(manifest().prompts[key].fr.text, key).toMatch(/, faites le$/);
  }
});

test('everything said names the folder of its language', () => {
  const say: Say[] = [
    { prompt: 'greeting.welcome', language: 'en' },
    { prompt: 'language.choose', language: 'fr' },
    { digits: '2', language: 'fr' },
    { prompt: 'wait.minutes' },
  ];
  expect(voice().media(say, 'en')).toEqual([
    `sound:${root}/prompts/en/greeting.welcome`,
    `sound:${root}/prompts/fr/language.choose`,
    'sound:fr/digits/2',
    'sound:en/queue-minutes',
  ]);
});

test('a telephone number is said 3-3-4, a code in one breath, star and pound in words', () => {
  const pause = `sound:${root}/prompts/pause`;
  const spoken = (digits: string) =>
    voice()
      .media([{ digits }], 'fr')
      .map((sound) => (sound === pause ? '-' : sound.replace('sound:fr/digits/', '')))
      .join('');
  expect(spoken('6135550123')).toBe('613-555-0123');
  expect(spoken('16135550123')).toBe('1-613-555-0123');
  expect(spoken('4821')).toBe('4821');
  expect(spoken('*')).toBe('star');
  expect(voice().media([{ digits: '#' }], 'fr')).toEqual([`sound:${root}/prompts/fr/sound.pound`]);
  expect(voice().media([{ digits: '#' }], 'en')).toEqual(['sound:en/digits/pound']);
});

test('minutes are feminine in French, ranks are not', () => {
  const minutes: Say[] = [
    { prompt: 'wait.between' },
    { count: 1 },
    { prompt: 'wait.and' },
    { count: 21 },
    { prompt: 'wait.minutes' },
  ];
  const une = `sound:${root}/prompts/fr/sound.une`;
  expect(voice().media(minutes, 'fr').slice(1)).toEqual([
    une,
    'sound:fr/vm-and',
    'sound:fr/digits/20',
    'sound:fr/digits/et',
    une,
    'sound:fr/queue-minutes',
  ]);
  expect(voice().media([{ prompt: 'wait.place' }, { count: 1 }], 'fr')[1]).toBe('sound:fr/digits/1');
  expect(voice().media(minutes, 'en')).not.toContain(une);
});

test('less than one minute is one phrase, two minutes are counted', () => {
  const under = (count: number): Say[] => [
    { prompt: 'wait.place' },
    { count: 4 },
    { prompt: 'wait.under' },
    { count },
    { prompt: 'wait.minutes' },
    { prompt: 'offer.keep_place' },
  ];
  expect(voice().media(under(1), 'fr').slice(2)).toEqual([
    `sound:${root}/prompts/fr/sound.under_minute`,
    `sound:${root}/prompts/fr/offer.keep_place`,
  ]);
  expect(voice().media(under(2), 'en').slice(2, 6)).toEqual([
    'sound:en/queue-holdtime',
    'sound:en/queue-less-than',
    'sound:en/digits/2',
    'sound:en/queue-minutes',
  ]);
});

test('a phrase without words in one language is refused with its remedy', () => {
  const folder = copy();
  spoil(folder, (json) => delete json.prompts['offer.hold']!.fr);
  expect(readVoice(folder)).toEqual({
    code: 'prompt.missing',
    message:
      '"offer.hold" has no words in "fr"; add its text to prompts/manifest.json and run: node prompts/render.ts',
  });
});

test('a file that Asterisk would play as silence is refused with its remedy', () => {
  const folder = copy();
  const file = 'prompts/fr/offer.hold.wav';
  const cd = writeWave(samplesOf(file));
  new DataView(cd.buffer).setUint32(24, 44_100, true);
  writeFileSync(join(folder, file), cd);
  expect(readVoice(folder)).toMatchObject({
    code: 'prompt.unfit',
    message: expect.stringMatching(/offer\.hold\.wav would be heard as silence: it has 44100 .* sox INPUT/),
  });
});

test('a silent file, an absent file, a file outside and a broken manifest are refused', () => {
  const folder = copy();
  const file = 'prompts/fr/offer.hold.wav';
  writeFileSync(join(folder, file), writeWave(new Int16Array(8_000)));
  expect(readVoice(folder)).toMatchObject({
    code: 'prompt.unfit',
    message: expect.stringContaining('is silent'),
  });
  rmSync(join(folder, file));
  expect(readVoice(folder)).toMatchObject({ code: 'prompt.missing', message: expect.stringContaining(file) });
  spoil(folder, (json) => {
    json.prompts['offer.hold']!.fr = { text: 'Restez.', file: 'prompts/../../x.wav' };
  });
  expect(readVoice(folder)).toMatchObject({
    code: 'prompt.unfit',
    message: expect.stringContaining('under prompts/'),
  });
  writeFileSync(join(folder, 'prompts/manifest.json'), '{');
  expect(readVoice(folder)).toMatchObject({ code: 'prompt.unreadable' });
});

test('a folder that Asterisk cannot name is refused', () => {
  expect(readVoice('/srv/calls, queued')).toMatchObject({
    code: 'prompt.unfit',
    message: expect.stringContaining('move or rename it'),
  });
});
