// The facts for programs: each once and in order from where the reader asked, those of other kinds left out, further ones as
// they are committed, no faster than they are read, and nothing held for a reader who has gone.

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';
import type { Fact } from '../core/fact.ts';
import type { Row } from '../journal/journal.ts';
import { sendFacts } from './fact-stream.ts';

const yaml = readFileSync(new URL('../../config/demonstration.yaml', import.meta.url), 'utf8');
const NOW = Date.UTC(2019, 3, 17, 15);

type Told = { readonly seq: number; readonly at: number; readonly fact: { readonly type: string } };

let house: HouseInMemory;
let server: Server;
let asked: { readonly after: number; readonly types: ReadonlySet<string> | null };
let pages: number;
let streams: Promise<void>[];

const rows = () => house.store.shard('c1').rows as readonly Row<Fact>[];

beforeEach(async () => {
  house = await HouseInMemory.open({ yaml, now: NOW });
  pages = 0;
  streams = [];
  asked = { after: 0, types: null };
  server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    const page = async (from: number) => {
      pages += 1;
      return rows().slice(from - 1, from - 1 + 3);
    };
    streams.push(sendFacts(response, house.engine, { page }, asked.after, asked.types));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await house.close();
});

async function open(): Promise<IncomingMessage> {
  const request = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response.setEncoding('utf8');
}

/** So many events, as they come. */
async function read(from: IncomingMessage, count: number): Promise<Told[]> {
  const told: Told[] = [];
  let text = '';
  for await (const chunk of from.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      const [first, id, data] = event.split('\n');
      const one = JSON.parse(String(data).replace(/^data: /, '')) as Told;
      expect([first, id]).toEqual(['event: fact', `id: ${one.seq}`]);
      told.push(one);
    }
    if (told.length >= count) return told;
  }
  return told;
}

const turn = (on: boolean) =>
  house.engine.submit({ type: 'switch.turn', name: 'offering', line: null, on, reason: 'a test', by: 'x' });

test('from a seq on: each once, in order, and then what is committed', async () => {
  const before = rows().length;
  asked = { after: 1, types: null };
  const response = await open();
  expect((await read(response, before - 1)).map(({ seq }) => seq)).toEqual(
    Array.from({ length: before - 1 }, (_, i) => i + 2),
  );
  await turn(false);
  await turn(true);
  expect(await read(response, 2)).toMatchObject([
    { seq: before + 1, fact: { type: 'switch.turned', on: false } },
    { seq: before + 2, fact: { type: 'switch.turned', on: true } },
  ]);
  response.destroy();
  await Promise.all(streams);
});

test('of the kinds that were asked for, and no other', async () => {
  asked = { after: 0, types: new Set(['switch.turned']) };
  const response = await open();
  await turn(false);
  const [one] = await read(response, 1);
  expect(one).toMatchObject({ seq: rows().length, fact: { type: 'switch.turned' } });
  response.destroy();
  await Promise.all(streams);
});

test('who has gone is forgotten: nothing more is read for them', async () => {
  const response = await open();
  await read(response, 1);
  response.destroy();
  await Promise.all(streams);
  const until = pages;
  await turn(false);
  await turn(true);
  expect(pages).toBe(until);
});
