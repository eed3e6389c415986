// Signatures of webhooks after the Standard Webhooks convention: HMAC-SHA256 over id, time and body, in base64, one for
// each secret that counts, so that a receiver may change over from one to the next while both are sent.
// It must not know where secrets are kept; no message of it has one in it.

import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
/** The convention: 24 to 64 bytes. */
const SECRET_BYTES_MIN = 24;
const SECRET_BYTES_MAX = 64;
const NEW_SECRET_BYTES = 32;
const SECRETS_MAX = 4;

export type Secret = Buffer;

/** Several are separated by white space, the newest first. Null: not of the form, or too many. */
export function readSecrets(text: string): readonly Secret[] | null {
  const words = text.trim().split(/\s+/).filter(Boolean);
  const secrets = words.map(readSecret);
  const isRight = secrets.length > 0 && secrets.length <= SECRETS_MAX;
  return isRight && secrets.every((secret) => secret !== null) ? (secrets as Secret[]) : null;
}

function readSecret(text: string): Secret | null {
  if (!/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  const secret = Buffer.from(text.slice(PREFIX.length), 'base64');
  return secret.length >= SECRET_BYTES_MIN && secret.length <= SECRET_BYTES_MAX ? secret : null;
}

export function newSecret(): string {
  return `${PREFIX}${randomBytes(NEW_SECRET_BYTES).toString('base64')}`;
}

/** The headers of one sending. `at`: UTC ms of this sending; receivers refuse what is too old. */
export function signedHeaders(
  id: string,
  at: number,
  body: string,
  secrets: readonly Secret[],
): Readonly<Record<string, string>> {
  const seconds = String(Math.floor(at / 1_000));
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64')}`,
  );
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures.join(' ') };
}
