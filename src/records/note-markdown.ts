// A note as Markdown: for e-mail, for a repository, for those who paste. Names and words of owners are text and nothing
// else: what Markdown or HTML would take for a sign is escaped.

import { type Cited, type Note, numberIn, type Part, type Saying, type Table } from '../figures/note/note.ts';
import { annexRows, NOTE_WORDS, type Writing } from './note-words.ts';

export function noteMarkdown(note: Note, language: Writing): string {
  const words = NOTE_WORDS[language];
  const blocks = [
    `# ${text(note.title[language])}`,
    `**${text(note.form[language])}** - ${text(note.period[language])}`,
    ...note.sections.flatMap(({ heading, parts }) => [
      `## ${text(heading[language])}`,
      ...parts.flatMap((part) => partBlocks(part, note.annex, language)),
    ]),
    `## ${words.annex}`,
    words.annexLead,
    tableOf(words.annexHead, annexRows(note.annex, language)),
    `### ${words.conservation}`,
    ...note.conservation.map((equation) => text(equation[language])),
    text(note.closing[language]),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function partBlocks(part: Part, annex: readonly Cited[], language: Writing): string[] {
  const { heading, lead, sayings, table } = part;
  return [
    heading === null ? '' : `### ${text(heading[language])}`,
    lead === null ? '' : text(lead[language]),
    sayings.map((one) => `- ${sentence(one, annex, language)}`).join('\n'),
    table === null ? '' : captioned(table, language),
  ];
}

function sentence(saying: Saying, annex: readonly Cited[], language: Writing): string {
  const numbers = saying.cites.map((cited) => numberIn(annex, cited));
  const marks = numbers.length === 0 ? '' : ` \\[${numbers.join(', ')}\\]`;
  const { entered } = saying;
  const source =
    entered === null
      ? ''
      : ` (${NOTE_WORDS[language].source(text(entered.source[language]), text(entered.date[language]))})`;
  return `${text(saying.text[language])}${source}${marks}`;
}

function captioned({ caption, head, rows }: Table, language: Writing): string {
  const cells = rows.map((row) => row.map((cell) => cell[language]));
  return `${text(caption[language])}\n\n${tableOf(
    head.map((cell) => cell[language]),
    cells,
  )}`;
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(text).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** No sign of Markdown or HTML, no line of its own, and no item, rule or block at its beginning. */
function text(plain: string): string {
  return plain
    .replaceAll(/\s*[\r\n]+\s*/g, ' ')
    .trim()
    .replaceAll(/[\\`*_[\]<>|#~&]/g, '\\$&')
    .replace(/^[-+=](?=[-=\s]|$)/, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2');
}
