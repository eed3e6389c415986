// The pages as a browser is handed them: in which language, how compressed, how long they may be kept, under which policy of
// content; and nothing else from the disk.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';
import { PAGES, PAGES_FOLDER } from './pages.ts';

const yaml = readFileSync(new URL('../../config/demonstration.yaml', import.meta.url), 'utf8');
let house: HouseInMemory;
beforeAll(async () => {
  house = await HouseInMemory.open({ yaml, now: Date.UTC(2019, 3, 17, 15) });
});
afterAll(() => house.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${house.api.url}${path}`, { headers, redirect: 'manual' });
const languageOf = async (answer: Response) => /<html lang="(\w+)">/.exec(await answer.text())?.[1];

test.each(PAGES.map((page) => page.replace(':token', 'abc')))('%s needs nobody signed in', async (page) => {
  for (const path of [page, `/en${page}`.replace(/\/$/, ''), `/fr${page}`.replace(/\/$/, '')]) {
    const answer = await get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  }
});

test('an address that ends with a slash is the same page', async () => {
  for (const path of ['/en/', '/fr/supervisor/'])
    expect([path, (await get(path)).status]).toEqual([path, 200]);
});

test('an address that is no page says so to a browser in its language, and to a program as a problem', async () => {
  const html = { accept: 'text/html,application/xhtml+xml' };
  const page = await get('/fr/superviseuse', html);
  expect([page.status, page.headers.get('content-security-policy')]).toEqual([404, expect.any(String)]);
  expect(await languageOf(page)).toBe('fr');
  expect((await get('/nothing', { ...html, 'accept-language': 'fr' })).status).toBe(404);
  expect((await get('/nothing')).headers.get('content-type')).toContain('problem+json');
  expect((await get('/api/v1/nothing', html)).headers.get('content-type')).toContain('problem+json');
});

test('the language is that of the address, then of the last choice, then of the browser', async () => {
  const english = { 'accept-language': 'en-CA,en;q=0.9' };
  const french = { 'accept-language': 'de, fr-CA;q=0.8, en;q=0.5' };
  expect(await languageOf(await get('/agent', english))).toBe('en');
  expect(await languageOf(await get('/agent', french))).toBe('fr');
  expect(await languageOf(await get('/agent', { ...english, cookie: 'a=b; rappel-language=fr' }))).toBe('fr');
  expect(await languageOf(await get('/en/agent', { ...french, cookie: 'rappel-language=fr' }))).toBe('en');
});

test('files are kept for ever, and compressed already', async () => {
  const name = readdirSync(join(PAGES_FOLDER, 'assets')).find((one) => one.endsWith('.js')) as string;
  const plain = readFileSync(join(PAGES_FOLDER, 'assets', name));
  const answer = await get(`/assets/${name}`, { 'accept-encoding': 'gzip, br' });
  expect(answer.headers.get('content-encoding')).toBe('br');
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect(answer.headers.get('content-type')).toContain('text/javascript');
  expect(await answer.text()).toBe(plain.toString('utf8')); // fetch has decompressed it
  expect(brotliDecompressSync(readFileSync(join(PAGES_FOLDER, 'assets', `${name}.br`)))).toEqual(plain);
  const bare = await get(`/assets/${name}`, { 'accept-encoding': 'identity' });
  expect(bare.headers.get('content-encoding')).toBeNull();
});

test.each([
  '/assets/../../package.json',
  '/..%2f..%2fpackage.json',
  '/manifest.json',
  '/index.html',
  '/assets/',
])('%s is nothing to a stranger', async (path) => {
  expect((await get(path)).status).toBe(401);
});
