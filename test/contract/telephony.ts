// The contract of the telephony port, run on every implementation: what the far side does must be told, what is asked
// for must reach the far side, and every channel ends exactly once. It speaks only of the port and of people with
// telephones; each world brings its own way to let time pass (`until`).

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Effect } from '../../src/core/effect.ts';
import type { Channel, NumberKey } from '../../src/core/id.ts';
import { REFUSALS } from '../../src/telephony/far-side.ts';
import { clientsContract } from './clients.ts';
import { conferencesContract } from './conferences.ts';
import { numbersContract } from './numbers.ts';
import { orderContract } from './order.ts';
import {
  type ContractWorld,
  caller,
  callIn,
  client,
  type Get,
  hangUp,
  type MakeId,
  play,
  ring,
  ringing,
} from './steps.ts';
import { surveysContract } from './surveys.ts';

const PROMPTS = new URL('../../prompts', import.meta.url).pathname;

export function telephonyContract(name: string, makeWorld: () => Promise<ContractWorld>): void {
  describe(`telephony: ${name}`, () => {
    let world: ContractWorld;
    let seq = 100;
    beforeAll(async () => {
      world = await makeWorld();
      for (const agent of world.agents) await world.until(world.far.phone(agent).registered());
    });
    afterAll(() => world?.close());
    beforeEach(() => {
      for (const callee of [
        world.far.citizen(client),
        ...world.agents.map((agent) => world.far.phone(agent)),
      ]) {
        callee.whenCalled('hand_over');
      }
    });
    const get = () => world;
    const id = (kind: string) => `c1-${kind}-${++seq}`;
    describe('callers', () => callersContract(get, id));
    describe('numbers keyed', () => numbersContract(get, id));
    describe('phones of agents', () => phonesContract(get, id));
    describe('clients behind the fence', () => clientsContract(get, id));
    describe('bridges', () => bridgesContract(get, id));
    describe('conferences', () => conferencesContract(get, id));
    describe('order', () => orderContract(get, id));
    describe('surveys', () => surveysContract(get, id));
  });
}

