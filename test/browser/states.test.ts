// States that come seldom, in both languages: a desk with much on it, a sign-in that fails, a page that is open twice, pages whose
// centre is gone, an address that is no page. Each is accessible, narrow and large without loss; the
// main job of the supervisor, of an analyst and of whoever signs in is done with Tab, arrows and Enter alone.

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Desks, type Person, SUPERVISOR } from '../support/browser.ts';
import { tabTo, unwell } from '../support/browser-checks.ts';

const PASSWORD = 'a password of a test, long enough';
const AMELIE: Person = { name: 'Amélie', roles: ['agent'], agent: 'amelie' };
const ANALYST: Person = { name: 'Ana', roles: ['analyst'] };

let desks: Desks;
beforeAll(async () => {
  desks = await Desks.open({ agents: ['amelie', 'benoit', 'chloe'], agent: '{ ringS: 30, wrapUpS: 600 }' });
});
afterAll(() => desks.close());
afterEach(async () => {
  const complaints = desks.complained();
  await desks.closePages();
  // A page whose centre is gone says so in its console.
  expect(complaints.filter((one) => !/net::ERR_/.test(one))).toEqual([]);
});

const WORDS = {
  en: {
    actions: 'Actions for callback',
    postpone: 'Postpone',
    name: 'Name',
    password: 'Password',
    signIn: 'Sign in',
    begin: 'Begin my shift',
    from: 'From',
    show: 'Show',
    readHere: 'Read it here',
    here: 'Work here instead',
    notFound: 'There is no such page',
    keys: /^Keys/,
    notLoaded: 'This part of the page could not be loaded.',
  },
  fr: {
    actions: 'Actions pour le rappel',
    postpone: 'Reporter',
    name: 'Nom',
    password: 'Mot de passe',
    signIn: 'Se connecter',
    begin: 'Commencer mon quart',
    from: 'Du',
    show: 'Afficher',
    readHere: 'La lire ici',
    here: 'Travailler plutôt ici',
    notFound: 'Cette page n’existe pas',
    keys: /^Touches/,
    notLoaded: 'Cette partie de la page n’a pas pu être chargée.',
  },
} as const;

const turn = (name: string, on: boolean, line: string | null = null) =>
  desks.stage.ask('POST', '/api/v1/switches', {
    name,
    line,
    on,
    reason: 'a test with a reason of some length',
  });

