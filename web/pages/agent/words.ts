// Small words of this page that depend on data: a reason, what the agent is doing, the name of a line.

import type { AgentRow, Board } from '../../../src/engine/board-shape.ts';
import type { common } from '../../language/common-phrases.ts';
import { useLanguage } from '../../language/language.tsx';
import { type Phrases, type Say, useSay } from '../../language/phrases.ts';
import { reasonPhrases } from '../../language/reason-phrases.ts';
import { useBoard } from '../../live/use-board.ts';
import type { agentPhrases } from './agent-phrases.ts';

/** A reason that nobody has translated is shown as it was given. */
export function useReason(): (reason: string) => string {
  const say = useSay<Phrases>(reasonPhrases);
  return (reason) =>
    Object.hasOwn(reasonPhrases, `reason.${reason}`) ? say(`reason.${reason}`) : reason.replaceAll('_', ' ');
}

export function stateWord(
  row: AgentRow,
  say: Say<typeof agentPhrases>,
  sayCommon: Say<typeof common>,
): string {
  switch (row.state) {
    case 'reserved':
      return say(row.preview ? 'state.shown' : 'state.ringing');
    case 'consulted':
      return row.helps?.state === 'ringing' ? say('state.ringing') : sayCommon('agent.consulted');
    case 'on_call':
      return say(isWithClient(row) ? 'state.talking' : 'state.calling');
    default:
      return sayCommon(`agent.${row.state}`);
  }
}

/** They talk, or the client holds. */
export function isWithClient({ state, callback, attempt }: AgentRow): boolean {
  return state === 'on_call' && (callback === null || attempt === 'answered');
}

export function useOutsideName(): (id: string) => string {
  const { language } = useLanguage();
  const directory: Board['directory'] = useBoard('agent', (board) => board.directory) ?? {};
  return (id) => directory[id]?.name[language] ?? id;
}

export function useLineName(): (id: string) => string {
  const { language } = useLanguage();
  const lines: Board['lines'] = useBoard('agent', (board) => board.lines) ?? {};
  return (id) => lines[id]?.name[language] ?? id;
}
