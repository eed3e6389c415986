// The owners' rules on the real Asterisk, in both languages: a full line, a phase that has not begun, offering off,
// processing off and on again, a voicemail, and the client who calls again. What is said is looked up in what the
// centre's Asterisk played; what was decided, in the journal.

import { expect, test } from 'vitest';
import type { Caller } from './caller.ts';
import { withStage } from './with-stage.ts';

const stage = withStage({
  agents: ['amelie'],
  agent: '{ ringS: 8, wrapUpS: 0 }',
  // Not before the message on a machine is over.
  callback: '{ attempts: 2, ringS: 10, retryAfterS: 1, retryAfterByCauseS: { voicemail: 20 } }',
  rules: {
    family_sponsorship: 'capacity: 1',
    temporary_residence: 'callback: { phases: [{ from: 2999-01-01 }] }',
    citizenship: 'callback: { leavesMessage: true }',
  },
});

const phone = () => stage().network.phone('amelie');

async function turn(name: string, on: boolean, line: string | null = null) {
  const { status } = await stage().ask('POST', '/api/v1/switches', { name, line, on, reason: 'test' });
  expect(status).toBe(200);
}

/** The prompts heard, without what Asterisk says of digits and counts. */
function heard(caller: Caller, word: string): boolean {
  return caller.played().some((sound) => sound.includes(word));
}

test('a full line says so in the language chosen, and takes no callback', async () => {
  const holder = await stage().callIn('+16135550301', 'fr', 2);
  const late = await stage().arrive('+16135550302');
  await late.choose('language', '2');
  await late.choose('line', '2');
  await late.choose('service', '1');
  await stage().story.until('call.refused', (f) => f.call === late.call && f.code === 'call.line_full');
  await late.far.ended;
  expect(heard(late, 'prompts/fr/call.line_full')).toBe(true);
  expect(late.of('place.taken')).toEqual([]);
  await holder.far.hangUp();
  await holder.ended();
});

test('before the phase begins nothing is offered, and no key takes a callback', async () => {
  const caller = await stage().callIn('+16135550303', 'en', 3);
  await stage().story.until(
    'callback.not_offered',
    (f) => f.place === caller.place && f.code === 'callback.not_begun',
  );
  await caller.asked('offer');
  await caller.far.press('1');
  await caller.far.hangUp();
  await caller.ended();
  expect(caller.of('callback.registered')).toEqual([]);
  expect(heard(caller, 'offer.keep_place')).toBe(false);
});

test('offering off: nobody new is offered a callback, and on again they are', async () => {
  await turn('offering', false);
  const caller = await stage().callIn('+16135550304', 'fr', 1);
  await stage().story.until(
    'callback.not_offered',
    (f) => f.place === caller.place && f.code === 'callback.offering_off',
  );
  await caller.far.hangUp();
  await caller.ended();
  await turn('offering', true);
  const next = await stage().callIn('+16135550305', 'fr', 1);
  await stage().story.until('callback.offered', (f) => f.place === next.place);
  await next.far.hangUp();
  await next.ended();
});

test('processing off: what was accepted waits, then is called in its order', async () => {
  await turn('processing', false);
  const first = await stage().callIn('+16135550306', 'en', 1);
  const { callback: one } = await first.leaveForCallback();
  const second = await stage().callIn('+16135550307', 'fr', 1);
  const { callback: two } = await second.leaveForCallback();
  await stage().agentReady('amelie');
  // The agent is free and nobody is called: a caller who holds is served before both.
  const holder = await stage().callIn('+16135550308', 'en', 1);
  const toHolder = await phone().nextCall();
  await toHolder.answer();
  expect(await toHolder.call.hears(holder.far.toneHz)).toBe(true);
  await holder.far.hangUp();
  await stage().story.until('agent.ready', () => true, stage().story.length - 1);
  expect(stage().network.invites('+16135550306') + stage().network.invites('+16135550307')).toBe(0);

  await turn('processing', true);
  for (const [number, callback] of [
    ['+16135550306', one],
    ['+16135550307', two],
  ] as const) {
    await (await phone().nextCall()).answer();
    const called = await stage().network.citizen(number).nextCall();
    await called.answer();
    await stage().story.until('callback.connected', (f) => f.callback === callback);
    await called.call.hangUp();
    await stage().story.until('callback.completed', (f) => f.callback === callback);
  }
});

