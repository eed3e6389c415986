// The store in PostgreSQL keeps the contract; its audit cannot be changed by anybody, and names are not in its tables.

import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openTestDatabase,
  openTestServer,
  type TestDatabase,
  type TestServer,
} from '../../../test/support/database.ts';
import { KeyRing } from '../../vault/key-file.ts';
import { peopleStoreContract } from '../contract.ts';
import { Passwords } from '../password.ts';
import { People } from '../people.ts';
import { PeopleSeal } from '../seal.ts';
import { PostgresPeopleStore } from './postgres-people-store.ts';

let server: TestServer;
let database: TestDatabase;

beforeAll(async () => {
  server = await openTestServer();
  database = await openTestDatabase(server);
});

afterAll(async () => {
  await database.close();
  await server.stop();
});

const TABLES = 'sign_in, account, token, sign_in_try, first_admin_link, answer';

peopleStoreContract('PostgreSQL', async () => {
  const { pool } = database;
  await pool.query(`truncate ${TABLES}`);
  await pool.query('alter table audit disable trigger audit_kept');
  await pool.query('truncate audit');
  await pool.query('alter table audit enable trigger audit_kept');
  return new PostgresPeopleStore(pool);
});

test('the audit is only added to', async () => {
  const store = new PostgresPeopleStore(database.pool);
  await store.note({ at: 1, by: 'a', what: 'search.made', about: 'k', why: 'asked by the client' });
  for (const attack of ["update audit set by = 'b'", 'delete from audit', 'truncate audit'])
    await expect(database.pool.query(attack)).rejects.toThrow('only added to');
});

test('neither the name of an account nor any secret stands in a row; delays outlive the process', async () => {
  const ring = new KeyRing([{ id: 'k1', secret: Buffer.alloc(32, 1) }], 'k1', Buffer.alloc(32, 2));
  const open = () =>
    new People({
      store: new PostgresPeopleStore(database.pool),
      seal: new PeopleSeal(ring),
      passwords: new Passwords({ logN: 4, p: 1 }),
      now: () => 1_000,
    });
  const people = open();
  const given = { name: 'Zoé.Tremblay', password: 'a good sentence', roles: ['admin'] };
  const added = await people.add(given, 'test');
  expect(added).toMatchObject({ name: 'Zoé.Tremblay' });
  const signedIn = await people.signIn('zoé.tremblay', 'a good sentence', '192.0.2.7');
  expect(signedIn).toHaveProperty('token');
  for (let failure = 0; failure < 4; failure += 1) await people.signIn('zoé.tremblay', 'wrong', '192.0.2.7');
  expect(await open().signIn('Zoé.Tremblay', 'a good sentence', '198.51.100.7')).toMatchObject({
    waitMs: 1_000,
  });
  const rows = await Promise.all(
    [...TABLES.split(', '), 'audit'].map((table) =>
      database.pool.query(`select ${table}::text as line from ${table}`),
    ),
  );
  const text = JSON.stringify(rows.map((result) => result.rows));
  const { token } = signedIn as { token: string };
  for (const secret of ['Tremblay', 'tremblay', 'sentence', token, '192.0.2.7'])
    expect(text).not.toContain(secret);
});
