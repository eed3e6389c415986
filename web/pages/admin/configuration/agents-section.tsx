// Agents and what they can do: lines, languages, how many alike, a shift by its name, and levels where some are better; and
// whom all of them may consult outside.

import { useState } from 'react';
import { Button } from '../../../kit/button.tsx';
import { Select } from '../../../kit/field.tsx';
import { useLanguage } from '../../../language/language.tsx';
import { useSay } from '../../../language/phrases.ts';
import { useDraft } from './draft-room.tsx';
import { type FieldSpec, FieldsAt, useValueAt, valueIn } from './field-at.tsx';
import { fieldPhrases } from './field-phrases.ts';
import { Rows } from './hours-section.tsx';
import { useLines } from './where.tsx';

const AGENT: readonly FieldSpec[] = [
  { path: ['id'] },
  { path: ['count'], kind: 'number', hint: 'hint.count' },
  { path: ['lines'], kind: 'texts', hint: 'hint.agent_lines' },
  { path: ['languages'], kind: 'texts', hint: 'hint.agent_languages' },
  { path: ['shift'] },
];
const SKILL: readonly FieldSpec[] = [
  { path: ['line'] },
  { path: ['language'], kind: 'choice', choices: ['en', 'fr'] },
  { path: ['level'], kind: 'number' },
];

const OUTSIDE: readonly FieldSpec[] = [
  { path: ['id'] },
  { path: ['name', 'en'], label: 'label.nameEn' },
  { path: ['name', 'fr'], label: 'label.nameFr' },
  { path: ['number'], hint: 'hint.e164' },
];

export function AgentsSection() {
  const say = useSay(fieldPhrases);
  const { set } = useDraft();
  const lines = useLines();
  const value = useValueAt(['agents']);
  const agents: readonly ({ id?: unknown; count?: unknown } | null)[] = Array.isArray(value) ? value : [];
  const [picked, setPicked] = useState(0);
  const agent = Math.max(0, Math.min(picked, agents.length - 1));
  const of = ['agents', agent];
  const add = () => {
    const line = lines[0]?.id ?? '';
    set(['agents', agents.length], {
      id: `agent-${agents.length + 1}`,
      lines: [line],
      languages: ['en', 'fr'],
    });
    setPicked(agents.length);
  };
  return (
    <>
      <div className="section-head">
        <Select
          label={say('agents.pick')}
          choices={agents.map((one, i) => ({
            id: String(i),
            name: `${String(one?.id ?? i + 1)}${one?.count === undefined ? '' : ` × ${String(one.count)}`}`,
          }))}
          value={String(agent)}
          onChange={(id) => setPicked(Number(id))}
        />
        <Button onPress={add}>{say('agents.add')}</Button>
        <Button
          onPress={() => {
            set(of, undefined);
            setPicked(0);
          }}
        >
          {say('agents.remove')}
        </Button>
      </div>
      <p className="soft">{say('hint.ids', { value: lines.map(({ id }) => id).join(', ') })}</p>
      <FieldsAt of={of} fields={AGENT} />
      <h3>{say('skills.title')}</h3>
      <p className="soft">{say('skills.why')}</p>
      <Rows
        of={[...of, 'skills']}
        fields={SKILL}
        fresh={() => ({ line: lines[0]?.id ?? '', language: 'en', level: 2 })}
        nameOf={(_row, i) => say('skills.of', { n: i + 1 })}
        none={say('skills.none')}
        add={say('skills.add')}
      />
      <Directory />
    </>
  );
}

function Directory() {
  const say = useSay(fieldPhrases);
  const { language } = useLanguage();
  const value = useValueAt(['directory']);
  const count = Array.isArray(value) ? value.length : 0;
  const nameOf = (row: unknown, i: number): string => {
    const name = valueIn(row, ['name', language]);
    return typeof name === 'string' && name !== '' ? name : say('directory.of', { n: i + 1 });
  };
  return (
    <>
      <h3>{say('directory.title')}</h3>
      <p className="soft">{say('directory.why')}</p>
      <Rows
        of={['directory']}
        fields={OUTSIDE}
        fresh={() => ({ id: `outside_${count + 1}`, name: { en: '', fr: '' }, number: '' })}
        nameOf={nameOf}
        none={say('directory.none')}
        add={say('directory.add')}
      />
    </>
  );
}
