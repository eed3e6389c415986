// The line against the simplest model of it, a sorted array, under everything that may be asked of it: eight
// priorities, entries far apart, low ones coming back, lines that run empty and fill again.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlaceId } from './id.ts';
import { isBefore, Line, PRIORITIES } from './line.ts';

type Key = { readonly priority: number; readonly entry: number };

class SortedLine {
  readonly keys: Key[] = [];

  add(key: Key): void {
    const at = this.keys.findIndex((other) => isBefore(key, other));
    this.keys.splice(at === -1 ? this.keys.length : at, 0, key);
  }

  has(key: Key): boolean {
    return this.keys.some((other) => isSame(other, key));
  }

  remove(key: Key): void {
    this.keys.splice(
      this.keys.findIndex((other) => isSame(other, key)),
      1,
    );
  }

  rank(key: Key): number {
    return this.keys.filter((other) => isBefore(other, key)).length;
  }
}

function isSame(a: Key, b: Key): boolean {
  return a.priority === b.priority && a.entry === b.entry;
}

const idOf = (key: Key): PlaceId => (key.entry * PRIORITIES + key.priority) as PlaceId;

const priority = fc.nat({ max: PRIORITIES - 1 });
/** Mostly near each other, at times far away, so that windows move both ways. */
const entry = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 20_000, max: 20_400 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 60_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 999_999) },
);
const act = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('add' as const), priority, entry }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), nth: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pop' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drain' as const) }) },
);

function check(line: Line, model: SortedLine, probe: Key): void {
  expect(line.size).toBe(model.keys.length);
  const first = line.first();
  const expected = model.keys[0];
  expect(first).toEqual(expected === undefined ? null : { ...expected, place: idOf(expected) });
  expect(line.rank(probe)).toBe(model.rank(probe));
  model.keys.forEach((key, i) => {
    if (line.rank(key) !== i) throw new Error(`${JSON.stringify(key)} has rank ${line.rank(key)}, not ${i}`);
  });
}

test('a line does what a sorted array does', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 120 }), priority, entry, (acts, p, e) => {
      const line = new Line();
      const model = new SortedLine();
      const remove = (key: Key | undefined): void => {
        if (key === undefined) return;
        line.remove(key);
        model.remove(key);
      };
      for (const one of acts) {
        if (one.do === 'add') {
          const key = { priority: one.priority, entry: one.entry };
          if (model.has(key)) continue;
          line.add(key, idOf(key));
          model.add(key);
        } else if (one.do === 'remove') remove(model.keys[one.nth % Math.max(1, model.keys.length)]);
        else if (one.do === 'pop') remove(line.first() ?? undefined);
        else while (model.keys.length > 0) remove(model.keys[0]);
        check(line, model, { priority: p, entry: e });
      }
    }),
    { numRuns: 300 },
  );
});

test('every place of a long line is found in its order, as it moves along for ever', () => {
  const line = new Line();
  const holds = 3_000;
  for (let entry = 1; entry <= 100_000; entry += 1) {
    line.add({ priority: 0, entry }, entry as PlaceId);
    if (entry <= holds) continue;
    const first = line.first();
    expect(first?.entry).toBe(entry - holds);
    line.remove({ priority: 0, entry: entry - holds });
  }
  expect(line.size).toBe(holds);
  expect(line.rank({ priority: 0, entry: 100_000 })).toBe(holds - 1);
});

test('places that come back in descending order stand in ascending order', () => {
  const line = new Line();
  line.add({ priority: 3, entry: 500_000 }, 1 as PlaceId);
  for (let entry = 60_000; entry > 0; entry -= 1) line.add({ priority: 3, entry }, entry as PlaceId);
  expect(line.first()).toEqual({ priority: 3, entry: 1, place: 1 });
  expect(line.rank({ priority: 3, entry: 500_000 })).toBe(60_000);
  expect(line.rank({ priority: 2, entry: 500_000 })).toBe(0);
});

test('a key that is taken, absent or of no priority is a bug, not an answer', () => {
  const line = new Line();
  line.add({ priority: 0, entry: 5 }, 1 as PlaceId);
  expect(() => line.add({ priority: 0, entry: 5 }, 2 as PlaceId)).toThrow('nobody else has entry 5');
  expect(() => line.remove({ priority: 0, entry: 6 })).toThrow('in line stands entry 6');
  expect(() => line.remove({ priority: 1, entry: 5 })).toThrow('in line stands entry 5');
  expect(() => line.add({ priority: PRIORITIES, entry: 7 }, 3 as PlaceId)).toThrow('priority 8');
  expect(line.size).toBe(1);
});
