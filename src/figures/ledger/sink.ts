// Where the ledger puts what it finds: counts into cells, and one row for each thing that has come to its end. The
// projector writes them into tables, the engine's live counters keep the counts. Rows are plain: integers, short texts,
// keys; never a number. Their fields are the columns of the tables in SQL.

import type { Column } from '../column.ts';

/** Half-hour of asking (UTC ms, its start), line and language; of what belongs to no line, empty texts. */
export type Cell = { readonly halfHour: number; readonly line: string; readonly language: string };

export const HALF_HOUR_MS = 1_800_000;

export function halfHourOf(at: number): number {
  return at - (at % HALF_HOUR_MS);
}

export function cellKey(cell: Cell): string {
  return `${cell.halfHour}/${cell.line}/${cell.language}`;
}

export type CallRow = {
  readonly call: number;
  readonly arrived_at: number;
  readonly asked_at: number | null;
  readonly ended_at: number;
  readonly line: string;
  readonly language: string;
  /** Keyed hash of the number called from; empty: hidden, or not one that may be called. */
  readonly person: string;
  readonly place: number | null;
  readonly outcome: string;
};

/** With the offer and its reason, and the first quote and what came of it. */
export type PlaceRow = {
  readonly place: number;
  readonly call: number;
  readonly line: string;
  readonly language: string;
  readonly priority: number;
  readonly entry: number;
  readonly taken_at: number;
  readonly left_at: number;
  readonly reason: string;
  /** `offered`, why not, or empty: nobody asked whether to. */
  readonly offer: string;
  /** An agent was first there: on the line with the caller, or the client was first dialled. */
  readonly agent_at: number | null;
  readonly told_at: number | null;
  readonly ahead: number | null;
  /** Null with told_at set: told that it is not known. */
  readonly quoted_ms: number | null;
  readonly quoted_min_minutes: number | null;
  readonly quoted_max_minutes: number | null;
  /** Times a later place was served first, whatever the cause. */
  readonly overtaken: number;
  /** The owners' reason for its priority; empty: none. */
  readonly priority_reason: string;
};

/** With its fairness ledger. */
export type CallbackRow = {
  readonly callback: number;
  readonly place: number;
  readonly call: number;
  readonly person: string;
  readonly registered_at: number;
  readonly ended_at: number;
  readonly ended_as: string;
  readonly cause: string;
  readonly attempts: number;
  readonly turn_at: number | null;
  readonly connected_at: number | null;
  readonly handover_ms: number | null;
  readonly slip_ms: number;
  readonly own_delay_ms: number;
  readonly owners_delay_ms: number;
  readonly overtaken: number;
};

export type AttemptRow = {
  readonly attempt: number;
  readonly callback: number;
  readonly agent: string;
  readonly n: number;
  readonly intended_at: number;
  readonly permitted_at: number | null;
  readonly ringing_at: number | null;
  readonly answered_at: number | null;
  readonly ended_at: number;
  readonly ended_as: string;
};

export type AgentStateRow = {
  readonly agent: string;
  readonly from_at: number;
  readonly to_at: number;
  readonly state: string;
  readonly reason: string;
};

/** Asked by its place. `answers`: as `satisfied 5, again 1`; of an agent's tone there is no row. */
export type SurveyRow = {
  readonly survey: number;
  readonly call: number | null;
  readonly callback: number | null;
  readonly line: string;
  readonly language: string;
  readonly asked_at: number;
  readonly answered_at: number | null;
  readonly ended_as: string;
  readonly answers: string;
};

export type RecordRows = {
  readonly call: CallRow;
  readonly place: PlaceRow;
  readonly callback: CallbackRow;
  readonly attempt: AttemptRow;
  readonly agent_state: AgentStateRow;
  readonly survey: SurveyRow;
};

export type RecordKind = keyof RecordRows;

export interface Sink {
  count(cell: Cell, column: Column, by: number): void;
  row<Kind extends RecordKind>(kind: Kind, row: RecordRows[Kind]): void;
  /** Rows up to now no longer say that they are of this person; counts stay as they are. */
  forget(person: string): void;
}
