// A short message through the gateway that the owners configured: their method, address, headers and body, with the number
// and the words filled in and escaped for where they stand. What counts as accepted is theirs to say.
// The number goes through here once and is kept nowhere.

import type { SmsFile } from '../config/outgoing-schema.ts';
import { callHttp, type HttpOutcome } from './http-call.ts';

export type Message = {
  /** The same at each try. */
  readonly id: string;
  readonly to: string;
  readonly text: string;
};

/** refused: it was certainly not taken, and may be tried again. unknown: perhaps it was. */
export type Sent = { readonly kind: 'sent' | 'refused' | 'unknown'; readonly said: string };

export async function sendSms(sms: SmsFile, token: string | null, message: Message): Promise<Sent> {
  const values = { to: message.to, text: message.text, id: message.id, token: token ?? '' };
  const { method = 'POST', bodyType = 'json', body = null } = sms;
  const type = bodyType === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
  const escapeBody = bodyType === 'json' ? jsonText : encodeURIComponent;
  const headers = Object.entries(sms.headers ?? {}).map(([name, text]) => [
    name.toLowerCase(),
    fill(text, values, headerText),
  ]);
  const outcome = await callHttp({
    method,
    url: fill(sms.url, values, encodeURIComponent),
    headers: {
      ...(body === null ? {} : { 'content-type': type }),
      ...Object.fromEntries(headers),
    },
    body: body === null ? null : fill(body, values, escapeBody),
    allowPrivate: sms.allowPrivate ?? false,
  });
  return judged(outcome, sms.success ?? {});
}

function judged(outcome: HttpOutcome, { statuses, bodyHas }: NonNullable<SmsFile['success']>): Sent {
  if (outcome.kind !== 'answered')
    return { kind: outcome.kind === 'unsent' ? 'refused' : 'unknown', said: outcome.said };
  const { status, body, said } = outcome;
  const isStatus = statuses === undefined ? status >= 200 && status < 300 : statuses.includes(status);
  if (isStatus && (bodyHas === undefined || body.includes(bodyHas))) return { kind: 'sent', said };
  return { kind: 'refused', said: isStatus ? 'answer_unlike' : said };
}

/** Each mark once, in one pass: what is filled in is never looked through for marks. */
function fill(
  template: string,
  values: Readonly<Record<string, string>>,
  escaped: (text: string) => string,
): string {
  return template.replaceAll(/\{(to|text|id|token)\}/g, (_, name: string) => escaped(values[name] ?? ''));
}

/** Inside the quotes that the template has. */
function jsonText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** No line of a header can be begun by what is filled in, and nothing that HTTP has no letter for. */
function headerText(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '');
}
