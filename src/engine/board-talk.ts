// What the board says of conversations that go on elsewhere: whether a client holds, whom an agent consults and how far that
// is, whose client a consulted colleague is asked about; and who may be consulted: colleagues who are ready, and the names
// of the directory. No number of it is here.

import { type Agent, configurationOf, type State } from '../core/state.ts';
import type { AgentRow, ColleagueRow, OutsideRow } from './board-shape.ts';

export function talkRow(state: State, agent: Agent): Pick<AgentRow, 'onHold' | 'consult' | 'helps'> {
  const place = agent.place === null ? undefined : state.places.get(agent.place);
  const consult = agent.state === 'on_call' ? place?.consult : undefined;
  return {
    onHold: place?.onHold === true,
    consult:
      consult === undefined
        ? null
        : {
            agent: consult.agent,
            outside: consult.outside,
            state: stageOf(consult.state),
            since: consult.since,
          },
    helps: helpOf(state, agent),
  };
}

function helpOf(state: State, { helps }: Agent): AgentRow['helps'] {
  const place = helps === undefined ? undefined : state.places.get(helps);
  if (place?.consult === undefined || place.agent === null) return null;
  const { agent: by, line, language, consult } = place;
  return { by, line, language, state: stageOf(consult.state) };
}

type Stage = NonNullable<AgentRow['consult']>['state'];

/** Asked of the fence, or ringing, is one for who waits for it. */
function stageOf(state: string): Stage {
  return state === 'talking' || state === 'joined' ? state : 'ringing';
}

/** Those who are ready, and no more of them than whoever needs one must know. */
export function colleaguesOf(state: State): Record<string, ColleagueRow> {
  const rows: Record<string, ColleagueRow> = {};
  for (const { id, state: is, lines, languages } of state.agents.values())
    if (is === 'ready') rows[id] = { lines, languages };
  return rows;
}

export function directoryOf(state: State): Record<string, OutsideRow> {
  return Object.fromEntries((configurationOf(state).directory ?? []).map(({ id, name }) => [id, { name }]));
}
