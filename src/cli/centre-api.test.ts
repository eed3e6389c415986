// A command before a centre that does not answer: while its database is away it ends with one line; while it only takes its
// time, or its telephony is away, it is waited for.

import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { askCentre } from './centre-api.ts';

const PACE = { lookEveryMs: 5, awayMaxMs: 15, answerMaxMs: 60_000 };
const folder = mkdtempSync(join(tmpdir(), 'rappel-ask-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let server: Server;
/** How often it was looked whether the centre is ready. */
let looks: number;
let ready: (response: ServerResponse) => void;
let asked: ServerResponse[];

const notReady = (away: string) => (response: ServerResponse) => {
  const detail = `${away} is away; calls are held until it is back`;
  response.writeHead(503).end(JSON.stringify({ code: 'centre.not_ready', detail, away }));
};
const answer = (response: ServerResponse) => response.writeHead(200).end('{"ok":true}');

beforeEach(async () => {
  [looks, asked] = [0, []];
  server = createServer((request, response) => {
    if (request.url === '/health/ready') {
      looks += 1;
      ready(response);
    } else asked.push(response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(join(folder, 'api.json'), JSON.stringify({ url, token: 't' }));
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const ask = (method: 'GET' | 'POST') => askCentre<object>(folder, { method, path: '/audit/verify' }, PACE);

test('while the database is away it is one line, and of what was asked to be done nothing is promised', async () => {
  ready = notReady('PostgreSQL');
  await expect(ask('GET')).rejects.toMatchObject({
    code: 'centre.not_ready',
    message: 'PostgreSQL is away; calls are held until it is back; ask again then',
  });
  await expect(ask('POST')).rejects.toThrow(
    /what was asked may still be done then: look before you ask again$/,
  );
});

test.each([
  ['all is well', (response: ServerResponse) => response.writeHead(200).end('{"ready":true}')],
  ['telephony is away', notReady('Asterisk')],
] as const)('who takes their time is waited for while %s', async (_, how) => {
  ready = (response) => {
    how(response);
    if (looks === 20) for (const open of asked) answer(open);
  };
  expect(await ask('GET')).toEqual({ ok: true });
  expect(looks).toBeGreaterThanOrEqual(20);
});

test('a database that is back within the time is no reason to give up', async () => {
  ready = (response) => {
    if (looks === 2) response.writeHead(200).end('{"ready":true}');
    else notReady('PostgreSQL')(response);
    if (looks === 4) for (const open of asked) answer(open);
  };
  expect(await ask('GET')).toEqual({ ok: true });
});

test('nobody there is another line', async () => {
  server.close();
  await expect(ask('GET')).rejects.toMatchObject({ code: 'centre.not_running' });
});
