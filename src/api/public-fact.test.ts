// What of a fact others may have, for every kind of fact there is: what is named, and nothing that is added later.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { worldFacts } from '../../test/support/world-facts.ts';
import type { Fact, FactType } from '../core/fact.ts';
import { PUBLIC_FIELDS, publicFact } from './public-fact.ts';

const source = ['../core/fact.ts', '../core/talk-fact.ts']
  .map((path) => readFileSync(new URL(path, import.meta.url), 'utf8'))
  .join('\n');
const written = [
  ...new Set(
    [...source.matchAll(/(?:F<\s*|type: )'([a-z]+\.[a-z_]+)'/g)].map(([, type]) => type as FactType),
  ),
];

test('every kind of fact stands in the table, and the table has no other', () => {
  expect(written.length).toBeGreaterThan(60);
  expect(Object.keys(PUBLIC_FIELDS).sort()).toEqual([...written].sort());
});

test('what is added to a fact does not leave before somebody names it', () => {
  for (const type of written) {
    const fields = Object.fromEntries(PUBLIC_FIELDS[type].map((name) => [name, 1]));
    const personal = {
      clientName: 'Zoé Tremblay',
      note: 'x',
      numberKey: 'k',
      mainKey: 'k',
      ani: 'k',
      number: 'k',
    };
    const fact = { type, v: 1, ...fields, ...personal, draw: 7, channel: 'in-1' } as unknown as Fact;
    expect(publicFact(fact)).toEqual({ type, v: 1, ...fields });
  }
});

test('no kind lets out a key of a number, what was keyed, a code that is said, or a configuration', () => {
  const never = ['ani', 'number', 'numberKey', 'mainKey', 'channel', 'draw', 'key', 'packed', 'document'];
  for (const [type, fields] of Object.entries(PUBLIC_FIELDS)) {
    for (const field of [...never, 'configuration']) expect(fields, type).not.toContain(field);
    if (!['call.refused', 'callback.not_offered'].includes(type)) expect(fields, type).not.toContain('code');
  }
});

test('in the facts of a day of a world no key is left, and ids, states and reasons are', async () => {
  const rows = await worldFacts({ seed: 20190417, calls: 60 });
  const keys = new Set(JSON.stringify(rows.map(({ fact }) => fact)).match(/"[0-9a-f]{32}"/g));
  expect(keys.size).toBeGreaterThan(10);
  const told = rows.map(({ fact }) => publicFact(fact));
  const text = JSON.stringify(told);
  for (const key of keys) expect(text).not.toContain(key);
  const registered = told.find(({ type }) => type === 'callback.registered');
  expect(Object.keys(registered ?? {})).toEqual(['type', 'v', 'callback', 'place', 'call']);
});
