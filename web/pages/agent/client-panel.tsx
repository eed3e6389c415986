// The client whom the agent is held for or speaks with: shown before the phone rings, and as long as they are together. The
// code to say stands in sight from the beginning; whatever is known of earlier attempts and notes beside it.

import type { AttemptCause, FactOf } from '../../../src/core/fact.ts';
import type { AgentRow } from '../../../src/engine/board-shape.ts';
import { Button } from '../../kit/button.tsx';
import { type Column, Table } from '../../kit/table.tsx';
import { tell } from '../../kit/toast.tsx';
import { common } from '../../language/common-phrases.ts';
import { useFormats } from '../../language/formats.ts';
import { useSay } from '../../language/phrases.ts';
import { useBoard, useNow } from '../../live/use-board.ts';
import { agentPhrases } from './agent-phrases.ts';
import { TalkActs, TalkState } from './talk-panel.tsx';
import type { Act } from './use-act.ts';
import type { Client } from './use-client.ts';
import { useLineName } from './words.ts';

type Props = {
  readonly row: AgentRow;
  readonly client: Client | null;
  readonly act: Act;
  readonly onReject: () => void;
  readonly onConsult: () => void;
};

export function ClientPanel({ row, client, act, onReject, onConsult }: Props) {
  const say = useSay(agentPhrases);
  const lineName = useLineName();
  const isTogether = row.state === 'reserved' || row.state === 'on_call';
  const isNew = row.state === 'reserved';
  const title =
    client !== null
      ? say('client.callback', { reference: client.reference })
      : say(isNew ? 'client.caller' : 'client.title');
  return (
    <section
      className="panel desk-client"
      aria-labelledby="client-title"
      data-new={isNew ? 'true' : undefined}
    >
      <div className="panel-head">
        <h2 id="client-title">{title}</h2>
        {isNew ? (
          <span className="unseen" role="alert">
            {title}
          </span>
        ) : null}
        {client?.link == null ? null : (
          <a href={client.link} target="_blank" rel="noreferrer noopener">
            {say('client.link')}
          </a>
        )}
      </div>
      {isTogether ? <Acts row={row} act={act} onReject={onReject} onConsult={onConsult} /> : null}
      <TalkState row={row} act={act} />
      {client === null ? (
        <p>
          {isTogether
            ? say('client.caller.line', { line: row.line === null ? '' : lineName(row.line) })
            : say(row.state === 'ready' ? 'client.none.ready' : 'client.none')}
        </p>
      ) : (
        <Known client={client} isTogether={isTogether} />
      )}
    </section>
  );
}

function Acts({ row, act, onReject, onConsult }: Omit<Props, 'client'>) {
  const say = useSay(agentPhrases);
  const formats = useFormats();
  const now = useNow('agent');
  const mark = async () => {
    if (await act.relay()) tell(say('relay.done'));
  };
  const isCallback = row.callback !== null;
  if (row.state === 'reserved')
    return (
      <div className="desk-do">
        <div className="desk-acts">
          {row.preview ? (
            <Button kind="primary" size="large" onPress={act.accept}>
              {say('accept.act')}
            </Button>
          ) : null}
          <Button size="large" onPress={onReject}>
            {say('reject.act')}
          </Button>
        </div>
        <p>
          {row.preview
            ? say('accept.by_itself', { time: formats.clock(Math.max(0, (row.until ?? now) - now)) })
            : say('ringing.what')}
        </p>
      </div>
    );
  return (
    <div className="desk-acts">
      <Button kind="danger" size="large" onPress={act.hangUp}>
        {say('hang_up.act')}
      </Button>
      <TalkActs row={row} act={act} onConsult={onConsult} />
      {isCallback && row.attempt === 'answered' ? (
        <Button onPress={act.voicemail}>{say('voicemail.act')}</Button>
      ) : null}
      <Button onPress={mark}>{say('relay.act')}</Button>
    </div>
  );
}

