// What an agent does with a client they talk to, beside talking: what their page offers at that moment, chosen by chance.

import type { AgentId, LineId } from '../../core/id.ts';
import type { Party, PeopleInput } from '../../core/input.ts';
import type { State } from '../../core/state.ts';
import type { Random } from '../random.ts';
import { OUTSIDE_ID } from './outside-party.ts';

/** Null: nothing, they are in no conversation by what the page shows. */
export function talkAct(state: State, agent: AgentId, chance: Random): PeopleInput | null {
  const me = state.agents.get(agent);
  const place = me?.place == null ? undefined : state.places.get(me.place);
  if (me?.state !== 'on_call' || place === undefined) return null;
  const { consult, onHold } = place;
  if (consult !== undefined) {
    const types = [
      'agent.join',
      'agent.join',
      'agent.hand_over',
      'agent.end_consult',
      'agent.retrieve',
    ] as const;
    return { type: chance.pick(types), agent };
  }
  if (onHold === true && chance.chance(0.7)) return { type: 'agent.retrieve', agent };
  switch (chance.below(6)) {
    case 0:
      return { type: 'agent.hold', agent };
    case 1:
    case 2:
      return { type: 'agent.transfer', agent, to: anybody(state, chance) };
    default:
      return { type: 'agent.consult', agent, to: anybody(state, chance) };
  }
}

function anybody(state: State, chance: Random): Party {
  const kind = chance.below(3);
  if (kind === 0) return { outside: OUTSIDE_ID };
  if (kind === 1) return { line: chance.pick([...state.lines.keys()]) as LineId };
  return { agent: chance.pick([...state.known.keys()]) as AgentId };
}
