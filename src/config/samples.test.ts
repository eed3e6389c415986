// The files that are shipped: the samples have no mistakes, and the published schema is the one that checks them.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfiguration } from './configuration-file.ts';
import { schemaText } from './schema.ts';
import { summaryOf, summaryText } from './summary.ts';

const path = (name: string): string => new URL(`../../config/${name}`, import.meta.url).pathname;
const DECEMBER_2019 = Date.parse('2019-12-10T17:00:00Z');

test.each([
  ['demonstration.yaml', 5],
  ['national-centre.yaml', 4],
] as const)('%s has no mistakes, and reads the same twice', (name, lines) => {
  const once = readConfiguration(path(name), { nowAt: DECEMBER_2019 });
  expect(readConfiguration(path(name), { nowAt: DECEMBER_2019 }).hash).toBe(once.hash);
  expect(once.configuration.lines).toHaveLength(lines);
});

test('the national centre: its hours, its four beginnings, its pause and its two steps', () => {
  const read = readConfiguration(path('national-centre.yaml'), { nowAt: DECEMBER_2019 });
  const words = summaryText(summaryOf(read, DECEMBER_2019)).join('\n');
  for (const told of [
    'Mon to Fri 07:00-19:00',
    '2019-12-25 closed',
    'from 2019-04-17',
    'from 2019-05-08',
    'from 2019-06-21',
    'from 2019-12-04',
    'from 2020-03-19: paused',
    'from 2020-10-13: offered to 50 % of callers',
    'from 2020-11-09: offered to everyone',
  ])
    expect(words).toContain(told);
});

test('the published schema is the one that checks', () => {
  const published = readFileSync(path('rappel.schema.json'), 'utf8');
  expect(published, 'write it again: ./rappel check --schema > config/rappel.schema.json').toBe(schemaText());
});
