// A note as one page of HTML that needs nothing else: no script, no font from elsewhere. One h1, headings in order, tables
// with captions and heads, the language said, what scrolls can be scrolled by keyboard (WCAG 2.2: 1.3.1, 2.1.1, 2.4.6, 3.1.1). Every text is escaped, whoever wrote it.

import { type Cited, type Note, numberIn, type Part, type Saying, type Table } from '../figures/note/note.ts';
import { NOTE_STYLE } from './note-style.ts';
import { annexRows, NOTE_WORDS, type Writing } from './note-words.ts';

export function noteHtml(note: Note, language: Writing): string {
  const words = NOTE_WORDS[language];
  const sections = note.sections.map(
    ({ id, heading, parts }) => `<section aria-labelledby="${id}">
<h2 id="${id}">${text(heading[language])}</h2>
${parts.map((part) => partOf(part, note.annex, language)).join('\n')}
</section>`,
  );
  const annex = annexRows(note.annex, language).map((cells, i) => annexRow(cells, i + 1));
  return `<!doctype html>
<html lang="${language}-CA">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(note.title[language])}</title>
<style>${NOTE_STYLE}</style>
</head>
<body>
<main>
<header>
<p class="form">${text(note.form[language])}</p>
<h1>${text(note.title[language])}</h1>
<p class="period">${text(note.period[language])}</p>
</header>
${sections.join('\n')}
<section aria-labelledby="annex" class="annex" tabindex="0">
<h2 id="annex">${text(words.annex)}</h2>
<p>${text(words.annexLead)}</p>
<table>
<caption>${text(words.annex)}</caption>
${headOf(words.annexHead)}
<tbody>
${annex.join('\n')}
</tbody>
</table>
<h3>${text(words.conservation)}</h3>
<ul>
${note.conservation.map((equation) => `<li>${text(equation[language])}</li>`).join('\n')}
</ul>
</section>
<footer><p>${text(note.closing[language])}</p></footer>
</main>
</body>
</html>
`;
}

function partOf({ heading, lead, sayings, table }: Part, annex: readonly Cited[], language: Writing): string {
  return [
    heading === null ? '' : `<h3>${text(heading[language])}</h3>`,
    lead === null ? '' : `<p>${text(lead[language])}</p>`,
    sayings.length === 0
      ? ''
      : `<ul>\n${sayings.map((one) => `<li>${sentence(one, annex, language)}</li>`).join('\n')}\n</ul>`,
    table === null ? '' : tableOf(table, language),
  ]
    .filter(Boolean)
    .join('\n');
}

function sentence(
  { text: said, cites, entered }: Saying,
  annex: readonly Cited[],
  language: Writing,
): string {
  const links = cites
    .map((cited) => numberIn(annex, cited))
    .map((number) => `<a href="#figure-${number}">${number}</a>`);
  const marks = links.length === 0 ? '' : ` <span class="marks">[${links.join(', ')}]</span>`;
  const source =
    entered === null
      ? ''
      : ` <span class="source">(${text(NOTE_WORDS[language].source(entered.source[language], entered.date[language]))})</span>`;
  return `${text(said[language])}${source}${marks}`;
}

function tableOf({ caption, head, rows }: Table, language: Writing): string {
  const body = rows.map(([first, ...cells]) => {
    const rest = cells.map((cell) => `<td>${text(cell[language])}</td>`).join('');
    return `<tr><th scope="row">${text(first?.[language] ?? '')}</th>${rest}</tr>`;
  });
  return `<div class="wide" role="group" aria-label="${text(caption[language])}" tabindex="0"><table>
<caption>${text(caption[language])}</caption>
${headOf(head.map((cell) => cell[language]))}
<tbody>
${body.join('\n')}
</tbody>
</table></div>`;
}

function headOf(cells: readonly string[]): string {
  const all = cells.map((cell) => `<th scope="col">${text(cell)}</th>`).join('');
  return `<thead><tr>${all}</tr></thead>`;
}

function annexRow([number, name, ...cells]: readonly string[], at: number): string {
  const rest = cells.map((cell) => `<td>${text(cell)}</td>`).join('');
  return `<tr id="figure-${at}"><td>${number}</td><th scope="row">${text(name ?? '')}</th>${rest}</tr>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function text(plain: string): string {
  return plain.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] as string);
}
