// What is asked of telephony while a conversation goes on elsewhere: who hears whom, and who hears music. A bridge is named
// after the agent's leg, or after the third party's while there is one: each of them is one conversation.

import { must } from './assert.ts';
import type { Effect } from './effect.ts';
import type { FactOf } from './fact.ts';
import { type Channel, type LegId, textId } from './id.ts';
import { ringMsOf } from './policy.ts';
import {
  agentOf,
  attemptChannel,
  attemptOf,
  bridgeId,
  callbackOf,
  callOf,
  configurationOf,
  legChannel,
  lineOf,
  type Place,
  placeOf,
  type State,
} from './state.ts';

type TalkFact = FactOf<
  | 'client.held'
  | 'client.retrieved'
  | 'consult.begun'
  | 'consult.answered'
  | 'consult.joined'
  | 'consult.ended'
  | 'place.handed_over'
  | 'place.transferred'
>;

export function talkEffects(state: State, fact: TalkFact): readonly Effect[] {
  const place = placeOf(state, fact.place);
  switch (fact.type) {
    case 'client.held':
      return asideOf(state, place);
    case 'client.retrieved':
      return together(state, place);
    case 'consult.begun':
      return begin(state, place, fact);
    case 'consult.answered':
      return place.agent === null ? [] : inBridge(state, place, [legOf(state, place), thirdOf(state, place)]);
    case 'consult.joined': {
      const client = clientOf(state, place);
      return inBridge(state, place, [client, legOf(state, place), thirdOf(state, place)]);
    }
    case 'place.handed_over':
      return inBridge(state, place, [clientOf(state, place), thirdOf(state, place)]);
    case 'consult.ended':
      return end(state, place, fact);
    case 'place.transferred':
      return asideOf(state, place);
  }
}

/** After a resync: who of this place is to hear whom, and the bridge that is to live on for that. */
export function talkAfterResync(state: State, place: Place): TalkAfterResync {
  const { consult } = place;
  const bridge = consult === undefined ? null : bridgeId(state, consult.leg);
  const music: Effect[] = place.onHold === true ? musicFor(state, place) : [];
  switch (consult?.state) {
    case 'talking':
      return {
        bridge,
        effects: [...inBridge(state, place, [legOf(state, place), thirdOf(state, place)]), ...music],
      };
    case 'joined': {
      const all = [clientOf(state, place), legOf(state, place), thirdOf(state, place)];
      return { bridge, effects: inBridge(state, place, all) };
    }
    case 'handed':
      return { bridge, effects: inBridge(state, place, [clientOf(state, place), thirdOf(state, place)]) };
    default:
      if (place.onHold === true) return { bridge: null, effects: music };
      return { bridge: bridgeOfAgent(state, place), effects: together(state, place) };
  }
}

type TalkAfterResync = { readonly bridge: string | null; readonly effects: readonly Effect[] };

function begin(state: State, place: Place, fact: FactOf<'consult.begun'>): Effect[] {
  const channel = legChannel(state, fact.leg);
  const { language } = place;
  const rung: Effect =
    fact.agent === undefined
      ? {
          do: 'dial',
          channel,
          attempt: textId(state.shard, 'leg', fact.leg),
          callerId: lineOf(state, place.line).callerId,
          language,
          ringMs: ringMsOf(state, place),
        }
      : { do: 'ring', channel, agent: fact.agent, language, ringMs: configurationOf(state).agent.ringMs };
  const aside = place.onHold === true ? [] : asideOf(state, place);
  return fact.isBlind === true
    ? [...aside, rung]
    : [...aside, rung, { do: 'ringback', channel: legOf(state, place) }];
}

function end(state: State, place: Place, fact: FactOf<'consult.ended'>): Effect[] {
  const { consult } = place;
  if (consult === undefined) return [];
  const effects: Effect[] = [{ do: 'unbridge', bridge: bridgeId(state, consult.leg) }];
  if (consult.agent === null) effects.push({ do: 'hang_up', channel: thirdOf(state, place) });
  const areBothThere = place.agent !== null && fact.cause !== 'client_left' && fact.cause !== 'agent_left';
  return areBothThere ? [...effects, ...together(state, place)] : effects;
}

/** Out of the bridge, and music. */
function asideOf(state: State, place: Place): Effect[] {
  const music = musicFor(state, place);
  if (place.agent === null) return music;
  const leg = agentOf(state, place.agent).leg;
  return leg === null ? music : [{ do: 'unbridge', bridge: bridgeId(state, leg) }, ...music];
}

function musicFor(state: State, place: Place): Effect[] {
  return [{ do: 'music', channel: clientOf(state, place), language: place.language }];
}

/** Client and agent. */
function together(state: State, place: Place): Effect[] {
  const agent = legOf(state, place);
  return [{ do: 'bridge', bridge: bridgeOfAgent(state, place), channels: [clientOf(state, place), agent] }];
}

function inBridge(state: State, place: Place, channels: readonly Channel[]): Effect[] {
  const leg = place.consult?.leg;
  return leg === undefined ? [] : [{ do: 'bridge', bridge: bridgeId(state, leg), channels }];
}

function bridgeOfAgent(state: State, place: Place): string {
  return bridgeId(state, agentLeg(state, place));
}

function legOf(state: State, place: Place): Channel {
  return legChannel(state, agentLeg(state, place));
}

function agentLeg(state: State, place: Place): LegId {
  return must(agentOf(state, must(place.agent, 'agent of a conversation')).leg, 'leg of the agent');
}

function thirdOf(state: State, place: Place): Channel {
  return legChannel(state, must(place.consult, 'consultation').leg);
}

/** Of a conversation: the caller's own, or the one that called them back. */
function clientOf(state: State, place: Place): Channel {
  if (place.callback !== null) {
    const { attempt } = callbackOf(state, place.callback);
    if (attempt !== null) return attemptChannel(state, attemptOf(state, attempt).id);
  }
  return callOf(state, must(place.call, 'call of a conversation')).channel;
}
