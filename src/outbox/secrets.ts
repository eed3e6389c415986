// Where the outbox's secrets are: environment variables or files that the configuration names. Read anew at each use, so
// that a file that was changed counts at once; looked at when a centre starts or is configured, so that what is missing
// is one line then and not a silent failure later. No message holds a secret or a part of one.

import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import type { MessagesFile, WebhookFile } from '../config/outgoing-schema.ts';
import { OutboxFailure } from './outbox-failure.ts';
import { newSecret, readSecrets, type Secret } from './signature.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

type Source = { readonly where: string; readonly variable?: string; readonly file?: string };

/** Throws OutboxFailure when it is not there or, a file, can be read by others. */
function readSource({ where, variable, file }: Source, environment: Environment): string {
  if (variable !== undefined) {
    const value = environment[variable]?.trim();
    if (value) return value;
    throw missing(where, `the environment variable ${variable} is not set`, 'set it and start again');
  }
  let text: string;
  try {
    if ((statSync(file as string).mode & 0o077) !== 0)
      throw missing(where, `${file} can be read by others`, `chmod 600 ${file}`);
    text = readFileSync(file as string, 'utf8').trim();
  } catch (error) {
    if (error instanceof OutboxFailure) throw error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw missing(
      where,
      `${file} cannot be read (${code})`,
      'write the secret into it, readable by this user',
    );
  }
  if (text === '') throw missing(where, `${file} is empty`, 'write the secret into it');
  return text;
}

function missing(where: string, what: string, mend: string): OutboxFailure {
  return new OutboxFailure('outbox.secret_missing', `${where}: ${what}; ${mend}`);
}

/** The newest first. */
export function webhookSecrets(webhook: WebhookFile, environment: Environment): readonly Secret[] {
  const where = `webhook ${webhook.id}`;
  const secrets = readSecrets(readSource({ where, ...placeOf(webhook) }, environment));
  if (secrets !== null) return secrets;
  const place = webhook.secretFile ?? webhook.secretEnv;
  throw new OutboxFailure(
    'outbox.secret_invalid',
    `${where}: what ${place} holds is no webhook secret; write whsec_ and 24 to 64 bytes in base64, at most four of them`,
  );
}

function placeOf({ secretEnv, secretFile }: WebhookFile): Omit<Source, 'where'> {
  return secretEnv === undefined ? { file: secretFile as string } : { variable: secretEnv };
}

/** Of the mail server or the gateway; null when none is configured. */
export function secretOf(
  where: string,
  variable: string | undefined,
  file: string | undefined,
  environment: Environment,
): string | null {
  if (variable === undefined && file === undefined) return null;
  return readSource(
    variable === undefined ? { where, file: file as string } : { where, variable },
    environment,
  );
}

export function emailPassword({ email }: MessagesFile, environment: Environment): string | null {
  return secretOf('messages: email', email?.passwordEnv, email?.passwordFile, environment);
}

export function smsToken({ sms }: MessagesFile, environment: Environment): string | null {
  return secretOf('messages: sms', sms?.tokenEnv, sms?.tokenFile, environment);
}

/** Throws OutboxFailure for the first secret that is not as it should be. */
export function checkSecrets(
  file: { readonly webhooks?: readonly WebhookFile[]; readonly messages?: MessagesFile },
  environment: Environment,
): void {
  for (const webhook of file.webhooks ?? []) webhookSecrets(webhook, environment);
  if (file.messages === undefined) return;
  emailPassword(file.messages, environment);
  smsToken(file.messages, environment);
}

/** A new secret in front of the newest one; those before that end. Gives it, once. */
export function rotateSecret(webhook: WebhookFile, environment: Environment): string {
  const { secretFile } = webhook;
  if (secretFile === undefined)
    throw new OutboxFailure(
      'outbox.secret_not_ours',
      `the secret of webhook ${webhook.id} is in an environment variable, which only its owner can change; name a secretFile instead`,
    );
  webhookSecrets(webhook, environment);
  const [newest] = readFileSync(secretFile, 'utf8').trim().split(/\s+/);
  const secret = newSecret();
  const draft = `${secretFile}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${secret}\n${newest}\n`, { mode: 0o600, flush: true });
  renameSync(draft, secretFile);
  return secret;
}
