// What the agent does on their page, each one request; what became of it comes with the stream. A refusal is told in words.

import { useMemo } from 'react';
import type { Party } from '../../../src/core/input.ts';
import { ask, type Fault } from '../../access/api.ts';
import { useFaultText } from '../../access/fault-text.ts';
import { tell } from '../../kit/toast.tsx';

export type Act = Readonly<
  Record<
    | 'begin'
    | 'ready'
    | 'accept'
    | 'hangUp'
    | 'voicemail'
    | 'relay'
    | 'longer'
    | 'hold'
    | 'retrieve'
    | 'join'
    | 'handOver'
    | 'endConsult',
    () => Promise<boolean>
  >
> & {
  tone(value: -1 | 0 | 1): Promise<boolean>;
  outcome(callback: number, outcome: string, note: string): Promise<boolean>;
  /** In silence. `unheard`: it may be said again. */
  outcomeLate(callback: number, outcome: string, note: string): Promise<'saved' | 'refused' | 'unheard'>;
  /** `at`: as clocks of the centre show it. */
  callAgain(callback: number, at: string, spokeWith: 'client' | 'other', note: string): Promise<boolean>;
  /** Undefined: it is done. The fault is whoever's who asks. */
  towards(what: 'consult' | 'transfer', to: Party): Promise<Fault | undefined>;
};

function outcomeBody(callback: number, outcome: string, note: string): object {
  return { callback, outcome, ...(note === '' ? {} : { note }) };
}

/** With these the centre has decided; asked again it says the same. */
const DECIDED = new Set([400, 403, 404, 409, 422]);

export function useAct(agent: string): Act {
  const faultText = useFaultText();
  return useMemo(() => {
    const post = async (path: string, body?: object): Promise<boolean> => {
      const answer = await ask('POST', `/agents/${encodeURIComponent(agent)}/${path}`, body);
      if (!answer.ok) tell(faultText(answer.fault), 'bad');
      return answer.ok;
    };
    return {
      begin: () => post('sign-in'),
      ready: () => post('ready'),
      accept: () => post('accept'),
      hangUp: () => post('hang-up'),
      voicemail: () => post('voicemail'),
      relay: () => post('relay'),
      longer: () => post('wrap-up'),
      hold: () => post('hold'),
      retrieve: () => post('retrieve'),
      join: () => post('join'),
      handOver: () => post('hand-over'),
      endConsult: () => post('end-consult'),
      towards: async (what, to) => {
        const answer = await ask('POST', `/agents/${encodeURIComponent(agent)}/${what}`, { to });
        return answer.ok ? undefined : answer.fault;
      },
      tone: (value) => post('tone', { value }),
      outcome: (callback, outcome, note) => post('outcome', outcomeBody(callback, outcome, note)),
      outcomeLate: async (callback, outcome, note) => {
        const path = `/agents/${encodeURIComponent(agent)}/outcome`;
        const answer = await ask('POST', path, outcomeBody(callback, outcome, note));
        if (answer.ok) return 'saved';
        return DECIDED.has(answer.fault.status) ? 'refused' : 'unheard';
      },
      callAgain: (callback, at, spokeWith, note) =>
        post('call-again', {
          callback,
          at: at.slice(0, 'yyyy-mm-ddThh:mm'.length),
          spokeWith,
          ...(note === '' ? {} : { note }),
        }),
    };
  }, [agent, faultText]);
}
