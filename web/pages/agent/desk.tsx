// The desk of the page that counts: what stands on it in each state of the agent, and the keys that work there.

import { type RefObject, Suspense, useRef, useState } from 'react';
import type { AgentRow } from '../../../src/engine/board-shape.ts';
import { Button } from '../../kit/button.tsx';
import { later } from '../../kit/later.tsx';
import { useSay } from '../../language/phrases.ts';
import type { PhoneActs } from '../../softphone/phone.ts';
import { agentPhrases } from './agent-phrases.ts';
import { ClientPanel } from './client-panel.tsx';
import { HelpPanel } from './help-panel.tsx';
import { LinesPanel } from './lines-panel.tsx';
import { type Outcome, OutcomePanel, TonePanel } from './outcome-panel.tsx';
import { type Asked, isInCall, StateAsk, StateBar } from './state-bar.tsx';
import { talkActs, useChoosing } from './talk-panel.tsx';
import { type Act, useAct } from './use-act.ts';
import { useClient } from './use-client.ts';
import { type KeyActs, type Keys, useKeys, usePressed } from './use-keys.ts';
import { type OutcomeOf, useOutcome } from './use-outcome.ts';

const PartyDialog = later(() => import('./party-dialog.tsx'));
const KeysDialog = later(() => import('./keys-dialog.tsx'));
const Softphone = later(() => import('../../softphone/softphone.tsx'));

type Props = { readonly agent: string; readonly row: AgentRow | null };

export function Desk({ agent, row }: Props) {
  const say = useSay(agentPhrases);
  const [takesAt, setTakesAt] = useState(0);
  const take = () => setTakesAt(Date.now());
  const act = withTake(useAct(agent), take);
  const keys = useKeys();
  const { shown, reload } = useClient(agent, row);
  const { client, asksTone } = shown;
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isListed, setListed] = useState(false);
  const choosing = useChoosing(row);
  const phone = useRef<PhoneActs | null>(null);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const timeField = useRef<HTMLInputElement>(null);
  const outcome = useOutcome(row, client, act, reload);
  const hasOutcome = client !== null && isTogether(row);
  const acts = actsOf({
    ...{ row, act, outcome, hasOutcome, take, phone, onAsk: setAsked, consult: choosing.begin },
    note: () => noteField.current?.focus(),
    // Once it is there: it comes with the choice.
    time: () => setTimeout(() => timeField.current?.focus()),
  });
  // Whoever has asked for the list of whom to consult writes next: none of that hangs up while it is being loaded.
  usePressed(keys.keys, choosing.isOn ? {} : acts, () => setListed(true));
  return (
    <div className="desk-agent">
      <StateBar row={row} act={act} onAsk={setAsked} />
      <div className="desk-main">
        {row === null ? null : row.helps !== null ? (
          <HelpPanel helps={row.helps} act={act} />
        ) : (
          <ClientPanel
            {...{ row, client, act }}
            onReject={() => setAsked('reject')}
            onConsult={choosing.begin}
          />
        )}
        {row === null || !hasOutcome ? null : (
          <OutcomePanel
            {...{ row, act }}
            draft={outcome.draft}
            isSaved={outcome.isSaved}
            mayAgain={outcome.mayAgain}
            noteField={noteField}
            timeField={timeField}
            onDraft={outcome.set}
            onSave={outcome.save}
          />
        )}
        {row?.state === 'wrap_up' && client === null ? <LiveWrapUp act={act} /> : null}
        {row?.state === 'wrap_up' && asksTone ? <TonePanel act={act} onGiven={reload} /> : null}
      </div>
      <div className="desk-side">
        <Suspense>
          <Softphone agent={agent} takesAt={takesAt} acts={phone} />
        </Suspense>
        {row === null ? null : <LinesPanel mine={row.lines} />}
        <Button kind="quiet" onPress={() => setListed(true)}>
          {say('keys.act')}
        </Button>
      </div>
      <Dialogs
        {...{ agent, row, act, keys, asked, choosing, isListed }}
        onAsk={setAsked}
        onList={setListed}
      />
    </div>
  );
}

