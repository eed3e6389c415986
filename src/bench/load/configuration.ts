// The centre of the load bench: four lines, two languages, agents who serve all of them. Without limits for the rush;
// for the month with the hours, caps and times of a real centre.

import {
  AGENT_DEFAULTS,
  type AgentConfiguration,
  CALLBACK_DEFAULTS,
  type Configuration,
  LINE_DEFAULTS,
  type LineConfiguration,
  NUMBER_DEFAULTS,
  type Span,
} from '../../core/configuration.ts';
import type { AgentId, LineId } from '../../core/id.ts';

const LINES = ['permanent_residence', 'family_sponsorship', 'temporary_residence', 'citizenship'] as const;

export function agentIds(count: number): AgentId[] {
  return Array.from({ length: count }, (_, index) => `agent-${index + 1}` as AgentId);
}

/** `open`: when the lines are open; always where it is left out. */
export function loadConfiguration(agentCount: number, open?: readonly Span[]): Configuration {
  const lines = LINES.map(
    (id, index): LineConfiguration => ({
      ...LINE_DEFAULTS,
      ...(open && { open }),
      id: id as string as LineId,
      name: { en: id, fr: id },
      key: String(index + 1),
      prompt: `line.${id}`,
      dnis: [],
      capacity: null,
      expectedHandleMs: 600_000,
      expectedPatienceMs: 1_800_000,
      callerId: '+16135550141',
    }),
  );
  const agents = agentIds(agentCount).map(
    (id): AgentConfiguration => ({
      ...AGENT_DEFAULTS,
      id,
      lines: lines.map((line) => line.id),
      languages: ['en', 'fr'],
    }),
  );
  return {
    languages: ['en', 'fr'],
    lines,
    agents,
    dialogue: {
      roundsMax: 3,
      silenceMs: 6_000,
      keyRepeatMs: 500,
      offerEveryMs: 60_000,
      firstDigitMs: 8_000,
      nextDigitMs: 4_000,
    },
    numbers: { ...NUMBER_DEFAULTS, dialsPerHourMax: 1_000_000 },
    callback: {
      ...CALLBACK_DEFAULTS,
      attemptsMax: 2,
      ringMs: 25_000,
      retryDelayMs: 900_000,
      quarantineMs: 60_000,
    },
    agent: { shiftEndMs: 0, ringMs: 15_000, wrapUpMs: 30_000 },
  };
}
