// How the facts of an agent's page change the state. Agents who never opened one have nothing of it in the state.

import { assertNever } from './assert.ts';
import type { FactOf } from './fact.ts';
import { type AgentPage, agentOf, callbackOf, type Place, type State } from './state.ts';

type PagesFact = FactOf<'agent.page_opened' | 'agent.page_lost' | 'callback.outcome_told'>;

export function evolvePage(state: State, fact: PagesFact): void {
  const agent = agentOf(state, fact.agent);
  switch (fact.type) {
    case 'agent.page_opened': {
      agent.page ??= { isOpen: true, isPreview: false, client: null };
      agent.page.isOpen = true;
      const place = agent.place === null ? undefined : state.places.get(agent.place);
      if (place !== undefined && agent.page.client === null) showClient(state, agent.page, place);
      return;
    }
    case 'agent.page_lost':
      if (agent.page !== undefined) agent.page.isOpen = false;
      return;
    case 'callback.outcome_told':
      if (agent.page?.client?.callback === fact.callback) agent.page.client.outcome = fact.outcome;
      if (agent.page?.untold?.callback === fact.callback) delete agent.page.untold;
      return;
    default:
      assertNever(fact);
  }
}

/** Who holds is on the line already: there is nothing to show of them but the line. */
export function showClient(state: State, page: AgentPage, place: Place): void {
  if (place.callback === null) {
    page.client = null;
    return;
  }
  const { id: callback, numberKey, byRelay } = callbackOf(state, place.callback);
  if (page.untold?.callback === callback) delete page.untold;
  page.client = { callback, place: place.id, line: place.line, numberKey, byRelay, outcome: null };
}
