// The keys of the agent's page: by the place of the key, changed and kept by the browser, never with AltGr, one thing each.

import { expect, test } from 'vitest';
import {
  actOf,
  FIRST_KEYS,
  KEY_ACTS,
  keyName,
  type Pressed,
  storedKeys,
  storeKeys,
  withKey,
} from './keys.ts';

function pressed(code: string, more: Partial<Pressed> = {}): Pressed {
  const plain = { ctrlKey: false, altKey: false, metaKey: false, repeat: false, isComposing: false };
  return { code, ...plain, getModifierState: () => false, ...more };
}

function storage(): {
  getItem(): string | null;
  setItem(_: string, value: string): void;
  removeItem(): void;
} {
  let kept: string | null = null;
  return {
    getItem: () => kept,
    setItem(_, value) {
      kept = value;
    },
    removeItem() {
      kept = null;
    },
  };
}

test('each key does one thing at first', () => {
  const codes = KEY_ACTS.map((act) => FIRST_KEYS[act]);
  expect(new Set(codes).size).toBe(codes.length);
  for (const act of KEY_ACTS) expect(actOf(FIRST_KEYS, pressed(FIRST_KEYS[act]))).toBe(act);
});

test('a key that is given to another act is taken from the first', () => {
  const keys = withKey(FIRST_KEYS, 'ready', FIRST_KEYS.accept);
  expect(keys).toMatchObject({ ready: FIRST_KEYS.accept, accept: '' });
  expect(actOf(withKey(keys, 'ready', ''), pressed(FIRST_KEYS.accept))).toBeNull();
  expect(actOf(keys, pressed(''))).toBeNull();
});

test.each(['ctrlKey', 'altKey', 'metaKey', 'repeat', 'isComposing'] as const)('nothing with %s', (name) => {
  expect(actOf(FIRST_KEYS, pressed('KeyA', { [name]: true }))).toBeNull();
});

test('nothing with AltGr', () => {
  const getModifierState = (name: string) => name === 'AltGraph';
  expect(actOf(FIRST_KEYS, pressed('KeyA', { getModifierState }))).toBeNull();
});

test('what was changed is kept; what makes no sense is as at first', () => {
  const kept = storage();
  const keys = withKey(FIRST_KEYS, 'ready', 'KeyG');
  storeKeys(kept, keys);
  expect(storedKeys(kept)).toEqual(keys);
  storeKeys(kept, FIRST_KEYS);
  expect(kept.getItem()).toBeNull();
  for (const text of ['', 'null', '[]', '{"ready":7,"accept":"<b>"}', '{'])
    expect(storedKeys({ ...kept, getItem: () => text })).toEqual(FIRST_KEYS);
});

test('a key is called what stands on it, where that is known', () => {
  expect(keyName('KeyA', new Map([['KeyA', 'q']]))).toBe('Q');
  expect(keyName('KeyA', null)).toBe('A');
  expect(keyName('Digit1', null)).toBe('1');
});
