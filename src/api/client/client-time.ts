// Times of day as the client's page writes them: of 24 hours, as 14:05 in English and 14 h 05 in French, with the date in
// front where it is not today's. In the time zone of the centre, whatever that of the client.

import type { Language } from '../../core/id.ts';

const NBSP = '\u00a0';

export function writeTime(at: number, now: number, timeZone: string, language: Language): string {
  const [day, today] = [partsOf(at, timeZone), partsOf(now, timeZone)];
  const time = clock(day, language);
  if (day.date === today.date) return time;
  const date = new Intl.DateTimeFormat(`${language}-CA`, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
  return language === 'fr' ? `${date.format(at)} à ${time}` : `${date.format(at)} at ${time}`;
}

export function writeMoment(at: number, timeZone: string, language: Language): string {
  const parts = partsOf(at, timeZone);
  return `${parts.date}${NBSP}${clock(parts, language)}`;
}

type Parts = { readonly date: string; readonly hour: string; readonly minute: string };

function clock({ hour, minute }: Parts, language: Language): string {
  return language === 'fr' ? `${Number(hour)}${NBSP}h${NBSP}${minute}` : `${hour}:${minute}`;
}

function partsOf(at: number, timeZone: string): Parts {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
    hourCycle: 'h23',
  });
  const of = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    date: `${of.year}-${of.month}-${of.day}`,
    hour: of.hour ?? '',
    minute: of.minute ?? '',
  };
}
