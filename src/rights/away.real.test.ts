// Persons and audit while PostgreSQL is away: refused with what is missing, and not told as an error of ours.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openTestDatabase, openTestServer } from '../../test/support/database.ts';
import { HouseOnPostgres } from '../../test/support/house-on-postgres.ts';

const yaml = readFileSync(new URL('../../config/demonstration.yaml', import.meta.url), 'utf8');

test('they answer that it is away', async () => {
  const server = await openTestServer();
  const database = await openTestDatabase(server);
  const house = await HouseOnPostgres.open({ database, yaml, now: Date.UTC(2019, 3, 17, 15) });
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${house.api.url}${path}`, {
      method,
      headers: {
        authorization: 'Bearer token-of-a-test',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return [answer.status, ((await answer.json()) as { code?: string }).code];
  };
  const number = '613 234 1234';
  expect(await ask('POST', '/api/v1/persons/export', { number, why: 'a test' })).toEqual([200, undefined]);
  await server.stop();
  for (const [method, path, body] of [
    ['POST', '/api/v1/persons/export', { number, why: 'a test' }],
    ['POST', '/api/v1/persons/erase', { number }],
    ['GET', '/api/v1/audit', undefined],
    ['GET', '/api/v1/audit/verify', undefined],
  ] as const)
    expect(await ask(method, path, body), path).toEqual([503, 'centre.not_ready']);
  await house.close();
});
