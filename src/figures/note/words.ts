// How a note writes what is no figure: dates, periods, points, money, lists, in both languages, with no-break spaces where
// a line must not end. It must not know what is told.

import type { Estimate, Words } from '../figure.ts';
import { type Writing, writeBounds, writeShare, writeTime, writeValue, writeWhole } from '../written.ts';
import type { OwnerValue, Span } from './ground.ts';

export const NB = '\u00a0';

const MONTHS: Readonly<Record<Writing, readonly string[]>> = {
  en: [
    ...['January', 'February', 'March', 'April', 'May', 'June'],
    ...['July', 'August', 'September', 'October', 'November', 'December'],
  ],
  fr: [
    ...['janvier', 'février', 'mars', 'avril', 'mai', 'juin'],
    ...['juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
  ],
};

export function both(write: (language: Writing) => string): Words {
  return { en: typeset(write('en'), 'en'), fr: typeset(write('fr'), 'fr') };
}

/** No line ends before a French colon, within « », or within `n = 12`. */
function typeset(text: string, language: Writing): string {
  const whole = text.replaceAll('n = ', `n${NB}=${NB}`);
  if (language === 'en') return whole;
  return whole.replaceAll(/ ([:»])/g, `${NB}$1`).replaceAll('« ', `«${NB}`);
}

/** `2019`, `2019-04` or `2019-04-17`: `17 April 2019`, `17 avril 2019`, `1er mai 2019`. */
export function writeDate(date: string, language: Writing): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return [dayIn(day, language), MONTHS[language][Number(month) - 1], year].filter(Boolean).join(NB);
}

function dayIn(day: string, language: Writing): string {
  if (day === '') return '';
  return Number(day) === 1 && language === 'fr' ? '1er' : String(Number(day));
}

/** `17 April to 31 December 2019`, `du 17 avril au 31 décembre 2019`; with times where it does not keep to midnights. */
export function writeSpan({ from, to, lastDay }: Span, language: Writing): string {
  const [firstDay = '', firstTime = ''] = from.split(' ');
  if (lastDay === null || firstTime !== '00:00') return writeMoments(from, to, language);
  if (firstDay === lastDay) return `${language === 'fr' ? `le${NB}` : ''}${writeDate(firstDay, language)}`;
  const isOneYear = firstDay.slice(0, 4) === lastDay.slice(0, 4);
  const first = writeDate(firstDay, language);
  const begins = isOneYear ? first.slice(0, -5) : first;
  const ends = writeDate(lastDay, language);
  return language === 'en' ? `${begins} to ${ends}` : `du ${begins} au ${ends}`;
}

function writeMoments(from: string, to: string, language: Writing): string {
  const moment = (text: string): string => {
    const [day = '', time = ''] = text.split(' ');
    const date = writeDate(day, language);
    return language === 'en' ? `${date} at ${time}` : `${date} à ${time.replace(':', `${NB}h${NB}`)}`;
  };
  return language === 'en' ? `${moment(from)} to ${moment(to)}` : `du ${moment(from)} au ${moment(to)}`;
}

/** Without its sign: `3.2 percentage points`, `3,2 points de pourcentage`. */
export function writePoints(share: number, language: Writing): string {
  return `${bare(share, language)}${NB}${pointsFor(share, language)}`;
}

function bare(share: number, language: Writing): string {
  return writeShare(Math.abs(share), language).replace(/\u00a0?%$/, '');
}

/** The size of a difference: points of a share, a time, cases. */
export function writeSize(value: number, unit: Estimate['unit'], language: Writing): string {
  return unit === 'share' ? writePoints(value, language) : writeValue(Math.abs(value), unit, language);
}

/** With its sign: of the difference of two shares. */
export function writeSignedPoints(share: number, _unit: Estimate['unit'], language: Writing): string {
  return `${isBelow(share) ? '-' : ''}${writePoints(share, language)}`;
}

function isBelow(share: number): boolean {
  return share < 0 && Math.round(-share * 1_000) > 0;
}

