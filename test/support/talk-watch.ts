// Who must hear whom between two turns, counted from the entities alone and held against what effects have done outside: a
// client with an agent hears them, one on hold hears music, all three of a conference hear each other, and whoever was
// handed over hears who took them. Nobody who is there is in nobody's hands.

import type { Channel } from '../../src/core/id.ts';
import { textId } from '../../src/core/id.ts';
import type { Place, State } from '../../src/core/state.ts';
import type { FarChannel } from './far-world.ts';

type Far = ReadonlyMap<Channel, FarChannel>;

export function checkTalks(state: State, far: Far): void {
  for (const place of state.places.values()) {
    if (place.state !== 'served') continue;
    const client = clientOf(state, place);
    if (client === null) continue;
    const agent = place.agent === null ? null : (state.agents.get(place.agent)?.leg ?? null);
    const name = (leg: number): Channel => textId(state.shard, 'leg', leg) as Channel;
    const third = place.consult === undefined ? null : name(place.consult.leg);
    const own = agent === null ? null : name(agent);
    if (place.onHold === true) music(far, place, client);
    switch (place.consult?.state) {
      case 'talking':
        together(far, place, [own, third]);
        break;
      case 'joined':
        together(far, place, [client, own, third]);
        break;
      case 'handed':
        together(far, place, [client, third]);
        break;
      default:
        if (place.onHold !== true) together(far, place, [client, own]);
    }
  }
}

/** In a conversation; null: not yet, or no more. */
function clientOf(state: State, place: Place): Channel | null {
  if (place.callback !== null) {
    const callback = state.callbacks.get(place.callback);
    if (callback?.state !== 'connected' || callback.attempt === null) return null;
    return textId(state.shard, 'attempt', callback.attempt) as Channel;
  }
  const call = place.call === null ? undefined : state.calls.get(place.call);
  return call?.state === 'connected' ? call.channel : null;
}

function music(far: Far, place: Place, client: Channel): void {
  const one = far.get(client);
  if (one === undefined) return;
  if (one.bridge !== null || one.hears !== 'music')
    throw new Error(`the client of place ${place.id} is on hold and hears ${one.hears} (${one.bridge})`);
}

function together(far: Far, place: Place, channels: readonly (Channel | null)[]): void {
  const all = channels.map((channel) => (channel === null ? undefined : far.get(channel)));
  const bridges = new Set(all.map((one) => one?.bridge ?? null));
  if (all.includes(undefined) || bridges.size !== 1 || bridges.has(null))
    throw new Error(
      `place ${place.id}: ${channels.join(', ')} do not hear each other (${[...bridges].join(', ')})`,
    );
}
