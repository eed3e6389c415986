// Five hundred hostile texts as what owners entered and as names of lines, in every dress of the note: the page has the tags
// that it has with harmless words, the Markdown has the same lines, tables and headings, and a PDF is made of them.

import { expect, test } from 'vitest';
import { HOSTILE_TEXTS } from '../../test/support/hostile-texts.ts';
import type { Note } from '../figures/note/note.ts';
import { noteHtml } from './note-html.ts';
import { noteMarkdown } from './note-markdown.ts';
import { notePdf } from './note-pdf.ts';

function noteSaying(text: string): Note {
  const words = { en: text, fr: text };
  const entered = {
    id: 'fact',
    text: words,
    cites: [],
    claim: null,
    entered: { source: words, date: words },
  };
  const table = { caption: words, head: [words, words], rows: [[words, words]] };
  return {
    form: words,
    title: words,
    period: words,
    sections: [
      { id: 'facts', heading: words, parts: [{ heading: words, lead: words, sayings: [entered], table }] },
    ],
    annex: [],
    conservation: [words],
    closing: words,
  };
}

/** Their attributes too, without what is quoted in them. */
const tags = (html: string): string[] => html.replaceAll(/"[^"]*"/g, '""').match(/<[!/a-z][^>]*>/gi) ?? [];

/** Of each line what Markdown reads of it: a heading, an item, a row with so many cells, a rule, or words. */
const shape = (markdown: string): string[] =>
  markdown.split('\n').map((line) => {
    const [sign = ''] = /^(#+ |[-+] |\d+[.)] |> | {4}|[-=]+$|\|)/.exec(line) ?? [];
    return sign === '|' ? `row of ${line.replaceAll(/\\./g, '').split('|').length}` : sign;
  });

test('a page of HTML has no tag more', () => {
  for (const language of ['en', 'fr'] as const) {
    const harmless = tags(noteHtml(noteSaying('words'), language));
    for (const text of HOSTILE_TEXTS)
      expect(tags(noteHtml(noteSaying(text), language)), JSON.stringify(text)).toEqual(harmless);
  }
});

test('Markdown has no heading, row, item or line more, and no markup of theirs', () => {
  const harmless = shape(noteMarkdown(noteSaying('words'), 'en'));
  // What is nothing but white is left out.
  for (const text of HOSTILE_TEXTS.filter((one) => one.trim() !== '')) {
    const markdown = noteMarkdown(noteSaying(text), 'en');
    expect(shape(markdown), JSON.stringify(text)).toEqual(harmless);
    expect(markdown.replaceAll(/\\./g, ''), JSON.stringify(text)).not.toMatch(/<[!/a-z]|\]\(/i);
  }
});

test('a PDF is made of each', async () => {
  for (const text of HOSTILE_TEXTS.filter((_, i) => i % 25 === 0)) {
    const pdf = await notePdf(noteSaying(text), 'fr');
    expect(pdf.subarray(0, 5).toString(), JSON.stringify(text)).toBe('%PDF-');
    expect(pdf.subarray(-6).toString().trim()).toBe('%%EOF');
    expect(pdf.toString('latin1')).not.toMatch(/\/(JavaScript|JS|Launch|URI|OpenAction|EmbeddedFile)\b/);
  }
}, 120_000);
