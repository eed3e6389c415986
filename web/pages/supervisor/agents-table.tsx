// The agents at work: state, since when, with whom, and what can be set for them. Those who need a look come first: not
// ready, then wrapping up, each the longest first.

import { useState } from 'react';
import type { AgentRow, Board } from '../../../src/engine/board-shape.ts';
import { ask, type Fault } from '../../access/api.ts';
import { useFaultText } from '../../access/fault-text.ts';
import { Ask } from '../../kit/dialog.tsx';
import { Select } from '../../kit/field.tsx';
import { Badge } from '../../kit/figure.tsx';
import { Menu } from '../../kit/menu.tsx';
import { type Column, Table, type Tone } from '../../kit/table.tsx';
import { tell } from '../../kit/toast.tsx';
import { useFormats } from '../../language/formats.ts';
import { useSay } from '../../language/phrases.ts';
import { useNow } from '../../live/use-board.ts';
import { supervisorPhrases } from './supervisor-phrases.ts';
import { useWords } from './words.ts';

type Row = AgentRow & { readonly id: string };

const ORDER: readonly AgentRow['state'][] = [
  'not_ready',
  'wrap_up',
  'clearing',
  'reserved',
  'consulted',
  'on_call',
  'ready',
];
const TONES: Readonly<Partial<Record<AgentRow['state'], Tone>>> = { ready: 'good', not_ready: 'warn' };
/** Also what a supervisor may give. */
const REASONS = ['break', 'meal', 'training', 'meeting', 'other'] as const;

export function AgentsTable({ board }: { readonly board: Board }) {
  const say = useSay(supervisorPhrases);
  const faultText = useFaultText();
  const words = useWords(board);
  const [asked, setAsked] = useState<string>();
  const columns = useColumns(board, async (agent, to) => {
    if (to === 'not_ready') {
      setAsked(agent);
      return;
    }
    const answer = await ask('POST', `/agents/${encodeURIComponent(agent)}/ready`);
    if (answer.ok) tell(say('agents.done', { agent, state: words.agentState('ready') }));
    else tell(faultText(answer.fault), 'bad');
  });
  const rows = Object.entries(board.agents)
    .map(([id, row]) => ({ ...row, id }))
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.since - b.since);
  return (
    <section aria-labelledby="agents-title">
      <div className="panel-head">
        <h2 id="agents-title">{say('agents.title')}</h2>
      </div>
      <Table
        caption={say('agents.title')}
        captionHidden
        columns={columns}
        rows={rows}
        keyOf={({ id }) => id}
        empty={say('agents.none')}
      />
      {asked === undefined ? null : <NotReady agent={asked} onClose={() => setAsked(undefined)} />}
    </section>
  );
}

function useColumns(board: Board, onSet: (agent: string, to: string) => void): Column<Row>[] {
  const say = useSay(supervisorPhrases);
  const formats = useFormats();
  const words = useWords(board);
  const now = useNow('supervisor');
  const doing = ({ callback, line, state }: Row) => {
    if (line === null || state === 'wrap_up') return '';
    const row = callback === null ? undefined : board.callbacks[callback];
    return (
      <>
        {row === undefined
          ? say('agents.doing.caller')
          : say('agents.doing.callback', { reference: row.reference })}
        <span className="beneath">{words.line(line)}</span>
      </>
    );
  };
  return [
    { ...{ id: 'agent', name: say('agents.agent'), head: true }, cell: ({ id }) => id },
    {
      ...{ id: 'state', name: say('agents.state') },
      cell: ({ state, reason, next }) => (
        <>
          <Badge tone={TONES[state] ?? 'calm'}>
            {reason === ''
              ? words.agentState(state)
              : say('agents.reason', { state: words.agentState(state), reason: words.reason(reason) })}
          </Badge>
          {next === null ? null : (
            <span className="beneath">{say('agents.next', { state: words.agentState(next.state) })}</span>
          )}
        </>
      ),
    },
    {
      ...{ id: 'since', name: say('agents.since'), number: true },
      cell: ({ since }) => formats.clock(now - since),
    },
    { ...{ id: 'doing', name: say('agents.doing') }, cell: doing },
    {
      ...{ id: 'acts', name: say('agents.acts') },
      cell: ({ id }) => (
        <Menu
          label={say('agents.set.of', { agent: id })}
          text={say('agents.set')}
          entries={[
            { id: 'ready', name: say('agents.set.ready') },
            { id: 'not_ready', name: say('agents.set.not_ready') },
          ]}
          onChoose={(to) => onSet(id, to)}
        />
      ),
    },
  ];
}

function NotReady({ agent, onClose }: { readonly agent: string; readonly onClose: () => void }) {
  const say = useSay(supervisorPhrases);
  const [reason, setReason] = useState<string>('break');
  const doIt = async (): Promise<Fault | undefined> => {
    const answer = await ask('POST', `/agents/${encodeURIComponent(agent)}/not-ready`, { reason });
    return answer.ok ? undefined : answer.fault;
  };
  return (
    <Ask
      title={say('agents.not_ready.title', { agent })}
      act={say('agents.not_ready.act')}
      isOpen
      onClose={onClose}
      onAct={doIt}
    >
      <p>{say('agents.not_ready.what')}</p>
      <Select
        label={say('agents.not_ready.reason')}
        choices={REASONS.map((id) => ({ id, name: say(`reason.${id}`) }))}
        value={reason}
        onChange={setReason}
      />
    </Ask>
  );
}
