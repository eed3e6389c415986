// What callers hear, through the API: every phrase with its words and sound, and the owners' recordings, replaced only by
// what would be heard, and only where the configuration names one.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';
import { file } from '../../test/support/mistakes.ts';
import { ReplacedPrompts } from '../centre/replaced-prompts.ts';
import { writeWave } from '../telephony/asterisk/wave.ts';

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

async function replace(path: string, wave: Buffer, method: 'PUT' | 'DELETE' = 'PUT') {
  const isGiven = method === 'PUT';
  const answer = await fetch(`${house.api.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${house.token}`,
      ...(isGiven ? { 'content-type': 'audio/wav' } : {}),
    },
    ...(isGiven ? { body: new Uint8Array(wave) } : {}),
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

const silence = writeWave(new Int16Array(8_000));
const WELCOME = '/prompts/en/greeting.welcome';
const WORDS = '?words=Hello.';

async function welcome() {
  const { phrases } = (await house.ask('GET', '/prompts')).said as {
    phrases: { id: string; en: object; fr: object }[];
  };
  return phrases.find(({ id }) => id === 'greeting.welcome');
}

test('a phrase is said in the owners’ voice, with its words, until it is taken back', async () => {
  const before = await welcome();
  expect(await replace(`${WELCOME}${WORDS}`, other)).toMatchObject({ status: 200 });
  expect((await heard(WELCOME)).bytes).toEqual(other);
  expect(await welcome()).toEqual({
    ...before,
    en: {
      ...before?.en,
      text: 'Hello.',
      source: 'operator',
      replacedAt: expect.any(Number),
      isPlayable: true,
    },
  });
  // Also one that was a recorded sound of Asterisk, which nobody could listen to here.
  expect((await heard('/prompts/fr/menu.wrong_key')).status).toBe(404);
  expect((await replace(`/prompts/fr/menu.wrong_key${WORDS}`, one)).status).toBe(200);
  expect((await heard('/prompts/fr/menu.wrong_key')).bytes).toEqual(one);
  expect((await replace(WELCOME, other, 'DELETE')).status).toBe(200);
  expect((await heard(WELCOME)).bytes).toEqual(one);
  expect(await welcome()).toEqual(before);
  expect((await replace(WELCOME, other, 'DELETE')).said.code).toBe('prompt.missing');
  const { said } = await house.ask('GET', '/audit');
  expect(said.audit).toMatchObject([
    { what: 'prompt.replaced', about: 'en/greeting.welcome', why: 'Hello.' },
    { what: 'prompt.replaced', about: 'fr/menu.wrong_key' },
    { what: 'prompt.taken_back', about: 'en/greeting.welcome' },
  ]);
});

test.each([
  ['no sound at all', `${WELCOME}${WORDS}`, Buffer.from('not a sound'), 422, 'prompt.unfit'],
  ['silence', `${WELCOME}${WORDS}`, Buffer.from(silence), 422, 'prompt.unfit'],
  ['a sound cut off', `${WELCOME}${WORDS}`, one.subarray(0, 4_000), 422, 'prompt.unfit'],
  ['no words', WELCOME, other, 400, 'request.invalid'],
  ['words that are only spaces', `${WELCOME}?words=%20`, other, 400, 'request.invalid'],
  ['a phrase that there is not', `/prompts/en/nothing${WORDS}`, other, 404, 'prompt.missing'],
  ['a name of every object', `/prompts/en/constructor${WORDS}`, other, 404, 'prompt.missing'],
  ['a way out of the folder', `/prompts/en/..%2f..%2fx${WORDS}`, other, 404, 'prompt.missing'],
])('%s does not replace a phrase', async (_what, path, wave, status, code) => {
  expect(await replace(path, wave)).toMatchObject({ status, said: { code } });
  expect((await heard(WELCOME)).bytes).toEqual(one);
  expect(existsSync(house.promptsFolder)).toBe(false);
});

test('what the disk has no more, or not as it should be, is the release’s again after a start', async () => {
  for (const name of ['greeting.welcome', 'menu.silence', 'menu.goodbye'])
    await replace(`/prompts/en/${name}${WORDS}`, other);
  const said: string[] = [];
  writeFileSync(join(house.promptsFolder, 'en/menu.silence.wav'), 'not a sound');
  rmSync(join(house.promptsFolder, 'en/menu.goodbye.wav'));
  const again = new ReplacedPrompts(house.promptsFolder, (line) => said.push(line));
  expect(again.soundOf('greeting.welcome', 'en')).toBe(join(house.promptsFolder, 'en/greeting.welcome'));
  expect(again.soundOf('greeting.welcome', 'fr')).toBeNull();
  expect([again.soundOf('menu.silence', 'en'), again.soundOf('menu.goodbye', 'en')]).toEqual([null, null]);
  expect(said).toHaveLength(2);
  rmSync(join(house.promptsFolder, 'en/greeting.welcome.wav'));
  expect(again.soundOf('greeting.welcome', 'en')).toBeNull();
  writeFileSync(join(house.promptsFolder, 'replaced.json'), '{');
  expect(new ReplacedPrompts(house.promptsFolder, () => {}).get('menu.silence', 'en')).toBeNull();
});
