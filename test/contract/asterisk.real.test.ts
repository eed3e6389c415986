// The contract on the real Asterisk, and what only a real one can do to us: go on without us, forget, die, and be asked
// the same thing by many at once.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Effect } from '../../src/core/effect.ts';
import type { Channel } from '../../src/core/id.ts';
import { type AsteriskWorld, makeAsteriskWorld } from './asterisk-world.ts';
import { RecordingHouse } from './house.ts';
import { telephonyContract } from './telephony.ts';

telephonyContract('asterisk', () => makeAsteriskWorld());

const client = '+16135550199';

describe('telephony: asterisk goes its own way', () => {
  let w: AsteriskWorld;
  beforeEach(async () => {
    w = await makeAsteriskWorld();
    for (const agent of w.agents) await w.far.phone(agent).registered();
  });
  afterEach(() => w?.close());

  test('a service that starts again finds who is in the house, who rings, and who came meanwhile', async () => {
    const caller = await w.far.citizen('+16135550142').call(w.dnis);
    const { channel } = await w.house.hears('call.arrives');
    const [leg, attempt] = ['c1-leg-1' as Channel, 'c1-attempt-1' as Channel];
    w.house.permit(attempt, client);
    w.telephony.perform([
      { do: 'answer', channel },
      { do: 'music', channel, language: 'fr' },
      ring(leg, w.agents[0]!),
      dial(attempt, attempt),
    ]);
    const phone = await w.far.phone(w.agents[0]!).nextCall();
    const line = await w.far.citizen(client).nextCall();
    phone.ring();
    line.ring();
    await Promise.all([w.house.hears('channel.ringing', leg), w.house.hears('channel.ringing', attempt)]);

    await w.telephony.close();
    const late = await w.far.citizen('+16135550143').call(w.dnis);
    const house = new RecordingHouse();
    const again = w.again();
    await again.open(house);

    expect(house.told[0]).toEqual({
      type: 'telephony.resynced',
      channels: expect.arrayContaining([
        { channel, up: true },
        { channel: leg, up: false },
        { channel: attempt, up: false },
      ]),
    });
    expect(await house.hears('call.arrives', channel)).toMatchObject({
      ani: { numberKey: 'key-6135550142' },
      dnis: w.dnis,
    });
    await caller.press('3');
    await house.hears('key.pressed', channel);
    await phone.answer();
    await house.hears('channel.answered', leg);
    await line.refuse('busy');
    expect(await house.hears('channel.ended', attempt)).toMatchObject({ cause: 'busy' });
    // Asked again by a house that is not sure: the fence knows it, and nobody is rung twice.
    again.perform([dial('c1-attempt-2' as Channel, attempt)]);
    expect(await house.hears('channel.ended', 'c1-attempt-2')).toMatchObject({ cause: 'fence_refused' });
    expect(w.far.invites(client)).toBe(1);
    const arrivals = () => house.told.filter((input) => input.type === 'call.arrives');
    while (arrivals().length < 2) await house.hears('call.arrives', undefined, house.told.length);
    again.perform([{ do: 'sweep', channels: [], bridges: [] }]);
    await house.hears('channel.ended', leg);
    await Promise.all([caller.hangUp(), late.hangUp()]);
    await again.close();
  });

  test('a phone that was asked for and rings after the list of what lives was made is hung up, not left in a call', async () => {
    const [agent] = w.agents;
    await w.originate('c1-leg-1', agent!);
    const phone = await w.far.phone(agent!).nextCall();
    phone.ring();
    expect(await phone.call.ended).toMatchObject({ by: 'the_other' });
    // One that is answered without ringing first.
    await w.originate('c1-leg-2', agent!);
    const quick = await w.far.phone(agent!).nextCall();
    await quick.answer();
    expect(await quick.call.ended).toMatchObject({ by: 'the_other' });
    expect(w.house.of('c1-leg-1')).toEqual([]);
    expect(w.house.of('c1-leg-2')).toEqual([]);
  });

  test('an Asterisk that died comes back empty, and the phones may register and ring as before', async () => {
    const [agent] = w.agents;
    const caller = await w.far.citizen('+16135550142').call(w.dnis);
    await w.house.hears('call.arrives');
    const since = w.house.told.length;
    await w.restartAsterisk();
    await w.house.hears('telephony.resynced', undefined, since);
    expect(w.house.told.slice(since)).toEqual([
      { type: 'telephony.lost' },
      { type: 'telephony.resynced', channels: [] },
    ]);
    // A phone learns of it when it registers again.
    await w.far.phone(agent!).unregister();
    await w.far.phone(agent!).register();
    w.telephony.perform([ring('c1-leg-1' as Channel, agent!)]);
    const phone = await w.far.phone(agent!).nextCall();
    await phone.answer();
    await w.house.hears('channel.answered', 'c1-leg-1');
    await Promise.all([phone.call.hangUp(), caller.hangUp()]);
  });

  test('a caller who comes while there is no service hears music, and is handed over when there is one', async () => {
    await w.telephony.close();
    await w.restartAsterisk();
    const caller = await w.far.citizen('+16135550142').call(w.dnis);
    expect(await caller.answered).toBe(true);
    expect(await caller.hearsAnything()).toBe(true);
    const house = new RecordingHouse();
    const again = w.again();
    await again.open(house);
    await house.hears('call.arrives');
    expect(house.told.map((input) => input.type)).toEqual(['telephony.resynced', 'call.arrives']);
    await caller.hangUp();
    await again.close();
  });

  test('a line that is cut and mended: what ended meanwhile is told, what was asked meanwhile is not done', async () => {
    const [agent] = w.agents;
    const caller = await w.far.citizen('+16135550142').call(w.dnis);
    const { channel } = await w.house.hears('call.arrives');
    const gone = await w.far.citizen('+16135550143').call(w.dnis);
    const { channel: goneChannel } = await w.house.hears('call.arrives', undefined, w.house.told.length);
    w.telephony.perform([{ do: 'answer', channel }, digit(channel, 'c1-playback-1', 'music')]);
    await w.house.hears('prompt.began', channel);
    const since = w.house.told.length;
    w.line.cut();
    await w.house.hears('telephony.lost', undefined, since);
    w.telephony.perform([digit(channel, 'c1-playback-2', 'nothing'), ring('c1-leg-1' as Channel, agent!)]);
    await gone.hangUp();
    // Longer than the one digit that is said: it ends while nobody listens.
    await caller.press('123456');
    w.line.mend();
    expect(await w.house.hears('telephony.resynced', undefined, since)).toMatchObject({
      channels: [{ channel, up: true }],
    });
    expect(await w.house.hears('prompt.ended', channel, since)).toMatchObject({ playback: 'c1-playback-1' });
    await caller.press('9');
    await w.house.hears('key.pressed', channel, since);
    expect(w.house.told.slice(since).map((input) => input.type)).toEqual([
      'telephony.lost',
      'telephony.resynced',
      'call.arrives',
      'prompt.ended',
      'key.pressed',
    ]);
    expect(w.house.of(goneChannel)).toEqual(['call.arrives']);
    expect(w.far.invites(agent!)).toBe(0);
    await caller.hangUp();
    await w.house.hears('channel.ended', channel, since);
  });

  test('fifty originates of one attempt send one INVITE', async () => {
    w.house.permit('c1-attempt-1', client);
    const channels = Array.from({ length: 50 }, (_, i) => `c1-attempt-${i + 100}` as Channel);
    w.telephony.perform(channels.map((channel) => dial(channel, 'c1-attempt-1')));
    const line = await w.far.citizen(client).nextCall();
    await line.refuse('busy');
    const ends = await Promise.all(channels.map((channel) => w.house.hears('channel.ended', channel)));
    const causes = ends.map((end) => end.cause);
    expect(causes.filter((cause) => cause === 'fence_refused')).toHaveLength(49);
    expect(causes).toContain('busy');
    expect(w.far.invites(client)).toBe(1);
  });

  test('no number is in what Asterisk logs of itself', async () => {
    w.far.citizen(client).whenCalled('busy');
    w.house.permit('c1-attempt-1', client);
    const caller = await w.far.citizen('+16135550142').call(w.dnis);
    await w.house.hears('call.arrives');
    w.telephony.perform([dial('c1-attempt-1' as Channel, 'c1-attempt-1')]);
    await w.house.hears('channel.ended', 'c1-attempt-1');
    await caller.hangUp();
    const log = readFileSync(join(w.runDir, 'log/console.log'), 'utf8');
    expect(log).not.toMatch(/613555/);
  });
});

function digit(channel: Channel, playback: string, after: 'nothing' | 'music'): Effect {
  return { do: 'play', channel, playback, say: [{ digits: '1' }], language: 'en', after };
}

function ring(channel: Channel, agent: string): Effect {
  return { do: 'ring', channel, agent: agent as never, language: 'en', ringMs: 20_000 };
}

function dial(channel: Channel, attempt: string): Effect {
  return { do: 'dial', channel, attempt, callerId: '+18005550100', language: 'en', ringMs: 20_000 };
}
