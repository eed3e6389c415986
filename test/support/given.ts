// Given these facts, when this comes in, then these facts follow: how the rules are specified in tests. Also the
// builder of a small centre's configuration. Given facts go through evolve alone, as in a replay; the input goes through
// turn(). It knows nothing of telephony or of the journal.

import { expect } from 'vitest';
import {
  AGENT_DEFAULTS,
  type AgentConfiguration,
  CALLBACK_DEFAULTS,
  type Configuration,
  LINE_DEFAULTS,
  type LineConfiguration,
  NUMBER_DEFAULTS,
} from '../../src/core/configuration.ts';
import type { RefusalCode } from '../../src/core/decision.ts';
import type { Effect } from '../../src/core/effect.ts';
import { evolve } from '../../src/core/evolve.ts';
import type { Fact } from '../../src/core/fact.ts';
import type { AgentId, Language, LineId } from '../../src/core/id.ts';
import type { Input } from '../../src/core/input.ts';
import { emptyState, type State } from '../../src/core/state.ts';
import { turn } from '../../src/core/turn.ts';

export const START_AT = 1_700_000_000_000;

export function lineCalled(
  name: string,
  key: string,
  more: Partial<LineConfiguration> = {},
): LineConfiguration {
  return {
    ...LINE_DEFAULTS,
    id: name as LineId,
    name: { en: name, fr: name },
    key,
    prompt: 'line.other',
    dnis: [],
    capacity: null,
    expectedHandleMs: 300_000,
    expectedPatienceMs: 1_800_000,
    callerId: '+16135550100',
    ...more,
  };
}

export function agentCalled(
  name: string,
  lines: readonly string[],
  languages: readonly Language[] = ['en', 'fr'],
): AgentConfiguration {
  return { ...AGENT_DEFAULTS, id: name as AgentId, lines: lines as readonly LineId[], languages };
}

/** One line, `visas` on key 1 and straight from 5550101, and one agent, `ada`, unless told otherwise. */
export function centreOf(more: Partial<Configuration> = {}): Configuration {
  return {
    languages: ['en', 'fr'],
    lines: [lineCalled('visas', '1', { dnis: ['5550101'] })],
    agents: [agentCalled('ada', ['visas'])],
    dialogue: {
      roundsMax: 3,
      silenceMs: 5_000,
      keyRepeatMs: 500,
      offerEveryMs: 60_000,
      firstDigitMs: 10_000,
      nextDigitMs: 5_000,
    },
    numbers: NUMBER_DEFAULTS,
    callback: {
      ...CALLBACK_DEFAULTS,
      attemptsMax: 2,
      ringMs: 30_000,
      retryDelayMs: 300_000,
      quarantineMs: 62_000,
    },
    agent: { shiftEndMs: 0, ringMs: 20_000, wrapUpMs: 30_000 },
    ...more,
  };
}

export function configured(configuration: Configuration, hash = 'h1'): Fact {
  return { type: 'centre.configured', v: 1, hash, configuration };
}

export function given(...facts: readonly Fact[]): Given {
  const state = emptyState('t');
  for (const fact of facts) evolve(state, fact, START_AT);
  return { state, when: (input, at) => when(state, input, at ?? state.now) };
}

type Given = {
  readonly state: State;
  /** `at` in UTC ms; now, unless told otherwise. */
  when(input: Input, at?: number): Outcome;
};

type Outcome = {
  readonly facts: readonly Fact[];
  readonly effects: readonly Effect[];
  /** These facts and no others, in this order. */
  then(...facts: readonly Fact[]): void;
  thenNothing(): void;
  thenRefused(code: RefusalCode): void;
};

function when(state: State, input: Input, at: number): Outcome {
  const { facts, effects, refused } = turn(state, input, { at, random: 1234 });
  return {
    facts,
    effects,
    // biome-ignore lint/suspicious/noThenProperty: given, when, then; nobody awaits an outcome.
    then: (...expected) => expect({ facts, refused }).toEqual({ facts: expected, refused: null }),
    thenNothing: () => expect({ facts, refused }).toEqual({ facts: [], refused: null }),
    thenRefused: (code) => expect({ facts, refused }).toEqual({ facts: [], refused: code }),
  };
}
