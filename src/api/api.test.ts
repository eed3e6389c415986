// The API before a whole house in memory: the real engine, vault and journal contract, the simulated exchange and its
// network, one citizen who asks to be called. Requests go over loopback, as those of a real client do.

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';
import type { RunningConfiguration } from '../centre/running-configuration.ts';
import type { Fact } from '../core/fact.ts';
import type { Channel, NumberKey } from '../core/id.ts';
import type { Key } from '../core/input.ts';
import type { Engine } from '../engine/engine.ts';
import type { Row } from '../journal/journal.ts';
import type { MemoryStore } from '../journal/memory/memory-store.ts';
import type { VirtualTime } from '../twin/virtual-time.ts';
import type { Vault } from '../vault/vault.ts';
import type { Api } from './api.ts';

const CALLER = '+16132341234';
const NOW = Date.UTC(2019, 3, 17, 15);
const yaml = readFileSync(new URL('../../config/demonstration.yaml', import.meta.url), 'utf8').replace(
  'key: 1\n',
  'key: 1\n    callback: { priorities: [{ reason: urgent, priority: 1, placesMax: 1 }] }\n',
);

let house: HouseInMemory;
let store: MemoryStore;
let time: VirtualTime;
let engine: Engine;
let vault: Vault;
let running: RunningConfiguration;
let seated: string[][];
let said: string[];
let api: Api;

beforeEach(async () => {
  house = await HouseInMemory.open({ yaml, now: NOW });
  ({ store, time, engine, vault, running, seated, logged: said, api } = house);
});

afterEach(() => house.close());

const ask = (method: string, path: string, body?: object | string) => house.ask(method, path, body);
const pass = (ms: number) => house.pass(ms);

const facts = (): readonly Fact[] => store.shard('c1').rows.map((row) => (row as Row<Fact>).fact);
const factsOf = (type: Fact['type']): readonly Fact[] => facts().filter((fact) => fact.type === type);

const channel = 'in-1' as Channel;

async function press(key: Key): Promise<void> {
  await pass(1_000);
  await engine.submit({ type: 'key.pressed', channel, key });
}

/** A citizen calls, asks for an agent on the first line, and then for a callback to the number they call from. */
async function register(): Promise<void> {
  const ani = engine.takeNumber(CALLER);
  await engine.submit({ type: 'call.arrives', channel, ani, dnis: '18885550100' });
  for (const key of ['1', '1', '1', '1'] as const) await press(key);
  const call = [...engine.state.calls.values()][0];
  const playback = `c1-playback-${String(call?.playback).padStart(8, '0')}`;
  await engine.submit({ type: 'prompt.began', channel, playback });
  await press('1');
  await engine.submit({ type: 'channel.ended', channel, cause: 'normal' });
  expect(engine.state.callbacks.size).toBe(1);
}

describe('how a conversation felt', () => {
  test('only who is asked may say it, and only in one of three ways', async () => {
    await ask('POST', '/agents/amelie/sign-in');
    const early = await ask('POST', '/agents/amelie/tone', { value: 1 });
    expect([early.status, early.said.code]).toEqual([409, 'tone.not_asked']);
    for (const value of [2, '1', null])
      expect((await ask('POST', '/agents/amelie/tone', { value })).status).toBe(400);
    expect(factsOf('tone.felt')).toEqual([]);
  });
});

