// The main job, on real SIP and real sound: three callers, one busy agent; the second takes the callback and hangs up.
// Served 1, 2, 3: the second by a call to the number given, before the third, who holds.

import { expect, test } from 'vitest';
import { withStage } from './with-stage.ts';

const FIRST = '+16135550101';
const SECOND = '+16135550102';
const THIRD = '+16135550103';

const at = withStage();

test('called back in turn, with sound both ways and prompts in the language that each chose', async () => {
  const stage = at();
  const phone = stage.network.phone('amelie');
  await stage.agentReady('amelie');

  const first = await stage.callIn(FIRST, 'en');
  const ringFirst = await phone.nextCall();
  ringFirst.ring();
  await ringFirst.answer();
  expect(await ringFirst.call.hears(first.far.toneHz)).toBe(true);
  expect(await first.far.hears(ringFirst.call.toneHz)).toBe(true);

  const second = await stage.callIn(SECOND, 'fr');
  const registered = await second.takeCallback();
  expect(registered.code).toMatch(/^\d{4}$/);
  const end = await second.far.ended; // hears caller ID, reference, code and good-bye, then the centre hangs up
  expect(end).toEqual({ by: 'the_other', cause: 'normal' });
  await stage.story.until('callback.pending', (f) => f.callback === registered.callback);
  const third = await stage.callIn(THIRD, 'en');
  await third.asked('offer');

  // The agent is free: the client who hung up is next.
  await ringFirst.call.hangUp();
  await first.far.ended;
  const ringSecond = await phone.nextCall();
  expect(stage.network.invites(SECOND)).toBe(0); // nobody is dialled before an agent is there
  await ringSecond.answer();
  const called = await stage.network.citizen(SECOND).nextCall();
  called.ring();
  await stage.story.until('attempt.ringing');
  await called.answer();
  expect(await ringSecond.call.hears(called.call.toneHz)).toBe(true);
  expect(await called.call.hears(ringSecond.call.toneHz)).toBe(true);
  expect(called.callerId).toContain('6135550141');
  expect(stage.network.invites(SECOND)).toBe(1);

  // The client hangs up; then the one who held.
  await called.call.hangUp();
  const ringThird = await phone.nextCall();
  await ringThird.answer();
  expect(await ringThird.call.hears(third.far.toneHz)).toBe(true);
  expect(await third.far.hears(ringThird.call.toneHz)).toBe(true);
  await third.far.hangUp();
  await ringThird.call.ended;

  // What each heard was in the language they chose: the number was read back digit by digit, in French.
  const played = await stage.played();
  const digits = played.filter(({ sound }) => sound.includes('digits/'));
  expect(digits.some(({ sound }) => sound.startsWith('fr/digits'))).toBe(true);
  const served = stage.story.of('agent.reserved').map((f) => f.place);
  expect(served).toEqual([first.place, second.place, third.place]);
  await stage.story.until('callback.completed');
});
