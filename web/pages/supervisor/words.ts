// Small words of this page that depend on data: a line's name, a reason, the state of an agent. A reason that nobody has
// translated is shown as it was given.

import type { Board, Expected } from '../../../src/engine/board-shape.ts';
import { common } from '../../language/common-phrases.ts';
import { useLanguage } from '../../language/language.tsx';
import { type Phrases, useSay } from '../../language/phrases.ts';
import { supervisorPhrases } from './supervisor-phrases.ts';

export type WordsOf = {
  line(id: string | null | undefined): string;
  reason(reason: string): string;
  agentState(state: string): string;
  told(expected: Expected): string;
};

export function useWords(board: Board): WordsOf {
  const { language } = useLanguage();
  const say = useSay(supervisorPhrases);
  const sayAny = useSay<Phrases>({ ...common, ...supervisorPhrases });
  return {
    line: (id) => (id == null ? say('switches.centre') : (board.lines[id]?.name[language] ?? id)),
    reason: (reason) =>
      `reason.${reason}` in supervisorPhrases ? sayAny(`reason.${reason}`) : reason.replaceAll('_', ' '),
    agentState: (state) => sayAny(`agent.${state}`),
    told: (expected) =>
      expected === null
        ? say('lines.told.unknown')
        : say('lines.told.minutes', { min: expected.minMinutes, max: expected.maxMinutes }),
  };
}
