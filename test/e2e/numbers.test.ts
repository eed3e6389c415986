// Another number to be called at: keyed, read back, confirmed, and called there. What may not be dialled is refused in
// words, in the caller's language, at most three times; then the caller is back at the offer. The place is the same one
// throughout, and so is its key.

import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/core/id.ts';
import type { NumberCode } from '../../src/core/number.ts';
import { refusalPrompt } from '../../src/core/prompt.ts';
import type { Caller } from './stage.ts';
import { withStage } from './with-stage.ts';

const at = withStage({
  agents: ['amelie', 'benoit'],
  dialogue: '{ offerEveryS: 600, silenceS: 5, keyRepeatMs: 0, firstDigitS: 2, nextDigitS: 2 }',
});

/** The number is asked for the `round`-th time: keys it, as soon as it is asked. */
async function key(caller: Caller, round: number, keys: string, from = 0): Promise<void> {
  await caller.asked('number', from, round);
  await caller.far.press(keys);
}

/** One place for the whole call, which nobody has touched. */
function expectPlaceKept(caller: Caller): void {
  const { story } = at();
  expect(caller.of('place.taken').map((f) => f.place)).toEqual([caller.place]);
  expect(story.of('place.left').filter((f) => f.place === caller.place)).toEqual([]);
  expect(story.of('place.returned').filter((f) => f.place === caller.place)).toEqual([]);
}

const REFUSED: readonly (readonly [
  Language,
  string,
  readonly (readonly [keys: string, code: NumberCode])[],
])[] = [
  [
    'fr',
    '+16135550164',
    [
      ['613555#', 'number.too_short'],
      ['911#', 'number.emergency'],
      ['9005550199#', 'number.premium'],
    ],
  ],
  [
    'en',
    '+16135550165',
    [
      ['19005550199#', 'number.premium'],
      ['*6135550199#', 'number.not_digits'],
      ['#', 'number.empty'],
    ],
  ],
  [
    'en',
    '+16135550166',
    [
      ['911', 'number.emergency'],
      ['613555', 'number.too_short'],
      ['', 'number.empty'],
    ],
  ],
  [
    'fr',
    '+16135550167',
    [
      ['*#', 'number.not_digits'],
      ['#', 'number.empty'],
      ['411#', 'number.service'],
    ],
  ],
];

// Side by side: each has a caller of its own, and an agent's line where one is needed.
describe.concurrent('another number', () => {
  test.each(REFUSED)(
    'may not be dialled (%s, %s): refused in words, then back at the offer with the same place',
    async (language, from, tries) => {
      const stage = at();
      const caller = await stage.callIn(from, language, 4);
      await caller.choose('offer', '2');
      for (const [i, [keys, code]] of tries.entries()) {
        await key(caller, i + 1, keys);
        if (i + 1 === tries.length) break;
        await caller.asked('number', 0, i + 2);
        await caller.told([{ prompt: refusalPrompt(code) }, { prompt: 'number.ask' }], language);
      }
      const again = await stage.story.until(
        'dialogue.asked',
        (f) => f.call === caller.call && f.step === 'offer' && f.because === 'given_up',
      );
      await caller.told([{ prompt: 'number.given_up' }], language);
      expect(caller.questions().slice(3)).toEqual([
        'offer 1',
        'number 1',
        ...tries.slice(0, 2).map(([, code], i) => `number ${i + 2} ${code}`),
        'offer 1 given_up',
      ]);
      expect(caller.of('dialogue.number_given')).toEqual([]);
      expectPlaceKept(caller);

      // They may still take it, at the number they call from.
      await caller.far.press('1');
      await caller.confirmable(stage.story.positionOf(again));
      await caller.far.press('1');
      expect((await caller.registered()).place).toBe(caller.place);
      await caller.far.hangUp();
    },
  );
  test('is read back, confirmed, and called there', async () => {
    const stage = at();
    const [own, other] = ['+16135550160', '+18195550161'];
    const caller = await stage.callIn(own, 'fr', 2);
    await caller.choose('offer', '2');
    await key(caller, 1, '8195550161#');
    await caller.confirmable();
    await caller.told(
      [{ prompt: 'confirm.number' }, { digits: '8195550161' }, { prompt: 'confirm.yes' }],
      'fr',
    );
    await caller.far.press('1');
    await caller.keyExtension();
    const { callback, place, numberKey } = await caller.registered();
    expect(place).toBe(caller.place);
    expect(numberKey).not.toBe(ownKey(caller));
    await caller.far.hangUp();

    await stage.agentReady('amelie', { lines: ['family_sponsorship'] });
    await (await stage.network.phone('amelie').nextCall()).answer();
    const called = await stage.network.citizen(other).nextCall();
    await called.answer();
    await stage.story.until('callback.connected', (f) => f.callback === callback);
    await called.call.hangUp();
    await stage.story.until('callback.completed', (f) => f.callback === callback);
    expect([stage.network.invites(other), stage.network.invites(own)]).toEqual([1, 0]);
  });

  test('not the right one: another is keyed at the confirmation', async () => {
    const stage = at();
    const caller = await stage.callIn('+16135550162', 'en', 3);
    await caller.choose('offer', '1');
    await caller.confirmable();
    await caller.far.press('2');
    await key(caller, 1, '16135550163#'); // with its leading 1, as some people key it
    const at2 = stage.story.positionOf(await caller.asked('number'));
    await caller.confirmable(at2);
    await caller.told([{ prompt: 'confirm.number' }, { digits: '6135550163' }], 'en');
    await caller.far.press('1');
    await caller.keyExtension();
    const { numberKey } = await caller.registered();
    const given = caller.of('dialogue.number_given').map((f) => f.number);
    expect(given.at(-1)).toMatchObject({ numberKey });
    expect(numberKey).not.toBe(ownKey(caller));
    expectPlaceKept(caller);
  });

  test('the place kept its key: it is served before one that came later', async () => {
    const stage = at();
    const caller = await stage.callIn('+16135550168', 'fr', 1);
    await caller.choose('offer', '2');
    await key(caller, 1, '911#');
    await key(caller, 2, '613#');
    const later = await stage.callIn('+16135550169', 'fr', 1);
    await key(caller, 3, '*#');
    await caller.told([{ prompt: 'number.given_up' }], 'fr');
    await stage.agentReady('benoit', { lines: ['permanent_residence'] });
    const first = await stage.network.phone('benoit').nextCall();
    await first.answer();
    expect(await first.call.hears(caller.far.toneHz)).toBe(true);
    await caller.far.hangUp();
    const second = await stage.network.phone('benoit').nextCall();
    await second.answer();
    expect(await second.call.hears(later.far.toneHz)).toBe(true);
    await later.far.hangUp();
  });
});

/** The key of the number that the caller calls from. */
function ownKey(caller: Caller): string | undefined {
  const [arrived] = caller.of('call.arrived');
  return arrived?.ani !== null && arrived !== undefined && 'numberKey' in arrived.ani
    ? arrived.ani.numberKey
    : undefined;
}
