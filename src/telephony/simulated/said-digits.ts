// Numbers and extensions in what is to be said, put into digits: the vault is asked through the house, and what it does
// not know any more is left out. Nothing is kept.

import type { Say } from '../../core/effect.ts';
import type { House } from '../telephony.ts';

export function needsDigits(say: readonly Say[]): boolean {
  return say.some((one) => 'numberKey' in one || 'extensionOf' in one);
}

/** Null: the program is gone, and nothing is known. */
export async function inDigits(say: readonly Say[], house: House | null): Promise<Say[]> {
  const said: Say[] = [];
  for (const one of say) {
    if (!('numberKey' in one || 'extensionOf' in one)) {
      said.push(one);
      continue;
    }
    const digits =
      'numberKey' in one ? await house?.sayNumber(one.numberKey) : await house?.sayExtension(one.extensionOf);
    if (digits !== undefined) said.push({ digits: digits.replace(/^\+1/, '') });
  }
  return said;
}
