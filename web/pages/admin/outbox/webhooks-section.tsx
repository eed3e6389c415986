// Webhooks and gateways: what the draft says of them, as forms, and beneath what is in force: how each webhook stands, what
// was sent last. Secrets are never shown; a new one is, once.

import { useSay } from '../../../language/phrases.ts';
import { type FieldSpec, FieldsAt } from '../configuration/field-at.tsx';
import { Rows } from '../configuration/hours-section.tsx';
import { EndpointsNow } from './endpoints-now.tsx';
import { outboxPhrases } from './outbox-phrases.ts';

const WEBHOOK: readonly FieldSpec[] = [
  { path: ['id'] },
  { path: ['url'] },
  { path: ['events'], kind: 'texts', hint: 'hint.texts' },
  { path: ['secretEnv'] },
  { path: ['secretFile'] },
  { path: ['setAsideAfterS'], kind: 'number', fallback: 86_400 },
  { path: ['allowPrivate'], kind: 'yes' },
];
const EMAIL: readonly FieldSpec[] = [
  { path: ['host'] },
  { path: ['port'], kind: 'number' },
  { path: ['tls'], kind: 'choice', choices: ['required', 'from_start', 'never'], fallback: 'required' },
  { path: ['from'], label: 'label.sender' },
  { path: ['user'] },
  { path: ['passwordEnv'], label: 'key.secretEnv' },
  { path: ['passwordFile'], label: 'key.secretFile' },
];
const SMS: readonly FieldSpec[] = [
  { path: ['url'] },
  { path: ['method'], kind: 'choice', choices: ['POST', 'PUT', 'GET'] },
  { path: ['bodyType'], kind: 'choice', choices: ['json', 'form'], fallback: 'json' },
  { path: ['body'], lines: 2 },
  { path: ['tokenEnv'], label: 'key.secretEnv' },
  { path: ['tokenFile'], label: 'key.secretFile' },
  { path: ['allowPrivate'], kind: 'yes' },
];
const LINKS: readonly FieldSpec[] = [
  { path: ['linkBase'] },
  { path: ['linkDays'], kind: 'number', fallback: 7, label: 'label.linkDays' },
];

export function WebhooksSection() {
  const say = useSay(outboxPhrases);
  return (
    <>
      <h3>{say('webhooks.title')}</h3>
      <p className="soft">{say('webhooks.why')}</p>
      <Rows
        of={['webhooks']}
        fields={WEBHOOK}
        fresh={() => ({
          id: 'new',
          url: 'https://',
          secretEnv: 'RAPPEL_WEBHOOK',
          events: ['callback.registered'],
        })}
        nameOf={(row) => say('webhooks.of', { id: String((row as { id?: unknown } | null)?.id ?? '') })}
        none={say('webhooks.none')}
        add={say('webhooks.add')}
      />
      <h3>{say('messages.title')}</h3>
      <p className="soft">{say('messages.why')}</p>
      <FieldsAt of={['messages']} fields={LINKS} />
      <h3>{say('email.title')}</h3>
      <FieldsAt of={['messages', 'email']} fields={EMAIL} />
      <h3>{say('sms.title')}</h3>
      <FieldsAt of={['messages', 'sms']} fields={SMS} />
      <EndpointsNow />
    </>
  );
}
