// What may be given to the trunk, and its one written form at the dial fence. Asked where a relay route is configured,
// where a number is judged, and at the last door before money is spent. No number stays in the core: these are questions
// about a text, answered for whoever holds it.

/** What an attempt dials: a number, and the extension keyed once it has answered; or a relay service's own digits. */
export type Dialled =
  | { readonly to: 'number'; readonly e164: string; readonly extension: string | null }
  | { readonly to: 'relay'; readonly digits: string };

/** Why digits are no route to a relay service. */
export type RouteRefusal = 'emergency' | 'service' | 'premium' | 'form';

/** The longest extension that is keyed. */
export const EXTENSION_DIGITS_MAX = 8;

/** 911 (and 112 and 999, which networks send to it) behind any of the prefixes that people try. */
export function isEmergencyAsDialled(digits: string): boolean {
  return /^(?:011|00|0|1|9)*(?:911|112|999)$/.test(digits);
}

/**
 * Whether these digits may be given to the trunk, exactly so, to reach a relay service: null, or why not. That is 711, or
 * a whole telephone number, with or without its plus. Never anything that a switch could take for an emergency call on
 * the way, such as 911 with more digits behind it; no other service, nothing that is paid by the minute.
 */
export function whyNoRoute(text: string): RouteRefusal | null {
  if (!/^\+?[0-9]{3,15}$/.test(text)) return 'form';
  const digits = text.replace('+', '');
  if (/^(?:0|1|9)*(?:911|112|999)/.test(digits) || isEmergencyAsDialled(digits)) return 'emergency';
  if (text === '711') return null;
  if (digits.length < 7) return /^[019]*[2-8]11$/.test(digits) ? 'service' : 'form';
  const national = /^1?([0-9]{10})$/.exec(digits)?.[1];
  if (national === undefined) return null;
  const parts = [national.slice(0, 3), national.slice(3, 6)];
  if (parts.includes('911')) return 'emergency';
  if (parts.some((part) => /^[2-8]11$/.test(part))) return 'service';
  return parts.includes('976') || parts[0] === '900' ? 'premium' : null;
}

/** `OK +16135550188`, `OK +16135550188 x42`, `RELAY 711`; null for what may not be dialled at all. */
export function fenceText(dialled: Dialled): string | null {
  if (dialled.to === 'relay') return whyNoRoute(dialled.digits) === null ? `RELAY ${dialled.digits}` : null;
  const { e164, extension } = dialled;
  if (!/^\+[1-9][0-9]{6,14}$/.test(e164)) return null;
  if (extension === null) return `OK ${e164}`;
  return new RegExp(`^[0-9]{1,${EXTENSION_DIGITS_MAX}}$`).test(extension) ? `OK ${e164} x${extension}` : null;
}

/** What the dialplan reads in an answer of the fence: exactly one of the three forms, else null. */
export function readFenceText(text: string): Dialled | null {
  const [, e164, extension = null] = /^OK (\+[1-9][0-9]{6,14})(?: x([0-9]{1,8}))?$/.exec(text) ?? [];
  if (e164 !== undefined) return { to: 'number', e164, extension };
  const digits = /^RELAY (.*)$/.exec(text)?.[1];
  return digits !== undefined && whyNoRoute(digits) === null ? { to: 'relay', digits } : null;
}
