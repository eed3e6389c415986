// Every route against everybody: each role, each kind of token, nobody, a wrong token, one after sign-out, one that is
// over, another origin, no csrf. What each may is written down here once more, so that it cannot change by the way.

import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';
import type { AgentId } from '../core/id.ts';
import { type Account, ROLES, type Role, SCOPES } from '../people/account.ts';
import { SIGN_IN_MS } from '../people/people.ts';
import type { Route } from './gate.ts';
import { csrfOf } from './identity.ts';
import { isSafe } from './origin.ts';
import { PERMISSIONS } from './permissions.ts';

const yaml = readFileSync(new URL('../../config/demonstration.yaml', import.meta.url), 'utf8');
const NOW = Date.UTC(2019, 3, 17, 15);

const MAY: Readonly<Record<string, string>> = {
  'GET /health/live': 'anybody',
  'GET /health/ready': 'anybody',
  'POST /api/v1/sign-in': 'anybody',
  'POST /api/v1/first-admin': 'anybody',
  'GET /api/v1/sign-in/ways': 'anybody',
  'GET /api/v1/sign-in/openid': 'anybody',
  'GET /api/v1/sign-in/openid/callback': 'anybody',
  'GET /api/v1/openapi.json': 'agent supervisor analyst admin read:stand read:figures',
  'GET /api/v1/sign-in': 'agent supervisor analyst admin read:stand read:figures',
  'DELETE /api/v1/sign-in': 'agent supervisor analyst admin read:stand read:figures',
  'PATCH /api/v1/sign-in': 'agent supervisor analyst admin',
  'GET /api/v1/accounts': 'admin',
  'POST /api/v1/accounts': 'admin',
  'GET /api/v1/accounts/:account': 'admin',
  'PATCH /api/v1/accounts/:account': 'admin',
  'GET /api/v1/tokens': 'admin',
  'POST /api/v1/tokens': 'admin',
  'DELETE /api/v1/tokens/:token': 'admin',
  'GET /api/v1/audit': 'admin',
  'GET /api/v1/audit/verify': 'admin',
  'POST /api/v1/persons/export': 'admin',
  'POST /api/v1/persons/erase': 'admin',
  'GET /api/v1/agents': 'agent supervisor analyst admin read:stand',
  'POST /api/v1/agents/:agent/sign-in': 'agent supervisor admin write:agents',
  'POST /api/v1/agents/:agent/ready': 'agent supervisor admin write:agents',
  'POST /api/v1/agents/:agent/not-ready': 'agent supervisor admin write:agents',
  'POST /api/v1/agents/:agent/wrap-up': 'agent supervisor admin write:agents',
  'POST /api/v1/agents/:agent/voicemail': 'agent supervisor admin write:agents',
  'POST /api/v1/agents/:agent/relay': 'agent supervisor admin write:agents',
  'POST /api/v1/agents/:agent/tone': 'agent supervisor admin write:agents',
  'POST /api/v1/agents/:agent/sign-out': 'agent supervisor admin write:agents',
  'POST /api/v1/agents/:agent/phone': 'agent',
  'DELETE /api/v1/agents/:agent/phone': 'agent',
  'GET /api/v1/agents/:agent/phone/sip': 'agent',
  'GET /api/v1/phone': 'anybody',
  'POST /api/v1/phone': 'anybody',
  'GET /api/v1/phone/sip': 'anybody',
  'POST /api/v1/agents/:agent/page': 'agent',
  'GET /api/v1/agents/:agent/client': 'agent',
  'POST /api/v1/agents/:agent/accept': 'agent',
  'POST /api/v1/agents/:agent/reject': 'agent',
  'POST /api/v1/agents/:agent/hang-up': 'agent',
  'POST /api/v1/agents/:agent/outcome': 'agent',
  'POST /api/v1/agents/:agent/call-again': 'agent',
  'POST /api/v1/agents/:agent/hold': 'agent',
  'POST /api/v1/agents/:agent/retrieve': 'agent',
  'POST /api/v1/agents/:agent/consult': 'agent',
  'POST /api/v1/agents/:agent/join': 'agent',
  'POST /api/v1/agents/:agent/hand-over': 'agent',
  'POST /api/v1/agents/:agent/end-consult': 'agent',
  'POST /api/v1/agents/:agent/transfer': 'agent',
  'GET /api/v1/stand': 'agent supervisor analyst admin read:stand',
  'GET /api/v1/stream': 'agent supervisor analyst admin read:stand',
  'GET /metrics': 'supervisor analyst admin read:figures',
  'POST /api/v1/search': 'supervisor admin',
  'GET /api/v1/journal': 'supervisor admin read:stand',
  'GET /api/v1/callbacks': 'supervisor admin read:callbacks',
  'GET /api/v1/callbacks/:callback': 'supervisor admin read:callbacks',
  'POST /api/v1/callbacks/:callback/cancel': 'supervisor admin write:callbacks',
  'POST /api/v1/callbacks/:callback/relay': 'supervisor admin write:callbacks',
  'POST /api/v1/callbacks/:callback/language': 'supervisor admin write:callbacks',
  'POST /api/v1/callbacks/:callback/number': 'supervisor admin write:callbacks',
  'POST /api/v1/callbacks/:callback/postpone': 'supervisor admin write:callbacks',
  'PUT /api/v1/callbacks/:callback/email': 'supervisor admin write:callbacks',
  'DELETE /api/v1/callbacks/:callback/email': 'supervisor admin write:callbacks',
  'POST /api/v1/places/:place/priority': 'supervisor admin write:callbacks',
  'POST /api/v1/callbacks/:callback/never-call': 'supervisor admin',
  'POST /api/v1/stories': 'supervisor admin',
  'POST /api/v1/never-call': 'supervisor admin',
  'DELETE /api/v1/never-call': 'supervisor admin',
  'GET /api/v1/switches': 'supervisor admin read:stand',
  'POST /api/v1/switches': 'supervisor admin write:switches',
  'GET /api/v1/outbox/deliveries': 'admin',
  'POST /api/v1/outbox/deliveries/:delivery/retry': 'admin',
  'GET /api/v1/outbox/endpoints': 'admin',
  'POST /api/v1/outbox/endpoints/:endpoint/enable': 'admin',
  'POST /api/v1/outbox/endpoints/:endpoint/disable': 'admin',
  'POST /api/v1/outbox/endpoints/:endpoint/test': 'admin',
  'POST /api/v1/outbox/endpoints/:endpoint/rotate': 'admin',
  'GET /api/v1/configuration': 'admin',
  'PUT /api/v1/configuration': 'admin',
  'GET /api/v1/prompts': 'admin',
  'GET /api/v1/prompts/:language/:name': 'admin',
  'PUT /api/v1/prompts/:language/:name': 'admin',
  'DELETE /api/v1/prompts/:language/:name': 'admin',
  'GET /api/v1/recordings/:language/:name': 'admin',
  'PUT /api/v1/recordings/:language/:name': 'admin',
  'GET /api/v1/configuration/document': 'admin',
  'GET /api/v1/configuration/file': 'admin',
  'POST /api/v1/configuration/check': 'admin',
  'GET /api/v1/configuration/changes': 'admin',
  'POST /api/v1/configuration/changes': 'admin',
};

