// The agents' tone: after a conversation, by draw, an agent may say how it felt, and only within the wrap-up. That an agent
// was asked is a fact; what they said never is: the values of many are let go together, without call, agent or place. So
// the state holds no value either; src/engine/tone-box.ts gathers them in memory.

import { LIMITS } from './configuration.ts';
import { type Decision, NOTHING } from './decision.ts';
import type { Fact } from './fact.ts';
import type { OwnerInput, Stamp } from './input.ts';
import { type Agent, configurationOf, type Place, type State } from './state.ts';
import { talkedMs } from './talk.ts';

export type ToneKind = 'live' | 'callback';
/** More tense, as usual, more positive. */
export type Tone = -1 | 0 | 1;

/** The conversation at this place is over: is its agent asked? By another part of the draw than the survey's. */
export function askTone(state: State, agent: Agent['id'], place: Place, stamp: Stamp): Fact[] {
  const { tone } = configurationOf(state);
  if (tone === undefined || Math.floor(stamp.random / 1000) % 1000 >= tone.sharePermille) return [];
  if (talkedMs(state, place, stamp.at) < (tone.talkMinMs ?? 0)) return [];
  const { line, language } = place;
  const kind: ToneKind = place.callback === null ? 'live' : 'callback';
  return [{ type: 'tone.asked', v: 1, agent, line, language, kind }];
}

/** Values of many conversations at once, in an order that says nothing. */
export function releaseTones(
  state: State,
  { values }: Extract<OwnerInput, { type: 'tone.release' }>,
): Decision {
  if (values.length > LIMITS.tonesMax) return NOTHING;
  // A line may have gone with a configuration meanwhile.
  const known = values.filter(({ line }) => state.lines.has(line));
  return known.map((felt): Fact => ({ type: 'tone.felt', v: 1, ...felt }));
}
