// The outbox on a real PostgreSQL, with a real HTTP receiver and a real SMTP server: nothing lost and nothing new after
// being thrown away anywhere, endpoints that fail, messages to clients at most once, links kept as hashes.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  openTestDatabase,
  openTestServer,
  type TestDatabase,
  type TestServer,
} from '../../test/support/database.ts';
import { sourceOf, worldFacts } from '../../test/support/world-facts.ts';
import type { Fact } from '../core/fact.ts';
import type { NumberKey } from '../core/id.ts';
import type { Row } from '../journal/journal.ts';
import { ClientLinks } from '../vault/client-links.ts';
import { EmailAddresses, isEmailAddress } from '../vault/email-addresses.ts';
import { KeyRing } from '../vault/key-file.ts';
import { Collector, type OutgoingFile } from './collector.ts';
import { Deliveries } from './deliveries.ts';
import { Sender } from './sender.ts';
import { newSecret } from './signature.ts';

const SECRET = newSecret();
const NUMBER = 'a'.repeat(32) as NumberKey;
const DAY_MS = 86_400_000;

let server: TestServer;
let database: TestDatabase;
let facts: Row<Fact>[];
let now: number;
let posted: { id: string; type: string }[];
let status: number;
let webhookUrl: string;
let said: string[];
let mails: string[];
let mailPort: number;
let texts: string[];
const closing: (() => void)[] = [];

beforeAll(async () => {
  server = await openTestServer();
  facts = await worldFacts({ seed: 20190417, calls: 120 });
  const receiver = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    if (request.url === '/sms') texts.push(body);
    else {
      // By the official library, at the time of this test's clock.
      const id = String(request.headers['webhook-id']);
      const at = new Date(Number(request.headers['webhook-timestamp']) * 1_000);
      const isSigned = new Webhook(SECRET).sign(id, at, body) === request.headers['webhook-signature'];
      posted.push({ id: isSigned ? id : 'unsigned', type: (JSON.parse(body) as { type: string }).type });
    }
    response.writeHead(status).end();
  });
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, done) =>
      done(address.startsWith('nobody') ? Object.assign(new Error('no'), { responseCode: 550 }) : null),
    onData: (stream, _session, done) => {
      let text = '';
      stream.on('data', (part: Buffer) => {
        text += part.toString();
      });
      stream.on('end', () => {
        mails.push(text);
        done();
      });
    },
  });
  await once(smtp.listen(0, '127.0.0.1'), 'listening');
  mailPort = (smtp.server.address() as AddressInfo).port;
  closing.push(
    () => receiver.close(),
    () => smtp.close(() => {}),
  );
});

afterAll(async () => {
  for (const close of closing) close();
  await server?.stop();
});

beforeEach(async () => {
  const fresh = await openTestDatabase(server);
  database = fresh;
  posted = [];
  said = [];
  mails = [];
  texts = [];
  status = 204;
  now = Date.now();
  return () => fresh.close();
});

const webhooks = (): OutgoingFile => ({
  webhooks: [
    {
      id: 'crm',
      url: webhookUrl,
      secretEnv: 'CRM',
      events: ['callback.registered', 'callback.completed', 'callback.unreachable'],
      allowPrivate: true,
    },
  ],
});

function senderOf(file: OutgoingFile): Sender {
  const links = new ClientLinks(database.pool, 'w', () => now);
  const ring = new KeyRing([{ id: 'k1', secret: Buffer.alloc(32, 1) }], 'k1', Buffer.alloc(32, 2));
  const emails = new EmailAddresses(database.pool, ring);
  return new Sender({
    deliveries: new Deliveries(database.pool),
    shard: 'w',
    destinations: {
      mobileOf: async () => '+16132345678',
      emailOf: (numberKey) => emails.addressOf(numberKey),
      linkOf: (callback, numberKey, expiresAt) => links.linkOf(callback, numberKey, expiresAt),
    },
    file: () => file,
    environment: { CRM: SECRET },
    now: () => now,
    chance: () => 0.5,
    log: (line) => said.push(line),
  });
}

const wanted = () =>
  facts
    .filter(({ fact }) =>
      ['callback.registered', 'callback.completed', 'callback.unreachable'].includes(fact.type),
    )
    .map(({ seq, fact }) => ({ id: `evt_w_${seq}_crm`, type: fact.type as string }));

