// Every pending callback by line and rank, with when it is expected, how it stands, and what can be done with it. Of a
// long line the first are shown, and the others on request.

import { useDeferredValue, useMemo, useState } from 'react';
import type { Board, CallbackRow } from '../../../src/engine/board-shape.ts';
import { Button } from '../../kit/button.tsx';
import { Select } from '../../kit/field.tsx';
import { Badge } from '../../kit/figure.tsx';
import { Menu } from '../../kit/menu.tsx';
import { type Column, Table, type Tone } from '../../kit/table.tsx';
import { common } from '../../language/common-phrases.ts';
import { type Formats, useFormats } from '../../language/formats.ts';
import { type Say, useSay } from '../../language/phrases.ts';
import { useNow } from '../../live/use-board.ts';
import { type Act, CallbackAct } from './callback-act.tsx';
import { supervisorPhrases } from './supervisor-phrases.ts';
import { useWords, type WordsOf } from './words.ts';

export type ShownCallback = CallbackRow & { readonly id: string };

const SHOWN_FIRST = 30;
const ALL = '';

type Props = { readonly board: Board; readonly onStory: (reference: string) => void };

export function CallbacksBoard({ board, onStory }: Props) {
  const say = useSay(supervisorPhrases);
  const sayCommon = useSay(common);
  const formats = useFormats();
  const words = useWords(board);
  const now = useNow('supervisor');
  const [line, setLine] = useState(ALL);
  const [shownMax, setShownMax] = useState(SHOWN_FIRST);
  const [act, setAct] = useState<{ readonly act: Act; readonly callback: ShownCallback }>();
  const callbacks = useDeferredValue(board.callbacks);
  const rows = useMemo(() => sorted(callbacks, line), [callbacks, line]);
  const shown = rows.slice(0, shownMax);
  const choices = [
    { id: ALL, name: say('callbacks.all') },
    ...Object.keys(board.lines).map((id) => ({ id, name: words.line(id) })),
  ];
  const choose = (callback: ShownCallback, id: string) => {
    if (id === 'story') onStory(callback.reference);
    else setAct({ act: id as Act, callback });
  };
  const { timeZone } = board.centre[''];
  const ground = { say, sayCommon, formats, words, now, timeZone, choose };
  return (
    <section className="callbacks" aria-labelledby="callbacks-title">
      <div className="panel-head">
        <h2 id="callbacks-title">
          {say('callbacks.title')} <span className="soft number">{formats.whole(rows.length)}</span>
        </h2>
        <Select label={say('callbacks.line')} choices={choices} value={line} onChange={setLine} />
      </div>
      <Table
        caption={say('callbacks.title')}
        captionHidden
        columns={columnsOf(ground)}
        rows={shown}
        keyOf={({ id }) => id}
        toneOf={({ state, attempts }) => (state === 'due' || attempts > 0 ? 'warn' : undefined)}
        empty={say('callbacks.none')}
      />
      {rows.length <= shownMax ? null : (
        <Button onPress={() => setShownMax(shownMax + 100)}>
          {say('callbacks.more', { n: Math.min(100, rows.length - shownMax), all: rows.length })}
        </Button>
      )}
      {act === undefined ? null : (
        <CallbackAct
          act={act.act}
          callback={act.callback}
          reasons={board.lines[act.callback.line]?.reasons ?? []}
          onClose={() => setAct(undefined)}
        />
      )}
    </section>
  );
}

/** Those in an agent's hands first, then by rank; lines one after the other. */
function sorted(callbacks: Board['callbacks'], line: string): ShownCallback[] {
  return Object.entries(callbacks)
    .filter(([, row]) => line === ALL || row.line === line)
    .map(([id, row]) => ({ ...row, id }))
    .sort((a, b) => a.line.localeCompare(b.line) || a.rank - b.rank || Number(a.id) - Number(b.id));
}

type Ground = {
  readonly say: Say<typeof supervisorPhrases>;
  readonly sayCommon: Say<typeof common>;
  readonly formats: Formats;
  readonly words: WordsOf;
  readonly now: number;
  readonly timeZone: string;
  readonly choose: (callback: ShownCallback, id: string) => void;
};

const TONES: Readonly<Partial<Record<CallbackRow['state'], Tone>>> = {
  connected: 'good',
  serving: 'good',
  due: 'warn',
  retry_wait: 'warn',
};

function columnsOf(ground: Ground): Column<ShownCallback>[] {
  const { say, sayCommon, formats, words, now } = ground;
  return [
    { ...{ id: 'rank', name: say('callbacks.rank'), number: true }, cell: ({ rank }) => formats.whole(rank) },
    {
      ...{ id: 'reference', name: say('callbacks.reference'), head: true },
      cell: ({ reference, relay }) => (
        <>
          {reference}
          {relay ? <span className="beneath">{say('callbacks.relay')}</span> : null}
        </>
      ),
    },
    {
      ...{ id: 'line', name: say('callbacks.line') },
      cell: ({ line, language }) => (
        <>
          {words.line(line)}
          <span className="beneath">{sayCommon(`language.${language}`)}</span>
        </>
      ),
    },
    {
      ...{ id: 'state', name: say('callbacks.state') },
      cell: (row) => (
        <>
          <Badge tone={TONES[row.state] ?? 'calm'}>{say(`callback.${row.state}`)}</Badge>
          {row.agent === null ? null : <span className="beneath">{row.agent}</span>}
          {row.reason === '' ? null : <span className="beneath">{words.reason(row.reason)}</span>}
        </>
      ),
    },
    {
      ...{ id: 'waited', name: say('callbacks.waited'), number: true },
      cell: ({ takenAt }) => formats.clock(now - takenAt),
    },
    {
      ...{ id: 'expected', name: say('callbacks.expected') },
      cell: (row) => expectedOf(row, ground),
    },
    {
      ...{ id: 'attempts', name: say('callbacks.attempts'), number: true },
      cell: ({ attempts, attemptsMax }) => say('callbacks.attempts.of', { n: attempts, max: attemptsMax }),
    },
    { ...{ id: 'acts', name: say('callbacks.acts') }, cell: (row) => <Acts row={row} ground={ground} /> },
  ];
}

function expectedOf(
  { notBefore, expected, state }: ShownCallback,
  { say, formats, timeZone }: Ground,
): string {
  if (state === 'serving' || state === 'connected') return '';
  if (notBefore !== null)
    return say('callbacks.expected.not_before', { time: formats.time(notBefore, timeZone) });
  if (expected === null) return say('lines.told.unknown');
  return say('callbacks.expected.within', { min: expected.minMinutes, max: expected.maxMinutes });
}

function Acts({ row, ground }: { readonly row: ShownCallback; readonly ground: Ground }) {
  const { say, choose } = ground;
  const entries = [
    { id: 'next', name: say('act.next') },
    { id: 'postpone', name: say('act.postpone') },
    { id: 'number', name: say('act.number') },
    { id: 'story', name: say('act.story') },
    { id: 'cancel', name: say('act.cancel'), danger: true },
    { id: 'never', name: say('act.never'), danger: true },
  ];
  return (
    <Menu
      label={say('callbacks.acts.of', { reference: row.reference })}
      text={say('callbacks.acts')}
      entries={entries}
      onChoose={(id) => choose(row, id)}
    />
  );
}
