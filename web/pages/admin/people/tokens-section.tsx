// Tokens of programs: what each may do, until when; made, with the secret shown once, and ended.

import { useState } from 'react';
import { ask, type Fault } from '../../../access/api.ts';
import { useFaultText } from '../../../access/fault-text.ts';
import { Button } from '../../../kit/button.tsx';
import { Ask } from '../../../kit/dialog.tsx';
import { Field } from '../../../kit/field.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { tell } from '../../../kit/toast.tsx';
import { common } from '../../../language/common-phrases.ts';
import { useFormats } from '../../../language/formats.ts';
import { useSay } from '../../../language/phrases.ts';
import { Choices } from './choices.tsx';
import { peoplePhrases } from './people-phrases.ts';
import { SecretShown } from './secret-shown.tsx';
import { usePages } from './use-pages.ts';

type TokenRow = {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly endedAt: number | null;
};

const SCOPES = [
  ...['read:stand', 'read:figures', 'read:callbacks', 'write:agents', 'write:callbacks', 'write:switches'],
] as const;
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const NOT_ASKED: Fault = { code: 'page.missing', detail: '', status: -1 };

export default function TokensSection() {
  const say = useSay(peoplePhrases);
  const faultText = useFaultText();
  const { rows, fault, more, reload } = usePages<TokenRow>('/tokens', 'tokens');
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<TokenRow>();
  const [secret, setSecret] = useState('');
  const end = async (): Promise<Fault | undefined> => {
    const answer = await ask('DELETE', `/tokens/${ending?.id}`);
    await reload();
    if (!answer.ok) return answer.fault;
    tell(say('tokens.end.done'));
    return undefined;
  };
  return (
    <section aria-labelledby="tokens-title">
      <div className="panel-head">
        <h2 id="tokens-title">{say('tokens.title')}</h2>
        <Button kind="primary" onPress={() => setMaking(true)}>
          {say('tokens.add')}
        </Button>
      </div>
      <p className="soft">{say('tokens.why')}</p>
      {fault === undefined ? null : (
        <p className="field-fault" role="alert">
          {faultText(fault)}
        </p>
      )}
      <Table
        caption={say('tokens.title')}
        captionHidden
        rows={rows}
        keyOf={({ id }) => id}
        empty={say('tokens.empty')}
        columns={useColumns(setEnding)}
      />
      {more === undefined ? null : <Button onPress={more}>{say('accounts.more')}</Button>}
      {making ? (
        <TokenForm
          onClose={() => setMaking(false)}
          onMade={async (token) => {
            await reload();
            setSecret(token);
          }}
        />
      ) : null}
      {ending === undefined ? null : (
        <Ask
          title={say('tokens.end.of', { name: ending.name })}
          act={say('tokens.end.act')}
          danger
          isOpen
          onClose={() => setEnding(undefined)}
          onAct={end}
          faults={peoplePhrases}
        >
          <p>{say('tokens.end.what')}</p>
        </Ask>
      )}
      {secret === '' ? null : <SecretShown secret={secret} onClose={() => setSecret('')} />}
    </section>
  );
}

function useColumns(onEnd: (row: TokenRow) => void): Column<TokenRow>[] {
  const say = useSay(peoplePhrases);
  const formats = useFormats();
  return [
    { id: 'name', name: say('tokens.name'), head: true, cell: ({ name }) => name },
    { id: 'scopes', name: say('tokens.scopes'), cell: ({ scopes }) => <code>{scopes.join(' ')}</code> },
    { id: 'made', name: say('tokens.made'), cell: ({ createdAt }) => formats.moment(createdAt, HERE) },
    {
      ...{ id: 'expires', name: say('tokens.expires') },
      cell: ({ expiresAt, endedAt }) =>
        endedAt === null
          ? formats.moment(expiresAt, HERE)
          : say('tokens.ended', { at: formats.moment(endedAt, HERE) }),
    },
    {
      ...{ id: 'acts', name: say('accounts.acts') },
      cell: (row) =>
        row.endedAt !== null ? null : (
          <Button
            size="small"
            aria-label={say('tokens.end.of', { name: row.name })}
            onPress={() => onEnd(row)}
          >
            {say('tokens.end')}
          </Button>
        ),
    },
  ];
}

type FormProps = { readonly onClose: () => void; readonly onMade: (token: string) => unknown };

function TokenForm({ onClose, onMade }: FormProps) {
  const say = useSay(peoplePhrases);
  const sayCommon = useSay(common);
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly string[]>(['read:stand']);
  const [days, setDays] = useState('90');
  const [tried, setTried] = useState(false);
  const missing = tried ? sayCommon('field.missing') : '';
  const make = async (): Promise<Fault | undefined> => {
    setTried(true);
    if (name.trim() === '' || scopes.length === 0) return NOT_ASKED;
    const body = { name: name.trim(), scopes, days: Number(days) };
    const answer = await ask<{ token: string }>('POST', '/tokens', body);
    if (!answer.ok) return answer.fault;
    await onMade(answer.value.token);
    return undefined;
  };
  return (
    <Ask
      title={say('tokens.add').replace('…', '')}
      act={say('tokens.add.act')}
      isOpen
      onClose={onClose}
      onAct={make}
      faults={peoplePhrases}
    >
      <Field
        label={say('tokens.name')}
        value={name}
        onChange={setName}
        maxLength={100}
        fault={name.trim() === '' ? missing : ''}
        autoFocus
        required
      />
      <Choices
        label={say('tokens.scopes')}
        choices={SCOPES.map((id) => ({ id, name: id }))}
        value={scopes}
        onChange={setScopes}
        fault={scopes.length === 0 ? missing : ''}
      />
      <Field label={say('tokens.days')} value={days} onChange={setDays} inputMode="numeric" maxLength={3} />
    </Ask>
  );
}