type DialogsProps = Props & {
  readonly act: Act;
  readonly keys: Keys;
  readonly asked: Asked | null;
  readonly choosing: ReturnType<typeof useChoosing>;
  readonly isListed: boolean;
  readonly onAsk: (what: null) => void;
  readonly onList: (isListed: false) => void;
};

function Dialogs({ agent, row, act, keys, asked, choosing, isListed, onAsk, onList }: DialogsProps) {
  return (
    <>
      {asked === null ? null : (
        <StateAsk
          agent={agent}
          what={asked}
          isLater={row !== null && isInCall(row.state)}
          onClose={() => onAsk(null)}
        />
      )}
      {choosing.isOn && row !== null ? (
        <Suspense>
          <PartyDialog agent={agent} row={row} act={act} onClose={choosing.end} />
        </Suspense>
      ) : null}
      {isListed ? (
        <Suspense>
          <KeysDialog keys={keys} onClose={() => onList(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

function isTogether(row: AgentRow | null): boolean {
  return row?.state === 'on_call' || row?.state === 'clearing' || row?.state === 'wrap_up';
}

/** Who accepts takes what rings next: where the page is the phone, it is answered. */
function withTake(act: Act, take: () => void): Act {
  return {
    ...act,
    accept: () => {
      take();
      return act.accept();
    },
  };
}

function LiveWrapUp({ act }: { readonly act: Act }) {
  const say = useSay(agentPhrases);
  return (
    <section className="panel">
      <p>{say('outcome.live')}</p>
      <div className="desk-acts">
        <Button kind="primary" size="large" onPress={act.ready}>
          {say('act.ready')}
        </Button>
        <Button onPress={act.longer}>{say('outcome.longer')}</Button>
      </div>
    </section>
  );
}

type Ground = {
  readonly row: AgentRow | null;
  readonly act: Act;
  readonly outcome: OutcomeOf;
  readonly hasOutcome: boolean;
  readonly onAsk: (what: Asked) => void;
  /** Answers what rings, where the page is the phone. */
  readonly take: () => void;
  readonly note: () => void;
  readonly time: () => void;
  readonly consult: () => void;
  readonly phone: RefObject<PhoneActs | null>;
};

/** What the keys do in this state; a key for what cannot be done now does nothing. */
function actsOf(ground: Ground): KeyActs {
  const { row, act, outcome, hasOutcome, onAsk, take, note, time, consult, phone } = ground;
  if (row === null) return { ready: act.begin };
  const { state, preview, attempt, helps } = row;
  const isRung = state === 'reserved' || helps?.state === 'ringing';
  const choose = (to: Outcome) => () => outcome.set({ ...outcome.draft, outcome: to });
  return {
    not_ready: () => onAsk('not_ready'),
    ...(state === 'ready' ? {} : { ready: act.ready }),
    ...talkActs(row, act, consult),
    mute: () => phone.current?.mute(),
    keypad: () => phone.current?.keypad(),
    ...(preview ? { accept: act.accept } : isRung ? { accept: take } : {}),
    ...(state === 'reserved' ? { reject: () => onAsk('reject') } : {}),
    ...(state === 'on_call' || state === 'consulted' ? { hang_up: act.hangUp } : {}),
    ...(state === 'on_call' && attempt === 'answered' ? { voicemail: act.voicemail } : {}),
    ...(hasOutcome ? { note } : {}),
    ...(hasOutcome && !outcome.isSaved
      ? {
          outcome_reached: choose('reached'),
          outcome_voicemail: choose('voicemail'),
          outcome_wrong_person: choose('wrong_person'),
          ...(outcome.mayAgain
            ? {
                outcome_again: () => {
                  choose('again')();
                  time();
                },
              }
            : {}),
        }
      : {}),
    ...(state === 'wrap_up'
      ? { longer: act.longer, save_ready: hasOutcome ? () => outcome.save(true) : act.ready }
      : {}),
  };
}
