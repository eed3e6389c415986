// People sign in, change what is theirs, and sign out; wrong passwords make them wait; the first admin makes the others.

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';
import { Visitor } from '../../test/support/visitor.ts';
import type { Fact } from '../core/fact.ts';
import type { Row } from '../journal/journal.ts';
import { LIMITS } from './rate-limits.ts';

const yaml = readFileSync(new URL('../../config/demonstration.yaml', import.meta.url), 'utf8');
const NOW = Date.UTC(2019, 3, 17, 15);
const SENTENCE = 'a rather good sentence';

let house: HouseInMemory;
let visitor: Visitor;

beforeEach(async () => {
  house = await HouseInMemory.open({ yaml, now: NOW });
  visitor = new Visitor(house.api.url);
  await house.people.add({ name: 'Zoé', password: SENTENCE, roles: ['supervisor'], language: 'fr' }, 'test');
  await house.people.add({ name: 'Root', password: SENTENCE, roles: ['admin'] }, 'test');
});

afterEach(() => house.close());

const audit = async () =>
  (await house.people.audit.rows({ after: 0, limit: 1_000 })).map(({ by, what }) => `${what} ${by}`);

describe('signing in', () => {
  test('gives who it is and what they may, and a cookie that scripts and other sites do not get', async () => {
    const answer = await visitor.signIn('zoé', SENTENCE);
    expect(answer.status).toBe(200);
    expect(answer.said).toMatchObject({ name: 'Zoé', roles: ['supervisor'], agent: null, language: 'fr' });
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^rappel=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
    const again = await visitor.ask('GET', '/sign-in');
    expect(again.said).toEqual(answer.said);
    expect(await audit()).toContain(`account.signed_in ${String(answer.said.account)}`);
  });

  test('the sign-in that the browser had before is over with the next', async () => {
    await visitor.signIn('Zoé', SENTENCE);
    const before = visitor.cookie;
    await visitor.signIn('Zoé', SENTENCE);
    expect(visitor.cookie).not.toBe(before);
    const old = new Visitor(house.api.url);
    old.cookie = before;
    expect((await old.ask('GET', '/sign-in')).said.code).toBe('request.not_signed_in');
    expect((await visitor.ask('GET', '/sign-in')).status).toBe(200);
  });

  test('after signing out the token is refused at once, and the cookie is gone', async () => {
    await visitor.signIn('Zoé', SENTENCE);
    const { cookie } = visitor;
    expect((await visitor.ask('DELETE', '/sign-in')).said).toEqual({ ended: true });
    expect(visitor.cookie).toBe('');
    visitor.cookie = cookie;
    expect((await visitor.ask('GET', '/stand')).status).toBe(401);
  });

  test('a wrong name and a wrong password are one answer, and both make the next try wait', async () => {
    for (const name of ['Zoé', 'nobody']) {
      const answers = [];
      for (let failure = 0; failure < 5; failure += 1)
        answers.push(await visitor.signIn(name, 'not the sentence'));
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 429]);
      expect(answers[0]?.said.code).toBe('account.wrong_password');
      expect(answers[4]?.said.code).toBe('request.too_many');
      expect(answers[4]?.headers.get('retry-after')).toBe('1');
    }
    expect((await visitor.signIn('Zoé', SENTENCE)).status).toBe(429);
    await house.pass(1_000);
    expect((await visitor.signIn('Zoé', SENTENCE)).status).toBe(200);
  });

  test('many wrong names from one place make that place wait, whoever they ask for', async () => {
    for (let failure = 0; failure < 21; failure += 1) await visitor.signIn(`nobody${failure}`, 'wrong');
    expect((await visitor.signIn('Root', SENTENCE)).status).toBe(429);
  });

  test('who is disabled is out at once, and does not come in again', async () => {
    const { said } = await visitor.signIn('Zoé', SENTENCE);
    await house.people.change(String(said.account), { disabled: true }, 'test');
    expect((await visitor.ask('GET', '/stand')).status).toBe(401);
    expect((await visitor.signIn('Zoé', SENTENCE)).said.code).toBe('account.wrong_password');
  });

  test.each([
    [{}],
    [{ name: 'Zoé' }],
    [{ name: 'Zoé', password: '' }],
    [{ name: 'x'.repeat(65), password: 'x' }],
  ])('%o is no sign-in', async (body) => {
    expect((await visitor.ask('POST', '/sign-in', body)).said.code).toBe('request.invalid');
  });
});

