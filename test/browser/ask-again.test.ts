// A client whose callback was cancelled asks on their own page to be called again: a real Chromium without scripts, a real centre
// with its PostgreSQL and Asterisk. The form says what to expect, the same link goes on with a new reference, and the phone
// that is called rings; in both languages, accessible, narrow and with large letters.

import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CallbackId, Language, NumberKey } from '../../src/core/id.ts';
import { openPool } from '../../src/database/pool.ts';
import { ClientLinks } from '../../src/vault/client-links.ts';
import { Desks } from '../support/browser.ts';
import { axeViolations, lost, withTextAt } from '../support/browser-checks.ts';

let desks: Desks;
let links: ClientLinks;
let pool: ReturnType<typeof openPool>;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  desks = await Desks.open({ agents: ['amelie'], clientPage: '{ askAgain: true }' });
  pool = openPool(desks.stage.connection, { onError: () => {} });
  links = new ClientLinks(pool, 'c1', () => Date.now());
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
afterAll(async () => {
  await pool?.end();
  await desks?.close();
});

async function open(path: string): Promise<Page> {
  const context = await desks.browser.newContext({
    baseURL: desks.url,
    javaScriptEnabled: false,
    viewport: { width: 320, height: 640 },
  });
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

const WORDS = {
  en: {
    ask: 'Ask for a callback',
    asked: 'Done: you are in line again, at its end. Your new reference is below.',
    other: 'Call another number than before',
    field: 'Telephone number',
    wrong: 'We cannot call this number.',
    code: 'The agent will say this code',
  },
  fr: {
    ask: 'Demander un rappel',
    asked:
      'C’est fait\u00a0: vous êtes de nouveau dans la file d’attente, à la fin. Votre nouvelle référence est plus bas.',
    other: 'Appeler un autre numéro qu’avant',
    field: 'Numéro de téléphone',
    wrong: 'Nous ne pouvons pas appeler ce numéro.',
    code: 'Code que l’agent vous dira',
  },
} as const;

describe.each(['en', 'fr'] as const)('%s', (language: Language) => {
  const words = WORDS[language];

  test('the same link goes on with a new callback, and the phone rings', async () => {
    const { stage } = desks;
    const number = language === 'en' ? '+16135550220' : '+16135550221';
    const caller = await stage.callIn(number, language);
    await caller.leaveForCallback();
    const before = await stage.story.until('callback.registered', (f) => f.place === caller.place);
    const token = await links.linkOf(before.callback as CallbackId, before.numberKey as NumberKey);
    await stage.ask('POST', `/api/v1/callbacks/${before.callback}/cancel`);
    const page = await open(`/c/${token}`);
    const ask = page.getByRole('button', { name: words.ask });
    // The records know of its end a moment later.
    await expect
      .poll(async () => {
        await page.reload();
        return ask.count();
      })
      .toBe(1);
    expect(await page.getAttribute('html', 'lang')).toBe(language);
    await page.getByText(words.other).click();
    await page.getByLabel(words.field).fill('911');
    await ask.click();
    await page.getByRole('alert').getByText(words.wrong).waitFor();
    await page.getByLabel(words.field).fill('');
    await ask.click();
    await page.getByText(words.asked).waitFor();
    const asked = await stage.story.until('callback.asked_on_page', (f) => f.after === before.callback);
    expect(asked).toMatchObject({ numberKey: before.numberKey, line: 'permanent_residence', language });
    await page.getByText(String(asked.callback).padStart(6, '0')).waitFor();
    await page.getByText(words.code).waitFor();
    expect(await page.content()).toContain(asked.code);

    const citizen = stage.network.citizen(number).nextCall();
    const phone = stage.network.phone('amelie').nextCall();
    await stage.ask('POST', '/api/v1/agents/amelie/sign-in');
    await stage.ask('POST', '/api/v1/agents/amelie/ready');
    await (await phone).answer();
    const ringing = await citizen;
    await ringing.answer();
    await stage.story.until('callback.connected', (f) => f.callback === asked.callback);
    await stage.ask('POST', '/api/v1/agents/amelie/sign-out');
    await ringing.call.hangUp();
    await stage.story.until('callback.completed', (f) => f.callback === asked.callback);
    // Searched by its number, each is found: the call, and the callback that no call led to.
    type Found = { call: number | null; story: { text: string }[] };
    const told = async () => {
      const { value } = await stage.ask('POST', '/api/v1/search', { number, why: 'a test' });
      const isCompleted = ({ text }: { text: string }) => text.startsWith('The callback was completed');
      return (value.calls as Found[]).map(({ call, story }) => [call === null, story.some(isCompleted)]);
    };
    await expect.poll(told).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  test('accessible, narrow and large, where it may be asked', async () => {
    const { stage } = desks;
    const number = language === 'en' ? '+16135550222' : '+16135550223';
    const caller = await stage.callIn(number, language);
    await caller.leaveForCallback();
    const before = await stage.story.until('callback.registered', (f) => f.place === caller.place);
    const token = await links.linkOf(before.callback as CallbackId, before.numberKey as NumberKey);
    await stage.ask('POST', `/api/v1/callbacks/${before.callback}/cancel`);
    // What looks at a page needs scripts of its own; the page has none.
    const context = await desks.browser.newContext({
      baseURL: desks.url,
      viewport: { width: 320, height: 640 },
    });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(`/c/${token}`);
    await expect
      .poll(async () => {
        await page.reload();
        return page.getByRole('button', { name: words.ask }).count();
      })
      .toBe(1);
    await page.getByText(words.other).click();
    expect(await axeViolations(page)).toEqual([]);
    expect(await lost(page)).toEqual([]);
    expect(await withTextAt(page, 200, () => lost(page))).toEqual([]);
  });
});
