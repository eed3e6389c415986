// What the agent does on their page, each one request; what became of it comes with the stream. A refusal is told in words.

import { useMemo } from 'react';
import { ask } from '../../access/api.ts';
import { useFaultText } from '../../access/fault-text.ts';
import { tell } from '../../kit/toast.tsx';

export type Act = Readonly<
  Record<'begin' | 'ready' | 'accept' | 'hangUp' | 'voicemail' | 'relay' | 'longer', () => Promise<boolean>>
> & {
  tone(value: -1 | 0 | 1): Promise<boolean>;
  outcome(outcome: string, note: string): Promise<boolean>;
  /** `at`: as clocks of the centre show it. */
  callAgain(at: string, spokeWith: 'client' | 'other', note: string): Promise<boolean>;
};

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
      tone: (value) => post('tone', { value }),
      outcome: (outcome, note) => post('outcome', { outcome, ...(note === '' ? {} : { note }) }),
      callAgain: (at, spokeWith, note) =>
        post('call-again', {
          at: at.slice(0, 'yyyy-mm-ddThh:mm'.length),
          spokeWith,
          ...(note === '' ? {} : { note }),
        }),
    };
  }, [agent, faultText]);
}
