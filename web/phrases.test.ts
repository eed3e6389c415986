// Every phrase of every page, in both languages: that both ask for the same values, that French is typed as it is printed,
// and that none is empty. That none is missing is the compiler's business (language/phrases.ts).

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createIntl } from 'react-intl';
import { describe, expect, test } from 'vitest';
import type { Phrases } from './language/phrases.ts';

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /-phrases\.ts$/.test(name),
);
expect(files.length, 'files named ...-phrases.ts').toBeGreaterThan(2);

const catalogues = await Promise.all(
  files.map(async (file) => {
    const found = (await import(join(import.meta.dirname, file))) as Record<string, unknown>;
    return [file, Object.assign({}, ...Object.values(found).filter(isCatalogue)) as Phrases] as const;
  }),
);

function isCatalogue(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every((pair) => Array.isArray(pair))
  );
}

/** Names in braces, such as {seconds}, also those of plurals. */
function valuesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\s*(\w+)\s*[,}]/g)].map((match) => match[1] as string))].sort();
}

const NBSP = /[\u00a0\u202f]/;

/** A space that would let a line begin with the sign after it, or end with the one before. */
function looseSpaces(french: string): string[] {
  const faults: string[] = [];
  for (const match of french.matchAll(/(.?)([:;!?»%])/g)) {
    const [, before = '', sign = ''] = match;
    const wantsSpace = ':»%'.includes(sign);
    if (before === ' ') faults.push(`an ordinary space before ${sign}`);
    else if (wantsSpace && !NBSP.test(before) && !/\d:|\w:\/\//.test(french))
      faults.push(`no space before ${sign}`);
  }
  if (/« |«[^\u00a0\u202f]/.test(french)) faults.push('no no-break space after «');
  if (/'/.test(french.replace(/'\{|\}'/g, ''))) faults.push('a straight apostrophe; write ’');
  if (/\d (?:s|min|h|%)\b/.test(french)) faults.push('an ordinary space between a number and its unit');
  return faults;
}

describe.each(catalogues)('%s', (_file, all) => {
  const intl = { en: createIntl({ locale: 'en-CA' }), fr: createIntl({ locale: 'fr-CA' }) };
  test.each(Object.entries(all))('%s', (_key, [en, fr]) => {
    expect(en).not.toBe('');
    expect(fr).not.toBe('');
    expect(valuesOf(fr)).toEqual(valuesOf(en));
    expect(looseSpaces(fr), fr).toEqual([]);
    expect(en, 'write ’ for an apostrophe').not.toMatch(/\w'\w/);
    for (const [language, text] of [
      ['en', en],
      ['fr', fr],
    ] as const) {
      // Throws where the message cannot be read.
      intl[language].formatters.getMessageFormat(text, `${language}-CA`);
    }
  });
});
