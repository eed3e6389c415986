// Whom to consult, or to transfer the client to: lines, colleagues who are ready, and the directory, found by typing. By
// keyboard alone: what is found is gone through with the arrow keys, and each has its two buttons. A refusal is one
// sentence, and the dialog stays for another choice. Loaded when it is asked for.

import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { Party } from '../../../src/core/input.ts';
import type { AgentRow, LineRow } from '../../../src/engine/board-shape.ts';
import type { Fault } from '../../access/api.ts';
import { useFaultText } from '../../access/fault-text.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Field } from '../../kit/field.tsx';
import { common } from '../../language/common-phrases.ts';
import { useFormats } from '../../language/formats.ts';
import { useLanguage } from '../../language/language.tsx';
import { useSay } from '../../language/phrases.ts';
import { useBoard } from '../../live/use-board.ts';
import { talkPhrases } from './talk-phrases.ts';
import type { Act } from './use-act.ts';
import { useLineName, useOutsideName } from './words.ts';

type Props = {
  readonly agent: string;
  readonly row: AgentRow;
  readonly act: Act;
  readonly onClose: () => void;
};

type Choice = {
  readonly key: string;
  readonly name: string;
  /** Beneath the name. */
  readonly more: string;
  readonly to: Party;
  readonly mayTransfer: boolean;
};

export default function PartyDialog({ agent, row, act, onClose }: Props) {
  const say = useSay(talkPhrases);
  const faultText = useFaultText();
  const [sought, setSought] = useState('');
  const [fault, setFault] = useState<Fault>();
  const room = useRef<HTMLElement>(null);
  const groups = useGroups(agent, row);
  const isFound = ({ name, more }: Choice) => plain(`${name} ${more}`).includes(plain(sought));
  const send = async (what: 'consult' | 'transfer', { to }: Choice) => {
    setFault(undefined);
    const found = await act.towards(what, to);
    if (found === undefined) onClose();
    else setFault(found);
  };
  const found = groups.map((group) => ({ ...group, choices: group.choices.filter(isFound) }));
  return (
    <Dialog title={say('party.title')} isOpen onClose={onClose} wide>
      <search className="party" ref={room} onKeyDown={(event) => go(event, room.current)}>
        <p className="soft">{say('party.what')}</p>
        <Field
          label={say('party.find')}
          hint={say('party.keys')}
          value={sought}
          onChange={setSought}
          type="search"
          maxLength={80}
          autoFocus
        />
        <p className="ask-fault" role="alert">
          {fault === undefined ? '' : faultText(fault)}
        </p>
        {found.map(({ id, choices, none }) =>
          choices.length === 0 && (none === null || sought !== '') ? null : (
            <Group key={id} title={say(`party.${id}`)}>
              {choices.length === 0 ? <li className="soft">{none}</li> : null}
              {choices.map((choice) => (
                <Row key={choice.key} choice={choice} onSend={send} />
              ))}
            </Group>
          ),
        )}
        {sought !== '' && found.every(({ choices }) => choices.length === 0) ? (
          <p role="status">{say('party.none')}</p>
        ) : null}
      </search>
    </Dialog>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      <ul className="party-list">{children}</ul>
    </section>
  );
}

type RowProps = {
  readonly choice: Choice;
  readonly onSend: (what: 'consult' | 'transfer', choice: Choice) => Promise<void>;
};

function Row({ choice, onSend }: RowProps) {
  const say = useSay(talkPhrases);
  const { name, more } = choice;
  return (
    <li className="party-row">
      <span className="party-name">
        <strong>{name}</strong>
        <span className="soft small">{more}</span>
      </span>
      <span className="party-acts">
        <Button
          size="small"
          data-column="consult"
          aria-label={say('party.consult.of', { name })}
          onPress={() => onSend('consult', choice)}
        >
          {say('party.consult')}
        </Button>
        {choice.mayTransfer ? (
          <Button
            size="small"
            data-column="transfer"
            aria-label={say('party.transfer.of', { name })}
            onPress={() => onSend('transfer', choice)}
          >
            {say('party.transfer')}
          </Button>
        ) : null}
      </span>
    </li>
  );
}

type GroupOf = {
  readonly id: 'lines' | 'colleagues' | 'directory';
  readonly choices: readonly Choice[];
  /** Said where there is nobody to begin with; null: the group is left out. */
  readonly none: string | null;
};

function useGroups(agent: string, row: AgentRow): readonly GroupOf[] {
  const say = useSay(talkPhrases);
  const sayCommon = useSay(common);
  const formats = useFormats();
  const { language } = useLanguage();
  const lineName = useLineName();
  const outsideName = useOutsideName();
  const lines = useBoard('agent', (board) => board.lines) ?? {};
  const colleagues = useBoard('agent', (board) => board.colleagues) ?? {};
  const directory = useBoard('agent', (board) => board.directory) ?? {};
  const inOrder = (choices: readonly Choice[]) =>
    [...choices].sort((a, b) => a.name.localeCompare(b.name, language));
  const lineMore = (id: string, { state, quote, agents }: LineRow): string => {
    if (state !== 'open') return say('party.line.closed');
    const wait =
      quote === null
        ? say('party.line.unknown')
        : say('party.line.wait', { min: quote.minMinutes, max: quote.maxMinutes });
    const ready = say('party.line.ready', { n: agents.ready });
    return [...(id === row.line ? [say('party.line.own')] : []), wait, ready].join(', ');
  };
  return [
    {
      id: 'lines',
      none: null,
      choices: Object.entries(lines).map(([id, line]) => ({
        ...{ key: id, name: lineName(id), more: lineMore(id, line) },
        ...{ to: { line: id } as Party, mayTransfer: id !== row.line },
      })),
    },
    {
      id: 'colleagues',
      none: say('party.colleagues.none'),
      choices: inOrder(
        Object.entries(colleagues)
          .filter(([id]) => id !== agent)
          .map(([id, { lines: served, languages }]) => ({
            ...{ key: id, name: id, to: { agent: id } as Party, mayTransfer: true },
            more: say('party.colleague', {
              languages: formats.list(languages.map((one) => sayCommon(`language.${one}`))),
              lines: formats.list(served.map(lineName)),
            }),
          })),
      ),
    },
    {
      id: 'directory',
      none: null,
      choices: inOrder(
        Object.keys(directory).map((id) => ({
          ...{ key: id, name: outsideName(id), more: '', to: { outside: id }, mayTransfer: true },
        })),
      ),
    },
  ];
}

/** Up and down from button to button of the same kind, and from the field into the list. */
function go(event: KeyboardEvent, room: HTMLElement | null): void {
  const { key, target } = event;
  if ((key !== 'ArrowDown' && key !== 'ArrowUp') || room === null || !(target instanceof HTMLElement)) return;
  const column = target.dataset.column ?? 'consult';
  const buttons = [...room.querySelectorAll<HTMLElement>(`[data-column="${column}"]`)];
  const at = buttons.indexOf(target);
  const next = buttons[at + (key === 'ArrowDown' ? 1 : -1)];
  const to = next ?? (key === 'ArrowUp' && at === 0 ? room.querySelector<HTMLElement>('input') : null);
  if (to === null || (at < 0 && key === 'ArrowUp')) return;
  event.preventDefault();
  to.focus();
}

/** Without capitals and accents: é is found by e. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