let house: HouseInMemory;
const accounts = new Map<Role, Account>();
const tokens = new Map<string, string>();
let routes: readonly Route[];

beforeAll(async () => {
  house = await HouseInMemory.open({ yaml, now: NOW });
  routes = house.api.routes.filter(({ isOpen }) => !isOpen);
  for (const role of ROLES) {
    const agent = role === 'agent' ? 'amelie' : null;
    const added = await house.people.add(
      { name: `a.${role}`, password: 'a good sentence', roles: [role], agent },
      'test',
    );
    accounts.set(role, added as Account);
  }
  for (const scope of SCOPES) {
    const { token } = await house.people.addToken(
      { name: scope, scopes: [scope], expiresAt: NOW + 1_000 * SIGN_IN_MS },
      'test',
    );
    tokens.set(scope, token);
  }
});

afterAll(() => house.close());

type Said = { readonly status: number; readonly code: string };

async function ask({ method, path }: Route, headers: Record<string, string>): Promise<Said> {
  const filled = path.replace(':agent', 'amelie').replaceAll(/:\w+/g, '999');
  const answer = await fetch(`${house.api.url}${filled}`, { method, headers });
  const { status } = answer;
  if (!/problem/.test(answer.headers.get('content-type') ?? '')) {
    await answer.body?.cancel();
    return { status, code: '' };
  }
  const { code } = (await answer.json()) as { code: string };
  return { status, code };
}

