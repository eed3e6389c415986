// Five hundred hostile texts as reason, name of a token, word of a search and login name: each is stored and given back as
// it was, or refused by its code; nothing runs, breaks or is changed by the way, and a spreadsheet opens them harmlessly.

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOSTILE_TEXTS } from '../../test/support/hostile-texts.ts';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';
import { Visitor } from '../../test/support/visitor.ts';
import type { Fact } from '../core/fact.ts';
import type { Row } from '../journal/journal.ts';
import { csvLine } from '../records/csv.ts';

const yaml = readFileSync(new URL('../../config/demonstration.yaml', import.meta.url), 'utf8');
const NOW = Date.UTC(2019, 3, 17, 15);

let house: HouseInMemory;
let visitor: Visitor;

beforeAll(async () => {
  house = await HouseInMemory.open({ yaml, now: NOW });
  await house.people.add({ name: 'root', password: 'a good sentence', roles: ['admin'] }, 'test');
  visitor = new Visitor(house.api.url);
  await visitor.signIn('root', 'a good sentence');
});

afterAll(() => house.close());

test('there are five hundred of them', () => {
  expect(HOSTILE_TEXTS.length).toBeGreaterThanOrEqual(500);
});

/** As JSON carries it: the pair halves of a text that is none are escaped, and come back as they were. */
const long = (text: string, most: number) => [...text].length > most || text.length === 0;

test('as the reason of a switch: in the fact and in the answer as it was', async () => {
  let on = false;
  for (const reason of HOSTILE_TEXTS) {
    const answer = await visitor.ask('POST', '/switches', { name: 'offering', on, reason });
    if (answer.status === 400) {
      expect([answer.said.code, long(reason, 200)]).toEqual(['request.invalid', true]);
      continue;
    }
    expect([answer.status, answer.said.reason]).toEqual([200, reason]);
    const fact = (house.store.shard('c1').rows.at(-1) as Row<Fact>).fact;
    expect(fact).toMatchObject({ type: 'switch.turned', reason });
    expect(answer.headers.get('content-type')).toContain('application/json');
    on = !on;
  }
});

test('as the name of a token: listed as it was, but for what a database cannot keep', async () => {
  for (const name of HOSTILE_TEXTS) {
    const answer = await visitor.ask('POST', '/tokens', { name, scopes: ['read:stand'] });
    if (answer.status === 400) expect(long(name, 100)).toBe(true);
    else expect(answer.said.name).toBe(name.toWellFormed().replaceAll('\0', '\ufffd'));
  }
  const { status } = await visitor.ask('GET', '/tokens?limit=500');
  expect(status).toBe(200);
});

test('as a login name: refused, or a name that signs in', async () => {
  const taken: string[] = [];
  for (const name of HOSTILE_TEXTS) {
    const answer = await visitor.ask('POST', '/accounts', {
      name,
      password: 'a good sentence',
      roles: ['analyst'],
    });
    expect([201, 400, 409, 422]).toContain(answer.status);
    if (answer.status === 201) taken.push(String(answer.said.name));
  }
  for (const name of taken) {
    expect(name).toMatch(/^[\p{L}\p{M}\p{N}._@+-]+$/u);
    expect((await new Visitor(house.api.url).signIn(name, 'a good sentence')).status).toBe(200);
  }
});

test('as the words of a search and in its place: kept in the audit, never run', async () => {
  for (const why of HOSTILE_TEXTS) {
    const { status } = await visitor.ask('POST', '/search', { reference: '1', why });
    expect([200, 400]).toContain(status);
    const other = await visitor.ask('POST', '/search', { number: why, why: 'a test' });
    expect([400, 422]).toContain(other.status);
  }
});

test('in a cell of CSV: no formula, one cell, and the text is in it', () => {
  for (const text of HOSTILE_TEXTS) {
    const line = csvLine([text]);
    expect(line).toMatch(/^"[\s\S]*"\r\n$/);
    expect(line.slice(1)).not.toMatch(/^[=+\-@\t\r\n|%]/);
    expect(line.slice(1, -3).replaceAll('""', '')).not.toContain('"');
    expect(line.slice(1, -3).replaceAll('""', '"')).toContain(text);
  }
});
