// What people write, on the pages of those who work: five hundred hostile texts as names of lines, reasons of switches, notes
// about a client and parts of an address come to the supervisor's, the wall's, the agent's and the citizen's page while they
// are open. They stay text: nothing runs, nothing breaks, and what was written is what is read.

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { parseConfiguration } from '../../src/config/configuration-file.ts';
import { openPool } from '../../src/database/pool.ts';
import { CallNotes } from '../../src/vault/call-notes.ts';
import { openKeyFile } from '../../src/vault/key-file.ts';
import { centreFile, lineName } from '../e2e/centre-file.ts';
import { Desks, type Person, SUPERVISOR } from '../support/browser.ts';
import { axeViolations } from '../support/browser-checks.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';

const AMELIE: Person = { name: 'Amélie', roles: ['agent'], agent: 'amelie' };
const FILE = { agents: ['amelie'], lines: 9, agent: '{ ringS: 30, wrapUpS: 12, previewS: 120 }' } as const;
/** Two for each of eight lines; the ninth says which round it is. */
const A_ROUND = 16;
const REASON_MAX = 200;

/** Before anything is open: whoever reads so many documents at a stretch hears nothing of their connections meanwhile. */
const NAMES = HOSTILE_TEXTS.filter(canBeNamed);

let desks: Desks;
let ran: string[] = [];
beforeAll(async () => {
  desks = await Desks.open({ ...FILE, isDemonstration: true });
});
afterAll(() => desks.close());
afterEach(async () => {
  const complaints = [...ran, ...desks.complained()];
  ran = [];
  await desks.closePages();
  expect(complaints).toEqual([]);
});