function callersContract(get: Get, id: MakeId): void {
  test('a caller arrives with both numbers, is answered, and ends once', async () => {
    const w = get();
    const { call, channel } = await callIn(w);
    expect(await w.house.hears('call.arrives', channel)).toMatchObject({
      ani: { numberKey: 'key-6135550142' },
      dnis: w.dnis,
    });
    expect(await w.until(call.answered)).toBe(true);
    await w.until(call.hangUp());
    expect(await w.until(w.house.hears('channel.ended', channel))).toMatchObject({ cause: 'normal' });
    expect(w.house.of(channel)).toEqual(['call.arrives', 'channel.ended']);
  });

  test('a caller who cannot be taken in is left with music, and comes again', async () => {
    const w = get();
    const since = w.house.told.length;
    w.house.takesCalls = false;
    const call = await w.until(w.far.citizen(caller).call(w.dnis));
    expect(await w.until(call.answered)).toBe(true);
    expect(await w.until(call.hearsAnything())).toBe(true);
    expect(w.house.told.slice(since).map((input) => input.type)).toEqual([]);
    w.house.takesCalls = true;
    const { channel } = await w.until(w.house.hears('call.arrives', undefined, since));
    w.telephony.perform([{ do: 'answer', channel }, play(channel, id('playback'))]);
    await w.until(w.house.hears('prompt.ended', channel));
    await hangUp(w, call, channel);
  });

  test('a prompt begins, is heard, and ends; a key that comes meanwhile is told and stops nothing', async () => {
    const w = get();
    const { call, channel } = await callIn(w);
    const playback = id('playback');
    w.telephony.perform([play(channel, playback)]);
    await w.until(w.house.hears('prompt.began', channel));
    await w.until(call.press('7'));
    expect(await w.until(w.house.hears('key.pressed', channel))).toMatchObject({ key: '7' });
    expect(await w.until(call.hearsAnything())).toBe(true);
    expect(await w.until(w.house.hears('prompt.ended', channel))).toMatchObject({ playback });
    await hangUp(w, call, channel);
    expect(w.house.of(channel)).toEqual([
      'call.arrives',
      'prompt.began',
      'key.pressed',
      'prompt.ended',
      'channel.ended',
    ]);
  });

  test("the owners' own recording is heard in the language of the call", async () => {
    const w = get();
    const { call, channel } = await callIn(w);
    // Our own prompts are as good a folder as any: one folder for each language.
    const say = [{ recording: 'offer.hold', folder: PROMPTS } as const];
    w.telephony.perform([{ ...play(channel, id('playback')), say, language: 'fr' }]);
    await w.until(w.house.hears('prompt.began', channel));
    expect(await w.until(call.hearsAnything())).toBe(true);
    await w.until(w.house.hears('prompt.ended', channel));
    await hangUp(w, call, channel);
  });

  test('a prompt that is replaced is not reported; the one that replaces it is', async () => {
    const w = get();
    const { call, channel } = await callIn(w);
    const [first, second] = [id('playback'), id('playback')];
    w.telephony.perform([play(channel, first)]);
    await w.until(w.house.hears('prompt.began', channel));
    w.telephony.perform([play(channel, second)]);
    expect(await w.until(w.house.hears('prompt.ended', channel))).toMatchObject({ playback: second });
    await hangUp(w, call, channel);
    const playbacks = w.house.told.flatMap((input) =>
      input.type === 'prompt.ended' && input.channel === channel ? [input.playback] : [],
    );
    expect(playbacks).toEqual([second]);
  });

  test('after its prompt a caller hears music, or is hung up, as asked', async () => {
    const w = get();
    const { call, channel } = await callIn(w);
    w.telephony.perform([{ ...play(channel, id('playback')), after: 'music' }]);
    await w.until(w.house.hears('prompt.ended', channel));
    w.telephony.perform([{ ...play(channel, id('playback')), after: 'hang_up' }]);
    expect(await w.until(call.ended)).toEqual({ by: 'the_other', cause: 'normal' });
    await w.until(w.house.hears('channel.ended', channel));
    expect(w.house.of(channel).slice(-2)).toEqual(['prompt.ended', 'channel.ended']);
  });

  test('a caller who hangs up during a prompt ends the prompt first', async () => {
    const w = get();
    const { call, channel } = await callIn(w);
    w.telephony.perform([play(channel, id('playback'))]);
    await w.until(w.house.hears('prompt.began', channel));
    await hangUp(w, call, channel);
    expect(w.house.of(channel)).toEqual(['call.arrives', 'prompt.began', 'prompt.ended', 'channel.ended']);
  });

  test('a number of the vault is said; one that was erased leaves nothing to say, and the prompt is over', async () => {
    const w = get();
    const { call, channel } = await callIn(w);
    const say = (numberKey: string) => [{ numberKey: numberKey as NumberKey }];
    const [known, erased] = [id('playback'), id('playback')];
    w.telephony.perform([{ ...play(channel, known), say: say('key-6135550142') }]);
    expect(await w.until(w.house.hears('prompt.began', channel))).toMatchObject({ playback: known });
    const since = w.house.told.length;
    w.telephony.perform([{ ...play(channel, erased), say: say('erased') }]);
    expect(await w.until(w.house.hears('prompt.ended', channel, since))).toMatchObject({ playback: erased });
    await hangUp(w, call, channel);
  });

  test('a prompt that is replaced while its number is still asked for is not heard', async () => {
    const w = get();
    const { call, channel } = await callIn(w);
    const [first, second] = [id('playback'), id('playback')];
    const say = [{ numberKey: 'key-6135550142' as NumberKey }];
    w.telephony.perform([{ ...play(channel, first), say }, play(channel, second)]);
    expect(await w.until(w.house.hears('prompt.began', channel))).toMatchObject({ playback: second });
    expect(await w.until(w.house.hears('prompt.ended', channel))).toMatchObject({ playback: second });
    await hangUp(w, call, channel);
    expect(w.house.of(channel)).toEqual(['call.arrives', 'prompt.began', 'prompt.ended', 'channel.ended']);
  });

  test('effects on a channel that never was, or is gone, end quietly', async () => {
    const w = get();
    const { call, channel } = await callIn(w);
    await hangUp(w, call, channel);
    const since = w.house.told.length;
    const gone: Channel[] = [channel, 'c1-leg-0' as Channel];
    w.telephony.perform(
      gone.flatMap((c): Effect[] => [play(c, id('playback')), { do: 'hang_up', channel: c }]),
    );
    const next = await callIn(w, since);
    expect(w.house.told.slice(since).map((input) => input.type)).toEqual(['call.arrives']);
    await hangUp(w, next.call, next.channel);
  });
}

