// A call is found by number or reference and told whole, in the asker's language, with the reason of each decision; who
// searched stands in the audit. Idempotency keys and metrics, over the same house.

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';
import { registerByPhone } from '../../test/support/register-by-phone.ts';
import { Visitor } from '../../test/support/visitor.ts';
import type { Channel } from '../core/id.ts';

const CALLER = '+16132341234';
const NOW = Date.UTC(2019, 3, 17, 15);
const SENTENCE = 'a rather good sentence';
const yaml = readFileSync(new URL('../../config/demonstration.yaml', import.meta.url), 'utf8');

let house: HouseInMemory;
let visitor: Visitor;

beforeEach(async () => {
  house = await HouseInMemory.open({ yaml, now: NOW });
  visitor = new Visitor(house.api.url);
  await house.people.add({ name: 'Zoé', password: SENTENCE, roles: ['supervisor'], language: 'fr' }, 'test');
  await visitor.signIn('Zoé', SENTENCE);
});

afterEach(() => house.close());

const call = (channel: Channel, number: string) => registerByPhone(house, channel, number);

type Found = { calls: { call: number; story: { text: string; time: string }[] }[] };

describe('searching', () => {
  test('by number and by reference: the same story, and nothing of another caller', async () => {
    await call('in-1' as Channel, CALLER);
    await call('in-2' as Channel, '+16132345678');
    const why = 'the client asks what became of it';
    const byNumber = await visitor.ask('POST', '/search', { number: '613 234-1234', why });
    const { calls } = byNumber.said as unknown as Found;
    expect(calls).toHaveLength(1);
    const texts = calls[0]?.story.map(({ text }) => text);
    expect(texts).toEqual([
      'L’appel est arrivé.',
      'La personne a choisi l’anglais.',
      expect.stringMatching(/^La personne a choisi la ligne /),
      'La personne a demandé un agent.',
      expect.stringMatching(/^Le rang 1 a été pris dans la file d’attente /),
      '0 étaient devant, et la durée de l’attente n’était pas connue.',
      'Un rappel a été offert.',
      'Le rappel a été pris; sa référence est 000001.',
      expect.stringMatching(/raccroché|mis fin/),
    ]);
    const byReference = await visitor.ask('POST', '/search', { reference: '000001', why, language: 'en' });
    expect((byReference.said as unknown as Found).calls[0]?.story[0]?.text).toBe('The call arrived.');
    expect(byNumber.text + byReference.text).not.toMatch(/234.?1234/);
  });

  test('fact by fact it is the same story as in words, by reference and by number, without anything personal', async () => {
    await call('in-1' as Channel, CALLER);
    await call('in-2' as Channel, '+16132345678');
    const why = 'a test';
    const words = (await visitor.ask('POST', '/search', { reference: '1', why })).said as unknown as {
      calls: { story: { seq: number }[] }[];
    };
    for (const asked of [{ reference: '1' }, { number: '613 234-1234' }]) {
      const { said, text } = await visitor.ask('POST', '/stories', asked);
      const { stories } = said as unknown as { stories: { callback: number; facts: { seq: number }[] }[] };
      expect(stories.map(({ callback }) => callback)).toEqual([1]);
      const seqs = stories[0]?.facts.map(({ seq }) => seq);
      expect(seqs).toEqual(expect.arrayContaining(words.calls[0]?.story.map(({ seq }) => seq) ?? []));
      expect(text).not.toMatch(/numberKey|mainKey|234.?1234/);
    }
    expect((await visitor.ask('POST', '/stories', { reference: '77' })).said.code).toBe('callback.unknown');
    expect((await visitor.ask('POST', '/stories', {})).status).toBe(400);
  });

  test('after it was cancelled the story tells by whom, and goes on', async () => {
    await call('in-1' as Channel, CALLER);
    const me = (await visitor.ask('GET', '/sign-in')).said.account;
    await visitor.ask('POST', '/callbacks/1/cancel');
    const { said } = await visitor.ask('POST', '/search', { reference: '1', why: 'a test', language: 'en' });
    const texts = (said as unknown as Found).calls[0]?.story.map(({ text }) => text);
    expect(texts?.at(-1)).toBe(`The callback was cancelled by ${me}.`);
  });

  test('who searched, for what key and why, is in the audit; the number is not', async () => {
    const me = (await visitor.ask('GET', '/sign-in')).said.account;
    await visitor.ask('POST', '/search', { number: CALLER, why: 'a complaint' });
    const audit = await house.people.audit.rows({ after: 0, limit: 100 });
    expect(audit.at(-1)).toMatchObject({ by: me, what: 'search.made', why: 'a complaint' });
    expect(JSON.stringify(audit)).not.toMatch(/234.?1234/);
  });

  test.each([
    [{ why: 'neither' }, 400],
    [{ number: CALLER, reference: '1', why: 'both' }, 400],
    [{ number: CALLER }, 400],
    [{ reference: 'x', why: 'no digits' }, 400],
    [{ number: '911', why: 'never dialled' }, 422],
  ])('%o is refused', async (body, status) => {
    expect((await visitor.ask('POST', '/search', body)).status).toBe(status);
  });

  test('nothing found is an empty list', async () => {
    for (const what of [{ number: '613 234 9999' }, { reference: '77' }])
      expect((await visitor.ask('POST', '/search', { ...what, why: 'a test' })).said.calls).toEqual([]);
  });
});

