// A page that is closed, cut off from the network, or open twice; and a centre that is killed under it: during the offer, the
// conversation and the wrap-up. Nobody is left ready without a page, no client with nobody, and a place goes back to its key.

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FactOf } from '../../src/core/fact.ts';
import type { FarRinging } from '../../src/telephony/far-side.ts';
import { Desks, type Person } from '../support/browser.ts';
import { axeViolations } from '../support/browser-checks.ts';

type Promised = FactOf<'callback.registered'>;

let desks: Desks;
beforeAll(async () => {
  desks = await Desks.open({
    agents: ['amelie'],
    agent: '{ ringS: 30, wrapUpS: 12, previewS: 120 }',
  });
});
afterAll(() => desks.close());
afterEach(async () => {
  // A page that is cut off says so in its console.
  for (const complaint of desks.complained()) expect(complaint).toMatch(/ERR_|Failed to load resource/);
  await desks.closePages();
  await desks.stage.ask('POST', '/api/v1/agents/amelie/sign-out');
});

const AMELIE: Person = { name: 'Amélie', roles: ['agent'], agent: 'amelie' };
let clients = 0;
let number = '';
beforeEach(() => {
  clients += 1;
  number = `+16135550${300 + clients}`;
});

const is = (page: Page, text: string) => page.locator(`[role=status]:text-is("${text}")`).waitFor();

/** A callback is on the page of an agent at work, and no phone rings. */
async function shown(): Promise<{ readonly page: Page; readonly promised: Promised }> {
  const page = await desks.page(AMELIE, '/agent');
  await page.getByRole('button', { name: 'Begin my shift' }).click();
  const promised = await (await desks.stage.callIn(number, 'en')).leaveForCallback();
  await page.getByRole('button', { name: 'Ready', exact: true }).click();
  await page.getByRole('button', { name: 'Accept' }).waitFor();
  return { page, promised };
}

type Talk = { readonly toAgent: FarRinging; readonly toClient: FarRinging };

/** From there until they hear each other. */
async function talk(page: Page): Promise<Talk> {
  const phone = desks.stage.network.phone('amelie').nextCall();
  const citizen = desks.stage.network.citizen(number).nextCall();
  await page.getByRole('button', { name: 'Accept' }).click();
  const toAgent = await phone;
  await toAgent.answer();
  const toClient = await citizen;
  await toClient.answer();
  await is(page, 'talking');
  return { toAgent, toClient };
}

const hear = async ({ toAgent, toClient }: Talk) => {
  expect(await toAgent.call.hears(toClient.call.toneHz)).toBe(true);
  expect(await toClient.call.hears(toAgent.call.toneHz)).toBe(true);
};

const until = <T extends Parameters<typeof desks.stage.story.until>[0]>(
  type: T,
  match: (fact: FactOf<T>) => boolean,
) => desks.stage.story.until(type, match, begunAt);

/** Where the story of this test begins. */
let begunAt = 0;
beforeEach(() => {
  begunAt = desks.stage.story.length;
});

const lostPage = () => until('agent.not_ready', (f) => f.reason === 'page_lost');
const readies = () => desks.stage.story.of('agent.ready').length;

/** The page is gone, or hears nothing and is not heard. */
const GOES = {
  closed: (page: Page) => page.context().close(),
  'cut off': (page: Page) => page.context().setOffline(true),
} as const;

describe.each(['closed', 'cut off'] as const)('a page that is %s', (how) => {
  test('during the offer: not ready, the place at its key, and nobody is called', async () => {
    const { page, promised } = await shown();
    await GOES[how](page);
    await until('place.returned', (f) => f.place === promised.place && f.cause === 'agent_lost');
    await lostPage();
    expect(desks.stage.network.invites(number)).toBe(0);
    expect((await desks.stage.ask('POST', '/api/v1/agents/amelie/ready')).value.code).toBe('agent.no_page');
    await desks.stage.ask('POST', `/api/v1/callbacks/${promised.callback}/cancel`);
  });

  test('during the conversation: they go on talking, and the agent is not ready afterwards', async () => {
    const { page } = await shown();
    const both = await talk(page);
    const before = readies();
    await GOES[how](page);
    await until('agent.next_chosen', (f) => f.reason === 'page_lost');
    await hear(both);
    await both.toClient.call.hangUp();
    await until('agent.wrap_up_started', () => true);
    await lostPage();
    expect(readies()).toBe(before);
  });

  test('during the wrap-up: not ready afterwards', async () => {
    const { page } = await shown();
    const { toClient } = await talk(page);
    await toClient.call.hangUp();
    await is(page, 'wrap-up');
    const before = readies();
    await GOES[how](page);
    await lostPage();
    expect(readies()).toBe(before);
  });
});

test('cut off until the wrap-up is over: what was written is saved when the page is back, once', async () => {
  const { page, promised } = await shown();
  const { toClient } = await talk(page);
  await toClient.call.hangUp();
  await is(page, 'wrap-up');
  await page.getByLabel('Note').fill('written before the network went');
  await page.getByText('Voicemail', { exact: true }).click();
  await page.context().setOffline(true);
  await until('agent.not_ready', () => true);
  expect(desks.stage.story.of('callback.outcome_told').some((f) => f.callback === promised.callback)).toBe(
    false,
  );
  await page.context().setOffline(false);
  await page.getByText('What you had written about the callback').waitFor();
  const told = desks.stage.story.of('callback.outcome_told').filter((f) => f.callback === promised.callback);
  expect(told).toMatchObject([{ outcome: 'voicemail', noted: true }]);
  const { value } = await desks.stage.ask('POST', '/api/v1/stories', {
    reference: String(promised.callback),
  });
  expect(value.stories).toMatchObject([{ notes: [{ text: 'written before the network went' }] }]);
});

