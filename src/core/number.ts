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
  readonly numberKey: NumberKey;
  /** ISO 3166 country, for example CA. */
  readonly region: string;
  readonly type: 'fixed' | 'mobile' | 'fixed_or_mobile';
};
export type RefusedNumber = { readonly code: NumberCode };
export type NumberView = DialableNumber | RefusedNumber;

export function isDialable(number: NumberView | null): number is DialableNumber {
  return number !== null && 'numberKey' in number;
}