test('a voicemail is no success: one key of the agent, the neutral message in both languages, and a retry', async () => {
  await stage().ask('POST', '/api/v1/agents/amelie/not-ready', { reason: 'break' });
  const caller = await stage().callIn('+16135550309', 'en', 4);
  const { callback } = await caller.leaveForCallback();
  await stage().agentReady('amelie');
  const toAgent = await phone().nextCall();
  await toAgent.answer();
  const machine = await stage().network.citizen('+16135550309').nextCall();
  await machine.answer();
  await stage().story.until('callback.connected', (f) => f.callback === callback);
  await toAgent.call.press('*');
  await stage().story.until('attempt.failed', (f) => f.cause === 'voicemail');
  expect(await machine.call.hearsAnything()).toBe(true);
  await machine.call.ended;
  await (await phone().nextCall()).answer();
  const again = await stage().network.citizen('+16135550309').nextCall();
  await again.answer();
  await again.call.hangUp();
  await stage().story.until('callback.completed', (f) => f.callback === callback);
  expect(stage().network.invites('+16135550309')).toBe(2);
});

test('the client calls again: nothing without the code, and with it each choice', async () => {
  await stage().ask('POST', '/api/v1/agents/amelie/not-ready', { reason: 'break' });
  const first = await stage().callIn('+16135550310', 'en', 1);
  const { callback, code } = await first.leaveForCallback();
  const reference = String(callback).padStart(6, '0');

  const back = await stage().arrive('+16135550310');
  await back.choose('language', '1');
  await back.choose('line', '1');
  await back.choose('service', '2');
  await back.asked('code');
  const wrong = code === '0000' ? '1111' : '0000';
  await back.far.press(`${reference}${wrong}`);
  await stage().story.until('client.not_recognised', (f) => f.call === back.call);
  await back.asked('code', 0, 2);
  await back.far.press(`${reference}${code}`);
  await stage().story.until('client.recognised', (f) => f.call === back.call && f.callback === callback);
  // Ten minutes later; then the other language; then hold again at the same place.
  await back.choose('returning', '3');
  await stage().story.until('callback.postponed', (f) => f.callback === callback && f.cause === 'client');
  await back.far.press('5');
  await stage().story.until('place.language_changed', (f) => f.place === first.place && f.language === 'fr');
  await back.far.press('6');
  await stage().story.until('place.rejoined', (f) => f.place === first.place && f.call === back.call);
  await stage().agentReady('amelie');
  const toAgent = await phone().nextCall();
  await toAgent.answer();
  expect(await toAgent.call.hears(back.far.toneHz)).toBe(true);
  await back.far.hangUp();
  await toAgent.call.ended;
  expect(stage().network.invites('+16135550310')).toBe(0);

  // Another client cancels theirs.
  await stage().ask('POST', '/api/v1/agents/amelie/not-ready', { reason: 'break' });
  const other = await stage().callIn('+16135550311', 'fr', 1);
  const theirs = await other.leaveForCallback();
  const again = await stage().arrive('+16135550311');
  await again.choose('language', '2');
  await again.choose('line', '1');
  await again.choose('service', '2');
  await again.asked('code');
  await again.far.press(`${String(theirs.callback).padStart(6, '0')}${theirs.code}`);
  await again.choose('returning', '2');
  await stage().story.until('callback.cancelled', (f) => f.callback === theirs.callback);
  await again.far.ended;
  expect(heard(again, 'prompts/fr/returned.cancelled')).toBe(true);
});
