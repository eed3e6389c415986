// What is told of two documents: each value by its place, things with a name by their name, and of shared numbers how many.

import { expect, test } from 'vitest';
import { file, hours } from '../../test/support/mistakes.ts';
import { documentChanges } from './changes.ts';
import { parseConfiguration } from './configuration-file.ts';
import type { ConfigurationFile } from './schema.ts';

const NOW = Date.UTC(2019, 3, 17);
const read = (yaml: string): ConfigurationFile => parseConfiguration(yaml, 'x.yaml', { nowAt: NOW }).file;
const between = (before: string, after: string) => documentChanges(read(before), read(after));

test('equal documents, however they are written, differ in nothing', () => {
  expect(between(file(), `# a comment\n${file()}`)).toEqual([]);
  expect(
    between(hours('{ weekdays: ["07:00-19:00"] }'), file({ rest: 'hours:\n  weekdays: ["07:00-19:00"]' })),
  ).toEqual([]);
});

test('a value that came, one that is another, one that went', () => {
  const path = ['lines', 'visas', 'capacity'];
  const [none, seven, nine] = ['', 'capacity: 7', 'capacity: 9'].map((line) => file({ line }));
  expect(between(none as string, seven as string)).toEqual([{ path, after: 7 }]);
  expect(between(seven as string, nine as string)).toEqual([{ path, before: 7, after: 9 }]);
  expect(between(seven as string, none as string)).toEqual([{ path, before: 7 }]);
});

test('phases and exceptions are told by their dates, other lists as a whole', () => {
  const phases = (text: string) => file({ line: `callback: { phases: [${text}] }` });
  expect(
    between(
      phases('{ from: 2019-04-17 }'),
      phases('{ from: 2019-04-17 }, { from: 2020-03-19, pause: true }'),
    ),
  ).toEqual([
    {
      path: ['lines', 'visas', 'callback', 'phases', '2020-03-19'],
      after: { from: '2020-03-19', pause: true },
    },
  ]);
  const week = (spans: string) => hours(`{ weekdays: [${spans}] }`);
  expect(between(week('"07:00-19:00"'), week('"07:00-12:00", "13:00-19:00"'))).toEqual([
    { path: ['hours', 'weekdays'], before: ['07:00-19:00'], after: ['07:00-12:00', '13:00-19:00'] },
  ]);
});

test('of numbers that belong to somebody only how many they are', () => {
  const shared = (...numbers: string[]) =>
    file({ rest: `numbers: { shared: [${numbers.map((n) => `{ number: "${n}", openMax: 5 }`)}] }` });
  const told = between(shared('+16135550101'), shared('+16135550102', '+16135550103'));
  expect(told).toEqual([{ path: ['numbers', 'shared'], before: 1, after: 2 }]);
  expect(JSON.stringify(told)).not.toContain('555');
});

test('things in another order are told by their names', () => {
  const agents = (text: string) => file().replace(/agents: .*/, `agents: [${text}]`);
  const [ada, bea] = [
    '{ id: ada, lines: [visas], languages: [en] }',
    '{ id: bea, lines: [visas], languages: [en] }',
  ];
  expect(between(agents(`${ada}, ${bea}`), agents(`${bea}, ${ada}`))).toEqual([
    { path: ['agents'], before: ['ada', 'bea'], after: ['bea', 'ada'] },
  ]);
});
