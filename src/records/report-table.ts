// A report for people at a terminal. Without groups: one line for each figure, with interval, n and formula. With groups:
// one line for each group, a value and its n for each figure. Nothing is computed here.

import { writeBalance } from '../figures/conservation.ts';
import type { Estimate, Words } from '../figures/figure.ts';
import { fairnessSayings } from '../figures/note/fairness-sayings.ts';
import { writeProgress } from '../figures/note/target-sayings.ts';
import { NOTHING_WRITTEN, writeBounds, writeValue, writeWhole } from '../figures/written.ts';
import type { Group, Report } from './report.ts';

type Writing = keyof Words;

const TEXT = {
  en: {
    figure: 'figure',
    value: 'value',
    bounds: '95 % interval',
    formula: 'formula',
    from: 'from',
    line: 'line',
    language: 'language',
    phase: 'phase',
    total: 'total',
    none: 'no call in this period (n = 0)',
    balanced: 'every call is in one column',
    unbalanced: 'THE COLUMNS DO NOT ADD UP',
    marks: 'phases and pauses of callback',
    less: 'difference',
    period: (from: string, to: string, zone: string) => `${from} to ${to} (${zone})`,
  },
  fr: {
    figure: 'indicateur',
    value: 'valeur',
    bounds: 'intervalle à 95 %',
    formula: 'formule',
    from: 'début',
    line: 'secteur',
    language: 'langue',
    phase: 'phase',
    total: 'total',
    none: 'aucun appel durant cette période (n = 0)',
    balanced: 'chaque appel est dans une seule colonne',
    unbalanced: 'LES COLONNES NE CONCORDENT PAS',
    marks: 'phases et pauses du rappel',
    less: 'écart',
    period: (from: string, to: string, zone: string) => `du ${from} au ${to} (${zone})`,
  },
} as const;

export function reportTable(report: Report, language: Writing): string {
  const text = TEXT[language];
  const body = report.by.length === 0 ? plain(report, language) : grouped(report, language);
  const isEmpty = report.total.every(({ n }) => n === 0);
  const lines = [text.period(report.from, report.to, report.timeZone), '', ...columns(body)];
  if (isEmpty) lines.push('', text.none);
  if (report.marks.length > 0)
    lines.push('', text.marks, ...columns(report.marks.map(({ from, line, name }) => [from, line, name])));
  if (report.targets.length > 0)
    lines.push('', ...report.targets.map((progress) => writeProgress(progress, language)));
  const fair = fairnessLines(report, language);
  if (fair.length > 0) lines.push('', ...fair);
  lines.push('', ...report.balances.map((balance) => writeBalance(balance, language)));
  const wrong = report.balances.filter(({ holds }) => !holds);
  const told = wrong.map(({ equation, left, right }) => `${equation}: ${left} / ${right}`);
  lines.push('', wrong.length === 0 ? text.balanced : `${text.unbalanced}: ${told.join(', ')}`);
  return lines.join('\n');
}

/** The sentence of the note, from the same figures. */
function fairnessLines({ by, figures, total, fairness, from, to }: Report, language: Writing): string[] {
  if (by.length > 0 || !figures.some(({ id }) => id === 'called_in_turn')) return [];
  const inTurn = total.find(({ figure }) => figure === 'called_in_turn');
  const counts = { connected: inTurn?.n ?? 0, slip_within_1s: inTurn?.cases ?? 0 };
  const period = { en: `${from} to ${to}`, fr: `du ${from} au ${to}` };
  const scope = { of: { en: 'the whole centre', fr: 'tout le centre' }, period };
  return fairnessSayings(counts, fairness, scope).map(({ text }) => text[language]);
}

function plain(report: Report, language: Writing): string[][] {
  const text = TEXT[language];
  return [
    [text.figure, text.value, text.bounds, 'n', text.formula],
    ...report.total.map((estimate, i) => [
      report.figures[i]?.name[language] ?? estimate.figure,
      writeValue(estimate.value, estimate.unit, language),
      writeBounds(estimate, language),
      writeWhole(estimate.n, language),
      report.figures[i]?.formula[language] ?? '',
    ]),
  ];
}

function grouped(report: Report, language: Writing): string[][] {
  const text = TEXT[language];
  const first = report.rows[0]?.group ?? null;
  const shown = (['from', 'line', 'language', 'phase'] as const).filter(
    (part) => (first?.[part] ?? null) !== null,
  );
  const names = report.figures.flatMap(({ name }) => [name[language], 'n']);
  const ofGroup = (group: Group): string[] => shown.map((part) => group[part] ?? NOTHING_WRITTEN);
  const total = shown.length === 0 ? [] : [text.total, ...shown.slice(1).map(() => '')];
  return [
    [...shown.map((part) => text[part]), ...names],
    ...report.rows.map(({ group, values }) => [...ofGroup(group), ...pairs(values, language)]),
    ...[...report.gaps, ...report.changes].map(({ group, values }) => [
      ...ofGroup(group),
      ...differences(aligned(report, values), language),
    ]),
    [...total, ...pairs(report.total, language)],
  ];
}

/** A figure without a difference keeps its column, and nothing in it. */
function aligned(report: Report, values: readonly Estimate[]): readonly (Estimate | null)[] {
  return report.figures.map(({ id }) => values.find(({ figure }) => figure === id) ?? null);
}

function pairs(values: readonly (Estimate | null)[], language: Writing): string[] {
  return values.flatMap((one) =>
    one === null
      ? [NOTHING_WRITTEN, '']
      : [writeValue(one.value, one.unit, language), writeWhole(one.n, language)],
  );
}

/** A difference never without its interval. */
function differences(values: readonly (Estimate | null)[], language: Writing): string[] {
  return values.flatMap((one) =>
    one === null ? [NOTHING_WRITTEN, ''] : [writeDifference(one, language), writeWhole(one.n, language)],
  );
}

function writeDifference(one: Estimate, language: Writing): string {
  const value = writeValue(one.value, one.unit, language);
  return one.low === null ? value : `${value} (${writeBounds(one, language)})`;
}

/** English beside French, and the difference with its interval: one line for each figure. Of a report by language. */
export function parityTable(report: Report, language: Writing): string {
  const text = TEXT[language];
  const of = (code: string): readonly Estimate[] =>
    report.rows.find(({ group }) => group.language === code)?.values ?? [];
  const gaps = report.gaps[0]?.values ?? [];
  const rows = report.figures.map(({ id, name }) => {
    const one = (list: readonly Estimate[]): Estimate | null =>
      list.find(({ figure }) => figure === id) ?? null;
    const difference = one(gaps);
    return [
      name[language],
      ...pairs([one(of('en')), one(of('fr'))], language),
      difference === null ? NOTHING_WRITTEN : writeValue(difference.value, difference.unit, language),
      difference === null ? NOTHING_WRITTEN : writeBounds(difference, language),
    ];
  });
  const head = [text.figure, 'en', 'n', 'fr', 'n', `${text.less} en - fr`, text.bounds];
  return [text.period(report.from, report.to, report.timeZone), '', ...columns([head, ...rows])].join('\n');
}

/** As wide as they must be; the last one as it is. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  return rows.map((row) =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
