// The configuration is the only judge of a directory's numbers: whatever it lets through, the vault would let a client give.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classify, type NumberPolicy } from '../vault/number.ts';
import { directoryMistakes } from './directory-meaning.ts';
import { dialPolicyOf } from './resolve.ts';
import type { ConfigurationFile } from './schema.ts';

const OWN = '+16135550141';

function fileWith(number: string, numbers: ConfigurationFile['numbers'] = {}): ConfigurationFile {
  return {
    languages: ['en', 'fr'],
    lines: [{ id: 'visas', name: { en: 'Visas', fr: 'Visas' }, key: 1, callerId: OWN }],
    agents: [],
    directory: [{ id: 'office', name: { en: 'Office', fr: 'Bureau' }, number }],
    numbers,
  };
}

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const part = fc.constantFrom('911', '411', '811', '900', '976', '600', '555', '613', '204', '800', '500');
const northAmerican = fc
  .tuple(fc.oneof(part, digits(3)), fc.oneof(part, digits(3)), fc.oneof(fc.constant('1212'), digits(4)))
  .map(([area, exchange, line]) => `+1${area}${exchange}${line}`);
const elsewhere = fc
  .tuple(fc.constantFrom('33', '44', '52', '88', '911', '112', '7'), fc.integer({ min: 4, max: 12 }))
  .chain(([country, length]) => digits(length).map((rest) => `+${country}${rest}`));
const policies = fc.constantFrom<NonNullable<ConfigurationFile['numbers']>>(
  {},
  { regions: ['CA', 'US', 'FR', 'GB'] },
  { regions: ['CA', 'FR', 'GB'], kinds: ['fixed'] },
  { own: ['+16135550152'] },
);

test('what passes here passes the policy of the vault', () => {
  let passed = 0;
  const rule = fc.property(fc.oneof(northAmerican, elsewhere), policies, (number, numbers) => {
    const file = fileWith(number, numbers);
    if (directoryMistakes(file).length > 0) return;
    passed += 1;
    const policy: NumberPolicy = { ...dialPolicyOf(file), allowFictional: true };
    expect(classify(number, policy), number).toMatchObject({ ok: true, e164: number });
  });
  fc.assert(rule, { numRuns: 8_000 });
  expect(passed).toBeGreaterThan(200);
});

test('ordinary numbers pass', () => {
  for (const number of ['+16135550152', '+16132341234', '+14165550199'])
    expect(directoryMistakes(fileWith(number))).toEqual([]);
});