function phonesContract(get: Get, id: MakeId): void {
  const refused = { busy: 'busy', rejected: 'rejected', no_answer: 'no_answer' } as const;

  test('a phone rings, is answered, and hangs up', async () => {
    const w = get();
    const leg = id('leg') as Channel;
    const ringing = await ring(w, leg);
    ringing.ring();
    await w.until(w.house.hears('channel.ringing', leg));
    await w.until(ringing.answer());
    await w.until(w.house.hears('channel.answered', leg));
    await w.until(ringing.call.hangUp());
    expect(await w.until(w.house.hears('channel.ended', leg))).toMatchObject({ cause: 'normal' });
    expect(w.house.of(leg)).toEqual(['channel.ringing', 'channel.answered', 'channel.ended']);
  });

  test.each(REFUSALS)('a phone that refuses with %s is told apart', async (how) => {
    const w = get();
    const leg = id('leg') as Channel;
    const ringing = await ring(w, leg);
    await w.until(ringing.refuse(how));
    const cause = how in refused ? refused[how as keyof typeof refused] : 'unreachable';
    expect(await w.until(w.house.hears('channel.ended', leg))).toMatchObject({ cause });
  });

  test('a phone that rings too long is given up', async () => {
    const w = get();
    const leg = id('leg') as Channel;
    const ringing = await ring(w, leg, 1_000);
    ringing.ring();
    expect(await w.until(w.house.hears('channel.ended', leg))).toMatchObject({ cause: 'no_answer' });
    expect(await w.until(ringing.call.ended)).toMatchObject({ by: 'the_other' });
  });

  test('a phone that we stop ringing stops', async () => {
    const w = get();
    const leg = id('leg') as Channel;
    const ringing = await ring(w, leg);
    ringing.ring();
    await w.until(w.house.hears('channel.ringing', leg));
    w.telephony.perform([{ do: 'hang_up', channel: leg }]);
    await w.until(w.house.hears('channel.ended', leg));
    expect(await w.until(ringing.call.ended)).toMatchObject({ by: 'the_other' });
  });

  test('a phone that is not registered is unreachable', async () => {
    const w = get();
    const leg = id('leg') as Channel;
    const phone = w.far.phone(w.agents[1]!);
    await w.until(phone.unregister());
    w.telephony.perform([ringing(leg, w.agents[1]!)]);
    expect(await w.until(w.house.hears('channel.ended', leg))).toMatchObject({ cause: 'unreachable' });
    await w.until(phone.register());
  });

  test('a leg asked for twice rings once', async () => {
    const w = get();
    const leg = id('leg') as Channel;
    const before = w.far.invites(w.agents[0]!);
    w.telephony.perform([ringing(leg, w.agents[0]!)]);
    const call = await ring(w, leg);
    await w.until(call.refuse('busy'));
    await w.until(w.house.hears('channel.ended', leg));
    expect(w.far.invites(w.agents[0]!) - before).toBe(1);
  });
}

function bridgesContract(get: Get, id: MakeId): void {
  test('two in a bridge hear each other; asked again it stays so; taken apart both are still up', async () => {
    const w = get();
    const { call, channel } = await callIn(w);
    const leg = id('leg') as Channel;
    const ringing = await ring(w, leg);
    await w.until(ringing.answer());
    await w.until(w.house.hears('channel.answered', leg));
    w.telephony.perform([
      { do: 'music', channel, language: 'en' },
      { do: 'bridge', bridge: id('bridge'), channels: [channel, leg] },
    ]);
    expect(await w.until(call.hears(ringing.call.toneHz))).toBe(true);
    expect(await w.until(ringing.call.hears(call.toneHz))).toBe(true);
    const bridge = id('bridge');
    w.telephony.perform([{ do: 'bridge', bridge, channels: [channel, leg] }]);
    w.telephony.perform([{ do: 'bridge', bridge, channels: [channel, leg] }]);
    w.telephony.perform([{ do: 'unbridge', bridge }, play(channel, id('playback'))]);
    await w.until(w.house.hears('prompt.ended', channel));
    await hangUp(w, call, channel);
    w.telephony.perform([{ do: 'hang_up', channel: leg }]);
    expect(await w.until(ringing.call.ended)).toEqual({ by: 'the_other', cause: 'normal' });
    await w.until(w.house.hears('channel.ended', leg));
    expect(w.house.of(leg)).toEqual(expect.arrayContaining(['channel.answered', 'channel.ended']));
  });

  test('an agent hears that the client is rung', async () => {
    const w = get();
    const leg = id('leg') as Channel;
    const ringing = await ring(w, leg);
    await w.until(ringing.answer());
    await w.until(w.house.hears('channel.answered', leg));
    w.telephony.perform([{ do: 'ringback', channel: leg }]);
    expect(await w.until(ringing.call.hearsAnything())).toBe(true);
    await w.until(ringing.call.hangUp());
    await w.until(w.house.hears('channel.ended', leg));
  });

  test('a sweep hangs up the legs that are not kept, keeps the others, and leaves callers alone', async () => {
    const w = get();
    const { call, channel } = await callIn(w);
    const [kept, swept] = [id('leg') as Channel, id('leg') as Channel];
    const stays = await ring(w, kept);
    w.telephony.perform([ringing(swept, w.agents[1]!)]);
    const goes = await w.until(w.far.phone(w.agents[1]!).nextCall());
    w.telephony.perform([{ do: 'sweep', channels: [kept], bridges: [] }]);
    await w.until(w.house.hears('channel.ended', swept));
    await w.until(goes.call.ended);
    await w.until(stays.answer());
    await w.until(w.house.hears('channel.answered', kept));
    await w.until(call.press('1'));
    await w.until(w.house.hears('key.pressed', channel));
    w.telephony.perform([{ do: 'hang_up', channel: kept }]);
    await w.until(w.house.hears('channel.ended', kept));
    await hangUp(w, call, channel);
    expect(await w.until(call.ended)).toMatchObject({ by: 'this_end' });
  });
}
