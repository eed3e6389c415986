// What the agent writes about a callback, and how it is saved: once, by the agent, or by the page just before the wrap-up ends.
// Where the page was cut off at that moment, it is saved as soon as the page is back and the agent is found to be free. Each
// time it says about whom: by then the centre may show somebody else, and refuses it.

import { useEffect, useRef, useState } from 'react';
import type { AgentRow } from '../../../src/engine/board-shape.ts';
import { tell } from '../../kit/toast.tsx';
import { useSay } from '../../language/phrases.ts';
import { agentPhrases } from './agent-phrases.ts';
import { type Draft, EMPTY_DRAFT } from './outcome-panel.tsx';
import type { Act } from './use-act.ts';
import type { Client } from './use-client.ts';

export type OutcomeOf = {
  readonly draft: Draft;
  readonly isSaved: boolean;
  readonly mayAgain: boolean;
  set(draft: Draft): void;
  /** `isLast`: the wrap-up ends now, so what cannot be saved as it is is saved without the time. */
  save(isReady: boolean, isLast?: boolean): Promise<unknown>;
};

/** Of which callback something was told last, here or by another page, and whether it was heard. */
type Said = { readonly of: number; readonly isHeard: Promise<boolean> };

/** `about`: the client it is of, whom the page no longer shows once the agent is free. */
type Written = { readonly about: Client; readonly draft: Draft };

export function useOutcome(
  row: AgentRow | null,
  client: Client | null,
  act: Act,
  reload: () => unknown,
): OutcomeOf {
  const { outcome: told = null, againLeft = 0 } = client ?? {};
  const [written, setWritten] = useState<Written | null>(null);
  const said = useRef<Said | null>(null);
  if (client !== null && told !== null)
    said.current = { of: client.callback, isHeard: Promise.resolve(true) };
  const draft = written !== null && written.about.callback === client?.callback ? written.draft : EMPTY_DRAFT;
  const isSaved = told !== null;
  const set = (next: Draft) => {
    if (client !== null) setWritten({ about: client, draft: next });
  };
  useSavedLate(row, written, said, act, () => setWritten(null));
  return {
    draft,
    isSaved,
    mayAgain: againLeft > 0 || told === 'again',
    set,
    async save(isReady, isLast = false) {
      if (client === null) return;
      const { callback } = client;
      const isHeard = isSaved
        ? Promise.resolve(true)
        : (isLast ? tellAnyhow : tellDraft)(callback, draft, act);
      said.current = { of: callback, isHeard };
      if (!(await isHeard)) {
        set({ ...draft, isTried: true });
        return;
      }
      if (isReady) await act.ready();
      else await reload();
    },
  };
}

/** Only what somebody wrote or chose: of the rest nobody said anything. */
function useSavedLate(
  row: AgentRow | null,
  written: Written | null,
  said: { readonly current: Said | null },
  act: Act,
  forget: () => void,
): void {
  const say = useSay(agentPhrases);
  const isFree = row?.state === 'not_ready' || row?.state === 'ready';
  const save = async () => {
    if (written === null) return;
    forget();
    const { callback, reference } = written.about;
    if (said.current?.of === callback && (await said.current.isHeard)) return;
    if (await tellAnyhow(callback, written.draft, act)) tell(say('outcome.saved_late', { reference }));
  };
  const now = useRef(save);
  now.current = save;
  useEffect(() => {
    if (isFree) void now.current();
  }, [isFree]);
}

async function tellDraft(callback: number, { outcome, again, note }: Draft, act: Act): Promise<boolean> {
  if (outcome !== 'again') return act.outcome(callback, outcome, note.trim());
  return again.at !== '' && act.callAgain(callback, again.at, again.spokeWith, note.trim());
}

/** As it is, or, where that cannot be, without the time. */
async function tellAnyhow(callback: number, draft: Draft, act: Act): Promise<boolean> {
  if (await tellDraft(callback, draft, act)) return true;
  const { outcome, again, note } = draft;
  if (outcome !== 'again') return false;
  return act.outcome(callback, again.spokeWith === 'client' ? 'reached' : 'wrong_person', note.trim());
}
