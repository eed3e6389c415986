// What leaves the house, without a database: signatures that the official library accepts, also while a secret is being
// changed; addresses that are never reached; what a gateway is sent, whatever the words; events without anybody in them.

import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SmsFile, WebhookFile } from '../config/outgoing-schema.ts';
import type { Fact } from '../core/fact.ts';
import { ANSWER_BYTES_MAX, callHttp } from './http-call.ts';
import { eventBody, isEvent } from './outgoing-event.ts';
import { retryDelayMs } from './pace.ts';
import { checkSecrets, rotateSecret } from './secrets.ts';
import { newSecret, readSecrets, signedHeaders } from './signature.ts';
import { sendSms } from './sms.ts';
import { addressOf, isPublicAddress } from './target.ts';

type Seen = { readonly request: IncomingMessage; readonly body: string };
let server: Server;
let url: string;
let seen: Seen[];
let answer: { status: number; body?: string; headers?: Record<string, string>; silent?: boolean };

beforeEach(async () => {
  seen = [];
  answer = { status: 204 };
  server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    seen.push({ request, body });
    if (answer.silent) return;
    response.writeHead(answer.status, answer.headers ?? {}).end(answer.body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe('signatures', () => {
  test('the official library accepts what is signed, with the old secret and the new one, and nothing altered', () => {
    const [fresh, old] = [newSecret(), newSecret()];
    const body = JSON.stringify({ type: 'test', data: {} });
    const headers = signedHeaders('evt_1', Date.now(), body, readSecrets(`${fresh}\n${old}`) ?? []);
    for (const secret of [fresh, old]) {
      expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
      expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow();
      expect(() => new Webhook(secret).verify(body, { ...headers, 'webhook-id': 'evt_2' })).toThrow();
    }
    expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow();
  });

  test.each(['', 'secret', 'whsec_', 'whsec_YWJj', `whsec_${Buffer.alloc(65).toString('base64')}`])(
    'no secret: %j',
    (text) => expect(readSecrets(text)).toBeNull(),
  );
});

describe('secrets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rappel-secrets-'));
  const file = join(folder, 'crm.secret');
  const webhook = (more: object) =>
    ({ id: 'crm', url: 'https://crm.example/x', events: ['callback.completed'], ...more }) as WebhookFile;
  afterEach(() => rmSync(file, { force: true }));

  test('rotated: the new one in front of the one before, and no third', () => {
    writeFileSync(file, newSecret(), { mode: 0o600 });
    const first = rotateSecret(webhook({ secretFile: file }), {});
    const second = rotateSecret(webhook({ secretFile: file }), {});
    expect(readFileSync(file, 'utf8').trim().split('\n')).toEqual([second, first]);
    expect(() => rotateSecret(webhook({ secretEnv: 'X' }), {})).toThrow(/environment variable/);
  });

  test('what is missing, open to others or no secret is one line that holds nothing of it', () => {
    const lineOf = (one: WebhookFile, environment = {}) => {
      try {
        checkSecrets({ webhooks: [one] }, environment);
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(lineOf(webhook({ secretEnv: 'CRM' }))).toBe(
      'webhook crm: the environment variable CRM is not set; set it and start again',
    );
    expect(lineOf(webhook({ secretEnv: 'CRM' }), { CRM: 'hunter2' })).toMatch(
      /^webhook crm: .*; write whsec_/,
    );
    expect(lineOf(webhook({ secretEnv: 'CRM' }), { CRM: 'hunter2' })).not.toContain('hunter2');
    expect(lineOf(webhook({ secretFile: file }))).toMatch(/cannot be read \(ENOENT\); /);
    writeFileSync(file, newSecret(), { mode: 0o644 });
    expect(lineOf(webhook({ secretFile: file }))).toMatch(/can be read by others; chmod 600/);
    expect(lineOf(webhook({ secretEnv: 'CRM' }), { CRM: newSecret() })).toBe('');
  });
});

describe('addresses', () => {
  test.each([
    ['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
    [
      '::1',
      '::',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      'fe80::1',
      'fd00::1',
      '64:ff9b::a00:1',
      '2002:a00:1::',
    ],
    ['224.0.0.1', '255.255.255.255', '198.18.0.1', 'ff02::1', 'not-an-address', ''],
  ])('are not public: %s', (...addresses) => {
    for (const address of addresses) expect([address, isPublicAddress(address)]).toEqual([address, false]);
  });

  test('public ones are', () => {
    for (const address of ['8.8.8.8', '1.1.1.1', '2606:4700::1111'])
      expect(isPublicAddress(address)).toBe(true);
  });

  test('a name with one private address among others is not reached, nor one that is an address in disguise', async () => {
    const both = async () => ['8.8.8.8', '127.0.0.1'];
    expect(await addressOf('rebind.example', false, both)).toEqual({ refused: 'private_address' });
    for (const disguised of [
      'http://2130706433/',
      'http://0x7f.1/',
      'http://[::ffff:127.0.0.1]/',
      'http://127.1/',
    ])
      expect(await addressOf(new URL(disguised).hostname, false)).toEqual({ refused: 'private_address' });
    expect(await addressOf('rebind.example', true, both)).toEqual({ address: '8.8.8.8' });
  });

  test('without leave nothing of this machine is reached', async () => {
    const call = { method: 'POST', headers: {}, body: '{}', allowPrivate: false } as const;
    expect(await callHttp({ ...call, url })).toEqual({ kind: 'unsent', said: 'no_tls' });
    expect(await callHttp({ ...call, url: url.replace('http:', 'https:') })).toEqual({
      kind: 'unsent',
      said: 'private_address',
    });
    expect(seen).toEqual([]);
  });
});

describe('a call', () => {
  const call = () => ({ method: 'POST', url, headers: {}, body: '{}', allowPrivate: true }) as const;

  test('follows no redirect, reads no endless answer, waits no endless time', async () => {
    answer = { status: 302, headers: { location: `${url}/elsewhere` } };
    expect(await callHttp(call())).toMatchObject({ kind: 'answered', status: 302 });
    expect(seen).toHaveLength(1);
    answer = { status: 200, body: 'x'.repeat(ANSWER_BYTES_MAX + 1) };
    expect(await callHttp(call())).toEqual({ kind: 'unknown', said: 'answer_too_large' });
    answer = { status: 200, silent: true };
    expect(await callHttp({ ...call(), timeoutMs: 50 })).toEqual({ kind: 'unknown', said: 'timeout' });
  });

  test('delays grow, and end', () => {
    const delays = Array.from({ length: 12 }, (_, i) => retryDelayMs('webhook', i + 1, 0.5) ?? 0);
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
    expect(delays[0]).toBe(5_000);
    expect(retryDelayMs('webhook', 13, 0.5)).toBeNull();
    expect(retryDelayMs('webhook', 1, 0)).toBe(4_000);
  });
});

describe('a gateway of short messages', () => {
  const sms = (more: Partial<SmsFile> = {}): SmsFile => ({
    url: `${url}/send`,
    headers: { authorization: 'Bearer {token}' },
    body: '{"to":"{to}","text":"{text}","ref":"{id}"}',
    allowPrivate: true,
    ...more,
  });

  test('gets what was meant, whatever stands in the words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 80 }), async (text) => {
        seen = [];
        const message = { id: 'msg_1', to: '+16132345678', text };
        expect(await sendSms(sms(), 'tok\r\nx: y', message)).toEqual({ kind: 'sent', said: 'http_204' });
        expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ to: '+16132345678', text, ref: 'msg_1' });
        expect(seen[0]?.request.headers.authorization).toBe('Bearer tokx: y');
        await sendSms(sms({ bodyType: 'form', body: 'to={to}&text={text}' }), null, message);
        expect(Object.fromEntries(new URLSearchParams(seen[1]?.body))).toEqual({ to: '+16132345678', text });
      }),
      { numRuns: 50, examples: [['{to}{token}"}\\'], ['$& {text}']] },
    );
  });

  test('says by the owners’ rule what was accepted; a silent one is not asked twice', async () => {
    const message = { id: 'm', to: '+16132345678', text: 'x' };
    answer = { status: 200, body: '{"ok":false}' };
    const success = { bodyHas: '"ok":true' };
    expect(await sendSms(sms({ success }), null, message)).toEqual({
      kind: 'refused',
      said: 'answer_unlike',
    });
    answer = { status: 202, body: '{"ok":true}' };
    expect((await sendSms(sms({ success }), null, message)).kind).toBe('sent');
    expect((await sendSms(sms({ success: { statuses: [200] } }), null, message)).kind).toBe('refused');
    server.close();
    server.closeAllConnections();
    expect((await sendSms(sms(), null, message)).said).toBe('not_reached');
  });
});

test('an event carries no number key, no code, no agent, and nothing that a fact may have one day', () => {
  const fact = {
    type: 'callback.registered',
    v: 1,
    callback: 7,
    place: 3,
    call: 2,
    numberKey: 'aaaaaaaa',
    mainKey: 'bbbbbbbb',
    code: '4711',
    agent: 'amelie',
    note: 'words',
  } as unknown as Fact;
  expect(isEvent(fact)).toBe(true);
  if (!isEvent(fact)) return;
  const known = { callback: 7, numberKey: 'aaaaaaaa', line: 'citizenship', language: 'fr' } as never;
  expect(JSON.parse(eventBody(fact, 0, known))).toEqual({
    type: 'callback.registered',
    timestamp: '1970-01-01T00:00:00.000Z',
    data: { callback: 7, reference: '000007', line: 'citizenship', language: 'fr', call: 2, place: 3 },
  });
});
