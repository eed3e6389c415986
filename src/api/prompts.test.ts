// What callers hear, through the API: every phrase with its words and sound, and the owners' recordings, replaced only by
// what would be heard, and only where the configuration names one.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';
import { file } from '../../test/support/mistakes.ts';

const NOW = Date.UTC(2019, 3, 17, 15);
const sound = (name: string) => readFileSync(new URL(`../../prompts/${name}.wav`, import.meta.url));
const [one, other] = [sound('en/greeting.welcome'), sound('fr/greeting.welcome')];

let house: HouseInMemory;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rappel-recordings-'));
  for (const language of ['en', 'fr']) {
    mkdirSync(join(folder, language));
    writeFileSync(join(folder, language, 'storm.wav'), one);
  }
  const line = 'emergency: { en: Closed by a storm., fr: Fermé par la tempête., recording: storm }';
  house = await HouseInMemory.open({ yaml: file({ line, rest: `recordings: ${folder}` }), now: NOW });
});
afterEach(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

async function heard(path: string) {
  const answer = await fetch(`${house.api.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${house.token}` },
  });
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    bytes: Buffer.from(await answer.arrayBuffer()),
  };
}

async function replace(path: string, wave: Buffer) {
  const answer = await fetch(`${house.api.url}/api/v1${path}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${house.token}`, 'content-type': 'audio/wav' },
    body: new Uint8Array(wave),
  });
  return { status: answer.status, said: (await answer.json()) as Record<string, unknown> };
}

test('every phrase has words in both languages; what is a file of ours can be heard', async () => {
  const { said } = await house.ask('GET', '/prompts');
  const phrases = said.phrases as {
    id: string;
    en: { text: string; isPlayable: boolean };
    fr: { text: string };
  }[];
  expect(phrases.length).toBeGreaterThan(50);
  for (const { en, fr } of phrases) expect([en.text, fr.text]).not.toContain('');
  expect(await heard('/prompts/fr/greeting.welcome')).toEqual({
    status: 200,
    type: 'audio/wav',
    bytes: other,
  });
  for (const name of ['nothing', 'constructor', '..%2f..%2fpackage.json'])
    expect((await heard(`/prompts/en/${name}`)).status).toBe(404);
});

test('a recording is replaced, heard from then on, and stands in the audit', async () => {
  expect(await replace('/recordings/fr/storm', other)).toMatchObject({ status: 200 });
  expect((await heard('/recordings/fr/storm')).bytes).toEqual(other);
  expect((await heard('/recordings/en/storm')).bytes).toEqual(one);
  const { said } = await house.ask('GET', '/audit');
  expect(said.audit).toMatchObject([{ what: 'recording.replaced', about: 'fr/storm' }]);
});

test.each([
  ['no sound at all', '/recordings/en/storm', Buffer.from('not a sound')],
  ['nothing', '/recordings/en/storm', Buffer.alloc(0)],
  ['a sound cut off in its head', '/recordings/en/storm', one.subarray(0, 40)],
  ['one that the configuration does not name', '/recordings/en/flood', other],
  ['a way out of the folder', '/recordings/en/..%2f..%2fstorm', other],
])('%s: refused, and what was there is heard', async (_what, path, wave) => {
  const { status, said } = await replace(path, wave);
  expect([status, said.code]).toEqual([
    expect.any(Number),
    expect.stringMatching(/^(prompt\.unfit|request\.invalid)$/),
  ]);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(readdirSync(join(folder, 'en'))).toEqual(['storm.wav']);
  expect((await heard('/recordings/en/storm')).bytes).toEqual(one);
});
