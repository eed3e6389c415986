// Fields of a form: a label in sight, what is wrong in one line beneath and tied to the field, never by colour alone.

import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Select as AriaSelect,
  Switch as AriaSwitch,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
  TextArea,
  TextField,
} from 'react-aria-components';

export type FieldProps = {
  readonly label: string;
  readonly name?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** One line; empty: nothing is wrong. */
  readonly fault?: ReactNode;
  readonly hint?: ReactNode;
  readonly type?: 'text' | 'password' | 'tel' | 'search' | 'number';
  readonly autoComplete?: string;
  readonly inputMode?: 'numeric' | 'tel' | 'text';
  readonly maxLength?: number;
  readonly required?: boolean;
  readonly autoFocus?: boolean;
  readonly lines?: number;
  /** Of a text that is no prose: figures of one width, and no correcting of what is written. */
  readonly isCode?: boolean;
};

export function Field(props: FieldProps) {
  const { label, value, onChange, fault = '', hint, type = 'text', required = false, lines, name } = props;
  const { isCode = false } = props;
  const more = {
    ...(props.autoComplete === undefined ? {} : { autoComplete: props.autoComplete }),
    ...(props.inputMode === undefined ? {} : { inputMode: props.inputMode }),
    ...(props.maxLength === undefined ? {} : { maxLength: props.maxLength }),
    ...(props.autoFocus === undefined ? {} : { autoFocus: props.autoFocus }),
    ...(name === undefined ? {} : { name }),
  };
  return (
    <TextField
      className="field"
      {...more}
      value={value}
      onChange={onChange}
      type={type}
      isRequired={required}
      isInvalid={fault !== ''}
      validationBehavior="aria"
    >
      <Label>{label}</Label>
      {lines === undefined ? (
        <Input className="input" />
      ) : (
        <TextArea
          className={isCode ? 'input code' : 'input'}
          rows={lines}
          {...(isCode ? { spellCheck: false, autoCapitalize: 'off', wrap: 'off' } : {})}
        />
      )}
      {hint === undefined ? null : (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-fault">{fault}</FieldError>
    </TextField>
  );
}

export type Choice = { readonly id: string; readonly name: string };

export type SelectProps = {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string | null;
  readonly onChange: (id: string) => void;
  readonly fault?: ReactNode;
  readonly hint?: ReactNode;
  readonly placeholder?: string;
};

export function Select(props: SelectProps) {
  const { label, choices, value, onChange, fault = '', hint, placeholder = '' } = props;
  return (
    <AriaSelect
      className="field"
      value={value}
      onChange={(key) => onChange(String(key))}
      isInvalid={fault !== ''}
      validationBehavior="aria"
      placeholder={placeholder}
    >
      <Label>{label}</Label>
      <AriaButton className="input select-button">
        <SelectValue />
        <span aria-hidden="true">▾</span>
      </AriaButton>
      {hint === undefined ? null : (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-fault">{fault}</FieldError>
      <Popover className="popover">
        <ListBox className="list" items={choices}>
          {(choice) => (
            <ListBoxItem className="list-item" id={choice.id}>
              {choice.name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

export type SwitchProps = {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly isDisabled?: boolean;
  readonly hideLabel?: boolean;
};

/** Says on or off by its place and its mark, not by colour alone. */
export function Switch({ label, on, onChange, isDisabled = false, hideLabel = false }: SwitchProps) {
  return (
    <AriaSwitch
      className="switch"
      isSelected={on}
      onChange={onChange}
      isDisabled={isDisabled}
      aria-label={label}
    >
      <span className="switch-track" aria-hidden="true">
        <span className="switch-knob" />
      </span>
      {hideLabel ? null : <span>{label}</span>}
    </AriaSwitch>
  );
}
