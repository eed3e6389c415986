// The supervisor's desk before a real centre, in both languages: it shows each step of a callback as it happens, its acts do
// what they say, and it stays accessible in every state; story, switches and agents as well.

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Desks, SUPERVISOR } from '../support/browser.ts';
import { axeViolations, lost, withTextAt } from '../support/browser-checks.ts';

let desks: Desks;
beforeAll(async () => {
  desks = await Desks.open({
    agents: ['amelie'],
    rules: {
      permanent_residence: 'callback: { priorities: [{ reason: urgent, priority: 1, placesMax: 3 }] }',
    },
  });
});
afterAll(() => desks.close());
afterEach(async () => {
  expect(desks.complained()).toEqual([]);
  await desks.closePages();
});

const WORDS = {
  en: {
    none: 'No callback is pending',
    inLine: 'in line',
    postponed: 'postponed',
    actions: /Actions for callback/,
    next: 'Call next…',
    doNext: 'Call next',
    postpone: 'Postpone…',
    doPostpone: 'Postpone',
    cancel: 'Cancel the callback…',
    doCancel: 'Cancel the callback',
    number: 'Correct the number…',
    numberField: 'Telephone number',
    doNumber: 'Correct',
    emergency: 'Emergency numbers are never called.',
    story: 'Its story…',
    registered: 'The callback was registered',
    kill: 'Stop all dialling…',
    doKill: 'Stop all dialling',
    why: 'Why',
    confirm: /Type STOP/,
    again: 'Dial again…',
    doAgain: 'Dial again',
    close: 'Close',
    back: 'Back',
    stopped: /All dialling is stopped/,
  },
  fr: {
    none: 'Aucun rappel en attente',
    inLine: 'dans la file',
    postponed: 'reporté',
    actions: /Actions pour le rappel/,
    next: 'Appeler en premier…',
    doNext: 'Appeler en premier',
    postpone: 'Reporter…',
    doPostpone: 'Reporter',
    cancel: 'Annuler le rappel…',
    doCancel: 'Annuler le rappel',
    number: 'Corriger le numéro…',
    numberField: 'Numéro de téléphone',
    doNumber: 'Corriger',
    emergency: 'Les numéros d’urgence ne sont jamais appelés.',
    story: 'Son histoire…',
    registered: 'Le rappel a été enregistré',
    kill: 'Arrêter tous les appels sortants…',
    doKill: 'Arrêter tous les appels sortants',
    why: 'Pourquoi',
    confirm: /Tapez STOP/,
    again: 'Reprendre les appels sortants…',
    doAgain: 'Reprendre les appels sortants',
    close: 'Fermer',
    back: 'Retour',
    stopped: /Aucun appel ne sort/,
  },
} as const;

/** Opens the menu of the one callback and chooses an act, by keyboard alone. */
async function choose(page: Page, words: (typeof WORDS)['en' | 'fr'], act: string): Promise<void> {
  await page.getByRole('button', { name: words.actions }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: act }).focus();
  await page.keyboard.press('Enter');
}

for (const [n, language] of (['en', 'fr'] as const).entries()) {
  describe(language, () => {
    const words = WORDS[language];

    test('a callback is shown step by step, and every act on it does what it says', async () => {
      const page = await desks.page(SUPERVISOR, '/supervisor', { language });
      await page.getByText(words.none).waitFor();
      const caller = await desks.stage.callIn(`+1613555010${n}`, language);
      await caller.leaveForCallback();
      await page.getByText(words.inLine, { exact: true }).waitFor();
      expect(await axeViolations(page)).toEqual([]);

      await choose(page, words, words.next);
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: words.doNext, exact: true }).click();
      await desks.stage.story.until('place.prioritised', (fact) => fact.reason === 'urgent');
      await page.getByRole('table').getByText('urgent').waitFor();

      await choose(page, words, words.number);
      await page.getByLabel(words.numberField).fill('911');
      await page.getByRole('button', { name: words.doNumber, exact: true }).click();
      await page.getByRole('alert').getByText(words.emergency).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');

      await choose(page, words, words.postpone);
      await page.getByRole('button', { name: words.doPostpone, exact: true }).click();
      await page.getByText(words.postponed, { exact: true }).waitFor();

      await choose(page, words, words.story);
      const story = page.getByRole('dialog');
      await story.getByText(words.registered).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await story.getByRole('button', { name: words.close }).click();

      await choose(page, words, words.cancel);
      await page.getByRole('button', { name: words.doCancel, exact: true }).click();
      await page.getByText(words.none).waitFor();
    });

    test('the kill switch asks for a reason and a word, and stands in the first sentence', async () => {
      const page = await desks.page(SUPERVISOR, '/supervisor', { language });
      await page.getByRole('button', { name: words.kill }).click();
      const dialog = page.getByRole('alertdialog');
      await dialog.getByRole('button', { name: words.doKill }).click();
      expect(await axeViolations(page)).toEqual([]);
      await dialog.getByLabel(words.why).fill('fire drill');
      await dialog.getByLabel(words.confirm).fill('STOP');
      await dialog.getByRole('button', { name: words.doKill }).click();
      await page.getByText(words.stopped).first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: words.again }).click();
      await page.getByRole('dialog').getByLabel(words.why).fill('over');
      await page.getByRole('dialog').getByRole('button', { name: words.doAgain }).click();
      await page.getByRole('button', { name: words.kill }).waitFor();
    });

    test('narrow, and with text at 200 %, nothing is lost', async () => {
      const page = await desks.page(SUPERVISOR, '/supervisor', { language });
      await page.getByText(words.none).waitFor();
      expect(await withTextAt(page, 200, () => lost(page))).toEqual([]);
      await page.setViewportSize({ width: 320, height: 700 });
      expect(await lost(page)).toEqual([]);
      expect(await axeViolations(page)).toEqual([]);
    });
  });
}

test('an agent is set ready and not ready from here', async () => {
  await desks.stage.ask('POST', '/api/v1/agents/amelie/sign-in');
  const page = await desks.page(SUPERVISOR, '/supervisor');
  const set = page.getByRole('button', { name: 'Set the state of amelie' });
  await set.click();
  await page.getByRole('menuitem', { name: 'Ready', exact: true }).click();
  await page.locator('.badge', { hasText: /^✓?ready$/ }).waitFor();
  await set.click();
  await page.getByRole('menuitem', { name: 'Not ready…' }).click();
  await page.getByRole('button', { name: 'Set not ready' }).click();
  await page.getByText('not ready: break').waitFor();
  expect(await axeViolations(page)).toEqual([]);
});

describe('the wall', () => {
  test.each(['en', 'fr'] as const)(
    '%s: both languages, the age in sight, large and narrow',
    async (language) => {
      const page = await desks.page(SUPERVISOR, '/wall', { language, width: 1920, height: 1080 });
      await page.getByText('En attente').first().waitFor();
      await page.getByText('Waiting').first().waitFor();
      await page.getByText(/Data of \d\d:\d\d:\d\d/).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      expect(await lost(page)).toEqual([]);
      expect(await withTextAt(page, 200, () => lost(page))).toEqual([]);
      await page.setViewportSize({ width: 320, height: 700 });
      expect(await lost(page)).toEqual([]);
    },
  );
});
