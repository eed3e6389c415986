// Accounts: who may sign in, as what; added, changed, disabled. A password is written here and never shown.

import { useEffect, useState } from 'react';
import { type Account, type Role, useAccount } from '../../../access/account.tsx';
import { ask, type Fault } from '../../../access/api.ts';
import { useFaultText } from '../../../access/fault-text.ts';
import { Button } from '../../../kit/button.tsx';
import { Ask } from '../../../kit/dialog.tsx';
import { Field, Select, Switch } from '../../../kit/field.tsx';
import { Badge } from '../../../kit/figure.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { tell } from '../../../kit/toast.tsx';
import { common } from '../../../language/common-phrases.ts';
import { useFormats } from '../../../language/formats.ts';
import { useSay } from '../../../language/phrases.ts';
import { Choices } from './choices.tsx';
import { peoplePhrases } from './people-phrases.ts';
import { usePages } from './use-pages.ts';

type AccountRow = Pick<Account, 'name' | 'roles' | 'agent'> & {
  readonly id: string;
  readonly language: 'en' | 'fr';
  readonly disabled: boolean;
  readonly createdAt: number;
  readonly signsIn: string;
};

const ROLES: readonly Role[] = ['agent', 'supervisor', 'analyst', 'admin'];
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export default function AccountsSection() {
  const say = useSay(peoplePhrases);
  const faultText = useFaultText();
  const { rows, fault, more, reload } = usePages<AccountRow>('/accounts', 'accounts');
  const [open, setOpen] = useState<AccountRow | 'new'>();
  return (
    <section aria-labelledby="accounts-title">
      <div className="panel-head">
        <h2 id="accounts-title">{say('accounts.title')}</h2>
        <Button kind="primary" onPress={() => setOpen('new')}>
          {say('accounts.add')}
        </Button>
      </div>
      {fault === undefined ? null : (
        <p className="field-fault" role="alert">
          {faultText(fault)}
        </p>
      )}
      <Table
        caption={say('accounts.title')}
        captionHidden
        rows={rows}
        keyOf={({ id }) => id}
        empty={say('accounts.empty')}
        columns={useColumns(setOpen)}
      />
      {more === undefined ? null : <Button onPress={more}>{say('accounts.more')}</Button>}
      {open === undefined ? null : (
        <AccountForm
          key={open === 'new' ? '' : open.id}
          row={open === 'new' ? undefined : open}
          onClose={() => setOpen(undefined)}
          onDone={reload}
        />
      )}
    </section>
  );
}

function useColumns(onChange: (row: AccountRow) => void): Column<AccountRow>[] {
  const say = useSay(peoplePhrases);
  const formats = useFormats();
  return [
    { id: 'name', name: say('accounts.name'), head: true, cell: ({ name }) => name },
    {
      ...{ id: 'roles', name: say('accounts.roles') },
      cell: ({ roles }) => formats.list(roles.map((role) => say(`role.${role}`))),
    },
    { id: 'agent', name: say('accounts.agent'), cell: ({ agent }) => agent ?? '–' },
    {
      ...{ id: 'state', name: say('accounts.state') },
      cell: ({ disabled, signsIn }) => (
        <>
          <Badge tone={disabled ? 'warn' : 'good'}>
            {say(disabled ? 'accounts.disabled' : 'accounts.active')}
          </Badge>
          {signsIn === 'openid' ? <span className="beneath">{say('accounts.signs_in.openid')}</span> : null}
        </>
      ),
    },
    { id: 'since', name: say('accounts.since'), cell: ({ createdAt }) => formats.moment(createdAt, HERE) },
    {
      ...{ id: 'acts', name: say('accounts.acts') },
      cell: (row) => (
        <Button
          size="small"
          aria-label={say('accounts.change.of', { name: row.name })}
          onPress={() => onChange(row)}
        >
          {say('accounts.change')}
        </Button>
      ),
    },
  ];
}

type FormProps = {
  /** Undefined: a new one. */
  readonly row: AccountRow | undefined;
  readonly onClose: () => void;
  readonly onDone: () => unknown;
};

type Written = {
  readonly name: string;
  readonly password: string;
  readonly roles: readonly string[];
  readonly agent: string;
  readonly language: string;
  readonly disabled: boolean;
};

