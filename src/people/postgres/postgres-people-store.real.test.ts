// The store in PostgreSQL keeps the contract; its audit cannot be changed by anybody, and names are not in its tables.

import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openTestDatabase,
  openTestServer,
  type TestDatabase,
  type TestServer,
} from '../../../test/support/database.ts';
import { KeyRing } from '../../vault/key-file.ts';
import { Audit } from '../audit.ts';
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
  await pool.query('alter table audit disable trigger user');
  await pool.query('truncate audit, audit_checkpoint');
  await pool.query('alter table audit enable trigger user');
  return new PostgresPeopleStore(pool);
});

test('the audit is only added to', async () => {
  const store = new PostgresPeopleStore(database.pool);
  await store.note(
    { at: 1, by: 'a', what: 'search.made', about: 'k', why: 'asked by the client' },
    () => 'x',
  );
  for (const attack of ["update audit set by = 'b'", 'delete from audit', 'truncate audit'])
    await expect(database.pool.query(attack)).rejects.toThrow('only added to');
});

test('a row that is changed, added or taken out by hand is found and named', async () => {
  const { pool } = database;
  const ring = new KeyRing([{ id: 'k1', secret: Buffer.alloc(32, 1) }], 'k1', Buffer.alloc(32, 2));
  let now = 1_000;
  const parts = { store: new PostgresPeopleStore(pool), seal: new PeopleSeal(ring), now: () => now };
  const byHand = async (...statements: string[]) => {
    await pool.query('alter table audit disable trigger user');
    for (const statement of statements) await pool.query(statement);
    await pool.query('alter table audit enable trigger user');
  };
  await byHand('truncate audit, audit_checkpoint');
  const audit = new Audit(parts);
  for (now = 1; now <= 9; now += 1) await audit.note({ by: 'a', what: 'search.made', about: `k${now}` });
  const ids = (await audit.rows({ after: 0, limit: 99 })).map(({ id }) => id);
  expect(await audit.verify()).toMatchObject({ rows: 9, unchained: 0, broken: null, head: { id: ids[8] } });
  const attacks: [string, string, number][] = [
    [`update audit set why = 'x' where id = ${ids[4]}`, `update audit set why = '' where id = ${ids[4]}`, 4],
    [`update audit set by = 'b' where id = ${ids[0]}`, `update audit set by = 'a' where id = ${ids[0]}`, 0],
    [`update audit set chain = '' where id = ${ids[7]}`, '', 7],
  ];
  for (const [attack, mend, row] of attacks) {
    const { rows } = await pool.query<{ chain: string }>(`select chain from audit where id = ${ids[row]}`);
    await byHand(attack);
    expect((await audit.verify()).broken).toEqual({ id: ids[row], what: 'row' });
    await byHand(mend === '' ? `update audit set chain = '${rows[0]?.chain}' where id = ${ids[row]}` : mend);
    expect((await audit.verify()).broken).toBeNull();
  }
  // What is due goes; the rest still holds together, and a checkpoint of somebody else's making does not count.
  expect(await audit.forget(4, 99)).toBe(3);
  expect(await audit.verify()).toMatchObject({ rows: 6, goneThrough: ids[2], broken: null });
  await expect(pool.query(`delete from audit where id = ${ids[5]}`)).rejects.toThrow('only added to');
  await byHand(`delete from audit where id = ${ids[5]}`);
  expect((await audit.verify()).broken).toEqual({ id: ids[6], what: 'row' });
  await byHand(
    `insert into audit_checkpoint select id, at, chain, 'mine' from audit where id = ${ids[6]}`,
    `delete from audit where id <= ${ids[6]}`,
  );
  expect((await audit.verify()).broken).toEqual({ id: ids[6], what: 'checkpoint' });
  await byHand('truncate audit, audit_checkpoint');
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
