// The survey on the real Asterisk, in both languages: the agent leaves, the client stays and hears the questions in their own
// language, presses keys, and facts and figures say what was pressed. Hang-ups in every state of it; who hung up first is
// asked on their page; where nothing is asked, the client is let go with the agent.

import { describe, expect, test } from 'vitest';
import type { Say } from '../../src/core/effect.ts';
import type { FactOf } from '../../src/core/fact.ts';
import { type Channel, type Language, type PlaceId, textId } from '../../src/core/id.ts';
import { estimate } from '../../src/figures/figure.ts';
import { Ledger } from '../../src/figures/ledger/ledger.ts';
import { figureCalled } from '../../src/figures/registry.ts';
import type { FarCall } from '../../src/telephony/far-side.ts';
import { CellBook } from '../support/cell-book.ts';
import { languagesOf, soundsOf } from './exchange.ts';
import { dialled, LANGUAGES, ready } from './serving.ts';
import type { Stage } from './stage.ts';
import { withStage } from './with-stage.ts';

const YES_OR_NO: readonly Say[] = [
  { prompt: 'survey.yes' },
  { digits: '1' },
  { prompt: 'survey.no' },
  { digits: '2' },
];
const WORDS = {
  satisfied: [{ prompt: 'survey.satisfied' }],
  again: [{ prompt: 'survey.again' }, ...YES_OR_NO],
  answered: [{ prompt: 'survey.answered' }, ...YES_OR_NO],
} as const satisfies Record<string, readonly Say[]>;
const STAY: readonly Say[] = [{ prompt: 'survey.stay' }, ...WORDS.satisfied];
const THANKS: readonly Say[] = [{ prompt: 'survey.thanks' }];

/** Somebody whose agent has just left. */
type Stayed = {
  readonly place: PlaceId;
  readonly channel: Channel;
  readonly far: FarCall;
  readonly from: number;
};

class Asked {
  readonly #stage: Stage;
  readonly #language: Language;
  readonly client: Stayed;

  constructor(stage: Stage, language: Language, client: Stayed) {
    this.#stage = stage;
    this.#language = language;
    this.client = client;
  }

  hears(say: readonly Say[]): Promise<void> {
    const { channel, from } = this.client;
    return this.#stage.exchange.untilPlayed(channel, soundsOf(say, this.#language), from);
  }

  async press(key: string, question: FactOf<'survey.answered'>['question']): Promise<void> {
    await this.client.far.press(key);
    const { place } = this.client;
    await this.#stage.story.until('survey.answered', (f) => f.place === place && f.question === question);
  }

  ended(): Promise<FactOf<'survey.ended'>> {
    return this.#stage.story.until('survey.ended', (f) => f.place === this.client.place);
  }

  answers(): [string, number][] {
    return this.#stage.story
      .of('survey.answered')
      .filter((f) => f.place === this.client.place)
      .map((f) => [f.question, f.answer]);
  }

