// npm run pictures: the pages as they look while the demonstration centre works, in both languages, under docs/pictures.
// It opens the demonstration and a Chromium, waits until there is something to see, and takes the pictures.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { readConfiguration } from '../src/config/configuration-file.ts';
import { openDemonstration } from '../src/demo/demonstration.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    seconds: { type: 'string', default: '45' },
    /** Those whose name begins so. */
    only: { type: 'string', default: '' },
  },
});
const root = join(import.meta.dirname, '..');
const out = values.out ?? join(root, 'docs/pictures');

type Shot = {
  readonly name: string;
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly full?: boolean;
  /** Null: a page for anybody. */
  readonly who?: Who | null;
  readonly act?: (page: Page) => Promise<void>;
};

const PASSWORD = 'only for the pictures of this page';
const PEOPLE = {
  supervisor: { name: 'Simone', password: PASSWORD },
  admin: { name: 'Aline', password: PASSWORD },
  /** One of the demonstration's own, whose phone a program answers; it is given this password. */
  agent: { name: 'chloe', password: PASSWORD },
} as const;
type Who = keyof typeof PEOPLE;

const SHOTS: readonly Shot[] = [
  { name: 'supervisor', path: '/supervisor', width: 1440, height: 900 },
  { name: 'supervisor-small', path: '/supervisor', width: 360, height: 780 },
  { name: 'reports', path: '/reports', width: 1280, height: 1200 },
  { name: 'admin', path: '/admin#hours', width: 1280, height: 900, who: 'admin' },
  { name: 'admin-review', path: '/admin#lines', width: 1280, height: 900, who: 'admin', act: reviewed },
  { name: 'agent', path: '/agent', width: 1280, height: 800, who: 'agent', act: shownCallback },
  { name: 'agent-talking', path: '/agent', width: 1280, height: 1100, who: 'agent', act: talking },
  { name: 'agent-wrap-up', path: '/agent', width: 1280, height: 1100, who: 'agent', act: wrappingUp },
  { name: 'agent-small', path: '/agent', width: 360, height: 780, who: 'agent', act: shownCallback },
  { name: 'wall', path: '/wall', width: 1280, height: 800 },
  { name: 'sign-in', path: '/sign-in', width: 1024, height: 640, who: null },
  { name: 'phone', path: '/phone', width: 1100, height: 720, who: null, act: callTheCentre },
  { name: 'phone-small', path: '/phone', width: 360, height: 780, who: null, act: turnOn },
];

const demonstration = await openDemonstration({
  read: readConfiguration(join(root, 'config/demonstration.yaml')),
  seed: 7,
  log: (line) => process.stderr.write(`${line}\n`),
  onNews: () => {},
  onFatal: (error) => {
    throw error;
  },
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    ...['--no-sandbox', '--headless=new', '--disable-gpu', '--no-first-run', '--disable-sync'],
    ...['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
  ],
});
try {
  for (const who of Object.keys(PEOPLE) as Who[]) await makeAccount(who);
  await new Promise((resolve) => setTimeout(resolve, Number(values.seconds) * 1000));
  mkdirSync(out, { recursive: true });
  for (const language of ['en', 'fr'] as const)
    for (const shot of SHOTS) if (shot.name.startsWith(values.only)) await take(browser, shot, language);
} finally {
  await browser.close();
  await demonstration.stop();
}

async function turnOn(page: Page): Promise<void> {
  await page.locator('.phone-acts button').click();
  await page.locator('.call-line[data-state="line-ready"]').waitFor();
}

async function callTheCentre(page: Page): Promise<void> {
  await turnOn(page);
  await page.locator('.phone-acts button').click();
  await page.locator('.call-line[data-state="talking-out"]').waitFor();
  for (const key of ['1', '4', '1']) {
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await page.keyboard.press(key);
  }
  await new Promise((resolve) => setTimeout(resolve, 1_000));
}

function askAccounts(method: string, path: string, body?: object): Promise<Response> {
  const { api, kept } = demonstration.centre;
  return fetch(`${api.url}/api/v1/accounts${path}`, {
    method,
    headers: { authorization: `Bearer ${kept.apiToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function accountOf(name: string): Promise<string> {
  const { accounts } = (await (await askAccounts('GET', '')).json()) as {
    accounts: { id: string; name: string }[];
  };
  return accounts.find((account) => account.name === name)?.id ?? '';
}

async function makeAccount(who: Who): Promise<void> {
  const { name, password } = PEOPLE[who];
  const answer =
    who === 'agent'
      ? await askAccounts('PATCH', `/${await accountOf(name)}`, { password })
      : await askAccounts('POST', '', { name, password, roles: [who] });
  if (!answer.ok) throw new Error(`no account for the pictures: ${await answer.text()}`);
}

/** A change of the capacity, as it is looked at before it counts. */
async function reviewed(page: Page): Promise<void> {
  await page.getByLabel(/^(Capacity|Capacité)/).fill('40');
  await page.getByRole('button', { name: /^(Review|Revoir)/ }).click();
  await page.getByRole('dialog').waitFor();
}

/** A callback on the agent's page, before it rings. */
async function shownCallback(page: Page): Promise<void> {
  const ready = page.getByRole('button', { name: /^(Ready|Disponible)$/ });
  await page.locator('.desk-state').waitFor();
  if ((await page.locator('.desk-state').getAttribute('data-tone')) === 'warn') await ready.click();
  await page.getByRole('button', { name: /^(Accept|Accepter)$/ }).waitFor({ timeout: 240_000 });
}

/** The agents of the demonstration answer their phones by themselves. */
async function talking(page: Page): Promise<void> {
  await shownCallback(page);
  await page.getByRole('button', { name: /^(Accept|Accepter)$/ }).click();
  await page.getByText(/^(talking|en conversation)$/).waitFor({ timeout: 120_000 });
  await page.getByRole('textbox').fill('Dossier en règle. / File in order.');
}

async function wrappingUp(page: Page): Promise<void> {
  await talking(page);
  await page.getByRole('button', { name: /^(Hang up|Raccrocher)$/ }).click();
  await page.getByText(/^(wrap-up|travail après appel)$/).waitFor();
}

async function take(from: Browser, shot: Shot, language: 'en' | 'fr'): Promise<void> {
  const { api } = demonstration.centre;
  const { name, path, width, height, full = false, who = 'supervisor', act } = shot;
  const context = await from.newContext({
    baseURL: api.url,
    locale: `${language}-CA`,
    viewport: { width, height },
    reducedMotion: 'reduce',
  });
  if (who !== null)
    await context.request.post('/api/v1/sign-in', { headers: { origin: api.url }, data: PEOPLE[who] });
  const page = await context.newPage();
  await page.goto(`/${language}${path}`);
  await page.waitForSelector('main:not([aria-busy])');
  await page.waitForFunction('document.fonts.status === "loaded"');
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await act?.(page);
  writeFileSync(join(out, `${name}.${language}.png`), await page.screenshot({ fullPage: full }));
  await context.close();
}
