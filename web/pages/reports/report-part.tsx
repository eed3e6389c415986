// One part of the page: what was asked of the records, as a table with interval, n and formula of each value, and as bars
// beside it, which say nothing that the table does not. The table is the picture's alternative (WCAG 1.1.1).

import { useEffect, useState } from 'react';
import type { Estimate } from '../../../src/figures/figure.ts';
import type { Group, Report } from '../../../src/records/report.ts';
import { ask, type Fault } from '../../access/api.ts';
import { useFaultText } from '../../access/fault-text.ts';
import { type Column, Table } from '../../kit/table.tsx';
import { type Formats, useFormats } from '../../language/formats.ts';
import { useLanguage } from '../../language/language.tsx';
import { useSay } from '../../language/phrases.ts';
import { type Part, type Period, reportQuery } from './report-parts.ts';
import { reportsPhrases } from './reports-phrases.ts';

type Row = {
  readonly key: string;
  readonly of: string;
  readonly figure: string;
  readonly formula: string;
} & Estimate;

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
        >
          {say('csv', { part: title })}
        </a>
      </div>
      {fault === null ? null : (
        <p className="field-fault" role="alert">
          {faultText(fault)}
        </p>
      )}
      {report === null ? null : <Shown report={report} title={title} />}
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

function Shown({ report, title }: { readonly report: Report; readonly title: string }) {
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
      <Bars rows={rows} formats={formats} label={say('picture')} />
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