  /** Everything that they heard since the agent left was in one language. */
  languages(): readonly string[] {
    const { channel, from } = this.client;
    return languagesOf(this.#stage.exchange.played(channel).slice(from));
  }
}

/** Each works on one line: who has signed in for one is not asked for another. */
const AGENTS = { 1: { en: 'amelie', fr: 'benoit' }, 2: { en: 'chloe', fr: 'daniel' } } as const;

async function talkingAfterCallback(stage: Stage, number: string, language: Language, line: 1 | 2) {
  const agent = AGENTS[line][language];
  const promised = await (await stage.callIn(number, language, line)).leaveForCallback();
  await ready(stage, agent, line, language);
  const { toAgent, toClient } = await dialled(stage, agent, { number, language, promised });
  await toClient.answer();
  expect(await toClient.call.hears(toAgent.call.toneHz)).toBe(true);
  const intended = await stage.story.until('attempt.intended', (f) => f.callback === promised.callback);
  const channel = textId('c1', 'attempt', intended.attempt) as Channel;
  return { toAgent, toClient, promised, channel };
}

async function calledBackAndStayed(stage: Stage, number: string, language: Language): Promise<Asked> {
  const { toAgent, toClient, promised, channel } = await talkingAfterCallback(stage, number, language, 1);
  await toAgent.call.hangUp();
  await stage.story.until('callback.completed', (f) => f.callback === promised.callback);
  return new Asked(stage, language, { place: promised.place, channel, far: toClient.call, from: 0 });
}

async function heldAndStayed(stage: Stage, number: string, language: Language): Promise<Asked> {
  const caller = await stage.callIn(number, language, 1);
  const agent = AGENTS[1][language];
  await ready(stage, agent, 1, language);
  const toAgent = await stage.network.phone(agent).nextCall();
  await toAgent.answer();
  expect(await caller.far.hears(toAgent.call.toneHz)).toBe(true);
  const from = caller.played().length;
  await toAgent.call.hangUp();
  return new Asked(stage, language, { place: caller.place, channel: caller.channel, far: caller.far, from });
}

describe('the agent leaves and the client stays', () => {
  const at = withStage({
    agents: ['amelie', 'benoit', 'chloe', 'daniel'],
    // Nobody is ready again before the test says so.
    agent: '{ ringS: 8, wrapUpS: 600 }',
    rules: {
      permanent_residence: 'survey: { share: 1, talkMinS: 0, linkDays: 7 }',
      family_sponsorship: 'survey: { share: 0 }',
    },
  });

  test.each(LANGUAGES)('%s: who was called back answers three questions and is thanked', async (language) => {
    const stage = at();
    const asked = await calledBackAndStayed(
      stage,
      language === 'en' ? '+16135550150' : '+16135550160',
      language,
    );
    await asked.hears(STAY);
    await asked.press('5', 'satisfied');
    await asked.hears(WORDS.again);
    await asked.press('1', 'again');
    await asked.hears(WORDS.answered);
    await asked.press('2', 'answered');
    await asked.hears(THANKS);
    expect(await asked.client.far.ended).toEqual({ by: 'the_other', cause: 'normal' });
    await asked.ended();
    expect(asked.answers()).toEqual([
      ['satisfied', 5],
      ['again', 1],
      ['answered', 2],
    ]);
    expect(asked.languages()).toEqual([language]);
    await stage.empty();
  });

  test.each(LANGUAGES)(
    '%s: who held is not asked about callback, and hangs up in the middle',
    async (language) => {
      const stage = at();
      const asked = await heldAndStayed(stage, language === 'en' ? '+16135550151' : '+16135550161', language);
      await asked.hears(STAY);
      await asked.press('4', 'satisfied');
      await asked.hears(WORDS.answered);
      await asked.client.far.hangUp();
      expect((await asked.ended()).by).toBe('client');
      expect(asked.answers()).toEqual([['satisfied', 4]]);
      expect(asked.languages()).toEqual([language]);
      await stage.empty();
    },
  );

  test.each(LANGUAGES)('%s: hangs up while the first question is said, or the thanks', async (language) => {
    const stage = at();
    const first = await calledBackAndStayed(
      stage,
      language === 'en' ? '+16135550152' : '+16135550162',
      language,
    );
    await first.hears([{ prompt: 'survey.stay' }]);
    await first.client.far.hangUp();
    await first.ended();
    expect(first.answers()).toEqual([]);
    const last = await heldAndStayed(stage, language === 'en' ? '+16135550153' : '+16135550163', language);
    await last.press('5', 'satisfied');
    await last.press('1', 'answered');
    await last.hears(THANKS);
    await last.client.far.hangUp();
    await last.ended();
    await stage.empty();
  });

  test.each(LANGUAGES)('%s: who hangs up before the agent is asked on their page', async (language) => {
    const stage = at();
    const number = language === 'en' ? '+16135550154' : '+16135550164';
    const { toAgent, toClient, promised } = await talkingAfterCallback(stage, number, language, 1);
    await toClient.call.hangUp();
    const begun = await stage.story.until('survey.begun', (f) => f.callback === promised.callback);
    expect(begun).toMatchObject({ of: 'callback', language, untilAt: expect.any(Number) });
    await toAgent.call.ended;
    await stage.empty();
  });

  test.each(LANGUAGES)('%s: where nobody is asked the client is let go with the agent', async (language) => {
    const stage = at();
    const number = language === 'en' ? '+16135550155' : '+16135550165';
    const { toAgent, toClient, promised } = await talkingAfterCallback(stage, number, language, 2);
    await toAgent.call.hangUp();
    expect(await toClient.call.ended).toEqual({ by: 'the_other', cause: 'normal' });
    await stage.story.until('callback.completed', (f) => f.callback === promised.callback);
    expect(stage.story.of('survey.begun').some((f) => f.place === promised.place)).toBe(false);
    await stage.empty();
  });

  test('the figures say what was pressed, each with its n', () => {
    const book = new CellBook();
    const ledger = new Ledger(book, false);
    for (const { fact, at: when } of at().story.facts) ledger.fact(fact, when);
    const told = (id: string) => {
      const figure = figureCalled(id);
      if (figure === undefined) throw new Error(`there is no figure ${id}`);
      return estimate(figure, book.total());
    };
    // Six were called back and asked: two answered all, two hung up at once, two went to their page.
    expect(told('survey_callback_response_rate')).toMatchObject({ cases: 2, n: 6 });
    expect(told('survey_callback_very_satisfied')).toMatchObject({ cases: 2, n: 2 });
    expect(told('survey_callback_satisfied_and_again')).toMatchObject({ cases: 2, n: 2 });
    expect(told('survey_callback_question_answered')).toMatchObject({ cases: 0, n: 2 });
    expect(told('survey_live_response_rate')).toMatchObject({ cases: 4, n: 4 });
    expect(told('survey_live_very_satisfied')).toMatchObject({ cases: 2, n: 4 });
  });
});
