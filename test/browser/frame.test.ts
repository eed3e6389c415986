// The frame of every page, in both languages: no violation that axe-core finds, nothing lost when it is narrow or large,
// nothing that the policy of content forbids, and the pages that need nobody's sign-in.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Desks, SUPERVISOR } from '../support/browser.ts';
import { axeViolations, lost, tabStops, withTextAt } from '../support/browser-checks.ts';

let desks: Desks;
beforeAll(async () => {
  desks = await Desks.open();
});
afterAll(() => desks.close());
afterEach(async () => {
  expect(desks.complained()).toEqual([]);
  await desks.closePages();
});

const pages = ['/sign-in', '/first-admin/a-token', '/supervisor', '/wall', '/agent', '/reports', '/admin'];

for (const language of ['en', 'fr'] as const) {
  describe(language, () => {
    for (const path of pages) {
      test(`${path}: accessible, narrow and large without loss`, async () => {
        const isOpen = path === '/sign-in' || path.startsWith('/first-admin');
        const page = await desks.page(isOpen ? null : SUPERVISOR, path, { language });
        expect(await page.getAttribute('html', 'lang')).toBe(language);
        expect(await axeViolations(page)).toEqual([]);
        expect(await withTextAt(page, 200, () => lost(page))).toEqual([]);
        await page.setViewportSize({ width: 320, height: 640 });
        expect(await lost(page)).toEqual([]);
        expect(await axeViolations(page)).toEqual([]);
      });
    }
  });
}

test('the other language is chosen in place, and remembered', async () => {
  const page = await desks.page(null, '/sign-in');
  await page.getByRole('link', { name: 'Français' }).click();
  await page.getByRole('heading', { name: 'Connexion' }).waitFor();
  expect(await page.getAttribute('html', 'lang')).toBe('fr');
  expect(new URL(page.url()).pathname).toBe('/fr/sign-in');
  await page.goto('/sign-in');
  await page.getByRole('heading', { name: 'Connexion' }).waitFor();
});

test.each([
  ['en', 'This centre is a real one'],
  ['fr', 'Ce centre est un vrai centre'],
] as const)('%s: outside the demonstration a citizen’s phone is refused plainly', async (language, words) => {
  const page = await desks.page(null, '/phone', { language });
  await page.getByText(words).waitFor();
  expect(await page.getByRole('button').count()).toBe(0);
  expect(await axeViolations(page)).toEqual([]);
});

test('the first stop of the Tab key leads past the frame', async () => {
  const page = await desks.page(SUPERVISOR, '/supervisor');
  const [first] = await tabStops(page, 1);
  expect(first).toBe('a Skip to the main content');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
});
