// The owners' recordings: each name a file in each language, of the form that is heard; else one clear line with its place.

import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseConfiguration, storedConfiguration } from './configuration-file.ts';

const SOUND = new URL('../../prompts/en/offer.hold.wav', import.meta.url).pathname;
const NOW = Date.parse('2019-04-17T12:00:00Z');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rappel-recordings-'));
  for (const language of ['en', 'fr']) mkdirSync(join(folder, 'own', language), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function record(name: string, ...languages: string[]): void {
  for (const language of languages) copyFileSync(SOUND, join(folder, 'own', language, `${name}.wav`));
}

function read(more = 'recordings: own') {
  const text = [
    'languages: [en, fr]',
    'lines: [{ id: visas, name: { en: Visas, fr: Visas }, key: 1, callerId: "+16135550141",',
    '  alternatives: { en: Write to us., fr: Écrivez-nous., recording: other_ways } }]',
    'agents: [{ id: ada, lines: [visas], languages: [en] }]',
    more,
  ].join('\n');
  return parseConfiguration(text, 'c.yaml', { nowAt: NOW, beside: folder });
}

test('a recording in every language of the centre is taken, and its folder is looked for beside the file', () => {
  record('other_ways', 'en', 'fr');
  const { configuration, document } = read();
  const recorded = { folder: join(folder, 'own'), name: null, alternatives: 'other_ways', emergency: null };
  expect(configuration.lines[0]?.recorded).toEqual(recorded);
  expect(storedConfiguration(document, { nowAt: NOW })?.configuration.lines[0]?.recorded).toEqual(recorded);
});

test('missing in one language', () => {
  record('other_ways', 'en');
  expect(read).toThrow(
    /^c\.yaml:3:67: lines\[0\]\.alternatives\.recording: there is no file .*own\/fr\/other_ways\.wav; record it as a WAV/,
  );
});

test.each<[string, Buffer, string]>([
  ['no WAV file', Buffer.from('ID3 something that is an MP3'), 'is not a WAV file'],
  ['cut short', Buffer.from('RIFF\0\0\0\0WAVE'), 'has no sound in it'],
  ['in stereo', wave(2, 8_000, 16), 'has 2 channels at 8000 Hz and 16 bits'],
  ['at 44.1 kHz', wave(1, 44_100, 16), 'has 1 channels at 44100 Hz and 16 bits'],
  ['of 8 bits', wave(1, 8_000, 8), 'has 1 channels at 8000 Hz and 8 bits'],
  ['with nothing in it', wave(1, 8_000, 16, 0), 'has no sound in it'],
])('%s', (_, bytes, told) => {
  record('other_ways', 'en');
  writeFileSync(join(folder, 'own', 'fr', 'other_ways.wav'), bytes);
  expect(read).toThrow(`other_ways.wav ${told}; record it as a WAV file of 16 bits, 8 kHz, mono`);
});

test('without a folder, or with one that is not there or that Asterisk cannot be told of', () => {
  expect(() => read('')).toThrow(
    'lines[0].alternatives.recording: there is no folder of recordings; add recordings',
  );
  expect(() => read('recordings: other')).toThrow(/5:13: recordings: there is no folder .*other; create it/);
  expect(() => read('recordings: "a,b"')).toThrow('has a comma, & or | in its name');
});

test('a folder that is gone when a centre goes on without its file', () => {
  record('other_ways', 'en', 'fr');
  const { document } = read();
  rmSync(join(folder, 'own'), { recursive: true });
  expect(() => storedConfiguration(document, { nowAt: NOW })).toThrow(
    /^the configuration of the journal: recordings: there is no folder/,
  );
});

function wave(channels: number, rate: number, bits: number, bytes = 320): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + bytes, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt16LE(bits, 34);
  head.write('data', 36);
  head.writeUInt32LE(bytes, 40);
  return Buffer.concat([head, Buffer.alloc(bytes)]);
}
