// The survey as stories on the real rules: it begins when the agent has left and keeps nobody, keys answer it, a hang-up
// keeps what was answered, and it is open on a page for those whom no agent reached.

import { describe, expect, test } from 'vitest';
import { MINUTE, Scene, visas } from '../../../test/support/scene.ts';
import type { SurveyRules } from '../configuration.ts';
import { evolve } from '../evolve.ts';
import { dump, stateHash } from '../hash.ts';
import { type CallbackId, type Channel, textId } from '../id.ts';
import type { Key } from '../input.ts';
import { emptyState } from '../state.ts';

const RULES: SurveyRules = {
  sharePermille: 1000,
  questions: ['satisfied', 'again', 'answered'],
  announces: false,
  linkMs: 0,
};

function surveyed(more: Partial<SurveyRules> = {}): Scene {
  return new Scene({ lines: [visas({ survey: { ...RULES, ...more } })] });
}

/** Somebody holds, is answered, and stays on the line when the agent has left. */
function heldAndStayed(story: Scene, language: Key = '1'): Channel {
  const caller = story.caller(1, language);
  story.ready();
  story.answer();
  story.after(MINUTE);
  story.hangUp(story.leg());
  return caller;
}

function calledBackAndStayed(story: Scene): Channel {
  story.callback(1);
  story.ready();
  story.dial();
  story.reach();
  story.after(MINUTE);
  const client = story.attempt();
  story.hangUp(story.leg());
  return client;
}

const answers = (story: Scene): (string | number)[][] =>
  story.all('survey.answered').map(({ question, answer }) => [question, answer]);

const hungUp = (story: Scene, channel: Channel): boolean =>
  story.effects.some((effect) => effect.do === 'hang_up' && effect.channel === channel);

