// When a key counts. At the confirmation, only once its prompt has begun; the same key again within half a second never
// does; any other works while the announcement still plays. A caller who presses nothing is asked three times, then
// told good-bye, or put back to the offer where they already hold a place.

import { describe, expect, test } from 'vitest';
import { holdJournal } from './held-journal.ts';
import type { Caller } from './stage.ts';
import { withStage } from './with-stage.ts';

const at = withStage({
  dialogue: '{ offerEveryS: 600, silenceS: 1, keyRepeatMs: 500, firstDigitS: 30, nextDigitS: 30 }',
});

/** To the offer with keys of which none is the one before it, and then for so long that no key is a bounce any more. */
async function toOffer(number: string, line: '2' | '3' | '4'): Promise<Caller> {
  const caller = await at().arrive(number);
  await caller.choose('language', '1');
  await caller.choose('line', line);
  await caller.choose('service', '1');
  const { place } = await at().story.until('place.taken', (f) => f.call === caller.call);
  caller.place = place;
  await caller.told([{ prompt: 'offer.keep_place' }], 'en'); // behind the place in line, which takes two seconds
  return caller;
}

// Side by side: each has a caller of its own. The longest comes first.
describe.concurrent('a key', () => {
  test('never, at the confirmation: asked three times, then back at the offer with the place', async () => {
    const stage = at();
    const caller = await toOffer('+16135550178', '4');
    await caller.far.press('1');
    await stage.story.until(
      'dialogue.asked',
      (f) => f.call === caller.call && f.step === 'offer' && f.because === 'given_up',
    );
    expect(caller.questions().slice(3)).toEqual([
      'offer 1',
      'confirm 1',
      'confirm 2 silence',
      'confirm 3 silence',
      'offer 1 given_up',
    ]);
    await caller.told([{ prompt: 'wait.place' }], 'en');
    expect(caller.of('callback.registered')).toEqual([]);
    expect(caller.of('place.taken').map((f) => f.place)).toEqual([caller.place]);
    expect(stage.story.of('place.left').filter((f) => f.place === caller.place)).toEqual([]);
    await caller.far.hangUp();
  });

  test('while the announcement plays: a menu key is taken, and the announcement stops', async () => {
    const caller = await at().arrive('+16135550170');
    await caller.choose('language', '2');
    await caller.choose('line', '3');
    await caller.choose('service', '1');
    await caller.asked('offer');
    // None of the three was heard to its end.
    expect(caller.of('dialogue.heard')).toEqual([]);
    expect(caller.played().filter((sound) => sound.endsWith('language.choose'))).toEqual([]);
    expect(caller.questions()).toEqual(['language 1', 'line 1', 'service 1', 'offer 1']);
    await caller.far.hangUp();
  });

  test("before the confirmation's prompt has begun: no key counts, not even the right one", async () => {
    const stage = at();
    const caller = await toOffer('+16135550171', '2');
    const pressedSoFar = 3;
    // Nothing can be written, so nothing is said: the keys come while the caller still hears the offer.
    const release = await holdJournal(stage.connection);
    try {
      await caller.far.press('1');
      await caller.far.press('2*31');
      await stage.exchange.untilPressed(caller.channel, pressedSoFar + 5);
    } finally {
      await release();
    }
    await caller.confirmable();
    expect(caller.questions().slice(3)).toEqual(['offer 1', 'confirm 1']);
    expect(caller.of('callback.registered')).toEqual([]);
    await caller.told([{ digits: '6135550171' }], 'en');
    await caller.far.press('1');
    expect((await caller.registered()).place).toBe(caller.place);
    await caller.far.hangUp();
  });

  test('twice at once: the second is a bounce, in a menu, at the offer and before a number', async () => {
    const stage = at();
    const caller = await stage.arrive('+16135550172');
    await caller.asked('language');
    await caller.far.press('11');
    await caller.asked('line');
    await caller.told([{ prompt: 'line.permanent_residence' }, { digits: '1' }], 'en');
    expect(caller.of('call.line_chosen')).toEqual([]);
    await caller.far.press('2');
    await caller.asked('service');
    await caller.far.press('11'); // the second would be the offer's "at this number"
    await caller.told([{ prompt: 'offer.keep_place' }], 'en');
    expect(caller.questions().slice(3)).toEqual(['offer 1']);
    await caller.far.press('11'); // the second would confirm what nobody has heard
    await caller.told([{ prompt: 'confirm.number' }, { digits: '6135550172' }], 'en');
    expect(caller.questions().slice(3)).toEqual(['offer 1', 'confirm 1']);
    await caller.far.press('22'); // the second would be the first digit
    await caller.told([{ prompt: 'number.ask' }], 'en');
    await caller.far.press('6135550173##'); // the second would be an empty number
    await caller.confirmable(stage.story.positionOf(await caller.asked('number')));
    await caller.told([{ digits: '6135550173' }], 'en');
    await caller.far.press('11'); // the second would be the first digit of an extension
    await caller.keyExtension('##'); // and one more key at the good-bye is nothing at all
    await caller.registered();
    expect(caller.of('dialogue.number_given')).toHaveLength(2);
    expect(caller.questions().slice(3)).toEqual([
      'offer 1',
      'confirm 1',
      'number 1',
      'confirm 1',
      'extension 1',
      'registered 1',
    ]);
    await caller.far.hangUp();
  });

  test('after a refused number: the sign that ended it, twice, does not end the next one', async () => {
    const caller = await toOffer('+16135550174', '3');
    await caller.far.press('2');
    await caller.told([{ prompt: 'number.ask' }], 'en');
    await caller.far.press('613##');
    await caller.told([{ prompt: 'number.refused.too_short' }, { prompt: 'number.ask' }], 'en');
    expect(caller.questions().slice(4)).toEqual(['number 1', 'number 2 number.too_short']);
    await caller.far.hangUp();
  });

  test('never, in a menu: asked three times, then good-bye', async () => {
    const caller = await at().arrive('+16135550175');
    expect(await caller.far.ended).toEqual({ by: 'the_other', cause: 'normal' });
    await caller.ended();
    expect(caller.questions()).toEqual([
      'language 1',
      'language 2 silence',
      'language 3 silence',
      'closing 1',
    ]);
    expect(caller.of('call.refused').map((f) => f.code)).toEqual(['call.no_choice']);
    await caller.told([{ prompt: 'menu.silence' }], 'en');
    await caller.told([{ prompt: 'menu.goodbye' }], 'en');
  });

  test('never, after the menus: asked three times, then good-bye in the language chosen', async () => {
    const caller = await at().arrive('+16135550176');
    await caller.choose('language', '2');
    await caller.choose('line', '4');
    expect(await caller.far.ended).toEqual({ by: 'the_other', cause: 'normal' });
    await caller.ended();
    expect(caller.questions().slice(2)).toEqual([
      'service 1',
      'service 2 silence',
      'service 3 silence',
      'closing 1',
    ]);
    await caller.told([{ prompt: 'menu.silence' }, { prompt: 'service.agent' }], 'fr');
    await caller.told([{ prompt: 'menu.goodbye' }], 'fr');
  });

  test('only keys that are no choice: asked three times, then good-bye', async () => {
    const caller = await at().arrive('+16135550177');
    await caller.choose('language', '1');
    await caller.asked('line');
    await caller.far.press('9');
    await caller.told([{ prompt: 'menu.wrong_key' }], 'en');
    await caller.asked('line', 0, 2);
    await caller.far.press('8');
    await caller.asked('line', 0, 3);
    await caller.far.press('0');
    expect(await caller.far.ended).toEqual({ by: 'the_other', cause: 'normal' });
    await caller.ended();
    expect(caller.questions().slice(1)).toEqual([
      'line 1',
      'line 2 wrong_key',
      'line 3 wrong_key',
      'closing 1',
    ]);
    expect(caller.of('call.refused').map((f) => f.code)).toEqual(['call.no_choice']);
  });
});
