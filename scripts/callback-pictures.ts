// Pictures of a callback from page to page: a citizen's page calls the visitors' line and is called back twice, the agent's
// page beside it is their telephone. The first conversation leaves a note; the second time the citizen does not answer at
// first. So the pictures show what such pages have on them in real work. The client's page belongs to the same callback.

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { FactOf, FactType } from '../src/core/fact.ts';
import type { CallbackId, NumberKey } from '../src/core/id.ts';
import { openPool } from '../src/database/pool.ts';
import { dataFolderOf } from '../src/demo/day-folder.ts';
import type { Demonstration } from '../src/demo/demonstration.ts';
import { startPostgres } from '../src/local/postgres.ts';
import { ClientLinks } from '../src/vault/client-links.ts';

type Language = 'en' | 'fr';
type Size = { readonly width: number; readonly height: number };

export type Ground = {
  readonly demonstration: Demonstration;
  readonly language: Language;
  open(
    path: string,
    look: Size & { readonly language: Language; readonly who: 'agent' | null },
  ): Promise<{ readonly page: Page }>;
  save(page: Page, name: string): Promise<void>;
};

export const CALLBACK_SHOTS = [
  ...['phone', 'phone-small', 'phone-talking', 'phone-called', 'client', 'client-small'],
  ...[
    'agent-ready',
    'agent',
    'agent-small',
    'agent-talking',
    'agent-consult',
    'agent-together',
    'agent-wrap-up',
  ],
];

const WIDE: Size = { width: 1280, height: 760 };
const WITH_NOTE: Size = { width: 1280, height: 1080 };
const PHONE: Size = { width: 1100, height: 760 };
const NARROW: Size = { width: 320, height: 780 };

const NOTES = {
  en: [
    'Moved in March; the new address is confirmed. Will send the photos again.',
    'The photos have arrived. Decision expected within two weeks.',
  ],
  fr: [
    'A déménagé en mars; nouvelle adresse confirmée. Enverra de nouvelles photos.',
    'Les photos sont arrivées. Décision attendue d’ici deux semaines.',
  ],
} as const;

/** Facts as they are committed, for whoever waits for one. */
class Committed {
  readonly #facts: FactOf<FactType>[] = [];
  readonly #waiting = new Set<() => void>();

  constructor({ centre }: Demonstration) {
    centre.engine.onCommitted(({ fact }) => {
      this.#facts.push(fact);
      for (const look of this.#waiting) look();
    });
  }

  get length(): number {
    return this.#facts.length;
  }

  until<T extends FactType>(type: T, match: (fact: FactOf<T>) => boolean, from: number): Promise<FactOf<T>> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.#facts.slice(from).find((fact) => fact.type === type && match(fact as FactOf<T>));
        if (found === undefined) return;
        this.#waiting.delete(look);
        resolve(found as FactOf<T>);
      };
      this.#waiting.add(look);
      look();
    });
  }
}

export async function callbackPictures(ground: Ground): Promise<void> {
  const { language, open, save } = ground;
  const facts = new Committed(ground.demonstration);
  const { page: phone } = await open('/phone', { language, who: null, ...PHONE });
  await phoneTurnedOn(phone);
  await save(phone, 'phone');
  await narrow(phone, () => save(phone, 'phone-small'));
  const { page: agent } = await open('/agent', { language, who: 'agent', ...WIDE });
  await agent.getByRole('button', { name: /^(Begin my shift|Commencer mon quart)$/ }).click();
  await agent.getByRole('switch').press('Space');
  await agent.locator('.softphone .call-line[data-state="line-ready"]').waitFor();
  await ready(agent);
  await agent.locator('.desk-state[data-tone="good"]').waitFor();
  await settled(agent);
  await save(agent, 'agent-ready');
  await notReady(agent);

  const [first, second] = NOTES[language];
  await askForCallback(phone, facts, language);
  await ready(agent);
  await accept(agent);
  await answer(phone);
  await talking(agent);
  await agent.getByRole('textbox').fill(first);
  await hangUp(agent);
  await saveAndReady(agent);
  await notReady(agent);

  const promised = await askForCallback(phone, facts, language, () => save(phone, 'phone-talking'));
  await clientPictures(ground, promised);
  await notAnswered(agent, phone, facts, promised.callback);
  await agent.getByRole('button', { name: /^(Accept|Accepter)$/ }).waitFor({ timeout: 60_000 });
  await agent.locator('.desk-client table').waitFor();
  await settled(agent);
  await save(agent, 'agent');
  await narrow(agent, () => save(agent, 'agent-small'));
  await accept(agent);
  await phone.locator('.call-line[data-state="ringing-in"]').waitFor({ timeout: 60_000 });
  await save(phone, 'phone-called');
  await answer(phone);
  await talking(agent);
  await agent.setViewportSize(WITH_NOTE);
  await agent.getByRole('textbox').fill(second);
  await settled(agent, 4_000);
  await save(agent, 'agent-talking');
  await together(agent, save);
  await hangUp(agent);
  await settled(agent);
  await save(agent, 'agent-wrap-up');
  await saveAndReady(agent);
  await agent.getByRole('button', { name: /^(End my shift|Terminer mon quart)/ }).click();
  await agent.getByRole('dialog').getByRole('button').last().click();
  await agent.getByRole('button', { name: /^(Begin my shift|Commencer mon quart)$/ }).waitFor();
  await agent.context().close();
  await phone.context().close();
}

// ------------------------------------------------------------------------------------------- the citizen's page

async function phoneTurnedOn(phone: Page): Promise<void> {
  await phone.locator('.phone-acts button').click();
  await phone.locator('.call-line[data-state="line-ready"]').waitFor();
  await settled(phone);
}

