// The contract of the telephony port, continued: effects that are given one behind the other, nothing awaited between
// them, lose nothing. The core gives them so: an agent answers in the instant in which a prompt begins, a conversation
// ends and what comes after it is to be heard. Each of these orders was once suspected, and one was guilty.

import { expect, test } from 'vitest';
import type { Effect } from '../../src/core/effect.ts';
import type { Channel } from '../../src/core/id.ts';
import type { FarCall } from '../../src/telephony/far-side.ts';
import { type ContractWorld, callIn, hangUp, play, ring } from './steps.ts';

type Get = () => ContractWorld;
type MakeId = (kind: string) => string;
type Agent = { readonly call: FarCall; readonly leg: Channel };

export function orderContract(get: Get, id: MakeId): void {
  const music = (channel: Channel): Effect => ({ do: 'music', channel, language: 'en' });

  async function agentUp(): Promise<Agent> {
    const w = get();
    const leg = id('leg') as Channel;
    const ringing = await ring(w, leg);
    await w.until(ringing.answer());
    await w.until(w.house.hears('channel.answered', leg));
    return { call: ringing.call, leg };
  }

  async function hearEachOther(one: FarCall, other: FarCall): Promise<void> {
    const w = get();
    expect(await w.until(one.hears(other.toneHz))).toBe(true);
    expect(await w.until(other.hears(one.toneHz))).toBe(true);
  }

  async function takeApart({ leg }: Agent, bridge: string, then: readonly Effect[] = []): Promise<void> {
    const w = get();
    w.telephony.perform([{ do: 'hang_up', channel: leg }, { do: 'unbridge', bridge }, ...then]);
    await w.until(w.house.hears('channel.ended', leg));
  }

  test('sound after sound in one breath: the last one is heard to its end', async () => {
    const w = get();
    const { call, channel } = await callIn(w);
    const last = id('playback');
    w.telephony.perform([
      music(channel),
      play(channel, id('playback')),
      music(channel),
      { ...play(channel, id('playback')), after: 'music' },
      music(channel),
      play(channel, last),
    ]);
    expect(await w.until(w.house.hears('prompt.began', channel))).toMatchObject({ playback: last });
    expect(await w.until(w.house.hears('prompt.ended', channel))).toMatchObject({ playback: last });
    await hangUp(w, call, channel);
  });

  test('whatever two hear, once they are joined they hear each other', async () => {
    const w = get();
    const agent = await agentUp();
    const { call, channel } = await callIn(w);
    const bridge = id('bridge');
    w.telephony.perform([
      play(agent.leg, id('playback')),
      play(channel, id('playback')),
      { do: 'ringback', channel: agent.leg },
      music(channel),
      { do: 'bridge', bridge, channels: [channel, agent.leg] },
    ]);
    await hearEachOther(call, agent.call);
    await takeApart(agent, bridge);
    await hangUp(w, call, channel);
  });

  test('who keys a number when their turn comes is joined, and no number is told', async () => {
    const w = get();
    const agent = await agentUp();
    const { call, channel } = await callIn(w);
    const [bridge, playback] = [id('bridge'), id('playback')];
    const limits = { firstKeyMs: 3_000, nextKeyMs: 3_000, keyRepeatMs: 0 };
    const { say, language } = play(channel, playback);
    w.telephony.perform([{ do: 'collect_number', channel, playback, say, language, ...limits }]);
    await w.until(w.house.hears('prompt.began', channel));
    await w.until(call.press('61'));
    w.telephony.perform([music(channel), { do: 'bridge', bridge, channels: [channel, agent.leg] }]);
    await hearEachOther(call, agent.call);
    await takeApart(agent, bridge);
    await hangUp(w, call, channel);
    expect(w.house.of(channel)).not.toContain('number.collected');
  });

  test('keys of two in a conversation are told', async () => {
    const w = get();
    const agent = await agentUp();
    const { call, channel } = await callIn(w);
    const bridge = id('bridge');
    w.telephony.perform([{ do: 'bridge', bridge, channels: [channel, agent.leg] }]);
    await hearEachOther(call, agent.call);
    await w.until(call.press('5'));
    expect(await w.until(w.house.hears('key.pressed', channel))).toMatchObject({ key: '5' });
    await w.until(agent.call.press('*'));
    expect(await w.until(w.house.hears('key.pressed', agent.leg))).toMatchObject({ key: '*' });
    await takeApart(agent, bridge);
    await hangUp(w, call, channel);
  });

  test('out of a conversation each hears what is asked for at once, to its end, and is hung up', async () => {
    const w = get();
    const agent = await agentUp();
    const { call, channel } = await callIn(w);
    const bridge = id('bridge');
    w.telephony.perform([{ do: 'bridge', bridge, channels: [channel, agent.leg] }]);
    await hearEachOther(call, agent.call);
    w.telephony.perform([
      { do: 'unbridge', bridge },
      { ...play(agent.leg, id('playback')), after: 'hang_up' },
      { ...play(channel, id('playback')), after: 'hang_up' },
    ]);
    for (const [far, near] of [
      [agent.call, agent.leg],
      [call, channel],
    ] as const) {
      expect(await w.until(far.ended)).toEqual({ by: 'the_other', cause: 'normal' });
      await w.until(w.house.hears('channel.ended', near));
      expect(w.house.of(near).slice(-3)).toEqual(['prompt.began', 'prompt.ended', 'channel.ended']);
    }
  });

  test('joined and lost in one breath: the other one is asked again, and hears it', async () => {
    const w = get();
    const agent = await agentUp();
    const { call, channel } = await callIn(w);
    const [bridge, playback] = [id('bridge'), id('playback')];
    w.telephony.perform([{ do: 'bridge', bridge, channels: [channel, agent.leg] }]);
    await takeApart(agent, bridge, [play(channel, playback)]);
    expect(await w.until(w.house.hears('prompt.began', channel))).toMatchObject({ playback });
    expect(await w.until(w.house.hears('prompt.ended', channel))).toMatchObject({ playback });
    await hangUp(w, call, channel);
  });

  test('rung and hung up in one breath: it ends', async () => {
    const w = get();
    const leg = id('leg') as Channel;
    const ringing: Effect = { do: 'ring', channel: leg, agent: w.agents[1]!, language: 'en', ringMs: 3_000 };
    w.telephony.perform([ringing, { do: 'hang_up', channel: leg }]);
    await w.until(w.house.hears('channel.ended', leg));
    expect(w.house.of(leg)).toEqual(['channel.ended']);
  });
}