test('every chosen fact is posted, in order, and thrown away anywhere nothing is lost and no other id appears', async () => {
  for (let page = 1; ; page += 1) {
    // A new collector and a new sender each time: what a process knew is gone.
    const collector = new Collector(database.pool, sourceOf(facts, 300), webhooks);
    if (page === 1) await collector.open(0);
    if (!(await collector.step())) break;
    await senderOf(webhooks()).sendDue();
    now += 1;
  }
  now = Math.max(now, ...facts.map(({ at }) => at)) + 1;
  for (let n = 0; n < 20; n += 1) await senderOf(webhooks()).sendDue();
  expect(wanted().length).toBeGreaterThan(20);
  expect(posted.map(({ id }) => id).sort()).toEqual(
    wanted()
      .map(({ id }) => id)
      .sort(),
  );
  // The position was lost in the middle of a page: looked through again, and nothing new is made.
  await database.pool.query('update outbox_position set seq = 0, checksum = 0');
  await new Collector(database.pool, sourceOf(facts, 300), webhooks).catchUp();
  const before = posted.length;
  for (let n = 0; n < 20; n += 1) await senderOf(webhooks()).sendDue();
  expect(posted).toHaveLength(before);
});

test('what was committed before the outbox was there is told to nobody', async () => {
  const half = Math.floor(facts.length / 2);
  const collector = new Collector(database.pool, sourceOf(facts, 300), webhooks);
  await collector.open(half);
  await collector.catchUp();
  const { rows } = await database.pool.query<{ id: string }>('select id from outbox_delivery');
  expect(rows.map(({ id }) => id).sort()).toEqual(
    wanted()
      .map(({ id }) => id)
      .filter((id) => Number(id.split('_')[2]) > half)
      .sort(),
  );
  const { rows: open } = await database.pool.query('select 1 from outbox_callback');
  expect(open.length).toBeGreaterThan(0);
});

test('an answer that was lost: the same id comes again; one that fails for long is set aside, said, and goes on', async () => {
  const deliveries = new Deliveries(database.pool);
  await deliveries.addTest('evt_test_1', 'crm', JSON.stringify({ type: 'test' }), now);
  status = 500;
  const sender = senderOf(webhooks());
  await sender.sendDue();
  await sender.sendDue(); // paused
  expect(posted).toEqual([{ id: 'evt_test_1', type: 'test' }]);
  for (let n = 0; n < 6; n += 1) {
    now += 6 * 3_600_000;
    await sender.sendDue();
  }
  expect(said.at(-1)).toMatch(/webhook crm is set aside, failing since .*; what is for it waits/);
  const tried = posted.length;
  now += DAY_MS;
  await sender.sendDue();
  expect(posted).toHaveLength(tried);
  status = 204;
  const fresh = { enabled: true, failing_since: null, failures: 0, paused_to: 0, set_aside_at: null };
  await deliveries.putEndpoint('crm', fresh);
  await sender.sendDue();
  expect(posted.at(-1)).toEqual({ id: 'evt_test_1', type: 'test' });
  expect((await deliveries.list(1e9, 10))[0]).toMatchObject({ state: 'delivered', said: 'http_204' });
});

const messages = (): OutgoingFile => ({
  messages: {
    linkBase: 'https://centre.example',
    email: { host: '127.0.0.1', port: mailPort, from: 'Centre <centre@example.org>', tls: 'never' },
    sms: { url: `${webhookUrl}/sms`, body: '{"to":"{to}","text":"{text}"}', allowPrivate: true },
    send: [
      { when: 'registered', by: 'email' },
      { when: 'unreachable', by: 'sms' },
    ],
  },
});

async function owe(id: string, kind: 'sms' | 'email', what: string, state = 'due'): Promise<void> {
  await database.pool.query(
    `insert into outbox_delivery (id, kind, target, what, callback, number_key, language, state, next_at, created_at)
     values ($1, $2, $2, $3, 7, $4, 'fr', $5, $6, $6)`,
    [id, kind, what, NUMBER, state, now],
  );
}

