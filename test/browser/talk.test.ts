// A conversation that goes on elsewhere, by the agents' pages before a real centre, in both languages: the client holds and
// is spoken to again, a colleague is consulted, all three hear each other, the client is handed over; an interpreter outside
// is called; a client is transferred to a line, and kept where that line is closed. By keyboard alone; who hears whom is
// heard by tones.

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '../../src/core/id.ts';
import type { FarCall } from '../../src/telephony/far-side.ts';
import { Desks, type Person } from '../support/browser.ts';
import { axeViolations, lost, withTextAt } from '../support/browser-checks.ts';

const AMELIE: Person = { name: 'Amélie', roles: ['agent'], agent: 'amelie' };
const BENOIT: Person = { name: 'Benoît', roles: ['agent'], agent: 'benoit' };

/** As the directory has it. */
const INTERPRETERS = '+16135550190';

let desks: Desks;
beforeAll(async () => {
  desks = await Desks.open({
    agents: ['amelie', 'benoit'],
    agent: '{ ringS: 30, wrapUpS: 600 }',
    // Open on one day that is over.
    rules: { citizenship: 'hours: { exceptions: [{ date: 2019-12-24, open: ["07:00-12:00"] }] }' },
    directory:
      '[{ id: interpreters, name: { en: Interpreters, fr: Service d’interprètes }, number: "+16135550190" }]',
  });
});
afterAll(() => desks.close());

/** At once, or from the wrap-up that begins when their phone is free. */
async function signOut(agent: string): Promise<void> {
  const { story } = desks.stage;
  const since = story.length;
  const ask = () => desks.stage.ask('POST', `/api/v1/agents/${agent}/sign-out`);
  const { value } = await ask();
  if (value.state !== 'clearing') return;
  const isTheirs = (fact: { readonly agent: string }): boolean => fact.agent === agent;
  await Promise.race([
    story.until('agent.wrap_up_started', isTheirs, since),
    story.until('agent.signed_out', isTheirs, since),
  ]);
  await ask();
}

afterEach(async () => {
  expect(desks.complained()).toEqual([]);
  await desks.leaveDesks();
  await desks.closePages();
  for (const agent of ['amelie', 'benoit']) await signOut(agent);
});

const WORDS = {
  en: {
    ready: 'ready',
    talking: 'talking',
    wrapUp: 'wrap-up',
    rings: 'your phone rings',
    advising: 'with a colleague',
    holds: 'The client hears music and does not hear you.',
    calls: (name: string) => `Calling ${name}. The client hears music.`,
    talks: (name: string) => `You talk with ${name}. The client hears music.`,
    together: (name: string) => `All three together: you, the client and ${name}.`,
    asked: 'amelie asks about a client.',
    isAsked: 'You talk with amelie. The client hears music.',
    three: 'All three together: you, amelie and the client.',
    about: 'A colleague consults you',
    title: 'Consult or transfer',
    groups: ['Lines', 'Colleagues who are ready', 'Directory'],
    interpreters: 'Interpreters',
    transfer: (name: string) => `Transfer now to ${name}`,
    closed: 'That line is closed; the client stays with you.',
    hold: 'Hold',
    back: 'Back to the client',
    without: 'Go on without them',
  },
  fr: {
    ready: 'disponible',
    talking: 'en conversation',
    wrapUp: 'travail après appel',
    rings: 'votre téléphone sonne',
    advising: 'en consultation',
    holds: 'Le client entend de la musique et ne vous entend pas.',
    calls: (name: string) => `Appel de ${name}. Le client entend de la musique.`,
    talks: (name: string) => `Vous parlez avec ${name}. Le client entend de la musique.`,
    together: (name: string) => `Tous ensemble : vous, le client et ${name}.`,
    asked: 'amelie vous consulte au sujet d’un client.',
    isAsked: 'Vous parlez avec amelie. Le client entend de la musique.',
    three: 'Tous ensemble : vous, amelie et le client.',
    about: 'On vous consulte',
    title: 'Consulter ou transférer',
    groups: ['Files', 'Collègues disponibles', 'Répertoire'],
    interpreters: 'Service d’interprètes',
    transfer: (name: string) => `Transférer à : ${name}`,
    closed: 'Cette file est fermée; le client reste avec vous.',
    hold: 'Mettre en attente',
    back: 'Revenir au client',
    without: 'Continuer sans cette personne',
  },
} as const;

