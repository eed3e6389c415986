// The agent's phone does not answer, refuses, is not there, or is hung up too soon. Never the caller's loss: the place
// goes back to its own key and is served before those who came later, by whoever is ready next. The agent is not ready,
// with the reason, until they say otherwise. Side by side: each story has a line and agents of its own.

import { describe, expect, test } from 'vitest';
import type { FactOf } from '../../src/core/fact.ts';
import type { AgentId, Language, PlaceId } from '../../src/core/id.ts';
import type { Refusal } from '../../src/telephony/far-side.ts';
import { calledBack, dialled, LANGUAGES, ready, servedLive } from './serving.ts';
import type { LineKey } from './stage.ts';
import { withStage } from './with-stage.ts';

/** One story: its line and language are a queue that nobody else stands in. */
type Setting = {
  readonly language: Language;
  readonly line: LineKey;
  readonly first: string;
  readonly second: string;
};

const lines = [1, 2, 3, 4, 5, 6, 7] as const;
const at = withStage({
  lines: 9,
  agents: lines.flatMap((line) => LANGUAGES.flatMap((l) => [`${l}-${line}-a`, `${l}-${line}-b`])),
  // Short, and long enough for a phone that is answered at once on a slow machine.
  agent: '{ ringS: 6, wrapUpS: 0 }',
  callback: '{ attempts: 1, ringS: 20, retryAfterS: 1 }',
});

function setting(line: LineKey, language: Language): Setting {
  return { language, line, first: `${language}-${line}-a`, second: `${language}-${line}-b` };
}

function both(line: LineKey): Setting[] {
  return LANGUAGES.map((language) => setting(line, language));
}

function numberOf({ language, line }: Setting, n: number): string {
  return `+1613555${String(700 + line * 20 + (language === 'fr' ? 10 : 0) + n).padStart(4, '0')}`;
}

function callIn(story: Setting, n: number) {
  return at().callIn(numberOf(story, n), story.language, story.line);
}

function goReady({ line, language }: Setting, agent: string): Promise<void> {
  return ready(at(), agent, line, language);
}

function returned(place: PlaceId): Promise<FactOf<'place.returned'>> {
  return at().story.until('place.returned', (f) => f.place === place);
}

function notReady(agent: string): Promise<FactOf<'agent.not_ready'>> {
  return at().story.until('agent.not_ready', (f) => f.agent === agent);
}

/** Who of this story was reserved for whom, in order. */
function reserved({ first, second }: Setting): (readonly [AgentId, PlaceId])[] {
  return at()
    .story.of('agent.reserved')
    .filter((f) => f.agent === first || f.agent === second)
    .map((f) => [f.agent, f.place] as const);
}

