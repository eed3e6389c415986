// The whole way with pages at both ends, in both languages: a citizen's page calls, takes the callback and hangs up; an
// agent's page is shown the client, accepts, and is the agent's telephone; the citizen's page rings; each page hears the
// other's microphone; wrap-up. The supervisor's page shows every step; how long after its fact is said, not judged.

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FactType } from '../../src/core/fact.ts';
import type { Language } from '../../src/core/id.ts';
import { Desks, type Person, SUPERVISOR } from '../support/browser.ts';
import { axeViolations, lost, withTextAt } from '../support/browser-checks.ts';
import { arrived, hearsTone, NOTING, openSounding, type SoundingBrowser } from '../support/page-sound.ts';

const CITIZEN_HZ = 700;
const AGENT_HZ = 1_100;
const AMELIE: Person = { name: 'Amélie', roles: ['agent'], agent: 'amelie' };

let desks: Desks;
let citizens: SoundingBrowser;
let agents: SoundingBrowser;
beforeAll(async () => {
  desks = await Desks.open({
    agents: ['amelie'],
    isDemonstration: true,
    agent: '{ ringS: 30, wrapUpS: 600, previewS: 120 }',
  });
  citizens = await openSounding(CITIZEN_HZ);
  agents = await openSounding(AGENT_HZ);
});
afterAll(async () => {
  await citizens.close();
  await agents.close();
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
    call: 'Call the centre',
    talking: /Connected for/,
    hangUp: 'Hang up',
    youHungUp: 'You hung up.',
    theyHungUp: 'The other end hung up.',
    answer: 'Answer',
    begin: 'Begin my shift',
    justIn: 'not ready: just signed in',
    mine: 'This page is my telephone',
    line: 'Ready',
    own: 'Your own telephone is rung.',
    accept: 'Accept',
    agentTalks: 'talking',
    wrapUp: 'wrap-up',
    ready: 'ready',
    keypad: 'Keypad',
    inLine: 'in line',
    called: 'being called',
    connected: 'connected',
    none: 'No callback is pending',
  },
  fr: {
    key: '2',
    turnOn: 'Allumer le téléphone',
    call: 'Appeler le centre',
    talking: /En communication depuis/,
    hangUp: 'Raccrocher',
    youHungUp: 'Vous avez raccroché.',
    theyHungUp: 'L’autre personne a raccroché.',
    answer: 'Répondre',
    begin: 'Commencer mon quart',
    justIn: 'non disponible : arrivée',
    mine: 'Cette page est mon téléphone',
    line: 'Prêt',
    own: 'C’est votre propre téléphone qui sonne.',
    accept: 'Accepter',
    agentTalks: 'en conversation',
    wrapUp: 'travail après appel',
    ready: 'disponible',
    keypad: 'Clavier',
    inLine: 'dans la file',
    called: 'appel en cours',
    connected: 'en communication',
    none: 'Aucun rappel en attente',
  },
} as const;
type Words = (typeof WORDS)['en' | 'fr'];

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).press('Enter');
/** The agent's state in large letters. */
const is = (page: Page, text: string) => page.locator(`[role=status]:text-is("${text}")`).waitFor();

/** A state's word on the supervisor's page, with or without its mark. */
const sees = (page: Page, text: string) =>
  page
    .locator('.badge', { hasText: new RegExp(`^[✓▲■]?${text}$`) })
    .first()
    .waitFor();

