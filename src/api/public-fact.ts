// A fact as others may have it: without the keys of numbers, what was keyed, the code that an agent says, and without a
// configuration's inside, which has keys of numbers too. What is left are sequence numbers, states, reasons and times.

import type { Fact } from '../core/fact.ts';

export type PublicFact = { readonly type: Fact['type']; readonly v: number } & Readonly<
  Record<string, unknown>
>;

/** Left out of every fact. */
const PERSONAL = new Set(['ani', 'number', 'numberKey', 'mainKey', 'channel', 'draw']);

/** Left out besides, where the word means something of a person: elsewhere `code` is a reason. */
const PERSONAL_IN: Readonly<Partial<Record<Fact['type'], readonly string[]>>> = {
  'callback.registered': ['code'],
  'callback.merged': ['code'],
  'dialogue.asked': ['key'],
  'dialogue.key_entered': ['key'],
  'centre.configured': ['configuration', 'packed', 'document'],
};

export function publicFact(fact: Fact): PublicFact {
  const more = PERSONAL_IN[fact.type] ?? [];
  return Object.fromEntries(
    Object.entries(fact).filter(([name]) => !PERSONAL.has(name) && !more.includes(name)),
  ) as PublicFact;
}