describe('by phone', () => {
  test('a caller who held is asked two questions, the agent is in wrap-up at once', () => {
    const story = surveyed();
    const caller = heldAndStayed(story, '2');
    expect(story.agent('ada').state).toBe('wrap_up');
    expect(story.all('survey.begun')).toMatchObject([
      { of: 'live', language: 'fr', questions: ['satisfied', 'answered'] },
    ]);
    expect(hungUp(story, caller)).toBe(false);
    const said = story.effects.findLast((effect) => effect.do === 'play');
    expect(said).toMatchObject({ channel: caller, language: 'fr' });
    // What is said to the client alone is said after they were taken out of the conversation.
    const order = story.effects.filter((effect) => effect.do === 'unbridge' || effect === said);
    expect(order[0]?.do).toBe('unbridge');
    story.press(caller, '5', '1');
    expect(answers(story)).toEqual([
      ['satisfied', 5],
      ['answered', 1],
    ]);
    expect(story.effects.at(-1)).toMatchObject({ say: [{ prompt: 'survey.thanks' }], after: 'hang_up' });
    story.hangUp(caller);
    expect(story.latest('call.ended')).toMatchObject({ by: 'caller' });
    expect([story.state.calls.size, story.state.surveys.size, story.state.channels.size]).toEqual([0, 0, 0]);
  });

  test('a client who was called back is asked three, while callback and attempt have ended', () => {
    const story = surveyed();
    const client = calledBackAndStayed(story);
    expect(story.latest('callback.completed')).toBeDefined();
    expect([story.state.callbacks.size, story.state.attempts.size]).toEqual([0, 0]);
    expect(hungUp(story, client)).toBe(false);
    story.press(client, '4', '1', '2');
    expect(answers(story)).toEqual([
      ['satisfied', 4],
      ['again', 1],
      ['answered', 2],
    ]);
    story.hangUp(client);
    expect([story.state.surveys.size, story.state.channels.size]).toEqual([0, 0]);
  });

  test.each([heldAndStayed, calledBackAndStayed])(
    'nobody is asked after too short a conversation: %o',
    (stayed) => {
      const tooShort = surveyed({ talkMinMs: MINUTE + 1 });
      expect(hungUp(tooShort, stayed(tooShort))).toBe(true);
      expect(tooShort.all('survey.begun')).toEqual([]);
      const justLong = surveyed({ talkMinMs: MINUTE });
      stayed(justLong);
      expect(justLong.all('survey.begun')).toHaveLength(1);
    },
  );

  test('a hang-up at any moment keeps what was answered', () => {
    for (const keys of [[], ['5'], ['5', '1']] as const) {
      const story = surveyed();
      const client = calledBackAndStayed(story);
      story.press(client, ...keys);
      story.hangUp(client);
      expect(answers(story)).toHaveLength(keys.length);
      expect(story.latest('survey.ended')).toMatchObject({ by: 'client' });
      expect(story.state.surveys.size).toBe(0);
    }
  });

  test('a bounce is no second answer; a wrong key asks again, and no key at all says good-bye', () => {
    const story = surveyed();
    const client = calledBackAndStayed(story);
    story.at += 1_000;
    story.tell({ type: 'key.pressed', channel: client, key: '1' });
    story.tell({ type: 'key.pressed', channel: client, key: '1' });
    expect(answers(story)).toEqual([['satisfied', 1]]);
    story.press(client, '7');
    expect(story.latest('survey.asked')).toMatchObject({ question: 'again', round: 2, because: 'wrong_key' });
    story.after(10 * MINUTE);
    expect(answers(story)).toHaveLength(1);
    expect(story.latest('survey.ended')).toMatchObject({ by: 'centre' });
    expect(hungUp(story, client)).toBe(true);
  });

  test('silence counts from the end of the question; a late report of another prompt says nothing', () => {
    const story = surveyed();
    const client = calledBackAndStayed(story);
    const playback = textId('t', 'playback', story.latest('survey.asked')?.playback ?? 0);
    story.tell({ type: 'prompt.ended', channel: client, playback: 'another' });
    expect(story.all('survey.heard')).toEqual([]);
    story.tell({ type: 'prompt.ended', channel: client, playback });
    story.after(5_000);
    expect(story.latest('survey.asked')).toMatchObject({ round: 2, because: 'silence' });
  });

  test('a key after the last answer, and after the good-bye, means nothing', () => {
    const story = surveyed({ questions: ['answered'] });
    const caller = heldAndStayed(story);
    story.press(caller, '1', '2', '1');
    expect(answers(story)).toEqual([['answered', 1]]);
    story.hangUp(caller);
    expect(story.press(caller, '1')).toEqual([]);
  });

  test('who hangs up first, whose agent was lost, or whom the draw leaves out, is asked nothing', () => {
    const first = surveyed();
    const caller = first.caller(1);
    first.ready();
    first.answer();
    first.hangUp(caller);
    expect(first.all('survey.begun')).toEqual([]);
    const lost = surveyed();
    lost.caller(1);
    lost.ready();
    lost.answer();
    lost.hangUp(lost.leg(), 'lost');
    expect(lost.all('survey.begun')).toEqual([]);
    const none = surveyed({ sharePermille: 0 });
    expect(hungUp(none, heldAndStayed(none))).toBe(true);
    expect(none.all('survey.begun')).toEqual([]);
  });

  test('the share is drawn from the recorded chance', () => {
    const story = surveyed({ sharePermille: 300 });
    let asked = 0;
    for (let n = 1; n <= 60; n += 1) {
      const before = story.all('survey.begun').length;
      const caller = heldAndStayed(story);
      if (story.all('survey.begun').length > before) asked += 1;
      story.hangUp(caller);
      story.tell({ type: 'agent.go_not_ready', agent: story.agent('ada').id, reason: 'pause' });
    }
    expect(asked).toBeGreaterThan(6);
    expect(asked).toBeLessThan(40);
  });

  test('after a crash who is still there is asked again, and who is gone keeps what was answered', () => {
    for (const stays of [true, false]) {
      const story = surveyed();
      const client = calledBackAndStayed(story);
      story.press(client, '5');
      story.tell({ type: 'telephony.lost' });
      const channels = stays ? [{ channel: client, up: true }] : [];
      story.tell({ type: 'telephony.resynced', channels });
      if (stays) {
        expect(story.latest('survey.asked')).toMatchObject({
          question: 'again',
          because: 'resynced',
          round: 1,
        });
        const sweep = story.effects.findLast((effect) => effect.do === 'sweep');
        expect(sweep).toMatchObject({ channels: [client] });
        story.press(client, '1', '1');
        expect(answers(story)).toHaveLength(3);
      } else expect(story.state.surveys.size).toBe(0);
    }
  });

  test('a caller who held stays in the survey over a crash', () => {
    const story = surveyed();
    const caller = heldAndStayed(story);
    story.tell({ type: 'telephony.lost' });
    story.tell({ type: 'telephony.resynced', channels: [{ channel: caller, up: true }] });
    story.press(caller, '3', '1');
    expect(answers(story)).toHaveLength(2);
  });

  test('replayed, it is the state that it was', () => {
    const story = surveyed({ linkMs: 60 * MINUTE });
    story.press(calledBackAndStayed(story), '5');
    const again = emptyState('t');
    for (const { fact, at } of story.stamped) evolve(again, fact, at);
    expect(dump(again)).toMatchObject({ surveys: [expect.anything()] });
    // Time alone is no fact: the story may have gone on a little since the last one.
    expect(stateHash(again)).toBe(stateHash({ ...story.state, now: again.now }));
  });

  test('callers are told beforehand, where the owners want it: once while they hold, and at registration', () => {
    const story = surveyed({ announces: true });
    const told = (): number =>
      story.effects.filter(
        (e) => e.do === 'play' && e.say.some((say) => 'prompt' in say && say.prompt === 'survey.notice'),
      ).length;
    const caller = story.caller(1);
    expect(told()).toBe(1);
    story.after(3 * MINUTE);
    expect(told()).toBe(1);
    story.accept(caller);
    expect(told()).toBe(2);
  });
});

