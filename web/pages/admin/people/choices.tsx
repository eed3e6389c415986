// Several of a few: a group of boxes with a label for the group.

import { Checkbox, CheckboxGroup, Label } from 'react-aria-components';

export type ChoicesProps = {
  readonly label: string;
  readonly choices: readonly { readonly id: string; readonly name: string }[];
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  readonly fault?: string;
};

export function Choices({ label, choices, value, onChange, fault = '' }: ChoicesProps) {
  return (
    <CheckboxGroup className="field" value={[...value]} onChange={onChange} isInvalid={fault !== ''}>
      <Label>{label}</Label>
      <div className="choices">
        {choices.map(({ id, name }) => (
          <Checkbox key={id} value={id} className="choice">
            <span className="choice-box" aria-hidden="true" />
            {name}
          </Checkbox>
        ))}
      </div>
      <span className="field-fault">{fault}</span>
    </CheckboxGroup>
  );
}
