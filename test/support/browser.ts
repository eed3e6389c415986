// Desks in a real browser before a real centre: `Desks.open` starts the centre (its own process, PostgreSQL, Asterisk, the
// public network) and Chromium, once for a file of tests. Each person gets a browser of their own (cookies apart). What a
// page complains of (a policy of content broken, an error not caught) is kept and fails `quiet`.

import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Language } from '../../src/core/id.ts';
import { Stage, type StageOptions } from '../e2e/stage.ts';

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const CHROMIUM_FLAGS = [
  ...['--no-sandbox', '--headless=new', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

const PASSWORD = 'a password of a test, long enough';

/** For something to be in sight. */
const WAIT_MS = 15_000;

export type Person = {
  readonly name: string;
  readonly roles: readonly ('agent' | 'supervisor' | 'analyst' | 'admin')[];
  /** The agent they are, if any. */
  readonly agent?: string;
};

export const SUPERVISOR: Person = { name: 'Simone', roles: ['supervisor'] };

export type Look = {
  readonly language?: Language;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  /** Another browser than the one of all desks, such as one with a microphone of its own. */
  readonly browser?: Browser;
  /** Run in the page before it is. */
  readonly script?: string;
};

export class Desks {
  readonly stage: Stage;
  readonly browser: Browser;
  private readonly opened: BrowserContext[] = [];
  private readonly signedIn = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>();
  private readonly complaints: string[] = [];

  private constructor(stage: Stage, browser: Browser) {
    this.stage = stage;
    this.browser = browser;
  }

  /** `flags`: more of them, such as those for a microphone that is a file. */
  static async open(options: StageOptions = {}, flags: readonly string[] = []): Promise<Desks> {
    const stage = await Stage.open(options);
    try {
      return new Desks(stage, await openChromium(flags));
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  get url(): string {
    return this.stage.centre.url;
  }

  /** A page of a browser of their own, signed in; a stranger's where there is nobody. */
  async page(person: Person | null, path: string, look: Look = {}): Promise<Page> {
    const { language = 'en', width = 1280, height = 900, reducedMotion = true } = look;
    const context = await (look.browser ?? this.browser).newContext({
      baseURL: this.url,
      locale: `${language}-CA`,
      viewport: { width, height },
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    });
    this.opened.push(context);
    context.setDefaultTimeout(WAIT_MS);
    if (look.script !== undefined) await context.addInitScript(look.script);
    if (person !== null) await this.signIn(context, person);
    const page = await context.newPage();
    this.listen(page);
    await page.goto(`/${language}${path === '/' ? '' : path}`);
    await page.waitForSelector('main:not([aria-busy])');
    return page;
  }

  /** With an account of their own, made the first time; signed in once, since tries to sign in are counted. */
  private async signIn(context: BrowserContext, person: Person): Promise<void> {
    let cookies = this.signedIn.get(person.name);
    if (cookies === undefined) {
      const { name, roles, agent } = person;
      const account = { name, roles, password: PASSWORD, ...(agent === undefined ? {} : { agent }) };
      const made = await this.stage.ask('POST', '/api/v1/accounts', account);
      if (made.status >= 300) throw new Error(`no account for ${name}: ${JSON.stringify(made.value)}`);
      const answer = await context.request.post('/api/v1/sign-in', {
        headers: { origin: this.url },
        data: { name, password: PASSWORD },
      });
      if (!answer.ok()) throw new Error(`${name} was not signed in: ${await answer.text()}`);
      cookies = await context.cookies();
      this.signedIn.set(person.name, cookies);
    }
    await context.addCookies(cookies);
  }

  private listen(page: Page): void {
    const complain = (text: string) => void this.complaints.push(`${page.url()}: ${text}`);
    page.on('pageerror', (error) => complain(error.message));
    page.on('console', (message) => {
      // What was refused is on the page; that the answer was a refusal the browser writes down by itself.
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complain(message.text());
    });
  }

  /** What pages complained of since the last time; nothing, it is to be hoped. */
  complained(): readonly string[] {
    return this.complaints.splice(0);
  }

  /**
   * Each agent's page says that it is left, as it does for people. One that is closed by the machine says nothing: it counts
   * for some seconds more, and makes an agent who signs in meanwhile not ready when it is missed.
   */
  async leaveDesks(): Promise<void> {
    const desks = this.opened
      .flatMap((context) => context.pages())
      .filter((page) => page.url().endsWith('/agent'));
    await Promise.all(
      desks.map(async (page) => {
        const said = page.waitForResponse(
          (answer) => answer.request().postData()?.includes('leaves') === true,
        );
        await page.evaluate(() => void dispatchEvent(new Event('pagehide')));
        await said;
      }),
    );
  }

  /** Closes the browsers of everybody, so that the next test begins with none. */
  async closePages(): Promise<void> {
    for (const context of this.opened.splice(0)) await context.close();
  }

  async close(): Promise<void> {
    await this.closePages();
    await this.browser.close();
    await this.stage.close();
  }
}

export function openChromium(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_FLAGS, ...flags] });
}
