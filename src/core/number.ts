// What the core knows of a telephone number: whether it may be dialled, and a key. The digits themselves stay in
// the vault (law 7), which answers with one of these.

import type { NumberKey } from './id.ts';

/** Why a number is not dialled. Each is said to the caller in words and stands in docs/errors.md. */
export type NumberCode =
  | 'number.empty' // nothing was keyed
  | 'number.not_digits' // a star, a letter, anything that is no digit
  | 'number.too_short'
  | 'number.too_long'
  | 'number.emergency' // 911 and its like, in any spelling
  | 'number.service' // N11, 211 to 811, short codes
  | 'number.premium' // 900, 976
  | 'number.region' // a valid number of a country or region that is not called
  | 'number.kind' // a kind that is not called: toll free, satellite, pager, shared cost...
  | 'number.invalid'; // no such numbering range

/** What the vault says at the fence: the number may be dialled (null), may not any more, or was erased. */
export type NumberAtFence = NumberCode | 'number.erased' | null;

export type DialableNumber = {
  /** Of the number, or of the number together with its extension: two people behind one switchboard differ. */
  readonly numberKey: NumberKey;
  /** ISO 3166 country, for example CA; empty for a relay service, which is of none. */
  readonly region: string;
  /** `relay`: a relay service, configured as a route; many clients have it in common. */
  readonly type: 'fixed' | 'mobile' | 'fixed_or_mobile' | 'relay';
  /** The key of the number without its extension; absent where it has none. */
  readonly mainKey?: NumberKey;
};
export type RefusedNumber = { readonly code: NumberCode };
export type NumberView = DialableNumber | RefusedNumber;

/** Why what was keyed is no extension. Said in words; the third time the number is given up. */
export type ExtensionCode =
  | 'extension.empty' // nothing was keyed, not even the number sign: silence
  | 'extension.not_digits'
  | 'extension.too_long';

/** What a caller keyed as an extension: the number with it; null, there is none; or why it cannot be taken. */
export type ExtensionView = DialableNumber | null | { readonly code: ExtensionCode | 'number.erased' };

/** The key by which owners bar a number and cap its callbacks: whatever the extension. */
export function mainKeyOf(number: Pick<DialableNumber, 'numberKey' | 'mainKey'>): NumberKey {
  return number.mainKey ?? number.numberKey;
}

/** Whose registrations are counted by the hour: a relay service calls for many people, and is none of them. */
export function sourceOf(ani: NumberView | null): NumberKey | null {
  return isDialable(ani) && ani.type !== 'relay' ? mainKeyOf(ani) : null;
}

/** What a fact says of a number beside its key. */
export function kindOf({ mainKey, type }: DialableNumber): { mainKey?: NumberKey; relay?: true } {
  return {
    ...(mainKey === undefined ? {} : { mainKey }),
    ...(type === 'relay' ? { relay: true as const } : {}),
  };
}

export function isDialable(number: NumberView | ExtensionView): number is DialableNumber {
  return number !== null && 'numberKey' in number;
}
