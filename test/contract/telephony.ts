// The contract of the telephony port, run on every implementation: what the far side does must be told, what is asked
// for must reach the far side, and every channel ends exactly once. It speaks only of the port and of people with
// telephones; each world brings its own way to let time pass (`until`).

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Effect } from '../../src/core/effect.ts';
import type { AgentId, Channel, NumberKey } from '../../src/core/id.ts';
import { type FarCall, type FarRinging, type FarSide, REFUSALS } from '../../src/telephony/far-side.ts';
import type { Telephony } from '../../src/telephony/telephony.ts';
import type { RecordingHouse } from './house.ts';
import { orderContract } from './order.ts';

export type ContractWorld = {
  /** Open, with the agents seated. */
  readonly telephony: Telephony;
  readonly house: RecordingHouse;
  readonly far: FarSide;
  /** A number that reaches the centre. */
  readonly dnis: string;
  /** Two at least. */
  readonly agents: readonly AgentId[];
  /** Waits for what will happen; in virtual time it lets that time pass. */
  until<T>(promise: Promise<T>): Promise<T>;
  close(): Promise<void>;
};

type CallEffects = { readonly call: FarCall; readonly channel: Channel };

const PROMPTS = new URL('../../prompts', import.meta.url).pathname;
const caller = '+16135550142';
const client = '+16135550199';
const centre = '+18005550100';

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
    describe('order', () => orderContract(get, id));
  });
}

type Get = () => ContractWorld;
type MakeId = (kind: string) => string;

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

