// What callers hear, as it is told to whoever looks after it. Shapes only; pages know them too.

import type { Language } from '../core/id.ts';

export type PhraseView = { readonly id: string } & Readonly<
  Record<
    Language,
    {
      /** What is said, by the owners where they have replaced it. */
      readonly text: string;
      /** In the release; the same where nothing was replaced. */
      readonly releaseText: string;
      readonly source: string;
      /** UTC ms: since when the owners' own sound is said; null: the release's is. */
      readonly replacedAt: number | null;
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
