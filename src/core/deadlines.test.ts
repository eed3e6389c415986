// Deadlines against the simplest model: a list that is sorted again each time.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Deadline, Deadlines } from './deadlines.ts';

const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('set' as const),
      owner: fc.nat({ max: 30 }),
      at: fc.nat({ max: 40 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('clear' as const), owner: fc.nat({ max: 30 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reach' as const) }) },
);

test('the earliest comes first, ties in the order in which they were set, one for an owner', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 200 }), (acts) => {
      const deadlines = new Deadlines();
      const owned = new Map<number, Deadline>();
      const drop = (owner: number): void => {
        expect(deadlines.clear(owned.get(owner) ?? null)).toBe(null);
        owned.delete(owner);
      };
      for (const one of acts) {
        if (one.do === 'set')
          owned.set(one.owner, deadlines.set(owned.get(one.owner) ?? null, 'call', one.owner, one.at));
        else if (one.do === 'clear') drop(one.owner);
        else if (deadlines.next() !== null) drop(deadlines.next()?.id as number);
        const [first] = [...owned.values()].sort((a, b) => a.at - b.at || a.seq - b.seq);
        expect(deadlines.next()).toBe(first ?? null);
        expect(deadlines.size).toBe(owned.size);
      }
    }),
    { numRuns: 500 },
  );
});

test('many deadlines, cleared here and there, come in their order', () => {
  const times = fc.array(fc.nat({ max: 1_000 }), { minLength: 100, maxLength: 200, size: 'max' });
  fc.assert(
    fc.property(times, fc.infiniteStream(fc.nat()), (at, picks) => {
      const deadlines = new Deadlines();
      let left = at.map((time, owner) => deadlines.set(null, 'call', owner, time));
      for (let n = 0; n < at.length / 2; n += 1) {
        const picked = left[(picks.next().value ?? 0) % left.length] as Deadline;
        deadlines.clear(picked);
        left = left.filter((other) => other !== picked);
      }
      for (const expected of left.sort((a, b) => a.at - b.at || a.seq - b.seq)) {
        expect(deadlines.next()).toBe(expected);
        deadlines.clear(expected);
      }
      expect(deadlines.size).toBe(0);
    }),
  );
});

test('a deadline that was cleared may be cleared again', () => {
  const deadlines = new Deadlines();
  const one = deadlines.set(null, 'agent', 'ada', 10);
  deadlines.set(null, 'agent', 'bo', 5);
  deadlines.clear(one);
  deadlines.clear(one);
  expect(deadlines.size).toBe(1);
  expect(deadlines.next()?.id).toBe('bo');
});
