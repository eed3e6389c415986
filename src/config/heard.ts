// What callers hear, as it is told to whoever looks after it. Shapes only; pages know them too.

import type { Language } from '../core/id.ts';

export type PhraseView = { readonly id: string } & Readonly<
  Record<
    Language,
    {
      readonly text: string;
      readonly source: string;
      /** False: a sound of Asterisk's own, which is not among our files. */
      readonly isPlayable: boolean;
    }
  >
>;

export type RecordingView = {
  readonly name: string;
  readonly line: string;
  readonly part: 'name' | 'alternatives' | 'emergency';
  readonly text: Readonly<Record<Language, string>>;
  /** UTC ms; null: it is not there. */
  readonly changedAt: Readonly<Record<Language, number | null>>;
};