describe('switches', () => {
  test('one that is turned is one fact, with its reason and who asked; turned to what it is, none', async () => {
    const body = { name: 'offering', line: 'citizenship', on: false, reason: 'staff meeting' };
    const first = await ask('POST', '/switches', body);
    expect([first.status, first.said.on, first.said.inForce]).toEqual([200, false, false]);
    expect((await ask('POST', '/switches', body)).status).toBe(200);
    expect(factsOf('switch.turned')).toEqual([{ type: 'switch.turned', v: 1, ...body, by: 'start-token' }]);
  });

  test('all are listed, and a line says what holds although its own is on', async () => {
    await ask('POST', '/switches', { name: 'processing', on: false, reason: 'storm' });
    const { switches } = (await ask('GET', '/switches')).said as { switches: Record<string, unknown>[] };
    expect(switches).toHaveLength(4 + 5 * 3);
    expect(switches.find(({ name, line }) => name === 'processing' && line === 'citizenship')).toMatchObject({
      on: true,
      inForce: false,
    });
    expect(switches.find(({ name, line }) => name === 'emergency' && line === null)).toMatchObject({
      on: false,
      inForce: false,
      reason: null,
    });
  });

  test.each([
    [{ name: 'offering', line: 'nowhere', on: false, reason: 'x' }, 404, 'line.unknown'],
    [{ name: 'dialling', line: 'citizenship', on: false, reason: 'x' }, 422, 'switch.centre_only'],
    [{ name: 'lights', on: false, reason: 'x' }, 400, 'request.invalid'],
    [{ name: 'offering', on: false }, 400, 'request.invalid'],
  ])('%o is refused', async (body, status, code) => {
    const before = facts().length;
    const answer = await ask('POST', '/switches', body);
    expect([answer.status, answer.said.code]).toEqual([status, code]);
    expect(answer.type).toContain('application/problem+json');
    expect(facts()).toHaveLength(before);
  });
});

describe('numbers never to be called', () => {
  test('barred and free again: a key in the facts, the number nowhere', async () => {
    const barred = await ask('POST', '/never-call', { number: '613 234-1234' });
    expect(barred.said).toEqual({ numberKey: vault.remember(CALLER), barred: true });
    expect(engine.state.numbers.isBarred(vault.remember(CALLER))).toBe(true);
    await ask('DELETE', '/never-call', { number: CALLER });
    expect(engine.state.numbers.isBarred(vault.remember(CALLER))).toBe(false);
    expect(JSON.stringify([facts(), barred.said, said])).not.toMatch(/613\D?234|2341234/);
  });

  test('one that may not be dialled anyway is refused with its code', async () => {
    const answer = await ask('POST', '/never-call', { number: '911' });
    expect([answer.status, answer.said.code]).toEqual([422, 'number.emergency']);
  });
});

