// The briefing note of a period: the same function as `rappel note`, so that its numbers are those of the reports.

import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { dressedNote, isNoteRefusal, NOTE_FORMATS, type NoteFormat } from '../records/note-dress.ts';
import { NOTE_STYLE } from '../records/note-style.ts';
import type { NoteRoom } from '../records/notes.ts';
import type { App } from './agents.ts';
import { texted } from './answer-shapes.ts';
import { problem } from './problem.ts';

const DATE_MAX_CHARACTERS = 32;

const query = Type.Object({
  from: Type.Optional(
    Type.String({
      maxLength: DATE_MAX_CHARACTERS,
      description: 'in local time of the centre: 2019-04-17, or 2019-04-17T08:30; today when left out',
    }),
  ),
  to: Type.Optional(
    Type.String({ maxLength: DATE_MAX_CHARACTERS, description: 'a date is meant to its end' }),
  ),
  format: Type.Optional(
    Type.Union(
      NOTE_FORMATS.map((format) => Type.Literal(format)),
      { description: 'json when left out: both languages, with what each sentence cites' },
    ),
  ),
  lang: Type.Optional(Type.Union([Type.Literal('en'), Type.Literal('fr')])),
});

const TYPES: Readonly<Record<NoteFormat, string>> = {
  md: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  json: 'application/json; charset=utf-8',
};

/** Its own style, which stands in it and is known by its hash; nothing else is loaded and nothing runs. */
const NOTE_POLICY = [
  ...["default-src 'none'", `style-src 'sha256-${createHash('sha256').update(NOTE_STYLE).digest('base64')}'`],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join('; ');

export function noteRoutes(app: App, notes: NoteRoom): void {
  app.get(
    '/api/v1/note',
    { schema: { querystring: query, response: texted(...Object.values(TYPES)) } },
    async (request, reply) => {
      const { from, to, format = 'json', lang = 'en' } = request.query;
      const period = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
      const dressed = await dressedNote(notes, period, format, lang);
      if (isNoteRefusal(dressed)) return problem(reply, 422, dressed.code, dressed.message);
      if ((format as NoteFormat) === 'html') reply.header('content-security-policy', NOTE_POLICY);
      return reply.header('content-type', TYPES[format]).send(dressed);
    },
  );
}
