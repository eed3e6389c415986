// The three pages of `rappel bench streams`: a Chromium, a supervisor signed in, and in each page an observer that notes
// which seq was drawn when. It must not know what is measured with it.

import type { CDPSession, Page } from 'playwright-core';
import type { People } from '../people/people.ts';

export type ShownPage = {
  readonly page: Page;
  memory(): Promise<PageMemory>;
};

/** What a page holds, after a collection. */
export type PageMemory = {
  readonly heapBytes: number;
  /** Of the document, and those that something still holds. */
  readonly nodes: number;
  readonly listeners: number;
  /** Callbacks on the board: what is there is held. */
  readonly rows: number;
};

export type ShownPages = { readonly pages: readonly ShownPage[]; close(): Promise<void> };

const PATHS = ['/en/supervisor', '/fr/supervisor', '/en/wall'];
const PASSWORD = 'only while the bench runs, and then never';

/** The moment of the frame after a board was drawn. */
const OBSERVER = `
  window.rappelSeen = [];
  let last = '';
  const look = () => {
    const seq = document.querySelector('[data-seq]')?.getAttribute('data-seq') ?? '';
    if (seq === last || seq === '') return;
    last = seq;
    requestAnimationFrame(() => window.rappelSeen.push([Number(seq), Date.now()]));
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-seq'] });
`;

export async function openPages(url: string, people: People): Promise<ShownPages> {
  const { chromium } = await import('playwright-core');
  await people.add(
    { name: 'Simone', roles: ['supervisor'], agent: null, password: PASSWORD, language: 'en' },
    'bench',
  );
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--headless=new', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ...['--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding'],
    ],
  });
  // A window for each page: one behind another in the same window is not drawn.
  const open = () => browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
  const context = await open();
  const data = { name: 'Simone', password: PASSWORD };
  const answer = await context.request.post('/api/v1/sign-in', { headers: { origin: url }, data });
  if (!answer.ok()) throw new Error(`the bench was not signed in: ${await answer.text()}`);
  const pages: ShownPage[] = [];
  for (const path of PATHS) {
    const own = await open();
    await own.addCookies(await context.cookies());
    const page = await own.newPage();
    await page.addInitScript(OBSERVER);
    await page.goto(path);
    await page.waitForSelector('[data-seq]');
    const devtools = await own.newCDPSession(page);
    pages.push({ page, memory: () => memoryOf(page, devtools) });
  }
  return { pages, close: () => browser.close() };
}

async function memoryOf(page: Page, devtools: CDPSession): Promise<PageMemory> {
  // What the bench itself notes in the page is not the page's; the second collection takes what the first has freed.
  await page.evaluate('window.rappelSeen.length = 0');
  for (let i = 0; i < 2; i += 1) await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
  const counted = await page.locator('.callbacks h2 .number').innerText();
  const rows = Number(counted.replace(/\D/g, ''));
  return { heapBytes: usedSize, nodes, listeners: jsEventListeners, rows };
}