/** The state in large letters, or where the client is. */
const is = (page: Page, text: string) => page.locator(`[role=status]:text-is("${text}")`).waitFor();
const alerts = (page: Page, text: string) => page.locator(`[role=alert]:text-is("${text}")`).waitFor();

/** While a dialog is open the page behind it is hidden from everybody, its landmark and heading with it. */
const BEHIND_DIALOG = /^(landmark-one-main|page-has-heading-one):/;

async function accessible(page: Page): Promise<void> {
  const found = await axeViolations(page);
  const isOpen = (await page.getByRole('dialog').count()) > 0;
  expect(found.filter((one) => !isOpen || !BEHIND_DIALOG.test(one))).toEqual([]);
}

/** Accessible, and nothing is lost with large text or where it is narrow. */
async function sound(page: Page): Promise<void> {
  await accessible(page);
  expect(await withTextAt(page, 200, () => lost(page))).toEqual([]);
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await lost(page)).toEqual([]);
  await accessible(page);
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** Each of these hears each other one. */
async function hear(...calls: FarCall[]): Promise<void> {
  for (const one of calls)
    for (const other of calls) if (one !== other) expect(await one.hears(other.toneHz)).toBe(true);
}

type Talk = { readonly page: Page; readonly client: FarCall; readonly amelie: FarCall };

/** Amélie, of the first line, talks to somebody who called. */
async function talk(number: string, language: Language): Promise<Talk> {
  const { stage } = desks;
  const page = await desks.page(AMELIE, '/agent', { language });
  await stage.agentReady('amelie', { lines: ['permanent_residence'] });
  await is(page, WORDS[language].ready);
  const phone = stage.network.phone('amelie').nextCall();
  const { far } = await stage.callIn(number, language);
  const ringing = await phone;
  await ringing.answer();
  await is(page, WORDS[language].talking);
  await hear(far, ringing.call);
  return { page, client: far, amelie: ringing.call };
}

/** The page of Benoît, of the second line. */
async function benoit(language: Language): Promise<Page> {
  const page = await desks.page(BENOIT, '/agent', { language });
  await desks.stage.agentReady('benoit', { lines: ['family_sponsorship'] });
  await is(page, WORDS[language].ready);
  return page;
}

/** The first that is found, by keyboard alone. */
async function choose(page: Page, what: 'consult' | 'transfer', sought: string): Promise<void> {
  await page.keyboard.press('c');
  await page.locator('input[type=search]:focus').waitFor();
  await page.keyboard.type(sought);
  await page.keyboard.press('ArrowDown');
  if (what === 'transfer') await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
}