/** Calls, keys their way to a callback of the visitors' line, and hangs up. */
async function askForCallback(
  phone: Page,
  facts: Committed,
  language: Language,
  atTheOffer?: () => Promise<void>,
): Promise<FactOf<'callback.registered'>> {
  const from = facts.length;
  await phone.locator('.phone-acts button').click();
  await phone.locator('.call-line[data-state="talking-out"]').waitFor();
  const asked = (step: FactOf<'dialogue.asked'>['step']) =>
    facts.until('dialogue.asked', (fact) => fact.call === call && fact.step === step, from);
  // Others of the demonstration call at the same time: this call is the one that comes to the visitors' line.
  const key = async (signs: string) => {
    await settled(phone);
    await phone.keyboard.press(signs);
  };
  await key(language === 'en' ? '1' : '2');
  await key('5');
  const { call } = await facts.until('call.line_chosen', (fact) => fact.line === 'visitors', from);
  await key('1');
  await asked('offer');
  await settled(phone, 4_000);
  await atTheOffer?.();
  await phone.keyboard.press('1');
  await asked('confirm');
  await settled(phone, 2_000);
  await phone.keyboard.press('1');
  const registered = await facts.until('callback.registered', (fact) => fact.call === call, from);
  await hungUp(phone);
  return registered;
}

async function hungUp(phone: Page): Promise<void> {
  await phone.locator('.phone-acts button').last().click();
  await phone.locator('.call-line[data-state="line-ready"]').waitFor();
}

async function answer(phone: Page): Promise<void> {
  await phone.locator('.call-line[data-state="ringing-in"]').waitFor({ timeout: 60_000 });
  await phone.locator('.phone-acts button').first().click();
}

// ------------------------------------------------------------------------------------------- the agent's page

async function ready(agent: Page): Promise<void> {
  await agent.getByRole('button', { name: /^(Ready|Disponible)$/ }).click();
}

async function notReady(agent: Page): Promise<void> {
  await agent.getByRole('button', { name: /^(Not ready…|Non disponible…)$/ }).click();
  await agent.getByRole('dialog').getByRole('button').last().click();
  await agent.locator('.desk-state[data-tone="warn"]').waitFor();
}

async function accept(agent: Page): Promise<void> {
  await agent.getByRole('button', { name: /^(Accept|Accepter)$/ }).click({ timeout: 60_000 });
}

async function talking(agent: Page): Promise<void> {
  await agent.getByText(/^(talking|en conversation)$/).waitFor({ timeout: 60_000 });
}

/** The interpreters of the directory are asked for, answer, and all three talk. */
async function together(agent: Page, save: Ground['save']): Promise<void> {
  await agent.getByRole('button', { name: /^Consult(er)? (or|ou) / }).click();
  const dialog = agent.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Consult(er)?\b.*([Ii]nterpr)/ }).waitFor();
  await settled(agent);
  await save(agent, 'agent-consult');
  await dialog.getByRole('button', { name: /^Consult(er)?\b.*([Ii]nterpr)/ }).click();
  await agent.getByRole('button', { name: /^(All together|Tous ensemble)$/ }).click({ timeout: 60_000 });
  await agent.getByText(/^(All three together|Tous ensemble\s*:)/).waitFor();
  await settled(agent, 3_000);
  await save(agent, 'agent-together');
}

async function hangUp(agent: Page): Promise<void> {
  await agent.getByRole('button', { name: /^(Hang up|Raccrocher)$/ }).click();
  await agent.getByText(/^(wrap-up|travail après appel)$/).waitFor();
}

async function saveAndReady(agent: Page): Promise<void> {
  await agent.getByRole('button', { name: /^(Save and be ready|Enregistrer et être disponible)$/ }).click();
  await agent.locator('.desk-state[data-tone="good"]').waitFor();
}

/** The first attempt: accepted, and the citizen does not answer. */
async function notAnswered(agent: Page, phone: Page, facts: Committed, callback: CallbackId): Promise<void> {
  await ready(agent);
  await accept(agent);
  await phone.locator('.call-line[data-state="ringing-in"]').waitFor({ timeout: 60_000 });
  await phone.locator('.phone-acts button').last().click();
  await facts.until('callback.retry_set', (fact) => fact.callback === callback, 0);
}

// ------------------------------------------------------------------------------------------- the client's page

async function clientPictures(
  { demonstration, language, open, save }: Ground,
  of: FactOf<'callback.registered'>,
) {
  const dataDir = join(dataFolderOf(demonstration.folder), 'postgres');
  const pool = openPool((await startPostgres({ dataDir })).connection, { onError: () => {} });
  const links = new ClientLinks(pool, demonstration.centre.kept.shard, () => Date.now());
  const token = await links.linkOf(of.callback as CallbackId, of.numberKey as NumberKey);
  await pool.end();
  const { page } = await open(`/c/${token}`, { language, who: null, width: 820, height: 900 });
  await save(page, 'client');
  await page.locator('summary').first().click();
  await narrow(page, () => save(page, 'client-small'));
  await page.context().close();
}

// -------------------------------------------------------------------------------------------

async function narrow(page: Page, look: () => Promise<void>): Promise<void> {
  const wide = page.viewportSize() ?? WIDE;
  await page.setViewportSize(NARROW);
  await settled(page, 300);
  await look();
  await page.setViewportSize(wide);
}

/** What has just come is drawn, what plays has gone on for a while, and no pointer lies over anything. */
async function settled(page: Page, ms = 1_200): Promise<void> {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(ms);
}
