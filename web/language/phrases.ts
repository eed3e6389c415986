// What pages say, in both languages side by side: a phrase cannot be written in one language only, and one that is not
// written at all does not compile. ICU messages (plurals, numbers) are put together by react-intl. A page has its own
// phrases, loaded with it; those of every page are in common-phrases.ts. French is typed as printed: no-break spaces.

import { createIntl, createIntlCache, useIntl } from 'react-intl';
import type { Language } from '../../src/core/id.ts';

export type Phrases = Readonly<Record<string, readonly [en: string, fr: string]>>;

/** Values of a message. */
export type Values = Readonly<Record<string, string | number | Date>>;

export type Say<P extends Phrases> = (phrase: keyof P & string, values?: Values) => string;

/** Checked as they are written, and typed by their names. */
export function phrases<const P extends Phrases>(all: P): P {
  return all;
}

/** The way to say these phrases in the language of the page. */
export function useSay<P extends Phrases>(all: P): Say<P> {
  const intl = useIntl();
  return sayer(all, languageOf(intl.locale), intl.formatters);
}

type Formatters = ReturnType<typeof createIntl>['formatters'];

const { formatters } = createIntl({ locale: 'en' }, createIntlCache());

/** The same outside of a page. */
export function sayer<P extends Phrases>(all: P, language: Language, by: Formatters = formatters): Say<P> {
  const column = language === 'fr' ? 1 : 0;
  return (phrase, values) =>
    String(by.getMessageFormat(all[phrase]?.[column] ?? '', localeOf(language)).format(values));
}

/** Canadian usage: 24-hour times and dates as 2019-04-17 in both. */
export function localeOf(language: Language): string {
  return `${language}-CA`;
}

export function languageOf(locale: string): Language {
  return locale.startsWith('fr') ? 'fr' : 'en';
}