test('back on the network the page says what it is, and is worked by again', async () => {
  const { page, promised } = await shown();
  await page.context().setOffline(true);
  await lostPage();
  const cutAt = desks.stage.story.length;
  await page.context().setOffline(false);
  await desks.stage.story.until('agent.page_opened', () => true, cutAt);
  await is(page, 'not ready: their page is gone');
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Ready', exact: true }).click();
  await page.getByRole('button', { name: 'Accept' }).waitFor();
  await (await talk(page)).toClient.call.hangUp();
  await until('callback.completed', (f) => f.callback === promised.callback);
});

describe('two pages', () => {
  const ELSEWHERE = 'Your desk is open in another window';

  async function second(page: Page): Promise<Page> {
    const other = await page.context().newPage();
    await other.goto('/en/agent');
    await other.getByText(ELSEWHERE).waitFor();
    expect(await axeViolations(other)).toEqual([]);
    expect(await other.getByRole('button', { name: /Accept|Hang up|Save/ }).count()).toBe(0);
    return other;
  }

  async function takesOver(page: Page, other: Page): Promise<void> {
    await other.getByRole('button', { name: 'Work here instead' }).click();
    await page.getByText('Another window has taken over').waitFor();
    expect(await page.getByRole('button', { name: /Accept|Hang up|Save/ }).count()).toBe(0);
  }

  test('during the offer, the conversation and the wrap-up: the second says so, and takes over when asked', async () => {
    const { page, promised } = await shown();
    const other = await second(page);
    await takesOver(page, other);
    await takesOver(other, page);
    const { toClient, toAgent } = await talk(page);
    await takesOver(page, other);
    await other.getByRole('button', { name: 'Hang up' }).click();
    await is(other, 'wrap-up');
    await toAgent.call.ended;
    await toClient.call.ended;
    await takesOver(other, page);
    await page.getByRole('button', { name: 'Save and be ready' }).click();
    await is(page, 'ready');
    await until('callback.outcome_told', (f) => f.callback === promised.callback);
  });

  test('the first is closed: the second takes over by itself, with what is on it', async () => {
    const { page, promised } = await shown();
    const other = await second(page);
    await page.close();
    await other.getByRole('button', { name: 'Accept' }).waitFor();
    expect(desks.stage.story.of('place.returned').filter((f) => f.place === promised.place)).toEqual([]);
    await (await talk(other)).toClient.call.hangUp();
    await is(other, 'wrap-up');
  });
});

test('a page that is loaded anew is the same desk: nothing goes back', async () => {
  const { page, promised } = await shown();
  await page.reload();
  await page.getByRole('button', { name: 'Accept' }).waitFor();
  const both = await talk(page);
  await page.reload();
  await is(page, 'talking');
  await page.getByText([...promised.code].join('\u2009')).waitFor();
  await hear(both);
  await both.toClient.call.hangUp();
  await page.reload();
  await is(page, 'wrap-up');
});

test('the engine is killed during the offer and the conversation: the page finds everything again', async () => {
  const { page, promised } = await shown();
  await desks.stage.kill();
  await desks.stage.restart();
  await page.getByText('Data is live').waitFor();
  const both = await talk(page);
  await desks.stage.kill();
  await desks.stage.restart();
  await page.getByText('Data is live').waitFor();
  await is(page, 'talking');
  await hear(both);
  await both.toClient.call.hangUp();
  await is(page, 'wrap-up');
  await page.getByLabel('Note').fill('after a restart');
  await page.getByRole('button', { name: 'Save and be ready' }).click();
  await is(page, 'ready');
  expect(
    desks.stage.story.of('callback.completed').filter((f) => f.callback === promised.callback),
  ).toHaveLength(1);
  expect((await until('callback.outcome_told', (f) => f.noted === true)).callback).toBe(promised.callback);
});

test('the engine is killed during the wrap-up: what was written is not lost, and is saved once', async () => {
  const { page, promised } = await shown();
  const { toClient } = await talk(page);
  await toClient.call.hangUp();
  await is(page, 'wrap-up');
  const { untilAt } = await until('agent.wrap_up_started', () => true);
  await page.getByRole('button', { name: 'More time' }).click();
  await until('agent.wrap_up_started', (fact) => fact.untilAt > untilAt);
  await page.getByLabel('Note').fill('written before a restart');
  await desks.stage.kill();
  await desks.stage.restart();
  await page.getByText('Data is live').waitFor();
  await is(page, 'wrap-up');
  expect(await page.getByLabel('Note').inputValue()).toBe('written before a restart');
  await page.getByRole('button', { name: 'Save and be ready' }).click();
  await is(page, 'ready');
  const told = desks.stage.story
    .of('callback.outcome_told')
    .filter((fact) => fact.callback === promised.callback);
  expect(told).toMatchObject([{ outcome: 'reached', noted: true }]);
  const { value } = await desks.stage.ask('POST', '/api/v1/stories', {
    reference: String(promised.callback),
  });
  expect(value.stories).toMatchObject([{ notes: [{ text: 'written before a restart' }] }]);
});
