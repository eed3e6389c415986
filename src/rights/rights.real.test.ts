// The rights of persons on a real PostgreSQL, through the API: all that is held comes out; after it was erased neither the
// number nor (but for the facts and who searched) its key stands in any table there is; reports and note are the same bytes.

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openTestDatabase,
  openTestServer,
  type TestDatabase,
  type TestServer,
} from '../../test/support/database.ts';
import { HOSTILE_TEXTS } from '../../test/support/hostile-texts.ts';
import { HouseOnPostgres } from '../../test/support/house-on-postgres.ts';
import { Visitor } from '../../test/support/visitor.ts';
import type { Fact } from '../core/fact.ts';
import type { AgentId, CallbackId, NumberKey } from '../core/id.ts';
import { dressedNote } from '../records/note-dress.ts';
import { ALL_TABLES } from '../records/record-tables.ts';
import { dressedReport } from '../records/report-dress.ts';
import { CallNotes } from '../vault/call-notes.ts';
import { ClientLinks } from '../vault/client-links.ts';
import { EmailAddresses } from '../vault/email-addresses.ts';

const NOW = Date.UTC(2019, 3, 17, 15);
const DAY_MS = 86_400_000;
const SENTENCE = 'a rather good sentence';
const PERIOD = { from: '2019-04-17', to: '2019-04-18' };
const DIGITS = '6132341234';
const yaml = readFileSync(new URL('../../config/demonstration.yaml', import.meta.url), 'utf8');

/** Facts stay, and so does who looked for whom; snapshots are of facts, and the next ones are without. */
const KEYS_STAY_IN = ['audit', 'journal', 'snapshot'];

let server: TestServer;
let database: TestDatabase;
let house: HouseOnPostgres;
let admin: Visitor;

beforeAll(async () => {
  server = await openTestServer();
  database = await openTestDatabase(server);
  house = await HouseOnPostgres.open({ database, yaml, now: NOW });
  await house.people.add({ name: 'root', password: SENTENCE, roles: ['admin'] }, 'test');
  admin = new Visitor(house.api.url);
  await admin.signIn('root', SENTENCE);
});

afterAll(async () => {
  await house?.close();
  await database?.close();
  await server?.stop();
});

/** The tables in which a text stands, as it is or as bytes. */
async function tablesWith(text: string): Promise<string[]> {
  const { pool } = database;
  const tables = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  expect(tables.rows.length).toBeGreaterThan(20);
  const bytes = Buffer.from(text).toString('hex');
  const found: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await pool.query(
      `select 1 from "${name}" t where position($1 in t::text) > 0 or position($2 in t::text) > 0 limit 1`,
      [text, bytes],
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}

async function figures(): Promise<string[]> {
  await house.caughtUp();
  const reports = await Promise.all(
    (['json', 'csv'] as const).map((format) => dressedReport(house.reports, PERIOD, format, 'en')),
  );
  const byHalfHour = await dressedReport(house.reports, { ...PERIOD, by: ['half-hour'] }, 'csv', 'en');
  const notes = await Promise.all(
    (['md', 'html'] as const).map((format) => dressedNote(house.notes, PERIOD, format, 'fr')),
  );
  // How far the journal was read is no figure: erasing is a fact, and it was taken in.
  const figuresOf = (one: unknown): string =>
    (typeof one === 'string' ? one : JSON.stringify(one))
      .replace(/"position":\{[^}]*\}/, '')
      .replace(/jusqu’au fait \d+/, '');
  return [...reports, byHalfHour, ...notes].map(figuresOf);
}

async function records(): Promise<string> {
  await house.caughtUp();
  const rows = await Promise.all(
    [...ALL_TABLES]
      .sort()
      .map((table) => database.pool.query(`select t::text as row from ${table} t order by 1`)),
  );
  return JSON.stringify(rows.map((result) => result.rows));
}