describe.each(['en', 'fr'] as const)('%s', (language) => {
  const words = WORDS[language];
  const number = language === 'en' ? '+16135550181' : '+16135550182';

  test('a desk with callbacks, agents in every state and switches turned; a callback is postponed by keyboard alone', async () => {
    const { stage } = desks;
    await stage.ask('POST', '/api/v1/agents/amelie/sign-in');
    await stage.ask('POST', '/api/v1/agents/benoit/sign-in');
    const { callback } = await (await stage.callIn(number, language, 2)).leaveForCallback();
    const holds = await stage.callIn('+16135550189', language, 3);
    await stage.ask('POST', '/api/v1/agents/benoit/not-ready', { reason: 'meal' });
    await stage.ask('POST', '/api/v1/agents/chloe/sign-in');
    await turn('offering', false, 'permanent_residence');
    await turn('emergency', true, 'citizenship');
    const page = await desks.page(SUPERVISOR, '/supervisor', { language });
    await page.locator('.badge', { hasText: language === 'en' ? 'meal' : 'repas' }).waitFor();
    await page.getByRole('row', { name: /000\d\d\d/ }).waitFor();
    expect(await unwell(page)).toEqual([]);

    await tabTo(page, words.actions, 120);
    await page.keyboard.press('Enter');
    const item = page.getByRole('menuitem', { name: words.postpone });
    await item.waitFor();
    const isThere = () => item.evaluate((element) => element === document.activeElement);
    for (let i = 0; i < 8 && !(await isThere()); i += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await unwell(page)).toEqual([]);
    await tabTo(page, words.postpone);
    await page.keyboard.press('Enter');
    await stage.story.until('callback.postponed', (fact) => fact.callback === callback);
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await turn('offering', true, 'permanent_residence');
    await turn('emergency', false, 'citizenship');
    await holds.far.hangUp();
    await stage.ask('POST', `/api/v1/callbacks/${callback}/cancel`);
    for (const agent of ['amelie', 'benoit', 'chloe'])
      await stage.ask('POST', `/api/v1/agents/${agent}/sign-out`);
  });

  test('a sign-in with what is missing, with a wrong password, and then to one’s own page, by keyboard alone', async () => {
    const name = `Nora-${language}`;
    await desks.stage.ask('POST', '/api/v1/accounts', { name, roles: ['supervisor'], password: PASSWORD });
    const page = await desks.page(null, '/sign-in', { language });
    await page.keyboard.press('Enter');
    await page.locator('.field-fault').first().waitFor();
    expect(await unwell(page)).toEqual([]);
    await typeInto(page, words.name, name);
    await typeInto(page, words.password, 'not the password of this account');
    await page.keyboard.press('Enter');
    await page.locator('.form-fault:not(:empty)').waitFor();
    expect(await unwell(page)).toEqual([]);
    await typeInto(page, words.password, PASSWORD);
    await tabTo(page, words.signIn);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/supervisor$/);
  });

  test('an agent’s desk that is open twice, and taken over', async () => {
    const page = await desks.page(AMELIE, '/agent', { language });
    await tabTo(page, words.begin);
    await page.keyboard.press('Enter');
    await page.locator('.desk-state[data-tone="warn"]').waitFor();
    const other = await page.context().newPage();
    await other.goto(`/${language}/agent`);
    await other.locator('.desk-elsewhere').waitFor();
    expect(await unwell(other)).toEqual([]);
    await tabTo(other, words.here);
    await other.keyboard.press('Enter');
    await page.locator('.desk-elsewhere').waitFor();
    expect(await unwell(page)).toEqual([]);
    await desks.stage.ask('POST', '/api/v1/agents/amelie/sign-out');
  });

  test('pages whose centre is gone say so, and are themselves again when it is back', async () => {
    const { stage } = desks;
    const pages = [
      await desks.page(SUPERVISOR, '/wall', { language }),
      await desks.page(SUPERVISOR, '/supervisor', { language }),
      await desks.page(AMELIE, '/agent', { language }),
    ] as const;
    const ages = '.wall-age, .status-line';
    for (const page of pages) await page.locator(ages).and(page.locator('[data-tone="good"]')).waitFor();
    await pages[2].locator('.softphone').waitFor(); // all of the page is there
    await stage.kill();
    for (const page of pages) {
      await page.locator(ages).and(page.locator('[data-tone="bad"]')).waitFor();
      expect(await unwell(page)).toEqual([]);
    }
    await stage.restart();
    for (const page of pages) await page.locator(ages).and(page.locator('[data-tone="good"]')).waitFor();
  });

  test('what is asked for while the centre is away comes when it is back, and the rest of the page goes on', async () => {
    const page = await desks.page(AMELIE, '/agent', { language });
    const keys = page.getByRole('button', { name: words.keys });
    await keys.waitFor();
    await page.context().setOffline(true);
    const failed = page.waitForEvent('requestfailed', (request) => request.method() === 'HEAD');
    await keys.click();
    await failed;
    await keys.waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.context().setOffline(false);
    await page.getByRole('dialog').waitFor();
    expect(await unwell(page)).toEqual([]);

    // The style sheet of a part alone does not come at first.
    let asked = 0;
    await page.route(/softphone[^/]*\.css$/, (route) => {
      asked += 1;
      return asked === 1 ? route.abort() : route.continue();
    });
    await page.reload();
    await page.locator('.softphone').waitFor();
    expect(asked).toBe(2);
    const isStyled = () => [...document.styleSheets].some(({ href }) => href?.includes('softphone'));
    expect(await page.evaluate(isStyled)).toBe(true);

    // One that cannot be fetched at all says so in its place.
    await page.route(/softphone[^/]*\.js$/, (route) => route.abort());
    await page.reload();
    await page.getByText(words.notLoaded).waitFor();
    await page.locator('.status-line[data-tone="good"]').waitFor();
    await keys.waitFor();
    expect(await unwell(page)).toEqual([]);
  });

  test('a period of reports is chosen and the note read, by keyboard alone', async () => {
    const page = await desks.page(ANALYST, '/reports', { language });
    await page.getByRole('table').first().waitFor();
    await typeInto(page, words.from, '2026-01-01');
    await tabTo(page, words.show);
    await page.keyboard.press('Enter');
    await page
      .getByText(/2026-01-01/)
      .first()
      .waitFor();
    expect(await unwell(page)).toEqual([]);
    await tabTo(page, words.readHere, 120);
    await page.keyboard.press('Enter');
    await page.getByRole('article').getByRole('listitem').first().waitFor();
  });

  test('an address that is no page, and a link to the first administrator that is none', async () => {
    const page = await desks.page(null, '/sign-in', { language });
    await page.goto(`/${language}/superviseuse`);
    await page.getByRole('heading', { level: 1, name: words.notFound }).waitFor();
    expect(await unwell(page)).toEqual([]);
    await page.goto(`/${language}/first-admin/a-link`);
    await page.getByRole('textbox').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.field-fault').first().waitFor();
    expect(await unwell(page)).toEqual([]);
    await typeInto(page, words.name, 'Aline');
    await typeInto(page, words.password, PASSWORD);
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.locator('.form-fault:not(:empty)').waitFor();
    expect(await unwell(page)).toEqual([]);
  });
});

/** With Tab to the field of this label, and in the place of what stands in it. */
async function typeInto(page: Page, label: string, text: string): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await tabTo(page, label);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}
