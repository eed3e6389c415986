// Signing in at the OpenID Connect provider of the owners' house: authorisation code with PKCE (RFC 7636), state and nonce.
// What was begun is remembered here for some minutes and belongs to the browser that began it, by a cookie of its own; it
// is used once. Who has no role by the provider's groups is let in nowhere. Tokens of the provider are not kept.

import { readFileSync } from 'node:fs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as openid from 'openid-client';
import { Type } from 'typebox';
import { isRefused } from '../people/account.ts';
import { hashOf, type People } from '../people/people.ts';
import { refusePeople } from './accounts.ts';
import type { App } from './agents.ts';
import { problem } from './problem.ts';
import type { RateLimits } from './rate-limits.ts';
import { begin } from './sign-in.ts';

export type OpenIdSettings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope?: string;
  readonly nameClaim?: string;
  readonly rolesClaim?: string;
  readonly agentClaim?: string;
  readonly roles: readonly { readonly value: string; readonly role: string }[];
};

export type OpenIdParts = {
  /** As configured now; null: not at all. */
  readonly settings: () => OpenIdSettings | null;
  readonly secret: () => string | undefined;
  readonly people: People;
  readonly limits: RateLimits;
  readonly log: (line: string) => void;
};

type Begun = {
  readonly verifier: string;
  readonly nonce: string;
  readonly state: string;
  readonly settings: OpenIdSettings;
  readonly until: number;
};

const BEGUN_COOKIE = 'rappel-openid';
const BEGUN_PATH = '/api/v1/sign-in/openid';
const BEGUN_MS = 10 * 60_000;
const BEGUN_MAX = 10_000;

/** From the environment, or a file named there; never from the configuration. */
export function secretOfEnvironment(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const { RAPPEL_OPENID_SECRET: secret, RAPPEL_OPENID_SECRET_FILE: file } = environment;
  if (secret !== undefined && secret !== '') return secret;
  return file === undefined || file === '' ? undefined : readFileSync(file, 'utf8').trim();
}

