// The contract on the simulated exchange, and what happens to the connection between it and the house: lost, restored,
// ended with its process, as the real one's tests do it.

import { describe, expect, test } from 'vitest';
import type { AgentId, Channel } from '../../src/core/id.ts';
import { SimulatedExchange } from '../../src/telephony/simulated/exchange.ts';
import { SimulatedNetwork } from '../../src/telephony/simulated/network.ts';
import { SimulatedFarSide } from '../../src/telephony/simulated/simulated-far-side.ts';
import { SimulatedTelephony } from '../../src/telephony/simulated/simulated-telephony.ts';
import { Random } from '../../src/twin/random.ts';
import { VirtualTime } from '../../src/twin/virtual-time.ts';
import { RecordingHouse } from './house.ts';
import type { ContractWorld } from './steps.ts';
import { telephonyContract } from './telephony.ts';

const START_AT = Date.UTC(2019, 3, 17, 12);
const agents = ['amelie', 'bruno'] as AgentId[];
const client = '+16135550199';

type SimulatedWorld = ContractWorld & {
  readonly telephony: SimulatedTelephony;
  readonly exchange: SimulatedExchange;
  again(): SimulatedTelephony;
};

async function makeWorld(latencyMs: () => number): Promise<SimulatedWorld> {
  const time = new VirtualTime(START_AT);
  const network = new SimulatedNetwork(time);
  const exchange = new SimulatedExchange(time, network);
  const far = new SimulatedFarSide(time, network);
  const again = () => new SimulatedTelephony({ exchange, timeline: time, latencyMs });
  const telephony = again();
  const house = new RecordingHouse();
  await telephony.open(house);
  await telephony.seat(agents.map((agent) => ({ agent, secret: 'secret' })));
  return {
    telephony,
    house,
    far,
    dnis: '+18005550100',
    agents,
    exchange,
    again,
    until: (promise) => time.until(promise),
    close: async () => {
      await telephony.close();
      await far.close();
    },
  };
}

telephonyContract('simulated, at once', () => makeWorld(() => 0));

const random = new Random(7);
telephonyContract('simulated, messages that take their time', () => makeWorld(() => random.between(0, 120)));

