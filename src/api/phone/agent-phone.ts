// An agent's page as their phone: POST lends the line (from then on it is rung, and their own phone is not), the
// WebSocket carries SIP to it, DELETE gives it back. The password is good for this one line while the page is joined to
// it, and stands in the answer's body only. Who may is the gate's: an agent for themselves.

import { Type } from 'typebox';
import type { AgentId } from '../../core/id.ts';
import type { Engine } from '../../engine/engine.ts';
import type { App } from '../agents.ts';
import { PHONE_ENDED, PHONE_LINE } from '../answer-shapes.ts';
import { problem } from '../problem.ts';
import { refuse } from '../refusal.ts';
import { LentLines, type LineBook } from './lent-lines.ts';

const params = Type.Object({ agent: Type.String({ minLength: 1, maxLength: 64 }) });

/** Without a book pages have no phones here. */
export function agentPhoneRoutes(app: App, engine: Engine, book: LineBook | undefined): void {
  const lines = book === undefined ? undefined : new LentLines(book);
  app.addHook('preClose', async () => lines?.endAll());
  const path = '/api/v1/agents/:agent/phone';
  app.post(path, { schema: { params, response: PHONE_LINE } }, async (request, reply) => {
    const { agent } = request.params;
    if (!isAgent(engine, agent)) return refuse(reply, 'agent.unknown');
    const password = (await lines?.lend(agent)) ?? null;
    if (book === undefined || password === null)
      return problem(
        reply,
        503,
        'phone.not_ready',
        'Asterisk has no line for a page now; try again in a moment, or use a SIP phone',
      );
    return { user: book.userOf(agent), password, path: `/api/v1/agents/${agent}/phone/sip` };
  });
  app.delete(path, { schema: { params, response: PHONE_ENDED } }, async (request, reply) => {
    const { agent } = request.params;
    if (!isAgent(engine, agent)) return refuse(reply, 'agent.unknown');
    const ended = lines?.isLent(agent) ?? false;
    await lines?.end(agent);
    return { ended };
  });
  app.get(`${path}/sip`, { websocket: true, schema: { params } }, (socket, request) => {
    const { agent } = request.params as { agent: string };
    if (lines === undefined) socket.close();
    else lines.join(agent, socket);
  });
}

function isAgent(engine: Engine, agent: string): boolean {
  return engine.state.configuration?.agents.some(({ id }) => id === (agent as AgentId)) ?? false;
}
