// One part of the page: what was asked of the records, as a table with interval, n and formula of each value, and as a
// picture beside it, which says nothing that the table does not. The table is its alternative (WCAG 1.1.1).

import { Suspense, useEffect, useMemo, useState } from 'react';
import type { Estimate } from '../../../src/figures/figure.ts';
import type { Group, Report } from '../../../src/records/report.ts';
import { ask, type Fault } from '../../access/api.ts';
import { useFaultText } from '../../access/fault-text.ts';
import { later } from '../../kit/later.tsx';
import { type Column, Table } from '../../kit/table.tsx';
import { type Formats, useFormats } from '../../language/formats.ts';
import { useLanguage } from '../../language/language.tsx';
import { useSay } from '../../language/phrases.ts';
import { dotsOf, funnelOf, type LinesShape, linesOf, type Row, type Shape } from './picture-shapes.ts';
import { type Part, type Period, reportQuery } from './report-parts.ts';
import { reportsPhrases } from './reports-phrases.ts';

const Picture = later(() => import('./picture.tsx'));

export function ReportPart({ part, period }: { readonly part: Part; readonly period: Period }) {
  const say = useSay(reportsPhrases);
  const { language } = useLanguage();
  const faultText = useFaultText();
  const { report, fault } = useReport(part, period);
  const title = say(part.title);
  return (
    <section className="panel" aria-labelledby={part.id} aria-busy={report === null && fault === null}>
      <div className="panel-head">
        <h2 id={part.id}>{title}</h2>
        <a
          href={`/api/v1/reports?${reportQuery(part, period, { format: 'csv', lang: language })}`}
          download={`${part.id}.csv`}
          aria-label={say('csv.of', { part: title })}
        >
          {say('csv')}
        </a>
      </div>
      {fault === null ? null : (
        <p className="field-fault" role="alert">
          {faultText(fault)}
        </p>
      )}
      {report === null ? null : <Shown report={report} title={title} part={part} />}
    </section>
  );
}

function useReport(part: Part, period: Period) {
  const [report, setReport] = useState<Report | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  useEffect(() => {
    let isOver = false;
    void ask<Report>('GET', `/reports?${reportQuery(part, period, {})}`).then((answer) => {
      if (isOver) return;
      setReport(answer.ok ? answer.value : null);
      setFault(answer.ok ? null : answer.fault);
    });
    return () => {
      isOver = true;
    };
  }, [part, period]);
  return { report, fault };
}

type ShownProps = { readonly report: Report; readonly title: string; readonly part: Part };

function Shown({ report, title, part }: ShownProps) {
  const say = useSay(reportsPhrases);
  const formats = useFormats();
  const rows = useRows(report);
  const columns: Column<Row>[] = [
    { id: 'of', name: say('table.of'), head: true, cell: ({ of }) => of },
    { id: 'figure', name: say('table.figure'), cell: ({ figure }) => figure },
    { id: 'value', name: say('table.value'), number: true, cell: (row) => written(row.value, row, formats) },
    {
      ...{ id: 'interval', name: say('table.interval'), number: true },
      cell: (row) =>
        row.low === null ? '–' : `${written(row.low, row, formats)} – ${written(row.high, row, formats)}`,
    },
    { id: 'n', name: say('table.n'), number: true, cell: ({ n }) => formats.whole(n) },
    { id: 'formula', name: say('table.formula'), cell: ({ formula }) => formula },
  ];
  const { from, to, timeZone: zone } = report;
  return (
    <>
      <p className="soft">{say('period.of', { from, to, zone })}</p>
      <Pictures report={report} rows={rows} part={part} />
      <Table
        caption={title}
        captionHidden
        columns={columns}
        rows={rows}
        keyOf={({ key }) => key}
        empty={say('table.none')}
      />
    </>
  );
}