async function open(person: Person | null, path: string): Promise<Page> {
  const page = await desks.page(person, path);
  page.on('dialog', (dialog) => {
    ran.push(`${path}: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return page;
}

/** Nothing that was written has become a part of the page. */
async function expectOnlyText(page: Page): Promise<void> {
  const found = page.locator(
    'img, iframe, object, math, meta[http-equiv], main script, main style, main svg',
  );
  expect(await found.evaluateAll((all) => all.map((one) => one.outerHTML))).toEqual([]);
  expect(await axeViolations(page)).toEqual([]);
}

function placesOf(texts: readonly string[], which: (text: string, i: number) => boolean): number[] {
  return texts.flatMap((text, i) => (which(text, i) ? [i] : []));
}

function configuration(names: readonly string[], round: string): string {
  const filled = Array.from({ length: A_ROUND }, (_, i) => names[i] ?? `${round}, ${i}`);
  const all = [...filled, round, round];
  return ([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).reduce((text, key, i) => {
    const id = lineName(key);
    const [en, fr] = [all[2 * i], all[2 * i + 1]].map((name) => JSON.stringify(name));
    return text.replace(`name: { en: ${id}, fr: ${id} }`, () => `name: { en: ${en}, fr: ${fr} }`);
  }, centreFile(FILE));
}

/** What a document cannot hold is no name. */
function canBeNamed(text: string): boolean {
  try {
    parseConfiguration(configuration([text], 'x'), 'x.yaml', { nowAt: Date.now() });
    return true;
  } catch {
    return false;
  }
}

test('names of lines and reasons of switches, on the pages that are open while they change', async () => {
  const { stage } = desks;
  const names = NAMES;
  expect(names.length).toBeGreaterThan(400);
  const supervisor = await open(SUPERVISOR, '/supervisor');
  const wall = await open(SUPERVISOR, '/wall');
  const agent = await open(AMELIE, '/agent');
  await agent.getByRole('button', { name: 'Begin my shift' }).click();
  const phone = await open(null, '/phone');
  const pages = { supervisor, wall, agent };
  const reasons = HOSTILE_TEXTS.filter((text) => text !== '' && text.length <= REASON_MAX);
  for (let round = 0; round * A_ROUND < names.length; round += 1) {
    const these = names.slice(round * A_ROUND, (round + 1) * A_ROUND);
    const put = await stage.ask('PUT', '/api/v1/configuration', configuration(these, `round ${round}`));
    expect([put.status, put.value]).toMatchObject([200, {}]);
    for (const [i, reason] of reasons.slice(round * A_ROUND, (round + 1) * A_ROUND).entries())
      await stage.ask('POST', '/api/v1/switches', { name: 'offering', line: null, on: i % 2 === 1, reason });
    for (const page of Object.values(pages)) {
      await page.getByText(`round ${round}`, { exact: true }).first().waitFor();
      const text = await page.evaluate(() => document.body.textContent ?? '');
      // English in all three; the wall has the other language too.
      const isMissing = (name: string, i: number) =>
        (i % 2 === 0 || page === wall) && name.isWellFormed() && !text.includes(name);
      expect(placesOf(these, isMissing), `round ${round}`).toEqual([]);
    }
  }
  for (const page of [...Object.values(pages), phone]) await expectOnlyText(page);
  await stage.ask('PUT', '/api/v1/configuration', centreFile(FILE));
  const on = { name: 'offering', line: null, on: true, reason: 'the test is over' };
  await stage.ask('POST', '/api/v1/switches', on);
});

test('notes about a client, on the agent’s page and in the supervisor’s story', async () => {
  const { stage } = desks;
  const { callback, numberKey } = await (await stage.callIn('+16135550181', 'en')).leaveForCallback();
  const pool = openPool(stage.connection, { onError: () => {} });
  const notes = new CallNotes(pool, openKeyFile(join(stage.dataFolder, 'keys', 'vault.key')), 'c1');
  // Each of twenty notes, as many as are shown, has its share of them.
  const kept = Array.from({ length: 20 }, (_, n) =>
    HOSTILE_TEXTS.filter((text, i) => i % 20 === n && !text.includes('\0') && text.isWellFormed()).join('\n'),
  );
  for (const text of kept)
    await notes.put({ callback, numberKey, agent: 'amelie' as never, at: Date.now(), text, byRelay: false });
  await pool.end();
  await stage.ask('POST', '/api/v1/agents/amelie/sign-out');
  const agent = await open(AMELIE, '/agent');
  await agent.getByRole('button', { name: 'Begin my shift' }).click();
  await agent.getByRole('button', { name: 'Ready', exact: true }).click();
  await agent
    .locator('.desk-note')
    .nth(kept.length - 1)
    .waitFor();
  const shown = await agent.locator('.desk-note').evaluateAll((all) => all.map((one) => one.textContent));
  // By their places: a difference of such texts takes longer to print than the test.
  expect(placesOf(kept.toReversed(), (text, i) => shown[i] !== text)).toEqual([]);
  await expectOnlyText(agent);
  const supervisor = await open(SUPERVISOR, '/supervisor');
  await supervisor.getByRole('button', { name: /Actions for callback/ }).press('Enter');
  await supervisor.getByRole('menuitem', { name: 'Its story…' }).press('Enter');
  await supervisor.locator('.story-note').first().waitFor();
  const told = await supervisor
    .locator('.story-note')
    .evaluateAll((all) => all.map((one) => one.textContent ?? ''));
  expect(placesOf(kept, (text) => !told.some((one) => one.includes(text)))).toEqual([]);
  await expectOnlyText(supervisor);
});

test('in the address of every page, and typed into the search of stories', async () => {
  for (const [person, path] of [
    [SUPERVISOR, '/supervisor'],
    [SUPERVISOR, '/wall'],
    [SUPERVISOR, '/reports'],
    [AMELIE, '/agent'],
    [{ name: 'Aline', roles: ['admin'] }, '/admin'],
    [null, '/phone'],
    [null, '/sign-in'],
    [null, '/first-admin/a-link'],
  ] as const) {
    const page = await open(person, path);
    await page.evaluate((texts) => {
      for (const text of texts) location.hash = text;
    }, HOSTILE_TEXTS as string[]);
    for (const text of HOSTILE_TEXTS.filter((_text, i) => i % 100 === 0)) {
      const query = new URLSearchParams({ next: text, q: text });
      await page.goto(`/en${path}?${query}#${encodeURIComponent(text.toWellFormed())}`);
      await page.waitForSelector('main:not([aria-busy])');
    }
    await expectOnlyText(page);
  }
});