describe('callbacks', () => {
  test('another number, with its extension beside it or at its end: one key in the fact, no digit anywhere', async () => {
    await register();
    const changed = await ask('POST', '/callbacks/1/number', { number: '613 234 7777', extension: '4207' });
    expect([changed.status, changed.said.state]).toEqual([200, 'pending']);
    const [fact] = factsOf('callback.number_changed');
    expect(fact).toMatchObject({ callback: 1, mainKey: vault.remember('+16132347777'), by: 'start-token' });
    const same = engine.takeNumber('613-234-7777 x4207');
    expect(fact).toMatchObject({ numberKey: 'numberKey' in same ? same.numberKey : '' });
    await engine.settled();
    const kept = await vault.dialable((fact as unknown as { numberKey: NumberKey }).numberKey);
    expect(kept).toMatchObject({ dialled: { extension: '4207' } });
    expect(JSON.stringify([facts(), changed.said, said])).not.toMatch(/2347777|4207/);
  });

  test.each([
    [{ number: '911' }, 422, 'number.emergency'],
    [{ number: '711' }, 422, 'number.service'],
    [{ number: '613 234 7777', extension: 'x' }, 400, 'request.invalid'],
    [{ number: '613 234 7777', extension: '123456789' }, 400, 'request.invalid'],
    [{ number: '613 234 7777 x1', extension: '2' }, 422, 'number.not_digits'],
  ])('another number %o is refused', async (body, status, code) => {
    await register();
    const answer = await ask('POST', '/callbacks/1/number', body);
    expect([answer.status, answer.said.code]).toEqual([status, code]);
    expect(factsOf('callback.number_changed')).toEqual([]);
  });

  test('its client is marked as a relay user, once, with who did it', async () => {
    await register();
    const marked = await ask('POST', '/callbacks/1/relay');
    expect([marked.status, marked.said.relay]).toEqual([200, true]);
    await ask('POST', '/callbacks/1/relay');
    expect(factsOf('place.marked_relay')).toMatchObject([{ place: 1, by: 'start-token' }]);
    expect((await ask('POST', '/callbacks/9/relay')).said.code).toBe('callback.unknown');
    expect((await ask('POST', '/agents/amelie/relay')).said.code).toBe('agent.signed_out');
  });

  test('it goes on in the other language, once, with who did it', async () => {
    await register();
    const other = (await ask('GET', '/callbacks/1')).said.language === 'en' ? 'fr' : 'en';
    const changed = await ask('POST', '/callbacks/1/language', { language: other });
    expect([changed.status, changed.said.language]).toEqual([200, other]);
    await ask('POST', '/callbacks/1/language', { language: other });
    expect(factsOf('place.language_changed')).toMatchObject([
      { place: 1, language: other, by: 'start-token' },
    ]);
    expect((await ask('POST', '/callbacks/1/language', { language: 'de' })).said.code).toBe(
      'request.invalid',
    );
    expect((await ask('POST', '/callbacks/9/language', { language: 'en' })).said.code).toBe(
      'callback.unknown',
    );
  });

  test('one is listed and shown without its number, and neither is its code', async () => {
    await register();
    const { callbacks } = (await ask('GET', '/callbacks')).said as { callbacks: object[] };
    const one = await ask('GET', '/callbacks/1');
    expect(callbacks).toEqual([one.said]);
    expect(one.said).toMatchObject({
      reference: '000001',
      state: 'pending',
      line: 'permanent_residence',
      language: 'en',
      rank: 1,
      attempts: 0,
      notBefore: null,
    });
    const code = [...engine.state.callbacks.values()][0]?.code;
    expect(Object.values(one.said)).not.toContain(code);
    expect(JSON.stringify(one.said)).not.toMatch(/234|numberKey/);
    expect((await ask('GET', '/callbacks?line=citizenship')).said).toEqual({ callbacks: [], next: null });
    expect((await ask('GET', '/callbacks?after=1')).said).toEqual({ callbacks: [], next: null });
    expect((await ask('GET', '/callbacks?limit=1')).said).toEqual({ callbacks: [one.said], next: 1 });
  });

  test('called later, and then cancelled: who asked is in the fact', async () => {
    await register();
    const later = await ask('POST', '/callbacks/1/postpone', { minutes: 30 });
    expect(later.said).toMatchObject({ state: 'scheduled', rank: 1 });
    expect(later.said.notBefore).toBeGreaterThanOrEqual(time.now() + 30 * 60_000);
    const cancelled = await ask('POST', '/callbacks/000001/cancel');
    expect(cancelled.said).toEqual({ callback: 1, reference: '000001', state: 'cancelled' });
    expect(factsOf('callback.cancelled')).toEqual([
      { type: 'callback.cancelled', v: 1, callback: 1, by: 'start-token' },
    ]);
    const again = await ask('POST', '/callbacks/1/cancel');
    expect([again.status, again.said.code]).toEqual([404, 'callback.unknown']);
  });

  test.each([
    ['GET', '/callbacks/7', undefined, 404, 'callback.unknown'],
    ['POST', '/callbacks/7/postpone', { minutes: 10 }, 404, 'callback.unknown'],
    ['POST', '/callbacks/7/postpone', { minutes: 0 }, 400, 'request.invalid'],
    ['GET', '/callbacks?limit=100000', undefined, 400, 'request.invalid'],
    ['POST', '/agents/amelie/voicemail', undefined, 409, 'agent.signed_out'],
    ['POST', '/places/7/priority', { reason: 'urgent' }, 404, 'place.unknown'],
  ])('%s %s is refused', async (method, path, body, status, code) => {
    const answer = await ask(method, path, body);
    expect([answer.status, answer.said.code]).toEqual([status, code]);
  });

  test('a place goes before its turn for a reason of its line only, up to its cap', async () => {
    await register();
    const unknown = await ask('POST', '/places/1/priority', { reason: 'nephew' });
    expect([unknown.status, unknown.said.code]).toEqual([422, 'place.reason_unknown']);
    expect((await ask('POST', '/places/1/priority', { reason: 'urgent' })).status).toBe(200);
    expect(factsOf('place.prioritised')).toHaveLength(1);
  });

  test('an agent who is not connected to a client reports no voicemail', async () => {
    await ask('POST', '/agents/amelie/sign-in');
    const answer = await ask('POST', '/agents/amelie/voicemail');
    expect([answer.status, answer.said.code]).toEqual([409, 'agent.no_client']);
  });
});

