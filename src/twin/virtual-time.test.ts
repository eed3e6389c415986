// Virtual time against the simplest model there is: a list that is sorted each time.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Timer } from '../telephony/simulated/timeline.ts';
import { VirtualTime } from './virtual-time.ts';

test('appointments are kept in order of time, ties in order of setting, those called off not at all', () => {
  const moves = fc.array(fc.record({ inMs: fc.nat(20), isOff: fc.nat(40), keep: fc.nat(3) }), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(moves, (list) => {
      const time = new VirtualTime(100);
      const kept: string[] = [];
      const whom = { wake: (what: string) => kept.push(`${time.now()} ${what}`) };
      const timers: Timer[] = [];
      let model: { at: number; what: string; timer: Timer }[] = [];
      const expected: string[] = [];
      for (const { inMs, isOff, keep } of list) {
        const at = time.now() + inMs;
        const timer = time.set(at, whom, String(timers.length));
        model.push({ at, what: String(timers.length), timer });
        timers.push(timer);
        const off = timers[isOff];
        if (off !== undefined) {
          time.cancel(off);
          model = model.filter((one) => one.timer !== off);
        }
        for (let i = 0; i < keep; i += 1) {
          model.sort((a, b) => a.at - b.at || Number(a.what) - Number(b.what));
          const first = model.shift();
          expect(time.step(Number.MAX_VALUE)).toBe(first !== undefined);
          if (first !== undefined) expected.push(`${first.at} ${first.what}`);
        }
      }
      expect(kept).toEqual(expected);
    }),
  );
});

test('what was to be in the past is now; nothing happens within the call that sets it', () => {
  const time = new VirtualTime(1_000);
  const woken: number[] = [];
  time.wake(1, () => woken.push(time.now()));
  expect(woken).toEqual([]);
  expect(time.step(999)).toBe(false);
  expect(time.step(1_000)).toBe(true);
  expect(woken).toEqual([1_000]);
});

test('waiting lets time pass, and says so when nothing is left to wait for', async () => {
  const time = new VirtualTime(0);
  const later = new Promise<number>((resolve) => {
    time.wake(3_600_000, () => resolve(time.now()));
  });
  expect(await time.until(later)).toBe(3_600_000);
  await expect(time.until(new Promise(() => {}))).rejects.toThrow('never happen');
});
