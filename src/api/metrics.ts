// GET /metrics for Prometheus: today's figures by the registry's own definitions, how the lines and agents stand, and the
// process itself. Read when asked for; a figure without a case has no value and is left out. Keys and counts only.

import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Engine } from '../engine/engine.ts';
import type { LiveCounters } from '../engine/live-counters.ts';
import { standOf } from '../engine/stand.ts';
import { estimate, unitOfFigure } from '../figures/figure.ts';
import { FIGURES } from '../figures/registry.ts';
import { dayOf } from '../records/local-time.ts';
import type { App } from './agents.ts';

/** Base units, as Prometheus wants them. */
const UNITS = {
  ms: { end: '_seconds', divide: 1_000 },
  share: { end: '_ratio', divide: 1 },
  cases: { end: '', divide: 1 },
  score: { end: '_score', divide: 1 },
} as const;

export function metricsRoutes(
  app: App,
  engine: Engine,
  live: LiveCounters | undefined,
  now: () => number,
): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const stand = standGauges(registry);
  const figures = live === undefined ? () => {} : figureGauges(registry, live);
  app.addHook('onClose', async () => registry.clear());
  app.get('/metrics', { schema: { hide: true } }, (_request, reply) => {
    engine.readCommitted((state, seq) => {
      const { lines, agents, calls } = standOf(state, Math.max(state.now, now()));
      stand.calls.set(calls);
      stand.seq.set(seq);
      stand.up.set({ part: 'telephony' }, state.telephonyUp ? 1 : 0);
      stand.up.set({ part: 'journal' }, engine.journalIsUp ? 1 : 0);
      for (const { line, holding, callbacks, withAgent, longestWaitMs } of lines) {
        stand.places.set({ line, state: 'holding' }, holding);
        stand.places.set({ line, state: 'callback' }, callbacks);
        stand.places.set({ line, state: 'with_agent' }, withAgent);
        stand.longest.set({ line }, longestWaitMs / 1_000);
      }
      stand.agents.reset();
      for (const agent of agents) stand.agents.inc({ state: agent.state });
      figures(
        (state.configuration?.lines ?? []).map(({ id }) => id),
        dayOf(Math.max(state.now, now()), state.configuration?.timeZone ?? 'UTC'),
      );
    });
    return registry.metrics().then((text) => reply.header('content-type', registry.contentType).send(text));
  });
}

function standGauges(registry: Registry) {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });
  return {
    calls: gauge('rappel_calls', 'calls of the public in the house', []),
    seq: gauge('rappel_journal_seq', 'the last committed row of the journal', []),
    up: gauge('rappel_up', 'whether telephony and the journal are there', ['part']),
    places: gauge('rappel_places', 'places in line', ['line', 'state']),
    longest: gauge('rappel_longest_wait_seconds', 'of those who wait now', ['line']),
    agents: gauge('rappel_agents', 'agents at work, by state', ['state']),
  };
}

/** Each with its n beside it: whoever alerts on a share wants to know of how many. */
function figureGauges(registry: Registry, live: LiveCounters) {
  const gauges = FIGURES.map((figure) => {
    const { end, divide } = UNITS[unitOfFigure(figure)];
    const name = `rappel_today_${figure.id}`;
    const help = `${figure.name.en}, today`;
    const labelNames = ['line'];
    return {
      figure,
      divide,
      value: new Gauge({ name: `${name}${end}`, help, labelNames, registers: [registry] }),
      n: new Gauge({ name: `${name}_n`, help: `${help}: of how many`, labelNames, registers: [registry] }),
    };
  });
  return (lines: readonly string[], dayFromAt: number): void => {
    const counts = [null, ...lines].map((line) => ({
      line: line ?? '',
      counts: live.counts(dayFromAt, Number.MAX_SAFE_INTEGER, line),
    }));
    for (const { figure, divide, value, n } of gauges) {
      value.reset();
      n.reset();
      for (const { line, counts: of } of counts) {
        const made = estimate(figure, of);
        if (made.value !== null) value.set({ line }, made.value / divide);
        n.set({ line }, made.n);
      }
    }
  };
}