async function cookieOf(role: Role): Promise<string> {
  return (await house.people.signInAs(accounts.get(role) as Account)).token;
}

/** As a page of the centre asks. */
function asPage(cookie: string): Record<string, string> {
  return { cookie: `rappel=${cookie}`, origin: house.api.url, 'x-rappel-csrf': csrfOf(cookie) };
}

const nameOf = ({ method, path }: Route) => `${method} ${path}`;
/** Readable from this machine by anybody: its own test is below. */
const isLocal = ({ path }: Route) => path === '/metrics';
const mayOf = (route: Route) => (MAY[nameOf(route)] ?? '').split(' ');
const isRefused = ({ code }: Said) =>
  ['request.forbidden', 'request.not_signed_in', 'request.no_token', 'request.no_csrf'].includes(code) ||
  code === 'request.foreign_origin';

test('every route says whom it is for, here and in the table', () => {
  const names = routes.map(nameOf);
  expect(names.filter((name) => PERMISSIONS[name] === undefined)).toEqual([]);
  expect(names.filter((name) => MAY[name] === undefined)).toEqual([]);
  expect(Object.keys(MAY).filter((name) => !names.includes(name))).toEqual([]);
});

describe.each(ROLES)('%s', (role) => {
  test('may what is written, and nothing else', async () => {
    for (const route of routes) {
      const may = mayOf(route).some((who) => who === role || who === 'anybody');
      const said = await ask(route, asPage(await cookieOf(role)));
      expect([nameOf(route), isRefused(said), said.status === 401], JSON.stringify(said)).toEqual([
        nameOf(route),
        !may,
        nameOf(route) === 'POST /api/v1/sign-in' && said.code === 'account.wrong_password',
      ]);
    }
  });
});

test('a token may what its scope says, and nothing else', async () => {
  for (const route of routes) {
    for (const [scope, token] of tokens) {
      const permission = PERMISSIONS[nameOf(route)];
      const isForAnybody = permission !== undefined && ('open' in permission || 'anybody' in permission);
      // A token has no account of which it could change anything.
      const may = nameOf(route) !== 'PATCH /api/v1/sign-in' && (isForAnybody || mayOf(route).includes(scope));
      const said = await ask(route, { authorization: `Bearer ${token}` });
      expect([nameOf(route), scope, isRefused(said)]).toEqual([
        nameOf(route),
        scope,
        !(may || said.status === 400),
      ]);
    }
  }
});

describe('not recognised', () => {
  const closed = () => routes.filter((route) => mayOf(route)[0] !== 'anybody' && !isLocal(route));

  test('nobody, a wrong token, a wrong cookie: 401 everywhere', async () => {
    for (const route of closed()) {
      expect(await ask(route, {})).toEqual({ status: 401, code: 'request.not_signed_in' });
      const wrong = await ask(route, { authorization: 'Bearer not-the-token' });
      expect(wrong).toEqual({ status: 401, code: 'request.no_token' });
      const basic = await ask(route, { authorization: 'Basic YTpi' });
      expect(basic).toEqual({ status: 401, code: 'request.no_token' });
      expect(await ask(route, asPage('not-a-sign-in'))).toMatchObject({ status: 401 });
    }
  });

  test('a cookie after sign-out, or when its day is over; a token that was ended, or is over', async () => {
    const signedOut = await cookieOf('admin');
    await fetch(`${house.api.url}/api/v1/sign-in`, { method: 'DELETE', headers: asPage(signedOut) });
    const over = await cookieOf('admin');
    const add = (expiresAt: number) =>
      house.people.addToken({ name: 'x', scopes: [...SCOPES], expiresAt }, 'test');
    const ended = await add(NOW + 1_000 * SIGN_IN_MS);
    await house.people.endToken(ended.view.id, 'test');
    const late = await add(NOW + SIGN_IN_MS);
    await house.pass(SIGN_IN_MS);
    for (const route of closed()) {
      for (const cookie of [signedOut, over])
        expect(await ask(route, asPage(cookie))).toMatchObject({ status: 401 });
      for (const { token } of [ended, late])
        expect(await ask(route, { authorization: `Bearer ${token}` })).toMatchObject({ status: 401 });
    }
  });
});

