// A board with a change put upon it. Tables and rows that did not change stay the same objects, so that nothing is drawn
// again for them. It must know neither where a change comes from nor who looks.

import type { Board, BoardChange, TableName } from '../../src/engine/board-shape.ts';

export function changedBoard(board: Board, change: BoardChange): Board {
  const next: Record<string, Record<string, unknown>> = { ...board };
  for (const [table, rows] of Object.entries(change)) {
    const changed: Record<string, unknown> = { ...board[table as TableName] };
    for (const [key, fields] of Object.entries(rows ?? {})) {
      if (fields === null) delete changed[key];
      else changed[key] = { ...(changed[key] as object | undefined), ...fields };
    }
    next[table] = changed;
  }
  return next as unknown as Board;
}