function numbersContract(get: Get, id: MakeId): void {
  const collect = (channel: Channel): Effect & { do: 'collect_number' } => ({
    do: 'collect_number',
    channel,
    playback: id('playback'),
    say: [{ prompt: 'number.ask' }],
    language: 'en',
    firstKeyMs: 2_000,
    nextKeyMs: 600,
    keyRepeatMs: 500,
  });
  const collected = async (keys: string, after: 'prompt.began' | 'prompt.ended' = 'prompt.began') => {
    const w = get();
    const { call, channel } = await callIn(w);
    w.telephony.perform([collect(channel)]);
    await w.until(w.house.hears(after, channel));
    if (keys !== '') await w.until(call.press(keys));
    const { number } = await w.until(w.house.hears('number.collected', channel));
    await hangUp(w, call, channel);
    return { number, inputs: w.house.of(channel), text: w.house.taken.at(-1) };
  };

  test('keys pressed while the prompt plays stop it and count; # ends the number', async () => {
    const { number, inputs } = await collected('6135550177#');
    expect(number).toMatchObject({ numberKey: 'key-6135550177' });
    expect(inputs).toEqual([
      'call.arrives',
      'prompt.began',
      'prompt.ended',
      'number.collected',
      'channel.ended',
    ]);
  });

  test('silence after the last key ends it', async () => {
    expect((await collected('613555')).text).toBe('613555');
  });

  test('silence after the prompt gives an empty number', async () => {
    expect((await collected('', 'prompt.ended')).number).toEqual({ code: 'number.empty' });
  });

  test('the key that led here, pressed again at once, is no digit; any other is', async () => {
    const w = get();
    const { call, channel } = await callIn(w);
    await w.until(call.press('2'));
    await w.until(w.house.hears('key.pressed', channel));
    w.telephony.perform([{ ...collect(channel), keyRepeatMs: 60_000 }]);
    await w.until(w.house.hears('prompt.began', channel));
    await w.until(call.press('226132#'));
    await w.until(w.house.hears('number.collected', channel));
    expect(w.house.taken.at(-1)).toBe('6132');
    await hangUp(w, call, channel);
  });

  test('a star is handed on, to be refused in words', async () => {
    expect((await collected('613*5#')).number).toEqual({ code: 'number.not_digits' });
  });

  test('no more than 24 keys are gathered', async () => {
    expect((await collected('123456789012345678901234', 'prompt.ended')).text).toHaveLength(24);
  });

  test('music ends the gathering: keys are keys again', async () => {
    const w = get();
    const { call, channel } = await callIn(w);
    w.telephony.perform([collect(channel)]);
    await w.until(w.house.hears('prompt.began', channel));
    w.telephony.perform([{ do: 'music', channel, language: 'en' }]);
    await w.until(call.press('4'));
    await w.until(w.house.hears('key.pressed', channel));
    await hangUp(w, call, channel);
    expect(w.house.of(channel)).not.toContain('number.collected');
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

function clientsContract(get: Get, id: MakeId): void {
  test('a permitted attempt rings the client with the number of the line, once', async () => {
    const w = get();
    const before = w.far.invites(client);
    const { attempt, ringing } = await dial(w, id('attempt'));
    expect(ringing.callerId).toBe(centre);
    ringing.ring();
    await w.until(w.house.hears('channel.ringing', attempt));
    await w.until(ringing.answer());
    await w.until(w.house.hears('channel.answered', attempt));
    w.telephony.perform([{ do: 'hang_up', channel: attempt }]);
    expect(await w.until(ringing.call.ended)).toEqual({ by: 'the_other', cause: 'normal' });
    expect(await w.until(w.house.hears('channel.ended', attempt))).toMatchObject({ cause: 'normal' });
    expect(w.far.invites(client) - before).toBe(1);
    expect(w.house.of(attempt)).toEqual(['channel.ringing', 'channel.answered', 'channel.ended']);
  });

  test.each(REFUSALS)('a client whose line refuses with %s is told so', async (how) => {
    const w = get();
    const { attempt, ringing } = await dial(w, id('attempt'));
    await w.until(ringing.refuse(how));
    expect(await w.until(w.house.hears('channel.ended', attempt))).toMatchObject({ cause: how });
  });

  test('a client who does not answer is given up, and the phone stops ringing', async () => {
    const w = get();
    const { attempt, ringing } = await dial(w, id('attempt'), 1_000);
    ringing.ring();
    expect(await w.until(w.house.hears('channel.ended', attempt))).toMatchObject({ cause: 'no_answer' });
    expect(await w.until(ringing.call.ended)).toMatchObject({ by: 'the_other' });
  });

  test('what the fence does not permit dials nothing', async () => {
    const w = get();
    const before = w.far.invites(client);
    const attempt = id('attempt') as Channel;
    w.telephony.perform([dialling(attempt)]);
    expect(await w.until(w.house.hears('channel.ended', attempt))).toMatchObject({ cause: 'fence_refused' });
    expect(w.far.invites(client) - before).toBe(0);
    expect(w.house.asked).toContain(attempt);
  });

  test('an attempt that is dialled again, on another channel, dials nothing more', async () => {
    const w = get();
    const before = w.far.invites(client);
    const { attempt, ringing } = await dial(w, id('attempt'));
    await w.until(ringing.refuse('busy'));
    await w.until(w.house.hears('channel.ended', attempt));
    const again = id('attempt') as Channel;
    w.telephony.perform([{ ...dialling(again), attempt }]);
    expect(await w.until(w.house.hears('channel.ended', again))).toMatchObject({ cause: 'fence_refused' });
    expect(w.far.invites(client) - before).toBe(1);
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

export async function callIn(w: ContractWorld, since = w.house.told.length): Promise<CallEffects> {
  const call = await w.until(w.far.citizen(caller).call(w.dnis));
  const { channel } = await w.until(w.house.hears('call.arrives', undefined, since));
  w.telephony.perform([{ do: 'answer', channel }]);
  await w.until(call.answered);
  return { call, channel };
}

export async function hangUp(w: ContractWorld, call: FarCall, channel: Channel): Promise<void> {
  await w.until(call.hangUp());
  await w.until(w.house.hears('channel.ended', channel));
}

export function play(channel: Channel, playback: string): Effect & { do: 'play' } {
  const say = [{ prompt: 'offer.hold' } as const];
  return { do: 'play', channel, playback, say, language: 'en', after: 'nothing' };
}

function ringing(channel: Channel, agent: AgentId, ringMs = 10_000): Effect & { do: 'ring' } {
  return { do: 'ring', channel, agent, language: 'en', ringMs };
}

export async function ring(w: ContractWorld, channel: Channel, ringMs?: number): Promise<FarRinging> {
  const agent = w.agents[0]!;
  w.telephony.perform([ringing(channel, agent, ringMs)]);
  return w.until(w.far.phone(agent).nextCall());
}

function dialling(attempt: Channel, ringMs = 10_000): Effect & { do: 'dial' } {
  return { do: 'dial', channel: attempt, attempt, callerId: centre, language: 'en', ringMs };
}

async function dial(w: ContractWorld, attempt: string, ringMs?: number) {
  w.house.permit(attempt, client);
  w.telephony.perform([dialling(attempt as Channel, ringMs)]);
  return { attempt: attempt as Channel, ringing: await w.until(w.far.citizen(client).nextCall()) };
}
