// What needs doing now, worst first, as rules over the board: what stops everybody, then clients whom nobody can serve, then
// refusals, then promises not kept. Pure, so that it can be read and tested; the words are the page's.

import type { Board, LineRow } from '../../../src/engine/board-shape.ts';

export type Need =
  | { readonly is: 'telephony' }
  | { readonly is: 'dialling'; readonly at: number | null; readonly reason: string; readonly n: number }
  | {
      readonly is: 'processing';
      readonly line: string | null;
      readonly at: number | null;
      readonly reason: string;
      readonly n: number;
    }
  | { readonly is: 'nobody'; readonly line: string; readonly n: number }
  | {
      readonly is: 'none_ready';
      readonly line: string;
      readonly n: number;
      readonly reasons: readonly string[];
    }
  | { readonly is: 'full'; readonly line: string; readonly occupied: number; readonly capacity: number }
  | {
      readonly is: 'target';
      readonly line: string;
      readonly figure: string;
      readonly value: number;
      readonly target: number;
      readonly away: number;
    }
  | { readonly is: 'long'; readonly line: string; readonly waitMs: number; readonly maxMinutes: number };

const MINUTE = 60_000;
/** A figure of fewer cases is no news yet. */
const CASES_MIN = 5;

export function needsOf(board: Board, now: number): Need[] {
  const lines = Object.entries(board.lines).sort(([, a], [, b]) => severityOf(b, now) - severityOf(a, now));
  return [
    ...(board.centre['']?.telephonyUp === false ? [{ is: 'telephony' } as const] : []),
    ...stopped(board),
    ...lines.flatMap(([id, line]) => nobodyThere(id, line)),
    ...lines.flatMap(([id, line]) => full(id, line)),
    ...lines.flatMap(([id, line]) => belowTarget(board, id, line)),
    ...lines.flatMap(([id, line]) => tooLong(id, line, now)),
  ];
}

function stopped({ switches, lines }: Board): Need[] {
  const callbacksOf = (line: string | null) =>
    Object.entries(lines)
      .filter(([id]) => line === null || id === line)
      .reduce((sum, [, row]) => sum + row.callbacks + row.later, 0);
  const dialling = switches.dialling;
  if (dialling?.on === false)
    return [{ is: 'dialling', at: dialling.at, reason: dialling.reason ?? '', n: callbacksOf(null) }];
  return Object.values(switches)
    .filter(({ name, on }) => name === 'processing' && !on)
    .map(({ line, at, reason }) => ({
      is: 'processing' as const,
      ...{ line, at, reason: reason ?? '', n: callbacksOf(line) },
    }))
    .filter(({ n }) => n > 0);
}

function nobodyThere(line: string, { holding, callbacks, agents }: LineRow): Need[] {
  const n = holding + callbacks;
  const working = agents.ready + agents.onCall + agents.wrapUp;
  if (n === 0 || working > 0) return [];
  if (agents.notReady === 0) return [{ is: 'nobody', line, n }];
  return [{ is: 'none_ready', line, n, reasons: Object.keys(agents.notReadyBy) }];
}

function full(line: string, { occupied, capacity, state }: LineRow): Need[] {
  return capacity !== null && capacity > 0 && occupied >= capacity && state === 'open'
    ? [{ is: 'full', line, occupied, capacity }]
    : [];
}

function belowTarget({ figures, meanings }: Board, line: string, { target, agents }: LineRow): Need[] {
  if (target === null) return [];
  const { value = null, n = 0 } = figures[`${target.figure}/${line}`] ?? {};
  if (value === null || n < CASES_MIN) return [];
  const isMissed = meanings[target.figure]?.better === 'less' ? value > target.value : value < target.value;
  if (!isMissed) return [];
  return [{ is: 'target', line, figure: target.figure, value, target: target.value, away: agents.notReady }];
}

function tooLong(line: string, { longestSince, quote, holding, callbacks }: LineRow, now: number): Need[] {
  if (longestSince === null || quote === null || holding + callbacks === 0) return [];
  const waitMs = now - longestSince;
  // The one who has waited longest is nearly served: to be far beyond what one who came now is told is no ordinary wait.
  return waitMs > 2 * quote.maxMinutes * MINUTE && waitMs > 5 * MINUTE
    ? [{ is: 'long', line, waitMs, maxMinutes: quote.maxMinutes }]
    : [];
}

/** Worst first: how long, how many, how few are there for them. A closed line with nobody in it is the last. */
export function severityOf(line: LineRow, now: number): number {
  const waiting = line.holding + line.callbacks;
  const waitMs = line.longestSince === null ? 0 : Math.max(0, now - line.longestSince);
  const working = line.agents.ready + line.agents.onCall + line.agents.wrapUp;
  const isFull = line.capacity !== null && line.capacity > 0 && line.occupied >= line.capacity;
  return (
    (waiting > 0 && working === 0 ? 1e9 : 0) +
    (isFull ? 1e8 : 0) +
    waitMs / 1_000 +
    waiting * 10 +
    (line.state === 'closed' && waiting === 0 ? -1e6 : 0)
  );
}