describe('on the page of a link', () => {
  const page = (
    story: Scene,
    callback: number,
    ...answers: readonly ['satisfied' | 'again' | 'answered', number][]
  ) =>
    story.tell({
      type: 'survey.answer',
      callback: callback as CallbackId,
      answers: answers.map(([question, answer]) => ({ question, answer })),
    });

  function missed(story: Scene): CallbackId {
    const callback = story.callback(1);
    for (const _ of [1, 2]) {
      story.ready();
      story.dial();
      story.miss('busy');
      story.tell({ type: 'agent.go_not_ready', agent: story.agent('ada').id, reason: 'pause' });
      story.after(6 * MINUTE);
    }
    expect(story.latest('callback.unreachable')).toBeDefined();
    return callback;
  }

  test('whose callback was incomplete may answer, each question once, until it is over', () => {
    const story = surveyed({ linkMs: 60 * MINUTE });
    const callback = missed(story);
    expect(story.latest('survey.begun')).toMatchObject({ of: 'incomplete', callback });
    expect(page(story, callback, ['satisfied', 2])).toHaveLength(1);
    for (const [asked, refusal] of [
      [['satisfied', 3], 'survey.answered'],
      [['again', 3], 'survey.not_an_answer'],
    ] as const) {
      expect(page(story, callback, [asked[0], asked[1]])).toEqual([]);
      expect(story.refused).toBe(refusal);
    }
    page(story, callback, ['again', 1], ['answered', 2]);
    expect(story.latest('survey.ended')).toMatchObject({ by: 'client' });
    page(story, callback, ['again', 1]);
    expect(story.refused).toBe('survey.not_open');
  });

  test('it closes by itself, with what was answered', () => {
    const story = surveyed({ linkMs: 60 * MINUTE });
    const callback = missed(story);
    page(story, callback, ['again', 2]);
    story.after(60 * MINUTE);
    expect(story.latest('survey.ended')).toMatchObject({ by: 'centre' });
    expect([story.state.surveys.size, story.state.surveysByCallback.size]).toEqual([0, 0]);
  });

  test('a client who hung up first gets it, one who is asked by phone does not answer twice', () => {
    const story = surveyed({ linkMs: 60 * MINUTE, questions: ['again'] });
    const first = story.callback(1);
    story.ready();
    story.dial();
    story.reach();
    story.hangUp(story.attempt());
    expect(story.latest('survey.begun')).toMatchObject({ of: 'callback', callback: first });
    story.hangUp(story.leg());
    const second = story.callback(2);
    story.tell({ type: 'agent.go_ready', agent: story.agent('ada').id });
    story.dial();
    story.reach();
    story.hangUp(story.leg());
    page(story, second, ['again', 1]);
    expect(story.refused).toBe('survey.not_open');
  });

  test('a question that is not one of the survey, and a callback that never was, are refused', () => {
    const story = surveyed({ linkMs: 60 * MINUTE, questions: ['again'] });
    page(story, missed(story), ['satisfied', 5]);
    expect(story.refused).toBe('survey.not_asked');
    page(story, 99, ['again', 1]);
    expect(story.refused).toBe('survey.not_open');
  });
});

test('an agent is asked how it felt after a conversation, and not after too short a one', () => {
  const toneAfter = (talkMinMs: number, stayed: (story: Scene) => Channel): number => {
    const story = new Scene({ lines: [visas()], tone: { sharePermille: 1000, talkMinMs, agentsMin: 3 } });
    stayed(story);
    return story.all('tone.asked').length;
  };
  for (const stayed of [heldAndStayed, calledBackAndStayed]) {
    expect([toneAfter(MINUTE + 1, stayed), toneAfter(MINUTE, stayed)]).toEqual([0, 1]);
  }
});
