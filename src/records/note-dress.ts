// In which dress a note goes out, for the command line and the API alike: the same note, the same numbers.

import type { OwnerWords } from '../figures/note/ground.ts';
import { noteMarkdown } from './note-markdown.ts';
import type { NoteQuery, NoteRoom } from './notes.ts';
import type { ReportRefusal } from './report.ts';

export const NOTE_FORMATS = ['md', 'html', 'pdf', 'json'] as const;
export type NoteFormat = (typeof NOTE_FORMATS)[number];

export async function dressedNote(
  room: NoteRoom,
  query: NoteQuery,
  format: NoteFormat,
  language: 'en' | 'fr',
  more?: OwnerWords,
): Promise<string | Buffer | ReportRefusal> {
  const note = await room.run(query, more);
  if ('code' in note) return note;
  switch (format) {
    case 'md':
      return noteMarkdown(note, language);
    case 'json':
      return `${JSON.stringify(note)}\n`;
    case 'html':
      return (await import('./note-html.ts')).noteHtml(note, language);
    case 'pdf':
      return (await import('./note-pdf.ts')).notePdf(note, language);
  }
}

export function isNoteRefusal(dressed: string | Buffer | ReportRefusal): dressed is ReportRefusal {
  return typeof dressed !== 'string' && !Buffer.isBuffer(dressed);
}
