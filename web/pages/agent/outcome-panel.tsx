// What came of a callback, and the note about it. The note can be begun while they talk; it is saved once, in the wrap-up:
// by the agent, or by the page just before the wrap-up ends by itself, so that nothing that was written is lost.

import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import { Label, Radio, RadioGroup, Text, TextArea, TextField } from 'react-aria-components';
import type { AgentRow } from '../../../src/engine/board-shape.ts';
import { Button } from '../../kit/button.tsx';
import { Badge } from '../../kit/figure.tsx';
import { useFormats } from '../../language/formats.ts';
import { useSay } from '../../language/phrases.ts';
import { useNow } from '../../live/use-board.ts';
import { type Again, AgainFields, NO_AGAIN } from './again-fields.tsx';
import { agentPhrases } from './agent-phrases.ts';
import type { Act } from './use-act.ts';

export const OUTCOMES = ['reached', 'voicemail', 'wrong_person', 'again'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The centre keeps no longer ones. */
const NOTE_MAX = 4_000;
/** Before the end of the wrap-up, so that it arrives in time. */
const SAVE_EARLY_MS = 2_500;

export type Draft = {
  readonly outcome: Outcome;
  readonly note: string;
  readonly again: Again;
  /** It was to be saved, and something is still wanted. */
  readonly isTried: boolean;
};

export const EMPTY_DRAFT: Draft = { outcome: 'reached', note: '', again: NO_AGAIN, isTried: false };

type Props = {
  readonly row: AgentRow;
  readonly draft: Draft;
  readonly isSaved: boolean;
  /** Another call may be agreed on. */
  readonly mayAgain: boolean;
  readonly noteField: RefObject<HTMLTextAreaElement | null>;
  readonly timeField: RefObject<HTMLInputElement | null>;
  readonly act: Act;
  readonly onDraft: (draft: Draft) => void;
  readonly onSave: (isReady: boolean, isLast?: boolean) => Promise<unknown>;
};

export function OutcomePanel(props: Props) {
  const { row, draft, isSaved, mayAgain, noteField, timeField, act, onDraft, onSave } = props;
  const say = useSay(agentPhrases);
  const now = useNow('agent');
  const isWrapUp = row.state === 'wrap_up';
  const leftMs = row.until === null ? null : row.until - now;
  useLastMoment(isWrapUp && !isSaved && row.until !== null, (row.until ?? 0) - now, () =>
    onSave(false, true),
  );
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !isWrapUp) return;
    event.preventDefault();
    void onSave(true);
  };
  return (
    <section className="panel desk-outcome" aria-labelledby="outcome-title">
      <div className="panel-head">
        <h2 id="outcome-title">{say('outcome.title')}</h2>
        {isSaved ? <Badge tone="good">{say('outcome.saved')}</Badge> : null}
      </div>
      <RadioGroup
        className="desk-radios"
        aria-labelledby="outcome-title"
        value={draft.outcome}
        isDisabled={isSaved}
        onChange={(outcome) => onDraft({ ...draft, outcome: outcome as Outcome })}
      >
        {OUTCOMES.filter((outcome) => mayAgain || outcome !== 'again').map((outcome) => (
          <Radio key={outcome} value={outcome} className="desk-radio">
            <span className="desk-radio-dot" aria-hidden="true" />
            {say(`outcome.${outcome}`)}
          </Radio>
        ))}
      </RadioGroup>
      {draft.outcome === 'again' && mayAgain ? (
        <AgainFields
          again={draft.again}
          isSaved={isSaved}
          isWanted={draft.isTried}
          timeField={timeField}
          onChange={(again) => onDraft({ ...draft, again })}
        />
      ) : null}
      <TextField
        className="field"
        value={draft.note}
        onChange={(note) => onDraft({ ...draft, note })}
        maxLength={NOTE_MAX}
        isReadOnly={isSaved}
      >
        <Label>{say('outcome.note')}</Label>
        <TextArea className="input" rows={4} ref={noteField} onKeyDown={press} />
        <Text slot="description" className="field-hint">
          {say('outcome.note.hint')}
        </Text>
      </TextField>
      {isWrapUp ? <SaveActs isSaved={isSaved} leftMs={leftMs} act={act} onSave={onSave} /> : null}
    </section>
  );
}

type SaveProps = Pick<Props, 'isSaved' | 'act' | 'onSave'> & { readonly leftMs: number | null };

function SaveActs({ isSaved, leftMs, act, onSave }: SaveProps) {
  const say = useSay(agentPhrases);
  const formats = useFormats();
  return (
    <>
      <div className="desk-acts">
        <Button kind="primary" size="large" onPress={() => onSave(true)}>
          {say('outcome.save_ready')}
        </Button>
        {isSaved ? null : <Button onPress={() => onSave(false)}>{say('outcome.save')}</Button>}
        <Button onPress={act.longer}>{say('outcome.longer')}</Button>
      </div>
      {leftMs === null ? null : (
        <p className="soft">{say('outcome.ends', { time: formats.clock(Math.max(0, leftMs)) })}</p>
      )}
    </>
  );
}

/** Once for each end that comes near. */
function useLastMoment(isDue: boolean, leftMs: number, save: () => unknown): void {
  const now = useRef(save);
  now.current = save;
  const isNear = isDue && leftMs <= SAVE_EARLY_MS;
  useEffect(() => {
    if (isNear) void now.current();
  }, [isNear]);
}

/** How the conversation felt, when that is asked; what is said cannot be taken back, and is nobody's. */
export function TonePanel({ act, onGiven }: { readonly act: Act; readonly onGiven: () => unknown }) {
  const say = useSay(agentPhrases);
  const give = async (value: -1 | 0 | 1) => {
    if (await act.tone(value)) onGiven();
  };
  return (
    <section className="panel desk-tone" aria-labelledby="tone-title">
      <h2 id="tone-title">{say('tone.title')}</h2>
      <div className="desk-acts">
        <Button onPress={() => give(1)}>{say('tone.more')}</Button>
        <Button onPress={() => give(0)}>{say('tone.usual')}</Button>
        <Button onPress={() => give(-1)}>{say('tone.less')}</Button>
      </div>
      <p className="soft small">{say('tone.what')}</p>
    </section>
  );
}
