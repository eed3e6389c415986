// How long it takes to say something, in virtual time. A plain rule: a phrase two seconds, a number as a word six tenths,
// each digit four tenths. Real recordings differ; nothing may depend on these lengths.

import type { Say } from '../../core/effect.ts';

const PHRASE_MS = 2_000;
const COUNT_MS = 600;
const DIGIT_MS = 400;

export function durationMs(say: readonly Say[]): number {
  let ms = 0;
  for (const one of say) {
    if ('prompt' in one || 'recording' in one) ms += PHRASE_MS;
    else if ('count' in one) ms += COUNT_MS;
    else if ('digits' in one) ms += one.digits.length * DIGIT_MS;
  }
  return ms;
}