/** A callback that was served, another that is pending, and everything else that can be held on somebody. */
async function aPersonWithEverything(): Promise<{
  main: NumberKey;
  extension: NumberKey;
  pending: CallbackId;
}> {
  const { engine, vault, ring } = house;
  const first = (await house.register('in-1', `+1${DIGITS}`)) as CallbackId;
  await engine.submit({ type: 'callback.cancel', callback: first, by: 'test' });
  await house.register('in-2', '+16132345678');
  const pending = (await house.register('in-3', `+1${DIGITS}`)) as CallbackId;
  const withExtension = engine.takeNumber(`613 234-1234 x42`);
  if ('code' in withExtension) throw new Error(withExtension.code);
  await engine.submit({
    type: 'callback.change_number',
    callback: pending,
    number: withExtension,
    by: 'test',
  });
  const [main, extension] = [withExtension.mainKey as NumberKey, withExtension.numberKey];
  const emails = new EmailAddresses(database.pool, ring);
  const links = new ClientLinks(database.pool, 'c1', () => house.time.now());
  const notes = new CallNotes(database.pool, ring, 'c1');
  for (const [n, key] of [main, extension].entries()) {
    expect(await notes.put(noteOf(n === 0 ? first : pending, key))).toBe(true);
    await emails.put(key, `somebody${n}@example.org`);
    await links.linkOf(n === 0 ? first : pending, key);
    await database.pool.query(
      `insert into outbox_delivery (id, kind, target, what, callback, number_key, language, state, next_at, created_at)
       values ($1, 'sms', 'sms', 'registered', $2, $3, 'en', $4, $5, $5)`,
      [`msg_${n}`, n === 0 ? first : pending, key, n === 0 ? 'delivered' : 'due', NOW],
    );
  }
  await admin.ask('POST', '/search', { number: DIGITS, why: 'the client called about it' });
  expect(await vault.numberOf(extension)).toBe(`+1${DIGITS}`);
  await house.caughtUp();
  return { main, extension, pending };
}

/** What an agent wrote. */
function noteOf(callback: CallbackId, numberKey: NumberKey) {
  return { callback, numberKey, agent: 'ada' as AgentId, at: NOW, text: NOTE, byRelay: false };
}

const NOTE = 'wants the form of her sister <b>é</b>';

type Said = Record<string, never>;

test('everything comes out, all of it goes, and what was counted stays', async () => {
  const { main, extension, pending } = await aPersonWithEverything();
  const asked = { number: '(613) 234-1234', why: 'asked by the person' };
  const out = await admin.ask('POST', '/persons/export', { ...asked, language: 'fr' });
  expect(out.status).toBe(200);
  const said = out.said as Said as unknown as import('./persons.ts').Held & { text: string };
  expect([...said.keys].sort()).toEqual([main, extension].sort());
  expect(said.numbers.map(({ number }) => number).sort()).toEqual([`+1${DIGITS}`, `+1${DIGITS};ext=42`]);
  expect([...said.emails].sort()).toEqual(['somebody0@example.org', 'somebody1@example.org']);
  expect(said.openCallbacks).toMatchObject([{ callback: pending, state: 'pending' }]);
  expect(said.records.calls).toHaveLength(2);
  expect(said.records.callbacks).toMatchObject([{ endedAs: 'cancelled' }]);
  expect([said.links.length, said.deliveries.length]).toEqual([2, 2]);
  expect(said.notes.map(({ text, agent }) => [text, agent])).toEqual(Array(2).fill([NOTE, 'ada']));
  expect(said.text).toContain(`Notes des agents\n  callback`);
  expect(await tablesWith('her sister')).toEqual([]);
  expect(said.searches.map(({ what }) => what)).toEqual(['search.made', 'person.exported']);
  expect(said.text).toContain('Numéros\n  number +16132341234');

  // With an extension it is that client alone.
  const one = await admin.ask('POST', '/persons/export', { ...asked, extension: '42' });
  expect(one.said.keys).toEqual([extension]);

  await house.engine.submit({ type: 'number.bar', numberKey: main, barred: true, by: 'test' }); // cancels what is pending
  const before = await figures();
  const gone = await admin.ask('POST', '/persons/erase', { number: DIGITS });
  expect(gone.said).toEqual({
    ...{
      keys: 2,
      numbers: 2,
      emails: 2,
      cancelled: 0,
      calls: 2,
      callbacks: 2,
      notes: 2,
      links: 2,
      deliveries: 2,
    },
  });
  expect(await figures()).toEqual(before);
  // A note that an agent is still writing about somebody who is gone is not kept.
  const notes = new CallNotes(database.pool, house.ring, 'c1');
  expect(await notes.put(noteOf(pending, main))).toBe(false);
  expect(await notes.ofNumber(main)).toEqual([]);

  expect(await tablesWith(DIGITS)).toEqual([]);
  for (const key of [main, extension])
    expect((await tablesWith(key)).filter((name) => !KEYS_STAY_IN.includes(name))).toEqual([]);
  for (const address of ['somebody0', 'somebody1']) expect(await tablesWith(address)).toEqual([]);
  const searched = await admin.ask('POST', '/search', { number: DIGITS, why: 'is it gone' });
  expect(searched.said.calls).toEqual([]);
  expect(house.engine.state.numbers.isBarred(main)).toBe(true);
  const { rows } = await database.pool.query('select id, state from outbox_delivery order by id');
  expect(rows).toEqual([
    { id: 'msg_0', state: 'delivered' },
    { id: 'msg_1', state: 'void' },
  ]);

  const again = await admin.ask('POST', '/persons/erase', { number: DIGITS });
  expect(again.said).toMatchObject({
    numbers: 0,
    emails: 0,
    calls: 0,
    callbacks: 0,
    links: 0,
    deliveries: 0,
  });
  expect(house.logged).toEqual([]);
});

