// S7: an agent holds one place at most, and none while not ready, wrapping up or away; a place is held by one agent at
// most. L2, at the end: nobody is left in the middle of something.

import type { Fact } from '../core/fact.ts';
import type { AgentId, PlaceId } from '../core/id.ts';
import type { State } from '../core/state.ts';
import { type Checker, hold } from './checker.ts';

type Known = {
  place: PlaceId | null;
  isReady: boolean;
  /** The end of wrap-up, unless the agent asks for something else; 0 outside of it. */
  wrapUpUntilAt: number;
  wrapUpFromAt: number;
};

export class AgentsChecker implements Checker {
  readonly #agents = new Map<AgentId, Known>();
  readonly #heldBy = new Map<PlaceId, AgentId>();
  /** When they last asked for something at their desk, by the house's own time. */
  readonly #asked = new Map<AgentId, number>();

  /** Facts of before, read once more: who asked for what is not known any more. */
  isReplay = false;

  get heldPlaces(): number {
    return this.#heldBy.size;
  }

  asked(agent: AgentId, at: number): void {
    this.#asked.set(agent, at);
  }

  fact(fact: Fact, at: number): void {
    switch (fact.type) {
      case 'agent.signed_in':
        hold(!this.#agents.has(fact.agent), 'S7', `${fact.agent} signed in twice`);
        this.#agents.set(fact.agent, { place: null, isReady: false, wrapUpUntilAt: 0, wrapUpFromAt: 0 });
        return;
      case 'agent.ready': {
        const agent = this.#of(fact.agent);
        hold(agent.place === null, 'S7', `${fact.agent} is ready and holds a place`);
        this.#holdWrapUp(fact.agent, agent, at);
        agent.isReady = true;
        return;
      }
      case 'agent.not_ready':
      case 'agent.signed_out':
      case 'agent.wrap_up_started': {
        const agent = this.#of(fact.agent);
        agent.isReady = false;
        hold(agent.place === null, 'S7', `${fact.agent} holds a place at ${fact.type}`);
        if (fact.type === 'agent.wrap_up_started') {
          agent.wrapUpUntilAt = fact.untilAt;
          agent.wrapUpFromAt = at;
        } else this.#holdWrapUp(fact.agent, agent, at);
        if (fact.type === 'agent.signed_out') this.#agents.delete(fact.agent);
        return;
      }
      case 'agent.reserved': {
        const agent = this.#of(fact.agent);
        hold(agent.isReady && agent.place === null, 'S7', `${fact.agent} was reserved while not free`);
        hold(!this.#heldBy.has(fact.place), 'S7', `place ${fact.place} is held by two agents`);
        agent.isReady = false;
        agent.place = fact.place;
        this.#heldBy.set(fact.place, fact.agent);
        return;
      }
      case 'agent.answered':
        hold(this.#of(fact.agent).place !== null, 'S7', `${fact.agent} answered for no place`);
        return;
      case 'place.returned':
        this.#let(fact.place);
        return;
      case 'place.left':
        this.#let(fact.place);
        return;
      case 'agent.released':
        this.#release(fact.agent);
        return;
      default:
        this.#talkFact(fact);
    }
  }

  #talkFact(fact: Fact): void {
    switch (fact.type) {
      case 'consult.begun': {
        if (fact.isBlind === true) this.#let(fact.place);
        else
          hold(this.#heldBy.get(fact.place) === fact.by, 'S7', `${fact.by} consults about another's client`);
        if (fact.agent === undefined) return;
        const other = this.#of(fact.agent);
        hold(other.isReady && other.place === null, 'S7', `${fact.agent} was consulted while not free`);
        other.isReady = false;
        return;
      }
      case 'place.transferred':
        this.#let(fact.place);
        return;
      case 'place.handed_over': {
        this.#let(fact.place);
        if (fact.to === null) return;
        const other = this.#of(fact.to);
        hold(other.place === null && !other.isReady, 'S7', `${fact.to} took over while not consulted`);
        other.place = fact.place;
        this.#heldBy.set(fact.place, fact.to);
        return;
      }
      default:
        return;
    }
  }

  atRest(state: State | null): void {
    if (state === null) return;
    hold(state.agents.size === this.#agents.size, 'S19', 'the state has other agents than the facts');
  }

  #holdWrapUp(id: AgentId, agent: Known, at: number): void {
    hold(
      this.isReplay || at >= agent.wrapUpUntilAt || (this.#asked.get(id) ?? 0) >= agent.wrapUpFromAt,
      'S7',
      `${id} leaves wrap-up ${agent.wrapUpUntilAt - at} ms before its end, and had not asked`,
    );
    agent.wrapUpUntilAt = 0;
  }

  /** A place that waits for its retry is let by the release of its agent; others by their own fact. */
  #release(agent: AgentId): void {
    const { place } = this.#of(agent);
    if (place !== null) this.#let(place);
  }

  #let(place: PlaceId): void {
    const agent = this.#heldBy.get(place);
    if (agent === undefined) return;
    this.#heldBy.delete(place);
    this.#of(agent).place = null;
  }

  #of(agent: AgentId): Known {
    const known = this.#agents.get(agent);
    hold(known !== undefined, 'S7', `${agent} is not signed in`);
    return known;
  }
}
