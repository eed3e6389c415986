// When callback is offered: phases by date, each with its share of callers and its cap a day, or a pause.

import { useSay } from '../../../language/phrases.ts';
import type { FieldSpec } from './field-at.tsx';
import { fieldPhrases } from './field-phrases.ts';
import { Rows } from './hours-section.tsx';
import type { SectionProps } from './sections.tsx';
import { pathOf, WherePick } from './where.tsx';

const PHASE: readonly FieldSpec[] = [
  { path: ['from'], hint: 'hint.from' },
  { path: ['share'], kind: 'share', fallback: '100', hint: 'hint.percent' },
  { path: ['perDayMax'], kind: 'number', hint: 'hint.no_cap' },
  { path: ['pause'], kind: 'yes' },
  { path: ['because'] },
];

export function PhasesSection({ where, onWhere }: SectionProps) {
  const say = useSay(fieldPhrases);
  return (
    <>
      <div className="section-head">
        <WherePick where={where} onWhere={onWhere} />
      </div>
      {where < 0 ? null : <p className="soft">{say('where.none')}</p>}
      <p>{say('phases.why')}</p>
      <Rows
        of={[...pathOf(where), 'callback', 'phases']}
        fields={PHASE}
        fresh={() => ({ from: new Date().toISOString().slice(0, 10) })}
        nameOf={(row) => say('phases.of', { from: String((row as { from?: unknown } | null)?.from ?? '') })}
        none={say(where < 0 ? 'phases.none.centre' : 'phases.none')}
        add={say('phases.add')}
      />
    </>
  );
}
