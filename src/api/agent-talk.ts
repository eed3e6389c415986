// What an agent does with the client they talk to: hold and back, consult a colleague or somebody of the directory, all
// three together, hand the client over, or transfer them at once. Each is one input to the engine, which decides; the
// answer is the agent's state after it was committed. For that agent alone. It must not know whom a number belongs to:
// outside parties are named by their entry of the directory.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { AgentId, LineId } from '../core/id.ts';
import type { Party, PeopleInput } from '../core/input.ts';
import type { Engine } from '../engine/engine.ts';
import { type App, agentView } from './agents.ts';
import { AGENT } from './answer-shapes.ts';
import { byOf } from './identity.ts';
import { refuse } from './refusal.ts';

const closed = { additionalProperties: false } as const;
const params = Type.Object({ agent: Type.String({ minLength: 1, maxLength: 64 }) });
const named = (description: string) => Type.String({ minLength: 1, maxLength: 64, description });
const partyBody = Type.Object(
  {
    to: Type.Union(
      [
        Type.Object(
          { line: named('to transfer: in line there; to consult: whoever is ready longest') },
          closed,
        ),
        Type.Object({ agent: named('a colleague, who must be ready') }, closed),
        Type.Object({ outside: named('an entry of the directory of the configuration') }, closed),
      ],
      { description: 'exactly one of the three' },
    ),
  },
  closed,
);

const ACTS = [
  ['hold', 'agent.hold'],
  ['retrieve', 'agent.retrieve'],
  ['join', 'agent.join'],
  ['hand-over', 'agent.hand_over'],
  ['end-consult', 'agent.end_consult'],
] as const;

const TOWARDS = [
  ['consult', 'agent.consult'],
  ['transfer', 'agent.transfer'],
] as const;

export function agentTalkRoutes(app: App, engine: Engine): void {
  const submit = async (request: FastifyRequest, reply: FastifyReply, input: PeopleInput) => {
    const { refused } = await engine.submit({ ...input, by: byOf(request) });
    return refused === null ? agentView(engine, input.agent) : refuse(reply, refused);
  };
  for (const [path, type] of ACTS)
    app.post(`/api/v1/agents/:agent/${path}`, { schema: { params, response: AGENT } }, (request, reply) =>
      submit(request, reply, { type, agent: request.params.agent as AgentId }),
    );
  for (const [path, type] of TOWARDS)
    app.post(
      `/api/v1/agents/:agent/${path}`,
      { schema: { params, body: partyBody, response: AGENT } },
      (request, reply) =>
        submit(request, reply, {
          type,
          agent: request.params.agent as AgentId,
          to: partyOf(request.body.to),
        }),
    );
}

function partyOf(to: { line: string } | { agent: string } | { outside: string }): Party {
  if ('line' in to) return { line: to.line as LineId };
  return 'agent' in to ? { agent: to.agent as AgentId } : { outside: to.outside };
}
