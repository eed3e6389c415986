// How a callback stands, for its client: read from the state as the board reads it, or from the records once it has ended.
// Nothing is decided here. Of the number only its last two digits are shown, since a link may be seen by others; the code
// that the agent says is not shown at all, since it tells the client who is calling.

import { mayAskOnPage, quoteAtEnd } from '../../core/ask-on-page.ts';
import { mayServeCallbacks } from '../../core/closing.ts';
import { referenceOf } from '../../core/effects.ts';
import type { CallbackId, Language, LineId } from '../../core/id.ts';
import { callbackRow } from '../../engine/board.ts';
import type { Engine } from '../../engine/engine.ts';
import { type PageQuestion, questionsOnPage } from '../../engine/survey-page.ts';
import type { Words } from '../../figures/figure.ts';
import type { EndedCallback } from '../../records/ended-callbacks.ts';

export type ClientState = 'requested' | 'waiting' | 'serving' | 'connected' | 'retry' | 'scheduled';

export type LiveClientView = {
  readonly is: 'live';
  readonly reference: string;
  readonly state: ClientState;
  readonly line: Words;
  readonly language: Language;
  /** The languages of the centre; more than one: the client may choose. */
  readonly languages: readonly Language[];
  readonly rank: number;
  /** UTC ms; null: nobody can say. */
  readonly window: { readonly fromAt: number; readonly toAt: number } | null;
  readonly notBeforeAt: number | null;
  /** Nothing is dialled on this line now: a switch, or its hours. */
  readonly isPaused: boolean;
  readonly registeredAt: number;
  readonly tries: number;
  readonly triesMax: number;
  /** Of one that was asked for here, a few minutes ago: the digits that the agent will say. Else nobody is shown them. */
  readonly code: string | null;
  /** Undefined: it was erased. */
  readonly lastDigits: string | undefined;
  readonly now: number;
  readonly timeZone: string;
};

/** Of what and how it would be asked for, and what would be told now. */
export type Asking = {
  readonly endedAs: string;
  readonly line: LineId;
  readonly language: Language;
  readonly window: { readonly fromAt: number; readonly toAt: number } | null;
};

export type EndedClientView = {
  readonly is: 'ended';
  readonly reference: string;
  readonly as: 'connected' | 'incomplete' | 'cancelled' | 'expired' | 'unknown';
  readonly language: Language | null;
  /** What they are still asked about it. */
  readonly questions: readonly PageQuestion[];
  /** Another callback may be asked for here; null: it may not. */
  readonly asking: Asking | null;
  readonly now: number;
  readonly timeZone: string;
};

export type ClientView = LiveClientView | EndedClientView;

const STATES = {
  requested: 'requested',
  pending: 'waiting',
  due: 'waiting',
  serving: 'serving',
  connected: 'connected',
  parted: 'connected', // for as long as the agent wraps up
  retry_wait: 'retry',
  scheduled: 'scheduled',
} as const;

const MINUTE_MS = 60_000;
const DIGITS_SHOWN = 2;
/** Whoever asks on the telephone hears it once. */
const CODE_SHOWN_MS = 10 * MINUTE_MS;

/** Null: it has ended, or never was. */
export async function liveView(engine: Engine, id: CallbackId, now: number): Promise<LiveClientView | null> {
  const { state } = engine;
  const callback = state.callbacks.get(id);
  if (callback === undefined || !Object.hasOwn(STATES, callback.state)) return null;
  const at = Math.max(now, state.now);
  const row = callbackRow(state, callback, at);
  const line = state.lines.get(callback.line)?.name ?? { en: callback.line, fr: callback.line };
  const isPaused = !mayServeCallbacks(state, callback.line, at);
  const notBeforeAt = row.notBefore ?? retryAt(callback.deadline?.at ?? 0, callback.state, at);
  const { languages = [], timeZone = 'UTC' } = state.configuration ?? {};
  const number = await engine.sayNumber(callback.numberKey);
  return {
    is: 'live',
    reference: row.reference,
    state: STATES[callback.state as keyof typeof STATES],
    line,
    language: row.language,
    languages,
    rank: row.rank,
    window: isPaused ? null : windowOf(row.expected, Math.max(at, notBeforeAt ?? 0), at),
    notBeforeAt,
    isPaused,
    registeredAt: row.registeredAt,
    tries: row.attempts,
    triesMax: row.attemptsMax,
    code: callback.after !== undefined && at < callback.registeredAt + CODE_SHOWN_MS ? callback.code : null,
    lastDigits: number?.slice(-DIGITS_SHOWN),
    now: at,
    timeZone,
  };
}

/** The wait that a caller in this place would be told, as times of day; never before what was arranged. */
function windowOf(
  expected: { readonly minMinutes: number; readonly maxMinutes: number } | null,
  soonestAt: number,
  at: number,
): LiveClientView['window'] {
  if (expected === null) return null;
  const fromAt = Math.max(soonestAt, at + expected.minMinutes * MINUTE_MS);
  return { fromAt, toAt: Math.max(fromAt, at + expected.maxMinutes * MINUTE_MS) };
}

function retryAt(deadlineAt: number, state: string, at: number): number | null {
  return state === 'retry_wait' && deadlineAt > at ? deadlineAt : null;
}

const ENDS = ['connected', 'incomplete', 'cancelled', 'expired'] as const;

export function endedView(
  engine: Engine,
  id: CallbackId,
  ended: EndedCallback | null,
  now: number,
): EndedClientView {
  return {
    is: 'ended',
    reference: referenceOf(id),
    as: ENDS.find((end) => end === ended?.endedAs) ?? 'unknown',
    language: ended?.language ?? null,
    questions: questionsOnPage(engine.state, id),
    asking: askingOf(engine, ended, now),
    now,
    timeZone: engine.state.configuration?.timeZone ?? 'UTC',
  };
}

function askingOf({ state }: Engine, ended: EndedCallback | null, now: number): Asking | null {
  const { endedAs = '', line = null, language = null } = ended ?? {};
  if (line === null || language === null || !mayAskOnPage(state, endedAs)) return null;
  const at = Math.max(now, state.now);
  const quote = mayServeCallbacks(state, line, at) ? quoteAtEnd(state, line, language, at) : null;
  return { endedAs, line, language, window: windowOf(quote, at, at) };
}
