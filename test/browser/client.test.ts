// The client's page in a real Chromium without scripts, before a real centre and its PostgreSQL: what a client does with a
// link, from the place in line to the end, in both languages; accessible, narrow and large without loss, by keyboard
// alone, and small enough for a slow telephone.

import { brotliCompressSync } from 'node:zlib';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CallbackId, Language, NumberKey } from '../../src/core/id.ts';
import { openPool } from '../../src/database/pool.ts';
import { ClientLinks } from '../../src/vault/client-links.ts';
import { Desks } from '../support/browser.ts';
import { axeViolations, lost, tabStops, withTextAt } from '../support/browser-checks.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';

const PAGE_BYTES_MAX = 30_000;

let desks: Desks;
let links: ClientLinks;
let pool: ReturnType<typeof openPool>;
const contexts: BrowserContext[] = [];
let asked: string[] = [];

beforeAll(async () => {
  desks = await Desks.open({ agents: ['amelie'] });
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

/** A small phone: no script runs, nothing is kept from before. */
async function open(
  path: string,
  look: { readonly scripts?: boolean; readonly width?: number } = {},
): Promise<Page> {
  const context = await desks.browser.newContext({
    baseURL: desks.url,
    javaScriptEnabled: look.scripts ?? false,
    viewport: { width: look.width ?? 320, height: 640 },
  });
  contexts.push(context);
  asked = [];
  const page = await context.newPage();
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(path);
  return page;
}

/** Somebody calls, takes a callback, and is sent a link. */
async function linkOf(number: string, language: Language): Promise<string> {
  const caller = await desks.stage.callIn(number, language);
  await caller.leaveForCallback();
  const registered = await desks.stage.story.until('callback.registered', (f) => f.place === caller.place);
  return links.linkOf(registered.callback as CallbackId, registered.numberKey as NumberKey);
}

const WORDS = {
  en: {
    heading: 'Your callback',
    waiting: /You are (next|number \d+) in line/,
    later: 'Call me later',
    step: '30\u00a0minutes later',
    postponed: 'Done: we will call you later.',
    before: /We will not call before/,
    number: 'Call another number',
    field: 'Telephone number',
    use: 'Use this number',
    wrong: 'We cannot call this number.',
    changed: 'Done: we will call the new number.',
    ending: 'ending in 78',
    cancel: 'Cancel the callback',
    yes: 'Yes, cancel my callback',
    cancelled: 'Done: your callback is cancelled.',
    report: 'Report a problem or a mistake on this page',
    send: 'Send',
    thanks: 'Thank you for telling us.',
    gone: 'This link does not work',
    other: 'Français',
  },
  fr: {
    heading: 'Votre rappel',
    waiting: /(vous êtes en tête|Vous êtes au rang \d+)/,
    later: 'M’appeler plus tard',
    step: '30\u00a0minutes plus tard',
    postponed: 'C’est fait\u00a0: nous vous appellerons plus tard.',
    before: /Nous n’appellerons pas avant/,
    number: 'Appeler un autre numéro',
    field: 'Numéro de téléphone',
    use: 'Utiliser ce numéro',
    wrong: 'Nous ne pouvons pas appeler ce numéro.',
    changed: 'C’est fait\u00a0: nous appellerons le nouveau numéro.',
    ending: 'se terminant par 78',
    cancel: 'Annuler le rappel',
    yes: 'Oui, annuler mon rappel',
    cancelled: 'C’est fait\u00a0: votre rappel est annulé.',
    report: 'Signaler un problème ou une erreur sur cette page',
    send: 'Envoyer',
    thanks: 'Merci de nous l’avoir dit.',
    gone: 'Ce lien ne fonctionne pas',
    other: 'English',
  },
} as const;

for (const [n, language] of (['en', 'fr'] as const).entries()) {
  describe(language, () => {
    const words = WORDS[language];

    test('place, later, another number, the mistake in it, a report, the end: without a script', async () => {
      const token = await linkOf(`+1613555011${n}`, language);
      const page = await open(`/c/${token}`);
      expect(await page.getAttribute('html', 'lang')).toBe(language);
      await page.getByRole('heading', { level: 1, name: words.heading }).waitFor();
      await page.getByText(words.waiting).first().waitFor();

      await page.getByText(words.later, { exact: true }).click();
      await page.getByRole('button', { name: words.step }).click();
      await page.getByText(words.postponed).waitFor();
      await page.getByText(words.before).first().waitFor();
      await desks.stage.story.until('callback.postponed', (fact) => fact.by === 'client');

      await page.getByText(words.number, { exact: true }).click();
      await page.getByLabel(words.field).fill('911');
      await page.getByRole('button', { name: words.use }).click();
      await page.getByRole('alert').getByText(words.wrong).waitFor();
      expect(await page.getByLabel(words.field).inputValue()).toBe('911');
      await page.getByLabel(words.field).fill('613-555-0178');
      await page.getByRole('button', { name: words.use }).click();
      await page.getByText(words.changed).waitFor();
      await page.getByText(words.ending).waitFor();

      await page.getByText(words.report, { exact: true }).click();
      await page.getByRole('button', { name: words.send }).click();
      await page.getByText(words.thanks).waitFor();

      await page.getByText(words.cancel, { exact: true }).click();
      await page.getByRole('button', { name: words.yes }).click();
      await page.getByText(words.cancelled).waitFor();
      await desks.stage.story.until('callback.cancelled', (fact) => fact.by === 'client');
      expect(asked.filter((url) => url.includes('?') || !url.startsWith(desks.url))).toEqual([]);
    });

    test('every state is accessible, fits 320 px and text of 200 %, and switches to the other language', async () => {
      const token = await linkOf(`+1613555012${n}`, language);
      // axe-core is a script: the page is opened with scripts for it, under the same policy of content.
      const paths = [`/${language}/c/${token}`, `/${language}/c/wrong`, `/${language}/c/${token}/changed`];
      for (const path of paths) {
        const page = await open(path, { scripts: true });
        for (const details of await page.locator('summary').all()) await details.click();
        expect(await axeViolations(page)).toEqual([]);
        expect(await lost(page)).toEqual([]);
        expect(await withTextAt(page, 200, () => lost(page))).toEqual([]);
        await page.setViewportSize({ width: 1280, height: 900 });
        expect(await axeViolations(page)).toEqual([]);
      }
      const page = await open(`/${language}/c/${token}`);
      await page.getByRole('link', { name: words.other }).click();
      expect(await page.getAttribute('html', 'lang')).toBe(language === 'en' ? 'fr' : 'en');
    });

    test('a field that is wrong is said at the top, and accessible', async () => {
      const token = await linkOf(`+1613555013${n}`, language);
      const page = await open(`/${language}/c/${token}`, { scripts: true });
      await page.getByText(words.number, { exact: true }).click();
      await page.getByRole('button', { name: words.use }).click();
      await page.getByRole('alert').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      expect(await lost(page)).toEqual([]);
    });
  });
}

test('by keyboard alone: the skip link first, then every act in the order in which it is read', async () => {
  const token = await linkOf('+16135550140', 'en');
  const page = await open(`/en/c/${token}`, { scripts: true, width: 480 });
  const stops = await tabStops(page);
  expect(stops.slice(0, 3)).toEqual(['a Skip to the main content', 'a Français', 'a Look again']);
  expect(stops.filter((stop) => stop.startsWith('summary'))).toEqual([
    'summary Call me later',
    'summary Call another number',
    'summary Speak in the other language',
    'summary Cancel the callback',
    'summary Report a problem or a mistake on this page',
  ]);
  await page.getByText('Cancel the callback', { exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Done: your callback is cancelled.').waitFor();
});

test('a first load is far below 30 kB compressed', async () => {
  const token = await linkOf('+16135550151', 'fr');
  await open(`/fr/c/${token}`);
  const bytes = await Promise.all(
    [...new Set(asked)].map(
      async (url) => brotliCompressSync(Buffer.from(await (await fetch(url)).arrayBuffer())).byteLength,
    ),
  );
  const sum = bytes.reduce((a, b) => a + b, 0);
  console.info(`the client's page: ${sum} bytes compressed in ${bytes.length} files`);
  expect(sum).toBeLessThan(PAGE_BYTES_MAX);
});

test('hostile texts typed into its fields run nothing', async () => {
  const token = await linkOf('+16135550152', 'en');
  const page = await open(`/en/c/${token}`, { scripts: true });
  const complaints: string[] = [];
  page.on('dialog', (dialog) => {
    complaints.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      complaints.push(message.text());
  });
  // As many as the limit of one link lets through; all five hundred go through the server's own test.
  for (const text of HOSTILE_TEXTS.filter((one) => /[<>&"']/.test(one)).slice(0, 30)) {
    await page.evaluate((value) => {
      const field = document.querySelector<HTMLInputElement>('#number');
      if (field === null) return;
      field.value = value;
      field.form?.submit();
    }, text);
    await page.waitForLoadState();
    await page.locator('#number').waitFor({ state: 'attached' });
  }
  expect(complaints).toEqual([]);
});
