// What was changed of the configuration while the centre ran: when, by whom, what and why. The journal has the same for
// ever; this is read from the audit.

import { useEffect, useState } from 'react';
import { ask, type Fault } from '../../access/api.ts';
import { useFaultText } from '../../access/fault-text.ts';
import { Table } from '../../kit/table.tsx';
import { useFormats } from '../../language/formats.ts';
import { useSay } from '../../language/phrases.ts';
import { adminPhrases } from './admin-phrases.ts';

type Change = {
  readonly at: number;
  readonly by: string;
  readonly changed: string;
  readonly because: string;
};

/** The clock of the person who looks. */
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export default function HistorySection() {
  const say = useSay(adminPhrases);
  const formats = useFormats();
  const faultText = useFaultText();
  const [changes, setChanges] = useState<readonly Change[]>([]);
  const [fault, setFault] = useState<Fault>();
  useEffect(() => {
    void ask<{ changes: Change[] }>('GET', '/configuration/changes').then((answer) => {
      if (answer.ok) setChanges(answer.value.changes);
      else setFault(answer.fault);
    });
  }, []);
  return (
    <section aria-labelledby="history-title">
      <h2 id="history-title">{say('history.title')}</h2>
      {fault === undefined ? null : (
        <p className="field-fault" role="alert">
          {faultText(fault)}
        </p>
      )}
      <Table
        caption={say('history.title')}
        captionHidden
        rows={changes}
        keyOf={({ at, changed }) => `${at} ${changed}`}
        empty={say('history.empty')}
        columns={[
          { id: 'at', name: say('history.at'), head: true, cell: ({ at }) => formats.moment(at, HERE) },
          { id: 'by', name: say('history.by'), cell: ({ by }) => by },
          { id: 'what', name: say('history.what'), cell: ({ changed }) => <span lang="en">{changed}</span> },
          { id: 'why', name: say('history.why'), cell: ({ because }) => because },
        ]}
      />
    </section>
  );
}
