// The one live stream of a page, and the board it keeps: the whole at first, then changes, each of one moment, so that
// all numbers on the page agree. It tells how old the data is; a stream that says nothing for a while is opened anew,
// sooner than the browser would. Rows that did not change stay the same object. It must not know React.

import type { Board, BoardEvent, BoardView } from '../../src/engine/board-shape.ts';
import { changedBoard } from './changed-board.ts';

export type Live = {
  /** Null until the first whole board. */
  readonly board: Board | null;
  readonly seq: number;
  /** `ended`: the centre closed the stream for a reason that trying again does not mend. */
  readonly status: 'connecting' | 'live' | 'lost' | 'ended';
  readonly reason: string;
  /** By the browser's clock: when the last word came. */
  readonly heardAt: number;
  /** What the centre's clock is ahead of the browser's, ms. */
  readonly aheadMs: number;
};

/** The centre says something every two seconds. */
const SILENCE_MAX_MS = 7_000;
const TOGETHER_MS = 10;
const AGAIN_FIRST_MS = 500;
/** Sooner than a page that is silent counts as gone. */
const AGAIN_MAX_MS = 4_000;

const EMPTY: Board = {
  centre: {} as Board['centre'],
  lines: {},
  agents: {},
  colleagues: {},
  directory: {},
  callbacks: {},
  switches: {},
  figures: {},
  meanings: {},
};

export class BoardStore {
  #live: Live = { board: null, seq: 0, status: 'connecting', reason: '', heardAt: 0, aheadMs: 0 };
  readonly #view: BoardView;
  readonly #hearers = new Set<() => void>();
  #source: EventSource | null = null;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #againMs = AGAIN_FIRST_MS;
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(view: BoardView) {
    this.#view = view;
  }

  readonly read = (): Live => this.#live;

  /** The stream is open as long as somebody looks. */
  readonly subscribe = (hear: () => void): (() => void) => {
    this.#hearers.add(hear);
    if (this.#source === null && this.#again === undefined) this.#open();
    return () => {
      this.#hearers.delete(hear);
      if (this.#hearers.size === 0) this.#close();
    };
  };

  #open(): void {
    this.#again = undefined;
    const source = new EventSource(`/api/v1/stream?view=${this.#view}`, { withCredentials: true });
    this.#source = source;
    this.#waitForWord();
    const on = (name: string, hear: (text: string) => void) =>
      source.addEventListener(name, (event) => hear((event as MessageEvent<string>).data));
    on('board', (text) => this.#hear(text));
    on('beat', (text) => this.#hearBeat(text));
    on('bye', (text) => this.#end(JSON.parse(text).code));
    source.addEventListener('error', () => this.#lose());
  }

  #hear(text: string): void {
    const event = JSON.parse(text) as BoardEvent;
    const { board } = this.#live;
    if (!('whole' in event) && board === null) return; // a change to what was never seen
    const next = 'whole' in event ? { ...EMPTY, ...event.whole } : changedBoard(board as Board, event.change);
    this.#word({ board: next, seq: event.seq }, event.at);
  }

  #hearBeat(text: string): void {
    const { at } = JSON.parse(text) as { readonly at: number };
    this.#word({}, at);
  }

  #word(more: Partial<Live>, at: number): void {
    this.#againMs = AGAIN_FIRST_MS;
    this.#waitForWord();
    const heardAt = Date.now();
    this.#set({ ...more, status: 'live', reason: '', heardAt, aheadMs: at - heardAt });
  }

  #waitForWord(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lose(), SILENCE_MAX_MS);
  }

  #lose(): void {
    this.#close();
    this.#set({ status: 'lost' });
    if (this.#hearers.size === 0) return;
    this.#again = setTimeout(() => this.#open(), this.#againMs);
    this.#againMs = Math.min(AGAIN_MAX_MS, this.#againMs * 2);
  }

  /** Too slow a reader begins anew; who may not see it is told so. */
  #end(reason: string): void {
    if (reason === 'stream.too_slow' || reason === 'stream.closing') {
      this.#lose();
      return;
    }
    this.#close();
    this.#set({ status: 'ended', reason });
  }

  #close(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#again);
    this.#again = undefined;
    this.#source?.close();
    this.#source = null;
  }

  #set(more: Partial<Live>): void {
    this.#live = { ...this.#live, ...more };
    // Boards that come faster than they can be drawn are drawn together: a page on a busy machine is late by one drawing,
    // and not by all that have queued up.
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      for (const hear of this.#hearers) hear();
    }, TOGETHER_MS);
  }
}
