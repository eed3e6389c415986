// From what a person keyed, typed or pasted to digits: other scripts' digits become ours, invisible marks go, the
// extension is set apart. What is left is digits, perhaps behind a plus, or it is refused. Nothing here knows which
// numbers exist; number.ts does.
import { isEmergencyAsDialled } from '../core/dialled.ts';
import type { NumberCode } from '../core/number.ts';

export type NumberText =
  | { readonly ok: true; readonly plus: boolean; readonly digits: string; readonly extension?: string }
  | { readonly ok: false; readonly code: NumberCode };

const textMax = 128;

/** The zeros of scripts whose digits people really paste: Arabic, Persian, Devanagari, full width. */
const zeros = [0x0660, 0x06f0, 0x0966, 0xff10];

/** Format marks (bidi, zero width, soft hyphen, byte order) come along with copied numbers and mean nothing. */
const invisible = /\p{Cf}/gu;
const separators = /[\s().\-/\u2010-\u2015\u2212]/gu;

/** `ext 9`, `x9`, `poste 9`, `;ext=9`, `,,9`, `#9` at the end. */
const extensionAtEnd = /^(.*?)(?:;\s*ext=|,+|extension|ext\.?|poste|x|#)\s*:?\s*([0-9]{1,8})\s*#?$/iu;

function plainDigits(text: string): string {
  return text.replace(/[\p{Nd}\uff0b]/gu, (character) => {
    if (character === '\uff0b') return '+';
    const point = character.codePointAt(0) as number;
    const zero = zeros.find((start) => point >= start && point <= start + 9);
    return zero === undefined ? character : String(point - zero);
  });
}

export function readNumberText(text: string): NumberText {
  if (text.length > textMax) return { ok: false, code: 'number.too_long' };
  const plain = plainDigits(text.replace(invisible, '')).trim();
  const split = extensionAtEnd.exec(plain);
  // A single "#" at the end is the key that ends an entry.
  const head = (split === null ? plain.replace(/#$/, '') : (split[1] as string)).replace(separators, '');
  const digits = head.replace(/[^0-9]/g, '');
  if (head === '' && split === null) return { ok: false, code: 'number.empty' };
  // Before anything else, so that "*911" and "9-1-1 please" are refused for what they are.
  if (isEmergencyAsDialled(digits)) return { ok: false, code: 'number.emergency' };
  if (!/^\+?[0-9]*$/.test(head)) return { ok: false, code: 'number.not_digits' };
  if (digits === '') return { ok: false, code: 'number.too_short' };
  const plus = head.startsWith('+');
  return split === null
    ? { ok: true, plus, digits }
    : { ok: true, plus, digits, extension: split[2] as string };
}
