// The HTTP API, on loopback and behind a token until accounts exist: agents sign in and say what they are, owners turn
// switches and change the configuration, people and programs ask how the centre stands. It decides nothing: every change
// is an input to the engine, and is answered only after its facts are committed. Errors are problem+json (RFC 9457) with
// the codes of docs/errors.md.

import { timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import swagger from '@fastify/swagger';
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { Engine } from '../engine/engine.ts';
import type { LiveCounters } from '../engine/live-counters.ts';
import { agentRoutes } from './agents.ts';
import { callbackRoutes } from './callbacks.ts';
import { type ConfigurationRoom, configurationRoutes } from './configuration.ts';
import { ownerRoutes } from './owners.ts';
import { pageRoutes } from './pages.ts';
import { problem } from './problem.ts';
import { type ReportRoom, reportRoutes } from './reports.ts';
import { standRoutes } from './stand.ts';
import { streamRoutes } from './stream.ts';

export type ApiOptions = {
  readonly engine: Engine;
  readonly configuration: ConfigurationRoom;
  /** Left out where there are no records: nothing is reported then. */
  readonly reports?: ReportRoom;
  /** Left out: the board has no figures of today. */
  readonly live?: LiveCounters;
  readonly token: string;
  /** This port or none; or like last time where it can be had, else any free one. */
  readonly port: number | { readonly like: string | undefined };
  readonly log: (line: string) => void;
};

export type Api = { readonly url: string; close(): Promise<void> };

const BODY_MAX_BYTES = 64 * 1024;

export async function openApi(options: ApiOptions): Promise<Api> {
  const app = fastify({ logger: false, bodyLimit: BODY_MAX_BYTES, forceCloseConnections: true })
    .setValidatorCompiler(TypeBoxValidatorCompiler)
    .withTypeProvider<TypeBoxTypeProvider>();
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Rappel', description: 'A contact centre queue with callback.', version: '1' },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
  });
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/health/') || isOpen(request) || isKnown(request, options.token)) return;
    await refuseStranger(reply);
  });
  app.setErrorHandler((error: Error & { validation?: unknown; statusCode?: number }, _request, reply) => {
    if (error.validation !== undefined) {
      return problem(
        reply,
        400,
        'request.invalid',
        `${error.message}; see /api/v1/openapi.json for the shape`,
      );
    }
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return problem(reply, error.statusCode, 'request.invalid', `${error.message}; correct the request`);
    }
    options.log(`API: ${error.name}`);
    return problem(reply, 500, 'house.broken', 'an error of ours; look into the log and report it');
  });
  app.setNotFoundHandler((_request, reply) =>
    problem(
      reply,
      404,
      'request.unknown_path',
      'there is nothing here; see /api/v1/openapi.json for what there is',
    ),
  );
  agentRoutes(app, options.engine);
  standRoutes(app, options.engine);
  ownerRoutes(app, options.engine);
  callbackRoutes(app, options.engine);
  configurationRoutes(app, options.configuration);
  if (options.reports !== undefined) reportRoutes(app, options.reports);
  streamRoutes(app, options.engine, options.live);
  pageRoutes(app);
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await listen(app, options.port);
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => app.close() };
}

async function listen(
  app: { listen(at: { host: string; port: number }): Promise<string> },
  port: ApiOptions['port'],
): Promise<void> {
  const host = '127.0.0.1';
  const wanted = typeof port === 'number' ? port : Number(new URL(port.like ?? 'http://127.0.0.1:0').port);
  try {
    await app.listen({ host, port: wanted });
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    if (isTaken && typeof port !== 'number') {
      await app.listen({ host, port: 0 });
      return;
    }
    const why = isTaken
      ? 'another program uses it; stop that program or give another with --api-port'
      : (error as Error).message;
    throw Object.assign(new Error(`the API cannot have port ${wanted}: ${why}`), { code: 'port.in_use' });
  }
}

/** A page: what it shows is asked for by itself, and by somebody. */
function isOpen(request: FastifyRequest): boolean {
  return (request.routeOptions.config as { isOpen?: boolean }).isOpen === true;
}

function isKnown(request: FastifyRequest, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function refuseStranger(reply: FastifyReply) {
  return problem(
    reply.header('www-authenticate', 'Bearer'),
    401,
    'request.no_token',
    'send the token that was printed at the start as "Authorization: Bearer TOKEN"',
  );
}