test('an e-mail in the language of the call, with a link that leads to the callback and is kept as a hash only', async () => {
  const ring = new KeyRing([{ id: 'k1', secret: Buffer.alloc(32, 1) }], 'k1', Buffer.alloc(32, 2));
  await new EmailAddresses(database.pool, ring).put(NUMBER, 'a.client@example.org');
  await owe('msg_1', 'email', 'registered');
  await senderOf(messages()).sendDue();
  expect(mails).toHaveLength(1);
  const mail = (mails[0] ?? '').replaceAll('=\r\n', '');
  expect(mail).toMatch(/To: a\.client@example\.org/i);
  expect(mail).toContain('Message-ID: <msg_1@example.org>');
  const token = /centre\.example\/c\/([\w-]+)/.exec(mail.replaceAll('=3D', '='))?.[1] ?? '';
  expect(token).toHaveLength(32);
  const links = new ClientLinks(database.pool, 'w', () => now);
  expect(await links.callbackOfLink(token)).toBe(7);
  const { rows } = await database.pool.query<{ t: string }>('select l::text as t from client_link l');
  expect(JSON.stringify(rows)).not.toContain(token);
  const everything = await database.pool.query<{ t: string }>(
    'select d::text as t from outbox_delivery d union all select v::text from vault_email v',
  );
  expect(JSON.stringify([everything.rows, said])).not.toMatch(/a\.client|example\.org/);
  for (const wrong of ['', 'x', `${token}x`, randomBytes(24).toString('base64url'), "' or 1=1 --"])
    expect(await links.callbackOfLink(wrong)).toBeNull();
  await links.end([7], now + 1_000);
  expect(await links.callbackOfLink(token)).toBe(7);
  now += 1_000;
  expect(await links.callbackOfLink(token)).toBeNull();
});

test('a text goes once: what was on its way when the process ended is never sent again, what comes too late neither', async () => {
  await owe('msg_2', 'sms', 'unreachable');
  await owe('msg_3', 'sms', 'unreachable', 'sending');
  await senderOf(messages()).sendDue();
  expect(texts).toHaveLength(1);
  expect(JSON.parse(texts[0] ?? '')).toMatchObject({
    to: '+16132345678',
    text: expect.stringMatching(/tenté de vous joindre/),
  });
  await owe('msg_4', 'sms', 'unreachable');
  now += 2 * 3_600_000;
  await senderOf(messages()).sendDue();
  expect(texts).toHaveLength(1);
  const states = (await new Deliveries(database.pool).list(1e9, 10)).map(({ id, state }) => [id, state]);
  expect(Object.fromEntries(states)).toEqual({ msg_2: 'delivered', msg_3: 'unknown', msg_4: 'void' });
  expect(said.join('\n')).not.toMatch(/613/);
});

test('what nobody may be sent is void; a server that says no is tried again', async () => {
  await owe('msg_5', 'email', 'registered');
  await senderOf(messages()).sendDue();
  const ring = new KeyRing([{ id: 'k1', secret: Buffer.alloc(32, 1) }], 'k1', Buffer.alloc(32, 2));
  await new EmailAddresses(database.pool, ring).put(NUMBER, 'nobody@example.org');
  await owe('msg_6', 'email', 'registered');
  await senderOf(messages()).sendDue();
  const list = await new Deliveries(database.pool).list(1e9, 10);
  expect(list.map(({ id, state, said: what }) => [id, state, what])).toEqual([
    ['msg_6', 'due', 'smtp_550'],
    ['msg_5', 'void', 'no_destination'],
  ]);
});

// ------------------------------------------------------------------------------------------ the link to a survey

type Told = Readonly<Record<string, unknown>> & { readonly type: string };

/** Facts as a journal has them, all of one moment. */
const journalOf = (told: readonly Told[]): Row<Fact>[] =>
  told.map((fact, i) => ({ seq: i + 1, at: now, checksum: i + 1, fact: { v: 1, ...fact } })) as never;

const registered = (callback: number): Told[] => [
  {
    type: 'place.taken',
    place: callback,
    call: callback,
    line: 'permits',
    language: 'fr',
    priority: 0,
    entry: callback,
  },
  { type: 'callback.registered', callback, place: callback, call: callback, numberKey: NUMBER, code: '1234' },
];
const asked = (callback: number, more: object): Told => ({
  ...{ type: 'survey.begun', place: callback, callback, language: 'fr', questions: ['satisfied'], ...more },
});
const ended = (callback: number, how: 'completed' | 'unreachable'): Told => ({
  type: `callback.${how}`,
  callback,
});

