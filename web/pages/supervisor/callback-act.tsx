// One act on one callback: what it will do, what it needs, and the request. Each is recorded with who did it; what became
// of it comes with the stream.

import { useState } from 'react';
import { ask, type Fault } from '../../access/api.ts';
import { Ask } from '../../kit/dialog.tsx';
import { Field, Select } from '../../kit/field.tsx';
import { tell } from '../../kit/toast.tsx';
import { common } from '../../language/common-phrases.ts';
import { useFormats } from '../../language/formats.ts';
import { useSay } from '../../language/phrases.ts';
import type { ShownCallback } from './callbacks-board.tsx';
import { supervisorPhrases } from './supervisor-phrases.ts';

export type Act = 'next' | 'postpone' | 'number' | 'cancel' | 'never';

type Props = {
  readonly act: Act;
  readonly callback: ShownCallback;
  readonly reasons: readonly string[];
  readonly onClose: () => void;
};

const MINUTES = [10, 20, 30, 60, 120, 240, 1440];

export function CallbackAct({ act, callback, reasons, onClose }: Props) {
  const say = useSay(supervisorPhrases);
  const sayCommon = useSay(common);
  const formats = useFormats();
  const { reference } = callback;
  const [reason, setReason] = useState(reasons[0] ?? null);
  const [minutes, setMinutes] = useState('30');
  const [number, setNumber] = useState('');
  const [fault, setFault] = useState('');

  const doIt = async (): Promise<Fault | undefined> => {
    const asked = requestOf(act, callback, { reason, minutes, number: number.trim() });
    if (asked === undefined) {
      setFault(sayCommon('field.missing'));
      return NOT_ASKED;
    }
    const answer = await asked;
    if (!answer.ok) return answer.fault;
    tell(say(`act.done.${act}`, { reference }));
    return undefined;
  };

  return (
    <Ask
      title={say(`act.${act}.title`, { reference })}
      act={say(`act.${act}.act`)}
      danger={act === 'cancel' || act === 'never'}
      isOpen
      onClose={onClose}
      onAct={doIt}
    >
      <p>{say(`act.${act}.what`)}</p>
      {act !== 'next' ? null : reasons.length === 0 ? (
        <p className="field-fault">{say('act.next.none')}</p>
      ) : (
        <Select
          label={say('act.next.reason')}
          choices={reasons.map((one) => ({ id: one, name: one.replaceAll('_', ' ') }))}
          value={reason}
          onChange={setReason}
          fault={fault}
        />
      )}
      {act !== 'postpone' ? null : (
        <Select
          label={say('act.postpone.by')}
          choices={MINUTES.map((n) => ({ id: String(n), name: formats.length(n * 60_000) }))}
          value={minutes}
          onChange={setMinutes}
        />
      )}
      {act !== 'number' ? null : (
        <Field
          label={say('act.number.number')}
          hint={say('act.number.hint')}
          type="tel"
          value={number}
          onChange={setNumber}
          maxLength={64}
          fault={fault}
          autoComplete="off"
          autoFocus
        />
      )}
    </Ask>
  );
}

type Given = { readonly reason: string | null; readonly minutes: string; readonly number: string };

/** Undefined: something is missing, and nothing is asked. */
function requestOf(act: Act, { id, place }: ShownCallback, given: Given): ReturnType<typeof ask> | undefined {
  const { reason, minutes, number } = given;
  switch (act) {
    case 'next':
      return reason === null ? undefined : ask('POST', `/places/${place}/priority`, { reason });
    case 'postpone':
      return ask('POST', `/callbacks/${id}/postpone`, { minutes: Number(minutes) });
    case 'number':
      return number === '' ? undefined : ask('POST', `/callbacks/${id}/number`, { number });
    case 'cancel':
      return ask('POST', `/callbacks/${id}/cancel`);
    case 'never':
      return ask('POST', `/callbacks/${id}/never-call`);
  }
}

/** What is missing is said at its field. */
const NOT_ASKED: Fault = { code: 'page.missing', detail: '', status: -1 };
