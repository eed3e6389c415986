// The demonstration on a terminal: lines, agents, figures and the latest events, drawn in place. Only lines that have
// changed are written again, in one go, so nothing flickers. Where the output is no terminal, each event is one plain
// line. `draw` is pure; it must not know where the words come from.

import type { Stand } from '../engine/stand.ts';
import type { Counts } from './score.ts';

export type View = {
  readonly title: string;
  /** How somebody may call; where the API is. */
  readonly hints: readonly string[];
  readonly lineNames: ReadonlyMap<string, string>;
  readonly stand: Stand;
  readonly counts: Counts;
  readonly bridgedWithAudio: number;
  readonly events: readonly string[];
};

const BOLD = '\x1b[1m';
const DIM = '\x1b[2m';
const PLAIN = '\x1b[0m';
const STATE_COLOURS: Readonly<Record<string, string>> = {
  ready: '\x1b[32m',
  reserved: '\x1b[33m',
  on_call: '\x1b[36m',
  clearing: '\x1b[36m',
  wrap_up: '\x1b[35m',
  not_ready: '\x1b[31m',
};

/** The whole picture, one string for each row, no wider and no longer than the terminal. */
export function draw(view: View, columns: number, rows: number): string[] {
  const { stand } = view;
  const picture = [
    bold(view.title),
    ...view.hints.flatMap((hint) => wrap(hint, columns)).map(dim),
    ...wrap(LEGEND, columns).map(dim),
    '',
    bold(row('Line', 'holding', 'callbacks', 'with agent', 'longest wait')),
    ...stand.lines.map((line) =>
      row(
        view.lineNames.get(line.line) ?? line.line,
        bar(line.holding),
        line.retrying > 0 ? `${bar(line.callbacks)} (${line.retrying} later)` : bar(line.callbacks),
        bar(line.withAgent),
        line.longestWaitMs > 0 ? clock(line.longestWaitMs) : '-',
      ),
    ),
    '',
    bold(`${pad('Agent', 26)}${pad('state', 26)}for`),
    ...[...stand.agents].sort(byName).map((agent) => {
      const state = agent.state.replaceAll('_', ' ');
      const text = agent.reason === '' ? state : `${state}: ${agent.reason.replaceAll('_', ' ')}`;
      const colour = STATE_COLOURS[agent.state] ?? '';
      return `${pad(agent.agent, 26)}${colour}${pad(text, 26)}${PLAIN}${clock(agent.sinceMs)}`;
    }),
    '',
    ...figures(view).flatMap((text) => wrap(text, columns)),
    '',
    bold('Latest events'),
  ];
  const room = Math.max(0, rows - 1 - picture.length);
  const latest = room === 0 ? [] : view.events.slice(-room);
  return [...picture, ...latest].slice(0, rows - 1).map((text) => cut(text, columns));
}

const LEGEND =
  'callbacks: callers who hung up and keep their place in the same line; later: not reached yet, tried again';

function figures({ counts, bridgedWithAudio }: View): string[] {
  const { handoverMsP50, handovers } = counts;
  const rings = handoverMsP50 === null ? '-' : `${Math.round(handoverMsP50)} ms (median of ${handovers})`;
  return [
    `calls ${counts.calls}; callbacks: ${counts.callbacksRegistered} accepted, ${counts.callbacksConnected} connected, ` +
      `${counts.callbacksUnreachable} not reached, ${counts.acceptedLost} lost; served out of turn ${counts.overtakes}`,
    `conversations ${counts.conversations}, in ${bridgedWithAudio} each side has heard the other so far; ` +
      `a freed agent's next call rings after ${rings}`,
    `asked how it was: ${counts.surveysByPhone} clients, ${counts.surveysAnswered} answered; agents, how it felt: ${counts.tonesAsked} times`,
  ];
}

/** Draws one picture after the other at the same place of a terminal. */
export class LiveView {
  readonly #out: NodeJS.WriteStream;
  #drawn: string[] = [];
  #columns = 0;
  #open = false;

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
  }

  show(view: View): void {
    const columns = this.#out.columns ?? 80;
    const rows = this.#out.rows ?? 24;
    const picture = draw(view, columns, rows);
    let text = '';
    if (!this.#open || columns !== this.#columns) {
      // A screen of its own, without a cursor; what stood there before comes back at the end.
      text += this.#open ? '\x1b[2J' : '\x1b[?1049h\x1b[?25l\x1b[2J';
      this.#open = true;
      this.#columns = columns;
      this.#drawn = [];
    }
    for (let i = 0; i < Math.max(picture.length, this.#drawn.length); i += 1) {
      if (picture[i] !== this.#drawn[i]) text += `\x1b[${i + 1};1H${picture[i] ?? ''}\x1b[K`;
    }
    this.#drawn = picture;
    // Between these two a terminal that knows them shows nothing half drawn.
    if (text !== '') this.#out.write(`\x1b[?2026h${text}\x1b[?2026l`);
  }

  close(): void {
    if (this.#open) this.#out.write('\x1b[?25h\x1b[?1049l');
    this.#open = false;
  }
}

export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function byName(a: { readonly agent: string }, b: { readonly agent: string }): number {
  return a.agent < b.agent ? -1 : 1;
}

function row(first: string, ...rest: readonly string[]): string {
  const [a = '', b = '', c = '', d = ''] = rest;
  return `${pad(first, 25)}${pad(a, 11)}${pad(b, 20)}${pad(c, 12)}${d}`;
}

/** Five at most are shown one by one: all columns fit into 80. */
function bar(count: number): string {
  return count === 0 ? '-' : `${'#'.repeat(Math.min(count, 5))} ${count}`;
}

function pad(text: string, width: number): string {
  return text.length >= width ? `${text.slice(0, width - 1)} ` : text.padEnd(width);
}

function bold(text: string): string {
  return `${BOLD}${text}${PLAIN}`;
}

function dim(text: string): string {
  return `${DIM}${text}${PLAIN}`;
}

/** At the spaces between words, so that nothing is cut that somebody has to read to its end, as a number to dial. */
function wrap(text: string, columns: number): string[] {
  const rows: string[] = [];
  for (const word of text.split(' ')) {
    const last = rows.at(-1);
    if (last === undefined || last.length + 1 + word.length > columns) rows.push(word);
    else rows[rows.length - 1] = `${last} ${word}`;
  }
  return rows;
}

/** To this width, not counting the codes of colour, which are kept. */
function cut(text: string, columns: number): string {
  let width = 0;
  let kept = '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of colour begin with one
  for (const piece of text.split(/(\x1b\[[0-9;]*m)/)) {
    if (piece.startsWith('\x1b')) {
      kept += piece;
      continue;
    }
    kept += piece.slice(0, columns - width);
    width += Math.min(piece.length, columns - width);
  }
  return kept;
}
