// One HTTP request to somebody else's server: to a judged address only, within a time, with an answer of bounded size, and
// no redirect followed. What comes back is a word for the log and, to be looked into, the answer's beginning. Own request
// rather than fetch: fetch resolves names again by itself, after they were judged.

import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP } from 'node:net';
import { addressOf, type Resolve } from './target.ts';

export type HttpCall = {
  readonly method: 'POST' | 'PUT' | 'GET';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly allowPrivate: boolean;
  readonly resolve?: Resolve;
  readonly timeoutMs?: number;
};

/**
 * answered: the whole answer came. unsent: certainly nothing was received there. unknown: it may have been.
 * `said` is one word for people and statistics.
 */
export type HttpOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string; readonly said: string }
  | { readonly kind: 'unsent' | 'unknown'; readonly said: string };

const TIMEOUT_MS = 10_000;
export const ANSWER_BYTES_MAX = 64 * 1024;
/** The connection was never made. */
const UNSENT = new Set(['ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL']);

export async function callHttp(call: HttpCall): Promise<HttpOutcome> {
  const url = new URL(call.url);
  const isTls = url.protocol === 'https:';
  if (!isTls && !call.allowPrivate) return { kind: 'unsent', said: 'no_tls' };
  const target = await addressOf(url.hostname, call.allowPrivate, call.resolve);
  if ('refused' in target) return { kind: 'unsent', said: target.refused };
  return new Promise((settle) => {
    const { address } = target;
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const outgoing = (isTls ? requestTls : requestPlain)({
      host: address,
      family: isIP(address),
      port: url.port === '' ? (isTls ? 443 : 80) : Number(url.port),
      path: `${url.pathname}${url.search}`,
      method: call.method,
      // The certificate is that of the name, whichever address it has.
      ...(isTls && isIP(host) === 0 ? { servername: host } : {}),
      headers: {
        host: url.host,
        'user-agent': 'Rappel',
        ...call.headers,
        ...(call.body === null ? {} : { 'content-length': String(Buffer.byteLength(call.body)) }),
      },
      agent: false,
      signal: AbortSignal.timeout(call.timeoutMs ?? TIMEOUT_MS),
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => settle(ofError(error)));
    outgoing.on('response', (answer) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
        parts.push(part);
        if (bytes > ANSWER_BYTES_MAX)
          answer.destroy(Object.assign(new Error('large'), { code: 'TOO_LARGE' }));
      });
      answer.on('error', (error: NodeJS.ErrnoException) => settle(ofError(error)));
      answer.on('end', () => {
        const status = answer.statusCode ?? 0;
        settle({ kind: 'answered', status, body: Buffer.concat(parts).toString(), said: `http_${status}` });
      });
    });
    outgoing.end(call.body ?? undefined);
  });
}

function ofError(error: NodeJS.ErrnoException): HttpOutcome {
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return { kind: 'unknown', said: 'timeout' };
  if (error.code === 'TOO_LARGE') return { kind: 'unknown', said: 'answer_too_large' };
  const isCertificate = /CERT|SIGNED|ALTNAME|TLS|SSL/.test(error.code ?? '');
  if (isCertificate) return { kind: 'unsent', said: 'certificate' };
  return UNSENT.has(error.code ?? '')
    ? { kind: 'unsent', said: 'not_reached' }
    : { kind: 'unknown', said: 'connection_lost' };
}
