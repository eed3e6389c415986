// Opening hours and holidays, of the centre or of a line, and what they come to: this week and the days ahead that are
// not as their weekday, as the centre itself works them out.

import { Button } from '../../../kit/button.tsx';
import { useSay } from '../../../language/phrases.ts';
import { useDraft } from './draft-room.tsx';
import type { Path } from './draft-text.ts';
import { type FieldSpec, FieldsAt, useFaultAt, useValueAt } from './field-at.tsx';
import { fieldPhrases } from './field-phrases.ts';
import { keyPhrases } from './key-phrases.ts';
import type { SectionProps } from './sections.tsx';
import { pathOf, WherePick } from './where.tsx';

const DAYS = [
  ...['everyDay', 'weekdays', 'weekend', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
  'sunday',
] as const;
const SPANS: readonly FieldSpec[] = DAYS.map((day) => ({ path: [day], kind: 'spans' as const }));
const PROVINCES = ['AB', 'BC', 'MB', 'NB', 'NL', 'NS', 'NT', 'NU', 'ON', 'PE', 'QC', 'SK', 'YT'];
const HOLIDAYS: readonly FieldSpec[] = [
  { path: ['holidays'], kind: 'choice', choices: ['canada'] },
  { path: ['province'], kind: 'choice', choices: PROVINCES },
  { path: ['easterMonday'], kind: 'yes' },
];
const ZONE: readonly FieldSpec[] = [
  { path: ['timeZone'], hint: 'hint.time_zone', fallback: 'America/Toronto' },
];
const EXCEPTION: readonly FieldSpec[] = [
  { path: ['date'] },
  { path: ['open'], kind: 'spans' },
  { path: ['closed'], kind: 'yes' },
  { path: ['because'] },
];

export function HoursSection({ where, onWhere }: SectionProps) {
  const say = useSay(fieldPhrases);
  const sayKey = useSay(keyPhrases);
  const of = [...pathOf(where), 'hours'];
  const whole = useFaultAt(of);
  return (
    <>
      <div className="section-head">
        <WherePick where={where} onWhere={onWhere} />
      </div>
      {where < 0 ? null : <p className="soft">{say('where.none')}</p>}
      <h3>{say('hours.title')}</h3>
      <p className="soft">{say('hint.spans')}</p>
      {whole === '' ? null : <p className="field-fault">{whole}</p>}
      <FieldsAt of={pathOf(where)} fields={ZONE} />
      <FieldsAt of={of} fields={SPANS} />
      <h3>{sayKey('key.holidays')}</h3>
      <FieldsAt of={of} fields={HOLIDAYS} />
      <h3>{say('hours.exceptions')}</h3>
      <Rows
        of={[...of, 'exceptions']}
        fields={EXCEPTION}
        fresh={() => ({ date: new Date().toISOString().slice(0, 10), closed: true })}
        nameOf={(row) => String((row as { date?: unknown } | null)?.date ?? '')}
        none={say('hours.exceptions.none')}
        add={say('hours.exceptions.add')}
      />
      <Meaning where={where} />
    </>
  );
}

export type RowsProps = {
  readonly of: Path;
  readonly fields: readonly FieldSpec[];
  /** What a new one is at first. */
  readonly fresh: () => object;
  readonly nameOf: (row: unknown, i: number) => string;
  readonly none: string;
  readonly add: string;
};

/** Things of a list, each with its fields and a way to take it out. */
export function Rows({ of, fields, fresh, nameOf, none, add }: RowsProps) {
  const say = useSay(fieldPhrases);
  const { set } = useDraft();
  const value = useValueAt(of);
  const rows: readonly unknown[] = Array.isArray(value) ? value : [];
  return (
    <>
      {rows.length === 0 ? <p className="soft">{none}</p> : null}
      {rows.map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the document, and has nothing else that stays
        <fieldset key={i} className="row">
          <legend>{nameOf(row, i)}</legend>
          <FieldsAt of={[...of, i]} fields={fields} />
          <Button
            size="small"
            aria-label={say('row.remove.of', { name: nameOf(row, i) })}
            onPress={() => set([...of, i], undefined)}
          >
            {say('row.remove')}
          </Button>
        </fieldset>
      ))}
      <p>
        <Button onPress={() => set([...of, rows.length], fresh())}>{add}</Button>
      </p>
    </>
  );
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

function Meaning({ where }: { readonly where: number }) {
  const say = useSay(fieldPhrases);
  const sayKey = useSay(keyPhrases);
  const { checked } = useDraft();
  const line = checked?.lines[Math.max(0, where)];
  if (line === undefined) return null;
  const hours = (text: string) => (text === 'closed' ? say('hours.closed') : text.replaceAll(' and ', ', '));
  return (
    <section className="meaning" aria-labelledby="meaning">
      <h3 id="meaning">{say('hours.meaning')}</h3>
      <p className="soft">{`${say('hours.week', { date: line.week[0]?.date ?? '' })}, ${line.timeZone}`}</p>
      <dl className="week">
        {line.week.map((day, i) => (
          <div key={day.date}>
            <dt>{sayKey(`key.${WEEKDAYS[i] ?? 'monday'}`)}</dt>
            <dd>{hours(day.hours)}</dd>
          </div>
        ))}
      </dl>
      {line.nextSpecialDays.length === 0 ? null : (
        <>
          <p className="soft">{say('hours.special')}</p>
          <dl className="week">
            {line.nextSpecialDays.map((day) => (
              <div key={day.date}>
                <dt>{day.date}</dt>
                <dd>
                  {hours(day.hours)}{' '}
                  <span className="soft" lang="en">
                    {day.why}
                  </span>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}
