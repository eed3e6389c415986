// The first account of a centre, made with the link that the centre printed at its start. The token stands in the path,
// and is taken out of the address as soon as the page is open.

import { type FormEvent, useState } from 'react';
import { ask } from '../../access/api.ts';
import { useFaultText } from '../../access/fault-text.ts';
import { Frame } from '../../frame/frame.tsx';
import { Button } from '../../kit/button.tsx';
import { Field } from '../../kit/field.tsx';
import { common } from '../../language/common-phrases.ts';
import { plainPath } from '../../language/language.tsx';
import { useSay } from '../../language/phrases.ts';
import { signInPhrases } from '../sign-in/sign-in-phrases.ts';

const token = decodeURIComponent(plainPath(location.pathname).split('/')[2] ?? '');
const PASSWORD_MIN = 12;
const NEW_PASSWORD = {
  type: 'password',
  autoComplete: 'new-password',
  maxLength: 256,
  required: true,
} as const;

export default function FirstAdminPage() {
  const say = useSay(signInPhrases);
  const sayCommon = useSay(common);
  const faultText = useFaultText();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);

  const isShort = password.length < PASSWORD_MIN;
  const differs = again !== password;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setFault('');
    if (name.trim() === '' || isShort || differs) return;
    setBusy(true);
    const answer = await ask('POST', '/first-admin', { token, name: name.trim(), password });
    if (answer.ok) {
      location.assign('/sign-in?next=%2Fadmin');
      return;
    }
    setBusy(false);
    const { status } = answer.fault;
    setFault([401, 403, 404, 410].includes(status) ? say('first.gone') : faultText(answer.fault));
  };

  return (
    <Frame title={say('first.title')}>
      <form className="form" onSubmit={submit} noValidate>
        <p>{say('first.why')}</p>
        <Field
          label={say('sign_in.name')}
          value={name}
          onChange={setName}
          autoComplete="username"
          maxLength={64}
          fault={tried && name.trim() === '' ? sayCommon('field.missing') : ''}
          autoFocus
          required
        />
        <Field
          {...NEW_PASSWORD}
          label={say('sign_in.password')}
          value={password}
          onChange={setPassword}
          hint={say('first.password_hint')}
          fault={tried && isShort ? say('first.password_hint') : ''}
        />
        <Field
          {...NEW_PASSWORD}
          label={say('first.again')}
          value={again}
          onChange={setAgain}
          fault={tried && differs ? say('first.differs') : ''}
        />
        <p className="form-fault" role="alert">
          {fault}
        </p>
        <Button type="submit" kind="primary" isPending={busy}>
          {say('first.act')}
        </Button>
      </form>
    </Frame>
  );
}
