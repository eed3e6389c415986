// When the client is called again, as clocks of the centre show it, and who named the time: the client, or somebody else who
// answered. The centre judges the time; here it is only written down.

import type { RefObject } from 'react';
import { FieldError, Input, Label, Radio, RadioGroup, Text, TextField } from 'react-aria-components';
import { useSay } from '../../language/phrases.ts';
import { useBoard } from '../../live/use-board.ts';
import { agentPhrases } from './agent-phrases.ts';

/** `at`: 2019-04-17T14:30, or empty. */
export type Again = { readonly at: string; readonly spokeWith: 'client' | 'other' };

export const NO_AGAIN: Again = { at: '', spokeWith: 'client' };

type Props = {
  readonly again: Again;
  readonly isSaved: boolean;
  /** It was to be saved without a time. */
  readonly isWanted: boolean;
  readonly timeField: RefObject<HTMLInputElement | null>;
  readonly onChange: (again: Again) => void;
};

export function AgainFields({ again, isSaved, isWanted, timeField, onChange }: Props) {
  const say = useSay(agentPhrases);
  const timeZone = useBoard('agent', (board) => board.centre[''].timeZone) ?? '';
  return (
    <div className="desk-again">
      <TextField
        className="field"
        value={again.at}
        onChange={(at) => onChange({ ...again, at })}
        isReadOnly={isSaved}
        isRequired
        isInvalid={isWanted && again.at === ''}
        validationBehavior="aria"
      >
        <Label>{say('again.at')}</Label>
        <Input className="input" type="datetime-local" ref={timeField} />
        <Text slot="description" className="field-hint">
          {say('again.at.hint', { timeZone })}
        </Text>
        <FieldError className="field-fault">{say('again.at.wanted')}</FieldError>
      </TextField>
      <RadioGroup
        className="field"
        value={again.spokeWith}
        isDisabled={isSaved}
        onChange={(who) => onChange({ ...again, spokeWith: who === 'other' ? 'other' : 'client' })}
      >
        <Label>{say('again.who')}</Label>
        <div className="desk-radios">
          {(['client', 'other'] as const).map((who) => (
            <Radio key={who} value={who} className="desk-radio">
              <span className="desk-radio-dot" aria-hidden="true" />
              {say(`again.${who}`)}
            </Radio>
          ))}
        </div>
      </RadioGroup>
    </div>
  );
}