test('a callback that is pending is cancelled first, by whoever erases; records made anew are the same bytes', async () => {
  const callback = await house.register('in-7', '+16132345999');
  const [me] = (await admin.ask('GET', '/accounts')).said.accounts as [{ id: string }];
  const gone = await admin.ask('POST', '/persons/erase', { number: '613 234 5999' });
  expect(gone.said).toMatchObject({ keys: 1, numbers: 1, cancelled: 1 });
  const { rows } = await database.pool.query<{ bytes: Buffer }>(
    'select bytes from journal order by seq desc limit 9',
  );
  const facts = rows.map(({ bytes }) => JSON.parse(bytes.toString()) as Fact).reverse();
  const types = facts.map(({ type }) => type);
  expect(types.slice(types.indexOf('place.left'))).toEqual([
    'place.left',
    'callback.cancelled',
    'person.erased',
  ]);
  expect(facts.find(({ type }) => type === 'callback.cancelled')).toMatchObject({ callback, by: me.id });
  expect(await tablesWith('6132345999')).toEqual([]);
  const projected = await records();
  const { Projector } = await import('../records/projector.ts');
  const { PostgresPages } = await import('../journal/postgres/postgres-pages.ts');
  const anew = new Projector(
    database.pool,
    new PostgresPages<Fact>('c1', database.pool, database.connection),
  );
  await anew.reset();
  await anew.catchUp();
  expect(await records()).toBe(projected);
});

test('who is being called or spoken with is not erased meanwhile', async () => {
  const { engine } = house;
  const callback = (await house.register('in-8', '+16132345998')) as CallbackId;
  (engine.state.callbacks.get(callback) as { state: string }).state = 'serving';
  const refused = await admin.ask('POST', '/persons/erase', { number: '+16132345998' });
  expect([refused.status, refused.said.code]).toEqual([409, 'callback.being_served']);
  (engine.state.callbacks.get(callback) as { state: string }).state = 'pending';
  expect(await tablesWith('x')).not.toEqual([]);
  await engine.submit({ type: 'callback.cancel', callback, by: 'test' });
});