describe('what is theirs', () => {
  test('the language stays with the account, without signing in again', async () => {
    await visitor.signIn('Zoé', SENTENCE);
    expect((await visitor.ask('PATCH', '/sign-in', { language: 'en' })).said.language).toBe('en');
    expect((await visitor.ask('GET', '/sign-in')).said.language).toBe('en');
  });

  test('another password wants the old one; other browsers are signed out', async () => {
    const other = new Visitor(house.api.url);
    await other.signIn('Zoé', SENTENCE);
    await visitor.signIn('Zoé', SENTENCE);
    const change = (old: string, password: string) => visitor.ask('PATCH', '/sign-in', { old, password });
    expect((await change('wrong', 'another good sentence')).status).toBe(401);
    expect((await change(SENTENCE, 'short')).said.code).toBe('account.password_short');
    expect((await change(SENTENCE, 'another good sentence')).status).toBe(200);
    expect((await visitor.ask('GET', '/sign-in')).status).toBe(200);
    expect((await other.ask('GET', '/sign-in')).status).toBe(401);
    expect((await other.signIn('Zoé', SENTENCE)).status).toBe(401);
    expect((await other.signIn('Zoé', 'another good sentence')).status).toBe(200);
  });
});

describe('the first admin', () => {
  test('is made with the link, once; then there are no more links', async () => {
    const empty = await HouseInMemory.open({ yaml, now: NOW });
    const first = new Visitor(empty.api.url);
    const token = await empty.people.offerFirstAdmin();
    const make = (more: object) =>
      first.ask('POST', '/first-admin', { token, name: 'Root', password: SENTENCE, ...more });
    expect((await make({ password: 'short' })).said.code).toBe('account.password_short');
    expect((await make({ token: 'guessed' })).said.code).toBe('admin.link_spent');
    const made = await make({});
    expect([made.status, made.said.roles]).toEqual([201, ['admin']]);
    expect((await make({ name: 'Other' })).status).toBe(410);
    expect(await empty.people.offerFirstAdmin()).toBeNull();
    expect((await first.signIn('root', SENTENCE)).status).toBe(200);
    await empty.close();
  });
});

describe('accounts', () => {
  test('an admin adds, lists, changes and disables; each stands in the audit with who did it', async () => {
    const me = (await visitor.signIn('Root', SENTENCE)).said.account;
    const body = { name: 'amelie', password: SENTENCE, roles: ['agent'], agent: 'amelie' };
    const added = await visitor.ask('POST', '/accounts', body);
    expect([added.status, added.said.agent]).toEqual([201, 'amelie']);
    expect(added.text).not.toMatch(/scrypt|sentence/);
    expect((await visitor.ask('POST', '/accounts', body)).said.code).toBe('account.name_taken');
    expect((await visitor.ask('POST', '/accounts', { ...body, name: 'b' })).said.code).toBe(
      'account.agent_taken',
    );
    const id = String(added.said.id);
    const roles = await visitor.ask('PATCH', `/accounts/${id}`, { roles: ['agent', 'analyst'] });
    expect(roles.said.roles).toEqual(['agent', 'analyst']);
    const page = (await visitor.ask('GET', '/accounts?limit=2')).said;
    expect(page.accounts).toHaveLength(2);
    const rest = (await visitor.ask('GET', `/accounts?after=${String(page.next)}`)).said;
    expect([(rest.accounts as object[]).length, rest.next]).toEqual([1, null]);
    expect((await visitor.ask('PATCH', `/accounts/${String(me)}`, { disabled: true })).said.code).toBe(
      'account.last_admin',
    );
    expect(await audit()).toEqual(expect.arrayContaining([`account.added ${me}`, `account.changed ${me}`]));
    const read = (await visitor.ask('GET', '/audit')).said.audit as { what: string; by: string }[];
    expect(read).toContainEqual(expect.objectContaining({ what: 'account.added', by: me, about: id }));
    expect(await audit()).toContain(`audit.read ${me}`);
  });

  test('what they do to the centre is a fact with their account', async () => {
    const me = (await visitor.signIn('Zoé', SENTENCE)).said.account;
    await visitor.ask('POST', '/switches', { name: 'offering', on: false, reason: 'storm' });
    await visitor.ask('POST', '/agents/amelie/sign-in', {});
    await visitor.ask('POST', '/agents/amelie/ready');
    await visitor.ask('POST', '/agents/amelie/not-ready', { reason: 'break' });
    const facts = house.store.shard('c1').rows.map((row) => (row as Row<Fact>).fact);
    const byMe = facts.filter((fact) => 'by' in fact && fact.by === me).map(({ type }) => type);
    expect(byMe).toEqual(['switch.turned', 'agent.signed_in', 'agent.ready', 'agent.not_ready']);
    const { switches } = (await visitor.ask('GET', '/switches')).said as {
      switches: { by: string | null }[];
    };
    expect(switches.some(({ by }) => by === me)).toBe(true);
  });
});

