// What is wrong with the meaning of the directory of parties outside: a number that must never be dialled, one that the
// centre's own policy of numbers does not let through, or an entry twice. It is the only judge of these numbers: nothing
// that the vault would refuse a client may pass here. Fictional ones may, since samples have no others.

import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type RouteRefusal, whyNoRoute } from '../core/dialled.ts';
import { type Mistake, mistake } from './mistake.ts';
import { repeated } from './repeated.ts';
import { type DialPolicy, dialPolicyOf } from './resolve.ts';
import type { ConfigurationFile } from './schema.ts';

export function directoryMistakes(file: ConfigurationFile): Mistake[] {
  const directory = file.directory ?? [];
  const policy = dialPolicyOf(file);
  return [
    ...repeated(directory.map(({ id }) => id)).map((i) =>
      mistake(['directory', i, 'id'], 'this id stands twice', 'give each its own'),
    ),
    ...directory.flatMap(({ number }, i) => ofNumber(number, policy, ['directory', i, 'number'])),
  ];
}

const NEVER: Readonly<Record<RouteRefusal, string>> = {
  emergency: 'is, or begins as, an emergency number, which is never dialled',
  service: 'is a service number, which is never dialled',
  premium: 'is paid by the minute',
  form: 'is no whole telephone number',
};
const MEND = 'give the ordinary number of that party';

function ofNumber(number: string, policy: DialPolicy, path: readonly (string | number)[]): Mistake[] {
  const never = /^\+1\d{3}5551212$/.test(number) ? 'service' : whyNoRoute(number);
  if (never !== null) return [mistake(path, NEVER[never], MEND)];
  if (policy.ownNumbers.includes(number)) return [mistake(path, 'is a number of this centre', MEND)];
  const parsed = parsePhoneNumberFromString(number);
  // Should a prefix be read into it, what would be dialled is not what was written.
  if (parsed?.number !== number || !parsed.isValid())
    return [mistake(path, 'is a number that does not exist', MEND)];
  const kind = parsed.getType();
  if (kind === 'PREMIUM_RATE') return [mistake(path, NEVER.premium, MEND)];
  const type = KINDS.get(kind ?? '');
  if (type === undefined) return [mistake(path, 'is neither a fixed nor a mobile number', MEND)];
  const { country = '' } = parsed;
  if (!policy.regions.includes(country))
    return [
      mistake(
        path,
        `is a number of ${country}, which is not called`,
        'add it to numbers.regions, or give another',
      ),
    ];
  return policy.types.includes(type)
    ? []
    : [
        mistake(
          path,
          `is a ${type} number, which is not called`,
          'add the kind to numbers.kinds, or give another',
        ),
      ];
}

/** As libphonenumber says it, and as the policy does. */
const KINDS: ReadonlyMap<string, DialPolicy['types'][number]> = new Map([
  ['FIXED_LINE', 'fixed'],
  ['MOBILE', 'mobile'],
  ['FIXED_LINE_OR_MOBILE', 'fixed_or_mobile'],
]);