describe('a cookie from elsewhere', () => {
  test('is refused everywhere, the stream included', async () => {
    const cookie = await cookieOf('admin');
    const { origin: _, ...unsaid } = asPage(cookie);
    for (const route of routes) {
      if (mayOf(route)[0] === 'anybody') continue;
      for (const origin of ['http://evil.example', 'null', house.api.url.replace('http:', 'https:')])
        expect(await ask(route, { ...unsaid, origin })).toEqual({
          status: 403,
          code: 'request.foreign_origin',
        });
    }
    // What a browser says of itself cannot be set by fetch here; that it is read is seen in origin.test.ts.
  });

  test('whatever changes something says where from, and carries the csrf value', async () => {
    const cookie = await cookieOf('admin');
    const other = csrfOf(await cookieOf('admin'));
    const { 'x-rappel-csrf': _, ...without } = asPage(cookie);
    const { origin: __, ...unsaid } = asPage(cookie);
    for (const route of routes) {
      if (isSafe(route.method) || mayOf(route)[0] === 'anybody') continue;
      expect(await ask(route, without)).toEqual({ status: 403, code: 'request.no_csrf' });
      expect(await ask(route, { ...without, 'x-rappel-csrf': other })).toMatchObject({ status: 403 });
      expect(await ask(route, unsaid)).toEqual({ status: 403, code: 'request.foreign_origin' });
    }
  });

  test('nobody is signed in, nor made an admin, by a page of elsewhere', async () => {
    for (const path of ['/api/v1/sign-in', '/api/v1/first-admin']) {
      const answer = await fetch(`${house.api.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'http://evil.example' },
        body: JSON.stringify({
          name: 'a.admin',
          password: 'a good sentence',
          ...(path.endsWith('admin') && { token: 'x' }),
        }),
      });
      expect(answer.status).toBe(403);
    }
  });
});

test('an agent is at work for themselves only', async () => {
  const headers = asPage(await cookieOf('agent'));
  const other = house.running.configuration.agents.find(({ id }) => id !== ('amelie' as AgentId))?.id;
  for (const what of ['sign-in', 'ready', 'sign-out']) {
    const route = { method: 'POST', path: `/api/v1/agents/${other}/${what}`, isOpen: false };
    expect(await ask(route, headers)).toEqual({ status: 403, code: 'request.forbidden' });
  }
});

test('the start token may everything; what is not there is not there', async () => {
  for (const route of routes) {
    const said = await ask(route, { authorization: `Bearer ${house.token}` });
    expect([nameOf(route), isRefused(said)]).toEqual([
      nameOf(route),
      nameOf(route).startsWith('PATCH /api/v1/sign-in') && said.code === 'request.forbidden',
    ]);
  }
  const nothing = { method: 'GET', path: '/api/v1/nothing', isOpen: false };
  expect(await ask(nothing, {})).toMatchObject({ status: 401 });
  expect(await ask(nothing, asPage(await cookieOf('agent')))).toEqual({
    status: 404,
    code: 'request.unknown_path',
  });
});

test('metrics are read on this machine by anybody, and not by a page whose name was pointed here', async () => {
  const { status } = await fetch(`${house.api.url}/metrics`);
  expect(status).toBe(200);
  const rebound = await new Promise<number | undefined>((resolve) => {
    const headers = { host: 'rebound.example' };
    get(`${house.api.url}/metrics`, { headers }, (answer) => resolve(answer.resume().statusCode));
  });
  expect(rebound).toBe(401);
});
