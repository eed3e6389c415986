// The HTTP API and the pages behind one gate: people sign in, agents say what they are, owners turn switches and change the
// configuration, people and programs ask how the centre stands. It decides nothing: every change is an input to the
// engine, and is answered only after its facts are committed. Errors are problem+json (RFC 9457) with the codes of
// docs/errors.md. Who may do what stands in permissions.ts.

import cookies from '@fastify/cookie';
import swagger from '@fastify/swagger';
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import websocket from '@fastify/websocket';
import fastify from 'fastify';
import { type Clock, wallClock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import type { LiveCounters } from '../engine/live-counters.ts';
import type { OutboxRoom } from '../outbox/outbox.ts';
import type { People } from '../people/people.ts';
import type { AttemptRoom } from '../records/callback-attempts.ts';
import type { EndedRoom } from '../records/ended-callbacks.ts';
import type { NoteRoom } from '../records/notes.ts';
import type { Stories } from '../records/stories.ts';
import type { PersonRoom } from '../rights/persons.ts';
import type { CallNoteRoom } from '../vault/call-notes.ts';
import type { LinkRoom } from '../vault/client-links.ts';
import { accountRoutes, tokenRoutes } from './accounts.ts';
import { agentDeskRoutes } from './agent-desk.ts';
import { agentTalkRoutes } from './agent-talk.ts';
import { type App, agentRoutes } from './agents.ts';
import { auditRoutes } from './audit.ts';
import { callbackRoutes } from './callbacks.ts';
import { clientRoutes } from './client/client-routes.ts';
import { type ConfigurationRoom, configurationRoutes } from './configuration.ts';
import { type EmailRoom, emailRoutes } from './emails.ts';
import type { FactPages } from './fact-stream.ts';
import { guard, type Route } from './gate.ts';
import { keepAnswers } from './idempotency.ts';
import { COOKIE } from './identity.ts';
import { type ListenOptions, openDoors, type Tls } from './listening.ts';
import { metricsRoutes } from './metrics.ts';
import { noteRoutes } from './note.ts';
import { openIdRoutes, secretOfEnvironment } from './openid.ts';
import { outboxRoutes } from './outbox.ts';
import { ownerRoutes } from './owners.ts';
import { apiHeaders } from './page-headers.ts';
import { isForPages, pageRoutes, sendUnknownPage } from './pages.ts';
import { personRoutes } from './persons.ts';
import { agentPhoneRoutes } from './phone/agent-phone.ts';
import type { LineBook } from './phone/lent-lines.ts';
import { MESSAGE_MAX_BYTES } from './phone/splice.ts';
import { type Carrier, visitorPhoneRoutes } from './phone/visitor-phone.ts';
import { problem } from './problem.ts';
import { type PromptRoom, promptRoutes } from './prompts.ts';
import { type Limits, RateLimits } from './rate-limits.ts';
import { type ReportRoom, reportRoutes } from './reports.ts';
import { searchRoutes } from './search.ts';
import { signInRoutes } from './sign-in.ts';
import { notReady, standRoutes } from './stand.ts';
import { storyRoutes } from './stories.ts';
import { streamRoutes } from './stream.ts';

export type ApiOptions = {
  readonly engine: Engine;
  readonly configuration: ConfigurationRoom;
  /** Left out where there are no records: nothing is reported then. */
  readonly reports?: ReportRoom;
  readonly notes?: NoteRoom;
  /** Left out where there are no records: nothing is searched then. */
  readonly stories?: Stories;
  /** Left out: the board has no figures of today. */
  readonly live?: LiveCounters;
  /** The journal page by page, for one reader each. Left out: no stories, and no facts for programs. */
  readonly facts?: () => FactPages;
  /** Left out: nothing is listened to. */
  readonly prompts?: PromptRoom;
  /** Left out: nothing is sent. */
  readonly outbox?: OutboxRoom;
  /** Left out where nothing is kept: nothing is given out or erased. */
  readonly persons?: PersonRoom;
  /** Left out: no client's address is kept. */
  readonly emails?: EmailRoom;
  /** Left out: clients have no page of their own. */
  readonly clients?: { readonly links: Omit<LinkRoom, 'linkOf'>; readonly ended: EndedRoom };
  /** Left out: no page is anybody's phone. */
  readonly phones?: LineBook;
  /** Of the demonstration, and of nothing else. */
  readonly carrier?: Carrier;
  /** Left out: agents write no notes, and see no attempts. */
  readonly callNotes?: CallNoteRoom;
  readonly attempts?: AttemptRoom;
  readonly people: People;
  /** Of the data folder: whoever has it may do everything. */
  readonly token: string;
  /** Of the client at the OpenID provider. Left out: from the environment. */
  readonly openIdSecret?: string;
  /** Left out: the ordinary ones. */
  readonly limits?: Limits;
  /** Left out: the wall clock. */
  readonly now?: () => number;
  /** By which agents' pages are waited for. Left out: the wall's. */
  readonly clock?: Clock;
  readonly listen: ListenOptions;
  readonly log: (line: string) => void;
};

export type Api = {
  readonly url: string;
  /** On loopback without TLS, for commands of this machine. */
  readonly localUrl: string;
  /** All there are, for whoever checks that none is forgotten. */
  readonly routes: readonly Route[];
  close(): Promise<void>;
};

const BODY_MAX_BYTES = 64 * 1024;

export async function openApi(options: ApiOptions): Promise<Api> {
  const app = await newApp(options.listen.tls);
  const { people, engine, now = () => Date.now() } = options;
  setErrors(app, engine, options.log);
  const limits = new RateLimits(options.limits);
  const routes = guard(app, { people, startToken: options.token, limits });
  keepAnswers(app, people.answers);
  signInRoutes(app, people, limits);
  openIdRoutes(app, {
    settings: () => options.configuration.openId,
    secret: () => options.openIdSecret ?? secretOfEnvironment(),
    people,
    limits,
    log: options.log,
  });
  accountRoutes(app, people);
  auditRoutes(app, people);
  tokenRoutes(app, people, now);
  agentRoutes(app, engine);
  agentPhoneRoutes(app, engine, options.phones);
  visitorPhoneRoutes(app, options.carrier, { limits, now });
  agentDeskRoutes(app, {
    ...options,
    clock: options.clock ?? wallClock,
    clientLink: () => options.configuration.clientLink,
  });
  agentTalkRoutes(app, engine);
  standRoutes(app, engine);
  ownerRoutes(app, engine);
  callbackRoutes(app, engine);
  configurationRoutes(app, options.configuration, people);
  if (options.prompts !== undefined) promptRoutes(app, options.prompts, people);
  if (options.emails !== undefined) emailRoutes(app, engine, people, options.emails);
  if (options.reports !== undefined) reportRoutes(app, options.reports);
  if (options.notes !== undefined) noteRoutes(app, options.notes);
  streamRoutes(app, options);
  if (options.stories !== undefined) {
    storyRoutes(app, engine, people, options.stories, options.callNotes);
    searchRoutes(app, engine, people, options.stories);
  }
  metricsRoutes(app, engine, options.live, now);
  if (options.outbox !== undefined) outboxRoutes(app, options.outbox);
  if (options.persons !== undefined) personRoutes(app, options.persons);
  if (options.clients !== undefined)
    clientRoutes(app, { ...options.clients, engine, people, limits, now, log: options.log });
  pageRoutes(app);
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, () => app.swagger());
  const doors = await openDoors(app, options.listen);
  return { ...doors, routes };
}

