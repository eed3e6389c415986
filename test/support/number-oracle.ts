// A second opinion on telephone numbers, by another implementation and other metadata than the house's own: Google's
// libphonenumber, with its short numbers. Whatever src/vault/number.ts lets through is held against it, and against the
// rules of the service written once more as a plain list. It must not import a rule that it judges.

import fc from 'fast-check';
import google from 'google-libphonenumber';

/** What the judged policy allows, in the words of the metadata. */
export type Allowed = {
  readonly regions: readonly string[];
  readonly types: readonly ('fixed' | 'mobile' | 'fixed_or_mobile')[];
  readonly ownNumbers: readonly string[];
};

/** One kind of number of one region, as the metadata have it: kinds stand at their places in an array. */
type Description = readonly unknown[] | null;
type Metadata = {
  readonly countryToMetadata: Readonly<Record<string, readonly (Description | unknown)[]>>;
};

const { metadata, shortnumbermetadata } = google as unknown as {
  readonly metadata: Metadata;
  readonly shortnumbermetadata: Metadata;
};
const plan = google.PhoneNumberUtil.getInstance();
const short = google.ShortNumberInfo.getInstance();

const PATTERN_AT = 2;
const EXAMPLE_AT = 6;
const COUNTRY_CODE_AT = 10;
/** The description of all kinds together comes before those of each. */
const GENERAL_AT = 1;

const typeNames: Readonly<Partial<Record<number, Allowed['types'][number]>>> = {
  [google.PhoneNumberType.FIXED_LINE]: 'fixed',
  [google.PhoneNumberType.MOBILE]: 'mobile',
  [google.PhoneNumberType.FIXED_LINE_OR_MOBILE]: 'fixed_or_mobile',
};

export type Example = { readonly region: string; readonly countryCode: string; readonly national: string };

/** Every region of the metadata; the world-wide networks (+800, +881...) are not regions. */
export const allRegions: readonly string[] = plan.getSupportedRegions();

/** Every example number of every kind of every region, and of the networks without one. */
export function examples(): Example[] {
  return Object.entries(metadata.countryToMetadata).flatMap(([region, kinds]) =>
    examplesIn(kinds).map((national) => ({ region, countryCode: String(kinds[COUNTRY_CODE_AT]), national })),
  );
}

/** Every example of a short number of every region: emergency, services, paid, for messages only. */
export function shortNumbers(): Example[] {
  return Object.entries(shortnumbermetadata.countryToMetadata).flatMap(([region, kinds]) => {
    const countryCode = String(plan.getCountryCodeForRegion(region));
    return examplesIn(kinds).map((national) => ({ region, countryCode, national }));
  });
}

/** Numbers made from the pattern of every kind of every region, so many of each. */
export function* madeNumbers(seed: number, each: number): Generator<Example> {
  for (const [region, kinds] of Object.entries(metadata.countryToMetadata)) {
    const countryCode = String(kinds[COUNTRY_CODE_AT]);
    for (const kind of kinds.slice(GENERAL_AT + 1)) {
      const pattern: unknown = Array.isArray(kind) ? kind[PATTERN_AT] : undefined;
      if (typeof pattern !== 'string') continue;
      const numbers = fc.stringMatching(new RegExp(`^(?:${pattern})$`));
      for (const national of fc.sample(numbers, { seed, numRuns: each }))
        yield { region, countryCode, national };
    }
  }
}

function examplesIn(kinds: readonly unknown[]): string[] {
  const found = kinds.flatMap((kind) => {
    const example: unknown = Array.isArray(kind) ? kind[EXAMPLE_AT] : undefined;
    return typeof example === 'string' && /^[0-9]+$/.test(example) ? [example] : [];
  });
  return [...new Set(found)];
}

/** What is never dialled in the North American plan: national digits, and why. */
const NEVER: readonly (readonly [RegExp, string])[] = [
  [/^911/, 'the area code 911'],
  [/^...911/, 'the exchange 911'],
  [/^[2-8]11/, 'an N11 as area code'],
  [/^...[2-8]11/, 'an N11 as exchange'],
  [/^976|^...976/, '976'],
  [/^900/, '900'],
  [/^600|^622/, 'a non-geographic number'],
  [/^...55501/, 'a fictional number'],
  [/^...5551212/, 'directory assistance'],
  [/^8(?:00|33|44|55|66|77|88)/, 'toll free'],
];

/** Null: this may be dialled. Otherwise why not, for the message of a test. */
export function faultOf(e164: string, allowed: Allowed): string | null {
  if (!/^\+[1-9][0-9]{6,14}$/.test(e164)) return 'not in the form of E.164';
  if (allowed.ownNumbers.includes(e164)) return 'our own number';
  const number = plan.parse(e164);
  if (!plan.isValidNumber(number)) return 'no valid number';
  const region = plan.getRegionCodeForNumber(number) ?? '';
  if (!allowed.regions.includes(region)) return `of region ${region}`;
  const type = plan.getNumberType(number);
  const name = isTakenForMobile(number) ? 'mobile' : typeNames[type];
  if (name === undefined || !allowed.types.includes(name)) return `of type ${type}`;
  const national = plan.getNationalSignificantNumber(number);
  if (`+${number.getCountryCode()}${national}` !== e164) return 'read as another number';
  return shortFault(national, region) ?? (e164.startsWith('+1') ? planFault(national) : null);
}

/**
 * Ranges of mobile numbers with another kind inside, of which the house's metadata tell the outer one: VoIP in Botswana's
 * 79, fixed lines of Ahmedabad in India's 796.
 */
const TAKEN_FOR_MOBILE: Readonly<Record<string, RegExp>> = { BW: /^79/, IN: /^796/ };

function isTakenForMobile(number: google.PhoneNumber): boolean {
  const range = TAKEN_FOR_MOBILE[plan.getRegionCodeForNumber(number) ?? ''];
  return range?.test(plan.getNationalSignificantNumber(number)) === true;
}

/** Whether what stands for a subscriber is a short number of that region. */
function shortFault(national: string, region: string): string | null {
  if (short.isEmergencyNumber(national, region as never)) return 'an emergency number';
  const isShort = short.isValidShortNumberForRegion(plan.parse(national, region), region as never);
  return isShort ? 'a short number' : null;
}

function planFault(national: string): string | null {
  if (national.length !== 10) return 'not ten digits';
  // In the North American plan a network may route by the first digits alone.
  for (const dialled of [national, `1${national}`])
    if (short.connectsToEmergencyNumber(dialled, 'US' as never)) return 'connects to an emergency number';
  return NEVER.find(([pattern]) => pattern.test(national))?.[1] ?? null;
}

/** What this text means to the other implementation, to somebody in Canada; null when it means no valid number. */
export function readBy(text: string): string | null {
  try {
    const number = plan.parse(text, 'CA');
    return plan.isValidNumber(number) ? plan.format(number, google.PhoneNumberFormat.E164) : null;
  } catch {
    return null;
  }
}
