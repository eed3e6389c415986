// What agents said of the tone of their conversations, in memory only, until so many agents have given a value of one line,
// language and kind that nobody can tell whose is which; then the values go to the core together, in an order that says
// nothing. Nothing here is logged or kept: at a crash it is lost. Why so: docs/adr/0015.

import { LIMITS } from '../core/configuration.ts';
import type { AgentId } from '../core/id.ts';
import type { Input } from '../core/input.ts';
import { configurationOf, type State } from '../core/state.ts';
import type { Tone } from '../core/tone.ts';

type Felt = Extract<Input, { type: 'tone.release' }>['values'][number];
type Group = { readonly agents: Set<AgentId>; readonly values: Felt[] };

export type ToneRefusal = 'tone.not_asked' | 'tone.given';

/** A whole number below `below`, by chance. */
export type Draw = (below: number) => number;

export class ToneBox {
  readonly #groups = new Map<string, Group>();
  /** Conversations that an agent has spoken of, for as long as the state knows them. */
  readonly #given = new WeakSet<object>();
  readonly #draw: Draw;

  constructor(draw: Draw) {
    this.#draw = draw;
  }

  /** Whether a value would be taken now. */
  asks(state: State, agent: AgentId): boolean {
    const asked = askedOf(state, agent);
    return asked !== undefined && !this.#given.has(asked);
  }

  /** The values to let go now, if any; or why this one is not taken. */
  give(state: State, agent: AgentId, value: Tone): ToneRefusal | readonly Felt[] {
    const asked = askedOf(state, agent);
    const { tone } = configurationOf(state);
    if (asked === undefined || tone === undefined) return 'tone.not_asked';
    if (this.#given.has(asked)) return 'tone.given';
    this.#given.add(asked);
    const { line, language, kind } = asked;
    const key = JSON.stringify([line, language, kind]);
    const group = this.#groups.get(key) ?? { agents: new Set(), values: [] };
    this.#groups.set(key, group);
    group.agents.add(agent);
    // So many of so few agents: rather not counted than kept for ever.
    if (group.values.length < LIMITS.tonesMax) group.values.push({ line, language, kind, value });
    if (group.agents.size < tone.agentsMin) return [];
    this.#groups.delete(key);
    return this.#shuffled(group.values);
  }

  #shuffled(values: readonly Felt[]): readonly Felt[] {
    const mixed = [...values];
    for (let i = mixed.length - 1; i > 0; i -= 1) {
      const j = this.#draw(i + 1);
      [mixed[i], mixed[j]] = [mixed[j] as Felt, mixed[i] as Felt];
    }
    return mixed;
  }
}

/** The conversation that the agent is asked about, while they wrap it up. */
function askedOf(state: State, agent: AgentId) {
  return state.agents.get(agent)?.state === 'wrap_up' ? state.tones.get(agent) : undefined;
}
