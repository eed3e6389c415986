// The agent's page before a real centre, in both languages: the callback is shown before the phone rings, is accepted by a
// key, the two talk, what came of it is saved with a note, and the next agent sees it. Every state is accessible, by
// keyboard alone, narrow and large; what people write is shown as written.

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Desks, type Person } from '../support/browser.ts';
import { axeViolations, lost, withTextAt } from '../support/browser-checks.ts';

let desks: Desks;
beforeAll(async () => {
  desks = await Desks.open({
    agents: ['amelie', 'benoit'],
    agent:
      '{ ringS: 30, wrapUpS: 600, previewS: 120, clientLink: "https://clients.example.ca/find?case={reference}&in={language}" }',
    tone: '{ share: 1, talkMinS: 0 }',
  });
});
afterAll(() => desks.close());
afterEach(async () => {
  expect(desks.complained()).toEqual([]);
  await desks.closePages();
});

const AMELIE: Person = { name: 'Amélie', roles: ['agent'], agent: 'amelie' };

const BENOIT: Person = { name: 'Benoît', roles: ['agent'], agent: 'benoit' };

const WORDS = {
  en: {
    begin: 'Begin my shift',
    justIn: 'not ready: just signed in',
    ready: 'ready',
    callback: /^Callback 0/,
    code: 'Say this code',
    accept: 'Accept',
    first: 'This is the first attempt.',
    rings: 'your phone rings',
    calling: 'calling the client',
    talking: 'talking',
    wrapUp: 'wrap-up',
    hangUp: 'Hang up',
    wrong: 'Wrong person',
    note: 'Note',
    positive: 'More positive',
    notReady: 'Not ready…',
    doNotReady: 'Not ready',
    meal: 'meal',
    isMeal: 'not ready: meal',
    reject: 'Reject…',
    doReject: 'Reject',
    rejected: 'not ready: knows the client',
    end: 'End my shift…',
    doEnd: 'End my shift',
    out: 'signed out',
    link: 'Open in the client system',
    keys: 'Keys',
    afterwards: 'Afterwards: not ready (break)',
  },
  fr: {
    begin: 'Commencer mon quart',
    justIn: 'non disponible : arrivée',
    ready: 'disponible',
    callback: /^Rappel 0/,
    code: 'Code à dire',
    accept: 'Accepter',
    first: 'C’est la première tentative.',
    rings: 'votre téléphone sonne',
    calling: 'appel du client',
    talking: 'en conversation',
    wrapUp: 'travail après appel',
    hangUp: 'Raccrocher',
    wrong: 'Mauvaise personne',
    note: 'Note',
    positive: 'Plus positif',
    notReady: 'Non disponible…',
    doNotReady: 'Non disponible',
    meal: 'repas',
    isMeal: 'non disponible : repas',
    reject: 'Refuser…',
    doReject: 'Refuser',
    rejected: 'non disponible : connaît le client',
    end: 'Terminer mon quart…',
    doEnd: 'Terminer mon quart',
    out: 'hors service',
    link: 'Ouvrir dans le système client',
    keys: 'Touches',
    afterwards: 'Ensuite : non disponible (pause)',
  },
} as const;

