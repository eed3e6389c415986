// The agent's own state in large letters with the time in it, what comes after, and the buttons that change it. During a call
// they say what is to come afterwards.

import { useState } from 'react';
import type { AgentRow } from '../../../src/engine/board-shape.ts';
import { ask, type Fault } from '../../access/api.ts';
import { Button } from '../../kit/button.tsx';
import { Ask } from '../../kit/dialog.tsx';
import { Select } from '../../kit/field.tsx';
import { common } from '../../language/common-phrases.ts';
import { useFormats } from '../../language/formats.ts';
import { useSay } from '../../language/phrases.ts';
import { useNow } from '../../live/use-board.ts';
import { agentPhrases } from './agent-phrases.ts';
import type { Act } from './use-act.ts';
import { stateWord, useReason } from './words.ts';

/** What a dialog asks for. */
export type Asked = 'not_ready' | 'reject' | 'end';

type Props = {
  /** Null: not at work. */
  readonly row: AgentRow | null;
  readonly act: Act;
  readonly onAsk: (what: Asked) => void;
};

const TONES = { ready: 'good', not_ready: 'warn', signed_out: 'calm' } as const;

/** What is asked for then comes afterwards. */
export function isInCall(state: AgentRow['state']): boolean {
  return state === 'reserved' || state === 'consulted' || state === 'on_call' || state === 'clearing';
}

export function StateBar({ row, act, onAsk }: Props) {
  const say = useSay(agentPhrases);
  const sayCommon = useSay(common);
  const formats = useFormats();
  const reason = useReason();
  const now = useNow('agent');
  const state = row?.state ?? 'signed_out';
  const isLater = isInCall(state);
  const word = row === null ? sayCommon('agent.signed_out') : stateWord(row, say, sayCommon);
  const shown =
    row === null || row.reason === '' ? word : say('state.is', { state: word, reason: reason(row.reason) });
  const tone = state in TONES ? TONES[state as keyof typeof TONES] : 'busy';
  return (
    <section className="panel desk-state" data-tone={tone} aria-labelledby="state-title">
      <h2 id="state-title" className="unseen">
        {say('state.title')}
      </h2>
      <p className="desk-state-word" role="status">
        {shown}
      </p>
      {row === null ? null : (
        <p className="desk-state-time number">
          <span className="unseen">{say('state.since', { time: '' })}</span>
          {formats.clock(Math.max(0, now - row.since))}
        </p>
      )}
      {row?.next == null ? null : (
        <p className="desk-state-next">
          {row.next.reason === ''
            ? say('state.next', { state: sayCommon(`agent.${row.next.state}`) })
            : say('state.next.reason', {
                state: sayCommon(`agent.${row.next.state}`),
                reason: reason(row.next.reason),
              })}
        </p>
      )}
      <div className="desk-acts">
        {row === null ? (
          <Button kind="primary" size="large" onPress={act.begin}>
            {say('act.begin')}
          </Button>
        ) : (
          <>
            {state === 'ready' || (isLater && row.next === null) ? null : (
              <Button kind={state === 'not_ready' ? 'primary' : 'plain'} onPress={act.ready}>
                {say(isLater ? 'act.ready.after' : 'act.ready')}
              </Button>
            )}
            <Button onPress={() => onAsk('not_ready')}>
              {say(isLater ? 'act.not_ready.after' : 'act.not_ready')}
            </Button>
            <Button onPress={() => onAsk('end')}>{say(isLater ? 'act.end.after' : 'act.end')}</Button>
          </>
        )}
      </div>
    </section>
  );
}

const NOT_READY = ['break', 'meal', 'training', 'meeting', 'other'] as const;
const REJECT = ['conflict', 'language', 'technical', 'other'] as const;

type AskProps = {
  readonly agent: string;
  readonly what: Asked;
  readonly isLater: boolean;
  readonly onClose: () => void;
};

/** Not ready, rejected, or the end of the shift: with a reason where it needs one. */
export function StateAsk({ agent, what, isLater, onClose }: AskProps) {
  const say = useSay(agentPhrases);
  const reasons: readonly string[] = what === 'reject' ? REJECT : NOT_READY;
  const [reason, setReason] = useState<string>(reasons[0] ?? 'other');
  const word = useReason();
  const path = `/agents/${encodeURIComponent(agent)}`;
  const doIt = async (): Promise<Fault | undefined> => {
    const answer =
      what === 'end'
        ? await ask('POST', `${path}/sign-out`)
        : await ask('POST', `${path}/${what === 'reject' ? 'reject' : 'not-ready'}`, { reason });
    return answer.ok ? undefined : answer.fault;
  };
  return (
    <Ask
      title={say(`${what}.title`)}
      act={what === 'reject' ? say('reject.do') : say(what === 'end' ? 'end.title' : 'not_ready.act')}
      isOpen
      onClose={onClose}
      onAct={doIt}
    >
      {what === 'reject' ? <p>{say('reject.what')}</p> : null}
      {what === 'end' ? <p>{say('end.what')}</p> : null}
      {isLater && what !== 'reject' ? <p>{say('not_ready.during')}</p> : null}
      {what === 'end' ? null : (
        <Select
          label={say('not_ready.why')}
          choices={reasons.map((id) => ({ id, name: word(id) }))}
          value={reason}
          onChange={setReason}
        />
      )}
    </Ask>
  );
}