export function openIdRoutes(app: App, parts: OpenIdParts): void {
  const provider = new Provider(parts);
  const begun = new Map<string, Begun>();
  const ways = { 200: Type.Object({ password: Type.Boolean(), openid: Type.Boolean() }) };
  app.get('/api/v1/sign-in/ways', { schema: { response: ways } }, () => ({
    password: true,
    openid: parts.settings() !== null,
  }));
  app.get(BEGUN_PATH, { schema: { hide: true } }, async (request, reply) => {
    if (await parts.limits.signIn(request, reply)) return reply;
    const settings = parts.settings();
    if (settings === null) return refuseUnconfigured(reply);
    forgetOld(begun);
    if (begun.size >= BEGUN_MAX) return refuseProvider(reply);
    try {
      const id = openid.randomState();
      const verifier = openid.randomPKCECodeVerifier();
      const [state, nonce] = [openid.randomState(), openid.randomNonce()];
      const url = openid.buildAuthorizationUrl(await provider.of(settings), {
        redirect_uri: settings.redirectUri,
        scope: settings.scope ?? 'openid profile',
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      begun.set(hashOf(id), { verifier, nonce, state, settings, until: Date.now() + BEGUN_MS });
      const secure = settings.redirectUri.startsWith('https:');
      // Lax: the provider's page leads back here, and that is the only request that carries it.
      const cookie = {
        httpOnly: true,
        sameSite: 'lax',
        path: BEGUN_PATH,
        secure,
        maxAge: BEGUN_MS / 1_000,
      } as const;
      return reply.setCookie(BEGUN_COOKIE, id, cookie).redirect(url.href, 302);
    } catch (error) {
      parts.log(`OpenID provider: ${reasonOf(error)}`);
      return refuseProvider(reply);
    }
  });
  app.get(`${BEGUN_PATH}/callback`, { schema: { hide: true } }, async (request, reply) => {
    if (await parts.limits.signIn(request, reply)) return reply;
    const id = hashOf(request.cookies[BEGUN_COOKIE] ?? '');
    const one = begun.get(id);
    begun.delete(id);
    reply.clearCookie(BEGUN_COOKIE, { path: BEGUN_PATH });
    if (one === undefined || one.until <= Date.now())
      return problem(
        reply,
        400,
        'openid.not_begun',
        'this sign-in was not begun here, or too long ago; begin again',
      );
    return finish(request, reply, { parts, provider, one });
  });
}

async function finish(
  request: FastifyRequest,
  reply: FastifyReply,
  { parts, provider, one }: { parts: OpenIdParts; provider: Provider; one: Begun },
) {
  const { settings } = one;
  let claims: Readonly<Record<string, unknown>> | undefined;
  try {
    const url = new URL(settings.redirectUri);
    url.search = new URL(request.url, url).search;
    const checks = { pkceCodeVerifier: one.verifier, expectedState: one.state, expectedNonce: one.nonce };
    const tokens = await openid.authorizationCodeGrant(await provider.of(settings), url, {
      ...checks,
      idTokenExpected: true,
    });
    claims = tokens.claims();
  } catch (error) {
    parts.log(`OpenID sign-in refused: ${reasonOf(error)}`);
    return problem(reply, 401, 'openid.refused', 'the provider did not confirm this sign-in; begin again');
  }
  const subject = { issuer: settings.issuer, subject: String(claims?.sub ?? '') };
  const roles = rolesOf(settings, claims);
  if (roles.length === 0)
    return problem(
      reply,
      403,
      'openid.no_role',
      'the provider gives you no role here; ask whoever keeps its groups',
    );
  const name = String(claims?.[settings.nameClaim ?? 'preferred_username'] ?? '');
  const agent = settings.agentClaim === undefined ? undefined : claims?.[settings.agentClaim];
  const account = await parts.people.ofProvider(subject, {
    name: name === '' ? `openid.${hashOf(subject.subject).slice(0, 8).replaceAll(/[-_]/g, '0')}` : name,
    roles,
    ...(typeof agent === 'string' ? { agent } : {}),
  });
  if (isRefused(account)) return refusePeople(reply, account.refused);
  await begin(request, reply, parts.people, await parts.people.signInAs(account));
  return reply.redirect('/', 303);
}

function rolesOf(settings: OpenIdSettings, claims: Readonly<Record<string, unknown>> | undefined): string[] {
  const claim = claims?.[settings.rolesClaim ?? 'groups'];
  const values = (Array.isArray(claim) ? claim : [claim]).map(String);
  return settings.roles.filter(({ value }) => values.includes(value)).map(({ role }) => role);
}

/** Discovered when it is first needed, and again when the settings change or it failed. */
class Provider {
  readonly #secret: () => string | undefined;
  #known: { readonly of: string; readonly found: Promise<openid.Configuration> } | null = null;

  constructor({ secret }: Pick<OpenIdParts, 'secret'>) {
    this.#secret = secret;
  }

  async of(settings: OpenIdSettings): Promise<openid.Configuration> {
    const of = JSON.stringify(settings);
    if (this.#known?.of !== of) this.#known = { of, found: this.#discover(settings) };
    const { found } = this.#known;
    try {
      return await found;
    } catch (error) {
      this.#known = null;
      throw error;
    }
  }

  #discover({ issuer, clientId }: OpenIdSettings): Promise<openid.Configuration> {
    const url = new URL(issuer);
    const secret = this.#secret();
    // Without TLS only where nobody can be between: on this machine.
    const isHere = url.protocol === 'http:' && /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname);
    const authentication = secret === undefined ? openid.None() : openid.ClientSecretBasic(secret);
    const options = isHere ? { execute: [openid.allowInsecureRequests] } : {};
    return openid.discovery(url, clientId, undefined, authentication, options);
  }
}

function forgetOld(begun: Map<string, Begun>): void {
  const now = Date.now();
  for (const [id, { until }] of begun) if (until <= now) begun.delete(id);
}

/** What the library says, without what was received. */
function reasonOf(error: unknown): string {
  const { code, name } = error as { code?: string; name?: string };
  return code ?? name ?? 'unknown';
}

function refuseUnconfigured(reply: FastifyReply) {
  return problem(
    reply,
    404,
    'openid.not_configured',
    'no provider is configured; sign in with name and password',
  );
}

function refuseProvider(reply: FastifyReply) {
  return problem(
    reply,
    503,
    'openid.unreachable',
    'the provider cannot be reached; try again, or sign in with a password',
  );
}
