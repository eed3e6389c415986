// The board in a component: `useBoard('supervisor', (board) => board.lines)` is drawn again when that part changed and at
// no other time. All components of a page that name the same view share one stream.

import { useSyncExternalStore } from 'react';
import type { Board, BoardView } from '../../src/engine/board-shape.ts';
import { BoardStore, type Live } from './board-store.ts';

const stores = new Map<BoardView, BoardStore>();

function storeOf(view: BoardView): BoardStore {
  let store = stores.get(view);
  if (store === undefined) {
    store = new BoardStore(view);
    stores.set(view, store);
  }
  return store;
}

/** Null until the first board has come. `select` gives a part of the board, not something made of it. */
export function useBoard<Part>(view: BoardView, select: (board: Board) => Part): Part | null {
  const store = storeOf(view);
  return useSyncExternalStore(store.subscribe, () => {
    const { board } = store.read();
    return board === null ? null : select(board);
  });
}

/** Whether the stream lives, and how old its data is. */
export function useLive<Part>(view: BoardView, select: (live: Live) => Part): Part {
  const store = storeOf(view);
  return useSyncExternalStore(store.subscribe, () => select(store.read()));
}

/** The centre's time, second by second: what runs on a page (waits, ages) runs by it, not by the browser's clock. */
export function useNow(view: BoardView): number {
  const aheadMs = useLive(view, (live) => live.aheadMs);
  const second = useSyncExternalStore(tickings, () => Math.floor(Date.now() / 1000));
  return second * 1000 + Math.round(aheadMs / 1000) * 1000;
}

const hearers = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;

function tickings(hear: () => void): () => void {
  hearers.add(hear);
  ticking ??= setInterval(() => {
    for (const each of hearers) each();
  }, 1000);
  return () => {
    hearers.delete(hear);
    if (hearers.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}