test('five hundred hostile texts as reason, and as why somebody asks: kept as they are, and nothing is run or broken', async () => {
  const wanted: string[] = [];
  let on = false;
  for (const reason of HOSTILE_TEXTS) {
    const turned = await admin.ask('POST', '/switches', { name: 'offering', on, reason });
    expect([200, 400]).toContain(turned.status);
    if (turned.status !== 200) continue;
    expect(turned.said.reason).toBe(reason);
    on = !on;
  }
  for (const why of HOSTILE_TEXTS) {
    const asked = await admin.ask('POST', '/persons/export', { number: '613 234 5777', why });
    expect([200, 400]).toContain(asked.status);
    if (asked.status === 200) wanted.push(why.toWellFormed().replaceAll('\0', '\ufffd'));
    const referred = await admin.ask('POST', '/search', { reference: why, why: 'a test' });
    if (!/^[0-9]{1,12}$/.test(why)) expect(referred.status).toBe(400);
  }
  expect(wanted.length).toBeGreaterThan(300);
  const said: string[] = [];
  for (let after = 0; ; ) {
    const page = await admin.ask('GET', `/audit?limit=500&after=${after}`);
    const { audit, next } = page.said as unknown as { audit: { what: string; why: string }[]; next: number };
    said.push(...audit.filter(({ what }) => what === 'person.exported').map(({ why }) => why));
    if (next === null) break;
    after = next;
  }
  expect(said.slice(-wanted.length)).toEqual(wanted);
  const { text } = (await admin.ask('POST', '/persons/export', { number: '613 234 5777', why: 'a test' }))
    .said as {
    text: string;
  };
  // One line a row, whatever was written: nothing turns the direction, hides, or begins a line of its own.
  expect(text.split('\n').filter((line) => line.includes('what person.exported'))).toHaveLength(
    wanted.length + 1,
  );
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect((await admin.ask('GET', '/audit/verify')).said).toMatchObject({ ok: true, broken: null });
  await figures();
  expect(house.logged).toEqual([]);
}, 120_000);

test('retention: once a day, what is due and nothing else, with one line of the audit', async () => {
  const { pool } = database;
  const kept = (await house.register('in-9', '+16132345111')) as CallbackId;
  const old = (await house.register('in-10', '+16132345222')) as CallbackId;
  await house.engine.submit({ type: 'callback.cancel', callback: old, by: 'test' });
  await house.caughtUp();
  await pool.query('update vault set created_at = to_timestamp($1::float8 / 1000)', [house.time.now()]);
  expect(await house.rights.retention.sweepIfDue()).toMatchObject({ numbers: 0, audit: 0 });
  expect(await house.rights.retention.sweepIfDue()).toBeNull();
  await house.pass(DAY_MS);
  expect(await house.rights.retention.sweepIfDue()).toMatchObject({ numbers: 0 });
  await house.pass(90 * DAY_MS);
  const notes = new CallNotes(pool, house.ring, 'c1');
  const keyOf = (text: string) => house.engine.takeNumber(text) as { readonly numberKey: NumberKey };
  const [keptKey, oldKey] = [keyOf('+16132345111').numberKey, keyOf('+16132345222').numberKey];
  for (const [callback, key] of [
    [kept, keptKey],
    [old, oldKey],
  ] as const)
    expect(await notes.put(noteOf(callback, key))).toBe(true);
  expect(await notes.put({ ...noteOf(old, 'relay' as NumberKey), byRelay: true })).toBe(true);
  const before = await figures();
  const [line] = await house.people.audit.rows({ after: 0, limit: 1, by: 'retention' });
  expect(line?.about).toBe('numbers 0, emails 0, notes 0, links 0, deliveries 0, outboxCallbacks 0, audit 0');
  const numbers = (await pool.query('select 1 from vault')).rowCount ?? 0;
  const open = new Set([...house.engine.state.callbacks.values()].map(({ numberKey }) => numberKey));
  const swept = await house.rights.retention.sweepIfDue();
  expect(swept).toMatchObject({ numbers: numbers - open.size, notes: 2 });
  expect((await notes.ofNumber(keptKey)).map(({ text }) => text)).toEqual([NOTE]);
  expect(await notes.ofNumber(oldKey)).toEqual([]);
  expect(open.size).toBeGreaterThan(0);
  expect(house.engine.state.callbacks.get(kept)).toBeDefined();
  const left = await pool.query<{ number_key: NumberKey }>('select number_key from vault');
  expect(left.rows.map((row) => row.number_key).sort()).toEqual([...open].sort());
  expect(await figures()).toEqual(before);
  expect(await house.people.audit.verify()).toMatchObject({ broken: null, goneThrough: 0 });
  await house.pass(800 * DAY_MS);
  const audited = (await pool.query('select 1 from audit')).rowCount ?? 0;
  expect(await house.rights.retention.sweepIfDue()).toMatchObject({ audit: audited });
  expect(await house.people.audit.verify()).toMatchObject({ broken: null, rows: 1 });
  const verified = await admin.ask('GET', '/audit/verify');
  expect([200, 401]).toContain(verified.status);
});
