// Figures of the past, from the records: the same function as `rappel report`, so that a number is the same number from
// here, from there, and in CSV.

import { Type } from 'typebox';
import { GROUPINGS } from '../records/report.ts';
import { dressedReport, FORMATS, type Format, type ReportRoom } from '../records/report-dress.ts';
import type { App } from './agents.ts';
import { texted } from './answer-shapes.ts';
import { problem } from './problem.ts';

export type { ReportRoom } from '../records/report-dress.ts';

const LIST_MAX_CHARACTERS = 2_000;
const DATE_MAX_CHARACTERS = 32;

const query = Type.Object({
  figures: Type.Optional(
    Type.String({
      maxLength: LIST_MAX_CHARACTERS,
      description: 'ids, separated by commas; all when left out',
    }),
  ),
  from: Type.Optional(
    Type.String({
      maxLength: DATE_MAX_CHARACTERS,
      description: 'in local time of the centre: 2019-04-17, or 2019-04-17T08:30; today when left out',
    }),
  ),
  to: Type.Optional(
    Type.String({ maxLength: DATE_MAX_CHARACTERS, description: 'a date is meant to its end' }),
  ),
  by: Type.Optional(
    Type.String({ maxLength: 100, description: `some of ${GROUPINGS.join(', ')}, separated by commas` }),
  ),
  format: Type.Optional(Type.Union(FORMATS.map((format) => Type.Literal(format)))),
  lang: Type.Optional(Type.Union([Type.Literal('en'), Type.Literal('fr')])),
});

const TYPES: Readonly<Record<Format, string>> = {
  table: 'text/plain; charset=utf-8',
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  workforce: 'text/csv; charset=utf-8',
  parity: 'text/plain; charset=utf-8',
};

export function reportRoutes(app: App, reports: ReportRoom): void {
  app.get(
    '/api/v1/reports',
    { schema: { querystring: query, response: texted(...Object.values(TYPES)) } },
    async (request, reply) => {
      const { figures, from, to, by, format = 'json', lang = 'en' } = request.query;
      const asked = {
        figures: listOf(figures),
        by: listOf(by),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      };
      const dressed = await dressedReport(reports, asked, format, lang);
      if (typeof dressed !== 'string') return problem(reply, 422, dressed.code, dressed.message);
      return reply.header('content-type', TYPES[format]).send(dressed);
    },
  );
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
