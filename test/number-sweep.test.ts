// The number sweep, counted at the carrier: what people key and call from goes through the whole house (telephony, vault,
// core, engine, journal, fence), and every INVITE that arrives on the trunk is held against another implementation of
// the world's numbering plans. src/vault/number-sweep.test.ts asks the rule alone, and asks it more.

import { describe, expect, test } from 'vitest';
import { Random } from '../src/twin/random.ts';
import { classify, defaultPolicy, type NumberPolicy } from '../src/vault/number.ts';
import { DiallingHouse, type Person } from './support/dialling-house.ts';
import { allRegions, examples, faultOf, shortNumbers } from './support/number-oracle.ts';
import { EMERGENCY_AND_SERVICE, forms, isKeyable, spelt, writtenPlainly } from './support/number-texts.ts';

const seed = Number(process.env.RAPPEL_SEED ?? Date.now() % 2 ** 31);
const REPEAT = `Repeat it: RAPPEL_SEED=${seed} npm run test:quick -- test/number-sweep.test.ts`;
const KEYED_BY_ONE = 16;

const world: NumberPolicy = { ...defaultPolicy, regions: allRegions };

/** From people's hands: all that a keypad can send of these, a few to each caller. */
function keyed(texts: readonly string[]): Person[] {
  const keyable = [...new Set(texts)].filter(isKeyable);
  const people: Person[] = [];
  for (let i = 0; i < keyable.length; i += KEYED_BY_ONE)
    people.push({ keys: keyable.slice(i, i + KEYED_BY_ONE) });
  // Whoever is let through keys no more: each of those once more, alone.
  return [...people, ...keyable.filter((text) => classify(text, world).ok).map((text) => ({ keys: [text] }))];
}

function callingFrom(texts: readonly string[]): Person[] {
  return [...new Set(texts)].map((from) => ({ from }));
}

/** What each of them is called back at, if at all, by the rule. */
function expectedOf(people: readonly Person[], policy: NumberPolicy): string[] {
  return people.flatMap((person) => {
    const texts = 'from' in person ? [person.from] : person.keys;
    const found = texts.map((text) => classify(text, policy)).find(({ ok }) => ok);
    return found?.ok === true ? [found.e164] : [];
  });
}

async function dialledBy(people: readonly Person[], policy: NumberPolicy): Promise<string[]> {
  const house = await DiallingHouse.open(policy);
  await house.call(people);
  await house.serve();
  expect(house.network.trunkInvites).toBe(house.dialled.length);
  const faults = house.dialled.flatMap((number) => {
    const fault = faultOf(number, policy);
    return fault === null ? [] : [`${number} was dialled: ${fault}`];
  });
  if (faults.length > 0) throw new Error(`${faults.slice(0, 20).join('\n')}\n${REPEAT}`);
  // Neither one more nor one less: a house that dials nothing would pass the rest.
  expect(house.dialled.toSorted(), REPEAT).toEqual(expectedOf(people, policy).toSorted());
  return house.dialled;
}

const known = [...examples(), ...shortNumbers()].flatMap(({ countryCode, national }) =>
  forms(countryCode, national),
);

describe(`no INVITE outside the policy (seed ${seed})`, () => {
  const policies: readonly (readonly [string, NumberPolicy, number])[] = [
    ['as it is by default', defaultPolicy, 5],
    ['Canada and the United States', { ...defaultPolicy, regions: ['CA', 'US'] }, 10],
    ['mobile numbers only, of the whole world', { ...world, types: ['mobile'] }, 400],
    ['fixed and mobile numbers of the whole world', world, 900],
  ];

  test.each(policies)('examples and short numbers, keyed: %s', async (_name, policy, least) => {
    expect((await dialledBy(keyed(known), policy)).length).toBeGreaterThanOrEqual(least);
  });

  test('examples and short numbers, called from', async () => {
    expect((await dialledBy(callingFrom(known), defaultPolicy)).length).toBeGreaterThanOrEqual(5);
  });

  test('40,000 spellings of 911 and the N11 codes, called from: not one', async () => {
    const chance = Random.stream(seed, 'services');
    const texts = new Set<string>();
    while (texts.size < 40_000) texts.add(spelt(chance, chance.pick(EMERGENCY_AND_SERVICE)));
    expect(await dialledBy(callingFrom([...texts]), defaultPolicy)).toEqual([]);
  });

  test('whatever a keypad sends: codes, prefixes, slips', async () => {
    const chance = Random.stream(seed, 'keys');
    const parts = [
      '0',
      '1',
      '9',
      '011',
      '*',
      '911',
      '411',
      '211',
      '613',
      '514',
      '900',
      '976',
      '234',
      '5678',
      '876',
    ];
    const texts = Array.from({ length: 20_000 }, () =>
      Array.from({ length: chance.between(1, 5) }, () => chance.pick(parts)).join(''),
    );
    expect((await dialledBy(keyed(texts), defaultPolicy)).length).toBeGreaterThan(0);
  });

  test('spellings of numbers that may be called, with extensions: only their canonical form', async () => {
    const chance = Random.stream(seed, 'plain');
    const texts = Array.from({ length: 3_000 }, () => writtenPlainly(chance, ['613', '234', '5678']));
    const dialled = await dialledBy(callingFrom(texts), defaultPolicy);
    expect(new Set(dialled)).toEqual(new Set(['+16132345678']));
  });

  test('our own number is not called, however it is written', async () => {
    const chance = Random.stream(seed, 'own');
    const own = { ...defaultPolicy, ownNumbers: ['+16132345678'] };
    const texts = Array.from({ length: 1_000 }, () => writtenPlainly(chance, ['613', '234', '5678']));
    expect(await dialledBy(callingFrom(texts), own)).toEqual([]);
  });

  test('what was registered under a wider policy is judged again at the fence', async () => {
    const house = await DiallingHouse.open(world);
    await house.call(keyed(known));
    expect(house.pending).toBeGreaterThan(900);
    house.vault.setPolicy(defaultPolicy);
    await house.serve();
    expect(house.network.trunkInvites).toBe(house.dialled.length);
    expect(house.dialled.length).toBeGreaterThan(0);
    for (const number of house.dialled) expect(faultOf(number, defaultPolicy), number).toBeNull();
  });
});
