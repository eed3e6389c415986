// An e-mail to one client, by SMTP (nodemailer). One connection each: they are few. TLS unless the owners say never. The
// address goes through here once and is kept nowhere; what a server says may quote it, so only its code is passed on.

import { createTransport } from 'nodemailer';
import type { EmailFile } from '../config/outgoing-schema.ts';
import type { Sent } from './sms.ts';

export type Email = {
  /** Becomes the Message-ID: a copy can be told from another message. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
};

const TIMEOUT_MS = 15_000;

export async function sendEmail(email: EmailFile, password: string | null, message: Email): Promise<Sent> {
  const { host, port, tls = 'required', from, user } = email;
  const transport = createTransport({
    host,
    port,
    secure: tls === 'from_start',
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'never',
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
  });
  const domain =
    from
      .split('@')
      .at(-1)
      ?.replace(/[^A-Za-z0-9.-]/g, '') ?? 'rappel';
  try {
    await transport.sendMail({
      from,
      to: { name: '', address: message.to },
      subject: message.subject,
      text: message.text,
      messageId: `<${message.id}@${domain}>`,
      headers: { 'auto-submitted': 'auto-generated' },
    });
    return { kind: 'sent', said: 'smtp_250' };
  } catch (error) {
    return ofError(error as { code?: string; responseCode?: number; command?: string });
  } finally {
    transport.close();
  }
}

/** A message was given over for certain only when the server says so; it was not when the server says no. */
function ofError({
  code,
  responseCode,
  command,
}: {
  code?: string;
  responseCode?: number;
  command?: string;
}): Sent {
  if (responseCode !== undefined && responseCode >= 400)
    return { kind: 'refused', said: `smtp_${responseCode}` };
  const said = (code ?? 'unknown').toLowerCase();
  // Before the text was given over nothing can have been taken.
  const isBefore =
    command === 'CONN' || code === 'ECONNECTION' || code === 'EDNS' || code === 'ETLS' || code === 'EAUTH';
  return { kind: isBefore ? 'refused' : 'unknown', said };
}
