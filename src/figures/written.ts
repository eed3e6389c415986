// How a value is written for people: 12.5% and 238,300 in English, 12,5 % and 238 300 with no-break spaces in French,
// times in minutes and seconds. From the rounded value of an estimate, so that what is read is what was computed. It must
// not know which figure it writes.

import type { Estimate, Unit } from './figure.ts';

export type Writing = 'en' | 'fr';

const NO_BREAK = '\u00a0';
const SECOND = 1_000;
const MINUTE = 60;
const HOUR = 3_600;

/** Where there is nothing: no case, or no interval from one case. */
export const NOTHING_WRITTEN = '-';

export function writeValue(value: number | null, unit: Unit, language: Writing): string {
  if (value === null) return NOTHING_WRITTEN;
  if (unit === 'cases') return writeWhole(value, language);
  if (unit === 'ms') return writeTime(value, language);
  if (unit === 'score') return writeScore(value, language);
  return writeShare(value, language);
}

/** `41.2% to 47.8%`, or nothing. */
export function writeBounds({ low, high, unit }: Estimate, language: Writing): string {
  if (low === null || high === null) return NOTHING_WRITTEN;
  const to = language === 'en' ? 'to' : 'à';
  return `${writeValue(low, unit, language)} ${to} ${writeValue(high, unit, language)}`;
}

export function writeWhole(value: number, language: Writing): string {
  const digits = String(Math.abs(Math.round(value)));
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, language === 'en' ? ',' : NO_BREAK);
  return value < 0 ? `-${grouped}` : grouped;
}

/** One digit after the point. */
export function writeShare(share: number, language: Writing): string {
  const tenths = Math.round(Math.abs(share) * 1_000);
  const point = language === 'en' ? '.' : ',';
  const sign = share < 0 && tenths > 0 ? '-' : '';
  const space = language === 'en' ? '' : NO_BREAK;
  return `${sign}${writeWhole(Math.floor(tenths / 10), language)}${point}${tenths % 10}${space}%`;
}

/** Points with their sign and two digits after the point: `+0.25`. */
export function writeScore(points: number, language: Writing): string {
  const hundredths = Math.round(Math.abs(points) * 100);
  const point = language === 'en' ? '.' : ',';
  const sign = hundredths === 0 ? '' : points < 0 ? '-' : '+';
  return `${sign}${Math.floor(hundredths / 100)}${point}${String(hundredths % 100).padStart(2, '0')}`;
}

/** Whole seconds from ten seconds on, tenths below: `9.3 s` (French `9,3 s`), `46 min 12 s`, `3 h 05 min`. */
export function writeTime(ms: number, language: Writing): string {
  const sign = ms < 0 ? '-' : '';
  const absolute = Math.abs(ms);
  if (absolute < 10 * SECOND) {
    const tenths = Math.round(absolute / 100);
    const point = language === 'en' ? '.' : ',';
    return `${tenths > 0 ? sign : ''}${Math.floor(tenths / 10)}${point}${tenths % 10}${NO_BREAK}s`;
  }
  const seconds = Math.round(absolute / SECOND);
  const pad = (n: number): string => String(n).padStart(2, '0');
  if (seconds < MINUTE) return `${sign}${seconds}${NO_BREAK}s`;
  if (seconds < HOUR)
    return `${sign}${Math.floor(seconds / MINUTE)}${NO_BREAK}min${NO_BREAK}${pad(seconds % MINUTE)}${NO_BREAK}s`;
  const minutes = Math.round(seconds / MINUTE);
  return `${sign}${Math.floor(minutes / MINUTE)}${NO_BREAK}h${NO_BREAK}${pad(minutes % MINUTE)}${NO_BREAK}min`;
}
