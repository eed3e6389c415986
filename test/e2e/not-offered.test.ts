// Who is let in and who is offered a callback, on the real Asterisk and in both languages: a full line, a phase that has
// not begun, offering off and on again. Each says so in the language chosen, and no key takes what was not offered.

import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/core/id.ts';
import type { Caller } from './caller.ts';
import { LANGUAGES } from './serving.ts';
import type { LineKey } from './stage.ts';
import { withStage } from './with-stage.ts';

const notBegun = 'callback: { phases: [{ from: 2999-01-01 }] }';

const at = withStage({
  lines: 6,
  rules: {
    permanent_residence: 'capacity: 1',
    family_sponsorship: 'capacity: 1',
    temporary_residence: notBegun,
    citizenship: notBegun,
  },
});

type Setting = {
  readonly language: Language;
  readonly line: LineKey;
  readonly number: (n: number) => string;
};

/** Each language has a line of its own, so that the two do not meet. */
function settings(lines: readonly [LineKey, LineKey], base: number): Setting[] {
  return LANGUAGES.map((language, i) => ({
    language,
    line: lines[i] as LineKey,
    number: (n) => `+1613555${String(300 + base + i * 5 + n).padStart(4, '0')}`,
  }));
}

async function hangUp(...callers: readonly Caller[]): Promise<void> {
  await Promise.all(callers.map(({ far }) => far.hangUp()));
  await Promise.all(callers.map((caller) => caller.ended()));
}

/** Holding, told place and wait, and not one word of a callback; whatever they press, there is none. */
async function expectNoOffer(caller: Caller, language: Language): Promise<void> {
  await caller.told([{ prompt: 'wait.unknown' }], language);
  await caller.far.press('1212');
  expect(caller.questions().at(-1)).toBe('offer 1');
  expect(caller.of('callback.registered')).toEqual([]);
  expect(caller.languagesHeard()).toEqual([language]);
  for (const phrase of ['keep_place', 'this_number', 'other_number'] as const)
    expect(caller.hasHeard(`offer.${phrase}`)).toBe(false);
}

describe.concurrent('not offered', () => {
  test.each(settings([1, 2], 0))(
    'a full line says so, and nobody can request a callback ($language)',
    async (setting) => {
      const { language, line, number } = setting;
      const { story } = at();
      // A place is a place, in whatever language it is held.
      const holder = await at().callIn(number(0), language === 'en' ? 'fr' : 'en', line);
      const late = await at().askAgent(number(1), language, line);
      const refused = await story.until('call.refused', (f) => f.call === late.call);
      expect(refused.code).toBe('call.line_full');
      await late.told([{ prompt: 'call.line_full' }], language);
      await late.far.press('1');
      expect(await late.far.ended).toEqual({ by: 'the_other', cause: 'normal' });
      await late.ended();
      expect(late.languagesHeard()).toEqual([language]);
      expect(late.of('call.agent_asked')).toHaveLength(1);
      for (const type of ['place.taken', 'callback.registered'] as const) expect(late.of(type)).toEqual([]);

      // One leaves, and there is room for one.
      await hangUp(holder);
      const next = await at().callIn(number(2), language, line);
      await story.until('callback.offered', (f) => f.place === next.place);
      await hangUp(next);
    },
  );

  test.each(settings([3, 4], 20))(
    'before the phase has begun nothing is offered ($language)',
    async (setting) => {
      const { language, line, number } = setting;
      const caller = await at().callIn(number(0), language, line);
      const not = await at().story.until('callback.not_offered', (f) => f.place === caller.place);
      expect(not.code).toBe('callback.not_begun');
      await expectNoOffer(caller, language);
      await hangUp(caller);
    },
  );

  test.each(settings([5, 6], 40))(
    'offering off: nobody new is offered one; on again, they are ($language)',
    async (setting) => {
      const { language, line, number } = setting;
      const stage = at();
      const accepted = await stage.callIn(number(0), language, line);
      const { callback } = await accepted.leaveForCallback();
      await stage.turn('offering', line, false);
      const caller = await stage.callIn(number(1), language, line);
      const not = await stage.story.until('callback.not_offered', (f) => f.place === caller.place);
      expect(not.code).toBe('callback.offering_off');
      await expectNoOffer(caller, language);
      await stage.turn('offering', line, true);
      const next = await stage.callIn(number(2), language, line);
      await stage.story.until('callback.offered', (f) => f.place === next.place);
      await next.told([{ prompt: 'offer.keep_place' }], language);
      // What was accepted before is still to be called.
      const ended = (['callback.cancelled', 'callback.expired'] as const).flatMap((type) =>
        stage.story.of(type),
      );
      expect(ended.filter((f) => f.callback === callback)).toEqual([]);
      await hangUp(caller, next);
    },
  );
});
