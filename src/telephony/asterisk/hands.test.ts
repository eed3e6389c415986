// The hands against a server of our own that speaks as Asterisk does: whom it fails to hang up is hung up again, for as long
// as they are there, since the house has let go of them and would never ask.

import { once } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeAri } from '../../../test/support/fake-ari.ts';
import type { Channel } from '../../core/id.ts';
import type { EndCause } from '../../core/input.ts';
import { AriClient } from './ari-client.ts';
import { Hands } from './hands.ts';
import { newLeg } from './leg.ts';
import { Legs } from './legs.ts';

let ari: FakeAri;
let client: AriClient;
let legs: Legs;
let hands: Hands;
let ends: (readonly [Channel, EndCause])[];
const channel = 'c1-attempt-7' as Channel;

beforeEach(async () => {
  ari = new FakeAri();
  await once(ari.server, 'listening');
  client = new AriClient({
    address: { host: '127.0.0.1', port: ari.port, user: 'u', password: 'right', apps: ['a'] },
  });
  const nothing = () => {};
  await client.open(
    { connected: async () => {}, event: nothing, disconnected: nothing, replaced: nothing },
    5_000,
  );
  ends = [];
  legs = new Legs((leg, cause) => ends.push([leg.channel, cause]));
  const none = async () => undefined;
  hands = new Hands({
    ari: client,
    legs,
    house: {
      takesCalls: true,
      tell: nothing,
      askDial: async () => null,
      takeNumber: () => ({ code: 'number.empty' }),
      takeExtension: () => null,
      sayNumber: none,
      sayExtension: none,
    },
    voice: { media: () => [] },
    phoneOf: (agent) => ({ endpoint: agent, formats: 'alaw' }),
    log: nothing,
  });
  legs.add(newLeg(channel, 'dial'));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(async () => {
  client.close();
  vi.useRealTimers();
  await ari.close();
});

const asked = (method: string) => ari.asked.filter((one) => one.method === method);

/** Answers come in the order of the requests: when this one is answered, those before it are. */
async function answered(): Promise<void> {
  await client.request('GET /channels', {});
}

async function passes(ms: number): Promise<void> {
  await answered();
  vi.advanceTimersByTime(ms);
  await answered();
}

test('a hang-up that Asterisk fails to do is asked for until it is done, less and less often', async () => {
  ari.answer = ({ method }) => (method === 'DELETE' ? [500, {}] : [200, {}]);
  hands.perform({ do: 'hang_up', channel });
  await passes(999);
  expect(asked('DELETE')).toHaveLength(1);
  await passes(1);
  expect(asked('DELETE')).toHaveLength(2);
  for (let n = 3; n <= 40; n += 1) {
    await passes(30_000);
    expect(asked('DELETE')).toHaveLength(n);
  }
  ari.answer = () => [204, undefined];
  await passes(30_000);
  await passes(300_000);
  expect(asked('DELETE')).toHaveLength(41);
  expect(new Set(asked('DELETE').map(({ uri }) => uri))).toEqual(new Set([`channels/${channel}`]));
});

test('who has gone meanwhile is not asked for again', async () => {
  ari.answer = ({ method }) => (method === 'DELETE' ? [503, {}] : [200, {}]);
  hands.perform({ do: 'hang_up', channel });
  await passes(1_000);
  legs.end(legs.get(channel) ?? newLeg(channel, 'dial'), 'normal');
  await passes(300_000);
  expect(asked('DELETE')).toHaveLength(2);
});

test('whom Asterisk does not know is over, when the event of the end does not come', async () => {
  ari.answer = ({ method }) => (method === 'DELETE' ? [404, {}] : [200, {}]);
  hands.perform({ do: 'hang_up', channel });
  await passes(500);
  expect(ends).toEqual([[channel, 'lost']]);
});

test('a stray leg, and a caller who is left waiting, are let go again as well', async () => {
  ari.answer = ({ method }) => (method === 'GET' ? [200, {}] : [500, {}]);
  hands.hangUpStray('c1-leg-9');
  hands.leaveWaiting('1700000000.1');
  for (let n = 1; n <= 15; n += 1) await passes(30_000);
  expect(asked('DELETE')).toHaveLength(16);
  expect(asked('POST')).toHaveLength(16);
});
