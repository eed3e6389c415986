// How the centre stands now: lines, agents, callbacks, and whether it lives. Read from the engine's state; keys and
// counts only, never a number.

import type { FastifyReply } from 'fastify';
import type { Engine } from '../engine/engine.ts';
import { standOf } from '../engine/stand.ts';
import { type App, agentView } from './agents.ts';
import { AGENTS, JOURNAL, STAND } from './answer-shapes.ts';
import { problem } from './problem.ts';

/** `away`: which part it is. */
export function notReady(reply: FastifyReply, engine: Engine) {
  const away = engine.journalIsUp ? 'Asterisk' : 'PostgreSQL';
  return problem(reply, 503, 'centre.not_ready', `${away} is away; calls are held until it is back`, {
    away,
  });
}

export function standRoutes(app: App, engine: Engine): void {
  app.get('/health/live', { schema: { hide: true } }, () => ({ live: true }));
  app.get('/health/ready', { schema: { hide: true } }, (_request, reply) =>
    engine.state.telephonyUp && engine.journalIsUp ? reply.send({ ready: true }) : notReady(reply, engine),
  );
  app.get('/api/v1/stand', { schema: { response: STAND } }, () => standOf(engine.state));
  app.get('/api/v1/journal', { schema: { response: JOURNAL } }, () => engine.written());
  app.get('/api/v1/agents', { schema: { response: AGENTS } }, () => ({
    agents: (engine.state.configuration?.agents ?? []).map(({ id }) => agentView(engine, id)),
  }));
}
