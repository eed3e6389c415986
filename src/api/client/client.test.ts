// The client's page as it is handed out: what a link gives leave to, and to nobody else's callback; that a wrong link is
// answered alike; that what is typed stays text; limits, origin, and what the page may load. In a browser: test/browser.

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOSTILE_TEXTS } from '../../../test/support/hostile-texts.ts';
import { HouseInMemory } from '../../../test/support/house-in-memory.ts';
import { registerByPhone } from '../../../test/support/register-by-phone.ts';
import type { Fact, FactOf } from '../../core/fact.ts';
import type { AgentId, CallbackId, Channel } from '../../core/id.ts';
import type { Row } from '../../journal/journal.ts';
import { LIMITS, type Limits } from '../rate-limits.ts';
import { CLIENT_PHRASES } from './client-phrases.ts';

const yaml = readFileSync(new URL('../../../config/demonstration.yaml', import.meta.url), 'utf8');
const NOW = Date.UTC(2019, 3, 17, 15);
const MINE = 'a'.repeat(32);
const OTHER = 'b'.repeat(32);
const FIRST = 1 as CallbackId;
const SECOND = 2 as CallbackId;

let house: HouseInMemory;

async function open(limits?: Limits, centre = yaml): Promise<void> {
  house = await HouseInMemory.open({ yaml: centre, now: NOW, ...(limits === undefined ? {} : { limits }) });
  await register('in-1' as Channel, '+16132341234');
  await register('in-2' as Channel, '+16132345678');
  house.links.set(MINE, FIRST).set(OTHER, SECOND);
}

beforeEach(() => open());
afterEach(() => house.close());

const register = (channel: Channel, number: string) => registerByPhone(house, channel, number);

type Got = { readonly status: number; readonly text: string; readonly headers: Headers };

