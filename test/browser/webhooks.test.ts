// Webhooks in the administration, before a real centre and a program that listens: one is added to the draft and put in force,
// sent a test event, paused and enabled, given a new secret, and removed. What arrives is checked with the convention's
// own library; the page shows each as it stands, in both languages.

import { once } from 'node:events';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { newSecret } from '../../src/outbox/signature.ts';
import { Desks, type Person } from '../support/browser.ts';
import { axeViolations, lost, withTextAt } from '../support/browser-checks.ts';

const ADMIN: Person = { name: 'Aline', roles: ['admin'] };

type Posted = { readonly headers: Record<string, string>; readonly body: string };

let desks: Desks;
let url: string;
const posted: Posted[] = [];
const waiting = new Set<() => void>();
const receiver = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  posted.push({ headers: request.headers as Record<string, string>, body });
  response.writeHead(204).end();
  for (const look of waiting) look();
});

beforeAll(async () => {
  desks = await Desks.open({ agents: ['amelie'] });
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/rappel`;
});
afterAll(async () => {
  receiver.close();
  await desks.close();
});
afterEach(async () => {
  const complaints = desks.complained();
  await desks.closePages();
  expect(complaints).toEqual([]);
});

/** What arrives from position `from` on, the first of this kind. */
function arrival(type: string, from: number): Promise<Posted> {
  return new Promise((resolve) => {
    const look = () => {
      const found = posted.slice(from).find(({ body }) => JSON.parse(body).type === type);
      if (found === undefined) return;
      waiting.delete(look);
      resolve(found);
    };
    waiting.add(look);
    look();
  });
}

const isSigned = ({ headers, body }: Posted, secret: string): boolean => {
  new Webhook(secret).verify(body, headers);
  return true;
};

const WORDS = {
  en: {
    none: 'None is in force.',
    add: 'Add a webhook',
    id: 'Identifier',
    url: 'Address',
    variable: 'Variable with the secret',
    file: 'File with the secret',
    own: 'May lie in our own network',
    review: 'Review and put in force…',
    why: 'Why',
    act: 'Put in force',
    actions: /Actions for the webhook/,
    test: 'Send a test event',
    disable: 'Disable',
    enable: 'Enable',
    enabled: 'enabled',
    disabled: 'disabled',
    rotate: 'Make a new secret…',
    doRotate: 'Make a new secret',
    kept: 'I have kept it',
    delivered: 'delivered',
    look: 'Look again',
    remove: /^Remove Webhook/,
  },
  fr: {
    none: 'Aucun n’est en vigueur.',
    add: 'Ajouter un avis',
    id: 'Identifiant',
    url: 'Adresse',
    variable: 'Variable qui contient le secret',
    file: 'Fichier qui contient le secret',
    own: 'Peut se trouver dans notre réseau',
    review: 'Revoir et mettre en vigueur…',
    why: 'Motif',
    act: 'Mettre en vigueur',
    actions: /Actions pour l’avis/,
    test: 'Envoyer un événement d’essai',
    disable: 'Désactiver',
    enable: 'Activer',
    enabled: 'activé',
    disabled: 'désactivé',
    rotate: 'Créer un nouveau secret…',
    doRotate: 'Créer un nouveau secret',
    kept: 'Je l’ai conservé',
    delivered: 'livré',
    look: 'Actualiser',
    remove: /^Retirer Avis/,
  },
} as const;
type Words = (typeof WORDS)['en' | 'fr'];

async function putInForce(page: Page, words: Words, because: string): Promise<void> {
  await page.getByRole('button', { name: words.review }).click();
  await page.getByRole('dialog').getByLabel(words.why).fill(because);
  await page.getByRole('dialog').getByRole('button', { name: words.act }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function choose(page: Page, words: Words, act: string): Promise<void> {
  await page.getByRole('button', { name: words.actions }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: act, exact: true }).focus();
  await page.keyboard.press('Enter');
}

/** A state's word, with or without its mark. */
const stands = (row: Locator, state: string) =>
  row.locator('.badge', { hasText: new RegExp(`^[✓▲■]?${state}$`) }).waitFor();

async function expectWell(page: Page): Promise<void> {
  expect(await axeViolations(page)).toEqual([]);
  expect(await withTextAt(page, 200, () => lost(page))).toEqual([]);
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await lost(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });
}

describe.each(['en', 'fr'] as const)('%s', (language) => {
  const words = WORDS[language];
  const id = `crm-${language}`;

  test('a webhook is added, tested, paused, given a new secret, and removed', async () => {
    const { stage } = desks;
    const secretFile = join(stage.folder, `secret-${language}`);
    const secret = newSecret();
    await writeFile(secretFile, secret);
    await chmod(secretFile, 0o600);
    const page = await desks.page(ADMIN, '/admin#webhooks', { language });
    await page.getByText(words.none).waitFor();
    await page.getByRole('button', { name: words.add }).click();
    const form = page.locator('fieldset.row');
    await form.getByLabel(words.id, { exact: true }).fill(id);
    await form.getByLabel(words.url, { exact: true }).fill(url);
    await form.getByLabel(words.variable).fill('');
    await form.getByLabel(words.file).fill(secretFile);
    await form.getByRole('switch', { name: words.own }).press('Space');
    await expectWell(page);
    await putInForce(page, words, `the client system listens (${language})`);

    // It stands there without being asked for again.
    const row = page.getByRole('row', { name: new RegExp(id) }).first();
    await stands(row, words.enabled);
    expect(await row.innerText()).toContain(url);
    expect(await page.content()).not.toContain(secret);
    const before = posted.length;
    await choose(page, words, words.test);
    expect(isSigned(await arrival('test', before), secret)).toBe(true);
    await page
      .getByRole('row', { name: new RegExp(`\\btest\\b.*${id}`) })
      .getByText(words.delivered)
      .waitFor();
    await expectWell(page);

    // Paused: what happens is kept for it, and nothing is sent; enabled, it is told.
    await choose(page, words, words.disable);
    await stands(row, words.disabled);
    await expectWell(page);
    const paused = posted.length;
    const caller = await stage.callIn(language === 'en' ? '+16135550171' : '+16135550172', language);
    const { callback } = await caller.leaveForCallback();
    const waits = async () => {
      await page.getByRole('button', { name: words.look }).click();
      return row.locator('td.number').innerText();
    };
    await expect.poll(waits, { timeout: 15_000 }).toBe('1');
    expect(posted.length).toBe(paused);
    await choose(page, words, words.enable);
    const told = await arrival('callback.registered', paused);
    expect(isSigned(told, secret)).toBe(true);
    expect(JSON.parse(told.body)).toMatchObject({ data: { callback } });
    await stands(row, words.enabled);

    await choose(page, words, words.rotate);
    await page.getByRole('alertdialog').getByRole('button', { name: words.doRotate, exact: true }).click();
    const fresh = await page.locator('.secret').innerText();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: words.kept }).click();
    await page.locator('.secret').waitFor({ state: 'detached' });
    expect((await readFile(secretFile, 'utf8')).split(/\s+/)[0]).toBe(fresh);
    const rotated = posted.length;
    await choose(page, words, words.test);
    const last = await arrival('test', rotated);
    // With the one before too, so that the receiver can change over.
    expect([isSigned(last, fresh), isSigned(last, secret)]).toEqual([true, true]);

    await page.getByRole('button', { name: words.remove }).click();
    await putInForce(page, words, `it is switched off (${language})`);
    await page.getByText(words.none).waitFor();
    await expectWell(page);
    await stage.ask('POST', `/api/v1/callbacks/${callback}/cancel`);
  });
});

test.each([
  ['en', 'the environment variable RAPPEL_WEBHOOK is not set'],
  ['fr', 'la variable d’environnement RAPPEL_WEBHOOK n’est pas définie'],
] as const)(
  '%s: where the secret is missing the draft says so, and cannot be put in force',
  async (language, says) => {
    const words = WORDS[language];
    const page = await desks.page(ADMIN, '/admin#webhooks', { language });
    await page.getByRole('button', { name: words.add }).click();
    await page.locator('fieldset.row').getByLabel(words.url).fill('https://example.ca/rappel');
    await page.locator('.mistakes').getByText(says).waitFor();
    expect(await page.getByRole('button', { name: words.review }).isDisabled()).toBe(true);
    await expectWell(page);
  },
);
