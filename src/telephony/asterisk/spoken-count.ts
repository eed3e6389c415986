// Counts as people say them, in the pieces that Asterisk's recorded digits have in both languages: 71 is "seventy one"
// and "soixante et onze". The same rules as Asterisk's own `number:`, which knows no feminine and takes its language
// from the channel. Names of sounds only; where they lie is prompts.ts's.

import { assert } from '../../core/assert.ts';
import type { Language } from '../../core/id.ts';

export const COUNT_MAX = 999_999;

/** The sounds under digits/, in order; `une` stands for the French feminine of 1, which is not among them. */
export function countSounds(count: number, language: Language, feminine = false): string[] {
  assert(Number.isInteger(count) && count >= 0, `${count} is a count`);
  // Beyond that nobody counts places: the caller hears the most that can be said.
  const said = Math.min(count, COUNT_MAX);
  if (said === 0) return ['0'];
  return language === 'fr' ? french(said, feminine) : english(said);
}

function english(count: number): string[] {
  const thousands = Math.floor(count / 1_000);
  const hundreds = Math.floor((count % 1_000) / 100);
  const rest = count % 100;
  const spoken: string[] = [];
  if (thousands > 0) spoken.push(...english(thousands), 'thousand');
  if (hundreds > 0) spoken.push(String(hundreds), 'hundred');
  if (rest > 20 && rest % 10 !== 0) spoken.push(String(rest - (rest % 10)), String(rest % 10));
  else if (rest > 0) spoken.push(String(rest));
  return spoken;
}

function french(count: number, feminine: boolean): string[] {
  const thousands = Math.floor(count / 1_000);
  const hundreds = Math.floor((count % 1_000) / 100);
  const spoken: string[] = [];
  // "mille" and "cent" take no "un" before them; "mille" itself is masculine.
  if (thousands > 0) spoken.push(...(thousands > 1 ? french(thousands, false) : []), 'thousand');
  if (hundreds > 0) spoken.push(...(hundreds > 1 ? [String(hundreds)] : []), 'hundred');
  if (count % 100 > 0) spoken.push(...frenchTens(count % 100, feminine));
  return spoken;
}

function frenchTens(rest: number, feminine: boolean): string[] {
  const one = feminine ? 'une' : '1';
  if (rest === 1) return [one];
  if (rest <= 20) return [String(rest)];
  // 70 to 79 and 90 to 99 count on from 60 and 80: soixante et onze, quatre-vingt-onze.
  const base = rest < 70 ? rest - (rest % 10) : rest < 80 ? 60 : 80;
  const over = rest - base;
  if (over === 0) return [String(base)];
  if (over === 10) return [String(rest)];
  const joined = base < 80 && (over === 1 || over === 11) ? ['et'] : [];
  return [String(base), ...joined, over === 1 ? one : String(over)];
}
