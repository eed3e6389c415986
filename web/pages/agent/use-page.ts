// This page's own life: it answers each beat of its stream, so that the centre knows that it lives and takes an agent whose
// page is gone out of work. The answer says whether this page counts, or another one of the same agent does. It is driven by
// what the centre sends, not by timers, which browsers hold back in windows that are not in front.

import { useCallback, useEffect, useRef, useState } from 'react';
import { ask } from '../../access/api.ts';
import { useLive } from '../../live/use-board.ts';

/** `taken`: it counted, and another has taken over. */
export type PageLife = 'asking' | 'here' | 'elsewhere' | 'taken';

type Says = 'lives' | 'takes_over' | 'leaves';

const AGAIN_MS = 1_500;

/** Random enough to be no other page's; also where the page is not served over TLS. */
const PAGE = [...crypto.getRandomValues(new Uint8Array(12))]
  .map((n) => n.toString(16).padStart(2, '0'))
  .join('');

export function usePage(agent: string): { readonly life: PageLife; takeOver(): Promise<void> } {
  const [life, setLife] = useState<PageLife>('asking');
  const saidAt = useRef(0);
  const heardAt = useLive('agent', (live) => live.heardAt);
  const say = useCallback(
    async (says: Says) => {
      saidAt.current = Date.now();
      const path = `/agents/${encodeURIComponent(agent)}/page`;
      const answer = await ask<{ holds: boolean }>('POST', path, { page: PAGE, says }, says === 'leaves');
      if (!answer.ok) saidAt.current = 0; // nobody heard it: said again with whatever is heard next
      if (!answer.ok || says === 'leaves') return;
      const { holds } = answer.value;
      setLife((before) => (holds ? 'here' : before === 'here' || before === 'taken' ? 'taken' : 'elsewhere'));
    },
    [agent],
  );
  useEffect(() => {
    if (heardAt !== 0 && Date.now() - saidAt.current >= AGAIN_MS) void say('lives');
  }, [heardAt, say]);
  useEffect(() => {
    const leave = () => void say('leaves');
    const back = () => void say('lives');
    addEventListener('pagehide', leave);
    addEventListener('online', back);
    return () => {
      removeEventListener('pagehide', leave);
      removeEventListener('online', back);
    };
  }, [say]);
  return { life, takeOver: () => say('takes_over') };
}
