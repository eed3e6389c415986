// What a planted bug is: a small change of the program's text, and what it is modelled on. The program itself has no
// switches for them. Each text to be replaced must stand in its file exactly once; when the program has moved on, the
// change no longer fits, and says so. Which seed finds it is recorded beside them, in seeds.json (docs/reliability.md).

export type Edit = {
  /** From the root of the repository. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
};

export type UnseededBug = {
  readonly name: string;
  /** What it does, and the failure elsewhere that it is modelled on, if any. */
  readonly what: string;
  readonly edits: readonly Edit[];
};

/** With the seed that finds it. */
export type PlantedBug = UnseededBug & { readonly seed: number };

export class PlantRefused extends Error {
  readonly code = 'planted.does_not_fit';
}

/** The text with the edits of this file made. */
export function plant(bug: UnseededBug, file: string, text: string): string {
  let planted = text;
  for (const edit of bug.edits) {
    if (edit.file !== file) continue;
    const parts = planted.split(edit.from);
    if (parts.length !== 2)
      throw new PlantRefused(
        `the planted bug ${bug.name} does not fit ${file} (its text stands there ${parts.length - 1} times); ` +
          'bring it up to date in src/twin/planted.',
      );
    planted = parts.join(edit.to);
  }
  return planted;
}