const surveyed = (
  send: NonNullable<NonNullable<OutgoingFile['messages']>['send']>,
  linkDays = 3,
): OutgoingFile => ({
  survey: { share: 1, linkDays },
  messages: { ...messages().messages, linkDays: 1, send },
});

async function toldOf(file: OutgoingFile, told: readonly Told[]): Promise<string[]> {
  await new Collector(database.pool, sourceOf(journalOf(told), 300), () => file).catchUp();
  const { rows } = await database.pool.query<{ what: string; callback: number }>(
    'select what, callback from outbox_delivery order by serial',
  );
  return rows.map(({ what, callback }) => `${what} ${callback}`);
}

test('who was not asked by phone is sent the page with the questions, once, and nobody else is', async () => {
  const told = [
    ...registered(7),
    asked(7, { of: 'callback', untilAt: now + 3 * DAY_MS }),
    ended(7, 'completed'),
    ...registered(8),
    asked(8, { of: 'callback' }), // by phone
    ended(8, 'completed'),
    asked(9, { of: 'live', call: 9, callback: undefined }),
    ...registered(10),
    asked(10, { of: 'incomplete', untilAt: now + 3 * DAY_MS }),
    ended(10, 'unreachable'),
  ];
  const file = surveyed([{ when: 'survey', by: 'sms' }]);
  expect(await toldOf(file, told)).toEqual(['survey 7', 'survey 10']);
  await senderOf(file).sendDue();
  await senderOf(file).sendDue();
  const sent = texts.map((text) => (JSON.parse(text) as { text: string }).text);
  expect(sent).toHaveLength(2);
  for (const text of sent)
    expect(text).toMatch(
      /^Quelques questions sur notre service\u00a0: https:\/\/centre\.example\/c\/[\w-]{32}$/,
    );
  // Made after the callback had ended, it ends all the same: with the survey, which outlasts other links here.
  const links = new ClientLinks(database.pool, 'w', () => now);
  const token = sent[0]?.slice(-32) ?? '';
  now += 3 * DAY_MS - 1;
  expect(await links.callbackOfLink(token)).toBe(7);
  now += 1;
  expect(await links.callbackOfLink(token)).toBeNull();
});

test('one message at most leads to the questions: whom the message of a missed callback leads there gets no second one', async () => {
  const told = [
    ...registered(7),
    asked(7, { of: 'incomplete', untilAt: now + DAY_MS }),
    ended(7, 'unreachable'),
    ...registered(8),
    asked(8, { of: 'callback', untilAt: now + DAY_MS }),
    ended(8, 'completed'),
  ];
  const both = surveyed([
    { when: 'survey', by: 'email' },
    { when: 'unreachable', by: 'sms' },
  ]);
  expect(await toldOf(both, told)).toEqual(['unreachable 7', 'survey 8']);
});

test('whom a message without a link told is sent it; who was erased before is sent nothing, and has no link', async () => {
  const words = { en: 'We could not reach you.', fr: 'Nous n’avons pu vous joindre.' };
  const file = surveyed([
    { when: 'survey', by: 'sms' },
    { when: 'unreachable', by: 'sms', text: words },
  ]);
  const told = [
    ...registered(7),
    asked(7, { of: 'incomplete', untilAt: now + DAY_MS }),
    ended(7, 'unreachable'),
  ];
  const erased = { type: 'person.erased', numberKey: NUMBER, by: 'x' };
  expect(await toldOf(file, [...told, erased])).toEqual(['survey 7', 'unreachable 7']);
  await senderOf(file).sendDue();
  expect(texts).toEqual([]);
  const { rows } = await database.pool.query(
    `select 1 from client_link union all select 1 from outbox_delivery where number_key is not null or state <> 'void'`,
  );
  expect(rows).toEqual([]);
});

test.each(['a@b.example', 'jean-luc.o_k+x@xn--caf-dma.example'])('an address: %s', (text) =>
  expect(isEmailAddress(text)).toBe(true),
);
test.each(['', 'a@b@c.d', 'a b@c.d', 'a@b.d\r\nbcc: x@y.z', '<a@b.c>', 'a@', '@b.c', 'a..b@c.d'])(
  'no address: %j',
  (text) => expect(isEmailAddress(text)).toBe(false),
);