async function newApp(tls: Tls | undefined): Promise<App> {
  const https = tls === undefined ? {} : { https: { ...tls } };
  const app = fastify({
    ...{ logger: false, bodyLimit: BODY_MAX_BYTES, forceCloseConnections: true },
    routerOptions: { ignoreTrailingSlash: true },
    ...https,
  })
    .setValidatorCompiler(TypeBoxValidatorCompiler)
    .withTypeProvider<TypeBoxTypeProvider>();
  await app.register(cookies);
  await app.register(websocket, {
    options: {
      maxPayload: MESSAGE_MAX_BYTES,
      perMessageDeflate: false,
      handleProtocols: (offered: Set<string>) => (offered.has('sip') ? 'sip' : false),
    },
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Rappel', description: 'A contact centre queue with callback.', version: '1' },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          signIn: { type: 'apiKey', in: 'cookie', name: COOKIE },
        },
      },
      security: [{ token: [] }, { signIn: [] }],
    },
  });
  app.addHook('onSend', async (_request, reply, payload) => {
    for (const [name, value] of Object.entries(apiHeaders()))
      if (!reply.hasHeader(name)) reply.header(name, value);
    return payload;
  });
  return app;
}

function setErrors(app: App, engine: Engine, log: (line: string) => void): void {
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
    // No error of ours: whatever asks the database fails while it is away.
    if (!engine.journalIsUp) return notReady(reply, engine);
    log(`API: ${error.name}`);
    return problem(reply, 500, 'house.broken', 'an error of ours; look into the log and report it');
  });
  app.setNotFoundHandler((request, reply) =>
    isForPages(request)
      ? sendUnknownPage(request, reply)
      : problem(
          reply,
          404,
          'request.unknown_path',
          'there is nothing here; see /api/v1/openapi.json for what there is',
        ),
  );
}
