// The configuration through the API: its text as it was written, what another one would change, and the change itself with
// who and why. What is not right, or was made from a text that is not in force any more, changes nothing.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';
import { file } from '../../test/support/mistakes.ts';
import { factsOf } from '../../test/support/stories-in-memory.ts';

const NOW = Date.UTC(2019, 3, 17, 15);
const SHARED = '+16132341234';
const COMMENT = '# ours, and nobody else reads it';
const yaml = `${COMMENT}\n${file({ rest: `numbers: { shared: [{ number: "${SHARED}", openMax: 5 }] } # a shelter` })}\n`;
const changed = yaml.replace('key: 1', 'key: 2');

let house: HouseInMemory;
beforeEach(async () => {
  house = await HouseInMemory.open({ yaml, now: NOW });
});
afterEach(() => house.close());

const document = async () => (await house.ask('GET', '/configuration/document')).said;
const change = (text: string, version: unknown, because = 'a new menu') =>
  house.ask('POST', '/configuration/changes', { yaml: text, version, because });

test('the document is what was written, with its comments; as a file it is a row of the audit', async () => {
  expect(await document()).toMatchObject({ yaml, numbersUnsaid: 0, startedWith: 'configuration' });
  const answer = await fetch(`${house.api.url}/api/v1/configuration/file`, {
    headers: { authorization: `Bearer ${house.token}` },
  });
  expect(await answer.text()).toBe(yaml);
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="centre.yaml"');
  const { said } = await house.ask('GET', '/audit');
  expect(said.audit).toMatchObject([{ what: 'configuration.exported', by: 'start-token' }]);
});

test('a check says what would change and what it means, and changes nothing', async () => {
  const before = await document();
  const { status, said } = await house.ask('POST', '/configuration/check', { yaml: changed });
  expect(status).toBe(200);
  expect(said).toMatchObject({
    mistakes: [],
    version: before.version,
    changes: [{ path: ['lines', 'visas', 'key'], before: 1, after: 2 }],
    lines: [{ id: 'visas' }],
  });
  expect(await document()).toEqual(before);
});

test('a check of what is not right has every mistake with its place', async () => {
  const text = yaml.replace('key: 1', 'key: 0').replace('languages: [en]', 'languages: [de]');
  const { status, said } = await house.ask('POST', '/configuration/check', { yaml: text });
  expect(status).toBe(200);
  expect(said.changes).toEqual([]);
  expect(said.mistakes).toMatchObject([
    { line: 3, where: 'lines[0].key', what: '0 is too small', mend: 'give 1 or more' },
    { line: 4, where: 'agents[0].languages[0]' },
  ]);
});

test('a change is one fact with who and why, one row of the audit, and counts at once', async () => {
  const { version } = await document();
  const done = await change(changed, version);
  expect(done).toMatchObject({ status: 200, said: { changed: 'line changed: visas' } });
  expect(house.engine.state.configuration?.lines[0]?.key).toBe('2');
  const facts = factsOf(house.store).filter(({ type }) => type === 'centre.configured');
  expect(facts.at(-1)).toMatchObject({ by: 'start-token', because: 'a new menu' });
  const { said } = await house.ask('GET', '/audit');
  expect(said.audit).toMatchObject([
    { what: 'configuration.changed', about: 'line changed: visas', why: 'a new menu', by: 'start-token' },
  ]);
  expect((await document()).yaml).toBe(changed);
  expect((await house.ask('GET', '/configuration/changes')).said).toEqual({
    changes: [{ at: NOW, by: 'start-token', changed: 'line changed: visas', because: 'a new menu' }],
  });
});

test('neither comments nor shared numbers are in the journal', async () => {
  const { version } = await document();
  await change(changed, version);
  const { inflateRawSync } = await import('node:zlib');
  const written = factsOf(house.store).map((fact) => {
    const opened = 'document' in fact ? inflateRawSync(Buffer.from(fact.document, 'base64')) : '';
    return `${JSON.stringify(fact)}${opened}`;
  });
  for (const text of written) {
    expect(text).not.toContain(SHARED.slice(2));
    expect(text).not.toContain('shelter');
  }
});

test('words alone: nothing is written into the journal, and the words are kept', async () => {
  const { version } = await document();
  const rows = factsOf(house.store).length;
  const worded = yaml.replace('a shelter', 'the shelter of the city');
  expect(await change(worded, version)).toMatchObject({ status: 200, said: { changed: '' } });
  expect(factsOf(house.store)).toHaveLength(rows);
  expect((await document()).yaml).toBe(worded);
  expect((await change(yaml, version)).status).toBe(409);
});

test('made from a text that is not in force any more: refused, and nothing changes', async () => {
  const { version } = await document();
  await change(changed, version);
  const late = await change(yaml.replace('key: 1', 'key: 3'), version);
  expect(late).toMatchObject({ status: 409, said: { code: 'configuration.outdated' } });
  expect((await document()).yaml).toBe(changed);
});

test('without a reason, or with a mistake: refused', async () => {
  const { version } = await document();
  expect((await change(changed, version, '')).said.code).toBe('request.invalid');
  const wrong = await change(yaml.replace('key: 1', 'key: 0'), version);
  expect(wrong).toMatchObject({ status: 422, said: { code: 'configuration.invalid' } });
  expect((await document()).yaml).toBe(yaml);
});
