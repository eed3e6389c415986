// Between a value of the document and the text in a field. What is typed and is no number goes into the draft as it is
// typed: that it has the wrong type is for the check to say, in the words that it has for it everywhere.

export type ValueKind = 'text' | 'number' | 'share' | 'texts' | 'spans';

/** `language`: a decimal comma in French. */
export function fieldText(value: unknown, kind: ValueKind, language: 'en' | 'fr'): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value))
    return kind === 'spans' && value.length === 0 ? CLOSED[language] : value.map(String).join(', ');
  if (typeof value === 'number' && kind === 'share')
    return decimal(Number((value * 100).toFixed(4)), language);
  if (typeof value === 'number') return decimal(value, language);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Undefined: nothing stands there. */
export function fieldValue(text: string, kind: ValueKind): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  switch (kind) {
    case 'text':
      return text;
    case 'number':
      return numberOf(trimmed) ?? text;
    case 'share': {
      const percent = numberOf(trimmed.replace(/\s*%$/, ''));
      return percent === undefined ? text : Number((percent / 100).toFixed(6));
    }
    case 'texts':
      return trimmed
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '');
    case 'spans':
      if ((Object.values(CLOSED) as string[]).includes(trimmed.toLowerCase())) return [];
      // People type "7:00 - 19:00" and dashes of every length.
      return trimmed
        .split(',')
        .map((part) =>
          part
            .replace(/\s*[-–—]\s*/, '-')
            .trim()
            .replace(/(^|-)(\d:)/g, '$10$2'),
        )
        .filter((part) => part !== '');
  }
}

const CLOSED = { en: 'closed', fr: 'fermé' } as const;

function numberOf(text: string): number | undefined {
  const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

function decimal(value: number, language: 'en' | 'fr'): string {
  return language === 'fr' ? String(value).replace('.', ',') : String(value);
}