async function get(path: string, headers: Record<string, string> = {}): Promise<Got> {
  const answer = await fetch(`${house.api.url}${path}`, { headers, redirect: 'manual' });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

async function post(
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = { origin: house.api.url },
): Promise<Got> {
  const body = new URLSearchParams(form);
  const answer = await fetch(`${house.api.url}${path}`, {
    method: 'POST',
    body,
    headers,
    redirect: 'manual',
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** What the page that was looked at sends along. */
const seenIn = ({ text }: Got) => /name="seen" value="([^"]*)"/.exec(text)?.[1] ?? '';
const facts = () => (house.store.shard('c1').rows as readonly Row<Fact>[]).map(({ fact }) => fact);
const factsOf = (type: string) => facts().filter((fact) => fact.type === type);

describe('a link that works', () => {
  test('tells how it stands, in the language of the call and in the one that is asked for', async () => {
    const english = await get(`/c/${MINE}`, { 'accept-language': 'fr' });
    expect(english.text).toContain('<html lang="en">');
    expect(english.text).toContain('You are next in line.');
    expect((await get(`/c/${OTHER}`)).text).toContain('You are number 2 in line.');
    const french = await get(`/fr/c/${MINE}`);
    expect(french.text).toContain('vous êtes en tête de la file d’attente');
    expect(french.text).toContain(`href="/en/c/${MINE}"`);
    expect(french.text).toContain('se terminant par 34');
    expect(french.text).not.toMatch(/234.?1234/);
    expect(french.headers.get('referrer-policy')).toBe('same-origin');
    expect(french.headers.get('cache-control')).toBe('no-store');
    const policy = french.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src|unsafe/);
    expect(french.text).not.toMatch(/<script|\sstyle=|\son[a-z]+=/i);
  });

  test('postpones by a step, once, however often the button is pressed', async () => {
    const seen = seenIn(await get(`/c/${MINE}`));
    const first = await post(`/en/c/${MINE}/postpone`, { minutes: '30', seen });
    expect([first.status, first.headers.get('location')]).toEqual([303, `/en/c/${MINE}/postpone`]);
    const again = await post(`/en/c/${MINE}/postpone`, { minutes: '30', seen });
    expect(again.headers.get('location')).toBe(`/en/c/${MINE}/changed`);
    expect(factsOf('callback.postponed')).toMatchObject([{ callback: 1, cause: 'client', by: 'client' }]);
    expect((await get(`/en/c/${MINE}/postpone`)).text).toContain('Done: we will call you later.');
  });

  test('changes language, cancels, and tells how it ended', async () => {
    const language = await post(`/c/${MINE}/language`, {
      language: 'fr',
      seen: seenIn(await get(`/c/${MINE}`)),
    });
    expect(language.status).toBe(303);
    expect(factsOf('place.language_changed')).toMatchObject([{ language: 'fr', by: 'client' }]);
    const seen = seenIn(await get(`/c/${MINE}`));
    expect((await post(`/c/${MINE}/cancel`, { seen })).status).toBe(303);
    expect(factsOf('callback.cancelled')).toMatchObject([{ callback: 1, by: 'client' }]);
    expect((await get(`/en/c/${MINE}`)).text).toContain('This callback has ended.');
    house.ended.set(FIRST, { endedAs: 'incomplete', endedAt: NOW, language: 'fr' });
    expect((await get(`/c/${MINE}`)).text).toContain('sans pouvoir vous joindre');
    expect((await post(`/c/${MINE}/cancel`, { seen })).headers.get('location')).toBe(`/fr/c/${MINE}/changed`);
  });

  test('corrects the number, and says no word of whose another number is', async () => {
    const changed = await post(`/c/${MINE}/number`, { number: '613 234 7777', extension: '42' });
    expect(changed.status).toBe(303);
    expect(factsOf('callback.number_changed')).toMatchObject([{ callback: 1, by: 'client' }]);
    expect((await get(`/en/c/${MINE}`)).text).toContain('ending in 77');
    const ofOther = await post(`/en/c/${MINE}/number`, { number: '613-234-5678' });
    const barred = house.engine.takeNumber('+16132348888');
    if ('numberKey' in barred)
      await house.engine.submit({ type: 'number.bar', numberKey: barred.numberKey, barred: true, by: 'x' });
    const ofBarred = await post(`/en/c/${MINE}/number`, { number: '613-234-5678'.replace('5678', '8888') });
    expect([ofOther.status, ofBarred.status]).toEqual([422, 422]);
    const plain = (text: string) => text.replaceAll(/613-234-\d{4}/g, 'N');
    expect(plain(ofBarred.text)).toBe(plain(ofOther.text));
    expect(ofOther.text).toContain('This number cannot be used for this callback.');
    expect(house.logged.join('\n')).not.toMatch(/234/);
  });

  test.each([
    ['911', 'We cannot call this number'],
    ['', 'Write a telephone number.'],
    ['6'.repeat(65), 'We cannot call this number'],
  ])('a number that is none (%s) is said to be, beside its field', async (number, words) => {
    const { status, text } = await post(`/en/c/${MINE}/number`, { number });
    expect([status, text.includes(words)]).toEqual([422, true]);
    expect(text).toContain('aria-invalid="true"');
    expect(factsOf('callback.number_changed')).toEqual([]);
  });

  test('asks about the service when the client hung up first: each answer once, and not before it has ended', async () => {
    await house.close();
    await open(undefined, yaml.replace(/^survey:.*$/m, 'survey: { share: 1, linkDays: 7, talkMinS: 0 }'));
    const { engine } = house;
    expect((await get(`/en/c/${MINE}`)).text).not.toContain('How did it go?');
    expect((await post(`/en/c/${MINE}/survey`, { satisfied: '5' })).headers.get('location')).toMatch(
      /changed$/,
    );
    const agent = 'amelie' as AgentId;
    await engine.submit({ type: 'agent.sign_in', agent });
    await engine.submit({ type: 'agent.go_ready', agent });
    const answer = (channel: string) =>
      engine.submit({ type: 'channel.answered', channel: channel as Channel });
    await answer('c1-leg-00000001');
    const announced = `c1-playback-${String(engine.state.agents.get(agent)?.playback).padStart(8, '0')}`;
    await engine.submit({ type: 'prompt.ended', channel: 'c1-leg-00000001' as Channel, playback: announced });
    const attempt = [...engine.state.attempts.values()][0]?.id ?? 0;
    const client = `c1-attempt-${String(attempt).padStart(8, '0')}`;
    await engine.askDial(client);
    await answer(client);
    await engine.submit({ type: 'channel.ended', channel: client as Channel, cause: 'normal' });
    expect(factsOf('survey.begun')).toMatchObject([{ callback: 1, of: 'callback' }]);
    expect((await get(`/fr/c/${MINE}`)).text).toContain('Utiliseriez-vous de nouveau le rappel?');
    // Another client's link shows and takes nothing of it; what is no answer is refused and nothing is kept.
    expect((await get(`/en/c/${OTHER}`)).text).not.toContain('How did it go?');
    expect((await post(`/en/c/${OTHER}/survey`, { satisfied: '1' })).headers.get('location')).toMatch(
      /changed$/,
    );
    for (const form of [{}, { satisfied: '6' }, { satisfied: '5; drop' }, { again: '3' }])
      expect((await post(`/en/c/${MINE}/survey`, form as Record<string, string>)).status).toBe(422);
    expect(factsOf('survey.answered')).toEqual([]);
    const sent = await post(`/en/c/${MINE}/survey`, { satisfied: '5', again: '1' });
    expect(sent.headers.get('location')).toBe(`/en/c/${MINE}/survey`);
    const rest = (await get(`/en/c/${MINE}/survey`)).text;
    expect([rest.includes('Thank you for your answers.'), rest.includes('name="satisfied"')]).toEqual([
      true,
      false,
    ]);
    await post(`/en/c/${MINE}/survey`, { satisfied: '1', answered: '2' });
    const answered = (factsOf('survey.answered') as FactOf<'survey.answered'>[]).map((f) => [
      f.question,
      f.answer,
    ]);
    expect(answered).toEqual([
      ['satisfied', 5],
      ['again', 1],
      ['answered', 2],
    ]);
    expect((await post(`/en/c/${MINE}/survey`, { again: '2' })).headers.get('location')).toMatch(/changed$/);
    expect((await get(`/en/c/${MINE}`)).text).not.toContain('How did it go?');
  });

  test('a report of the page is a row of the audit, with nothing that was typed', async () => {
    expect((await post(`/c/${MINE}/report`, { what: 'words' })).status).toBe(303);
    expect((await post(`/c/${MINE}/report`, { what: 'my name is Zoé' })).status).toBe(422);
    const audit = await house.people.audit.rows({ after: 0, limit: 100 });
    expect(audit.at(-1)).toMatchObject({
      by: 'client',
      what: 'page.reported',
      about: 'callback 1',
      why: 'words',
    });
  });

  test('what is not one of the choices changes nothing', async () => {
    const seen = seenIn(await get(`/c/${MINE}`));
    const before = facts().length;
    for (const [act, form] of [
      ['postpone', { minutes: '10080', seen }],
      ['postpone', { seen }],
      ['language', { language: 'de', seen }],
      ['never-call', { seen }],
      ['constructor', { seen }],
      ['', { seen }],
    ] as const)
      expect([act, (await post(`/c/${MINE}/${act}`, form)).status]).toEqual([act, 422]);
    expect(facts()).toHaveLength(before);
  });

  test('a GET changes nothing, whatever it is asked for', async () => {
    const before = facts().length;
    for (const act of ['postpone', 'cancel', 'number', 'cancel?seen=waiting']) await get(`/c/${MINE}/${act}`);
    expect(facts()).toHaveLength(before);
  });
});

describe('another client’s link', () => {
  test('leads to their own callback and to no other, whatever is sent along', async () => {
    const seen = seenIn(await get(`/c/${OTHER}`));
    await post(`/c/${OTHER}/cancel`, { seen, callback: '1', id: '1', token: MINE });
    expect(factsOf('callback.cancelled')).toMatchObject([{ callback: 2 }]);
    expect(house.engine.state.callbacks.has(FIRST)).toBe(true);
  });

  test('opens nothing of the API, nor does a sign-in open a link', async () => {
    for (const headers of [{ authorization: `Bearer ${MINE}` }, { cookie: `rappel=${MINE}` }] as const)
      expect((await get('/api/v1/callbacks/1', headers)).status).toBe(401);
    const { status } = await get(`/c/${'c'.repeat(32)}`, { authorization: `Bearer ${house.token}` });
    expect(status).toBe(404);
  });
});

describe('a link that does not work', () => {
  const wrong = [
    'c'.repeat(32),
    'x',
    '',
    `${MINE}x`,
    'a'.repeat(5_000),
    `${MINE}/a/b`,
    '%3Cscript%3E',
    '..;/',
    '%00',
  ];

  test('is answered alike, byte for byte, whatever the reason', async () => {
    const [first, ...rest] = await Promise.all(wrong.map((token) => get(`/en/c/${token}`)));
    expect(first?.status).toBe(404);
    expect(first?.text).toContain('This link does not work');
    for (const one of rest) expect([one.status, one.text]).toEqual([404, first?.text]);
    const asked = await Promise.all(wrong.map((token) => post(`/en/c/${token}/cancel`, { seen: 'x' })));
    for (const one of asked) expect([one.status, one.text]).toEqual([404, first?.text]);
  });
});

describe('from elsewhere, and too often', () => {
  test('a form of another page changes nothing', async () => {
    const seen = seenIn(await get(`/c/${MINE}`));
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }] as const)
      expect((await post(`/c/${MINE}/cancel`, { seen }, headers)).status).toBe(403);
    expect(factsOf('callback.cancelled')).toEqual([]);
  });

  test('JSON and other forms are not understood', async () => {
    const json = { 'content-type': 'application/json', origin: house.api.url };
    const answer = await fetch(`${house.api.url}/en/c/${MINE}/cancel`, {
      method: 'POST',
      headers: json,
      body: '{"seen":"waiting 0 en"}',
      redirect: 'manual',
    });
    expect(answer.status).toBe(303);
    expect(factsOf('callback.cancelled')).toEqual([]);
  });

  test('links are asked for so many times a minute by one source, and changed so many times an hour', async () => {
    await house.close();
    await open({ ...LIMITS, linksPerMinute: 6, linkChangesPerHour: 2 });
    const answers: number[] = [];
    for (let n = 0; n < 3; n += 1) answers.push((await post(`/c/${MINE}/number`, { number: 'x' })).status);
    expect(answers).toEqual([422, 422, 429]);
    for (let n = 0; n < 3; n += 1) await get(`/c/${'c'.repeat(32)}`);
    const over = await get(`/en/c/${MINE}`);
    expect([over.status, Number(over.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(over.text).toContain('There were too many requests.');
  });
});

test('five hundred hostile texts: as a number, an extension, a choice and a token, they stay text', async () => {
  const seen = seenIn(await get(`/c/${MINE}`));
  const tags = (text: string) => [...text.matchAll(/<\/?([a-z!][a-z0-9]*)/g)].map((one) => one[1]);
  const known = new Set(tags((await post(`/c/${MINE}/number`, { number: 'x' })).text));
  for (const text of HOSTILE_TEXTS) {
    for (const answer of [
      await post(`/c/${MINE}/number`, { number: text, extension: text }),
      await post(`/c/${MINE}/postpone`, { minutes: text, seen }),
      await post(`/c/${MINE}/report`, { what: text }),
      await get(`/c/${encodeURIComponent(text.toWellFormed().slice(0, 1_000))}`),
    ]) {
      expect([422, 303, 404, 400], JSON.stringify(text)).toContain(answer.status);
      if (answer.status === 400) continue;
      expect(tags(answer.text).filter((tag) => !known.has(tag))).toEqual([]);
    }
  }
  expect(factsOf('callback.cancelled')).toEqual([]);
}, 120_000);

test('French is typed as it is printed, and both languages ask for the same values', () => {
  const valuesOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [key, [english, french]] of Object.entries(CLIENT_PHRASES)) {
    expect([key, valuesOf(french)]).toEqual([key, valuesOf(english)]);
    expect(french, key).not.toMatch(/ [:;!?»%]|[^\u00a0 ]:|« |'|\d (?:min|h)/);
    expect(english, key).not.toMatch(/\w'\w/);
  }
});
