// Changing one value of a text: the value is another, and every comment and every other line is as it was.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { documentOf, type Path, withValue } from './draft-text.ts';

const read = (name: string) =>
  readFileSync(new URL(`../../../../config/${name}.yaml`, import.meta.url), 'utf8');
const national = read('national-centre');

/** Lines that the one has and the other has not. */
function otherLines(before: string, after: string): { readonly gone: string[]; readonly come: string[] } {
  const minus = (one: string, other: string) => {
    const left = other.split('\n');
    return one.split('\n').filter((line) => {
      const at = left.indexOf(line);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  return { gone: minus(before, after), come: minus(after, before) };
}

const cases: readonly (readonly [
  what: string,
  path: Path,
  value: unknown,
  gone: string[],
  come: string[],
])[] = [
  ['a number in a block', ['lines', 0, 'capacity'], 200, ['    capacity: 180'], ['    capacity: 200']],
  [
    'a number with a comment behind it',
    ['callback', 'waitOverS'],
    600,
    ['  waitOverS: 900 # offered where the quoted wait is over 15 minutes'],
    ['  waitOverS: 600 # offered where the quoted wait is over 15 minutes'],
  ],
  [
    'a list of texts in one line',
    ['hours', 'weekdays'],
    ['08:00-12:00', '13:00-18:00'],
    ['  weekdays: ["07:00-19:00"]'],
    ['  weekdays: ["08:00-12:00", "13:00-18:00"]'],
  ],
  [
    'one more phase',
    ['lines', 3, 'callback', 'phases', 4],
    { from: '2021-04-01', share: 0.8 },
    [],
    ['        - from: 2021-04-01', '          share: 0.8'],
  ],
  ['a value that was not there', ['lines', 1, 'wrapUpS'], 60, [], ['    wrapUpS: 60']],
  [
    'a value that goes',
    ['callback', 'aheadOver'],
    undefined,
    ['  aheadOver: 2 # and more than two are ahead'],
    [],
  ],
  [
    'a phase that goes',
    ['lines', 0, 'callback', 'phases', 0],
    undefined,
    ['        - { from: 2019-04-17 }'],
    [],
  ],
];

describe('the sample of a national centre', () => {
  test.each(cases)('%s', (_what, path, value, gone, come) => {
    const after = withValue(national, path, value);
    expect(otherLines(national, after)).toEqual({ gone, come });
    const at = (document: unknown) =>
      path.reduce<unknown>((inside, part) => (inside as Record<string | number, unknown>)?.[part], document);
    if (value !== undefined) expect(at(documentOf(after))).toEqual(value);
  });

  test('there and back again is the same text', () => {
    const there = withValue(national, ['lines', 0, 'capacity'], 1);
    expect(withValue(there, ['lines', 0, 'capacity'], 180)).toBe(national);
  });
});

test('a text that is written in another way keeps it, but for what changes', () => {
  const demonstration = read('demonstration');
  const after = withValue(demonstration, ['lines', 0, 'capacity'], 40);
  expect(otherLines(demonstration, after)).toEqual({ gone: [], come: ['    capacity: 40'] });
  expect(withValue(after, ['lines', 0, 'capacity'], undefined)).toBe(demonstration);
  const spaced = 'a:   1\nb: {x: 1,   y: 2}\n\n\nc: 3\n';
  expect(withValue(spaced, ['c'], 4)).toBe('a:   1\nb: {x: 1,   y: 2}\n\n\nc: 4\n');
});

test('what is left empty goes too, but for what may not be missing', () => {
  expect(documentOf(withValue('a: { b: { c: 1 } }\nd: 2\n', ['a', 'b', 'c'], undefined))).toEqual({ d: 2 });
  expect(documentOf(withValue('agents:\n  - id: ada\n', ['agents', 0], undefined))).toEqual({ agents: [] });
});

test('a list that was not there is made as a list', () => {
  const after = withValue('a: 1\n', ['hours', 'exceptions', 0], { date: '2019-12-24', closed: true });
  expect(documentOf(after)).toEqual({ a: 1, hours: { exceptions: [{ date: '2019-12-24', closed: true }] } });
});

test('a text that is no YAML is left alone, and says nothing', () => {
  expect(withValue('a: [', ['a'], 1)).toBe('a: [');
  expect(documentOf('a: [')).toBeUndefined();
  expect(documentOf('a: *b')).toBeUndefined();
});
