// npm run pictures: the pages as they look while the demonstration centre works, in both languages, under docs/pictures.
// It opens the demonstration and a Chromium, waits until there is something to see, and takes the pictures: first those
// of pages that only have to be opened, then one callback from page to page (callback-pictures.ts).

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { readConfiguration } from '../src/config/configuration-file.ts';
import { openDemonstration } from '../src/demo/demonstration.ts';
import { CALLBACK_SHOTS, callbackPictures } from './callback-pictures.ts';

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

type Language = 'en' | 'fr';
type Size = { readonly width: number; readonly height: number };
type Shot = Size & {
  readonly name: string;
  readonly path: string;
  /** Null: a page for anybody. */
  readonly who?: Who | null;
  readonly act?: (page: Page) => Promise<void>;
};

const PASSWORD = 'only for the pictures of this page';
const PEOPLE = {
  supervisor: { name: 'Simone', password: PASSWORD },
  admin: { name: 'Aline', password: PASSWORD },
  /** The agent of the visitors' line, whom no program plays; the account is there, and is given this password. */
  agent: { name: 'visitor', password: PASSWORD },
} as const;
type Who = keyof typeof PEOPLE;

const SHOTS: readonly Shot[] = [
  { name: 'supervisor', path: '/supervisor', width: 1440, height: 900 },
  { name: 'supervisor-small', path: '/supervisor', width: 360, height: 780 },
  { name: 'reports', path: '/reports', width: 1280, height: 1200 },
  { name: 'admin', path: '/admin#lines', width: 1280, height: 900, who: 'admin' },
  { name: 'admin-review', path: '/admin#lines', width: 1280, height: 900, who: 'admin', act: reviewed },
  { name: 'admin-hours', path: '/admin#hours', width: 1280, height: 900, who: 'admin' },
  { name: 'admin-agents', path: '/admin#agents', width: 1280, height: 900, who: 'admin' },
  { name: 'admin-prompts', path: '/admin#prompts', width: 1280, height: 900, who: 'admin' },
  { name: 'wall', path: '/wall', width: 1920, height: 1080 },
  { name: 'sign-in', path: '/sign-in', width: 1024, height: 640, who: null },
  { name: 'first-admin', path: '/first-admin/a-link', width: 1024, height: 760, who: null },
];

/** The demonstration's, with a wrap-up that is long enough to be looked at. */
const CONFIGURATION = 'config/demonstration.yaml';
const folder = mkdtempSync(join(tmpdir(), 'rappel-pictures-'));
const file = join(folder, 'centre.yaml');
writeFileSync(file, readFileSync(join(root, CONFIGURATION), 'utf8').replace('wrapUpS: 2', 'wrapUpS: 8'));

const isWanted = (name: string) => name.startsWith(values.only);

const demonstration = await openDemonstration({
  read: readConfiguration(file),
  configurationName: CONFIGURATION,
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
  await pause(Number(values.seconds) * 1000);
  mkdirSync(out, { recursive: true });
  for (const language of ['en', 'fr'] as const) {
    for (const shot of SHOTS) if (isWanted(shot.name)) await take(shot, language);
    if (CALLBACK_SHOTS.some(isWanted))
      await callbackPictures({
        demonstration,
        language,
        open,
        save: (page, name) => save(page, name, language),
      });
  }
} finally {
  await browser.close();
  await demonstration.stop();
  rmSync(folder, { recursive: true });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
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

/** A browser of their own, signed in unless it is a stranger's, with this page open. */
async function open(
  path: string,
  look: Size & { readonly language: Language; readonly who: Who | null },
): Promise<{ readonly page: Page; readonly context: BrowserContext }> {
  const { api } = demonstration.centre;
  const { language, who, width, height } = look;
  const context = await browser.newContext({
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
  await pause(1_000);
  return { page, context };
}

async function take(shot: Shot, language: Language): Promise<void> {
  const { name, path, who = 'supervisor', act, width, height } = shot;
  const { page, context } = await open(path, { language, who, width, height });
  await act?.(page);
  await save(page, name, language);
  await context.close();
}

async function save(page: Page, name: string, language: Language): Promise<void> {
  if (isWanted(name)) writeFileSync(join(out, `${name}.${language}.png`), await page.screenshot());
}
