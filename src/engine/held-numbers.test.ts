// A vault with room for one number that nobody holds, and a house in which many call: what a live call needs stays.

import { expect, test } from 'vitest';
import { centreOf, lineCalled } from '../../test/support/given.ts';
import { KEYS } from '../core/dialogue.ts';
import type { Fact } from '../core/fact.ts';
import type { CallbackId, Channel, NumberKey } from '../core/id.ts';
import type { Key } from '../core/input.ts';
import { MemoryStore } from '../journal/memory/memory-store.ts';
import type { Telephony } from '../telephony/telephony.ts';
import { KeyRing } from '../vault/key-file.ts';
import { MemoryVaultStore } from '../vault/memory/memory-vault-store.ts';
import { Vault } from '../vault/vault.ts';
import { Engine } from './engine.ts';

const caller = 'in-1' as Channel;
const configuration = centreOf({ lines: [lineCalled('main', '1', { dnis: ['100'] })] });
const ring = new KeyRing([{ id: 'k1', secret: Buffer.alloc(32, 1) }], 'k1', Buffer.alloc(32, 2));
const numbers = Array.from({ length: 50 }, (_, i) => `613234${1_000 + i}`);

let now = 1_555_500_000_000;

function telephonyWith(live: readonly Channel[]): Telephony {
  return {
    open: async (house) =>
      house.tell({
        type: 'telephony.resynced',
        channels: live.map((channel) => ({ channel, up: true })),
      }),
    perform: () => {},
    seat: async () => {},
    close: async () => {},
  };
}

async function house(store: MemoryStore, live: readonly Channel[] = [], beforeAppend?: () => Promise<void>) {
  const vault = new Vault(ring, new MemoryVaultStore(store.tables), { looseMax: 1 });
  const journal = await store.lead<Fact>('c1', { holder: 'test', takeover: 'now' });
  const append = journal.append.bind(journal);
  journal.append = async (...rows) => {
    await beforeAppend?.();
    return append(...rows);
  };
  const engine = await Engine.recover({
    journal,
    numbers: vault,
    telephony: telephonyWith(live),
    clock: { now: () => now, wake: () => () => {} },
    random: () => 7,
    onFatal: (error) => {
      throw error;
    },
  });
  await engine.open(configuration, 'hash');
  await engine.settled();
  return { engine, vault };
}

async function press(engine: Engine, key: Key): Promise<void> {
  now += 1_000;
  await engine.submit({ type: 'key.pressed', channel: caller, key });
}

function playbackOf(engine: Engine): string {
  const call = [...engine.state.calls.values()].find(({ channel }) => channel === caller);
  return `c1-playback-${String(call?.playback).padStart(8, '0')}`;
}

/** The question that is being put has begun to be heard: only then may it be confirmed. */
async function hear(engine: Engine): Promise<void> {
  await engine.submit({ type: 'prompt.began', channel: caller, playback: playbackOf(engine) });
}

async function noExtension(engine: Engine): Promise<void> {
  const playback = playbackOf(engine);
  await engine.submit({ type: 'extension.collected', channel: caller, playback, number: null });
}

async function arrive(engine: Engine, from: string): Promise<void> {
  await engine.submit({ type: 'call.arrives', channel: caller, ani: engine.takeNumber(from), dnis: '100' });
}

test('the number of a call is not pushed out by others before its row is written', async () => {
  const store = new MemoryStore();
  const { engine } = await house(store);
  await arrive(engine, numbers[0] as string);
  for (const other of numbers) engine.takeNumber(other);
  for (const key of ['1', '1', '1'] as const) await press(engine, key);
  for (const other of numbers.slice(1)) engine.takeNumber(other);
  await hear(engine);
  await press(engine, '1');
  expect(engine.state.callbacks.size).toBe(1);
  expect(store.tables.get('vault')?.size).toBe(1);
});

test('a number that was keyed is held as well, the latest only, and let go when the call has ended', async () => {
  const store = new MemoryStore();
  const { engine, vault } = await house(store);
  await arrive(engine, numbers[0] as string);
  for (const key of ['1', '1', '2'] as const) await press(engine, key);
  const keyed: NumberKey[] = [];
  for (const text of [numbers[1], numbers[2]] as string[]) {
    const playback = playbackOf(engine);
    const number = engine.takeNumber(text);
    if (!('numberKey' in number)) throw new Error('this number may be dialled');
    keyed.push(number.numberKey);
    await engine.submit({ type: 'number.collected', channel: caller, playback, number });
    if (keyed.length > 1) break;
    await hear(engine);
    await press(engine, '2');
  }
  for (const other of numbers.slice(3)) engine.takeNumber(other);
  const known = () => Promise.all(keyed.map((key) => vault.numberOf(key)));
  expect(await known()).toEqual([undefined, `+1${numbers[2]}`]);
  await engine.submit({ type: 'channel.ended', channel: caller, cause: 'normal' });
  engine.takeNumber(numbers[4] as string);
  expect(await known()).toEqual([undefined, undefined]);
});