type Range = Pick<Estimate, 'low' | 'high' | 'unit'>;

/** `-0.4 to 1.2 percentage points`, `de -0,4 à 1,2 point de pourcentage`; times as times. */
export function writeRange({ low, high, unit }: Range, language: Writing): string {
  const edge = (value: number): string =>
    unit === 'share'
      ? `${isBelow(value) ? '-' : ''}${bare(value, language)}`
      : writeValue(value, unit, language);
  const [from, to] = [edge(low ?? 0), edge(high ?? 0)];
  const tail =
    unit === 'share' ? `${NB}${pointsFor(Math.max(Math.abs(low ?? 0), Math.abs(high ?? 0)), language)}` : '';
  return language === 'en' ? `${from} to ${to}${tail}` : `de ${from} à ${to}${tail}`;
}

/** French says the singular below two. */
function pointsFor(share: number, language: Writing): string {
  if (language === 'en') return 'percentage points';
  return `${Math.round(Math.abs(share) * 1_000) < 20 ? 'point' : 'points'} de pourcentage`;
}

export function writeCertainty(range: Range, language: Writing): string {
  const written = writeRange(range, language);
  return language === 'en' ? `95% interval ${written}` : `intervalle à${NB}95${NB}%${NB}: ${written}`;
}

/** French counts nought and one in the singular. */
export function counted(
  count: number,
  words: { readonly en: readonly [string, string]; readonly fr: readonly [string, string] },
  language: Writing,
): string {
  const isOne = language === 'en' ? count === 1 : count < 2;
  return `${writeWhole(count, language)}${NB}${words[language][isOne ? 0 : 1]}`;
}

export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

export function list(parts: readonly string[], language: Writing): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} ${language === 'en' ? 'and' : 'et'} ${parts.at(-1)}`;
}

const MILLION = 1_000_000;

/** As a ministry writes it: `$43 million`, `43 M$`; `30%`, `30 %`. */
export function writeOwnerValue({ amount, unit }: OwnerValue, language: Writing): string {
  switch (unit) {
    case 'dollars': {
      const isMillions = Math.abs(amount) >= MILLION;
      const number = isMillions ? decimal(amount / MILLION, language) : writeWhole(amount, language);
      if (language === 'en') return `$${number}${isMillions ? `${NB}million` : ''}`;
      return `${number}${NB}${isMillions ? 'M$' : '$'}`;
    }
    case 'share':
      return `${decimal(amount * 100, language)}${language === 'en' ? '' : NB}%`;
    case 'points':
      return `${decimal(amount * 100, language)}${NB}${language === 'en' ? 'percentage points' : 'points de pourcentage'}`;
    case 'count':
      return decimal(amount, language);
    case 'year':
      return String(Math.round(amount));
    case 'millions': {
      const number = decimal(amount / MILLION, language);
      return `${number}${NB}${language === 'fr' && Math.abs(amount) >= 2 * MILLION ? 'millions' : 'million'}`;
    }
    case 'fte':
      return `${decimal(amount, language)}${NB}${language === 'en' ? 'FTE' : 'ETP'}`;
  }
}

/** At most one digit after the point, none where it is nought. */
function decimal(value: number, language: Writing): string {
  const tenths = Math.round(Math.abs(value) * 10);
  const whole = writeWhole(Math.floor(tenths / 10), language);
  const rest = tenths % 10 === 0 ? '' : `${language === 'en' ? '.' : ','}${tenths % 10}`;
  return `${value < 0 && tenths > 0 ? '-' : ''}${whole}${rest}`;
}

export { writeShare, writeTime, writeValue, writeWhole };

/** The interval of a share, which is no difference: as shares. */
export function writeSureness(estimate: Estimate, language: Writing): string {
  const bounds = writeBounds(estimate, language);
  return language === 'en' ? `95% interval ${bounds}` : `intervalle à${NB}95${NB}% : de ${bounds}`;
}
