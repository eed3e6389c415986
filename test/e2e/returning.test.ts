// The client calls again, on the real Asterisk and in both languages: without the code nothing is learnt and nothing
// changed; with it each choice does what was said, in the client's language, and the place keeps its key. Side by side:
// every story has a line of its own in each language, and where one is needed an agent who speaks no other.

import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/core/id.ts';
import type { PromptKey } from '../../src/core/prompt.ts';
import type { Caller } from './caller.ts';
import { calledBack, LANGUAGES, type Promised, ready, servedLive } from './serving.ts';
import type { LineKey } from './stage.ts';
import { withStage } from './with-stage.ts';

/** One story in one language; its agent and its numbers are named after it. */
type Setting = { readonly language: Language; readonly line: LineKey; readonly agent: string };

const stories = [1, 2, 3, 4, 5, 6, 7].flatMap((line) => LANGUAGES.map((language) => `${language}-${line}`));
const at = withStage({
  lines: 9,
  agents: stories,
  // Whatever the hour on the wall: postponed clients are called in their own calling hours only.
  callback: '{ attempts: 2, closing: { callingHours: { everyDay: ["00:00-24:00"] } } }',
});

function settings(...lines: readonly LineKey[]): Setting[] {
  return LANGUAGES.map((language, i) => {
    const line = lines[i] ?? lines[0] ?? 1;
    return { language, line, agent: `${language}-${line}` };
  });
}

/** Nobody's but this story's. */
function numberOf({ language, line }: Setting, n: number): string {
  return `+1613555${String(400 + line * 20 + (language === 'fr' ? 10 : 0) + n).padStart(4, '0')}`;
}

async function promise(setting: Setting): Promise<{ promised: Promised; first: Caller }> {
  const first = await at().callIn(numberOf(setting, 0), setting.language, setting.line);
  return { first, promised: await first.leaveForCallback() };
}

/** Calls again, and chooses "about a callback that I have". */
async function callAgain({ language }: Setting, number: string): Promise<Caller> {
  const caller = await at().arrive(number);
  await caller.choose('language', language === 'en' ? '1' : '2');
  await caller.choose('line', '1'); // whichever: the reference says which callback it is
  await caller.choose('service', '2');
  return caller;
}

function referenceOf({ callback }: Promised): string {
  return String(callback).padStart(6, '0');
}

/** Keys reference and code, and is recognised. */
async function recognised(setting: Setting, promised: Promised): Promise<Caller> {
  const caller = await callAgain(setting, numberOf(setting, 0));
  await caller.told([{ prompt: 'returning.code' }], setting.language);
  await caller.far.press(`${referenceOf(promised)}${promised.code}`);
  await at().story.until('client.recognised', (f) => f.call === caller.call);
  await caller.told([{ prompt: 'returning.keep' }, { digits: '1' }], setting.language);
  return caller;
}

/** What was done is said in their language, and the centre hangs up. */
async function told(caller: Caller, language: Language, prompt: PromptKey): Promise<void> {
  await caller.told([{ prompt }], language);
  expect(await caller.far.ended).toEqual({ by: 'the_other', cause: 'normal' });
  expect(caller.languagesHeard()).toEqual([language]);
}

/** Somebody who holds behind the callback is served, and the callback's client is not called. */
async function servesOnlyTheOther(setting: Setting): Promise<void> {
  const { language, line, agent } = setting;
  const other = await at().callIn(numberOf(setting, 1), language, line);
  await ready(at(), agent, line, language);
  await servedLive(at(), agent, other);
  expect(at().network.invites(numberOf(setting, 0))).toBe(0);
}

