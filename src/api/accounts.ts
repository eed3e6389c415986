// Accounts and the tokens of programs, for admins: list, add, change, end; and the audit, which can only be read. Secrets
// are shown once. Whatever is changed here stands in the audit with who did it.

import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import {
  type Account,
  isRefused,
  NAME_MAX_CHARACTERS,
  PASSWORD_MAX_CHARACTERS,
  PASSWORD_MIN_CHARACTERS,
  type PeopleCode,
  ROLES,
  SCOPES,
} from '../people/account.ts';
import type { People } from '../people/people.ts';
import type { App } from './agents.ts';
import { byOf } from './identity.ts';
import { problem } from './problem.ts';

const PAGE_MAX = 500;
const DAY_MS = 86_400_000;
const TOKEN_DAYS_MAX = 400;
const closed = { additionalProperties: false } as const;

export const languageSchema = Type.Union([Type.Literal('en'), Type.Literal('fr')]);
const roles = Type.Array(Type.Union(ROLES.map((role) => Type.Literal(role))), {
  minItems: 1,
  maxItems: ROLES.length,
});
const scopes = Type.Array(Type.Union(SCOPES.map((scope) => Type.Literal(scope))), {
  minItems: 1,
  maxItems: SCOPES.length,
});
const agent = Type.Union([Type.String({ minLength: 1, maxLength: 64 }), Type.Null()], {
  description: 'the agent of the configuration that this account is',
});
const password = Type.String({
  maxLength: PASSWORD_MAX_CHARACTERS,
  description: `${PASSWORD_MIN_CHARACTERS} characters at least`,
});

export const accountSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  roles: Type.Array(Type.String()),
  agent,
  language: languageSchema,
  disabled: Type.Boolean(),
  createdAt: Type.Integer({ description: 'UTC ms' }),
  signsIn: Type.String({ description: 'password or openid' }),
});
const tokenSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  scopes: Type.Array(Type.String()),
  by: Type.String(),
  createdAt: Type.Integer(),
  expiresAt: Type.Integer(),
  endedAt: Type.Union([Type.Integer(), Type.Null()]),
});
const next = (of: ReturnType<typeof Type.String> | ReturnType<typeof Type.Integer>) =>
  Type.Union([of, Type.Null()], { description: 'give it as `after`; null: that was all' });
const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_MAX, default: 100 }));
const byId = Type.Object({ after: Type.Optional(Type.String({ maxLength: 64 })), limit });

const newAccount = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: NAME_MAX_CHARACTERS }),
    password,
    roles,
    agent: Type.Optional(agent),
    language: Type.Optional(languageSchema),
  },
  closed,
);
const change = Type.Object(
  {
    roles: Type.Optional(roles),
    agent: Type.Optional(agent),
    language: Type.Optional(languageSchema),
    password: Type.Optional(password),
    disabled: Type.Optional(Type.Boolean()),
  },
  { ...closed, minProperties: 1 },
);
const newToken = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, description: 'what it is for, in words' }),
    scopes,
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: TOKEN_DAYS_MAX, default: 90 })),
  },
  closed,
);

export function accountView(account: Account) {
  return { ...account, roles: [...account.roles] };
}

export function accountRoutes(app: App, people: People): void {
  const path = '/api/v1/accounts';
  const params = Type.Object({ account: Type.String({ maxLength: 64 }) });
  const pageOf = { 200: Type.Object({ accounts: Type.Array(accountSchema), next: next(Type.String()) }) };
  app.get(path, { schema: { querystring: byId, response: pageOf } }, async (request) => {
    const { after = '', limit = 100 } = request.query;
    const accounts = await people.accounts(after, limit);
    return {
      accounts: accounts.map(accountView),
      next: accounts.length === limit ? (accounts.at(-1)?.id ?? null) : null,
    };
  });
  app.post(
    path,
    { schema: { body: newAccount, response: { 201: accountSchema } } },
    async (request, reply) => {
      const added = await people.add(request.body, byOf(request));
      return isRefused(added) ? refusePeople(reply, added.refused) : reply.code(201).send(accountView(added));
    },
  );
  const one = `${path}/:account`;
  app.get(one, { schema: { params, response: { 200: accountSchema } } }, async (request, reply) => {
    const found = await people.account(request.params.account);
    return found === undefined ? refusePeople(reply, 'account.unknown') : accountView(found);
  });
  app.patch(
    one,
    { schema: { params, body: change, response: { 200: accountSchema } } },
    async (request, reply) => {
      const changed = await people.change(request.params.account, request.body, byOf(request));
      return isRefused(changed) ? refusePeople(reply, changed.refused) : accountView(changed);
    },
  );
}

