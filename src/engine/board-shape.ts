// The board as it goes over the wire: tables of plain rows by key, so that a change is a few fields of a few rows. Pages
// import these types and nothing else of the house; this file must therefore know nothing but words.

import type { AgentState } from '../core/agent.ts';
import type { AttemptState } from '../core/attempt.ts';
import type { CallbackState } from '../core/callback.ts';
import type { Language } from '../core/id.ts';
import type { SwitchName } from '../core/switches.ts';

export type Words = { readonly en: string; readonly fr: string };

/** Minutes, as a caller is told them; null: nobody is there to serve, so it is not known. */
export type Expected = { readonly minMinutes: number; readonly maxMinutes: number } | null;

export type CentreRow = {
  readonly timeZone: string;
  readonly languages: readonly Language[];
  /** Today began, UTC ms: the figures count from then on. */
  readonly dayFromAt: number;
  readonly telephonyUp: boolean;
  /** False: figures of today have stopped at a bug, and are of before it. */
  readonly figuresCount: boolean;
  readonly configurationHash: string;
};

export type LineRow = {
  readonly name: Words;
  readonly state: 'open' | 'finishing' | 'closed';
  /** On the line, waiting for an agent. */
  readonly holding: number;
  /** In line for their turn, away from the phone. */
  readonly callbacks: number;
  /** Callbacks that wait for a time: a further attempt, or postponed. */
  readonly later: number;
  readonly withAgent: number;
  /** UTC ms: since when the one who waits longest waits; null: nobody waits. Callbacks count as holding ones do. */
  readonly longestSince: number | null;
  /** What a caller who came now would be told. */
  readonly quote: Expected;
  /** Places that count towards the capacity, and how many there may be; null: as many as come. */
  readonly occupied: number;
  readonly capacity: number | null;
  readonly agents: AgentCounts;
  readonly target: Target | null;
  /** Reasons for which a place may be called next, as the owners recorded them. */
  readonly reasons: readonly string[];
};

/** Of a figure, in its own unit: a share from 0 to 1, or ms. */
export type Target = { readonly figure: string; readonly value: number };

/** Agents at work who serve the line, each once. */
export type AgentCounts = {
  readonly ready: number;
  /** Reserved, talking, or freeing the phone. */
  readonly onCall: number;
  readonly wrapUp: number;
  readonly notReady: number;
  readonly notReadyBy: Readonly<Record<string, number>>;
};

export type AgentRow = {
  readonly state: AgentState;
  readonly since: number;
  /** Why not ready; empty otherwise. */
  readonly reason: string;
  readonly lines: readonly string[];
  readonly languages: readonly Language[];
  /** The line of the client they are held for or speak with. */
  readonly line: string | null;
  /** The callback they are held for or speak with. */
  readonly callback: number | null;
  readonly attempt: AttemptState | null;
  /** Whether they work by a page, and it is open; null: by their phone alone. */
  readonly page: 'open' | 'lost' | null;
  /** The page shows the callback, and the phone does not ring yet. */
  readonly preview: boolean;
  /** UTC ms: when the preview or the wrap-up ends by itself. */
  readonly until: number | null;
  /** What follows after this call; null: ready. */
  readonly next: { readonly state: 'not_ready' | 'signed_out'; readonly reason: string } | null;
  /** Their client hears music. */
  readonly onHold: boolean;
  /** Whom they consult: a colleague, or an entry of the directory. */
  readonly consult: {
    readonly agent: string | null;
    readonly outside: string | null;
    readonly state: 'ringing' | 'talking' | 'joined';
    /** UTC ms. */
    readonly since: number;
  } | null;
  /** Whose client they are consulted about. */
  readonly helps: {
    readonly by: string;
    readonly line: string;
    readonly language: Language;
    readonly state: 'ringing' | 'talking' | 'joined';
  } | null;
};

/** An agent who is ready, as colleagues see them. */
export type ColleagueRow = { readonly lines: readonly string[]; readonly languages: readonly Language[] };

/** Of the directory: whom agents may consult outside. */
export type OutsideRow = { readonly name: Words };

export type CallbackRow = {
  readonly reference: string;
  readonly line: string;
  readonly language: Language;
  readonly state: CallbackState;
  readonly place: number;
  /** Its number in the line by its key, also while it waits for a time; 1 is next. Holding callers are counted too. */
  readonly rank: number;
  readonly takenAt: number;
  readonly registeredAt: number;
  readonly expected: Expected;
  /** UTC ms; null: as soon as its turn comes. */
  readonly notBefore: number | null;
  /** Chances used up: calls that did not reach the client. */
  readonly attempts: number;
  readonly attemptsMax: number;
  readonly agent: string | null;
  /** Uses a relay service or a TTY. */
  readonly relay: boolean;
  /** Why it is called before its turn; empty: it is not. */
  readonly reason: string;
};

export type SwitchRow = {
  readonly name: SwitchName;
  readonly line: string | null;
  readonly on: boolean;
  /** For a line its own and the centre's count. */
  readonly inForce: boolean;
  /** Of the last turn; null: never turned. */
  readonly reason: string | null;
  readonly by: string | null;
  readonly at: number | null;
};

/** Today's value of a figure, and the cases behind it. */
export type FigureRow = { readonly value: number | null; readonly n: number };

/** What a figure means. */
export type MeaningRow = {
  readonly name: Words;
  readonly formula: Words;
  readonly unit: 'share' | 'ms' | 'cases' | 'score';
  readonly better: 'more' | 'less' | null;
};

/** Keys: the id of a line, an agent or an entry of the directory, a callback's number, `name` or `name/line`, `figure` or `figure/line`. */
export type Board = {
  readonly centre: Readonly<Record<'', CentreRow>>;
  readonly lines: Readonly<Record<string, LineRow>>;
  readonly agents: Readonly<Record<string, AgentRow>>;
  readonly colleagues: Readonly<Record<string, ColleagueRow>>;
  readonly directory: Readonly<Record<string, OutsideRow>>;
  readonly callbacks: Readonly<Record<string, CallbackRow>>;
  readonly switches: Readonly<Record<string, SwitchRow>>;
  readonly figures: Readonly<Record<string, FigureRow>>;
  readonly meanings: Readonly<Record<string, MeaningRow>>;
};

export type TableName = keyof Board;

/** Some fields of some rows; null: the row is gone. */
export type BoardChange = {
  readonly [T in TableName]?: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
};

/** Facts up to `seq` are in it; `at` is the centre's time when it was read. */
export type BoardEvent = { readonly seq: number; readonly at: number } & (
  | { readonly whole: Partial<Board> }
  | { readonly change: BoardChange }
);

/** What a page may see: the wall's are numbers alone, an agent's their own row besides, and whom they may consult. */
export type BoardView = 'supervisor' | 'wall' | 'agent';
