// A note as PDF, ready to print and to be read aloud: letter paper, embedded fonts, tagged as PDF/UA asks (headings, lists,
// tables with heads, language, title), so that it can be searched and a screen reader finds its way. It is laid out here
// and nowhere else; what it says comes with the note.

import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import { type Cited, type Note, numberIn, type Part, type Saying, type Table } from '../figures/note/note.ts';
import { annexRows, NOTE_WORDS, type Writing } from './note-words.ts';

type Pdf = InstanceType<typeof PDFDocument>;
type Element = ReturnType<Pdf['struct']>;

const FONT = '@expo-google-fonts/noto-sans';
const fontFile = (weight: string): string =>
  fileURLToPath(import.meta.resolve(`${FONT}/${weight}/NotoSans_${weight}.ttf`));

const INK = '#222222';
const GREY = '#4a4a4a';
const RED = '#a62a1e';
const MARGIN = 62;
const BODY = 10.5;

export async function notePdf(note: Note, language: Writing): Promise<Buffer> {
  const pdf = new PDFDocument({
    ...{ size: 'LETTER', margin: MARGIN, bufferPages: true, pdfVersion: '1.7', subset: 'PDF/UA' },
    ...{ lang: `${language}-CA`, tagged: true, displayTitle: true, font: fontFile('400Regular') },
    info: { Title: note.title[language], Subject: note.period[language], Creator: 'Rappel' },
  } as unknown as ConstructorParameters<typeof PDFDocument>[0]);
  const parts: Buffer[] = [];
  pdf.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise<void>((resolve, reject) => pdf.on('end', resolve).on('error', reject));
  pdf.registerFont('body', fontFile('400Regular')).registerFont('bold', fontFile('700Bold'));
  new Page(pdf, note, language).draw();
  numberPages(pdf, note, language);
  pdf.end();
  await ended;
  return Buffer.concat(parts);
}

class Page {
  readonly #pdf: Pdf;
  readonly #note: Note;
  readonly #language: Writing;
  readonly #root: Element;

  constructor(pdf: Pdf, note: Note, language: Writing) {
    this.#pdf = pdf;
    this.#note = note;
    this.#language = language;
    this.#root = pdf.struct('Document');
    pdf.addStructure(this.#root);
  }

  draw(): void {
    const { form, title, period, sections, annex, conservation, closing } = this.#note;
    const language = this.#language;
    const words = NOTE_WORDS[language];
    this.#line('P', form[language].toLocaleUpperCase(language), { font: 'bold', size: 9, colour: GREY });
    this.#line('H1', title[language], { font: 'bold', size: 19, gap: 2 });
    this.#line('P', period[language], { size: 11.5, colour: GREY, gap: 5 });
    this.#rule(RED, 3);
    for (const { heading, parts } of sections) {
      this.#heading('H2', heading[language]);
      for (const part of parts) this.#part(part);
    }
    this.#pdf.addPage({ size: 'LETTER', layout: 'landscape', margin: 48 });
    this.#heading('H2', words.annex);
    this.#line('P', words.annexLead, { size: 9, gap: 6 });
    const rows = annexRows(annex, language);
    this.#table(words.annexHead, rows, [26, 116, 100, 96, 62, 84, 56, '*'], 7.5, 1);
    this.#heading('H3', words.conservation);
    this.#list(
      conservation.map((equation) => ({ text: equation[language], tail: '' })),
      8.5,
    );
    this.#line('P', closing[language], { size: 8.5, colour: GREY });
    this.#root.end();
  }

