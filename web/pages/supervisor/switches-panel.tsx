// The owners' switches: what holds, since when, by whom and why. Turning one asks for a reason; the kill switch, which
// stops all dialling, asks for a word typed as well, because everybody's callbacks wait until it is on again.

import { useState } from 'react';
import type { Board, SwitchRow } from '../../../src/engine/board-shape.ts';
import { ask, type Fault } from '../../access/api.ts';
import { Button } from '../../kit/button.tsx';
import { Ask } from '../../kit/dialog.tsx';
import { Field } from '../../kit/field.tsx';
import { Badge } from '../../kit/figure.tsx';
import { type Column, Table } from '../../kit/table.tsx';
import { tell } from '../../kit/toast.tsx';
import { common } from '../../language/common-phrases.ts';
import { useFormats } from '../../language/formats.ts';
import { useSay } from '../../language/phrases.ts';
import { supervisorPhrases } from './supervisor-phrases.ts';
import { useWords } from './words.ts';

export function SwitchesPanel({ board }: { readonly board: Board }) {
  const say = useSay(supervisorPhrases);
  const [turning, setTurning] = useState<SwitchRow>();
  const columns = useColumns(board, setTurning);
  const all = Object.values(board.switches);
  const lines = all.filter(({ line }) => line !== null);
  const table = (caption: string, rows: readonly SwitchRow[]) => (
    <Table
      caption={caption}
      captionHidden
      columns={columns}
      rows={rows}
      keyOf={keyOf}
      toneOf={(row) => (isUnusual(row) ? 'warn' : undefined)}
      empty=""
    />
  );
  const touched = lines.filter(isUnusual).length;
  return (
    <section aria-labelledby="switches-title">
      <div className="panel-head">
        <h2 id="switches-title">{say('switches.title')}</h2>
      </div>
      {table(
        say('switches.title'),
        all.filter(({ line }) => line === null),
      )}
      {lines.length === 0 ? null : (
        <details className="more" open={touched > 0 ? true : undefined}>
          <summary>{say('switches.lines')}</summary>
          {table(say('switches.lines'), lines)}
        </details>
      )}
      {turning === undefined ? null : (
        <Turn board={board} row={turning} onClose={() => setTurning(undefined)} />
      )}
    </section>
  );
}

function keyOf({ name, line }: SwitchRow): string {
  return `${name}/${line ?? ''}`;
}

/** Otherwise than it is where nobody has turned anything. */
function isUnusual({ name, on, inForce }: SwitchRow): boolean {
  return name === 'emergency' ? on || inForce : !on || !inForce;
}

function useColumns(board: Board, onTurn: (row: SwitchRow) => void): Column<SwitchRow>[] {
  const say = useSay(supervisorPhrases);
  const formats = useFormats();
  const words = useWords(board);
  const { timeZone } = board.centre[''];
  return [
    {
      ...{ id: 'name', name: say('switches.name'), head: true },
      cell: ({ name, line }) => (
        <>
          {say(`switch.${name}`)}
          {line === null ? null : <span className="beneath">{words.line(line)}</span>}
        </>
      ),
    },
    {
      ...{ id: 'state', name: say('switches.state') },
      cell: (row) => (
        <>
          <Badge tone={isUnusual(row) ? 'warn' : 'good'}>
            {say(row.on ? 'switches.on' : 'switches.off')}
          </Badge>
          {row.on === row.inForce ? null : (
            <span className="beneath">
              {say(row.inForce ? 'switches.overruled_on' : 'switches.overruled')}
            </span>
          )}
        </>
      ),
    },
    {
      ...{ id: 'turned', name: say('switches.turned') },
      cell: ({ at, by, reason }) =>
        at === null ? (
          <span className="soft">{say('switches.never')}</span>
        ) : (
          say('switches.by', { time: formats.time(at, timeZone), by: by ?? '', reason: reason ?? '' })
        ),
    },
    {
      ...{ id: 'acts', name: say('callbacks.acts') },
      cell: (row) => {
        const text = say(actPhrase(row));
        const of = say(row.on ? 'switches.turn_off.of' : 'switches.turn_on.of', {
          ...{ name: say(`switch.${row.name}`), where: words.line(row.line) },
        });
        return (
          <Button
            size="small"
            kind={row.name === 'dialling' && row.on ? 'danger' : 'plain'}
            aria-label={row.name === 'dialling' ? text : of}
            onPress={() => onTurn(row)}
          >
            {text}
          </Button>
        );
      },
    },
  ];
}

function actPhrase({ name, on }: SwitchRow) {
  if (name === 'dialling') return on ? 'kill.act' : 'kill.release';
  return on ? 'switches.turn_off' : 'switches.turn_on';
}

type TurnProps = { readonly board: Board; readonly row: SwitchRow; readonly onClose: () => void };

function Turn({ board, row, onClose }: TurnProps) {
  const say = useSay(supervisorPhrases);
  const sayCommon = useSay(common);
  const words = useWords(board);
  const [reason, setReason] = useState('');
  const [word, setWord] = useState('');
  const [tried, setTried] = useState(false);
  const { name, line } = row;
  const on = !row.on;
  const isKill = name === 'dialling' && !on;
  const isMeant = !isKill || word === say('kill.word');
  const doIt = async (): Promise<Fault | undefined> => {
    setTried(true);
    if (reason.trim() === '' || !isMeant) return NOT_ASKED;
    const answer = await ask('POST', '/switches', { name, line, on, reason: reason.trim() });
    if (!answer.ok) return answer.fault;
    const state = say(on ? 'switches.on' : 'switches.off');
    tell(say('switches.done', { name: say(`switch.${name}`), state }));
    return undefined;
  };
  const named = { name: say(`switch.${name}`), where: words.line(line) };
  const consequence = name === 'emergency' ? 'switch.emergency.on' : (`switch.${name}.off` as const);
  return (
    <Ask
      title={say(on ? 'switches.turn_on.of' : 'switches.turn_off.of', named)}
      act={say(actPhrase(row)).replace('…', '')}
      danger={isKill}
      isOpen
      onClose={onClose}
      onAct={doIt}
    >
      {on === (name === 'emergency') ? <p>{say(consequence)}</p> : null}
      <Field
        label={say('switches.reason')}
        hint={say('switches.reason.hint')}
        value={reason}
        onChange={setReason}
        maxLength={200}
        fault={tried && reason.trim() === '' ? sayCommon('field.missing') : ''}
        autoFocus
        required
      />
      {isKill ? (
        <Field
          label={say('kill.confirm', { word: say('kill.word') })}
          value={word}
          onChange={setWord}
          maxLength={8}
          autoComplete="off"
          fault={tried && !isMeant ? say('kill.word.wrong', { word: say('kill.word') }) : ''}
          required
        />
      ) : null}
    </Ask>
  );
}

/** What is missing is said at its field. */
const NOT_ASKED: Fault = { code: 'page.missing', detail: '', status: -1 };
