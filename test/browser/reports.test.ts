// The page of reports before a real centre and its records: each part with its table, formula, n and download; a period that
// is none is said to be; accessible, narrow, large and by keyboard, in both languages.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Desks, type Person } from '../support/browser.ts';
import { axeViolations, lost, tabStops, withTextAt } from '../support/browser-checks.ts';

const ANALYST: Person = { name: 'Ana', roles: ['analyst'] };

let desks: Desks;
beforeAll(async () => {
  desks = await Desks.open({ agents: ['amelie'] });
  const caller = await desks.stage.callIn('+16135550160', 'en');
  await caller.leaveForCallback();
});
afterAll(() => desks?.close());
afterEach(async () => {
  expect(desks.complained()).toEqual([]);
  await desks.closePages();
});

const WORDS = {
  en: { parts: 5, figure: 'offer rate', show: 'Show', from: 'From', csv: /Download .* as CSV/ },
  fr: { parts: 5, figure: 'taux d’offre du rappel', show: 'Afficher', from: 'Du', csv: /Télécharger en CSV/ },
} as const;

for (const language of ['en', 'fr'] as const) {
  describe(language, () => {
    const words = WORDS[language];

    test('each part has its table, the whole period in it, and a download that says the same', async () => {
      const page = await desks.page(ANALYST, '/reports', { language });
      await page.getByRole('cell', { name: words.figure, exact: true }).first().waitFor();
      await expect.poll(() => page.getByRole('table').count(), { timeout: 15_000 }).toBe(words.parts);
      const links = page.getByRole('link', { name: words.csv });
      expect(await links.count()).toBe(words.parts);
      const csv = await page.request.get((await links.first().getAttribute('href')) ?? '');
      expect([csv.status(), csv.headers()['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
      expect(await csv.text()).toContain('callbacks_registered');
      expect(await axeViolations(page)).toEqual([]);
      expect(await withTextAt(page, 200, () => lost(page))).toEqual([]);
      await page.setViewportSize({ width: 320, height: 700 });
      expect(await lost(page)).toEqual([]);
      expect(await axeViolations(page)).toEqual([]);
    });

    test('the note comes as a page, as Markdown and as PDF, in both languages', async () => {
      const page = await desks.page(ANALYST, '/reports', { language });
      const hrefs = await page
        .locator('.downloads a')
        .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
      expect(hrefs).toHaveLength(8);
      for (const href of hrefs) expect([href, (await page.request.get(href)).status()]).toEqual([href, 200]);
    });

    test('a period that is none is said to be, by keyboard alone', async () => {
      const page = await desks.page(ANALYST, '/reports', { language });
      await page.getByLabel(words.from, { exact: true }).focus();
      await page.keyboard.type('<img src=x onerror=alert(1)>');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').first().waitFor();
      expect(await page.locator('img').count()).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
      expect((await tabStops(page)).length).toBeGreaterThan(15);
    });
  });
}
