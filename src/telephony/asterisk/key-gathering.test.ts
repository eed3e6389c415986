// When a number is complete: at `#`, in silence, or when nobody could mean so many keys.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Key } from '../../core/input.ts';
import { GATHERED_KEYS_MAX, KeyGathering } from './key-gathering.ts';

let texts: string[];
let gathering: KeyGathering;
beforeEach(() => {
  vi.useFakeTimers();
  texts = [];
  gathering = new KeyGathering({
    firstKeyMs: 5_000,
    nextKeyMs: 3_000,
    before: { key: '2', atMs: 1_000, repeatMs: 500 },
    done: (text) => texts.push(text),
  });
});
afterEach(() => vi.useRealTimers());

const press = (keys: string) => {
  for (const key of keys) gathering.press(key as Key);
};

test('# ends it and is no part of it', () => {
  press('6135550177#');
  expect(texts).toEqual(['6135550177']);
});

test('keys after the end are nobody’s', () => {
  press('613#555#');
  vi.runAllTimers();
  expect(texts).toEqual(['613']);
});

test('a star is part of it', () => {
  press('61*#');
  expect(texts).toEqual(['61*']);
});

test('silence counts from the end of the prompt, and then from each key', () => {
  vi.advanceTimersByTime(60_000);
  gathering.promptEnded();
  vi.advanceTimersByTime(4_999);
  press('6');
  vi.advanceTimersByTime(2_999);
  press('1');
  vi.advanceTimersByTime(2_999);
  expect(texts).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(texts).toEqual(['61']);
});

test('the end of the prompt gives no more time to somebody who has begun', () => {
  press('6');
  gathering.promptEnded();
  vi.advanceTimersByTime(3_000);
  expect(texts).toEqual(['6']);
});

test('silence from the start gives an empty text', () => {
  gathering.promptEnded();
  vi.advanceTimersByTime(5_000);
  expect(texts).toEqual(['']);
});

test('too many keys end it', () => {
  press('1'.repeat(GATHERED_KEYS_MAX + 5));
  expect(texts).toEqual(['1'.repeat(GATHERED_KEYS_MAX)]);
});

test('what is cancelled tells nothing', () => {
  press('613');
  gathering.cancel();
  press('555#');
  vi.runAllTimers();
  expect(texts).toEqual([]);
});

test('the key that led here is a bounce for a moment, as long as no other was pressed', () => {
  expect(gathering.isBounce('2', 1_499)).toBe(true);
  expect(gathering.isBounce('3', 1_499)).toBe(false);
  expect(gathering.isBounce('2', 1_500)).toBe(false);
  press('6');
  expect(gathering.isBounce('2', 1_499)).toBe(false);
});
