// Signing in at a real provider (oidc-provider, over HTTP on this machine): the way there and back, what it gives, and what
// is refused: another browser's way back, one used twice, another state, a person without a role.

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';

const yaml = readFileSync(new URL('../../config/demonstration.yaml', import.meta.url), 'utf8');
const SECRET = 'a secret of the client';
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  zoe: ['staff', 'rappel-supervisors'],
  guest: ['staff'],
};

let house: HouseInMemory;
let provider: Server;
let issuer: string;

beforeAll(async () => {
  provider = createServer();
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  house = await HouseInMemory.open({
    yaml: yaml.concat(`
signIn:
  openId:
    issuer: ${issuer}
    clientId: rappel
    redirectUri: http://127.0.0.1:1/api/v1/sign-in/openid/callback
    roles: [{ value: rappel-supervisors, role: supervisor }]
`),
    now: Date.now(),
    openIdSecret: SECRET,
  });
  const configuration: Configuration = {
    clients: [
      {
        client_id: 'rappel',
        client_secret: SECRET,
        redirect_uris: ['http://127.0.0.1:1/api/v1/sign-in/openid/callback'],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    cookies: { keys: ['a key of the test'] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id, groups: [...(GROUPS[id] ?? [])] }),
    }),
  };
  provider.on('request', new Provider(issuer, configuration).callback());
});

afterAll(async () => {
  await house.close();
  provider.closeAllConnections();
  await new Promise((resolve) => provider.close(resolve));
});

/** A browser that keeps cookies by host and follows the provider's own pages. */
class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  async go(url: string, form?: Record<string, string>): Promise<Response> {
    const { host } = new URL(url);
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    const answer = await fetch(url, {
      redirect: 'manual',
      method: form === undefined ? 'GET' : 'POST',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      jar.set(name, value);
    }
    return answer;
  }

  cookieAt(url: string, name: string): string | undefined {
    return this.#cookies.get(new URL(url).host)?.get(name);
  }
}

/** From our page through the provider's to where it leads back: that address, at the port where the house really is. */
async function wayBack(browser: Browser, login: string): Promise<string> {
  let at = `${house.api.url}/api/v1/sign-in/openid`;
  let answer = await browser.go(at);
  for (let step = 0; step < 20; step += 1) {
    const location = answer.headers.get('location');
    if (location !== null) {
      at = new URL(location, at).href;
      if (at.startsWith('http://127.0.0.1:1/')) return at.replace('http://127.0.0.1:1', house.api.url);
      answer = await browser.go(at);
      continue;
    }
    const page = await answer.text();
    const action = /action="([^"]+)"/.exec(page)?.[1] ?? at;
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? '';
    at = new URL(action, at).href;
    answer = await browser.go(at, prompt === 'login' ? { prompt, login, password: 'x' } : { prompt });
  }
  throw new Error('the provider never led back');
}

test('it is offered, and leads to the provider with PKCE, state and nonce', async () => {
  const ways = await fetch(`${house.api.url}/api/v1/sign-in/ways`);
  expect(await ways.json()).toEqual({ password: true, openid: true });
  const begun = await new Browser().go(`${house.api.url}/api/v1/sign-in/openid`);
  const url = new URL(begun.headers.get('location') ?? '');
  expect(url.origin).toBe(issuer);
  expect(url.searchParams.get('code_challenge_method')).toBe('S256');
  for (const name of ['state', 'nonce', 'code_challenge'])
    expect(url.searchParams.get(name)).toMatch(/.{20}/);
  expect(begun.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax$/);
});

test('who comes back is signed in with the roles of their groups, and is the same account the next time', async () => {
  const seen = [];
  for (let time = 0; time < 2; time += 1) {
    const browser = new Browser();
    const back = await browser.go(await wayBack(browser, 'zoe'));
    expect([back.status, back.headers.get('location')]).toEqual([303, '/']);
    const me = (await (await browser.go(`${house.api.url}/api/v1/sign-in`)).json()) as Record<
      string,
      unknown
    >;
    expect(me).toMatchObject({ name: 'zoe', roles: ['supervisor'] });
    seen.push(me.account);
  }
  expect(new Set(seen).size).toBe(1);
  expect(await house.people.signIn('zoe', 'x', '192.0.2.1')).toBe('wrong');
});

test('who has no role is not let in', async () => {
  const browser = new Browser();
  const back = await browser.go(await wayBack(browser, 'guest'));
  expect([back.status, ((await back.json()) as { code: string }).code]).toEqual([403, 'openid.no_role']);
  expect(browser.cookieAt(house.api.url, 'rappel')).toBeUndefined();
});

test('a way back is of the browser that began it, and works once; another state or code is refused', async () => {
  const browser = new Browser();
  const back = await wayBack(browser, 'zoe');
  expect(((await (await new Browser().go(back)).json()) as { code: string }).code).toBe('openid.not_begun');
  const forged = new URL(back);
  forged.searchParams.set('state', 'guessed');
  expect(((await (await browser.go(forged.href)).json()) as { code: string }).code).toBe('openid.refused');
  expect(((await (await browser.go(back)).json()) as { code: string }).code).toBe('openid.not_begun');
  const other = new Browser();
  const code = new URL(await wayBack(other, 'zoe'));
  code.searchParams.set('code', 'guessed');
  expect(((await (await other.go(code.href)).json()) as { code: string }).code).toBe('openid.refused');
});
