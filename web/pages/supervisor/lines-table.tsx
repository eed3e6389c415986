// One row a line, worst first. The order is looked at again only every few seconds, so that a row does not run away from
// whoever reads it.

import { useRef } from 'react';
import type { Board, LineRow } from '../../../src/engine/board-shape.ts';
import { type Column, Table, type Tone } from '../../kit/table.tsx';
import { type Formats, useFormats } from '../../language/formats.ts';
import { type Say, useSay } from '../../language/phrases.ts';
import { useNow } from '../../live/use-board.ts';
import { severityOf } from './needs.ts';
import { supervisorPhrases } from './supervisor-phrases.ts';
import { useWords, type WordsOf } from './words.ts';

type Row = LineRow & { readonly id: string };

const ORDER_HELD_MS = 5_000;
const LEVEL = 'service_level_5m';
const WITHIN: Readonly<Record<string, string>> = {
  service_level_20s: '20\u00a0s',
  service_level_5m: '5\u00a0min',
  service_level_15m: '15\u00a0min',
};

export function LinesTable({ board }: { readonly board: Board }) {
  const say = useSay(supervisorPhrases);
  const formats = useFormats();
  const words = useWords(board);
  const now = useNow('supervisor');
  const order = useHeldOrder(board, now);
  const rows = order.flatMap((id) => {
    const line = board.lines[id];
    return line === undefined ? [] : [{ ...line, id }];
  });
  return (
    <Table
      caption={say('lines.title')}
      columns={columnsOf({ board, say, formats, words, now })}
      rows={rows}
      keyOf={({ id }) => id}
      toneOf={(row) => toneOf(row, now)}
      empty={say('lines.none')}
    />
  );
}

function useHeldOrder(board: Board, now: number): readonly string[] {
  const held = useRef<{ at: number; ids: readonly string[] }>({ at: 0, ids: [] });
  const isOther =
    held.current.ids.length !== Object.keys(board.lines).length ||
    held.current.ids.some((id) => !(id in board.lines));
  if (isOther || now - held.current.at >= ORDER_HELD_MS) {
    const ids = Object.entries(board.lines)
      .sort(([, a], [, b]) => severityOf(b, now) - severityOf(a, now))
      .map(([id]) => id);
    held.current = { at: now, ids };
  }
  return held.current.ids;
}

function toneOf(row: Row, now: number): Tone | undefined {
  const severity = severityOf(row, now);
  if (severity >= 1e8) return 'bad';
  return severity >= 1_800 ? 'warn' : undefined;
}

type Ground = {
  readonly board: Board;
  readonly say: Say<typeof supervisorPhrases>;
  readonly formats: Formats;
  readonly words: WordsOf;
  readonly now: number;
};

function columnsOf(ground: Ground): Column<Row>[] {
  const { board, say, formats, words, now } = ground;
  const figure = (id: string, { id: line }: Row) => board.figures[`${id}/${line}`]?.value;
  return [
    {
      ...{ id: 'line', name: say('lines.line'), head: true },
      cell: ({ name, state, id }) => (
        <>
          {words.line(id) || name.en}
          {state === 'open' ? null : <span className="beneath">{say(`line.${state}`)}</span>}
        </>
      ),
    },
    {
      ...{ id: 'waiting', name: say('lines.waiting'), number: true },
      cell: ({ holding, callbacks, later }) => (
        <>
          <strong className="big">{formats.whole(holding + callbacks)}</strong>
          <Parts
            parts={[
              holding > 0 && say('lines.waiting.holding', { n: holding }),
              callbacks > 0 && say('lines.waiting.callbacks', { n: callbacks }),
              later > 0 && say('lines.later', { n: later }),
            ]}
          />
        </>
      ),
    },
    {
      ...{ id: 'longest', name: say('lines.longest'), number: true },
      cell: ({ longestSince }) => (
        <strong className="big">{formats.clock(longestSince === null ? null : now - longestSince)}</strong>
      ),
    },
    { ...{ id: 'told', name: say('lines.told'), number: true }, cell: ({ quote }) => words.told(quote) },
    {
      ...{ id: 'kept', name: say('lines.kept'), number: true },
      cell: (row) => (
        <>
          {formats.share(figure('quote_inside', row))}
          {figure('quote_error', row) == null ? null : (
            <span className="beneath">
              {say('lines.kept.off', { length: formats.length(figure('quote_error', row)) })}
            </span>
          )}
        </>
      ),
    },
    ...loadColumns(ground, figure),
  ];
}

function loadColumns(
  { say, formats }: Ground,
  figure: (id: string, row: Row) => number | null | undefined,
): Column<Row>[] {
  return [
    {
      ...{ id: 'capacity', name: say('lines.capacity'), number: true },
      cell: ({ occupied, capacity }) =>
        capacity === null ? (
          say('lines.capacity.none', { n: occupied })
        ) : (
          <Used {...{ occupied, capacity }} />
        ),
    },
    {
      ...{ id: 'level', name: say('lines.level'), number: true },
      cell: (row) => {
        const id = row.target?.figure ?? LEVEL;
        return (
          <>
            {formats.share(figure(id, row))}
            <span className="beneath">
              {say('lines.within', { within: WITHIN[id] ?? '' })}
              {row.target === null
                ? null
                : `, ${say('lines.target', { value: formats.share(row.target.value) })}`}
            </span>
          </>
        );
      },
    },
    { ...{ id: 'agents', name: say('lines.agents') }, cell: (row) => <AgentsCell row={row} /> },
    {
      ...{ id: 'refused', name: say('lines.refused'), number: true },
      cell: (row) => formats.share(figure('refused', row), 1),
    },
    {
      ...{ id: 'abandoned', name: say('lines.abandoned'), number: true },
      cell: (row) => formats.whole(figure('abandoned_calls', row)),
    },
  ];
}

function Used({ occupied, capacity }: { readonly occupied: number; readonly capacity: number }) {
  const formats = useFormats();
  return (
    <>
      {formats.share(capacity === 0 ? 0 : occupied / capacity)}
      <span className="beneath">
        {formats.whole(occupied)}&nbsp;/&nbsp;{formats.whole(capacity)}
      </span>
    </>
  );
}

function AgentsCell({ row: { agents } }: { readonly row: Row }) {
  const say = useSay(supervisorPhrases);
  const { ready, onCall, wrapUp, notReady } = agents;
  const parts = [
    ready > 0 && say('lines.agents.ready', { n: ready }),
    onCall > 0 && say('lines.agents.on_call', { n: onCall }),
    wrapUp > 0 && say('lines.agents.wrap_up', { n: wrapUp }),
  ].filter((part) => part !== false);
  return (
    <>
      {parts.length === 0 ? say('lines.agents.nobody') : parts.join(', ')}
      <Parts parts={[notReady > 0 && say('lines.agents.away', { n: notReady })]} />
    </>
  );
}

/** What there is, in one small line; what there is not is not said. */
function Parts({ parts }: { readonly parts: readonly (string | false)[] }) {
  const said = parts.filter((part) => part !== false);
  return said.length === 0 ? null : <span className="beneath">{said.join(', ')}</span>;
}