describe('an idempotency key', () => {
  const add = (body: object, key: string) =>
    visitor.ask('POST', '/switches', body, { 'idempotency-key': key });
  const off = { name: 'offering', on: false, reason: 'storm' };
  const on = { ...off, on: true };

  test('the same request again is given the same answer, and is done once', async () => {
    const first = await add(off, 'k1');
    await add(on, 'k2');
    const again = await add(off, 'k1');
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const { switches } = (await visitor.ask('GET', '/switches')).said as {
      switches: Record<string, unknown>[];
    };
    expect(switches.find(({ name, line }) => name === 'offering' && line === null)?.on).toBe(true);
  });

  test('another body under the key is refused; a refusal is kept like any answer', async () => {
    const wrong = { ...off, line: 'nowhere' };
    expect((await add(wrong, 'k1')).said.code).toBe('line.unknown');
    expect((await add(wrong, 'k1')).headers.get('idempotency-replayed')).toBe('true');
    expect((await add(off, 'k1')).said.code).toBe('request.key_reused');
    expect((await add(off, 'x'.repeat(129))).said.code).toBe('request.invalid');
  });

  test('two at once are done once', async () => {
    await visitor.ask('DELETE', '/sign-in');
    await house.people.add({ name: 'Root', password: SENTENCE, roles: ['admin'] }, 'test');
    visitor.csrf = '';
    await visitor.signIn('Root', SENTENCE);
    const make = () =>
      visitor.ask('POST', '/tokens', { name: 'wall', scopes: ['read:stand'] }, { 'idempotency-key': 'k' });
    const answers = await Promise.all([make(), make(), make()]);
    const codes = answers.map(({ status }) => status).toSorted();
    expect(codes[0]).toBe(201);
    expect(codes.every((status) => status === 201 || status === 409)).toBe(true);
    const again = await make();
    expect(again.said.token).toBe(answers.find(({ status }) => status === 201)?.said.token);
    expect(await house.people.tokens('', 10)).toHaveLength(1);
    // It stands sealed where it is kept.
    expect(JSON.stringify(house.peopleStore)).not.toContain(String(again.said.token));
  });
});

test('metrics tell how the centre stands, and no number', async () => {
  await call('in-1' as Channel, CALLER);
  const text = await (await fetch(`${house.api.url}/metrics`)).text();
  expect(text).toMatch(/^rappel_places\{line="permanent_residence",state="callback"\} 1$/m);
  expect(text).toMatch(/^rappel_up\{part="telephony"\} [01]$/m);
  expect(text).toMatch(/^rappel_journal_seq \d+$/m);
  expect(text).not.toMatch(/6132341234/);
});
