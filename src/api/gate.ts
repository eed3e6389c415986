// The gate before every route: who asks, from which page, and whether they may. What is not in the table of permissions is
// refused to everybody. A cookie counts for our own pages only, and needs the value that only they can read for whatever
// changes something; tokens need neither, since no browser sends them by itself.

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { People } from '../people/people.ts';
import type { App } from './agents.ts';
import { type Identity, isSame, recognise } from './identity.ts';
import { isLoopback, isSafe, originOf } from './origin.ts';
import { isForPages } from './pages.ts';
import { type Permission, permissionOf } from './permissions.ts';
import { problem } from './problem.ts';
import type { RateLimits } from './rate-limits.ts';

export const CSRF_HEADER = 'x-rappel-csrf';

export type GateParts = {
  readonly people: People;
  readonly startToken: string;
  readonly limits: RateLimits;
};

export type Route = { readonly method: string; readonly path: string; readonly isOpen: boolean };

/** To be called before the routes are made; gives the list to which each is added. */
export function guard(app: App, parts: GateParts): readonly Route[] {
  const routes: Route[] = [];
  app.decorateRequest('identity', null);
  app.addHook('onRoute', ({ method, url, config }) => {
    const isOpen = (config as { isOpen?: boolean } | undefined)?.isOpen === true;
    for (const one of [method].flat()) if (one !== 'HEAD') routes.push({ method: one, path: url, isOpen });
  });
  app.addHook('onRequest', async (request, reply) => {
    const permission = permissionFor(request);
    if (permission !== undefined && 'open' in permission) return;
    const identity = await identityFor(request, reply, parts);
    if (reply.sent) return;
    if (identity === null) {
      const isLocal = permission !== undefined && 'loopback' in permission && isLoopback(request);
      if (!isLocal) await refuseStranger(request, reply, parts.limits);
      return;
    }
    request.identity = identity;
    if (request.is404) return;
    if (!mayUse(identity, permission, request)) {
      await problem(
        reply,
        403,
        'request.forbidden',
        'your roles or scopes do not include this; ask an admin',
      );
      return;
    }
    if (identity.kind !== 'start_token') await parts.limits.caller(reply, identity.by);
  });
  return routes;
}

/** Pages say that they are open where they are made: what they show is asked for by itself, and by somebody. */
function permissionFor(request: FastifyRequest): Permission | undefined {
  const { config, url } = request.routeOptions;
  if ((config as { isOpen?: boolean }).isOpen === true) return { open: true };
  if (request.is404 && isForPages(request)) return { open: true };
  return url === undefined ? undefined : permissionOf(request.method, url);
}

/** Null: not recognised. Refusals of a cookie that is used from elsewhere are answered here. */
async function identityFor(
  request: FastifyRequest,
  reply: FastifyReply,
  { people, startToken }: GateParts,
): Promise<Identity | null> {
  const identity = await recognise(request, people, startToken);
  if (identity === null || identity === 'unknown') return null;
  if (identity.kind !== 'account') return identity;
  const origin = originOf(request);
  const isChange = !isSafe(request.method);
  if (origin === 'foreign' || (isChange && origin !== 'own')) {
    await refuseForeign(reply);
  } else if (isChange && !isSame(String(request.headers[CSRF_HEADER] ?? ''), identity.csrf)) {
    const mend = `send the csrf value of GET /api/v1/sign-in as the header ${CSRF_HEADER}`;
    await problem(reply, 403, 'request.no_csrf', mend);
  }
  return identity;
}

export function refuseForeign(reply: FastifyReply) {
  return problem(
    reply,
    403,
    'request.foreign_origin',
    'this comes from a page that is not of this centre, or does not say where from; use the pages of the centre, or a token',
  );
}

function mayUse(identity: Identity, permission: Permission | undefined, request: FastifyRequest): boolean {
  if (permission === undefined) return false;
  if ('open' in permission || 'anybody' in permission) return true;
  const { roles, own, scope } = permission;
  if (identity.kind === 'start_token') return true;
  if (identity.kind === 'token') return scope !== undefined && identity.scopes.includes(scope);
  if (identity.roles.some((role) => roles.includes(role))) return true;
  const { agent } = request.params as { agent?: string };
  const isAgent = identity.roles.includes('agent') && identity.agent !== null;
  return own === true && isAgent && agent === identity.agent;
}

async function refuseStranger(
  request: FastifyRequest,
  reply: FastifyReply,
  limits: RateLimits,
): Promise<void> {
  if (await limits.stranger(request, reply)) return;
  reply.header('www-authenticate', 'Bearer');
  const isGiven = request.headers.authorization !== undefined;
  await (isGiven
    ? problem(
        reply,
        401,
        'request.no_token',
        'the token is wrong, over or ended; send one that is valid as "Authorization: Bearer TOKEN"',
      )
    : problem(
        reply,
        401,
        'request.not_signed_in',
        'sign in with POST /api/v1/sign-in, or send a token as "Authorization: Bearer TOKEN"',
      ));
}
