// An agent's page as their telephone: loaded again, switched off, its keys, and when things go wrong: the engine killed while they
// talk, the browser dead in the middle of a word. The client is a citizen of the network; nobody is ever with nobody.

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Desks, type Person } from '../support/browser.ts';
import { hearsTone, NOTING, openSounding, type SoundingBrowser } from '../support/page-sound.ts';

const AGENT_HZ = 1_100;
const AMELIE: Person = { name: 'Amélie', roles: ['agent'], agent: 'amelie' };

let desks: Desks;
let agents: SoundingBrowser;
beforeAll(async () => {
  desks = await Desks.open({ agents: ['amelie'], agent: '{ ringS: 30, wrapUpS: 0, previewS: 120 }' });
  agents = await openSounding(AGENT_HZ);
});
afterAll(async () => {
  await agents.close();
  await desks.close();
});
afterEach(async () => {
  expect(desks.complained()).toEqual([]);
  await desks.stage.ask('POST', '/api/v1/agents/amelie/sign-out');
  await desks.closePages();
});

const isReady = (page: Page) => page.locator('.softphone .call-line[data-state="line-ready"]').waitFor();
const isTalking = (page: Page) => page.locator('.softphone .call-line[data-state="talking-in"]').waitFor();

async function atWork(): Promise<Page> {
  const page = await desks.page(AMELIE, '/agent', { browser: agents.browser, script: NOTING });
  await page.getByRole('button', { name: 'Begin my shift' }).click();
  await page.getByRole('switch', { name: 'This page is my telephone' }).press('Space');
  await isReady(page);
  return page;
}

/** The agent talks from their page with a client who was called back; both hear each other. */
async function talk(number: string) {
  const { stage } = desks;
  const page = await atWork();
  const { callback } = await (await stage.callIn(number, 'en')).leaveForCallback();
  await page.getByRole('button', { name: 'Ready', exact: true }).click();
  const called = stage.network.citizen(number).nextCall();
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  const client = await called;
  await client.answer();
  await isTalking(page);
  await hearsTone(page, client.call.toneHz);
  expect(await client.call.hearsAnything()).toBe(true);
  return { page, client, callback };
}

test('a page that is loaded again is the telephone again; switched off, the agent’s own phone rings', async () => {
  const { stage } = desks;
  const page = await atWork();
  await page.reload();
  await isReady(page);
  await page.getByRole('switch', { name: 'This page is my telephone' }).press('Space');
  await page.getByText('Your own telephone is rung.').waitFor();
  const own = stage.network.phone('amelie').nextCall();
  const caller = await stage.callIn('+16135550161', 'en');
  await page.getByRole('button', { name: 'Ready', exact: true }).click();
  expect(await (await own).answer()).toBe(true);
  await caller.far.hangUp();
  await stage.empty();
});

test('by the page’s own keys: muted and heard again, and the keypad opened, whose keys the client hears', async () => {
  const { stage } = desks;
  const { page, client } = await talk('+16135550164');
  const muted = page.getByText('Your microphone is muted: nobody hears you');
  await page.keyboard.press('m');
  await muted.waitFor();
  await page.keyboard.press('m');
  await muted.waitFor({ state: 'detached' });
  await page.keyboard.press('k');
  await page.locator('.keypad-key[data-key="1"]:focus').waitFor();
  const heard = client.call.hearsKeys('05');
  await page.keyboard.press('0');
  await page.keyboard.press('5');
  expect(await heard).toBe(true);
  await page.keyboard.press('k');
  await page.locator('.keypad').waitFor({ state: 'detached' });
  await page.keyboard.press('h');
  await client.call.ended;
  await isReady(page);
  await stage.empty();
});

test('the engine is killed while they talk: the sound goes on, the line is joined again, and hanging up ends it', async () => {
  const { stage } = desks;
  const { page, client, callback } = await talk('+16135550162');
  await stage.kill();
  await page.locator('.softphone .call-line[data-state="talking-in"]').waitFor();
  await stage.restart();
  await stage.story.until('telephony.resynced', () => true, stage.story.length - 1);
  await hearsTone(page, client.call.toneHz);
  await isTalking(page);
  await page.getByRole('button', { name: 'Hang up', exact: true }).click();
  await client.call.ended;
  await stage.story.until('callback.completed', (fact) => fact.callback === callback);
  await isReady(page);
  expect(desks.complained().filter((one) => !/net::ERR_/.test(one))).toEqual([]); // but that nobody was there meanwhile
  await stage.empty();
});

test('a browser that dies in the middle of a word leaves no client with nobody', async () => {
  const { stage } = desks;
  const { page, client } = await talk('+16135550163');
  const died = new Promise((resolve) => page.once('crash', resolve));
  const wire = await page.context().newCDPSession(page);
  wire.send('Page.crash').catch(() => {});
  await died;
  await client.call.ended;
  await stage.story.until('agent.page_lost', (fact) => fact.agent === 'amelie');
  await stage.empty();
});
