// The contract of telephony, its part about surveys: when the agent has hung up the other one stays, hears question after
// question alone and to its end, keys each answer while it is said or after it, is thanked and let go. Effects come in the
// order in which the core gives them; what was said to the conversation is over by then.

import { expect, test } from 'vitest';
import type { SurveyQuestion } from '../../src/core/configuration.ts';
import type { Effect, Say } from '../../src/core/effect.ts';
import type { Channel, Language, PlaceId, PlaybackId } from '../../src/core/id.ts';
import { surveyWords } from '../../src/core/survey.ts';
import type { FarCall } from '../../src/telephony/far-side.ts';
import { type ContractWorld, callIn, dial, type Get, type MakeId, ring } from './steps.ts';

type Stayed = { readonly far: FarCall; readonly channel: Channel; readonly since: number };
type Because = Parameters<typeof surveyWords>[0]['because'];
type Play = Effect & { do: 'play' };

const LANGUAGES: readonly Language[] = ['en', 'fr'];
const THANKS: readonly Say[] = [{ prompt: 'survey.thanks' }];

export function surveysContract(get: Get, id: MakeId): void {
  const said = (channel: Channel, say: readonly Say[], language: Language): Play => ({
    do: 'play',
    channel,
    playback: id('playback'),
    say,
    language,
    after: 'nothing',
  });

  const asked = (
    channel: Channel,
    question: SurveyQuestion,
    because: Because = 'next',
    language: Language = 'en',
  ): Play => {
    const of = { place: 1 as PlaceId, playback: 1 as PlaybackId, round: 1, key: '' };
    return said(channel, surveyWords({ type: 'survey.asked', v: 1, question, because, ...of }), language);
  };

  /** Two talk, the agent hangs up, and the first question is asked of the other one. */
  async function stays(far: FarCall, channel: Channel, first: Play): Promise<Stayed> {
    const w = get();
    const leg = id('leg') as Channel;
    const agent = await ring(w, leg);
    await w.until(agent.answer());
    await w.until(w.house.hears('channel.answered', leg));
    const bridge = id('bridge');
    w.telephony.perform([{ do: 'bridge', bridge, channels: [channel, leg] }]);
    expect(await w.until(far.hears(agent.call.toneHz))).toBe(true);
    await w.until(agent.call.hangUp());
    await w.until(w.house.hears('channel.ended', leg));
    const since = w.house.told.length;
    w.telephony.perform([{ do: 'unbridge', bridge }, first, { do: 'unbridge', bridge }]);
    return { far, channel, since };
  }

  async function heldAndStays(question: SurveyQuestion, language: Language = 'en'): Promise<Stayed> {
    const { call, channel } = await callIn(get());
    return stays(call, channel, asked(channel, question, 'first', language));
  }

  async function calledBackAndStays(question: SurveyQuestion): Promise<Stayed> {
    const w = get();
    const { attempt, ringing } = await dial(w, id('attempt'));
    await w.until(ringing.answer());
    await w.until(w.house.hears('channel.answered', attempt));
    return stays(ringing.call, attempt, asked(attempt, question, 'first'));
  }

  const began = (w: ContractWorld, { channel, since }: Stayed) =>
    w.until(w.house.hears('prompt.began', channel, since));

  async function thankedAndLetGo({ far, channel }: Stayed): Promise<void> {
    const w = get();
    const since = w.house.told.length;
    const thanks: Play = { ...said(channel, THANKS, 'en'), after: 'hang_up' };
    w.telephony.perform([thanks]);
    expect(await w.until(far.ended)).toEqual({ by: 'the_other', cause: 'normal' });
    expect(await w.until(w.house.hears('channel.ended', channel))).toMatchObject({ cause: 'normal' });
    const told = w.house.told.slice(since).filter((input) => 'channel' in input && input.channel === channel);
    expect(told.map((input) => input.type)).toEqual(['prompt.began', 'prompt.ended', 'channel.ended']);
    expect(told[1]).toMatchObject({ playback: thanks.playback });
  }

  test.each(LANGUAGES)(
    'who held is asked when the agent has left, keys after the question, is thanked and let go: %s',
    async (language) => {
      const w = get();
      const stayed = await heldAndStays('satisfied', language);
      await began(w, stayed);
      expect(await w.until(stayed.far.hearsAnything())).toBe(true);
      await w.until(w.house.hears('prompt.ended', stayed.channel, stayed.since));
      await w.until(stayed.far.press('5'));
      const pressed = await w.until(w.house.hears('key.pressed', stayed.channel, stayed.since));
      expect(pressed).toMatchObject({ key: '5' });
      await thankedAndLetGo(stayed);
    },
  );

  test('who was called back is asked three: each key cuts its question short for the next', async () => {
    const w = get();
    const stayed = await calledBackAndStays('satisfied');
    const next = [
      ['5', asked(stayed.channel, 'again')],
      ['1', asked(stayed.channel, 'answered')],
    ] as const;
    await began(w, stayed);
    let { since } = stayed;
    for (const [key, question] of next) {
      await w.until(stayed.far.press(key));
      expect(await w.until(w.house.hears('key.pressed', stayed.channel, since))).toMatchObject({ key });
      since = w.house.told.length;
      w.telephony.perform([question]);
      const begun = await w.until(w.house.hears('prompt.began', stayed.channel, since));
      expect(begun).toMatchObject({ playback: question.playback });
    }
    await w.until(stayed.far.press('2'));
    await w.until(w.house.hears('key.pressed', stayed.channel, since));
    await thankedAndLetGo(stayed);
    // Of what was cut short nothing is told: the one end is that of the thanks.
    const ends = w.house.of(stayed.channel).filter((type) => type === 'prompt.ended');
    expect(ends).toHaveLength(1);
  });

  test('the same question again, as after a resync: what is told is of the newer one', async () => {
    const w = get();
    const stayed = await heldAndStays('answered');
    await began(w, stayed);
    const since = w.house.told.length;
    const again = asked(stayed.channel, 'answered', 'resynced');
    w.telephony.perform([again]);
    const ended = await w.until(w.house.hears('prompt.ended', stayed.channel, since));
    expect(ended).toMatchObject({ playback: again.playback });
    await thankedAndLetGo(stayed);
  });

  test.each(['held', 'called back'] as const)(
    'a hang-up in the middle of a question ends question and leg: who was %s',
    async (how) => {
      const w = get();
      const stayed = await (how === 'held' ? heldAndStays('answered') : calledBackAndStays('again'));
      await began(w, stayed);
      await w.until(stayed.far.hangUp());
      await w.until(w.house.hears('channel.ended', stayed.channel));
      expect(w.house.of(stayed.channel).slice(-3)).toEqual(['prompt.began', 'prompt.ended', 'channel.ended']);
    },
  );

  test('let go in the middle of a question, and asked so twice: the leg ends once', async () => {
    const w = get();
    const stayed = await calledBackAndStays('again');
    await began(w, stayed);
    const { channel } = stayed;
    w.telephony.perform([
      { do: 'hang_up', channel },
      { do: 'hang_up', channel },
    ]);
    expect(await w.until(stayed.far.ended)).toMatchObject({ by: 'the_other' });
    await w.until(w.house.hears('channel.ended', channel));
    expect(w.house.of(channel).filter((type) => type === 'channel.ended')).toHaveLength(1);
  });

  test('a sweep keeps who is asked, and hangs up who is not asked any more', async () => {
    const w = get();
    const stayed = await calledBackAndStays('again');
    await began(w, stayed);
    w.telephony.perform([{ do: 'sweep', channels: [stayed.channel], bridges: [] }]);
    await w.until(stayed.far.press('1'));
    await w.until(w.house.hears('key.pressed', stayed.channel, stayed.since));
    w.telephony.perform([{ do: 'sweep', channels: [], bridges: [] }]);
    expect(await w.until(stayed.far.ended)).toMatchObject({ by: 'the_other' });
    await w.until(w.house.hears('channel.ended', stayed.channel));
  });
}
