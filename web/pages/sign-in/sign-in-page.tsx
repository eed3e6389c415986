// Signing in: a name, a password, one button; what was wrong in one line, the same for a wrong name as for a wrong
// password. Afterwards to the page that was asked for.

import { type FormEvent, useState } from 'react';
import { type Account, nextPath } from '../../access/account.tsx';
import { ask } from '../../access/api.ts';
import { useFaultText } from '../../access/fault-text.ts';
import { Frame } from '../../frame/frame.tsx';
import { Button } from '../../kit/button.tsx';
import { Field } from '../../kit/field.tsx';
import { common } from '../../language/common-phrases.ts';
import { useSay } from '../../language/phrases.ts';
import { signInPhrases } from './sign-in-phrases.ts';

export default function SignInPage() {
  const say = useSay(signInPhrases);
  const sayCommon = useSay(common);
  const faultText = useFaultText();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setFault('');
    if (name.trim() === '' || password === '') return;
    setBusy(true);
    const answer = await ask<Account>('POST', '/sign-in', { name: name.trim(), password });
    if (answer.ok) {
      location.assign(nextPath(location.search, answer.value));
      return;
    }
    setBusy(false);
    const { fault: found } = answer;
    if (found.status === 401 || found.status === 403 || found.status === 400)
      setFault(say('sign_in.refused'));
    else if (found.status === 429) setFault(say('sign_in.too_many'));
    else setFault(faultText(found));
  };
  const missing = (value: string) => (tried && value === '' ? sayCommon('field.missing') : '');

  return (
    <Frame title={say('sign_in.title')}>
      <form className="form" onSubmit={submit} noValidate>
        <Field
          label={say('sign_in.name')}
          name="name"
          value={name}
          onChange={setName}
          autoComplete="username"
          maxLength={64}
          fault={missing(name.trim())}
          autoFocus
          required
        />
        <Field
          label={say('sign_in.password')}
          name="password"
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          maxLength={256}
          fault={missing(password)}
          required
        />
        <p className="form-fault" role="alert">
          {fault}
        </p>
        <Button type="submit" kind="primary" isPending={busy}>
          {say('sign_in.act')}
        </Button>
      </form>
    </Frame>
  );
}