test('a restart holds again what live calls need: the same number, told anew, is kept to the end', async () => {
  const store = new MemoryStore();
  const first = await house(store);
  await arrive(first.engine, numbers[0] as string);
  for (const key of ['1', '1'] as const) await press(first.engine, key);
  const { engine } = await house(store, [caller]);
  await arrive(engine, numbers[0] as string); // telephony tells after a resync whoever is there
  for (const other of numbers.slice(1)) engine.takeNumber(other);
  await press(engine, '1');
  await hear(engine);
  await press(engine, '1');
  expect(engine.state.callbacks.size).toBe(1);
  expect(store.tables.get('vault')?.size).toBe(1);
  await engine.submit({ type: 'channel.ended', channel: caller, cause: 'normal' });
  expect(engine.state.calls.size).toBe(0);
});

test('another number that a client gives later is written with the fact that needs it', async () => {
  const store = new MemoryStore();
  const { engine, vault } = await house(store);
  await arrive(engine, numbers[0] as string);
  for (const key of ['1', '1', '1'] as const) await press(engine, key);
  await hear(engine);
  await press(engine, '1');
  await engine.submit({ type: 'channel.ended', channel: caller, cause: 'normal' });
  const code = engine.state.callbacks.get(1 as CallbackId)?.code ?? '';
  await arrive(engine, numbers[1] as string);
  for (const key of ['1', KEYS.hasCallback, ...`000001${code}`, KEYS.changeNumber])
    await press(engine, key as Key);
  const playback = playbackOf(engine);
  const number = engine.takeNumber(numbers[2] as string);
  await engine.submit({ type: 'number.collected', channel: caller, playback, number });
  for (const other of numbers.slice(3)) engine.takeNumber(other);
  await hear(engine);
  await press(engine, '1');
  await noExtension(engine);
  const { numberKey } = engine.state.callbacks.get(1 as CallbackId) ?? {};
  expect(numberKey).toBe(vault.remember(`+1${numbers[2]}`));
  expect(store.tables.get('vault')?.has(numberKey as NumberKey)).toBe(true);
});

test('a number with its extension is one row, held like any other, and the fence is told both', async () => {
  const store = new MemoryStore();
  const { engine, vault } = await house(store);
  await arrive(engine, numbers[0] as string);
  for (const key of ['1', '1', '2'] as const) await press(engine, key);
  const number = engine.takeNumber(numbers[1] as string);
  if (!('numberKey' in number)) throw new Error('this number may be dialled');
  await engine.submit({ type: 'number.collected', channel: caller, playback: playbackOf(engine), number });
  await hear(engine);
  await press(engine, '1');
  const extended = engine.takeExtension(number.numberKey, '42#');
  const playback = playbackOf(engine);
  await engine.submit({ type: 'extension.collected', channel: caller, playback, number: extended });
  for (const other of numbers.slice(2)) engine.takeNumber(other);
  await hear(engine);
  await press(engine, '1');
  const callback = engine.state.callbacks.get(1 as CallbackId);
  expect(callback?.mainKey).toBe(number.numberKey);
  expect(callback?.numberKey).not.toBe(number.numberKey);
  expect([...(store.tables.get('vault')?.keys() ?? [])]).toEqual([callback?.numberKey]);
  expect(await engine.sayNumber(callback?.numberKey as NumberKey)).toBe(`+1${numbers[1]}`);
  expect(await engine.sayExtension(callback?.numberKey as NumberKey)).toBe('42');
  expect(await vault.dialable(callback?.numberKey as NumberKey)).toEqual({
    ok: true,
    dialled: { to: 'number', e164: `+1${numbers[1]}`, extension: '42' },
  });
  expect(JSON.stringify(store.shard('c1').rows)).not.toMatch(/;ext=|"42"/);
});

test('a number that is erased while its row is being written has no row afterwards', async () => {
  const store = new MemoryStore();
  let write: (() => void) | null = null;
  let isHeld = false;
  const { engine, vault } = await house(store, [], async () => {
    if (isHeld) await new Promise<void>((resolve) => (write = resolve));
  });
  await arrive(engine, numbers[0] as string);
  for (const key of ['1', '1', '1'] as const) await press(engine, key);
  await hear(engine);
  isHeld = true;
  const confirmed = press(engine, '1');
  await Promise.resolve();
  await Promise.resolve();
  isHeld = false;
  const numberKey = vault.remember(`+1${numbers[0]}`);
  const erased = engine.eraseNumber(numberKey);
  (write as (() => void) | null)?.();
  await confirmed;
  expect(engine.state.callbacks.get(1 as CallbackId)?.numberKey).toBe(numberKey);
  expect(await erased).toBe(true);
  expect(store.tables.get('vault')?.has(numberKey)).not.toBe(true);
});
