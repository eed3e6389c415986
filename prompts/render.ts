// node prompts/render.ts [--all]: renders the synthesised prompts whose file is missing or whose words, voice or
// rendering changed, and writes their hash into the manifest. Files of other sources (the operator's recordings,
// Asterisk's own sounds) are never touched. Run it with Node 24.

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { levelOf, writeWave } from '../src/telephony/asterisk/wave.ts';
import { missingPrograms, render, renderingHash, type SyntheticVoice, silence } from './rendering.ts';

type Phrase = { text: string; source: string; file?: string; rendered?: string };
type Manifest = {
  voices: Record<string, SyntheticVoice>;
  pause: { file: string; lengthMs: number };
  prompts: Record<string, Record<string, Phrase>>;
  sounds: Record<string, Record<string, Phrase>>;
};

const root = dirname(import.meta.dirname);
const manifestFile = join(root, 'prompts/manifest.json');
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest;
const all = process.argv.includes('--all');
const unknown = process.argv.slice(2).filter((word) => word !== '--all');
if (unknown.length > 0) fail(`unknown option ${unknown[0]}; the only one is --all`);

const due = Object.values({ ...manifest.prompts, ...manifest.sounds }).flatMap((spoken) =>
  Object.entries(spoken).flatMap(([language, phrase]) => {
    if (phrase.source !== 'espeak-ng' || phrase.file === undefined) return [];
    const voice = manifest.voices[language];
    if (voice === undefined)
      fail(`prompts/manifest.json has no voice for "${language}"; add it under "voices"`);
    const hash = renderingHash(phrase.text, voice);
    const fresh = phrase.rendered === hash && existsSync(join(root, phrase.file));
    return fresh && !all ? [] : [{ phrase, voice, hash, file: phrase.file }];
  }),
);

const missing = due.length > 0 ? missingPrograms() : [];
if (missing.length > 0) {
  fail(
    `${due.length} prompts are to be rendered and ${missing.join(' and ')} is missing; apt-get install ${missing.join(' ')}`,
  );
}

for (const { phrase, voice, hash, file } of due) {
  const samples = render(phrase.text, voice);
  write(file, writeWave(samples));
  phrase.rendered = hash;
  const { lengthMs, speechDbfs, peakDbfs } = levelOf(samples);
  console.log(
    `${file}  ${lengthMs} ms  speech ${speechDbfs.toFixed(1)} dBFS  peak ${peakDbfs.toFixed(1)} dBFS`,
  );
}
if (all || !existsSync(join(root, manifest.pause.file))) {
  write(manifest.pause.file, writeWave(silence(manifest.pause.lengthMs)));
}
if (due.length > 0) write('prompts/manifest.json', pretty(manifest));
console.log(`${due.length} rendered`);

/** As Biome would have it: lists of words stay on their line. */
function pretty(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(/\[\s+([^[\]{}]*?)\s+\]/g, (_, words: string) => `[${words.replace(/\s*\n\s*/g, ' ')}]`)}\n`;
}

/** Whole or not at all, so that a rendering broken off leaves no half file. */
function write(file: string, content: Uint8Array | string): void {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}

function fail(message: string): never {
  console.error(`render: ${message}`);
  process.exit(2);
}
