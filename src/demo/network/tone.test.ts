// Tones are made and found again, alone and among others.

import { expect, test } from 'vitest';
import { type BlockHeard, decodeSample, Ear, encodeSample, ToneShelf, toneSecond } from './tone.ts';

function listen(bytes: Uint8Array, wanted: readonly number[]): BlockHeard[] {
  const heard: BlockHeard[] = [];
  const ear = new Ear();
  // In pieces that do not fit the blocks, as they come from the wire.
  for (let at = 0; at < bytes.length; at += 161) {
    ear.listen(bytes.subarray(at, at + 161), wanted, (block) => heard.push(block));
  }
  return heard;
}

test('every A-law byte decodes to a sample that encodes to that byte', () => {
  for (let byte = 0; byte < 256; byte += 1) expect(encodeSample(decodeSample(byte))).toBe(byte);
});

test('a sample is changed by A-law by less than one part in sixteen', () => {
  for (let sample = -32000; sample <= 32000; sample += 37) {
    const back = decodeSample(encodeSample(sample));
    expect(Math.abs(back - sample)).toBeLessThanOrEqual(Math.max(16, Math.abs(sample) / 16));
  }
});

test('each tone of the shelf is found among all of them, in every block', () => {
  const shelf = new ToneShelf();
  const all: number[] = [];
  for (let hz = shelf.take(); hz > 0; hz = shelf.take()) all.push(hz);
  expect(all.length).toBeGreaterThan(100);
  for (const hz of all) {
    const heard = listen(toneSecond(hz), all);
    expect(heard).toEqual(Array.from({ length: 10 }, () => ({ sound: true, tonesHz: [hz] })));
  }
});

test('a tone that nobody sends, noise and silence are not taken for one', () => {
  expect(listen(toneSecond(1010), [400, 990, 1030, 3200]).every((block) => block.tonesHz.length === 0)).toBe(
    true,
  );
  const noise = Uint8Array.from({ length: 8000 }, (_, i) => (i * 7919 + ((i * i) % 251)) % 256);
  expect(listen(noise, [400, 1000, 2000]).every((block) => block.sound && block.tonesHz.length === 0)).toBe(
    true,
  );
  const silence = new Uint8Array(8000).fill(encodeSample(0));
  expect(listen(silence, [400]).every((block) => !block.sound)).toBe(true);
});

test('two voices at once are both found; of three, or two of which one is a stranger, none is', () => {
  const a = toneSecond(600);
  const b = toneSecond(1500);
  const both = a.map((byte, i) => encodeSample(decodeSample(byte) + decodeSample(b[i]!)));
  expect(listen(both, [400, 600, 1500]).every(({ tonesHz }) => `${tonesHz}` === '600,1500')).toBe(true);
  expect(listen(both, [400, 600]).every(({ sound, tonesHz }) => sound && tonesHz.length === 0)).toBe(true);
  const c = toneSecond(2000);
  const all = both.map((byte, i) => encodeSample(decodeSample(byte) + decodeSample(c[i]!)));
  expect(listen(all, [600, 1500, 2000]).every(({ tonesHz }) => tonesHz.length === 0)).toBe(true);
});

test('a shelf gives each tone to one, the longest rested first, and silence when it is empty', () => {
  const shelf = new ToneShelf();
  const first = shelf.take();
  const second = shelf.take();
  expect(second).not.toBe(first);
  shelf.giveBack(first);
  expect(shelf.take()).not.toBe(first);
  const rest: number[] = [];
  for (let hz = shelf.take(); hz > 0; hz = shelf.take()) rest.push(hz);
  expect(rest.at(-1)).toBe(first);
  expect(shelf.take()).toBe(0);
});
