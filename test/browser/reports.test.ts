// The page of reports before a real centre and its records: each part with its table, formula, n and download; a period that
// is none is said to be; accessible, narrow, large and by keyboard, in both languages.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Desks, type Person } from '../support/browser.ts';
import { axeViolations, lost, tabStops, withTextAt } from '../support/browser-checks.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';

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
  en: {
    ...{ parts: 5, figure: 'offer rate', show: 'Show', from: 'From', csv: /Download as CSV: ./ },
    ...{ picture: 'Picture of the table below', readHere: 'Read it here', read: /^Read in/ },
  },
  fr: {
    ...{
      parts: 5,
      figure: 'taux d’offre du rappel',
      show: 'Afficher',
      from: 'Du',
      csv: /Télécharger en CSV\s: ./,
    },
    ...{ picture: 'Image du tableau ci-dessous', readHere: 'La lire ici', read: /^Lire en/ },
  },
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

    test('pictures stand beside the tables, and are drawn', async () => {
      const page = await desks.page(ANALYST, '/reports', { language });
      await page.getByRole('cell', { name: words.figure, exact: true }).first().waitFor();
      await expect
        .poll(() => page.locator('.picture canvas').count(), { timeout: 15_000 })
        .toBeGreaterThan(1);
      const drawn = await page.locator('.picture canvas').evaluateAll((all) =>
        (all as HTMLCanvasElement[]).map((canvas) => {
          const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
            data: [],
          };
          return data.some((value: number) => value !== 0);
        }),
      );
      expect(drawn).not.toContain(false);
      expect(await page.getByRole('figure', { name: words.picture }).count()).toBeGreaterThan(1);
    });

    test('the note is read in place, and its page keeps the policy of content', async () => {
      const page = await desks.page(ANALYST, '/reports', { language });
      await page.getByRole('button', { name: words.readHere }).focus();
      await page.keyboard.press('Enter');
      const note = page.getByRole('article');
      await note.getByRole('listitem').first().waitFor();
      expect(await note.getByRole('heading', { level: 4 }).count()).toBeGreaterThan(2);
      expect(await axeViolations(page)).toEqual([]);
      expect(await withTextAt(page, 200, () => lost(page))).toEqual([]);
      await page.setViewportSize({ width: 320, height: 700 });
      expect(await lost(page)).toEqual([]);
      await page.getByRole('link', { name: words.read }).first().click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      // Its style counts, known by its hash: the policy has no unsafe-inline.
      const style = await page.evaluate(() => document.styleSheets[0]?.cssRules.length ?? 0);
      expect(style).toBeGreaterThan(3);
      const answer = await page.request.get(page.url());
      expect(answer.headers()['content-security-policy']).toMatch(/style-src 'sha256-[^']+'; base-uri/);
      expect(await axeViolations(page)).toEqual([]);
    });

    test('no hostile text runs or breaks anything', async () => {
      const page = await desks.page({ ...ANALYST, name: `Anouk-${language}` }, '/reports', { language });
      await page.getByRole('table').first().waitFor();
      const refused = await page.evaluate(async (texts) => {
        const codes: number[] = [];
        for (const text of texts) {
          const query = new URLSearchParams({ from: text.slice(0, 32), to: text.slice(0, 32) });
          codes.push((await fetch(`/api/v1/reports?${query}`)).status);
        }
        return codes;
      }, HOSTILE_TEXTS as string[]);
      expect(refused.filter((status) => status >= 500)).toEqual([]);
      for (const text of HOSTILE_TEXTS.filter((_text, i) => i % 25 === 0)) {
        await page.getByLabel(words.from, { exact: true }).fill(text.replace(/[\n\r]/g, ' '));
        await page.keyboard.press('Enter');
      }
      expect(await page.locator('img, iframe, main script').count()).toBe(0);
      await page.getByRole('heading', { level: 1 }).waitFor();
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
