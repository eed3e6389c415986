// The centre of a scenario, as owners would configure it: each line has a number that leads straight into it, a capacity
// of those who wait, its own wrap-up and attempts; nothing closes and nothing is capped. The core learns and quotes as
// it does in production; what it expects before it has learnt is what the scenario says.

import {
  AGENT_DEFAULTS,
  type AgentConfiguration,
  CALLBACK_DEFAULTS,
  type Configuration,
  LINE_DEFAULTS,
  type LineConfiguration,
  NUMBER_DEFAULTS,
} from '../../core/configuration.ts';
import type { AgentId } from '../../core/id.ts';
import { meanMsOf } from './law.ts';
import type { Scenario, ScenarioLine } from './scenario.ts';

/** A caller who holds is told their wait on entry and then no more: nothing in a scenario depends on it. */
const TOLD_ONCE_MS = 1e12;
const UNLIMITED = 1_000_000_000;
/** What is expected of a patience that never ends. */
const ENDLESS_MS = 1e12;
const RING_GRACE_MS = 1_000;

export function centreOf(scenario: Scenario): Configuration {
  return {
    languages: ['en'],
    lines: scenario.lines.map(lineOf),
    agents: agentsOf(scenario),
    dialogue: {
      roundsMax: 3,
      silenceMs: 6_000,
      keyRepeatMs: 0,
      offerEveryMs: TOLD_ONCE_MS,
      firstDigitMs: 8_000,
      nextDigitMs: 4_000,
    },
    callback: { ...CALLBACK_DEFAULTS, attemptsMax: 1, ringMs: 0, retryDelayMs: 0, quarantineMs: 0 },
    numbers: {
      ...NUMBER_DEFAULTS,
      perDayMax: UNLIMITED,
      perSourcePerHourMax: UNLIMITED,
      dialsPerHourMax: UNLIMITED,
    },
    agent: { shiftEndMs: 0, ringMs: 20_000, wrapUpMs: 0 },
  };
}

/** The number that leads to the line. */
export function dnisOf(line: number): string {
  return String(5_550_100 + line);
}

function lineOf(line: ScenarioLine, index: number): LineConfiguration {
  const { id, answer, offerOverMs } = line;
  const patienceMs = meanMsOf(line.patience);
  return {
    ...LINE_DEFAULTS,
    id,
    name: { en: id, fr: id },
    key: String(index + 1),
    prompt: 'line.other',
    dnis: [dnisOf(index)],
    direct: 'en',
    capacity: line.capacity,
    capacityCounts: 'waiting',
    expectedHandleMs: Math.max(1, Math.round(meanMsOf(line.handle) + line.wrapUpMs)),
    expectedPatienceMs: Number.isFinite(patienceMs) ? Math.max(1, Math.round(patienceMs)) : ENDLESS_MS,
    callerId: '+16135550100',
    offer: {
      ...LINE_DEFAULTS.offer,
      phases: offerOverMs === null ? [] : LINE_DEFAULTS.offer.phases,
      waitOverMs: offerOverMs ?? 0,
    },
    wrapUpMs: Math.round(line.wrapUpMs),
    attempts: {
      attemptsMax: answer.probabilities.length,
      ringMs: Math.ceil(Math.max(answer.ringMs, answer.noAnswerMs)) + RING_GRACE_MS,
      retryDelayMs: Math.round(answer.retryAfterMs),
    },
  };
}

function agentsOf({ agents }: Scenario): AgentConfiguration[] {
  return agents.flatMap(({ count, lines }, group) =>
    Array.from({ length: count }, (_, i) => ({
      ...AGENT_DEFAULTS,
      id: agentId(group, i),
      lines,
      languages: ['en'] as const,
    })),
  );
}

export function agentId(group: number, index: number): AgentId {
  return `agent-${group}-${index}` as AgentId;
}