  #part({ heading, lead, sayings, table }: Part): void {
    if (heading !== null) this.#heading('H3', heading[this.#language]);
    if (lead !== null) this.#line('P', lead[this.#language], { gap: 4 });
    if (sayings.length > 0)
      this.#list(
        sayings.map((one) => this.#sentence(one)),
        BODY,
      );
    if (table !== null) this.#captioned(table);
  }

  #sentence({ text, cites, entered }: Saying): { text: string; tail: string } {
    const language = this.#language;
    const numbers = cites.map((cited: Cited) => numberIn(this.#note.annex, cited));
    const source =
      entered === null
        ? ''
        : ` (${NOTE_WORDS[language].source(entered.source[language], entered.date[language])})`;
    return {
      text: `${text[language]}${source}`,
      tail: numbers.length === 0 ? '' : ` [${numbers.join(', ')}]`,
    };
  }

  #captioned({ caption, head, rows }: Table): void {
    const language = this.#language;
    this.#keepTogether(110);
    this.#line('P', caption[language], { font: 'bold', size: 9.5, gap: 3 });
    const cells = rows.map((row) => row.map((cell) => cell[language]));
    const widths = head.map((_, i) => (i === 0 || i === 2 ? 84 : ('*' as const)));
    this.#table(
      head.map((cell) => cell[language]),
      cells,
      widths,
      7.5,
      0,
    );
  }

  /** What follows begins on the next page unless so much room is left. */
  #keepTogether(room: number): void {
    const pdf = this.#pdf;
    if (pdf.y > pdf.page.height - pdf.page.margins.bottom - room) pdf.addPage();
  }

  /** A heading is never the last thing on a page. */
  #heading(tag: 'H2' | 'H3', text: string): void {
    const pdf = this.#pdf;
    this.#keepTogether(70);
    pdf.moveDown(tag === 'H2' ? 0.9 : 0.6);
    this.#line(tag, text, { font: 'bold', size: tag === 'H2' ? 14 : 11.5, gap: tag === 'H2' ? 4 : 2 });
  }

  #line(tag: string, text: string, look: Look): void {
    const { font = 'body', size = BODY, colour = INK, gap = 0 } = look;
    const pdf = this.#pdf;
    const draw = (): void => {
      pdf.font(font).fontSize(size).fillColor(colour);
      pdf.text(text, pdf.page.margins.left, pdf.y, { lineGap: 1.5, paragraphGap: gap });
    };
    this.#root.add(pdf.struct(tag, {}, draw));
  }

  #list(items: readonly { readonly text: string; readonly tail: string }[], size: number): void {
    const pdf = this.#pdf;
    const list = pdf.struct('L');
    this.#root.add(list);
    for (const { text, tail } of items) {
      const { left } = pdf.page.margins;
      pdf.font('body').fontSize(size);
      const width = pdf.page.width - 2 * left - 14;
      const height = pdf.heightOfString(text + tail, { width, lineGap: 1.5 });
      if (pdf.y + height > pdf.page.height - pdf.page.margins.bottom) pdf.addPage();
      const top = pdf.y;
      const label = pdf.struct('Lbl', {}, () => {
        pdf
          .font('body')
          .fontSize(size)
          .fillColor(INK)
          .text('•', left + 2, top, { lineBreak: false });
      });
      const body = pdf.struct('LBody', {}, () => {
        pdf.font('body').fontSize(size).fillColor(INK);
        pdf.text(text, left + 14, top, { width, lineGap: 1.5, paragraphGap: 3, continued: tail !== '' });
        if (tail !== '')
          pdf
            .fontSize(size * 0.85)
            .fillColor(GREY)
            .text(tail, { continued: false });
      });
      list.add(pdf.struct('LI', {}, [label, body]));
    }
    list.end();
  }

  #table(
    head: readonly string[],
    rows: readonly (readonly string[])[],
    widths: readonly (number | '*')[],
    size: number,
    rowHeadAt: number,
  ): void {
    const pdf = this.#pdf;
    const table = pdf.struct('Table');
    this.#root.add(table);
    const columns = columnsIn(pdf, widths);
    const drawRow = (cells: readonly string[], isHead: boolean): void => {
      const font = (i: number): string => (isHead || i === rowHeadAt ? 'bold' : 'body');
      const heights = cells.map((cell, i) =>
        pdf
          .font(font(i))
          .fontSize(size)
          .heightOfString(cell, { width: columns[i]?.width ?? 0 }),
      );
      const height = Math.max(...heights) + 6;
      const isFull = pdf.y + height > pdf.page.height - pdf.page.margins.bottom;
      if (isFull) {
        pdf.addPage();
        if (!isHead) drawRow(head, true);
      }
      const top = pdf.y;
      const tagged = cells.map((cell, i) => {
        const { x = 0, width = 0 } = columns[i] ?? {};
        const isHeadCell = isHead || i === rowHeadAt;
        return pdf.struct(isHeadCell ? 'TH' : 'TD', {}, () => {
          pdf
            .font(font(i))
            .fontSize(size)
            .fillColor(INK)
            .text(cell, x, top + 3, { width });
        });
      });
      table.add(pdf.struct('TR', {}, tagged));
      this.#edge(top + height, isHead ? 1 : 0.5);
      pdf.x = pdf.page.margins.left;
      pdf.y = top + height;
    };
    drawRow(head, true);
    for (const row of rows) drawRow(row, false);
    table.end();
    pdf.moveDown(0.5);
  }

  #edge(y: number, width: number): void {
    const pdf = this.#pdf;
    const { left, right } = pdf.page.margins;
    pdf.markContent('Artifact', { type: 'Layout' });
    pdf
      .moveTo(left, y)
      .lineTo(pdf.page.width - right, y)
      .lineWidth(width)
      .strokeColor('#999999')
      .stroke();
    pdf.endMarkedContent();
  }

  #rule(colour: string, width: number): void {
    const pdf = this.#pdf;
    const { left, right } = pdf.page.margins;
    pdf.markContent('Artifact', { type: 'Layout' });
    pdf
      .moveTo(left, pdf.y)
      .lineTo(pdf.page.width - right, pdf.y)
      .lineWidth(width)
      .strokeColor(colour)
      .stroke();
    pdf.endMarkedContent();
    pdf.y += 4;
  }
}

type Look = {
  readonly font?: 'body' | 'bold';
  readonly size?: number;
  readonly colour?: string;
  readonly gap?: number;
};

/** A star takes its share of what the fixed ones leave. */
function columnsIn(pdf: Pdf, widths: readonly (number | '*')[]): { x: number; width: number }[] {
  const { left, right } = pdf.page.margins;
  const gutter = 6;
  const fixed = widths.reduce<number>((sum, width) => sum + (width === '*' ? 0 : width), 0);
  const stars = widths.filter((width) => width === '*').length;
  const each = (pdf.page.width - left - right - fixed) / Math.max(1, stars);
  let x = left;
  return widths.map((width) => {
    const whole = width === '*' ? each : width;
    const column = { x, width: whole - gutter };
    x += whole;
    return column;
  });
}

/** At the foot of each page, outside of what is read aloud. */
function numberPages(pdf: Pdf, { title }: Note, language: Writing): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let i = 0; i < count; i += 1) {
    pdf.switchToPage(start + i);
    const { left, right } = pdf.page.margins;
    const { bottom } = pdf.page.margins;
    pdf.page.margins.bottom = 0;
    pdf.markContent('Artifact', { type: 'Pagination' });
    pdf.font('body').fontSize(8).fillColor(GREY);
    const width = pdf.page.width - left - right;
    const y = pdf.page.height - 34;
    pdf.text(title[language], left, y, { width: width - 60, lineBreak: false, ellipsis: true });
    pdf.text(`${i + 1} / ${count}`, left, y, { width, align: 'right', lineBreak: false });
    pdf.endMarkedContent();
    pdf.page.margins.bottom = bottom;
  }
}