for (const [n, language] of (['en', 'fr'] as const).entries()) {
  describe(language, () => {
    const words = WORDS[language];

    test('on hold and back; a colleague is consulted, joined, and given the client', async () => {
      const { stage } = desks;
      const { page, client, amelie } = await talk(`+161355501${7 + n}0`, language);
      const other = await benoit(language);
      await sound(page);

      await page.keyboard.press('p');
      await is(page, words.holds);
      expect(await client.hearsAnything()).toBe(true);
      await sound(page);
      await page.getByRole('button', { name: words.back }).press('Enter');
      await page.getByRole('button', { name: words.hold }).waitFor();
      await hear(client, amelie);

      await page.keyboard.press('c');
      await page.getByRole('dialog', { name: words.title }).waitFor();
      expect(await page.getByRole('dialog').getByRole('heading', { level: 3 }).allTextContents()).toEqual(
        words.groups,
      );
      await page.getByText(words.interpreters).waitFor();
      await sound(page);
      await page.keyboard.press('Escape');
      const phone = stage.network.phone('benoit').nextCall();
      await choose(page, 'consult', 'ben');
      const ringing = await phone;
      await is(page, words.calls('benoit'));
      await is(other, words.rings);
      await alerts(other, words.asked);
      await other.getByText(words.about).waitFor();
      await sound(other);
      await ringing.answer();
      await is(page, words.talks('benoit'));
      await is(other, words.advising);
      await alerts(other, words.isAsked);
      await hear(amelie, ringing.call);
      expect(await client.hearsAnything()).toBe(true);
      await sound(page);
      await sound(other);

      await page.keyboard.press('j');
      await is(page, words.together('benoit'));
      await alerts(other, words.three);
      await hear(client, amelie, ringing.call);
      await sound(page);

      await page.keyboard.press('o');
      await is(page, words.wrapUp);
      await amelie.ended;
      await is(other, words.talking);
      await hear(client, ringing.call);
      await sound(other);
      await other.keyboard.press('h');
      await client.ended;
      await is(other, words.wrapUp);
      await stage.empty();
    });

    test('an interpreter of the directory is called, all three talk, and the agent goes on without', async () => {
      const { stage } = desks;
      const { page, client, amelie } = await talk(`+161355501${7 + n}3`, language);
      const called = stage.network.citizen(INTERPRETERS).nextCall();
      await choose(page, 'consult', words.interpreters);
      const interpreter = await called;
      await is(page, words.calls(words.interpreters));
      await interpreter.answer();
      await is(page, words.talks(words.interpreters));
      await hear(amelie, interpreter.call);
      await page.keyboard.press('j');
      await is(page, words.together(words.interpreters));
      await hear(client, amelie, interpreter.call);
      await sound(page);
      await page.getByRole('button', { name: words.without }).press('Enter');
      await interpreter.call.ended;
      await hear(client, amelie);
      await page.keyboard.press('h');
      await client.ended;
      await is(page, words.wrapUp);
      await stage.empty();
    });

    test('transferred to a line, where a colleague takes the call; kept where the line is closed', async () => {
      const { stage } = desks;
      const { page, client, amelie } = await talk(`+161355501${7 + n}1`, language);
      await choose(page, 'transfer', 'citizenship');
      await alerts(page, words.closed);
      await sound(page);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await hear(client, amelie);

      await page.keyboard.press('c');
      await page.getByRole('button', { name: words.transfer('family_sponsorship') }).press('Enter');
      await is(page, words.wrapUp);
      await amelie.ended;
      expect(await client.hearsAnything()).toBe(true);
      const phone = stage.network.phone('benoit').nextCall();
      const other = await benoitTakes(language);
      const ringing = await phone;
      await ringing.answer();
      await is(other, words.talking);
      await hear(client, ringing.call);
      await client.hangUp();
      await is(other, words.wrapUp);
      await stage.empty();
    });
  });
}

test('the client of a callback is handed over: whoever called them says what came of it, and the two talk on', async () => {
  const { stage } = desks;
  const number = '+16135550174';
  const page = await desks.page(AMELIE, '/agent');
  await is(page, 'signed out');
  const promised = await (await stage.callIn(number, 'en')).leaveForCallback();
  const other = await benoit('en');
  const client = stage.network.citizen(number).nextCall();
  const phone = stage.network.phone('amelie').nextCall();
  await stage.agentReady('amelie', { lines: ['permanent_residence'] });
  await page.getByRole('button', { name: 'Accept' }).press('Enter');
  const amelie = await phone;
  await amelie.answer();
  const toClient = await client;
  await toClient.answer();
  await is(page, 'talking');
  await hear(toClient.call, amelie.call);

  const asked = stage.network.phone('benoit').nextCall();
  await choose(page, 'consult', 'ben');
  const toBenoit = await asked;
  await toBenoit.answer();
  await is(page, WORDS.en.talks('benoit'));
  await page.keyboard.press('o');
  await is(other, 'talking');
  await hear(toClient.call, toBenoit.call);
  await is(page, 'wrap-up');
  await stage.story.until('callback.completed', ({ callback }) => callback === promised.callback);
  await page.keyboard.press('s');
  await is(page, 'ready');
  const told = await stage.story.until(
    'callback.outcome_told',
    ({ callback }) => callback === promised.callback,
  );
  expect(told).toMatchObject({ agent: 'amelie', outcome: 'reached' });
  await hear(toClient.call, toBenoit.call);
  await toClient.call.hangUp();
  await is(other, 'wrap-up');
  await stage.empty();
});

/** As `benoit`, but that he is rung at once. */
async function benoitTakes(language: Language): Promise<Page> {
  const page = await desks.page(BENOIT, '/agent', { language });
  await desks.stage.agentReady('benoit', { lines: ['family_sponsorship'] });
  return page;
}
