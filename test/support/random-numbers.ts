// Telephone numbers as a random centre knows them: keys by number, a relay service's, and switchboards with extensions.

import type { NumberKey } from '../../src/core/id.ts';
import type { DialableNumber, ExtensionView } from '../../src/core/number.ts';

type Pick = (n: number) => number;

export const RELAY: DialableNumber = { numberKey: 'relay' as NumberKey, region: '', type: 'relay' };

export function extended(mainKey: NumberKey, pick: Pick): DialableNumber {
  return { numberKey: `${mainKey}-${pick(3)}` as NumberKey, mainKey, region: 'CA', type: 'fixed_or_mobile' };
}

export function extension(of: NumberKey, pick: Pick): ExtensionView {
  const kind = pick(8);
  if (kind < 4) return null;
  if (kind < 5) return { code: 'extension.empty' };
  if (kind < 6) return { code: pick(3) === 0 ? 'number.erased' : 'extension.too_long' };
  return extended(of, pick);
}

export function dialable(n: number): DialableNumber {
  return { numberKey: `number-${n}` as NumberKey, region: 'CA', type: 'fixed_or_mobile' };
}
