// A citizen's phone in a page before a real centre and its carrier, in both languages and by keyboard alone: it calls, keys
// its way to a callback, hangs up, rings, and both ends hear each other. Every state is looked at as it comes by.

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '../../src/core/id.ts';
import { Desks } from '../support/browser.ts';
import { axeViolations, lost, withTextAt } from '../support/browser-checks.ts';
import { arrived, hearsTone, NOTING, openSounding, type SoundingBrowser } from '../support/page-sound.ts';

const CITIZEN_HZ = 700;

let desks: Desks;
let sounding: SoundingBrowser;
beforeAll(async () => {
  desks = await Desks.open({ agents: ['amelie'], isDemonstration: true });
  sounding = await openSounding(CITIZEN_HZ);
});
afterAll(async () => {
  await sounding.close();
  await desks.close();
});
afterEach(async () => {
  expect(desks.complained()).toEqual([]);
  await desks.closePages();
});

const WORDS = {
  en: {
    key: '1',
    turnOn: 'Turn the telephone on',
    number: /Your number: \+1.343.555-01\d\d/,
    call: 'Call the centre',
    talking: /Connected for/,
    hangUp: 'Hang up',
    youHungUp: 'You hung up.',
    theyHungUp: 'The other end hung up.',
    calling: 'The centre is calling you back',
    answer: 'Answer',
    mute: 'Mute',
    unmute: 'Unmute',
    muted: /muted/,
    works: 'works',
    elsewhere: /turned on in another page/,
  },
  fr: {
    key: '2',
    turnOn: 'Allumer le téléphone',
    number: /Votre numéro.: \+1.343.555-01\d\d/,
    call: 'Appeler le centre',
    talking: /En communication depuis/,
    hangUp: 'Raccrocher',
    youHungUp: 'Vous avez raccroché.',
    theyHungUp: 'L’autre personne a raccroché.',
    calling: 'Le centre vous rappelle',
    answer: 'Répondre',
    mute: 'Couper le micro',
    unmute: 'Rétablir le micro',
    muted: /Micro coupé/,
    works: 'fonctionne',
    elsewhere: /allumé dans une autre page/,
  },
} as const;

function phonePage(language: Language): Promise<Page> {
  return desks.page(null, '/phone', { language, browser: sounding.browser, script: NOTING });
}

/** By keyboard: from wherever the focus is to this button, and on it. */
async function pressButton(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await button.waitFor();
  const isThere = () => button.evaluate((element) => element === document.activeElement);
  for (let i = 0; i < 60 && !(await isThere()); i += 1) await page.keyboard.press('Tab');
  expect(await isThere(), `Tab comes to ${name}`).toBe(true);
  await page.keyboard.press('Enter');
}

/** Nothing wrong, nothing lost, as wide as it is, at 320 px and with text of 200 %. */
async function expectWell(page: Page): Promise<void> {
  expect(await axeViolations(page)).toEqual([]);
  expect(await withTextAt(page, 200, () => lost(page))).toEqual([]);
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await lost(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });
}

describe.each(['en', 'fr'] as const)('%s', (language) => {
  const words = WORDS[language];

  test('calls, takes the callback, is called back, and both hear each other', async () => {
    const { story, network } = desks.stage;
    const from = story.length;
    const page = await phonePage(language);
    await expectWell(page);
    await pressButton(page, words.turnOn);
    await page.getByText(words.number).waitFor();
    await page.getByText(words.works, { exact: true }).waitFor();
    await expectWell(page);

    await pressButton(page, words.call);
    await page.getByText(words.talking).waitFor();
    const { call } = await story.until('call.arrived', () => true, from);
    const keyed = async (step: string, key: string) => {
      await story.until('dialogue.asked', (fact) => fact.call === call && fact.step === step, from);
      await page.keyboard.press(key);
    };
    await keyed('language', words.key);
    await keyed('line', '1');
    await keyed('service', '1');
    await keyed('offer', '1');
    await expectWell(page);
    const asked = await story.until(
      'dialogue.asked',
      (fact) => fact.call === call && fact.step === 'confirm',
    );
    await story.until('dialogue.began', (fact) => fact.call === call, story.positionOf(asked));
    await page.keyboard.press('1');
    const { callback } = await story.until('callback.registered', (fact) => fact.call === call);
    expect((await arrived(page)).energy).toBeGreaterThan(0); // the words of the centre
    await pressButton(page, words.hangUp);
    await page.getByText(words.youHungUp).waitFor();
    await expectWell(page);

    await desks.stage.agentReady('amelie');
    const agent = await network.phone('amelie').nextCall();
    await agent.answer();
    await page.getByText(words.calling).waitFor();
    expect(await page.title()).toContain(words.calling);
    await expectWell(page);
    await pressButton(page, words.answer);
    await page.getByText(words.talking).waitFor();
    await story.until('callback.connected', (fact) => fact.callback === callback);
    await hearsTone(page, agent.call.toneHz);
    expect(await agent.call.hearsAnything()).toBe(true);
    expect((await arrived(page)).packets).toBeGreaterThan(0);

    await pressButton(page, words.mute);
    await page.getByText(words.muted).waitFor();
    await expectWell(page);
    await pressButton(page, words.unmute);
    await agent.call.hangUp();
    await page.getByText(words.theyHungUp).waitFor();
    await story.until('callback.completed', (fact) => fact.callback === callback);
    const number = (await page.locator('.phone-number').innerText())
      .replace(/[^+\d]/g, '')
      .replace(/^.*\+/, '+');
    expect(network.invites(number)).toBe(1);
    await desks.stage.ask('POST', '/api/v1/agents/amelie/sign-out');
    await desks.stage.empty();
  });

  test('a number stays with its browser, and the phone is in one page at a time', async () => {
    const page = await phonePage(language);
    await page.getByRole('button', { name: words.turnOn }).click();
    const number = await page.getByText(words.number).innerText();
    const second = await page.context().newPage();
    await second.goto(`/${language}/phone`);
    await second.getByRole('button', { name: words.turnOn }).click();
    expect(await second.getByText(words.number).innerText()).toBe(number);
    await page.getByText(words.elsewhere).waitFor();
    await expectWell(page);
  });
});

test('without a microphone the page listens and keys, and says that nobody hears it', async () => {
  const page = await desks.page(null, '/phone');
  await page.getByRole('button', { name: WORDS.en.turnOn }).click();
  await page.getByText(/but nobody hears you/).waitFor();
  await page.getByRole('button', { name: WORDS.en.call }).click();
  await page.getByText(WORDS.en.talking).waitFor();
  await expectWell(page);
  await page.getByRole('button', { name: WORDS.en.hangUp }).click();
  await page.getByText(WORDS.en.youHungUp).waitFor();
  await desks.stage.empty();
});
