// Numbers, shares, times and lengths of time as they are written in each language: 12.5 % is 12,5 % in French, both with
// a no-break space; a time is of 24 hours, in the time zone of the centre, whatever the browser's own may be. A length of
// time that runs is m:ss, one that is told is in words. What is not known is a dash, and is said as such.

import { useMemo } from 'react';
import type { Language } from '../../src/core/id.ts';
import { useLanguage } from './language.tsx';
import { localeOf } from './phrases.ts';

export type Formats = {
  whole(value: number | null | undefined): string;
  /** A share from 0 to 1. */
  share(value: number | null | undefined, digits?: number): string;
  /** 4:07, or 1:04:07 from an hour on. */
  clock(ms: number | null | undefined): string;
  /** 25 s, 4 min, 1 h 05 min: rounded as one would say it. */
  length(ms: number | null | undefined): string;
  /** 14:05 in the centre's time zone. */
  time(at: number | null | undefined, timeZone?: string): string;
  /** 14:05:09. */
  second(at: number | null | undefined, timeZone?: string): string;
  /** 2019-04-17 14:05. */
  moment(at: number | null | undefined, timeZone?: string): string;
  list(items: readonly string[]): string;
};

const NONE = '–';
const NBSP = '\u00a0';

export function useFormats(): Formats {
  const { language } = useLanguage();
  return useMemo(() => formatsOf(language), [language]);
}

export function formatsOf(language: Language): Formats {
  const locale = localeOf(language);
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  return {
    whole: (value) => (isKnown(value) ? number.format(value) : NONE),
    share: (value, digits = 0) =>
      isKnown(value)
        ? `${new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value * 100)}${NBSP}%`
        : NONE,
    clock: (ms) => (isKnown(ms) ? clock(ms) : NONE),
    length: (ms) => (isKnown(ms) ? lengthOf(ms) : NONE),
    time: (at, timeZone) => (isKnown(at) ? partsOf(at, timeZone).time : NONE),
    second: (at, timeZone) =>
      isKnown(at)
        ? `${partsOf(at, timeZone).time}:${String(Math.floor(at / 1000) % 60).padStart(2, '0')}`
        : NONE,
    moment: (at, timeZone) => {
      if (!isKnown(at)) return NONE;
      const { date, time } = partsOf(at, timeZone);
      return `${date}${NBSP}${time}`;
    },
    list: (items) => lists.format(items),
  };
}

function isKnown(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}

function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h === 0 ? `${m}:${two(s)}` : `${h}:${two(m)}:${two(s)}`;
}

function lengthOf(ms: number): string {
  const seconds = Math.round(Math.max(0, ms) / 1000);
  if (seconds < 60) return `${seconds}${NBSP}s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes}${NBSP}min`;
  const rest = minutes % 60;
  const hours = `${Math.floor(minutes / 60)}${NBSP}h`;
  return rest === 0 ? hours : `${hours}${NBSP}${String(rest).padStart(2, '0')}${NBSP}min`;
}

const zones = new Map<string, Intl.DateTimeFormat>();

function partsOf(at: number, timeZone = 'UTC'): { readonly date: string; readonly time: string } {
  let format = zones.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
      hourCycle: 'h23',
    });
    zones.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    time: `${parts.hour}:${parts.minute}`,
  };
}
