// "Call again at" on the agent's page before a real centre, in both languages and by keyboard alone: chosen by its key, a time
// that is past is refused in words, a time that was agreed keeps the callback with its reference, and the next agent and the
// supervisor see until when it waits. Nothing of it is out of reach with large letters or where it is narrow.

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Desks, type Person } from '../support/browser.ts';
import { axeViolations, lost, withTextAt } from '../support/browser-checks.ts';

let desks: Desks;
beforeAll(async () => {
  desks = await Desks.open({
    agents: ['amelie'],
    agent: '{ ringS: 30, wrapUpS: 600, previewS: 120 }',
  });
});
afterAll(() => desks.close());
afterEach(async () => {
  expect(desks.complained()).toEqual([]);
  await desks.closePages();
});

const AMELIE: Person = { name: 'Amélie', roles: ['agent'], agent: 'amelie' };

const WORDS = {
  en: {
    begin: 'Begin my shift',
    justIn: 'not ready: just signed in',
    ready: 'ready',
    rings: 'your phone rings',
    calling: 'calling the client',
    talking: 'talking',
    wrapUp: 'wrap-up',
    again: 'Call again at…',
    at: 'Call again at',
    wanted: 'Give a date and a time.',
    past: 'This time is past.',
    other: 'Somebody else who answered',
    saved: 'Saved',
  },
  fr: {
    begin: 'Commencer mon quart',
    justIn: 'non disponible : arrivée',
    ready: 'disponible',
    rings: 'votre téléphone sonne',
    calling: 'appel du client',
    talking: 'en conversation',
    wrapUp: 'travail après appel',
    again: 'Rappeler à…',
    at: 'Rappeler à',
    wanted: 'Indiquez une date et une heure.',
    past: 'Cette heure est passée.',
    other: 'Une autre personne qui a répondu',
    saved: 'Enregistré',
  },
} as const;

async function sound(page: Page): Promise<void> {
  expect(await axeViolations(page)).toEqual([]);
  expect(await withTextAt(page, 200, () => lost(page))).toEqual([]);
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await lost(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });
}

const is = (page: Page, text: string) => page.locator(`[role=status]:text-is("${text}")`).waitFor();

/** Tomorrow at eleven, by the clocks of the centre: within the calling hours on every day of the week. */
function tomorrowAtEleven(): string {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Toronto' });
  return `${date.format(Date.now() + 86_400_000)}T11:00`;
}

describe.each(['en', 'fr'] as const)('%s', (language) => {
  const words = WORDS[language];

  test('agreed in the wrap-up by keyboard, and the callback goes on', async () => {
    const { stage } = desks;
    const number = language === 'en' ? '+16135550210' : '+16135550211';
    const page = await desks.page(AMELIE, '/agent', { language });
    await page.getByRole('button', { name: words.begin }).press('Enter');
    await is(page, words.justIn);
    const promised = await (await stage.callIn(number, language)).leaveForCallback();
    await page.keyboard.press('r');
    const phone = stage.network.phone('amelie').nextCall();
    const citizen = stage.network.citizen(number).nextCall();
    await page.keyboard.press('a');
    const toAgent = await phone;
    await toAgent.answer();
    const toClient = await citizen;
    await toClient.answer();
    await is(page, words.talking);
    await page.keyboard.press('h');
    await is(page, words.wrapUp);
    await stage.story.until('callback.parted', (f) => f.callback === promised.callback);

    await page.keyboard.press('4');
    expect(await page.getByRole('radio', { name: words.again }).isChecked()).toBe(true);
    const time = page.getByLabel(words.at, { exact: true });
    expect(await time.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('s');
    await page.getByText(words.wanted).waitFor();
    await sound(page);
    await time.fill('2019-04-17T11:00');
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('s');
    await page.getByText(words.past).waitFor();
    await is(page, words.wrapUp);
    const at = tomorrowAtEleven();
    await time.fill(at);
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('s');
    await is(page, words.ready);
    const agreed = await stage.story.until('callback.again_agreed', (f) => f.callback === promised.callback);
    expect(agreed).toMatchObject({ agent: 'amelie', with: 'client' });
    const clock = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'America/Toronto',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    expect(clock.format(agreed.untilAt).replace(' ', 'T')).toBe(at);
    const kept = await stage.ask('GET', `/api/v1/callbacks/${promised.callback}`);
    expect(kept.value).toMatchObject({
      state: 'scheduled',
      notBefore: agreed.untilAt,
      reference: String(promised.callback).padStart(6, '0'),
    });
    await stage.ask('POST', `/api/v1/callbacks/${promised.callback}/cancel`);
    await stage.ask('POST', '/api/v1/agents/amelie/sign-out');
  });
});
