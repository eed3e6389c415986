// What people ask, in text, becomes a request, or a refusal that says what to write instead. The same for the command line
// and the API.

import type { Figure } from '../figures/figure.ts';
import { FIGURES, figureCalled } from '../figures/registry.ts';
import { localText, readLocal } from './local-time.ts';
import { GROUPINGS, type Grouping, type ReportRefusal, type ReportRequest } from './report.ts';

/** As they were typed; what is left out: all figures, today, one group. */
export type ReportQuery = {
  readonly figures?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly by?: readonly string[];
};

/** A report is along time by one of these at most. */
export const TIMES: readonly Grouping[] = ['half-hour', 'day', 'month', 'phase'];

export function readRequest(
  query: ReportQuery,
  timeZone: string,
  nowAt: number,
): ReportRequest | ReportRefusal {
  const figures = figuresOf(query.figures ?? []);
  if ('code' in figures) return figures;
  const by = groupingsOf(query.by ?? []);
  if ('code' in by) return by;
  const today = localText(nowAt, timeZone).slice(0, 10);
  const from = query.from ?? query.to?.slice(0, 10) ?? today;
  const to = query.to ?? today;
  const begins = readLocal(from, timeZone);
  if (begins === null) return wrongDate('from', from);
  const ends = readLocal(to, timeZone);
  if (ends === null) return wrongDate('to', to);
  if (ends.toAt <= begins.fromAt)
    return refuse(
      'report.period_empty',
      `the period ends (${to}) before it begins (${from}); swap "from" and "to"`,
    );
  return { figures, by, fromAt: begins.fromAt, toAt: ends.toAt, timeZone };
}

function figuresOf(ids: readonly string[]): readonly Figure[] | ReportRefusal {
  if (ids.length === 0) return FIGURES;
  const found: Figure[] = [];
  for (const id of new Set(ids)) {
    const figure = figureCalled(id);
    if (figure === undefined)
      return refuse(
        'report.figure_unknown',
        `there is no figure ${JSON.stringify(id.slice(0, 40))}; the figures are ${FIGURES.map((one) => one.id).join(', ')}`,
      );
    found.push(figure);
  }
  return found;
}

function groupingsOf(names: readonly string[]): readonly Grouping[] | ReportRefusal {
  const by = [...new Set(names)];
  const wrong = by.find((name) => !GROUPINGS.includes(name as Grouping));
  if (wrong !== undefined)
    return refuse(
      'report.grouping_unknown',
      `a report is not grouped by ${JSON.stringify(wrong.slice(0, 40))}; give some of ${GROUPINGS.join(', ')}`,
    );
  const times = by.filter((name) => TIMES.includes(name as Grouping));
  if (times.length > 1)
    return refuse('report.grouping_unknown', `group by one of ${times.join(' and ')}, not by both`);
  return by as Grouping[];
}

function wrongDate(which: string, text: string): ReportRefusal {
  return refuse(
    'report.date_invalid',
    `"${which}" is ${JSON.stringify(text.slice(0, 40))}; write a date that exists, such as 2019-04-17, or 2019-04-17T08:30`,
  );
}

function refuse(code: string, message: string): ReportRefusal {
  return { code, message };
}
