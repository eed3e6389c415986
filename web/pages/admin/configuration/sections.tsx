// The forms of the configuration: lines, rules of callback, numbers and times. Each is a list of fields of the draft; what
// a form has no field for stands in the whole document.

import { Button } from '../../../kit/button.tsx';
import { useSay } from '../../../language/phrases.ts';
import { useDraft } from './draft-room.tsx';
import { type FieldSpec, FieldsAt } from './field-at.tsx';
import { fieldPhrases } from './field-phrases.ts';
import { keyPhrases } from './key-phrases.ts';
import { pathOf, useLines, type Where, WherePick } from './where.tsx';

export type SectionProps = { readonly where: Where; readonly onWhere: (where: Where) => void };

const LINE: readonly FieldSpec[] = [
  { path: ['id'] },
  { path: ['name', 'en'], label: 'label.nameEn' },
  { path: ['name', 'fr'], label: 'label.nameFr' },
  { path: ['key'], kind: 'number' },
  { path: ['callerId'], hint: 'hint.e164' },
  { path: ['numbers'], kind: 'texts', hint: 'hint.numbers' },
  { path: ['direct'], kind: 'choice', choices: ['en', 'fr'] },
  { path: ['capacity'], kind: 'number', hint: 'hint.capacity' },
  { path: ['capacityCounts'], kind: 'choice', choices: ['places', 'waiting'], fallback: 'places' },
  { path: ['expectedHandleS'], kind: 'number', fallback: 600 },
  { path: ['expectedPatienceS'], kind: 'number', fallback: 1_800 },
  { path: ['wrapUpS'], kind: 'number' },
];
const LEVEL: readonly FieldSpec[] = [
  { path: ['serviceLevel', 'withinS'], kind: 'choice', choices: ['20', '300', '900'] },
  { path: ['serviceLevel', 'share'], kind: 'share', hint: 'hint.percent' },
];
const WRITTEN: readonly FieldSpec[] = (['alternatives', 'emergency'] as const).flatMap((key) =>
  (['en', 'fr'] as const).map((language) => ({
    ...{ path: [key, language], label: `key.${language}` as const, lines: 2, hint: 'hint.written' as const },
  })),
);

export function LinesSection({ where, onWhere }: SectionProps) {
  const say = useSay(fieldPhrases);
  const lines = useLines();
  const { set } = useDraft();
  const line = Math.max(0, Math.min(where, lines.length - 1));
  const of = pathOf(line);
  const add = () => {
    const id = `line_${lines.length + 1}`;
    set(['lines', lines.length], {
      ...{ id, name: { en: id, fr: id }, key: Math.min(9, lines.length + 1), callerId: '' },
    });
    onWhere(lines.length);
  };
  return (
    <>
      <div className="section-head">
        <WherePick where={line} onWhere={onWhere} centre={false} />
        <Button onPress={add}>{say('lines.add')}</Button>
        <Button
          onPress={() => {
            set(of, undefined);
            onWhere(0);
          }}
        >
          {say('lines.remove')}
        </Button>
      </div>
      <FieldsAt of={of} fields={LINE} />
      <h3>{say('level.title')}</h3>
      <FieldsAt of={of} fields={LEVEL} />
      <WrittenWords of={of} />
    </>
  );
}

function WrittenWords({ of }: { readonly of: ReturnType<typeof pathOf> }) {
  const sayKey = useSay(keyPhrases);
  return (
    <>
      <h3>{sayKey('key.alternatives')}</h3>
      <FieldsAt of={of} fields={WRITTEN.slice(0, 2)} />
      <h3>{sayKey('key.emergency')}</h3>
      <FieldsAt of={of} fields={WRITTEN.slice(2)} />
    </>
  );
}