describe.concurrent('the client calls again', () => {
  test.each(settings(1))('keep: called in its turn ($language)', async (setting) => {
    const { language, line, agent } = setting;
    const { promised, first } = await promise(setting);
    const back = await recognised(setting, promised);
    await back.far.press('1');
    await told(back, language, 'returned.kept');
    const behind = await at().callIn(numberOf(setting, 1), language, line);
    await ready(at(), agent, line, language);
    await calledBack(at(), agent, { number: numberOf(setting, 0), language, promised });
    await servedLive(at(), agent, behind);
    const served = at()
      .story.of('agent.reserved')
      .filter((f) => f.agent === agent);
    expect(served.map((f) => f.place)).toEqual([first.place, behind.place]);
  });

  test.each(settings(2))('cancel: the place is left, nobody is called ($language)', async (setting) => {
    const { promised } = await promise(setting);
    const back = await recognised(setting, promised);
    await back.far.press('2');
    const cancelled = await at().story.until('callback.cancelled', (f) => f.callback === promised.callback);
    expect(cancelled.by).toBe('client');
    await told(back, setting.language, 'returned.cancelled');
    await servesOnlyTheOther(setting);
  });

  test.each(settings(3))('later: not before then, ten minutes for each step ($language)', async (setting) => {
    const { language } = setting;
    const { story } = at();
    const { promised } = await promise(setting);
    const back = await recognised(setting, promised);
    await back.far.press('3');
    await back.told([{ prompt: 'returning.postponed' }], language);
    const isTheirs = (f: { callback: number }) => f.callback === promised.callback;
    const from = story.positionOf(await story.until('callback.postponed', isTheirs));
    await back.far.press('3');
    await story.until('callback.postponed', isTheirs, from + 1);
    const steps = story.facts.flatMap(({ fact, at: now }) =>
      fact.type === 'callback.postponed' && fact.callback === promised.callback ? [{ ...fact, now }] : [],
    );
    expect(steps.map((f) => f.cause)).toEqual(['client', 'client']);
    const [one, two] = steps.map((f) => f.untilAt);
    expect(one).toBe((steps[0]?.now ?? 0) + 600_000);
    expect(two).toBe((one ?? 0) + 600_000);
    await back.far.hangUp();
    expect(back.languagesHeard()).toEqual([language]);
    await servesOnlyTheOther(setting);
  });

  test.each(settings(4))('another number: read back, and called there ($language)', async (setting) => {
    const { language, line, agent } = setting;
    const { promised } = await promise(setting);
    const number = numberOf(setting, 2);
    const back = await recognised(setting, promised);
    await back.far.press('4');
    await back.told([{ prompt: 'number.ask' }], language);
    await back.far.press(`${number.slice(2)}#`);
    await back.confirmable();
    await back.told([{ prompt: 'confirm.number' }, { digits: number.slice(2) }], language);
    await back.far.press('1');
    await back.keyExtension();
    await told(back, language, 'returned.number_changed');
    await ready(at(), agent, line, language);
    await calledBack(at(), agent, { number, language, promised });
    expect(at().network.invites(numberOf(setting, 0))).toBe(0);
    expect(at().network.invites(number)).toBe(1);
  });

  // The two begin on lines of their own, since each ends in the other's queue.
  test.each(settings(5, 6))(
    'the other language: served in it, at the same place ($language)',
    async (setting) => {
      const { language, line } = setting;
      const { story } = at();
      const other: Language = language === 'en' ? 'fr' : 'en';
      const { promised, first } = await promise(setting);
      const behind = await at().callIn(numberOf(setting, 1), other, line);
      const back = await recognised(setting, promised);
      await back.told([{ prompt: 'language.other', language: other }], language);
      const before = back.played().length;
      await back.far.press('5');
      await back.told([{ prompt: 'returning.keep' }, { digits: '1' }], other, before);
      expect(back.of('call.language_chosen').map((f) => f.language)).toEqual([language, other]);
      const changed = await story.until('place.language_changed', (f) => f.place === first.place);
      expect(changed.language).toBe(other);
      await back.far.press('1');
      await back.told([{ prompt: 'returned.kept' }], other);
      await back.far.ended;
      // An agent who speaks the new language only: first the one who kept the place, then the one behind.
      const agent = `${other}-${line}`;
      await ready(at(), agent, line, other);
      await calledBack(at(), agent, { number: numberOf(setting, 0), language: other, promised });
      await servedLive(at(), agent, behind);
    },
  );

  test.each(settings(7))(
    'hold again: at the same place, and nobody is called ($language)',
    async (setting) => {
      const { language, line, agent } = setting;
      const { promised, first } = await promise(setting);
      const behind = await at().callIn(numberOf(setting, 1), language, line);
      const back = await recognised(setting, promised);
      const before = back.played().length;
      await back.far.press('6');
      const rejoined = await at().story.until('place.rejoined', (f) => f.place === first.place);
      expect(rejoined.call).toBe(back.call);
      await back.told([{ prompt: 'wait.place' }], language, before);
      await ready(at(), agent, line, language);
      await servedLive(at(), agent, back);
      await servedLive(at(), agent, behind);
      expect(back.languagesHeard()).toEqual([language]);
      expect(at().network.invites(numberOf(setting, 0))).toBe(0);
    },
  );

  test.each(settings(8))('without the code: nothing learnt, nothing changed ($language)', async (setting) => {
    const { language } = setting;
    const { story } = at();
    const { promised } = await promise(setting);
    const wrong = promised.code === '0000' ? '1111' : '0000';
    // Their own number, and somebody else's: it makes no difference.
    const callers = [numberOf(setting, 0), numberOf(setting, 3)].map((number) => callAgain(setting, number));
    const heard = await Promise.all(
      callers.map(async (calling) => {
        const caller = await calling;
        for (const round of [1, 2, 3]) {
          await caller.asked('code', 0, round);
          await caller.far.press(`${round === 2 ? '999999' : referenceOf(promised)}${wrong}`);
        }
        await told(caller, language, 'menu.goodbye');
        expect(caller.hasHeard('returning.not_recognised')).toBe(true);
        expect(caller.of('client.recognised')).toEqual([]);
        return caller.questions().slice(3);
      }),
    );
    expect(heard[0]).toEqual(heard[1]);
    const touched = (['callback.cancelled', 'callback.postponed', 'callback.number_changed'] as const)
      .flatMap((type) => story.of(type))
      .filter((f) => f.callback === promised.callback);
    expect(touched).toEqual([]);
    expect(at().network.invites(numberOf(setting, 0))).toBe(0);
  });
});
