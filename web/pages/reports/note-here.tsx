// The briefing note read in place: the same sections, sentences and tables as the documents that can be downloaded, in the
// language of the page, each sentence with the numbers of what it cites.

import { useEffect, useState } from 'react';
import type { Words } from '../../../src/figures/figure.ts';
import type { Cited, Note, Part, Saying } from '../../../src/figures/note/note.ts';
import { ask, type Fault } from '../../access/api.ts';
import { useFaultText } from '../../access/fault-text.ts';
import { Table } from '../../kit/table.tsx';
import { useLanguage } from '../../language/language.tsx';
import { useSay } from '../../language/phrases.ts';
import { type Period, queryOf } from './report-parts.ts';
import { reportsPhrases } from './reports-phrases.ts';

export default function NoteHere({ period }: { readonly period: Period }) {
  const say = useSay(reportsPhrases);
  const faultText = useFaultText();
  const { language } = useLanguage();
  const [note, setNote] = useState<Note>();
  const [fault, setFault] = useState<Fault>();
  useEffect(() => {
    let isOver = false;
    void ask<Note>('GET', `/note?${queryOf(period, { format: 'json' })}`).then((answer) => {
      if (isOver) return;
      setNote(answer.ok ? answer.value : undefined);
      setFault(answer.ok ? undefined : answer.fault);
    });
    return () => {
      isOver = true;
    };
  }, [period]);
  if (fault !== undefined)
    return (
      <p className="field-fault" role="alert">
        {faultText(fault)}
      </p>
    );
  if (note === undefined) return null;
  return (
    <article className="note-here" aria-labelledby="note-here-title">
      <div>
        <p className="soft small">{note.form[language]}</p>
        <h3 id="note-here-title">{note.title[language]}</h3>
        <p className="soft">{note.period[language]}</p>
      </div>
      {note.sections.map(({ id, heading, parts }) => (
        <section key={id} aria-labelledby={`note-${id}`}>
          <h4 id={`note-${id}`}>{heading[language]}</h4>
          {parts.map((part) => (
            <PartHere
              key={part.heading?.en ?? part.sayings[0]?.id ?? part.table?.caption.en ?? ''}
              part={part}
              note={note}
            />
          ))}
        </section>
      ))}
      <h4>{say('note.annex')}</h4>
      <ol>
        {note.annex.map((cited) => (
          <li key={`${cited.figure} ${cited.of.en} ${cited.period.en} ${cited.isDifference}`}>
            {`${cited.name[language]}, ${cited.of[language]}, ${cited.period[language]}${language === 'fr' ? '\u00a0' : ''}: ${cited.formula[language]} (n = ${cited.n})`}
          </li>
        ))}
      </ol>
      <p className="soft">{note.closing[language]}</p>
    </article>
  );
}

function PartHere({ part, note }: { readonly part: Part; readonly note: Note }) {
  const { language } = useLanguage();
  const { heading, lead, sayings, table } = part;
  return (
    <>
      {heading === null ? null : <h5>{heading[language]}</h5>}
      {lead === null ? null : <p>{lead[language]}</p>}
      {sayings.length === 0 ? null : (
        <ul>
          {sayings.map((saying) => (
            <li key={saying.id}>
              <Sentence saying={saying} note={note} />
            </li>
          ))}
        </ul>
      )}
      {table === null ? null : (
        <Table
          caption={table.caption[language]}
          rows={table.rows}
          keyOf={(row) => row.map((cell) => cell.en).join(' ')}
          empty=""
          columns={table.head.map((head, i) => ({
            ...{ id: String(i), name: head[language], head: i === 0 },
            cell: (row: readonly Words[]) => row[i]?.[language] ?? '',
          }))}
        />
      )}
    </>
  );
}

/** Its place in the annex, from 1. */
function numberIn(annex: readonly Cited[], { figure, of, period, isDifference }: Cited): number {
  return (
    annex.findIndex(
      (one) =>
        one.figure === figure &&
        one.of.en === of.en &&
        one.period.en === period.en &&
        one.isDifference === isDifference,
    ) + 1
  );
}

function Sentence({ saying, note }: { readonly saying: Saying; readonly note: Note }) {
  const say = useSay(reportsPhrases);
  const { language } = useLanguage();
  const { text, cites, entered } = saying;
  const numbers = cites.map((cited) => numberIn(note.annex, cited));
  return (
    <>
      {text[language]}
      {entered === null
        ? null
        : ` ${say('note.source', { source: entered.source[language], date: entered.date[language] })}`}
      {numbers.length === 0 ? null : <span className="soft small">{` [${numbers.join(', ')}]`}</span>}
    </>
  );
}
