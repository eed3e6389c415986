// What no schema can say of the owners' words: figures that exist and may have a target, dates of the calendar, values that
// both languages name.

import { figureCalled } from '../figures/registry.ts';
import { isDate } from './local-time.ts';
import { type Mistake, mistake } from './mistake.ts';
import type { NoteFile, TargetFile } from './owner-words-schema.ts';
import type { Path } from './position.ts';

export function targetMistakes(path: Path, targets: readonly TargetFile[]): Mistake[] {
  return targets.flatMap(({ figure, goal }, i) => {
    const known = figureCalled(figure);
    const where = [...path, i, 'figure'];
    if (known === undefined)
      return [mistake(where, `there is no figure "${figure}"`, 'docs/glossary.md lists them')];
    if (known.better === undefined)
      return [mistake(where, 'neither more nor less of it is better', 'set a target for another figure')];
    const isOver = (known.measure.kind === 'share' || known.measure.kind === 'ratio') && goal > 1;
    return isOver ? [mistake([...path, i, 'goal'], 'is a share above 1', 'write 0.5 for 50 %')] : [];
  });
}

export function noteMistakes(path: Path, { facts = [] }: NoteFile): Mistake[] {
  return facts.flatMap(({ text, values = {}, date }, i) => {
    const at = [...path, 'facts', i];
    const isDay = date.length === 10;
    return [
      ...(isDay && !isDate(date)
        ? [mistake([...at, 'date'], `"${date}" is no date of the calendar`, 'correct the date')]
        : []),
      ...(['en', 'fr'] as const).flatMap((language) =>
        textMistakes([...at, 'text', language], text[language], values),
      ),
    ];
  });
}

/** Both languages name the same values, so that a number is never told in one only. */
function textMistakes(path: Path, text: string, values: object): Mistake[] {
  const named = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name as string);
  const unknown = named.find((name) => !Object.hasOwn(values, name));
  if (unknown !== undefined)
    return [mistake(path, `there is no value "${unknown}"`, 'add it under values, or remove the braces')];
  const unsaid = Object.keys(values).find((name) => !named.includes(name));
  return unsaid === undefined
    ? []
    : [
        mistake(
          path,
          `does not say the value "${unsaid}"`,
          `write {${unsaid}} where it belongs, in both languages`,
        ),
      ];
}