const OFFER: readonly FieldSpec[] = [
  { path: ['waitOverS'], kind: 'number', fallback: 0 },
  { path: ['aheadOver'], kind: 'number', fallback: -1, hint: 'hint.ahead' },
  { path: ['keepChance'], kind: 'share', fallback: '90', hint: 'hint.percent' },
  { path: ['pendingMax'], kind: 'number', hint: 'hint.no_cap' },
  { path: ['overflowPlaces'], kind: 'number', fallback: 0 },
];
const ATTEMPTS: readonly FieldSpec[] = [
  { path: ['attempts'], kind: 'number', fallback: 2 },
  { path: ['ringS'], kind: 'number', fallback: 25 },
  { path: ['retryAfterS'], kind: 'number', fallback: 900 },
  { path: ['leavesMessage'], kind: 'yes' },
];
const CENTRE_ONLY: readonly FieldSpec[] = [
  { path: ['callAgain'], kind: 'number', fallback: 2 },
  { path: ['relayRingS'], kind: 'number', fallback: 60 },
];
const CLOSING: readonly FieldSpec[] = [
  { path: ['pending'], kind: 'choice', choices: ['finish', 'carry', 'expire'], fallback: 'carry' },
  { path: ['finishS'], kind: 'number' },
  { path: ['carryMax'], kind: 'number', hint: 'hint.no_cap' },
  { path: ['cutOffS'], kind: 'number', fallback: 0 },
];
const CALLING: readonly FieldSpec[] = (['everyDay', 'weekdays', 'weekend'] as const).map((day) => ({
  ...{ path: [day], kind: 'spans' as const, hint: 'hint.spans' as const },
}));

export function RulesSection({ where, onWhere }: SectionProps) {
  const say = useSay(fieldPhrases);
  const of = [...pathOf(where), 'callback'];
  return (
    <>
      <div className="section-head">
        <WherePick where={where} onWhere={onWhere} />
      </div>
      {where < 0 ? null : <p className="soft">{say('where.none')}</p>}
      <h3>{say('rules.offer')}</h3>
      <FieldsAt of={of} fields={OFFER} />
      <h3>{say('rules.attempts')}</h3>
      <FieldsAt of={of} fields={where < 0 ? [...ATTEMPTS, ...CENTRE_ONLY] : ATTEMPTS} />
      <h3>{say('rules.closing')}</h3>
      <FieldsAt of={[...of, 'closing']} fields={CLOSING} />
      <h3>{say('rules.hours')}</h3>
      <FieldsAt of={[...of, 'closing', 'callingHours']} fields={CALLING} />
    </>
  );
}

const NUMBERS: readonly FieldSpec[] = [
  { path: ['regions'], kind: 'texts', hint: 'hint.regions', fallback: 'CA' },
  { path: ['kinds'], kind: 'texts', hint: 'hint.texts', fallback: 'fixed, mobile' },
  { path: ['own'], kind: 'texts', hint: 'hint.texts' },
  { path: ['openMax'], kind: 'number', fallback: 1 },
  { path: ['perDayMax'], kind: 'number', fallback: 3 },
  { path: ['cooldownS'], kind: 'number', fallback: 0 },
  { path: ['perSourcePerHourMax'], kind: 'number' },
  { path: ['dialsPerHourMax'], kind: 'number' },
];
const DIALOGUE: readonly FieldSpec[] = [
  { path: ['rounds'], kind: 'number', fallback: 3 },
  { path: ['silenceS'], kind: 'number', fallback: 6 },
  { path: ['offerEveryS'], kind: 'number', fallback: 60 },
  { path: ['firstDigitS'], kind: 'number', fallback: 8 },
  { path: ['nextDigitS'], kind: 'number', fallback: 4 },
  { path: ['keyRepeatMs'], kind: 'number', fallback: 500 },
];
const AGENT: readonly FieldSpec[] = [
  { path: ['ringS'], kind: 'number', fallback: 15 },
  { path: ['wrapUpS'], kind: 'number', fallback: 30 },
  { path: ['previewS'], kind: 'number', fallback: 20 },
  { path: ['clientLink'] },
  { path: ['shiftEndS'], kind: 'number', fallback: 0 },
];
const RETENTION: readonly FieldSpec[] = [
  { path: ['numbersDays'], kind: 'number', fallback: 90 },
  { path: ['deliveriesDays'], kind: 'number', fallback: 90 },
  { path: ['auditDays'], kind: 'number', fallback: 730 },
];

export function NumbersSection() {
  const say = useSay(fieldPhrases);
  return (
    <>
      <h3>{say('numbers.title')}</h3>
      <FieldsAt of={['numbers']} fields={NUMBERS} />
      <p className="soft">{say('numbers.rest')}</p>
      <h3>{say('dialogue.title')}</h3>
      <FieldsAt of={['dialogue']} fields={DIALOGUE} />
      <h3>{say('agent.title')}</h3>
      <FieldsAt of={['agent']} fields={AGENT} />
      <h3>{say('retention.title')}</h3>
      <FieldsAt of={['retention']} fields={RETENTION} />
    </>
  );
}
