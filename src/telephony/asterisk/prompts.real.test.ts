// The sounds that come with Asterisk, as it is obtained here: each one that the voice may ever name is there in the
// language it is named in, can be played, and lasts as long as its words do.

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { LANGUAGES } from '../../core/id.ts';
import { PROMPT_KEYS } from '../../core/prompt.ts';
import { obtainAsterisk } from '../../local/asterisk-obtain.ts';
import { isRefusal, readManifest } from './manifest.ts';
import { isVoice, readVoice, type Voice } from './prompts.ts';
import { type Level, levelOf, readWave } from './wave.ts';

const root = join(import.meta.dirname, '../../..');
let sounds = '';
let voice: Voice;

beforeAll(async () => {
  sounds = join((await obtainAsterisk()).dataDir, 'sounds');
  const read = readVoice(root);
  if (!isVoice(read)) throw new Error(read.message);
  voice = read;
});

/** What is heard for one piece of media: `sound:fr/digits/6`, or a file of ours by its whole path. */
function heard(media: string): Level {
  const name = media.replace(/^sound:/, '');
  const path = `${name.startsWith('/') ? name : join(sounds, name)}.wav`;
  expect(existsSync(path), `${media} is there (${path})`).toBe(true);
  const samples = readWave(readFileSync(path));
  if ('fault' in samples) throw new Error(`${path}: ${samples.fault}`);
  return levelOf(samples);
}

test('the French voice is Canadian, the English one American', () => {
  expect(realpathSync(join(sounds, 'fr'))).toMatch(/fr_CA_/);
  expect(realpathSync(join(sounds, 'en'))).toMatch(/en_US_/);
});

test('every phrase can be heard in both languages and lasts as long as its words', () => {
  const manifest = readManifest(root);
  if (isRefusal(manifest)) throw new Error(manifest.message);
  for (const language of LANGUAGES) {
    for (const prompt of PROMPT_KEYS) {
      const { text } = manifest.prompts[prompt][language];
      const levels = voice.media([{ prompt }], language).map(heard);
      expect(Math.min(...levels.map((level) => level.speechDbfs)), `${prompt} ${language}`).toBeGreaterThan(
        -30,
      );
      if (text.length < 12) continue;
      const spokenMs = levels.reduce((sum, level) => sum + level.lengthMs - level.leadMs - level.tailMs, 0);
      const charactersPerSecond = (text.length * 1_000) / spokenMs;
      expect(charactersPerSecond, `${prompt} ${language} says its words`).toBeGreaterThan(9);
      expect(charactersPerSecond, `${prompt} ${language} says its words`).toBeLessThan(24);
    }
  }
});

test('every key and every count can be heard in both languages', () => {
  const counts = [...Array(200).keys(), 999, 1_000, 1_871, 21_081, 999_999];
  for (const language of LANGUAGES) {
    const media = new Set([
      ...voice.media([{ digits: '0123456789*#' }], language),
      ...counts.flatMap((count) => voice.media([{ count }, { prompt: 'wait.minutes' }], language)),
    ]);
    for (const sound of media) {
      expect(heard(sound).speechDbfs, sound).toBeGreaterThan(-30);
      expect(
        sound.startsWith(`sound:${language}/`) || sound.startsWith(`sound:${root}/prompts/${language}/`),
        sound,
      ).toBe(true);
    }
  }
});
