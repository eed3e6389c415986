// Whether a number may be dialled, and its one canonical form. Validity is not permission: the full metadata of
// libphonenumber calls 613-911-2345, 613-976-1234, Jamaica and satellite phones valid. Only what this file lets
// through in E.164 is ever given to the trunk; it is asked when a number is given and again at the dial fence.
// No number stands in what it says when it refuses.
import { getCountries, type NumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { whyNoRoute } from '../core/dialled.ts';
import type { DialableNumber, NumberCode } from '../core/number.ts';
import { readNumberText } from './number-text.ts';

export type DialableType = Exclude<DialableNumber['type'], 'relay'>;

/** A relay service: the number as clients give it (711, or E.164), and the digits that the trunk is given for it. */
export type RelayRoute = { readonly number: string; readonly dial: string };

export type NumberPolicy = {
  /** ISO 3166 countries whose numbers are called. */
  readonly regions: readonly string[];
  readonly types: readonly DialableType[];
  /** 555-0100 to 555-0199, which belong to nobody: only where every phone is our own, as in the demonstration. */
  readonly allowFictional: boolean;
  /** The centre's own numbers in E.164: calling them would call ourselves. */
  readonly ownNumbers: readonly string[];
  readonly relayRoutes: readonly RelayRoute[];
};

export const defaultPolicy: NumberPolicy = {
  regions: ['CA'],
  types: ['fixed', 'mobile', 'fixed_or_mobile'],
  allowFictional: false,
  ownNumbers: [],
  relayRoutes: [],
};

/** Whatever could ever have been stored under some policy: to look for a number, never to dial it. */
export const findingPolicy: NumberPolicy = {
  regions: getCountries(),
  types: ['fixed', 'mobile', 'fixed_or_mobile'],
  allowFictional: true,
  ownNumbers: [],
  relayRoutes: [],
};

export type Classified =
  | {
      readonly ok: true;
      /** Empty for 711. */
      readonly e164: string;
      readonly region: string;
      readonly type: DialableType | 'relay';
      /** Never part of what is dialled: keyed after the answer. */
      readonly extension?: string;
      /** Of a relay service; it has no region and no extension. */
      readonly route?: RelayRoute;
    }
  | { readonly ok: false; readonly code: NumberCode; readonly region?: string; readonly type?: string };

const nationalDigits = 10;
/** E.164, clause 6.2.1. */
const internationalDigitsMax = 15;
/** With its country code. A few regions still have subscribers with less; the trunk and the fence know none so short. */
const internationalDigitsMin = 7;

const types: Partial<Record<NonNullable<NumberType>, DialableType>> = {
  FIXED_LINE: 'fixed',
  MOBILE: 'mobile',
  FIXED_LINE_OR_MOBILE: 'fixed_or_mobile',
};

function refuse(code: NumberCode): Classified {
  return { ok: false, code };
}

/** Shorter than a national number: a short code, or a slip. */
function refuseShort(digits: string): Classified {
  const service = /^(?:0|1|9)*(?:[2-8]11|988)$/.test(digits);
  return refuse(service ? 'number.service' : 'number.too_short');
}

/** With the country code in front: `+`, `011` (the prefix from here), or the national form with or without its 1. */
function internationalDigits(plus: boolean, digits: string): string | Classified {
  if (plus) return digits;
  if (digits.startsWith('011')) return digits.slice(3);
  if (digits.length < nationalDigits) return refuseShort(digits);
  if (digits.length === nationalDigits)
    return digits.startsWith('1') ? refuse('number.too_short') : `1${digits}`;
  if (digits.length === nationalDigits + 1 && digits.startsWith('1')) return digits;
  return refuse('number.too_long');
}

/** What the North American plan itself never lets a callback dial, whatever the metadata say. */
function refuseInPlan(national: string, policy: NumberPolicy): NumberCode | undefined {
  const area = national.slice(0, 3);
  const exchange = national.slice(3, 6);
  const line = national.slice(6);
  if (area === '911' || exchange === '911') return 'number.emergency';
  if (/^[2-8]11$/.test(area) || /^[2-8]11$/.test(exchange)) return 'number.service';
  if (area === '900' || area === '976' || exchange === '976') return 'number.premium';
  if (area === '600' || area === '622') return 'number.kind';
  if (exchange === '555' && line === '1212') return 'number.service';
  if (exchange === '555' && line.startsWith('01') && !policy.allowFictional) return 'number.invalid';
  return undefined;
}

/** What may not be dialled is no route, whoever configured it. */
function relayBy(number: string, { relayRoutes }: NumberPolicy): Classified | undefined {
  const route = relayRoutes.find((r) => r.number === number && whyNoRoute(r.dial) === null);
  const e164 = number.startsWith('+') ? number : '';
  return route === undefined ? undefined : { ok: true, e164, region: '', type: 'relay', route };
}

/** Reads `text` as someone in Canada would dial it. Never throws, whatever the text. */
export function classify(text: string, policy: NumberPolicy = defaultPolicy): Classified {
  const read = readNumberText(text);
  if (!read.ok) return refuse(read.code);
  const short = read.plus ? undefined : relayBy(read.digits, policy);
  if (short !== undefined) return short;
  const digits = internationalDigits(read.plus, read.digits);
  if (typeof digits !== 'string') return digits;
  if (digits.length > internationalDigitsMax) return refuse('number.too_long');
  if (digits.length < internationalDigitsMin) return refuseShort(digits);
  const relay = relayBy(`+${digits}`, policy);
  if (relay !== undefined) return relay;
  if (digits.startsWith('1')) {
    if (digits.length <= nationalDigits) return refuseShort(digits);
    if (digits.length > nationalDigits + 1) return refuse('number.too_long');
    const code = refuseInPlan(digits.slice(1), policy);
    if (code !== undefined) return refuse(code);
  }
  return judge(digits, policy, read.extension);
}

/** What the metadata say: does it exist, where, and of what kind. `digits` has its country code. */
function judge(digits: string, policy: NumberPolicy, extension: string | undefined): Classified {
  const parsed = parsePhoneNumberFromString(`+${digits}`);
  // Should something be dropped or read as a prefix, then what would be dialled is not what was given.
  if (parsed === undefined || parsed.number !== `+${digits}`) return refuse('number.invalid');
  const region = parsed.country;
  const kind = parsed.isValid() ? parsed.getType() : undefined;
  const type = kind === undefined ? undefined : types[kind];
  const refused = (code: NumberCode): Classified => ({
    ok: false,
    code,
    ...(region === undefined ? {} : { region }),
    ...(kind === undefined ? {} : { type: type ?? kind.toLowerCase() }),
  });
  const called = region !== undefined && policy.regions.includes(region);
  if (kind === 'PREMIUM_RATE') return refused('number.premium');
  if (kind === undefined) {
    // That a country is not called is said before a slip in its number.
    const ours = called || (region === undefined && parsed.countryCallingCode === '1');
    return refused(ours ? 'number.invalid' : 'number.region');
  }
  // Without a country: satellite and other networks of the whole world.
  if (type === undefined || region === undefined) return refused('number.kind');
  if (!called) return refused('number.region');
  if (!policy.types.includes(type) || policy.ownNumbers.includes(parsed.number))
    return refused('number.kind');
  const dialable = { ok: true, e164: parsed.number, region, type } as const;
  return extension === undefined ? dialable : { ...dialable, extension };
}