/** The code is for as long as it can be said. */
function Known({ client, isTogether }: { readonly client: Client; readonly isTogether: boolean }) {
  const say = useSay(agentPhrases);
  const sayCommon = useSay(common);
  const formats = useFormats();
  const lineName = useLineName();
  const now = useNow('agent');
  const timeZone = useBoard('agent', (board) => board.centre[''])?.timeZone;
  const { pending, attempts, notes } = client;
  return (
    <>
      {pending === null || !isTogether ? null : (
        <div className="desk-code">
          <span className="desk-code-name">
            {say(pending.codes.length > 1 ? 'client.codes' : 'client.code')}
          </span>
          {pending.codes.map((code) => (
            <strong key={code} className="desk-code-value">
              {[...code].join('\u2009')}
            </strong>
          ))}
        </div>
      )}
      <dl className="desk-facts">
        {pending === null ? null : (
          <Fact name={say('client.language')} value={sayCommon(`language.${pending.language}`)} isStrong />
        )}
        <Fact name={say('client.line')} value={lineName(client.line)} isStrong />
        {pending === null ? null : (
          <>
            <Fact name={say('client.asked')} value={formats.time(pending.registeredAt, timeZone)} />
            <Fact name={say('client.waited')} value={formats.length(now - pending.takenAt)} />
            <Fact
              name={say('client.promised')}
              value={
                pending.promised === null
                  ? say('client.promised.none')
                  : say('client.promised.within', {
                      min: pending.promised.minMinutes,
                      max: pending.promised.maxMinutes,
                    })
              }
            />
          </>
        )}
      </dl>
      {pending?.relay === true ? <p className="desk-mark">{say('client.relay')}</p> : null}
      <Attempts attempts={attempts} timeZone={timeZone} />
      <h3>{say('client.notes')}</h3>
      {notes.length === 0 ? (
        <p className="soft">{say('client.notes.none')}</p>
      ) : (
        <ul className="desk-notes">
          {notes.map(({ at, agent, text, callback }) => (
            <li key={`${at} ${callback}`}>
              <p className="desk-note">{text}</p>
              <p className="soft small">
                {say('client.notes.by', {
                  agent,
                  time: formats.moment(at, timeZone),
                  reference: String(callback).padStart(6, '0'),
                })}
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

type FactProps = { readonly name: string; readonly value: string; readonly isStrong?: boolean };

function Fact({ name, value, isStrong = false }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{isStrong ? <strong>{value}</strong> : value}</dd>
    </div>
  );
}

type Tried = Client['attempts'][number];

/** All that the records say of attempts that are over; whoever adds one finds here that it wants words. */
type Cause = AttemptCause | `voided_${FactOf<'attempt.voided'>['cause']}` | 'completed';

function isCause(endedAs: string): endedAs is Cause {
  return Object.hasOwn(agentPhrases, `cause.${endedAs}`);
}

function Attempts({
  attempts,
  timeZone,
}: {
  readonly attempts: readonly Tried[];
  readonly timeZone: string | undefined;
}) {
  const say = useSay(agentPhrases);
  const formats = useFormats();
  if (attempts.length === 0)
    return (
      <>
        <h3>{say('client.attempts')}</h3>
        <p className="soft">{say('client.attempts.none')}</p>
      </>
    );
  const columns: Column<Tried>[] = [
    {
      ...{ id: 'when', name: say('client.attempts.when'), head: true },
      cell: ({ at }) => formats.time(at, timeZone),
    },
    {
      ...{ id: 'cause', name: say('client.attempts.cause') },
      cell: ({ endedAs }) => (isCause(endedAs) ? say(`cause.${endedAs}`) : endedAs.replaceAll('_', ' ')),
    },
  ];
  return (
    <>
      <h3>{say('client.attempts')}</h3>
      <Table
        caption={say('client.attempts')}
        captionHidden
        columns={columns}
        rows={attempts}
        keyOf={({ at }) => at}
        empty={say('client.attempts.none')}
      />
    </>
  );
}