/** Accessible, and nothing is lost with large text or where it is narrow. */
async function sound(page: Page): Promise<void> {
  expect(await axeViolations(page)).toEqual([]);
  expect(await withTextAt(page, 200, () => lost(page))).toEqual([]);
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await lost(page)).toEqual([]);
  expect(await axeViolations(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** The state in large letters. */
const is = (page: Page, text: string) => page.locator(`[role=status]:text-is("${text}")`).waitFor();

const HOSTILE = '<img src=x onerror="document.title=1">\u202e{{1+1}} $(1) ‹é›';

for (const [n, language] of (['en', 'fr'] as const).entries()) {
  describe(language, () => {
    const words = WORDS[language];

    test('shown, accepted, spoken with, wrapped up, and ready again, by keyboard alone', async () => {
      const { stage } = desks;
      const number = `+1613555020${n}`;
      const page = await desks.page(AMELIE, '/agent', { language });
      await is(page, words.out);
      await sound(page);
      await page.getByRole('button', { name: words.begin }).focus();
      await page.keyboard.press('Enter');
      await is(page, words.justIn);
      await sound(page);
      const promised = await (await stage.callIn(number, language)).leaveForCallback();
      const invites = stage.network.invites('amelie');

      await page.keyboard.press('r');
      await page.getByRole('heading', { name: words.callback }).waitFor();
      await page.getByText(words.first).waitFor();
      await page.getByText([...promised.code].join('\u2009')).waitFor();
      expect(await page.getByRole('link', { name: words.link }).getAttribute('href')).toBe(
        `https://clients.example.ca/find?case=${String(promised.callback).padStart(6, '0')}&in=${language}`,
      );
      await sound(page);
      expect(stage.network.invites('amelie')).toBe(invites);

      const phone = stage.network.phone('amelie').nextCall();
      const citizen = stage.network.citizen(number).nextCall();
      await page.keyboard.press('a');
      const toAgent = await phone;
      await is(page, words.rings);
      await sound(page);
      await toAgent.answer();
      const toClient = await citizen;
      await is(page, words.calling);
      await sound(page);
      await toClient.answer();
      await is(page, words.talking);
      expect(await toClient.call.hears(toAgent.call.toneHz)).toBe(true);
      expect(await toAgent.call.hears(toClient.call.toneHz)).toBe(true);
      await sound(page);

      await page.keyboard.press('n');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: words.doNotReady, exact: true })
        .press('Enter');
      await page.getByText(words.afterwards).waitFor();
      await page.keyboard.press('w');
      await page.keyboard.type(`${HOSTILE} ${language}`);
      await page.getByRole('heading', { level: 1 }).click();
      await page.keyboard.press('3');
      expect(await page.getByRole('radio', { name: words.wrong }).isChecked()).toBe(true);
      await page.keyboard.press('h');
      await is(page, words.wrapUp);
      await page.getByRole('button', { name: words.positive }).waitFor();
      await sound(page);
      await page.getByRole('button', { name: words.positive }).press('Enter');
      await page.getByRole('button', { name: words.positive }).waitFor({ state: 'detached' });
      await page.keyboard.press('s');
      await is(page, words.ready);
      await sound(page);
      const told = await stage.story.until('callback.outcome_told', (f) => f.callback === promised.callback);
      expect(told).toMatchObject({ outcome: 'wrong_person', noted: true, agent: 'amelie' });
      await page.keyboard.press('n');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: words.doNotReady, exact: true })
        .press('Enter');

      // The same client again: what was written is there, and nothing of it was taken for markup.
      const again = await (await stage.callIn(number, language)).leaveForCallback();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('r');
      await page.getByText(`${HOSTILE} ${language}`).waitFor();
      expect(await page.locator('.desk-note img').count()).toBe(0);
      await sound(page);
      const story = await stage.ask('POST', '/api/v1/stories', { reference: String(promised.callback) });
      expect(story.value.stories).toMatchObject([
        { notes: [{ agent: 'amelie', text: `${HOSTILE} ${language}` }] },
      ]);
      await page.keyboard.press('x');
      expect(await axeViolations(page)).toEqual([]);
      await page
        .getByRole('dialog')
        .getByRole('button', { name: words.doReject, exact: true })
        .press('Enter');
      await is(page, words.rejected);
      await stage.story.until(
        'place.returned',
        (f) => f.place === again.place && f.cause === 'agent_rejected',
      );
      await stage.ask('POST', `/api/v1/callbacks/${again.callback}/cancel`);

      await page.getByRole('button', { name: words.end }).press('Enter');
      await page.getByRole('dialog').getByRole('button', { name: words.doEnd, exact: true }).press('Enter');
      await is(page, words.out);
    });

    test('the keys are listed by one key, changed, and kept', async () => {
      const page = await desks.page(BENOIT, '/agent', { language });
      await is(page, words.out);
      await page.keyboard.press('?');
      const dialog = page.getByRole('dialog', { name: words.keys });
      await dialog.waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await dialog.getByRole('button', { name: new RegExp(`^${words.ready}`, 'i') }).press('Enter');
      await page.keyboard.press('g');
      await dialog.getByRole('button', { name: /G\./ }).waitFor();
      await page.keyboard.press('Escape');
      await page.reload();
      await is(page, words.out);
      await page.keyboard.press('r');
      await page.keyboard.press('AltGraph+g');
      await is(page, words.out);
      await page.keyboard.press('g');
      await is(page, words.justIn);
      await stage('sign-out');
      await is(page, words.out);
    });
  });
}

function stage(what: string) {
  return desks.stage.ask('POST', `/api/v1/agents/benoit/${what}`);
}