export function tokenRoutes(app: App, people: People, now: () => number): void {
  const path = '/api/v1/tokens';
  const params = Type.Object({
    token: Type.String({ maxLength: 64, description: 'its id, not the secret' }),
  });
  const made = Type.Object({
    token: Type.String({ description: 'the secret; it is not shown again' }),
    ...tokenSchema.properties,
  });
  const pageOf = { 200: Type.Object({ tokens: Type.Array(tokenSchema), next: next(Type.String()) }) };
  app.get(path, { schema: { querystring: byId, response: pageOf } }, async (request) => {
    const { after = '', limit = 100 } = request.query;
    const tokens = await people.tokens(after, limit);
    return {
      tokens: tokens.map((one) => ({ ...one, scopes: [...one.scopes] })),
      next: tokens.length === limit ? (tokens.at(-1)?.id ?? null) : null,
    };
  });
  app.post(path, { schema: { body: newToken, response: { 201: made } } }, async (request, reply) => {
    const { name, scopes, days = 90 } = request.body;
    const expiresAt = now() + days * DAY_MS;
    const { token, view } = await people.addToken({ name, scopes, expiresAt }, byOf(request));
    return reply.code(201).send({ token, ...view, scopes: [...view.scopes] });
  });
  const ended = { 200: Type.Object({ id: Type.String(), ended: Type.Boolean() }) };
  app.delete(`${path}/:token`, { schema: { params, response: ended } }, async (request, reply) => {
    const { token: id } = request.params;
    const outcome = await people.endToken(id, byOf(request));
    return outcome === 'ended' ? { id, ended: true } : refusePeople(reply, outcome.refused);
  });
}

export function refusePeople(reply: FastifyReply, code: PeopleCode) {
  const { status, mend } = ANSWERS[code];
  return problem(reply, status, code, mend);
}

/** Complete by its type, as that of the core's refusals. */
const ANSWERS: Readonly<Record<PeopleCode, { readonly status: number; readonly mend: string }>> = {
  'account.agent_taken': { status: 409, mend: 'another account is this agent; change that one first' },
  'account.agent_wanted': {
    status: 422,
    mend: 'an account with the role agent names its agent; give "agent"',
  },
  'account.last_admin': {
    status: 409,
    mend: 'nobody would be left to change accounts; make another admin first',
  },
  'account.name_invalid': {
    status: 422,
    mend: 'a name has letters, digits and . _ @ + -, begins and ends with a letter or digit, and is no longer than 64',
  },
  'account.name_taken': { status: 409, mend: 'an account of this name is there already; give another' },
  'account.no_password': {
    status: 409,
    mend: 'this account signs in at the OpenID provider; change its password there',
  },
  'account.password_short': {
    status: 422,
    mend: `a password has ${PASSWORD_MIN_CHARACTERS} to ${PASSWORD_MAX_CHARACTERS} characters; a sentence is good`,
  },
  'account.roles_invalid': { status: 422, mend: `give one role at least, of ${ROLES.join(', ')}` },
  'account.unknown': { status: 404, mend: 'there is no such account; "GET /api/v1/accounts" lists them' },
  'admin.link_spent': {
    status: 410,
    mend: 'this link was used, is over, or there is an admin already; start the centre again for a new one',
  },
  'token.unknown': {
    status: 404,
    mend: 'there is no such token, or it has ended; "GET /api/v1/tokens" lists them',
  },
};
