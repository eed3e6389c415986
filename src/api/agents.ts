// What an agent, or a program for them, may ask: sign in, ready, not ready, wrap-up, voicemail, that the client uses a
// relay service, sign out. Each is one input to the engine; the answer is the agent's state after it was committed. How a
// conversation felt goes into the box of the tones instead, and is written down nowhere.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import { Type } from 'typebox';
import type { AgentId, Language, LineId } from '../core/id.ts';
import type { PeopleInput } from '../core/input.ts';
import type { Engine } from '../engine/engine.ts';
import { AGENT } from './answer-shapes.ts';
import { byOf } from './identity.ts';
import { refuse } from './refusal.ts';

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression<RawServerDefault>,
  RawReplyDefaultExpression<RawServerDefault>,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

const params = Type.Object({ agent: Type.String({ minLength: 1, maxLength: 64 }) });
const language = Type.Union([Type.Literal('en'), Type.Literal('fr')]);
const signIn = Type.Object(
  {
    lines: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
    languages: Type.Optional(Type.Array(language, { minItems: 1 })),
  },
  { additionalProperties: false },
);
const notReady = Type.Object(
  {
    reason: Type.String({
      pattern: '^[a-z][a-z0-9_]{0,31}$',
      description: 'a word such as break or training',
    }),
  },
  { additionalProperties: false },
);

const tone = Type.Object(
  {
    value: Type.Union([Type.Literal(-1), Type.Literal(0), Type.Literal(1)], {
      description: '-1 more tense, 0 as usual, 1 more positive',
    }),
  },
  { additionalProperties: false },
);

export function agentRoutes(app: App, engine: Engine): void {
  const path = '/api/v1/agents/:agent';
  const submit = async (request: FastifyRequest, reply: FastifyReply, input: PeopleInput) => {
    const { refused } = await engine.submit({ ...input, by: byOf(request) });
    if (refused !== null) return refuse(reply, refused);
    return agentView(engine, input.agent);
  };
  app.post(
    `${path}/sign-in`,
    { schema: { params, body: Type.Union([signIn, Type.Null()]), response: AGENT } },
    (request, reply) => {
      const body = request.body ?? {};
      return submit(request, reply, {
        type: 'agent.sign_in',
        agent: request.params.agent as AgentId,
        ...(body.lines === undefined ? {} : { lines: body.lines as LineId[] }),
        ...(body.languages === undefined ? {} : { languages: body.languages as Language[] }),
      });
    },
  );
  app.post(`${path}/ready`, { schema: { params, response: AGENT } }, (request, reply) =>
    submit(request, reply, { type: 'agent.go_ready', agent: request.params.agent as AgentId }),
  );
  app.post(`${path}/not-ready`, { schema: { params, body: notReady, response: AGENT } }, (request, reply) =>
    submit(request, reply, {
      type: 'agent.go_not_ready',
      agent: request.params.agent as AgentId,
      reason: request.body.reason,
    }),
  );
  app.post(`${path}/wrap-up`, { schema: { params, response: AGENT } }, (request, reply) =>
    submit(request, reply, { type: 'agent.wrap_up', agent: request.params.agent as AgentId }),
  );
  app.post(`${path}/voicemail`, { schema: { params, response: AGENT } }, (request, reply) =>
    submit(request, reply, { type: 'agent.voicemail', agent: request.params.agent as AgentId }),
  );
  app.post(`${path}/relay`, { schema: { params, response: AGENT } }, (request, reply) =>
    submit(request, reply, { type: 'agent.mark_relay', agent: request.params.agent as AgentId }),
  );
  app.post(`${path}/tone`, { schema: { params, body: tone, response: AGENT } }, async (request, reply) => {
    const agent = request.params.agent as AgentId;
    const refused = await engine.giveTone(agent, request.body.value);
    return refused === null ? agentView(engine, agent) : refuse(reply, refused);
  });
  app.post(`${path}/sign-out`, { schema: { params, response: AGENT } }, (request, reply) =>
    submit(request, reply, { type: 'agent.sign_out', agent: request.params.agent as AgentId }),
  );
}

/** As it stands now; `signed_out` for an agent who is not at work. */
export function agentView(engine: Engine, id: AgentId) {
  const agent = engine.state.agents.get(id);
  if (agent === undefined) return { agent: id, state: 'signed_out' as const };
  const { state, reason, since, lines, languages } = agent;
  return {
    ...{ agent: id, state, since, lines, languages },
    ...(state === 'not_ready' ? { reason } : {}),
    ...(engine.asksTone(id) ? { asksTone: true as const } : {}),
  };
}
