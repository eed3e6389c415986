// Agents and what they can do: lines, languages, how many alike, a shift by its name, and levels where some are better.

import { useState } from 'react';
import { Button } from '../../../kit/button.tsx';
import { Select } from '../../../kit/field.tsx';
import { useSay } from '../../../language/phrases.ts';
import { useDraft } from './draft-room.tsx';
import { type FieldSpec, FieldsAt, useValueAt } from './field-at.tsx';
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
    </>
  );
}