describe('telephony: the connection to the exchange', () => {
  test('lost, it is told; restored, it tells what lives, and what ended meanwhile is not there', async () => {
    const w = await makeWorld(() => 5);
    for (const agent of w.agents) await w.until(w.far.phone(agent).registered());
    const stays = await w.until(w.far.citizen('+16135550142').call(w.dnis));
    const { channel } = await w.until(w.house.hears('call.arrives'));
    const goes = await w.until(w.far.citizen('+16135550143').call(w.dnis));
    const since = w.house.told.length;
    const gone = (await w.until(w.house.hears('call.arrives', undefined, since))).channel;
    w.telephony.loseSocket();
    w.telephony.loseSocket();
    expect(w.house.told.filter((input) => input.type === 'telephony.lost')).toHaveLength(1);
    w.telephony.perform([{ do: 'hang_up', channel }]); // nobody hears it
    await w.until(goes.hangUp());
    const late = await w.until(w.far.citizen('+16135550144').call(w.dnis));
    expect(await w.until(late.answered)).toBe(true); // by the dialplan, with music
    const before = w.house.told.length;
    w.telephony.restoreSocket();
    expect(w.house.told[before]).toEqual({
      type: 'telephony.resynced',
      channels: [
        { channel, up: false },
        { channel: expect.not.stringMatching(gone), up: true },
      ],
    });
    const arrivals = w.house.told.slice(before).filter((input) => input.type === 'call.arrives');
    expect(arrivals).toHaveLength(2);
    await w.until(stays.hangUp());
    expect(await w.until(w.house.hears('channel.ended', channel))).toMatchObject({ cause: 'normal' });
  });

  test('a process that dies leaves everybody where they are; the next one finds them', async () => {
    const w = await makeWorld(() => 5);
    for (const agent of w.agents) await w.until(w.far.phone(agent).registered());
    const [leg, attempt] = ['c1-leg-1' as Channel, 'c1-attempt-1' as Channel];
    w.house.permit(attempt, client);
    w.telephony.perform([
      { do: 'ring', channel: leg, agent: agents[0]!, language: 'en', ringMs: 20_000 },
      { do: 'dial', channel: attempt, attempt, callerId: '+18005550100', language: 'en', ringMs: 20_000 },
    ]);
    const phone = await w.until(w.far.phone('amelie').nextCall());
    const line = await w.until(w.far.citizen(client).nextCall());
    line.ring();
    w.telephony.kill();
    await w.until(phone.answer());
    const house = new RecordingHouse();
    const again = w.again();
    await again.open(house);
    expect(house.told).toEqual([
      {
        type: 'telephony.resynced',
        channels: [
          { channel: leg, up: true },
          { channel: attempt, up: false },
        ],
      },
    ]);
    await w.until(line.answer());
    await w.until(house.hears('channel.answered', attempt));
    again.perform([{ do: 'sweep', channels: [attempt], bridges: [] }]);
    await w.until(phone.call.ended);
    await w.until(house.hears('channel.ended', leg));
    expect(w.far.invites(client)).toBe(1);
    expect(house.of(attempt)).toEqual(['channel.answered']);
  });

  test('a phone that a process asked for with its last word, after the next one had made its list, is hung up', async () => {
    const w = await makeWorld(() => 5);
    for (const agent of w.agents) await w.until(w.far.phone(agent).registered());
    const [leg, attempt] = ['c1-leg-1' as Channel, 'c1-attempt-1' as Channel];
    w.house.permit(attempt, client);
    w.telephony.perform([
      { do: 'ring', channel: leg, agent: agents[0]!, language: 'en', ringMs: 20_000 },
      { do: 'dial', channel: attempt, attempt, callerId: '+18005550100', language: 'en', ringMs: 20_000 },
    ]);
    const house = new RecordingHouse();
    const again = w.again();
    await again.open(house);
    expect(house.told).toEqual([{ type: 'telephony.resynced', channels: [] }]);
    const phone = await w.until(w.far.phone('amelie').nextCall());
    await w.until(phone.answer());
    expect(await w.until(phone.call.ended)).toMatchObject({ by: 'the_other', cause: 'normal' });
    expect(w.far.invites(client)).toBe(0); // the next one's fence was asked, and knows of no such attempt
    expect(house.of(leg)).toEqual([]);
    await again.close();
  });

  test('a caller who is left waiting and whose good-bye was lost on the way comes again all the same', async () => {
    const w = await makeWorld(() => 5);
    w.house.takesCalls = false;
    const call = await w.until(w.far.citizen(client).call(w.dnis));
    expect(await w.until(call.answered)).toBe(true);
    for (const channel of w.exchange.channelsAlive()) channel.farVanished();
    w.house.takesCalls = true;
    await w.until(w.house.hears('call.arrives'));
  });

  test('a fence that nobody keeps, or that does not answer in time, dials nothing', async () => {
    const w = await makeWorld(() => 5);
    const dial = (attempt: string) =>
      w.telephony.perform([
        {
          do: 'dial',
          channel: attempt as Channel,
          attempt,
          callerId: '+18005550100',
          language: 'en',
          ringMs: 20_000,
        },
      ]);
    w.exchange.fence = null;
    dial('c1-attempt-1');
    expect(await w.until(w.house.hears('channel.ended', 'c1-attempt-1'))).toMatchObject({
      cause: 'fence_refused',
    });
    w.exchange.fence = { ask: () => {} };
    dial('c1-attempt-2');
    expect(await w.until(w.house.hears('channel.ended', 'c1-attempt-2'))).toMatchObject({
      cause: 'fence_refused',
    });
    w.exchange.fenceAnswers('c1-attempt-2' as Channel, `OK ${client}`); // too late
    expect(w.far.invites(client)).toBe(0);
  });
});
