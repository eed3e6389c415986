// One mistake of the draft as one line: where, what, how to mend it, as `rappel check` has it. The centre says it in
// English; what has a form is said in French too, the rest is marked as English.

import type { PlacedMistake } from '../../../../src/config/yaml-file.ts';
import { useLanguage } from '../../../language/language.tsx';
import { inFrench } from './mistakes-in-french.ts';

export function MistakeText({ mistake }: { readonly mistake: PlacedMistake }) {
  const { language } = useLanguage();
  const { what, mend } = mistake;
  if (language === 'fr') {
    const french = [inFrench(what), inFrench(mend)];
    if (!french.includes(undefined)) return <>{french.join('; ')}</>;
  }
  return <span lang="en">{`${what}; ${mend}`}</span>;
}

/** As the centre names a place: lines[2].callback.phases[0].from */
export function placeOf(path: readonly (string | number)[]): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`))
    .join('');
}
