// Signing in and out, what somebody may change about themselves, and the first admin. A wrong name and a wrong password
// are one answer; each failure makes the next try wait longer. It must not know how passwords are kept.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type Account, isRefused, NAME_MAX_CHARACTERS, PASSWORD_MAX_CHARACTERS } from '../people/account.ts';
import { PasswordsBusy } from '../people/password.ts';
import type { People, SignedIn } from '../people/people.ts';
import { accountSchema, accountView, languageSchema, refusePeople } from './accounts.ts';
import type { App } from './agents.ts';
import { refuseForeign } from './gate.ts';
import { byOf, COOKIE, clearCookie, csrfOf, type Identity, setCookie } from './identity.ts';
import { originOf } from './origin.ts';
import { problem } from './problem.ts';
import { type RateLimits, sourceOf, tooMany } from './rate-limits.ts';

const closed = { additionalProperties: false } as const;
const name = Type.String({ minLength: 1, maxLength: NAME_MAX_CHARACTERS });
const password = Type.String({ minLength: 1, maxLength: PASSWORD_MAX_CHARACTERS });
const credentials = Type.Object({ name, password }, closed);
const own = Type.Object(
  {
    language: Type.Optional(languageSchema),
    password: Type.Optional(password),
    old: Type.Optional(
      Type.String({ maxLength: PASSWORD_MAX_CHARACTERS, description: 'the password until now' }),
    ),
  },
  closed,
);
const firstAdmin = Type.Object(
  {
    token: Type.String({
      minLength: 1,
      maxLength: 256,
      description: 'of the link that the first start printed',
    }),
    name,
    password,
    language: Type.Optional(languageSchema),
  },
  closed,
);
const signedInSchema = Type.Object({
  account: Type.String(),
  name: Type.String(),
  roles: Type.Array(Type.String()),
  agent: Type.Union([Type.String(), Type.Null()]),
  csrf: Type.String({ description: 'unsafe requests with the cookie carry it as x-rappel-csrf' }),
  language: Type.Union([languageSchema, Type.Null()]),
  scopes: Type.Array(Type.String(), { description: 'of a token' }),
});
const endedSchema = Type.Object({ ended: Type.Boolean() });

export function signInRoutes(app: App, people: People, limits: RateLimits): void {
  const path = '/api/v1/sign-in';
  app.post(
    path,
    { schema: { body: credentials, response: { 200: signedInSchema } } },
    async (request, reply) => {
      if (originOf(request) === 'foreign') return refuseForeign(reply);
      if (await limits.signIn(request, reply)) return reply;
      const { name, password } = request.body;
      const given = await orBusy(() => people.signIn(name, password, sourceOf(request.ip)));
      if (given === 'busy' || given === 'wrong' || 'waitMs' in given) return refuseSignIn(reply, given);
      return begin(request, reply, people, given);
    },
  );
  app.get(path, { schema: { response: { 200: signedInSchema } } }, (request, reply) => {
    reply.header('cache-control', 'no-store');
    return viewOf(request.identity as Identity);
  });
  app.delete(path, { schema: { response: { 200: endedSchema } } }, async (request, reply) => {
    const cookie = request.cookies[COOKIE];
    if (request.identity?.kind === 'account' && cookie !== undefined)
      await people.signOut(cookie, byOf(request));
    clearCookie(request, reply);
    return { ended: true };
  });
  app.patch(path, { schema: { body: own, response: { 200: signedInSchema } } }, async (request, reply) => {
    const account = request.identity?.account;
    if (account == null) return problem(reply, 403, 'request.forbidden', 'a token has no account to change');
    const { language, password, old = '' } = request.body;
    if (language !== undefined) await people.change(account.id, { language }, account.id);
    if (password === undefined)
      return viewOf({ ...(request.identity as Identity), language: language ?? account.language });
    const source = sourceOf(request.ip);
    const changed = await orBusy(() => people.changePassword(account, old, password, source));
    if (changed === 'busy' || changed === 'wrong' || 'waitMs' in changed) return refuseSignIn(reply, changed);
    if (isRefused(changed)) return refusePeople(reply, changed.refused);
    // Everybody was signed out, this browser too: it goes on with a new sign-in.
    return begin(request, reply, people, await people.signInAs(changed));
  });
  app.post(
    '/api/v1/first-admin',
    { schema: { body: firstAdmin, response: { 201: accountSchema } } },
    async (request, reply) => {
      if (originOf(request) === 'foreign') return refuseForeign(reply);
      if (await limits.signIn(request, reply)) return reply;
      const { token, ...given } = request.body;
      const made = await orBusy(() => people.makeFirstAdmin(token, given));
      if (made === 'busy') return refuseSignIn(reply, made);
      return isRefused(made) ? refusePeople(reply, made.refused) : reply.code(201).send(accountView(made));
    },
  );
}

/** The sign-in that this browser had before ends: its token is not used on (OWASP, session fixation). */
export async function begin(
  request: FastifyRequest,
  reply: FastifyReply,
  people: People,
  { token, account }: SignedIn,
) {
  const before = request.cookies[COOKIE];
  if (before !== undefined && before !== '') await people.signOut(before, account.id);
  setCookie(request, reply, token);
  reply.header('cache-control', 'no-store');
  return viewOfAccount(account, csrfOf(token));
}

function viewOf({ by, kind, account, roles, scopes, agent, csrf, language }: Identity) {
  if (account !== null) return { ...viewOfAccount(account, csrf), language: language ?? account.language };
  return {
    account: by,
    name: kind === 'token' ? by : 'start-token',
    roles: [...roles],
    agent,
    csrf,
    language,
    scopes: [...scopes],
  };
}

function viewOfAccount({ id, name, roles, agent, language }: Account, csrf: string) {
  return { account: id, name, roles: [...roles], agent, csrf, language, scopes: [] };
}

async function orBusy<T>(work: () => Promise<T>): Promise<T | 'busy'> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PasswordsBusy) return 'busy';
    throw error;
  }
}

const BUSY_WAIT_MS = 5_000;

function refuseSignIn(reply: FastifyReply, why: 'busy' | 'wrong' | { readonly waitMs: number }) {
  if (why === 'wrong') {
    return problem(
      reply,
      401,
      'account.wrong_password',
      'name or password is not right; correct them and try again',
    );
  }
  return tooMany(reply, why === 'busy' ? BUSY_WAIT_MS : why.waitMs);
}
