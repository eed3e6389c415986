// What is told of a document to whoever edits it: its text as it is in force, and of another one what is wrong in it, what it
// would change and what it means. Shapes only; pages know them too.

import type { DocumentChange } from './changes.ts';
import type { LineSummary } from './summary.ts';
import type { PlacedMistake } from './yaml-file.ts';

export type DocumentView = {
  readonly hash: string;
  /** Of the text: whoever changes it says which one was changed. */
  readonly version: string;
  readonly yaml: string;
  /** Shared numbers that count and are not in the text, because the journal has only their keys. */
  readonly numbersUnsaid: number;
  /** The file that will count again at the next start; null: what is in force goes on. */
  readonly startedWith: string | null;
};

export type Checked = {
  readonly mistakes: readonly PlacedMistake[];
  /** Of what it was compared with. */
  readonly version: string;
  readonly changes: readonly DocumentChange[];
  /** What it means: this week's hours and the days ahead that are not as their weekday. */
  readonly lines: readonly LineSummary[];
};
