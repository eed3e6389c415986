// A client's e-mail address through the API: a program with a scoped token gives it, it is kept with the number and told to
// nobody, and not where it would reach another client. (Sealed in PostgreSQL, sent to and erased: the tests of the outbox
// and of rights.)

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HOSTILE_TEXTS } from '../../test/support/hostile-texts.ts';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';
import { registerByPhone } from '../../test/support/register-by-phone.ts';
import type { Channel } from '../core/id.ts';
import { isEmailAddress } from '../vault/email-addresses.ts';

const NOW = Date.UTC(2019, 3, 17, 15);
const ADDRESS = 'a.client@example.org';
const yaml = readFileSync(new URL('../../config/demonstration.yaml', import.meta.url), 'utf8');
const shared = `${yaml}numbers: { shared: [{ number: "+16132341234", openMax: 3 }] }\n`;

let house: HouseInMemory;
beforeEach(async () => {
  house = await HouseInMemory.open({ yaml, now: NOW });
});
afterEach(() => house.close());

async function register(): Promise<number> {
  await registerByPhone(house, 'in-1' as Channel, '+16132341234');
  return Math.max(...house.engine.state.callbacks.keys());
}

async function asProgram(method: string, path: string, body?: object) {
  const { token } = await house.people.addToken(
    { name: 'crm', scopes: ['write:callbacks'], expiresAt: NOW + 86_400_000 },
    'test',
  );
  const answer = await fetch(`${house.api.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json', 'idempotency-key': 'k' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, said: (await answer.json()) as Record<string, unknown> };
}

const audited = async () =>
  (await house.people.audit.rows({ after: 0, limit: 100 }))
    .filter(({ what }) => what.startsWith('email.'))
    .map(({ what, about }) => `${what} ${about}`);

test('given for a callback by a program, changed, and taken away; each is in the audit without the address', async () => {
  const callback = await register();
  const { numberKey } = house.engine.state.callbacks.get(callback as never) ?? {};
  const path = `/callbacks/${callback}/email`;
  expect(await asProgram('PUT', path, { email: 'older@example.org' })).toEqual({
    status: 200,
    said: { callback, kept: true },
  });
  // The same key of idempotency with another body: neither is remembered outside of the vault.
  expect(await asProgram('PUT', path, { email: ADDRESS })).toEqual({
    status: 200,
    said: { callback, kept: true },
  });
  expect([...house.emails]).toEqual([[numberKey, ADDRESS]]);
  expect((await asProgram('DELETE', path)).said).toEqual({ callback, kept: false });
  expect((await asProgram('DELETE', path)).said).toEqual({ callback, kept: false });
  expect(house.emails.size).toBe(0);
  expect(await audited()).toEqual([
    `email.kept ${numberKey}`,
    `email.kept ${numberKey}`,
    `email.removed ${numberKey}`,
  ]);
  const kept = JSON.stringify(
    [...house.store.tables.entries()].map(([name, rows]) => [name, [...rows.values()]]),
  );
  expect(`${kept}${JSON.stringify(house.store.shard('c1').rows)}${house.logged}`).not.toMatch(/example\.org/);
});

test('what is no address, and a callback that has ended or never was, are refused', async () => {
  const callback = await register();
  for (const email of HOSTILE_TEXTS.filter((text) => !isEmailAddress(text)).slice(0, 100)) {
    const { status, said } = await asProgram('PUT', `/callbacks/${callback}/email`, { email });
    expect(
      [
        [400, 'request.invalid'],
        [422, 'email.invalid'],
      ],
      JSON.stringify(email),
    ).toContainEqual([status, said.code]);
  }
  for (const email of [
    'A Client <a@example.org>',
    'a@example.org, b@example.org',
    'a@example.org\r\nbcc: b@example.org',
  ])
    expect((await asProgram('PUT', `/callbacks/${callback}/email`, { email })).said.code).toBe(
      'email.invalid',
    );
  expect((await asProgram('PUT', '/callbacks/999/email', { email: ADDRESS })).said.code).toBe(
    'callback.unknown',
  );
  expect(house.emails.size).toBe(0);
});

test('none is kept for a number that many use', async () => {
  const callback = await register();
  expect((await house.ask('PUT', '/configuration', shared)).status).toBe(200);
  const { status, said } = await asProgram('PUT', `/callbacks/${callback}/email`, { email: ADDRESS });
  expect([status, said.code]).toEqual([422, 'email.number_shared']);
  expect(house.emails.size).toBe(0);
});
