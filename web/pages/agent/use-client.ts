// Whom the page shows: asked for anew whenever the agent's row says that something about them has changed. What was known
// while the callback was pending is kept for the wrap-up, when the centre has let go of it.

import { useCallback, useEffect, useRef, useState } from 'react';
import type { AgentRow } from '../../../src/engine/board-shape.ts';
import { ask } from '../../access/api.ts';

export type Pending = {
  readonly language: 'en' | 'fr';
  readonly codes: readonly string[];
  readonly registeredAt: number;
  readonly takenAt: number;
  readonly promised: {
    readonly minMinutes: number;
    readonly maxMinutes: number;
    readonly toldAt: number;
  } | null;
  readonly connectedAt: number | null;
  readonly relay: boolean;
};

export type Client = {
  readonly callback: number;
  readonly reference: string;
  readonly line: string;
  readonly outcome: string | null;
  readonly link: string | null;
  /** How often another call may still be agreed on; none once the callback has ended. */
  readonly againLeft: number;
  readonly pending: Pending | null;
  readonly attempts: readonly { readonly at: number; readonly endedAs: string }[];
  readonly notes: readonly {
    readonly callback: number;
    readonly at: number;
    readonly agent: string;
    readonly text: string;
  }[];
};

export type Shown = { readonly asksTone: boolean; readonly client: Client | null };

const NOBODY: Shown = { asksTone: false, client: null };

export function useClient(agent: string, row: AgentRow | null) {
  const [shown, setShown] = useState<Shown>(NOBODY);
  const turn = useRef(0);
  const isBusy = row !== null && row.state !== 'ready' && row.state !== 'not_ready';
  const what = row === null ? '' : `${row.state} ${row.preview} ${row.callback} ${row.attempt} ${row.page}`;
  const load = useCallback(async () => {
    turn.current += 1;
    const mine = turn.current;
    const answer = await ask<Shown>('GET', `/agents/${encodeURIComponent(agent)}/client`);
    if (mine !== turn.current || !answer.ok) return;
    setShown((before) => ({ ...answer.value, client: kept(before.client, answer.value.client) }));
  }, [agent]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each change of the row that says something of the client
  useEffect(() => {
    if (isBusy) void load();
    else {
      turn.current += 1;
      setShown(NOBODY);
    }
  }, [what, isBusy, load]);
  return { shown: isBusy ? shown : NOBODY, reload: load };
}

function kept(before: Client | null, now: Client | null): Client | null {
  if (now === null || now.pending !== null || before?.callback !== now.callback) return now;
  return { ...now, pending: before.pending, link: now.link === null ? null : before.link };
}