describe('tokens of programs', () => {
  test('the secret is shown once, works until it is ended, and is kept nowhere', async () => {
    await visitor.signIn('Root', SENTENCE);
    const made = await visitor.ask('POST', '/tokens', { name: 'wall', scopes: ['read:stand'] });
    expect(made.status).toBe(201);
    const { token, id } = made.said as { token: string; id: string };
    const program = { authorization: `Bearer ${token}` };
    expect((await new Visitor(house.api.url).ask('GET', '/stand', undefined, program)).status).toBe(200);
    const listed = await visitor.ask('GET', '/tokens');
    expect(listed.said.tokens).toMatchObject([{ id, name: 'wall', scopes: ['read:stand'], endedAt: null }]);
    expect(listed.text).not.toContain(token);
    expect(JSON.stringify(await house.peopleStore.tokens('', 9))).not.toContain(token);
    expect((await visitor.ask('DELETE', `/tokens/${id}`)).said).toEqual({ id, ended: true });
    expect((await new Visitor(house.api.url).ask('GET', '/stand', undefined, program)).status).toBe(401);
    expect((await visitor.ask('DELETE', `/tokens/${id}`)).said.code).toBe('token.unknown');
  });
});

test('nothing that is answered may run, be framed, or be kept', async () => {
  const { headers } = await visitor.ask('GET', '/sign-in');
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; frame-ancestors 'none'/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('cache-control')).toBe('no-store');
});

test('who asks too often waits, and is told how long', async () => {
  const limits = { ...LIMITS, perCallerPerMinute: 5, strangersPerMinute: 3, signInsPerMinute: 2 };
  const strict = await HouseInMemory.open({ yaml, now: NOW, limits });
  const { token } = await strict.people.addToken(
    { name: 'x', scopes: ['read:stand'], expiresAt: NOW + 9_000_000 },
    'test',
  );
  const statuses = async (count: number, ask: () => Promise<{ readonly status: number }>) => {
    const seen: number[] = [];
    for (let n = 0; n < count; n += 1) seen.push((await ask()).status);
    return seen;
  };
  const somebody = new Visitor(strict.api.url);
  const program = { authorization: `Bearer ${token}` };
  expect(await statuses(6, () => somebody.ask('GET', '/stand', undefined, program))).toEqual([
    ...[200, 200, 200, 200, 200],
    429,
  ]);
  expect(await statuses(4, () => somebody.ask('GET', '/stand'))).toEqual([401, 401, 401, 429]);
  expect(await statuses(3, () => somebody.signIn('x', 'y'))).toEqual([401, 401, 429]);
  expect((await somebody.signIn('x', 'y')).headers.get('retry-after')).toMatch(/^\d+$/);
  await strict.close();
});
