// The audit, for admins: who did what that is no fact, who looked at whom and why; and whether all of it is as it was
// written. To read it, and to look it over, is a row of it too.

import { Type } from 'typebox';
import type { People } from '../people/people.ts';
import type { App } from './agents.ts';
import { byOf } from './identity.ts';

const PAGE_MAX = 500;
const instant = (description: string) => Type.Optional(Type.Integer({ minimum: 0, description }));

const query = Type.Object({
  after: Type.Optional(Type.Integer({ minimum: 0, description: 'only rows with a greater id' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_MAX, default: 100 })),
  from: instant('UTC ms; from it on'),
  to: instant('UTC ms; before it'),
  who: Type.Optional(
    Type.String({ maxLength: 64, description: 'the id of an account or token, or start-token' }),
  ),
});
const row = Type.Object({
  id: Type.Integer(),
  at: Type.Integer({ description: 'UTC ms' }),
  by: Type.String({ description: 'the id of an account or token; empty: nobody who is known' }),
  name: Type.Union([Type.String(), Type.Null()], { description: 'of the account, where it is one' }),
  what: Type.String(),
  about: Type.String({ description: 'key or id of what it was done to' }),
  why: Type.String(),
});
const page = Type.Object({
  audit: Type.Array(row),
  next: Type.Union([Type.Integer(), Type.Null()], {
    description: 'give it as `after`; null: that was all',
  }),
});
const verified = Type.Object({
  ok: Type.Boolean(),
  rows: Type.Integer(),
  unchained: Type.Integer({ description: 'rows that an earlier release wrote, without a link' }),
  goneThrough: Type.Integer({ description: 'rows up to this one were let go after their time; 0: none' }),
  head: Type.Union([Type.Object({ id: Type.Integer(), chain: Type.String() }), Type.Null()], {
    description: 'the last good row and its link; kept elsewhere, it tells later whether rows were cut off',
  }),
  broken: Type.Union([Type.Object({ id: Type.Integer(), what: Type.String() }), Type.Null()], {
    description: 'the first row that was changed, or before which one is missing',
  }),
});

export function auditRoutes(app: App, people: People): void {
  const path = '/api/v1/audit';
  app.get(path, { schema: { querystring: query, response: { 200: page } } }, async (request) => {
    const { after = 0, limit = 100, from, to, who } = request.query;
    const rows = await people.audit.rows({
      after,
      limit,
      ...(from === undefined ? {} : { fromAt: from }),
      ...(to === undefined ? {} : { toAt: to }),
      ...(who === undefined ? {} : { by: who }),
    });
    await people.note({ by: byOf(request), what: 'audit.read', about: `after ${after}` });
    const names = new Map<string, string | null>();
    for (const by of new Set(rows.map((one) => one.by)))
      names.set(by, (await people.account(by))?.name ?? null);
    return {
      audit: rows.map((one) => ({ ...one, name: names.get(one.by) ?? null })),
      next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
    };
  });
  app.get(`${path}/verify`, { schema: { response: { 200: verified } } }, async (request) => {
    const found = await people.audit.verify();
    const about = found.broken === null ? 'all is well' : `broken at ${found.broken.id}`;
    await people.note({ by: byOf(request), what: 'audit.verified', about });
    return { ok: found.broken === null, ...found };
  });
}
