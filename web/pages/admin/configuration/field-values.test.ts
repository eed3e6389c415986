// What stands in a field is what stands in the document, and comes back from it as it went in.

import { expect, test } from 'vitest';
import { fieldText, fieldValue, type ValueKind } from './field-values.ts';

const pairs: readonly (readonly [kind: ValueKind, value: unknown, en: string, fr: string])[] = [
  ['text', 'Visas', 'Visas', 'Visas'],
  ['number', 900, '900', '900'],
  ['number', 0.5, '0.5', '0,5'],
  ['share', 0.125, '12.5', '12,5'],
  ['share', 1, '100', '100'],
  ['texts', ['CA', 'US'], 'CA, US', 'CA, US'],
  ['spans', ['07:00-12:00', '13:00-19:00'], '07:00-12:00, 13:00-19:00', '07:00-12:00, 13:00-19:00'],
  ['spans', [], 'closed', 'fermé'],
  ['number', undefined, '', ''],
];

test.each(pairs)('%s: %o', (kind, value, en, fr) => {
  expect([fieldText(value, kind, 'en'), fieldText(value, kind, 'fr')]).toEqual([en, fr]);
  expect([fieldValue(en, kind), fieldValue(fr, kind)]).toEqual([value, value]);
});

test('as people type it', () => {
  expect(fieldValue('7:00 – 19:00,20:00-9:30', 'spans')).toEqual(['07:00-19:00', '20:00-09:30']);
  expect(fieldValue(' 12,5 % ', 'share')).toBe(0.125);
  expect(fieldValue('4 300', 'number')).toBe(4300);
  expect(fieldValue('a, ,b', 'texts')).toEqual(['a', 'b']);
});

test('what is no number goes on as it is, for the check to judge', () => {
  expect(fieldValue('soon', 'number')).toBe('soon');
  expect(fieldValue('half', 'share')).toBe('half');
});
