// Who asks: a person with a cookie, a program with a token of its own, or whoever has the start token of the data folder.
// What they do is recorded under `by`. It must not know what they may do.

import { timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AgentId, Language } from '../core/id.ts';
import { type Account, ROLES, type Role, type Scope } from '../people/account.ts';
import { hashOf, type People, SIGN_IN_MS } from '../people/people.ts';

/** Of the start token: whoever may read the data folder. */
export const START_TOKEN = 'start-token';
export const COOKIE = 'rappel';

export type Identity = {
  readonly by: string;
  readonly kind: 'account' | 'token' | 'start_token';
  readonly roles: readonly Role[];
  readonly scopes: readonly Scope[];
  readonly agent: AgentId | null;
  readonly account: Account | null;
  /** Of somebody with a cookie: what unsafe requests must carry. */
  readonly csrf: string;
  readonly language: Language | null;
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Null before the gate, and on what is open to anybody. */
    identity: Identity | null;
  }
}

/** The stable id under which facts and audit rows say who it was. */
export function byOf(request: FastifyRequest): string {
  return request.identity?.by ?? '';
}

/** `null`: nobody gave anything; `unknown`: what was given is wrong, over, or was never valid. */
export async function recognise(
  request: FastifyRequest,
  people: People,
  startToken: string,
): Promise<Identity | null | 'unknown'> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = /^Bearer ([\w-]{1,256})$/i.exec(authorization)?.[1];
    return token === undefined ? 'unknown' : ofBearer(token, people, startToken);
  }
  const cookie = request.cookies[COOKIE];
  if (cookie === undefined || cookie === '') return null;
  const account = await people.signedIn(cookie);
  return account === undefined ? 'unknown' : identityOf(account, cookie);
}

async function ofBearer(token: string, people: People, startToken: string): Promise<Identity | 'unknown'> {
  if (isSame(token, startToken)) {
    const all = { roles: ROLES, scopes: [], agent: null, account: null, csrf: '', language: null };
    return { by: START_TOKEN, kind: 'start_token', ...all };
  }
  const found = await people.token(token);
  if (found === undefined) return 'unknown';
  const { id: by, scopes } = found;
  return { by, kind: 'token', roles: [], scopes, agent: null, account: null, csrf: '', language: null };
}

export function identityOf(account: Account, cookie: string): Identity {
  const { id: by, roles, agent, language } = account;
  return { by, kind: 'account', roles, scopes: [], agent, account, csrf: csrfOf(cookie), language };
}

/** Bound to the sign-in, and stored nowhere: whoever has the cookie is told it, other sites cannot read the answer. */
export function csrfOf(cookie: string): string {
  return hashOf(`rappel csrf ${cookie}`);
}

export function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Scripts cannot read it, other sites cannot send it, and over TLS it never travels in the clear. */
export function setCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  const secure = request.protocol === 'https';
  const maxAge = Math.floor(SIGN_IN_MS / 1_000);
  reply.setCookie(COOKIE, token, { httpOnly: true, sameSite: 'strict', path: '/', secure, maxAge });
}

export function clearCookie(request: FastifyRequest, reply: FastifyReply): void {
  const secure = request.protocol === 'https';
  reply.clearCookie(COOKIE, { httpOnly: true, sameSite: 'strict', path: '/', secure });
}
