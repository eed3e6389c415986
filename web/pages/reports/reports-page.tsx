// The page /reports: a period is chosen, and what the records say of it is shown part by part; the note beside it. Every
// number comes from the centre's own reports, none is made here.

import { type FormEvent, Suspense, useState } from 'react';
import { SignedIn } from '../../access/account.tsx';
import { Frame } from '../../frame/frame.tsx';
import { Button } from '../../kit/button.tsx';
import { Field } from '../../kit/field.tsx';
import { later } from '../../kit/later.tsx';
import { common } from '../../language/common-phrases.ts';
import { useSay } from '../../language/phrases.ts';
import { ReportPart } from './report-part.tsx';
import { PARTS, type Period, queryOf } from './report-parts.ts';
import { reportsPhrases } from './reports-phrases.ts';
import './reports.css';

export default function ReportsPage() {
  const say = useSay(common);
  const [period, setPeriod] = useState<Period>({ from: '', to: '' });
  return (
    <SignedIn>
      <Frame title={say('page.reports')} wide>
        <PeriodForm onPeriod={setPeriod} />
        {PARTS.map((part) => (
          <ReportPart key={part.id} part={part} period={period} />
        ))}
        <Note period={period} />
      </Frame>
    </SignedIn>
  );
}

function PeriodForm({ onPeriod }: { readonly onPeriod: (period: Period) => void }) {
  const say = useSay(reportsPhrases);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onPeriod({ from: from.trim(), to: to.trim() });
  };
  return (
    <section className="panel" aria-labelledby="period">
      <h2 id="period">{say('period.title')}</h2>
      <form className="period" onSubmit={submit} noValidate>
        <Field
          label={say('period.from')}
          hint={say('period.hint')}
          value={from}
          onChange={setFrom}
          maxLength={32}
        />
        <Field
          label={say('period.to')}
          hint={say('period.hint')}
          value={to}
          onChange={setTo}
          maxLength={32}
        />
        <div className="period-acts">
          <Button type="submit" kind="primary">
            {say('period.show')}
          </Button>
          <Button
            onPress={() => {
              setFrom('');
              setTo('');
              onPeriod({ from: '', to: '' });
            }}
          >
            {say('period.today')}
          </Button>
        </div>
      </form>
    </section>
  );
}

const NoteHere = later(() => import('./note-here.tsx'));

const FORMATS = [
  { format: 'html', name: 'HTML' },
  { format: 'md', name: 'Markdown' },
  { format: 'pdf', name: 'PDF' },
] as const;

function Note({ period }: { readonly period: Period }) {
  const say = useSay(reportsPhrases);
  const sayCommon = useSay(common);
  const [isRead, setIsRead] = useState(false);
  const address = (format: string, lang: string) => `/api/v1/note?${queryOf(period, { format, lang })}`;
  return (
    <section className="panel" aria-labelledby="note">
      <h2 id="note">{say('note.title')}</h2>
      <p>{say('note.why')}</p>
      <p>
        <Button onPress={() => setIsRead(!isRead)} aria-expanded={isRead}>
          {say(isRead ? 'note.hide' : 'note.here')}
        </Button>
      </p>
      {isRead ? (
        <Suspense>
          <NoteHere period={period} />
        </Suspense>
      ) : null}
      <ul className="downloads">
        {(['en', 'fr'] as const).flatMap((lang) => {
          const language = sayCommon(`language.${lang}`);
          return [
            <li key={`read ${lang}`}>
              <a href={address('html', lang)}>{say('note.read', { language })}</a>
            </li>,
            ...FORMATS.map(({ format, name }) => (
              <li key={`${format} ${lang}`}>
                <a href={address(format, lang)} download={`note.${lang}.${format}`}>
                  {say('note.download', { format: name, language })}
                </a>
              </li>
            )),
          ];
        })}
      </ul>
    </section>
  );
}
