// Text that may stand in HTML, and how other text becomes such: the tag escapes whatever is put in, unless it is HTML
// already. Every attribute in our own templates is in double quotes. It must not know any page.

export type Html = { readonly text: string };

export type Part = Html | string | number | readonly Part[];

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = texts[0] ?? '';
  for (const [i, part] of parts.entries()) text += `${written(part)}${texts[i + 1] ?? ''}`;
  return { text };
}

function written(part: Part): string {
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return 'text' in part ? part.text : part.map(written).join('');
}

/** NUL and halves of pairs, which no HTML may hold, become the sign for what cannot be shown. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\0', '\ufffd')
    .replaceAll(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
}
