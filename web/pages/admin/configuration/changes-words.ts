// A change in plain words: where it is, with the names that people know, and what was and will be there. Lengths of time
// are said as such beside their seconds, shares in per cent.

import type { DocumentChange } from '../../../../src/config/changes.ts';
import type { ConfigurationFile } from '../../../../src/config/schema.ts';
import type { Formats } from '../../../language/formats.ts';
import { keyPhrases } from './key-phrases.ts';

export type Words = {
  readonly key: (key: keyof typeof keyPhrases & string) => string;
  readonly yes: string;
  readonly no: string;
  readonly formats: Formats;
  readonly language: 'en' | 'fr';
};

export function whereOf(
  { path }: DocumentChange,
  file: Partial<ConfigurationFile> | undefined,
  words: Words,
): string {
  return path
    .map((part, depth) => {
      const parent = path[depth - 1];
      if (parent === 'lines' && depth === 1) return lineName(part, file, words);
      return depth > 0 && isList(parent) ? part : keyName(part, words);
    })
    .join(' › ');
}

/** Things of these are told by names of their own, which are no keys of ours. */
function isList(parent: string | undefined): boolean {
  return [
    'agents',
    'directory',
    'webhooks',
    'phases',
    'exceptions',
    'shifts',
    'priorities',
    'values',
  ].includes(parent ?? '');
}

export function lineName(
  id: string,
  file: Partial<ConfigurationFile> | undefined,
  { language }: Pick<Words, 'language'>,
): string {
  const lines = Array.isArray(file?.lines) ? file.lines : [];
  const name: unknown = lines.find((line) => line?.id === id)?.name?.[language];
  return typeof name === 'string' && name !== '' ? name : id;
}

export function keyName(key: string, words: Pick<Words, 'key'>): string {
  const phrase = `key.${key}`;
  return Object.hasOwn(keyPhrases, phrase) ? words.key(phrase as keyof typeof keyPhrases) : key;
}

/** `undefined`: there is nothing. */
export function valueText(value: unknown, path: readonly string[], words: Words): string | undefined {
  if (value === undefined) return undefined;
  const key = path.at(-1) ?? '';
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number') return numberText(value, key, words);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.map((item) => valueText(item, path, words)).join(', ');
  return Object.entries(value)
    .map(([name, part]) =>
      `${keyName(name, words)}\u00a0: ${valueText(part, [name], words)}`.replace(
        '\u00a0:',
        words.language === 'fr' ? '\u00a0:' : ':',
      ),
    )
    .join(', ');
}

function numberText(value: number, key: string, { formats, language }: Words): string {
  if ((key === 'share' || key === 'keepChance') && value <= 1)
    return formats.share(value, Number.isInteger(value * 100) ? 0 : 1);
  const number = new Intl.NumberFormat(`${language}-CA`, { maximumFractionDigits: 6 }).format(value);
  const isSeconds = /S$/.test(key) && value >= 60;
  return isSeconds ? `${number}\u00a0s (${formats.length(value * 1000)})` : number;
}
