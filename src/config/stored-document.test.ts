// What the journal keeps of a file: whole, without anybody's number, and small enough for a national centre with years of
// shifts that are all different.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { NumberKey } from '../core/id.ts';
import { packed, unpacked } from '../core/packing.ts';
import { parseConfiguration, storedConfiguration } from './configuration-file.ts';
import { resolve } from './resolve.ts';
import { openedDocument } from './stored-document.ts';

const NOW = Date.parse('2019-12-10T17:00:00Z');
const national = readFileSync(new URL('../../config/national-centre.yaml', import.meta.url), 'utf8');
const numberKeyOf = (e164: string): NumberKey => `key-of-${e164.length}` as NumberKey;
const SHARED = '+16135550177';

test('the file comes out of the journal as it went in, and means the same', () => {
  const text = national.replace('numbers:', `numbers:\n  shared: [{ number: "${SHARED}", openMax: 9 }]`);
  const read = parseConfiguration(text, 'x', { nowAt: NOW, numberKeyOf });
  expect(openedDocument(read.document)).not.toContain(SHARED.slice(2));
  const stored = storedConfiguration(read.document, { nowAt: NOW });
  expect(stored?.hash).toBe(read.hash);
  expect(stored?.configuration).toEqual(read.configuration);
  expect(stored?.configuration.numbers.shared).toEqual([{ numberKey: 'key-of-12', openMax: 9 }]);
  expect(stored?.dialPolicy).toEqual(read.dialPolicy);
  expect(storedConfiguration('')).toBeNull();
});

test('the hash also names what is not worked out: which numbers are called', () => {
  const hash = (text: string): string => parseConfiguration(text, 'x', { nowAt: NOW }).hash;
  expect(hash(national.replace('numbers:', 'numbers:\n  regions: [CA, US]'))).not.toBe(hash(national));
});

test('shifts by name are those of the agents who give them', () => {
  const text = national
    .replace('agents:', 'shifts:\n  early: { weekdays: ["07:00-15:00"] }\nagents:')
    .replace('count: 60', 'count: 60\n    shift: early');
  const { agents } = parseConfiguration(text, 'x', { nowAt: NOW }).configuration;
  expect(agents.filter(({ shifts }) => shifts.length > 200)).toHaveLength(60);
});

test('a national centre with five years of shifts, thirty of them and 2,000 agents, is well below the limit of a fact', () => {
  const { file } = parseConfiguration(national, 'x', { nowAt: NOW });
  const two = (n: number): string => String(n).padStart(2, '0');
  const shiftOf = (n: number) => ({
    weekdays: [`${two(7 + (n % 6))}:${two((n * 5) % 60)}-${two(15 + (n % 5))}:00`],
    saturday: n % 3 === 0 ? ['09:00-13:00'] : [],
    holidays: 'canada' as const,
    exceptions: [{ date: `2020-0${1 + (n % 9)}-15`, closed: true as const }],
  });
  const shifts = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`shift-${n}`, shiftOf(n)]));
  const agents = Array.from({ length: 2_000 }, (_, n) => ({
    ...(file.agents[n % 3] as (typeof file.agents)[number]),
    id: `agent-${n}`,
    count: 1,
    shift: `shift-${n % 30}`,
  }));
  const large = resolve({ ...file, shifts, agents }, { nowAt: NOW, aheadDays: 5 * 366 });
  expect(large.bytes).toBeLessThan(250_000);
  const { configuration } = large;
  expect(configuration.agents[0]?.shifts.length).toBeGreaterThan(1_200);
  expect(unpacked(JSON.parse(JSON.stringify(packed(configuration))))).toEqual(configuration);
}, 60_000);
