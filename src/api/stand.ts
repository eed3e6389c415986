// How the centre stands now: lines, agents, callbacks, and whether it lives. Read from the engine's state; keys and
// counts only, never a number.

import type { Engine } from '../engine/engine.ts';
import { standOf } from '../engine/stand.ts';
import { type App, agentView } from './agents.ts';
import { AGENTS, JOURNAL, STAND } from './answer-shapes.ts';
import { problem } from './problem.ts';

export function standRoutes(app: App, engine: Engine): void {
  app.get('/health/live', { schema: { hide: true } }, () => ({ live: true }));
  app.get('/health/ready', { schema: { hide: true } }, (_request, reply) =>
    engine.state.telephonyUp && engine.journalIsUp
      ? reply.send({ ready: true })
      : problem(
          reply,
          503,
          'centre.not_ready',
          `${engine.journalIsUp ? 'Asterisk' : 'PostgreSQL'} is away; calls are held until it is back`,
        ),
  );
  app.get('/api/v1/stand', { schema: { response: STAND } }, () => standOf(engine.state));
  app.get('/api/v1/journal', { schema: { response: JOURNAL } }, () => engine.written());
  app.get('/api/v1/agents', { schema: { response: AGENTS } }, () => ({
    agents: (engine.state.configuration?.agents ?? []).map(({ id }) => agentView(engine, id)),
  }));
}
