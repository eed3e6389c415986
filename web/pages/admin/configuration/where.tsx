// What a section is about: the whole centre, or one of its lines. Chosen once and kept while somebody goes from section
// to section, since a line is often looked at from all sides.

import { Select } from '../../../kit/field.tsx';
import { useLanguage } from '../../../language/language.tsx';
import { useSay } from '../../../language/phrases.ts';
import { lineName } from './changes-words.ts';
import { useDraft } from './draft-room.tsx';
import type { Path } from './draft-text.ts';
import { fieldPhrases } from './field-phrases.ts';

/** -1: the whole centre. */
export type Where = number;

export function useLines(): readonly { readonly id: string; readonly name: string }[] {
  const { file } = useDraft();
  const { language } = useLanguage();
  const lines: unknown = file?.lines;
  if (!Array.isArray(lines)) return [];
  return lines.map((line: { id?: unknown } | null) => {
    const id = String(line?.id ?? '');
    return { id, name: lineName(id, file, { language }) };
  });
}

type Props = {
  readonly where: Where;
  readonly onWhere: (where: Where) => void;
  /** Whether the whole centre may be chosen. */
  readonly centre?: boolean;
};

export function WherePick({ where, onWhere, centre = true }: Props) {
  const say = useSay(fieldPhrases);
  const lines = useLines();
  return (
    <Select
      label={say(centre ? 'where.pick' : 'where.line')}
      choices={[
        ...(centre ? [{ id: '-1', name: say('where.centre') }] : []),
        ...lines.map(({ name, id }, i) => ({ id: String(i), name: name || id || String(i + 1) })),
      ]}
      value={String(where)}
      onChange={(id) => onWhere(Number(id))}
    />
  );
}

/** The path of the thing itself: of the document, or of a line in it. */
export function pathOf(where: Where): Path {
  return where < 0 ? [] : ['lines', where];
}
