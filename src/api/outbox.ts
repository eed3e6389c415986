// The outbox, for owners: what was and is to be sent, the endpoints of webhooks, a test event, a new secret. No number and
// no secret is shown but a new one, once, to whoever asked for it.

import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { OutboxRoom } from '../outbox/outbox.ts';
import { OutboxFailure } from '../outbox/outbox-failure.ts';
import type { App } from './agents.ts';
import { DELIVERIES, DELIVERY_DUE, ENDPOINT, ENDPOINTS, SECRET, TEST_SENT } from './answer-shapes.ts';
import { problem } from './problem.ts';

const LIST_MAX = 500;
const query = Type.Object({
  before: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: 'only those with a smaller serial; left out: from the newest on',
    }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIST_MAX, default: 100 })),
  state: Type.Optional(
    Type.Union(
      ['due', 'sending', 'delivered', 'failed', 'unknown', 'void'].map((state) => Type.Literal(state)),
    ),
  ),
});
const endpointParams = Type.Object({ endpoint: Type.String({ maxLength: 32 }) });
const deliveryParams = Type.Object({ delivery: Type.String({ maxLength: 128 }) });

export function outboxRoutes(app: App, outbox: OutboxRoom): void {
  const path = '/api/v1/outbox';
  app.get(`${path}/deliveries`, { schema: { querystring: query, response: DELIVERIES } }, async (request) => {
    const { before = Number.MAX_SAFE_INTEGER, limit = 100, state } = request.query;
    const deliveries = await outbox.deliveries(before, limit, state);
    const next = deliveries.length === limit ? (deliveries.at(-1)?.serial ?? null) : null;
    return { deliveries, next };
  });
  app.post(
    `${path}/deliveries/:delivery/retry`,
    { schema: { params: deliveryParams, response: DELIVERY_DUE } },
    async (request, reply) => {
      const { delivery } = request.params;
      if (await outbox.retry(delivery)) return { id: delivery, state: 'due' };
      return problem(
        reply,
        404,
        'outbox.delivery_unknown',
        'there is no such delivery that waits or has failed; what may have reached a client is not sent again',
      );
    },
  );
  app.get(`${path}/endpoints`, { schema: { response: ENDPOINTS } }, async () => ({
    endpoints: await outbox.endpoints(),
  }));
  for (const [verb, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const)
    app.post(
      `${path}/endpoints/:endpoint/${verb}`,
      { schema: { params: endpointParams, response: ENDPOINT } },
      async (request, reply) => found(reply, await outbox.enable(request.params.endpoint, enabled)),
    );
  app.post(
    `${path}/endpoints/:endpoint/test`,
    { schema: { params: endpointParams, response: TEST_SENT } },
    async (request, reply) => found(reply, await outbox.test(request.params.endpoint)),
  );
  app.post(
    `${path}/endpoints/:endpoint/rotate`,
    { schema: { params: endpointParams, response: SECRET } },
    async (request, reply) => {
      try {
        return found(reply, await outbox.rotate(request.params.endpoint));
      } catch (error) {
        if (!(error instanceof OutboxFailure)) throw error;
        return problem(reply, 409, error.code, error.message);
      }
    },
  );
}

function found(reply: FastifyReply, answer: object | null) {
  if (answer !== null) return reply.send(answer);
  return problem(
    reply,
    404,
    'outbox.endpoint_unknown',
    'there is no such webhook in the configuration; "GET /api/v1/outbox/endpoints" lists them',
  );
}
