// The number sweep: every example of every kind of every region in libphonenumber's full metadata, every short number,
// tens of thousands of spellings, and whatever a keypad can send. All of it goes through classify under several
// policies; what is let through is held against another implementation (test/support/number-oracle.ts).
// test/number-sweep.test.ts sends the same through the whole house and counts at the carrier.

import { describe, expect, test } from 'vitest';
import {
  type Allowed,
  allRegions,
  examples,
  faultOf,
  madeNumbers,
  readBy,
  shortNumbers,
} from '../../test/support/number-oracle.ts';
import {
  EMERGENCY_AND_SERVICE,
  forms,
  PREFIXES,
  spelt,
  writtenPlainly,
} from '../../test/support/number-texts.ts';
import { Random } from '../twin/random.ts';
import { classify, defaultPolicy, type NumberPolicy } from './number.ts';

const seed = Number(process.env.RAPPEL_SEED ?? Date.now() % 2 ** 31);
const REPEAT = `Repeat it: RAPPEL_SEED=${seed} npm run test:quick -- src/vault/number-sweep.test.ts`;
const FAULTS_TOLD_MAX = 20;
const MADE_OF_EACH = 20;

const world: NumberPolicy = { ...defaultPolicy, regions: allRegions };
const policies: readonly (readonly [name: string, policy: NumberPolicy])[] = [
  ['as it is by default', defaultPolicy],
  ['Canada and the United States', { ...defaultPolicy, regions: ['CA', 'US'] }],
  ['mobile numbers only, of the whole world', { ...world, types: ['mobile'] }],
  ['fixed and mobile numbers of the whole world', world],
];

/** How many of these texts are let through; fails with each that should not have been. */
function sweep(texts: Iterable<string>, policy: NumberPolicy): { asked: number; dialable: Set<string> } {
  const faults: string[] = [];
  const judged = new Map<string, string | null>();
  let asked = 0;
  for (const text of texts) {
    asked += 1;
    const found = classify(text, policy);
    if (!found.ok) continue;
    const fault = judged.get(found.e164) ?? faultOf(found.e164, policy satisfies Allowed);
    judged.set(found.e164, fault);
    if (fault !== null && faults.length < FAULTS_TOLD_MAX)
      faults.push(`${JSON.stringify(text)} is dialled as ${found.e164}: ${fault}`);
  }
  if (faults.length > 0) throw new Error(`${faults.join('\n')}\n${REPEAT}`);
  return { asked, dialable: new Set(judged.keys()) };
}

function* inAllForms(all: readonly { countryCode: string; national: string }[]): Generator<string> {
  for (const { countryCode, national } of all) yield* forms(countryCode, national);
}

function* spellingsOf(digits: readonly string[], count: number, name: string): Generator<string> {
  const chance = Random.stream(seed, name);
  for (let i = 0; i < count; i += 1) yield spelt(chance, chance.pick(digits));
}

describe.each(policies)('%s', (_name, policy) => {
  test('every example number of every kind of every region', () => {
    const all = examples();
    expect(all.length).toBeGreaterThan(1_000);
    const { dialable } = sweep(inAllForms(all), policy);
    // And something is: a house that dials nothing would pass the rest.
    expect(dialable.size).toBeGreaterThanOrEqual(policy === defaultPolicy ? 1 : 2);
    if (policy === world) expect(dialable.size).toBeGreaterThan(350);
  });

  test('numbers made from the pattern of every kind of every region', () => {
    const made = [...madeNumbers(seed, MADE_OF_EACH)].map(
      ({ countryCode, national }) => `+${countryCode}${national}`,
    );
    expect(made.length).toBeGreaterThan(20_000);
    sweep(made, policy);
  });

  test('every short number of every region: not one of them, however it is reached', () => {
    const all = shortNumbers();
    expect(all.length).toBeGreaterThan(400);
    for (const text of inAllForms(all)) {
      // The country code in front makes some of them a telephone number of that country; the oracle says which.
      const found = classify(text, policy);
      if (found.ok) expect(faultOf(found.e164, policy), JSON.stringify(text)).toBeNull();
    }
    for (const { national } of all)
      for (const prefix of PREFIXES)
        for (const suffix of ['', '#', ' x9'])
          expect(classify(prefix + national + suffix, defaultPolicy).ok, prefix + national).toBe(false);
  });

  test('spellings of numbers that exist, of paid ones, and of none', () => {
    const national = ['6139112345', '6134111111', '6139761234', '9002345678', '8095551234', '8765551234'];
    const others = ['2844941234', '6002345678', '6222345678', '9112345678', '6135550123', '6132345678'];
    const far = ['881612345678', '5312345678', '442071838750', '33612345678', '4915123456789', '61412345678'];
    const digits = [...national, ...others, ...far, ...[...national, ...others].map((one) => `1${one}`)];
    const { asked } = sweep(spellingsOf(digits, 30_000, 'numbers'), policy);
    expect(asked).toBe(30_000);
  });
});

