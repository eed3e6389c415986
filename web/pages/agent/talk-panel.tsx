// Beside the client: hold and back, and whom the agent consults, since when, and what may come of it. Whom to ask is a
// dialog of its own, loaded when it is asked for.

import { useEffect, useState } from 'react';
import type { AgentRow } from '../../../src/engine/board-shape.ts';
import { Button } from '../../kit/button.tsx';
import { useFormats } from '../../language/formats.ts';
import { useSay } from '../../language/phrases.ts';
import { useNow } from '../../live/use-board.ts';
import { talkPhrases } from './talk-phrases.ts';
import type { Act } from './use-act.ts';
import type { KeyActs } from './use-keys.ts';
import { isWithClient, useOutsideName } from './words.ts';
import './talk.css';

type Props = { readonly row: AgentRow; readonly act: Act; readonly onConsult: () => void };

/** What is done with a client on the phone, beside hanging up. */
export function TalkActs({ row, act, onConsult }: Props) {
  const say = useSay(talkPhrases);
  if (!isWithClient(row) || row.consult !== null) return null;
  return (
    <>
      <Button kind={row.onHold ? 'primary' : 'plain'} onPress={row.onHold ? act.retrieve : act.hold}>
        {say(row.onHold ? 'retrieve.act' : 'hold.act')}
      </Button>
      <Button onPress={onConsult}>{say('consult.act')}</Button>
    </>
  );
}

/** Where the client is, when they are not simply with the agent. */
export function TalkState({ row, act }: Pick<Props, 'row' | 'act'>) {
  const say = useSay(talkPhrases);
  if (!isWithClient(row)) return null;
  return (
    <div className="talk" data-on={row.onHold || row.consult !== null ? 'true' : undefined}>
      <p role="status" className="talk-what">
        {row.consult === null && row.onHold ? say('hold.on') : null}
        {row.consult === null ? null : <ConsultWhat consult={row.consult} />}
      </p>
      {row.consult === null ? null : <Consulting consult={row.consult} act={act} />}
    </div>
  );
}

type Consult = NonNullable<AgentRow['consult']>;

function ConsultWhat({ consult }: { readonly consult: Consult }) {
  const say = useSay(talkPhrases);
  return say(`consult.${consult.state}`, { name: useConsultName(consult) });
}

function Consulting({ consult, act }: { readonly consult: Consult; readonly act: Act }) {
  const say = useSay(talkPhrases);
  const formats = useFormats();
  const now = useNow('agent');
  const name = useConsultName(consult);
  const { state } = consult;
  const goesOn = state === 'talking' || (state === 'joined' && consult.agent !== null);
  return (
    <>
      <p className="talk-time number">{formats.clock(Math.max(0, now - consult.since))}</p>
      <div className="desk-acts">
        {state === 'talking' ? (
          <Button kind="primary" onPress={act.join}>
            {say('join.act')}
          </Button>
        ) : null}
        {state === 'ringing' ? null : <Button onPress={act.handOver}>{say('hand_over.act')}</Button>}
        <Button onPress={act.endConsult}>{say(state === 'joined' ? 'let_go.act' : 'end_consult.act')}</Button>
      </div>
      {goesOn ? <p className="soft small talk-hint">{say('consult.hang_up', { name })}</p> : null}
    </>
  );
}

function useConsultName({ agent, outside }: Consult): string {
  const outsideName = useOutsideName();
  return agent ?? outsideName(outside ?? '');
}

/** Whether it is asked whom to consult; over by itself when the client is gone. */
export function useChoosing(row: AgentRow | null) {
  const [isAsked, setAsked] = useState(false);
  const canAsk = row !== null && isWithClient(row) && row.consult === null;
  useEffect(() => {
    if (!canAsk) setAsked(false);
  }, [canAsk]);
  return { isOn: isAsked && canAsk, begin: () => setAsked(true), end: () => setAsked(false) };
}

/** Keys of these, as far as they can be pressed now. */
export function talkActs(row: AgentRow, act: Act, onConsult: () => void): KeyActs {
  if (!isWithClient(row)) return {};
  const { consult, onHold } = row;
  if (consult === null) return { hold: onHold ? act.retrieve : act.hold, consult: onConsult };
  return {
    hold: act.endConsult,
    ...(consult.state === 'talking' ? { join: act.join } : {}),
    ...(consult.state === 'ringing' ? {} : { hand_over: act.handOver }),
  };
}
