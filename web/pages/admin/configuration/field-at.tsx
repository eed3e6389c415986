// A field of the draft: it stands for one value of the document, by its path; what the check has against that value is
// said beneath it. While somebody types, the field shows what they type, not how the document would write it.

import { useState } from 'react';
import { Field, Select, Switch } from '../../../kit/field.tsx';
import { useLanguage } from '../../../language/language.tsx';
import { useSay } from '../../../language/phrases.ts';
import { useDraft } from './draft-room.tsx';
import type { Path } from './draft-text.ts';
import { fieldPhrases } from './field-phrases.ts';
import { fieldText, fieldValue, type ValueKind } from './field-values.ts';
import { keyPhrases } from './key-phrases.ts';
import { MistakeText, placeOf } from './mistake-text.tsx';

type Key = keyof typeof keyPhrases & string;
type FieldHint = keyof typeof fieldPhrases & string;

export type FieldSpec = {
  /** Beneath the thing that the fields are of. */
  readonly path: Path;
  /** Left out: after the last part of the path. */
  readonly label?: Key;
  readonly hint?: FieldHint;
  /** `yes`: there or not there. */
  readonly kind?: ValueKind | 'yes' | 'choice';
  /** What holds where nothing is written. */
  readonly fallback?: number | string;
  readonly choices?: readonly string[];
  readonly lines?: number;
};

/** `of`: the path of the thing. */
export function FieldsAt({ of, fields }: { readonly of: Path; readonly fields: readonly FieldSpec[] }) {
  return (
    <div className="fields">
      {fields.map((field) => (
        <FieldAt key={field.path.join('.')} of={of} field={field} />
      ))}
    </div>
  );
}

export function FieldAt({ of, field }: { readonly of: Path; readonly field: FieldSpec }) {
  const sayKey = useSay(keyPhrases);
  const say = useSay(fieldPhrases);
  const path = [...of, ...field.path];
  const label = sayKey(field.label ?? (`key.${String(field.path.at(-1))}` as Key));
  const { kind = 'text' } = field;
  const hint = hintOf(field);
  if (kind === 'yes') return <YesAt path={path} label={label} />;
  if (kind === 'choice') return <ChoiceAt path={path} label={label} hint={hint} field={field} />;
  return <TextAt path={path} label={label} hint={hint} kind={kind} lines={field.lines} />;

  function hintOf({ hint: own, fallback }: FieldSpec): string | undefined {
    const parts = [
      ...(own === undefined ? [] : [say(own)]),
      ...(fallback === undefined || kind === 'choice'
        ? []
        : [say('field.fallback', { value: String(fallback) })]),
    ];
    return parts.length === 0 ? undefined : parts.join(' ');
  }
}

export function useValueAt(path: Path): unknown {
  return valueIn(useDraft().file, path);
}

export function valueIn(of: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inside, part) =>
      typeof inside === 'object' && inside !== null
        ? (inside as Readonly<Record<string | number, unknown>>)[part]
        : undefined,
    of,
  );
}

/** What the check says of exactly this place, or of something inside it that has no field of its own. */
export function useFaultAt(path: Path, isWhole = false) {
  const { checked } = useDraft();
  const place = placeOf(path);
  const found = checked?.mistakes.find(
    ({ where }) =>
      where === place || (isWhole && where.startsWith(place) && /^[[.]/.test(where.slice(place.length))),
  );
  return found === undefined ? '' : <MistakeText mistake={found} />;
}

type TextProps = {
  readonly path: Path;
  readonly label: string;
  readonly hint: string | undefined;
  readonly kind: ValueKind;
  readonly lines: number | undefined;
};

function TextAt({ path, label, hint, kind, lines }: TextProps) {
  const { set } = useDraft();
  const { language } = useLanguage();
  const value = useValueAt(path);
  const fault = useFaultAt(path, kind === 'texts' || kind === 'spans');
  const [typed, setTyped] = useState('');
  const isTyped = JSON.stringify(fieldValue(typed, kind)) === JSON.stringify(value);
  return (
    <Field
      label={label}
      value={isTyped ? typed : fieldText(value, kind, language)}
      onChange={(text) => {
        setTyped(text);
        set(path, fieldValue(text, kind));
      }}
      fault={fault}
      {...(hint === undefined ? {} : { hint })}
      {...(lines === undefined ? {} : { lines })}
      {...(kind === 'number' || kind === 'share' ? { inputMode: 'text' as const } : {})}
      maxLength={1_000}
    />
  );
}

function ChoiceAt({
  path,
  label,
  hint,
  field,
}: Omit<TextProps, 'kind' | 'lines'> & { readonly field: FieldSpec }) {
  const { set } = useDraft();
  const say = useSay(fieldPhrases);
  const value = useValueAt(path);
  const fault = useFaultAt(path);
  const { choices = [], fallback } = field;
  const nameOf = (choice: string): string => {
    const phrase = `choice.${choice}`;
    return Object.hasOwn(fieldPhrases, phrase) ? say(phrase as FieldHint) : choice;
  };
  const none =
    fallback === undefined ? say('choice.none') : say('choice.default', { value: nameOf(String(fallback)) });
  return (
    <Select
      label={label}
      choices={[{ id: '', name: none }, ...choices.map((id) => ({ id, name: nameOf(id) }))]}
      value={value === undefined ? '' : String(value)}
      onChange={(id) => {
        const number = Number(id);
        set(path, id === '' ? undefined : Number.isFinite(number) ? number : id);
      }}
      fault={fault}
      {...(hint === undefined ? {} : { hint })}
    />
  );
}

function YesAt({ path, label }: { readonly path: Path; readonly label: string }) {
  const { set } = useDraft();
  const value = useValueAt(path);
  const fault = useFaultAt(path);
  return (
    <div className="field field-yes">
      <Switch label={label} on={value === true} onChange={(on) => set(path, on ? true : undefined)} />
      {fault === '' ? null : <span className="field-fault">{fault}</span>}
    </div>
  );
}