describe('the configuration', () => {
  test('another one takes effect as one fact, with its phones and its numbers', async () => {
    const { hash } = (await ask('GET', '/configuration')).said;
    expect(hash).toBe(engine.state.configurationHash);
    const other = `${yaml}\nnumbers: { regions: [CA, US] }\n`.replace('id: amelie', 'id: alice');
    const put = await ask('PUT', '/configuration', other);
    expect(put.status).toBe(200);
    expect(put.said.changed).toContain('agent added: alice');
    expect(put.said.hash).toBe(engine.state.configurationHash);
    expect(factsOf('centre.configured')).toHaveLength(2);
    expect(seated.at(-1)).toContain('alice');
    expect(vault.take('+12125557890')).toHaveProperty('numberKey');
  });

  test('the same one changes nothing', async () => {
    const put = await ask('PUT', '/configuration', `# a remark\n${yaml}`);
    expect(put.said).toEqual({ hash: running.hash, changed: '' });
    expect(factsOf('centre.configured')).toHaveLength(1);
  });

  test.each([
    ['an unknown key', `${yaml}\nlangauges: [en]\n`, /^configuration:\d+:1: langauges: is not a known key/],
    ['YAML that is none', `${yaml}\n  : [`, /^configuration:\d+:\d+: .*mend/],
    ['nothing', ' ', /^configuration/],
  ])('%s is refused with its place; what runs stays as it is, byte for byte', async (_, text, detail) => {
    const before = JSON.stringify([engine.state.configuration, running.hash, facts().length]);
    const answer = await ask('PUT', '/configuration', text);
    expect([answer.status, answer.said.code]).toEqual([422, 'configuration.invalid']);
    expect(answer.said.detail).toMatch(detail);
    expect((answer.said.mistakes as object[])[0]).toMatchObject({
      line: expect.any(Number),
      column: expect.any(Number),
      what: expect.any(String),
      mend: expect.any(String),
    });
    expect(JSON.stringify([engine.state.configuration, running.hash, facts().length])).toBe(before);
    expect(vault.take('+12125557890')).not.toHaveProperty('numberKey');
  });

  test('JSON is not what is wanted', async () => {
    expect((await ask('PUT', '/configuration', { lines: [] })).status).toBe(400);
  });

  test('given again within the month nothing comes of it, in the next one its hours reach further', async () => {
    await running.put(
      `${yaml}\nhours: { weekdays: ['07:00-19:00'] }\ntimeZone: America/Toronto\n`,
      'centre.yaml',
    );
    const before = running.configuration.lines[0]?.open.at(-1)?.toAt ?? 0;
    expect((await running.refresh()).changed).toBe('');
    await pass(20 * 86_400_000);
    expect((await running.refresh()).changed).toContain('line changed');
    expect(running.configuration.lines[0]?.open.at(-1)?.toAt).toBeGreaterThan(before);
    expect(factsOf('centre.configured')).toHaveLength(3);
  });
});

test('without the token nobody is let in', async () => {
  const answer = await fetch(`${api.url}/api/v1/switches`);
  expect(answer.status).toBe(401);
});