async function expectWell(page: Page): Promise<void> {
  expect(await axeViolations(page)).toEqual([]);
  expect(await withTextAt(page, 200, () => lost(page))).toEqual([]);
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await lost(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** A citizen's page that has a callback pending, and hung up. */
async function citizenWithCallback(language: Language, words: Words) {
  const { story } = desks.stage;
  const from = story.length;
  const page = await desks.page(null, '/phone', { language, browser: citizens.browser, script: NOTING });
  await press(page, words.turnOn);
  await page.getByRole('button', { name: words.call, disabled: false }).waitFor();
  await press(page, words.call);
  await page.getByText(words.talking).waitFor();
  const { call } = await story.until('call.arrived', () => true, from);
  for (const [step, key] of [
    ['language', words.key],
    ['line', '1'],
    ['service', '1'],
    ['offer', '1'],
  ] as const) {
    await story.until('dialogue.asked', (fact) => fact.call === call && fact.step === step, from);
    await page.keyboard.press(key);
  }
  const asked = await story.until('dialogue.asked', (fact) => fact.call === call && fact.step === 'confirm');
  await story.until('dialogue.began', (fact) => fact.call === call, story.positionOf(asked));
  await page.keyboard.press('1');
  const { callback } = await story.until('callback.registered', (fact) => fact.call === call);
  await press(page, words.hangUp);
  await page.getByText(words.youHungUp).waitFor();
  const number = /\+1[\d\s-]+/.exec(await page.locator('.phone-number').innerText())?.[0] ?? '';
  return { page, callback, number: number.replace(/[^+\d]/g, ''), from };
}

/** An agent's page at work, whose page is their telephone. */
async function agentByPage(language: Language, words: Words): Promise<Page> {
  const look = { language, browser: agents.browser, script: NOTING };
  const page = await desks.page(AMELIE, '/agent', look);
  await press(page, words.begin);
  await is(page, words.justIn);
  await page.getByText(words.own).waitFor();
  await page.getByRole('switch', { name: words.mine }).press('Space');
  await page.locator('.softphone').getByText(words.line, { exact: true }).waitFor();
  return page;
}

type Shown = { readonly text: string; readonly at: number };

/** Notes when each word of a state is first on the screen, and where. */
async function noteStates(page: Page): Promise<() => Promise<readonly Shown[]>> {
  await page.evaluate(() => {
    const shown: Shown[] = [];
    Object.assign(window, { shown });
    const look = () => {
      for (const badge of document.querySelectorAll('.badge')) {
        const room = badge.closest('section')?.getAttribute('aria-labelledby')?.replace('-title', '');
        const text = `${room}: ${(badge.textContent ?? '').replace(/^[✓▲■]/, '')}`;
        if (!shown.some((one) => one.text === text)) shown.push({ text, at: Date.now() });
      }
    };
    look();
    const all = { subtree: true, childList: true, characterData: true };
    new MutationObserver(look).observe(document.body, all);
  });
  return () => page.evaluate(() => (window as unknown as { shown: Shown[] }).shown);
}

function reportDelays(
  language: Language,
  shown: readonly Shown[],
  steps: readonly (readonly [string, FactType])[],
) {
  const { facts } = desks.stage.story;
  const delays = steps.map(([text, type]) => {
    const at = facts.findLast(({ fact }) => fact.type === type)?.at ?? 0;
    return `${text} ${(shown.find((one) => one.text === text)?.at ?? 0) - at} ms`;
  });
  console.info(`${language}: on the supervisor's screen after its fact: ${delays.join(', ')}`);
}

describe.each(['en', 'fr'] as const)('%s', (language) => {
  const words = WORDS[language];

  test('a callback from page to page, seen by the supervisor', async () => {
    const { story, network } = desks.stage;
    const supervisor = await desks.page(SUPERVISOR, '/supervisor', { language });
    await supervisor.getByText(words.none).waitFor();
    const states = await noteStates(supervisor);
    const agent = await agentByPage(language, words);
    await expectWell(agent);
    const citizen = await citizenWithCallback(language, words);
    await sees(supervisor, words.inLine);

    await press(
      agent,
      words.ready.replace(/^./, (letter) => letter.toUpperCase()),
    );
    await agent.getByRole('button', { name: words.accept }).waitFor();
    await expectWell(agent);
    await agent.keyboard.press('a');
    await agent.locator('.softphone').getByText(words.talking).waitFor();
    await citizen.page.getByRole('button', { name: words.answer, exact: true }).waitFor();
    await sees(supervisor, words.called);
    await press(citizen.page, words.answer);
    await is(agent, words.agentTalks);
    await sees(supervisor, words.connected);

    await hearsTone(agent, CITIZEN_HZ);
    await hearsTone(citizen.page, AGENT_HZ);
    const [atAgent, atCitizen] = [await arrived(agent), await arrived(citizen.page)];
    expect(atAgent.codec).toBe('audio/opus');
    expect(atCitizen.codec).toMatch(/PCM[AU]$/); // as on the telephone
    expect(Math.min(atAgent.energy, atCitizen.energy)).toBeGreaterThan(0);
    await press(agent, words.keypad);
    await expectWell(agent);

    await agent.getByRole('heading', { level: 1 }).click();
    await agent.keyboard.press('h');
    await citizen.page.getByText(words.theyHungUp).waitFor();
    await is(agent, words.wrapUp);
    await sees(supervisor, words.wrapUp);
    await supervisor.getByText(words.none).waitFor();
    await agent.keyboard.press('s');
    await is(agent, words.ready);
    await story.until('callback.completed', (fact) => fact.callback === citizen.callback);
    expect(network.invites(citizen.number)).toBe(1);

    const shown = await states();
    const [inLine, called, connected] = [words.inLine, words.called, words.connected].map(
      (word) => `callbacks: ${word}`,
    ) as [string, string, string];
    const wrapUp = `agents: ${words.wrapUp}`;
    const order = [inLine, called, connected, wrapUp];
    expect(shown.map(({ text }) => text).filter((text) => order.includes(text))).toEqual(order);
    reportDelays(language, shown, [
      [inLine, 'callback.pending'],
      [called, 'agent.reserved'],
      [connected, 'callback.connected'],
      [wrapUp, 'agent.wrap_up_started'],
    ]);
    await desks.stage.ask('POST', '/api/v1/agents/amelie/sign-out');
    await desks.stage.empty();
  });
});
