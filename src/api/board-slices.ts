// The board cut into slices, each with its change since the last one as text, made once for everybody who sees it. A view
// is a list of slices: a supervisor's are the tables whole, an agent's are the lines, what is theirs, and whom they
// may consult. It must not know
// who listens, nor how it is sent.

import { changeOf } from '../engine/board-change.ts';
import type { Board, BoardView, TableName } from '../engine/board-shape.ts';

const TABLES: Readonly<Record<BoardView, readonly TableName[]>> = {
  supervisor: ['centre', 'lines', 'agents', 'directory', 'callbacks', 'switches', 'figures', 'meanings'],
  wall: ['centre', 'lines', 'figures', 'meanings'],
  agent: ['centre', 'lines', 'colleagues', 'directory'],
};

/** Whose eyes: a view, and of an agent's the agent. */
export type Eyes = { readonly view: BoardView; readonly agent: string | null };

type Slice = {
  readonly table: TableName;
  readonly cut: (board: Board) => Readonly<Record<string, object>>;
  rows: Readonly<Record<string, object>>;
  /** `"lines":{...}`, or empty: nothing changed. */
  change: string;
};

export class BoardSlices {
  readonly #slices = new Map<string, Slice>();
  #board: Board | null = null;

  get board(): Board | null {
    return this.#board;
  }

  /** The next board. True: some slice has changed. */
  put(board: Board): boolean {
    this.#board = board;
    let isChanged = false;
    for (const slice of this.#slices.values()) {
      const rows = slice.cut(board);
      const change = changeOf({ [slice.table]: slice.rows }, { [slice.table]: rows });
      slice.rows = rows;
      slice.change = change === undefined ? '' : JSON.stringify(change).slice(1, -1);
      isChanged ||= change !== undefined;
    }
    return isChanged;
  }

  /** Nobody looks any more: the next who does is given a board of then. */
  clear(): void {
    this.#slices.clear();
    this.#board = null;
  }

  /** The inside of a `whole` object. */
  whole(eyes: Eyes): string {
    return this.#of(eyes)
      .map(({ table, rows }) => `${JSON.stringify(table)}:${JSON.stringify(rows)}`)
      .join(',');
  }

  /** The inside of a `change` object; empty: nothing changed for these eyes. */
  change(eyes: Eyes): string {
    return this.#of(eyes)
      .map(({ change }) => change)
      .filter((change) => change !== '')
      .join(',');
  }

  #of({ view, agent }: Eyes): Slice[] {
    const slices = TABLES[view].map((table) => this.#slice(table, table, (board) => board[table]));
    if (view !== 'agent' || agent === null) return slices;
    return [
      ...slices,
      this.#slice(`agents/${agent}`, 'agents', ({ agents }) => only(agents, agent)),
      this.#slice(`callbacks/${agent}`, 'callbacks', ({ agents, callbacks }) =>
        only(callbacks, String(agents[agent]?.callback ?? '')),
      ),
    ];
  }

  #slice(name: string, table: TableName, cut: Slice['cut']): Slice {
    let slice = this.#slices.get(name);
    if (slice === undefined) {
      slice = { table, cut, rows: this.#board === null ? {} : cut(this.#board), change: '' };
      this.#slices.set(name, slice);
    }
    return slice;
  }
}

function only<Row extends object>(rows: Readonly<Record<string, Row>>, key: string): Record<string, Row> {
  const row = rows[key];
  return row === undefined ? {} : { [key]: row };
}
