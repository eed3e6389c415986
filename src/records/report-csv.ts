// A report as CSV: one line for each figure of each group, with n, interval and formula beside the value, so that no number
// travels alone. And the half-hours in the shape that workforce tools import: one line for each interval and queue.

import { writeBalance } from '../figures/conservation.ts';
import type { Estimate, Words } from '../figures/figure.ts';
import { citeSpread } from '../figures/note/fairness-sayings.ts';
import { csvLine } from './csv.ts';
import type { Group, Report } from './report.ts';

type Writing = keyof Words;

const HEAD = [
  ...['from', 'line', 'language', 'phase', 'figure', 'name', 'unit', 'value', 'n', 'cases', 'low', 'high'],
  ...['method', 'formula'],
];

export function reportCsv(report: Report, language: Writing): string {
  const heads = new Map(report.figures.map((head) => [head.id, head]));
  const lineOf = (group: Group | null, estimate: Estimate): string => {
    const head = heads.get(estimate.figure);
    return csvLine([
      group?.from ?? `${report.from} / ${report.to}`,
      group?.line ?? null,
      group?.language ?? null,
      group?.phase ?? null,
      estimate.figure,
      head?.name[language] ?? null,
      estimate.unit,
      estimate.value,
      estimate.n,
      estimate.cases,
      estimate.low,
      estimate.high,
      estimate.method,
      head?.formula[language] ?? null,
    ]);
  };
  const rows = [...report.rows, ...report.gaps, ...report.changes].flatMap(({ group, values }) =>
    values.map((value) => lineOf(group, value)),
  );
  const total = report.by.length === 0 ? report.total.map((value) => lineOf(null, value)) : [];
  const spread = spreadLines(report, language);
  return csvLine(HEAD) + [...rows, ...total, ...spread, ...conservation(report, language)].join('');
}

/** Percentiles of delays, of the whole period. */
function spreadLines({ fairness, from, to }: Report, language: Writing): string[] {
  const period = { en: `${from} / ${to}`, fr: `${from} / ${to}` };
  const scope = { of: { en: '', fr: '' }, period };
  return [...citeSpread('slip', fairness, scope), ...citeSpread('beyond', fairness, scope)].map((one) => {
    const { figure, name, unit, value, n, method, formula } = one;
    const head = [period[language], null, null, null, figure, name[language], unit];
    return csvLine([...head, value, n, null, null, null, method, formula[language]]);
  });
}

/** At the end, one line for each equation: its left side as the value, its right side as the cases, its words as formula. */
function conservation({ balances, from, to }: Report, language: Writing): string[] {
  return balances.map((balance) => {
    const { equation, left, right } = balance;
    const head = [`${from} / ${to}`, null, null, null, `conservation_${equation}`, null, 'cases'];
    return csvLine([...head, left, left, right, null, null, 'none', writeBalance(balance, language)]);
  });
}

/** What the half-hour export needs: ask for these, by half-hour, line and language. */
export const WORKFORCE_FIGURES = [
  'asked',
  'served',
  'abandoned_calls',
  'speed_of_answer_all',
  'handle_time_all',
  'service_level_20s',
] as const;

const WORKFORCE_HEAD = [
  ...['Date', 'Time', 'Queue', 'Offered', 'Handled', 'Abandoned', 'ASA (s)', 'AHT (s)', 'Service level (%)'],
];

/** Local date and time of the interval's beginning; whole seconds; nothing where there was no case. */
export function workforceCsv(report: Report): string {
  const seconds = (ms: number | null | undefined): number | null =>
    ms == null ? null : Math.round(ms / 1_000);
  const rows = report.rows.map(({ group, values }) => {
    const value = (id: (typeof WORKFORCE_FIGURES)[number]): number | null =>
      values.find(({ figure }) => figure === id)?.value ?? null;
    const [date = '', time = ''] = (group.from ?? '').split(' ');
    const level = value('service_level_20s');
    return csvLine([
      date,
      time,
      `${group.line}/${group.language}`,
      value('asked'),
      value('served'),
      value('abandoned_calls'),
      seconds(value('speed_of_answer_all')),
      seconds(value('handle_time_all')),
      level === null ? null : Math.round(level * 1_000) / 10,
    ]);
  });
  return csvLine(WORKFORCE_HEAD) + rows.join('');
}
