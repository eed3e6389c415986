// Facts of earlier releases, in the shape of this one. Old facts replay for ever; what they did not say meant then what
// the defaults say now.

import {
  AGENT_DEFAULTS,
  CALLBACK_DEFAULTS,
  type Configuration,
  LINE_DEFAULTS,
  NUMBER_DEFAULTS,
  SHIFT_END_MS,
} from './configuration.ts';
import type { FactOf } from './fact.ts';
import { unpacked } from './packing.ts';

/** Whichever way it was written. */
export function configurationIn(fact: FactOf<'centre.configured'>): Configuration {
  return completed(writtenIn(fact));
}

/** The same, with what an earlier release did not say left unsaid. */
export function writtenIn(fact: FactOf<'centre.configured'>): Configuration {
  return fact.v === 1 ? fact.configuration : unpacked(fact.packed);
}

/** A configuration of the first release had no hours, offers, priorities, skills or caps. */
function completed(configuration: Configuration): Configuration {
  return {
    ...configuration,
    lines: configuration.lines.map((line) => ({ ...LINE_DEFAULTS, ...line })),
    agents: configuration.agents.map((agent) => ({ ...AGENT_DEFAULTS, ...agent })),
    callback: { ...CALLBACK_DEFAULTS, ...configuration.callback },
    numbers: { ...NUMBER_DEFAULTS, ...configuration.numbers },
    agent: { ...configuration.agent, shiftEndMs: configuration.agent.shiftEndMs ?? SHIFT_END_MS },
  };
}
