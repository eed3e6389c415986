// A table of rows that live: a real table, with a caption and heads of rows. Where it is wider than its room, it scrolls
// by itself, by keyboard too; on a narrow page each row becomes a card with the name of each cell in it.

import { type ReactNode, useId } from 'react';

export type Column<Row> = {
  readonly id: string;
  readonly name: string;
  /** Numbers stand at the end, in figures of one width. */
  readonly number?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** Names the row. */
  readonly head?: boolean;
};

export type TableProps<Row> = {
  readonly caption: string;
  readonly captionHidden?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
  readonly toneOf?: (row: Row) => Tone | undefined;
  readonly empty: string;
};

export type Tone = 'good' | 'warn' | 'bad' | 'calm';

export function Table<Row>(props: TableProps<Row>) {
  const { caption, captionHidden = false, columns, rows, keyOf, toneOf, empty } = props;
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and this is no landmark either
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard (WCAG 2.1.1)
    <div className="table-room" role="group" aria-labelledby={id} tabIndex={0}>
      <table className="table">
        <caption id={id} className={captionHidden ? 'unseen' : undefined}>
          {caption}
        </caption>
        <thead>
          <tr>
            {columns.map(({ id: column, name, number }) => (
              <th key={column} scope="col" className={number ? 'number' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.length === 0 ? (
            <tr className="table-empty">
              <td colSpan={columns.length}>{empty}</td>
            </tr>
          ) : (
            rows.map((row) => <Line key={keyOf(row)} row={row} columns={columns} tone={toneOf?.(row)} />)
          )}
        </tbody>
      </table>
    </div>
  );
}

type LineProps<Row> = {
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly tone: Tone | undefined;
};

function Line<Row>({ row, columns, tone }: LineProps<Row>) {
  return (
    <tr data-tone={tone}>
      {columns.map(({ id, name, number, cell, head }) => {
        const look = { className: number ? 'number' : undefined, 'data-name': name };
        return head ? (
          <th key={id} scope="row" {...look}>
            {cell(row)}
          </th>
        ) : (
          <td key={id} {...look}>
            {cell(row)}
          </td>
        );
      })}
    </tr>
  );
}
