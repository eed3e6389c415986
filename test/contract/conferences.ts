// The contract of conversations that go on elsewhere: a client on hold hears music while the agent talks to a third party,
// all three hear each other, whoever stays goes on when one leaves, and a client is moved from one conversation to another.

import { expect, test } from 'vitest';
import type { Channel } from '../../src/core/id.ts';
import type { FarCall } from '../../src/telephony/far-side.ts';
import { type ContractWorld, callIn, dial, type Get, hangUp, type MakeId, ring, ringing } from './steps.ts';

export function conferencesContract(get: Get, id: MakeId): void {
  const music = (channel: Channel) => ({ do: 'music', channel, language: 'en' }) as const;

  async function both(w: ContractWorld, a: FarCall, b: FarCall): Promise<void> {
    expect(await w.until(a.hears(b.toneHz))).toBe(true);
    expect(await w.until(b.hears(a.toneHz))).toBe(true);
  }

  /** A client and the first agent talk. */
  async function talk(w: ContractWorld) {
    const { call, channel } = await callIn(w);
    const leg = id('leg') as Channel;
    const agent = await ring(w, leg);
    await w.until(agent.answer());
    await w.until(w.house.hears('channel.answered', leg));
    const bridge = id('bridge');
    w.telephony.perform([{ do: 'bridge', bridge, channels: [channel, leg] }]);
    await both(w, call, agent.call);
    return { client: call, channel, agent: agent.call, leg, bridge };
  }

  /** The client holds, the second agent's phone is rung and answered. */
  async function consult(w: ContractWorld, of: Awaited<ReturnType<typeof talk>>) {
    const third = id('leg') as Channel;
    w.telephony.perform([
      { do: 'unbridge', bridge: of.bridge },
      music(of.channel),
      ringing(third, w.agents[1]!),
      { do: 'ringback', channel: of.leg },
    ]);
    const colleague = await w.until(w.far.phone(w.agents[1]!).nextCall());
    await w.until(colleague.answer());
    await w.until(w.house.hears('channel.answered', third));
    const bridge = id('bridge');
    w.telephony.perform([{ do: 'bridge', bridge, channels: [of.leg, third] }]);
    await both(w, of.agent, colleague.call);
    return { colleague: colleague.call, third, aside: bridge };
  }

  async function end(w: ContractWorld, call: FarCall, channel: Channel): Promise<void> {
    w.telephony.perform([{ do: 'hang_up', channel }]);
    await w.until(call.ended);
    await w.until(w.house.hears('channel.ended', channel));
  }

  /** What one presses now the other hears: a tone that was heard before would prove nothing. */
  async function stillHear(w: ContractWorld, a: FarCall, b: FarCall): Promise<void> {
    await keys(w, a, b, '37');
    await keys(w, b, a, '46');
  }

  /** Pressed until they are heard: they may have been joined a moment later. */
  async function keys(w: ContractWorld, from: FarCall, to: FarCall, pressed: string): Promise<void> {
    const heard = { is: false };
    const hearing = to.hearsKeys(pressed).then((is) => {
      heard.is = true;
      return is;
    });
    while (!heard.is && (await w.until(from.press(pressed))));
    expect(await w.until(hearing)).toBe(true);
  }

  test('on hold and back: the client hears music, then the agent again', async () => {
    const w = get();
    const { client, channel, agent, leg, bridge } = await talk(w);
    w.telephony.perform([{ do: 'unbridge', bridge }, music(channel)]);
    expect(await w.until(client.hearsAnything())).toBe(true);
    const again = id('bridge');
    w.telephony.perform([{ do: 'bridge', bridge: again, channels: [channel, leg] }]);
    await stillHear(w, client, agent);
    await hangUp(w, client, channel);
    await end(w, agent, leg);
  });

  test('consulted while the client holds; then all three hear each other, and two go on when one leaves', async () => {
    const w = get();
    const talking = await talk(w);
    const { client, channel, agent, leg } = talking;
    const { colleague, third, aside } = await consult(w, talking);
    expect(client.heard().map(({ toneHz }) => toneHz)).not.toContain(colleague.toneHz);
    w.telephony.perform([{ do: 'bridge', bridge: aside, channels: [channel, leg, third] }]);
    await both(w, client, colleague);
    await both(w, client, agent);
    await both(w, agent, colleague);
    await end(w, agent, leg);
    await stillHear(w, client, colleague);
    await hangUp(w, client, channel);
    await end(w, colleague, third);
  });

  test('handed over without having been together: the client is with the colleague, the agent is free', async () => {
    const w = get();
    const talking = await talk(w);
    const { client, channel, agent, leg } = talking;
    const { colleague, third, aside } = await consult(w, talking);
    w.telephony.perform([
      { do: 'bridge', bridge: aside, channels: [channel, third] },
      { do: 'hang_up', channel: leg },
      { do: 'unbridge', bridge: talking.bridge },
    ]);
    await w.until(agent.ended);
    await w.until(w.house.hears('channel.ended', leg));
    await both(w, client, colleague);
    await hangUp(w, client, channel);
    await end(w, colleague, third);
  });

  test('let go of: the third party is hung up, and the client is back with the agent', async () => {
    const w = get();
    const talking = await talk(w);
    const { client, channel, agent, leg, bridge } = talking;
    const { colleague, third, aside } = await consult(w, talking);
    w.telephony.perform([
      { do: 'unbridge', bridge: aside },
      { do: 'bridge', bridge, channels: [channel, leg] },
      { do: 'hang_up', channel: third },
      { do: 'unbridge', bridge: aside },
    ]);
    await w.until(colleague.ended);
    await w.until(w.house.hears('channel.ended', third));
    await stillHear(w, client, agent);
    await hangUp(w, client, channel);
    await end(w, agent, leg);
  });

  test('somebody outside, through the fence, joins a client and goes on with them', async () => {
    const w = get();
    const { client, channel, agent, leg, bridge } = await talk(w);
    w.telephony.perform([{ do: 'unbridge', bridge }, music(channel), { do: 'ringback', channel: leg }]);
    const { attempt, ringing: outside } = await dial(w, id('leg'));
    expect(w.house.asked).toContain(attempt);
    await w.until(outside.answer());
    await w.until(w.house.hears('channel.answered', attempt));
    const aside = id('bridge');
    w.telephony.perform([{ do: 'bridge', bridge: aside, channels: [leg, attempt] }]);
    await both(w, agent, outside.call);
    w.telephony.perform([
      { do: 'bridge', bridge: aside, channels: [channel, attempt] },
      { do: 'hang_up', channel: leg },
    ]);
    await both(w, client, outside.call);
    await w.until(w.house.hears('channel.ended', leg));
    await w.until(outside.call.hangUp());
    await w.until(w.house.hears('channel.ended', attempt));
    await end(w, client, channel);
  });
}