function useRows(report: Report): readonly Row[] {
  const say = useSay(reportsPhrases);
  const { language } = useLanguage();
  const groups = report.by.length === 0 ? [] : report.rows;
  const all = [...groups, { group: null, values: report.total }];
  return all.flatMap(({ group, values }, i) =>
    values.map((estimate) => {
      const head = report.figures.find(({ id }) => id === estimate.figure);
      return {
        ...estimate,
        key: `${i} ${estimate.figure}`,
        id: estimate.figure,
        isWhole: group === null,
        of: group === null ? say('table.whole') : nameOf(group),
        figure: head?.name[language] ?? estimate.figure,
        formula: head?.formula[language] ?? '',
      };
    }),
  );
}

function nameOf({ from, line, language, phase }: Group): string {
  return [from, line, phase, language].filter((part) => part !== null).join(' · ');
}

function written(value: number | null, { unit }: Estimate, formats: Formats): string {
  if (unit === 'share') return formats.share(value, 1);
  if (unit === 'ms')
    return value !== null && value < 0 ? `−${formats.length(-value)}` : formats.length(value);
  return formats.whole(value);
}

type PicturesProps = { readonly report: Report; readonly rows: readonly Row[]; readonly part: Part };

/** Lengths of time that are no line along time are bars beside their names. */
function Pictures({ report, rows, part }: PicturesProps) {
  const say = useSay(reportsPhrases);
  const { language } = useLanguage();
  const formats = useFormats();
  const isTrend = report.by.includes('half-hour');
  const shape = useMemo<Shape | undefined>(() => {
    const nameIn = (id: string) => report.figures.find((one) => one.id === id)?.name[language] ?? id;
    if (isTrend) return linesOf(report, nameIn);
    if (part.id !== 'funnel') return dotsOf(rows, (row) => written(row.value, row, formats));
    return funnelOf(report.total, (step, n, of) => [
      say(`funnel.${step}`),
      say('funnel.of', { n: formats.whole(n), share: formats.share(of === 0 ? null : n / of) }),
    ]);
  }, [report, rows, part, formats, language, isTrend, say]);
  const bars = isTrend || part.id === 'funnel' ? [] : rows.filter(({ unit }) => unit !== 'share');
  return (
    <>
      {shape === undefined ? null : (
        <figure className="pictured" aria-label={say('picture')}>
          {shape.kind === 'lines' ? <Legend shape={shape} /> : null}
          <Suspense>
            <Picture shape={shape} />
          </Suspense>
        </figure>
      )}
      <Bars rows={bars} formats={formats} label={say('picture')} />
    </>
  );
}

function Legend({ shape }: { readonly shape: LinesShape }) {
  return (
    <figcaption className="legend">
      {shape.series.map(({ name }, i) => (
        <span key={name}>
          <span className={`legend-line legend-${i}`} aria-hidden="true" /> {name}
        </span>
      ))}
    </figcaption>
  );
}

type BarsProps = { readonly rows: readonly Row[]; readonly formats: Formats; readonly label: string };

/** Each as long as its value is of the greatest of its unit; a share as it is of the whole. */
function Bars({ rows, formats, label }: BarsProps) {
  const known = rows.filter(({ value }) => value !== null && value >= 0);
  if (known.length === 0) return null;
  const isGrouped = rows.some(({ of }) => of !== rows[0]?.of);
  const greatest = (unit: string) =>
    Math.max(...known.filter((row) => row.unit === unit).map(({ value }) => value ?? 0), 1);
  return (
    <figure className="bars" aria-label={label}>
      <div aria-hidden="true">
        {known.map((row) => {
          const part = (row.value ?? 0) / (row.unit === 'share' ? 1 : greatest(row.unit));
          return (
            <div key={row.key} className="bar-row">
              <span className="bar-name">{isGrouped ? `${row.of} – ${row.figure}` : row.figure}</span>
              <span className="bar-room">
                <span className="bar" data-unit={row.unit} style={{ inlineSize: `${100 * part}%` }} />
              </span>
              <span className="number">{written(row.value, row, formats)}</span>
            </div>
          );
        })}
      </div>
    </figure>
  );
}
