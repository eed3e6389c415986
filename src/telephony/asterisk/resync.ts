// What to do with a fresh socket: say which events are wanted, then look at everything that lives. Events that were sent
// while no socket was open are lost, and nothing already delivered is repeated, so only looking tells the truth. The
// list is made while new events wait; one that is in both is known by its id.

import type { Channel } from '../../core/id.ts';
import type { AriAnswer, AriClient } from './ari-client.ts';
import type { Channel as AriChannel } from './ari-types.ts';
import { APP, TRUNK, TRUNK_APP } from './dialplan.ts';
import { inboundDnis, kindOf, type Leg, newLeg } from './leg.ts';

/**
 * All that we act on. Variables and dialplan steps, most of what there is, stay in Asterisk (they name numbers).
 * RESTResponse is none of Asterisk's documented events, yet it passes the same filter: without it no request is answered.
 */
const wantedEvents = [
  'StasisStart',
  'StasisEnd',
  'ChannelStateChange',
  'ChannelDestroyed',
  'ChannelDtmfReceived',
  'Dial',
  'PlaybackStarted',
  'PlaybackFinished',
  'ApplicationReplaced',
  'RESTResponse',
];

export type Resynced = {
  readonly legs: ReadonlyMap<string, Leg>;
  readonly bridges: readonly string[];
  /** Callers in our hands, who may have come while nobody listened. */
  readonly callers: readonly { readonly channel: AriChannel; readonly dnis: string }[];
};

export async function subscribe(ari: AriClient): Promise<void> {
  const filter = (types: readonly string[]) => ({ allowed: types.map((type) => ({ type })) });
  const answers = await Promise.all([
    ari.request(
      'PUT /applications/{applicationName}/eventFilter',
      { applicationName: APP },
      filter(wantedEvents),
    ),
    ari.request(
      'PUT /applications/{applicationName}/eventFilter',
      { applicationName: TRUNK_APP },
      filter(['ChannelDestroyed', 'ApplicationReplaced']),
    ),
    // The trunk's own channels are behind the fence and not ours; their end carries the far end's SIP answer. Under a
    // second name: under the first, every event of a caller would come twice.
    ari.request('POST /applications/{applicationName}/subscription', {
      applicationName: TRUNK_APP,
      eventSource: [`endpoint:PJSIP/${TRUNK}`],
    }),
  ]);
  for (const answer of answers) must(answer);
}

export async function resync(ari: AriClient): Promise<Resynced> {
  const [channels, bridges, application] = await Promise.all([
    ari.request('GET /channels', {}),
    ari.request('GET /bridges', {}),
    ari.request('GET /applications/{applicationName}', { applicationName: APP }),
  ]);
  const legs = new Map<string, Leg>();
  const callers: { channel: AriChannel; dnis: string }[] = [];
  for (const channel of must(channels)) {
    const kind = kindOf(channel);
    if (!kind) continue;
    const leg = newLeg(channel.id as Channel, kind);
    leg.answered = channel.state === 'Up';
    leg.rang = leg.answered || channel.state === 'Ringing';
    leg.toldRinging = leg.rang;
    legs.set(channel.id, leg);
    const dnis = inboundDnis(channel);
    if (dnis !== undefined) callers.push({ channel, dnis });
  }
  for (const bridge of must(bridges)) {
    for (const id of bridge.channels) {
      const leg = legs.get(id);
      if (leg) leg.bridge = bridge.id;
    }
  }
  await listenTo(ari, [...legs.keys()], must(application).channel_ids);
  return { legs, bridges: must(bridges).map((bridge) => bridge.id), callers };
}

/** An application that was away keeps its subscriptions as a rule; where it does not, the ends would go unheard. */
async function listenTo(ari: AriClient, ids: readonly string[], heard: readonly string[]): Promise<void> {
  const known = new Set(heard);
  const unheard = ids.filter((id) => !known.has(id)).map((id) => `channel:${id}`);
  if (unheard.length === 0) return;
  await ari.request('POST /applications/{applicationName}/subscription', {
    applicationName: APP,
    eventSource: unheard,
  });
}

function must<T>(answer: AriAnswer<T>): T {
  if (answer.ok) return answer.value;
  throw new Error(`Asterisk did not tell what lives (${answer.status} ${answer.text})`);
}