describe('as it is by default', () => {
  test(`60,000 spellings of 911 and the N11 codes (seed ${seed})`, () => {
    const seen = new Set<string>();
    const found: string[] = [];
    for (const [, policy] of policies.slice(0, 2))
      for (const text of spellingsOf(EMERGENCY_AND_SERVICE, 60_000, 'services')) {
        seen.add(text);
        if (classify(text, policy).ok) found.push(JSON.stringify(text));
      }
    if (found.length > 0)
      throw new Error(`dialled: ${found.slice(0, FAULTS_TOLD_MAX).join('\n')}\n${REPEAT}`);
    expect(seen.size).toBeGreaterThan(10_000);
  });

  test('what is valid and forbidden', () => {
    // Validity is not permission: the metadata call each of these a number.
    const valid = ['6139761234', '6139112345', '6134111111', '+19002345678', '+18092345678', '+18762345678'];
    const others = ['+12842291234', '6002012345', '6222345678', '+881612345678', '+5371234567'];
    for (const text of [...valid, ...others]) {
      expect(readBy(text), text).not.toBeNull();
      expect(classify(text).ok, text).toBe(false);
    }
  });

  test('everything that a keypad can send with five keys, and six digits: too short for a telephone number', () => {
    const keys = [...'0123456789*#'];
    let texts = [''];
    for (let length = 1; length <= 5; length += 1) {
      texts = texts.flatMap((text) => keys.map((key) => text + key));
      for (const text of texts) if (classify(text).ok) throw new Error(`${text} is dialled`);
    }
    for (let number = 0; number < 1_000_000; number += 1)
      if (classify(String(number).padStart(6, '0')).ok) throw new Error(`${number} is dialled`);
  });

  test('every area code, every exchange', () => {
    const exchanges = ['234', '555', '911', '411', '976', '950', '100', '000'];
    const areas = ['613', '514', '867', '900', '911', '600', '800', '876', '212'];
    const three = Array.from({ length: 1_000 }, (_, n) => String(n).padStart(3, '0'));
    const texts = [
      ...three.flatMap((area) => exchanges.map((exchange) => `${area}${exchange}0142`)),
      ...areas.flatMap((area) => three.map((exchange) => `1${area}${exchange}1234`)),
    ];
    const { dialable } = sweep(texts, defaultPolicy);
    expect(dialable.size).toBeGreaterThan(2_000);
    sweep(texts, { ...defaultPolicy, regions: ['CA', 'US'] });
  });

  test('an extension is never part of what is dialled, whichever it is', () => {
    const chance = Random.stream(seed, 'extensions');
    for (let i = 0; i < 5_000; i += 1) {
      const digits = String(chance.below(10 ** chance.between(1, 8)));
      const mark = chance.pick([
        ' x',
        'x',
        ';ext=',
        ' ext ',
        ' ext. ',
        ',',
        ',,',
        ',,,',
        '#',
        ' #',
        ' poste ',
        ' extension ',
      ]);
      const text = `613-234-5678${mark}${digits}`;
      expect(classify(text), `${text}\n${REPEAT}`).toMatchObject({ e164: '+16132345678', extension: digits });
    }
  });
});

test('where both implementations read a number, it is the same one', () => {
  const chance = Random.stream(seed, 'agreement');
  let both = 0;
  for (let i = 0; i < 20_000; i += 1) {
    const text = writtenPlainly(
      chance,
      chance.pick([['613', '234', '5678'] as const, ['514', '987', '0001'] as const]),
    );
    const found = classify(text);
    const read = found.ok ? readBy(text) : null;
    if (!found.ok || read === null) continue;
    both += 1;
    expect(found.e164, `${JSON.stringify(text)}\n${REPEAT}`).toBe(read);
  }
  expect(both).toBeGreaterThan(300);
});
