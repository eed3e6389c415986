// In which dress a report goes out, for the command line and the API alike: the same report, the same numbers.

import { isReportRefusal, type Report, type ReportRefusal } from './report.ts';
import { reportCsv, WORKFORCE_FIGURES, workforceCsv } from './report-csv.ts';
import type { ReportQuery } from './report-request.ts';
import { parityTable, reportTable } from './report-table.ts';

export const FORMATS = ['table', 'json', 'csv', 'workforce', 'parity'] as const;
export type Format = (typeof FORMATS)[number];

export function isFormat(text: string): text is Format {
  return FORMATS.includes(text as Format);
}

/** Workforce tools take one shape only: half-hours by queue. Parity is by language. */
export function queryFor(format: Format, query: ReportQuery): ReportQuery {
  if (format === 'parity') return { ...query, by: ['language'] };
  if (format !== 'workforce') return query;
  return { ...query, figures: WORKFORCE_FIGURES, by: ['half-hour', 'line', 'language'] };
}

/** What `Reports` does, for those who only ask. */
export interface ReportRoom {
  run(query: ReportQuery): Promise<Report | ReportRefusal>;
}

/** The report as text, or why there is none. */
export async function dressedReport(
  room: ReportRoom,
  query: ReportQuery,
  format: Format,
  language: 'en' | 'fr',
): Promise<string | ReportRefusal> {
  const report = await room.run(queryFor(format, query));
  if (isReportRefusal(report)) return report;
  switch (format) {
    case 'table':
      return `${reportTable(report, language)}\n`;
    case 'json':
      return `${JSON.stringify(report)}\n`;
    case 'csv':
      return reportCsv(report, language);
    case 'workforce':
      return workforceCsv(report);
    case 'parity':
      return `${parityTable(report, language)}\n`;
  }
}
