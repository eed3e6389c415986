// What the agent writes about a callback, and how it is saved: once, by the agent, or by the page just before the wrap-up ends.
// Where the page was cut off at that moment, it is saved as soon as the page is back. Each time it says about whom: by then
// the centre may show somebody else.

import { useEffect, useRef, useState } from 'react';
import type { AgentRow } from '../../../src/engine/board-shape.ts';
import { tell } from '../../kit/toast.tsx';
import { useSay } from '../../language/phrases.ts';
import { useLive } from '../../live/use-board.ts';
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

/** `about`: the client it is of, whom the page may no longer show. */
type Written = { readonly about: Client; readonly draft: Draft };
/** Of which callback something was told last, here or by another page, and whether it was heard. */
type Said = { readonly of: number; readonly isHeard: Promise<boolean> };

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
  const isOver = isFree(row) || (client !== null && client.callback !== written?.about.callback);
  useSavedLate(isOver ? written : null, said, act, (done) =>
    setWritten((now) => (now === done ? null : now)),
  );
  return {
    draft,
    isSaved,
    mayAgain: againLeft > 0 || told === 'again',
    set(next) {
      if (client !== null) setWritten({ about: client, draft: next });
    },
    async save(isReady, isLast = false) {
      if (client === null) return;
      const { callback } = client;
      const isHeard = isSaved
        ? Promise.resolve(true)
        : (isLast ? tellAnyhow : tellDraft)(callback, draft, act);
      said.current = { of: callback, isHeard };
      if (!(await isHeard)) {
        setWritten((now) => (now?.about.callback === callback ? tried(now) : now));
        return;
      }
      if (isReady) await act.ready();
      else await reload();
    },
  };
}

function isFree(row: AgentRow | null): boolean {
  return row?.state === 'not_ready' || row?.state === 'ready';
}

function tried(written: Written): Written {
  return { ...written, draft: { ...written.draft, isTried: true } };
}

/**
 * `written`: only what somebody wrote or chose, once the wrap-up is over; of the rest nobody said anything. Said again with each
 * beat of the stream until the centre has heard it; where the centre will not have it (there was no conversation, or it was
 * told already), there is nothing to be said.
 */
function useSavedLate(
  written: Written | null,
  said: { readonly current: Said | null },
  act: Act,
  forget: (written: Written) => void,
): void {
  const say = useSay(agentPhrases);
  const beat = useLive('agent', (live) => (written === null ? 0 : live.heardAt));
  const isSaying = useRef(false);
  const save = async (late: Written) => {
    const { callback, reference } = late.about;
    const isHeard = said.current?.of === callback && (await said.current.isHeard);
    const became = isHeard ? 'refused' : await act.outcomeLate(callback, ...plainly(late.draft));
    if (became === 'unheard') return;
    forget(late);
    if (became === 'refused') return;
    const { outcome, again } = late.draft;
    const isCut = outcome === 'again' && again.at !== '';
    tell(say(isCut ? 'outcome.saved_late_cut' : 'outcome.saved_late', { reference }), isCut ? 'bad' : 'good');
  };
  const now = useRef(save);
  now.current = save;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once more with each beat
  useEffect(() => {
    if (written === null || isSaying.current) return;
    isSaying.current = true;
    void now.current(written).finally(() => {
      isSaying.current = false;
    });
  }, [written, beat]);
}

async function tellDraft(callback: number, draft: Draft, act: Act): Promise<boolean> {
  const { outcome, again, note } = draft;
  if (outcome !== 'again') return act.outcome(callback, ...plainly(draft));
  return again.at !== '' && act.callAgain(callback, again.at, again.spokeWith, note.trim());
}

/** As it is, or, where that cannot be, without the time. */
async function tellAnyhow(callback: number, draft: Draft, act: Act): Promise<boolean> {
  if (await tellDraft(callback, draft, act)) return true;
  return draft.outcome === 'again' && act.outcome(callback, ...plainly(draft));
}

/** Outcome and note, without a time to call again. */
function plainly({ outcome, again, note }: Draft): [outcome: string, note: string] {
  if (outcome !== 'again') return [outcome, note.trim()];
  return [again.spokeWith === 'client' ? 'reached' : 'wrong_person', note.trim()];
}
