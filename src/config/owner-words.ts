// The owners' words for the briefing note, from a file that is given for one note or from the configuration in force. Goals of
// times become ms here, as everywhere inside.

import { unitOfFigure } from '../figures/figure.ts';
import { NO_OWNER_WORDS, type OwnerWords } from '../figures/note/ground.ts';
import { figureCalled } from '../figures/registry.ts';
import type { Target } from '../figures/target.ts';
import { shapeMistakes } from './mistake.ts';
import { noteMistakes, targetMistakes } from './owner-words-meaning.ts';
import { type NoteFile, OWNER_FORMS, ownerWordsSchema, type TargetFile } from './owner-words-schema.ts';
import { readDocument } from './stored-document.ts';
import { checkedYaml, mistakeLine, type PlacedMistake, readYaml } from './yaml-file.ts';

export class OwnerWordsRefused extends Error {
  override name = 'OwnerWordsRefused';
  readonly code = 'note.facts_invalid';

  constructor(file: string, mistakes: readonly PlacedMistake[]) {
    const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : '';
    super(`${mistakeLine(file, mistakes[0] as PlacedMistake)}${more}`);
  }
}

type WordsFile = NoteFile & { readonly targets?: readonly TargetFile[] };

const SAMPLE = 'config/briefing.yaml';

/** Throws OwnerWordsRefused. */
export function readOwnerWords(file: string): OwnerWords {
  const refuse = (mistakes: readonly PlacedMistake[]): never => {
    throw new OwnerWordsRefused(file, mistakes);
  };
  const written = checkedYaml(readYaml(file, SAMPLE, refuse), mistakesOf, refuse) as WordsFile;
  return wordsOf(written, written.targets ?? []);
}

function mistakesOf(value: unknown) {
  const shape = shapeMistakes(value, ownerWordsSchema, OWNER_FORMS);
  if (shape.length > 0) return shape;
  const file = value as WordsFile;
  return [...noteMistakes([], file), ...targetMistakes(['targets'], file.targets ?? [])];
}

/** Of the configuration as the journal keeps it. */
export function storedOwnerWords(document: string): OwnerWords {
  const file = readDocument(document)?.file;
  return file === undefined ? NO_OWNER_WORDS : wordsOf(file.note ?? {}, file.targets ?? []);
}

function wordsOf({ title, issue, facts = [] }: NoteFile, targets: readonly TargetFile[]): OwnerWords {
  return {
    title: title ?? null,
    issue: issue ?? null,
    facts: facts.map(({ section = 'facts', text, values = {}, source, date }) => ({
      section,
      text,
      values,
      source,
      date,
    })),
    targets: targets.flatMap(targetOf),
  };
}

/** A figure that a later release no longer has is no target. */
function targetOf({ figure: id, goal, by }: TargetFile): Target[] {
  const figure = figureCalled(id);
  if (figure === undefined) return [];
  return [{ figure: id, goal: unitOfFigure(figure) === 'ms' ? Math.round(goal * 1_000) : goal, by }];
}
