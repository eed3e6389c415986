// How the agent's own lines stand, so that they know what is coming: three numbers a line and no more.

import type { LineRow } from '../../../src/engine/board-shape.ts';
import { type Column, Table } from '../../kit/table.tsx';
import { useFormats } from '../../language/formats.ts';
import { useSay } from '../../language/phrases.ts';
import { useBoard, useNow } from '../../live/use-board.ts';
import { agentPhrases } from './agent-phrases.ts';
import { useLineName } from './words.ts';

type Row = LineRow & { readonly id: string };

export function LinesPanel({ mine }: { readonly mine: readonly string[] }) {
  const say = useSay(agentPhrases);
  const formats = useFormats();
  const lineName = useLineName();
  const now = useNow('agent');
  const lines = useBoard('agent', (board) => board.lines) ?? {};
  const rows = mine.flatMap((id) => (lines[id] === undefined ? [] : [{ ...lines[id], id }]));
  const columns: Column<Row>[] = [
    { ...{ id: 'line', name: say('client.line'), head: true }, cell: ({ id }) => lineName(id) },
    {
      ...{ id: 'holding', name: say('lines.holding'), number: true },
      cell: ({ holding }) => formats.whole(holding),
    },
    {
      ...{ id: 'callbacks', name: say('lines.callbacks'), number: true },
      cell: ({ callbacks, later }) => formats.whole(callbacks + later),
    },
    {
      ...{ id: 'longest', name: say('lines.longest'), number: true },
      cell: ({ longestSince }) => formats.clock(longestSince === null ? null : now - longestSince),
    },
  ];
  return (
    <Table
      caption={say('lines.title')}
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      empty={say('lines.none')}
    />
  );
}