describe.concurrent('an agent who does not answer', () => {
  test.each(both(1))(
    'let ring: another agent serves the place, before the one who came later ($language)',
    async (story) => {
      const { first, second } = story;
      await goReady(story, first);
      const caller = await callIn(story, 0);
      const ringing = await at().network.phone(first).nextCall();
      ringing.ring();
      const later = await callIn(story, 1);
      await later.asked('offer');
      expect((await returned(caller.place)).cause).toBe('agent_no_answer');
      expect((await notReady(first)).reason).toBe('no_answer');
      expect(await ringing.call.ended).toMatchObject({ by: 'the_other' });

      await goReady(story, second);
      await servedLive(at(), second, caller);
      await servedLive(at(), second, later);
      expect(reserved(story)).toEqual([
        [first, caller.place],
        [second, caller.place],
        [second, later.place],
      ]);
      expect(at().network.invites(first)).toBe(1); // not ready until they say so
      for (const one of [caller, later]) expect(one.languagesHeard()).toEqual([story.language]);
    },
  );

  test.each(both(2))(
    'let ring for a callback: at its own key, and nobody is dialled ($language)',
    async (story) => {
      const { first, second, language } = story;
      const number = numberOf(story, 0);
      const caller = await callIn(story, 0);
      const promised = await caller.leaveForCallback();
      const later = await callIn(story, 1);
      await goReady(story, first);
      (await at().network.phone(first).nextCall()).ring();
      expect((await returned(caller.place)).cause).toBe('agent_no_answer');
      expect((await notReady(first)).reason).toBe('no_answer');
      expect(at().network.invites(number)).toBe(0);
      expect(
        at()
          .story.of('attempt.intended')
          .filter((f) => f.callback === promised.callback),
      ).toEqual([]);

      await goReady(story, second);
      await calledBack(at(), second, { number, language, promised });
      await servedLive(at(), second, later);
      expect(reserved(story).map(([, place]) => place)).toEqual([caller.place, caller.place, later.place]);
      expect(at().network.invites(number)).toBe(1);
    },
  );

  test.each(both(3))(
    'let ring, then ready again: the same agent serves the same place ($language)',
    async (story) => {
      const { first } = story;
      await goReady(story, first);
      const caller = await callIn(story, 0);
      (await at().network.phone(first).nextCall()).ring();
      const later = await callIn(story, 1);
      await notReady(first);
      await goReady(story, first);
      await servedLive(at(), first, caller);
      await servedLive(at(), first, later);
      expect(reserved(story)).toEqual([
        [first, caller.place],
        [first, caller.place],
        [first, later.place],
      ]);
    },
  );

  test.each([
    ['rejected', 'rejected', setting(4, 'en')],
    ['busy', 'busy', setting(4, 'fr')],
  ] as const)(
    'refused as %s: not ready with that reason, and the caller holds on',
    async (how, reason, story) => {
      const { first } = story;
      await goReady(story, first);
      const caller = await callIn(story, 0);
      const ringing = await at().network.phone(first).nextCall();
      ringing.ring();
      await ringing.refuse(how satisfies Refusal);
      expect((await returned(caller.place)).cause).toBe('agent_rejected');
      expect((await notReady(first)).reason).toBe(reason);
      await caller.asked('offer'); // told place and wait again, not silence
      await goReady(story, first);
      await servedLive(at(), first, caller);
    },
  );

  test('a phone that is not registered: not ready as unreachable, and served once it is back', async () => {
    const story = setting(5, 'fr');
    const { first } = story;
    const phone = at().network.phone(first);
    await phone.unregister();
    await goReady(story, first);
    const caller = await callIn(story, 0);
    expect((await returned(caller.place)).cause).toBe('agent_unreachable');
    expect((await notReady(first)).reason).toBe('phone_unreachable');
    expect(at().network.invites(first)).toBe(0);
    await phone.register();
    await goReady(story, first);
    await servedLive(at(), first, caller);
  });

  test('hung up during the announcement: the client is not dialled, and the next agent dials once', async () => {
    const story = setting(6, 'en');
    const { first, second, language } = story;
    const number = numberOf(story, 0);
    const caller = await callIn(story, 0);
    const promised = await caller.leaveForCallback();
    const later = await callIn(story, 1);
    await goReady(story, first);
    const ringing = await at().network.phone(first).nextCall();
    await ringing.answer();
    expect(await ringing.call.hearsAnything()).toBe(true);
    await ringing.call.hangUp();
    expect((await returned(caller.place)).cause).toBe('agent_lost');
    expect((await notReady(first)).reason).toBe('hung_up');
    // The end of the prompt may be told a moment before the end of the leg: what was intended then is void.
    const attempts = at()
      .story.of('attempt.intended')
      .filter((f) => f.callback === promised.callback);
    const permitted = at()
      .story.of('attempt.permitted')
      .map((f) => f.attempt);
    expect(attempts.filter((f) => permitted.includes(f.attempt))).toEqual([]);
    expect(at().network.invites(number)).toBe(0);

    await goReady(story, second);
    await calledBack(at(), second, { number, language, promised });
    expect(at().network.invites(number)).toBe(1);
    await servedLive(at(), second, later);
    expect(reserved(story)).toEqual([
      [first, caller.place],
      [second, caller.place],
      [second, later.place],
    ]);
  });

  test("hung up while the client's phone rings: it stops, costs the client no chance, and is done again", async () => {
    const story = setting(7, 'fr');
    const { first, second, language } = story;
    const number = numberOf(story, 0);
    const caller = await callIn(story, 0);
    const promised = await caller.leaveForCallback();
    const client = { number, language, promised };
    await goReady(story, first);
    const { toAgent, toClient } = await dialled(at(), first, client);
    toClient.ring();
    const intended = () =>
      at()
        .story.of('attempt.intended')
        .filter((f) => f.callback === promised.callback);
    const [attempt] = intended().map((f) => f.attempt);
    await at().story.until('attempt.ringing', (f) => f.attempt === attempt);
    await toAgent.call.hangUp();
    expect((await toClient.call.ended).by).toBe('the_other');
    const failed = await at().story.until('attempt.failed', (f) => f.attempt === attempt);
    expect(failed.cause).toBe('agent_lost');
    expect((await notReady(first)).reason).toBe('hung_up');

    await goReady(story, second);
    await calledBack(at(), second, client);
    // One chance is all that the client has here, and this is still the first.
    expect(intended().map((f) => f.n)).toEqual([1, 1]);
    expect(at().network.invites(number)).toBe(2);
  });
});

test('nothing is left behind of any of them', async () => {
  await at().empty();
});