/** What is asked of the centre for what is written in the form. */
function saved(row: AccountRow | undefined, written: Written) {
  const { name, password, roles, agent, language, disabled } = written;
  const whole = { roles, language, agent: agent === '' ? null : agent };
  if (row === undefined) return ask('POST', '/accounts', { ...whole, name: name.trim(), password });
  return ask('PATCH', `/accounts/${row.id}`, {
    ...whole,
    ...(password === '' ? {} : { password }),
    ...(disabled === row.disabled ? {} : { disabled }),
  });
}

function AccountForm({ row, onClose, onDone }: FormProps) {
  const say = useSay(peoplePhrases);
  const [written, setWritten] = useState<Written>({
    ...{ name: row?.name ?? '', password: '', roles: row?.roles ?? [], agent: row?.agent ?? '' },
    ...{ language: row?.language ?? 'en', disabled: row?.disabled ?? false },
  });
  const { name, roles } = written;
  const save = async (): Promise<Fault | undefined> => {
    const answer = await saved(row, written);
    if (!answer.ok)
      return roles.length === 0 ? { ...answer.fault, code: 'account.roles_invalid' } : answer.fault;
    await onDone();
    tell(say(row === undefined ? 'accounts.added' : 'accounts.changed', { name: name.trim() }));
    return undefined;
  };
  return (
    <Ask
      title={
        row === undefined
          ? say('accounts.add').replace('…', '')
          : say('accounts.change.of', { name: row.name })
      }
      act={say(row === undefined ? 'accounts.add.act' : 'accounts.change.act')}
      isOpen
      onClose={onClose}
      onAct={save}
      faults={peoplePhrases}
    >
      <AccountFields row={row} written={written} onWrite={(more) => setWritten({ ...written, ...more })} />
    </Ask>
  );
}

type FieldsProps = {
  readonly row: AccountRow | undefined;
  readonly written: Written;
  readonly onWrite: (more: Partial<Written>) => void;
};

function AccountFields({ row, written, onWrite }: FieldsProps) {
  const say = useSay(peoplePhrases);
  const sayCommon = useSay(common);
  const me = useAccount();
  const agents = useAgents();
  const { name, password, roles, agent, language, disabled } = written;
  return (
    <>
      {row === undefined ? (
        <Field
          label={say('accounts.name')}
          hint={say('accounts.name.hint')}
          value={name}
          onChange={(value) => onWrite({ name: value })}
          maxLength={64}
          autoComplete="off"
          autoFocus
          required
        />
      ) : null}
      <Choices
        label={say('accounts.roles')}
        choices={ROLES.map((id) => ({ id, name: say(`role.${id}`) }))}
        value={roles}
        onChange={(value) => onWrite({ roles: value })}
      />
      <Select
        label={say('accounts.agent')}
        hint={say('accounts.agent.hint')}
        choices={[{ id: '', name: '–' }, ...agents.map((id) => ({ id, name: id }))]}
        value={agent}
        onChange={(value) => onWrite({ agent: value })}
      />
      <Select
        label={say('accounts.language')}
        choices={(['en', 'fr'] as const).map((id) => ({ id, name: sayCommon(`language.${id}`) }))}
        value={language}
        onChange={(value) => onWrite({ language: value })}
      />
      {row?.signsIn === 'openid' ? null : (
        <Field
          label={say(row === undefined ? 'accounts.password' : 'accounts.password.new')}
          hint={`${say('accounts.password.hint')}${row === undefined ? '' : ` ${say('accounts.password.keep')}`}`}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={(value) => onWrite({ password: value })}
          maxLength={256}
        />
      )}
      {row === undefined || row.id === me?.account ? null : (
        <Switch
          label={say('accounts.is_disabled')}
          on={disabled}
          onChange={(on) => onWrite({ disabled: on })}
        />
      )}
    </>
  );
}

/** Those of the configuration in force. */
function useAgents(): readonly string[] {
  const [agents, setAgents] = useState<readonly string[]>([]);
  useEffect(() => {
    void ask<{ agents: { agent: string }[] }>('GET', '/agents').then((answer) => {
      if (answer.ok) setAgents(answer.value.agents.map(({ agent }) => agent));
    });
  }, []);
  return agents;
}
