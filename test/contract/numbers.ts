// The contract of telephony, its part about numbers and extensions that callers key: what ends one, what counts, what is
// told. The digits go to the house and nowhere else.

import { expect, test } from 'vitest';
import type { Effect } from '../../src/core/effect.ts';
import type { Channel, NumberKey } from '../../src/core/id.ts';
import { callIn, type Get, hangUp, type MakeId, play } from './steps.ts';

export function numbersContract(get: Get, id: MakeId): void {
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

  test('an extension is gathered for its number: # alone is told apart from silence', async () => {
    const w = get();
    const of = 'key-6135550177' as NumberKey;
    const { call, channel } = await callIn(w);
    const gathered = async (keys: string) => {
      const since = w.house.told.length;
      w.telephony.perform([{ ...collect(channel), extensionOf: of }]);
      await w.until(w.house.hears('prompt.began', channel, since));
      if (keys === '') await w.until(w.house.hears('prompt.ended', channel, since));
      else await w.until(call.press(keys));
      return (await w.until(w.house.hears('extension.collected', channel, since))).number;
    };
    expect(await gathered('0042#')).toMatchObject({ numberKey: `${of}-0042`, mainKey: of });
    expect(await gathered('17')).toMatchObject({ numberKey: `${of}-17` });
    expect(await gathered('#')).toBeNull();
    expect(await gathered('')).toEqual({ code: 'extension.empty' });
    await hangUp(w, call, channel);
    expect(w.house.of(channel)).not.toContain('number.collected');
  });

  test('an extension is said back with its number', async () => {
    const w = get();
    const { call, channel } = await callIn(w);
    const say = (key: string) => [{ extensionOf: key as NumberKey }];
    const [known, none] = [id('playback'), id('playback')];
    w.telephony.perform([{ ...play(channel, known), say: say('key-6135550142-42') }]);
    expect(await w.until(w.house.hears('prompt.began', channel))).toMatchObject({ playback: known });
    const since = w.house.told.length;
    w.telephony.perform([{ ...play(channel, none), say: say('erased') }]);
    expect(await w.until(w.house.hears('prompt.ended', channel, since))).toMatchObject({ playback: none });
    await hangUp(w, call, channel);
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
