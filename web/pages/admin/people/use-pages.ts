// A list that the centre gives in pages: the first at once, the next when they are asked for, all anew after a change.

import { useCallback, useEffect, useRef, useState } from 'react';
import { ask, type Fault } from '../../../access/api.ts';

export function usePages<Row>(path: string, name: string) {
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [fault, setFault] = useState<Fault>();
  /** Of what was asked last the answer counts. More is asked for when that has come, so that no page is there twice. */
  const turn = useRef(0);
  const isReading = useRef(false);
  const read = useCallback(
    async (after: string | null) => {
      if (after !== null && isReading.current) return;
      turn.current += 1;
      isReading.current = true;
      const mine = turn.current;
      const answer = await ask<Record<string, unknown>>(
        'GET',
        after === null ? path : `${path}?after=${after}`,
      );
      if (mine !== turn.current) return;
      isReading.current = false;
      if (!answer.ok) return setFault(answer.fault);
      setFault(undefined);
      const page = answer.value[name] as readonly Row[];
      setRows((before) => (after === null ? page : [...before, ...page]));
      setNext((answer.value.next as string | null) ?? null);
    },
    [path, name],
  );
  useEffect(() => void read(null), [read]);
  return { rows, fault, more: next === null ? undefined : () => read(next), reload: () => read(null) };
}
